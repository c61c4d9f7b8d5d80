"""Luhn check digit over all digits.

Source: https://en.wikipedia.org/wiki/Luhn_algorithm

>>> is_valid("4111 1111 1111 1111"), is_valid("7992-7398-713")
(True, True)
>>> is_valid("4111 1111 1111 1112"), is_valid("0"), is_valid("")
(False, False, False)
"""

from sitclassify.validators.digits import digits_of, luhn_sum


def is_valid(value: str) -> bool:
    digits = digits_of(value)
    return len(digits) > 1 and luhn_sum(digits) % 10 == 0
