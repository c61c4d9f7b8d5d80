"""ISO 7064 mod 37-2: letters and digits, then a check character, which may be `*`.

Source: https://en.wikipedia.org/wiki/ISO/IEC_7064

>>> is_valid("G123489654321Y"), is_valid("A999914123456N"), is_valid("G123489654321Z")
(True, True, False)
"""

from sitclassify.validators.digits import compact, pure_remainder, values_of

_STAR = 36  # value of the check character `*`


def is_valid(value: str) -> bool:
    stripped = value.rstrip()
    if stripped.endswith("*"):
        body = compact(stripped[:-1])
        return body != "" and pure_remainder((*values_of(body), _STAR), 37, 2) == 1
    text = compact(value)
    return len(text) > 1 and pure_remainder(values_of(text), 37, 2) == 1
