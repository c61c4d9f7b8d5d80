"""ISO 7064 mod 37,36: letters and digits, the last of them the check character (GRid, ISAN).

Source: https://en.wikipedia.org/wiki/ISO/IEC_7064

>>> is_valid("A12425GABC1234002M"), is_valid("A1-2425G-ABC1234002-M")
(True, True)
>>> is_valid("A12425GABC1234002N"), is_valid("A")
(False, False)
"""

from sitclassify.validators.digits import compact, hybrid_remainder, values_of


def is_valid(value: str) -> bool:
    text = compact(value)
    return len(text) > 1 and hybrid_remainder(values_of(text), 36) == 1
