"""Australian tax file number: eight or nine digits, weights 1-4-3-7-5-8-6-9-10 mod 11.

Eight-digit numbers take the first eight weights, as other public implementations do.
Source: https://en.wikipedia.org/wiki/Tax_file_number

>>> is_valid("123 456 782"), is_valid("876-543-210")
(True, True)
>>> is_valid("999 999 999"), is_valid("000000000"), is_valid("1234567")
(False, False, False)
"""

from sitclassify.validators.digits import digits_of, weighted_sum

_WEIGHTS = (1, 4, 3, 7, 5, 8, 6, 9, 10)


def is_valid(value: str) -> bool:
    digits = digits_of(value)
    if len(digits) not in (8, 9) or not digits.strip("0"):
        return False
    return weighted_sum(digits, _WEIGHTS) % 11 == 0
