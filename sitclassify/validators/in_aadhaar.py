"""Indian Aadhaar number: twelve digits, not beginning with 0 or 1, no palindrome, Verhoeff.

Source: https://en.wikipedia.org/wiki/Aadhaar

>>> is_valid("2341 2341 2346"), is_valid("2341-2341-2346")
(True, True)
>>> is_valid("2341 2341 2347"), is_valid("1234 1234 1230"), is_valid("2222 2222 2222")
(False, False, False)
"""

from sitclassify.validators.digits import digits_of, verhoeff_sum


def is_valid(value: str) -> bool:
    digits = digits_of(value)
    if len(digits) != 12 or digits[0] in "01" or digits == digits[::-1]:
        return False
    return verhoeff_sum(digits) == 0
