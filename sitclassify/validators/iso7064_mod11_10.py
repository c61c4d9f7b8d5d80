"""ISO 7064 mod 11,10: digits, the last of them the check digit (German tax id, Croatian OIB).

Source: https://en.wikipedia.org/wiki/ISO/IEC_7064

>>> is_valid("0794 5"), is_valid("33392005961"), is_valid("07946"), is_valid("5")
(True, True, False, False)
"""

from sitclassify.validators.digits import digits_of, hybrid_remainder, values_of


def is_valid(value: str) -> bool:
    digits = digits_of(value)
    return len(digits) > 1 and hybrid_remainder(values_of(digits), 10) == 1
