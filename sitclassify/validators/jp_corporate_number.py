"""Japanese corporate number: check digit 9 - (sum mod 9), twelve digits weighted 2-1-2-1.

Source: https://www.houjin-bangou.nta.go.jp/documents/checkdigit.pdf

>>> is_valid("5835678256246"), is_valid("8 7000 1234 5675")
(True, False)
>>> is_valid("2835678256246"), is_valid("0835678256246"), is_valid("583567825624")
(False, False, False)
"""

from sitclassify.validators.digits import digits_of, weighted_sum

_WEIGHTS = (2, 1) * 6


def is_valid(value: str) -> bool:
    digits = digits_of(value)
    return len(digits) == 13 and 9 - weighted_sum(digits[1:], _WEIGHTS) % 9 == int(digits[0])
