"""ISO 7064 mod 97-10: letters (as two digits each) and digits, the last two the check digits (LEI).

Source: https://en.wikipedia.org/wiki/ISO/IEC_7064

>>> is_valid("794 44"), is_valid("9999123456789012141490"), is_valid("79445"), is_valid("AB")
(True, True, False, False)
"""

from sitclassify.validators.digits import compact, mod_97


def is_valid(value: str) -> bool:
    text = compact(value)
    return len(text) > 2 and text[-2:].isdigit() and mod_97(text) == 1
