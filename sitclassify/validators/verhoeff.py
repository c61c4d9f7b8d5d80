"""Verhoeff check digit over all digits.

Source: https://en.wikipedia.org/wiki/Verhoeff_algorithm

>>> is_valid("236 3"), is_valid("123451"), is_valid("2364"), is_valid("0")
(True, True, False, False)
"""

from sitclassify.validators.digits import digits_of, verhoeff_sum


def is_valid(value: str) -> bool:
    digits = digits_of(value)
    return len(digits) > 1 and verhoeff_sum(digits) == 0
