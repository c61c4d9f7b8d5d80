"""Check digit of the Japanese driver's licence number.

Twelve digits: two for the first issuing prefecture, two for the year, six serial, the check
digit, and how often the card was issued again. Weights 5, 4, 3, 2, 7, 6, 5, 4, 3, 2; check digit
= last digit of 11 - sum mod 11.
Source: https://ja.wikipedia.org/wiki/日本の運転免許

>>> is_valid("454141242610"), is_valid("4541 4124 2610")
(True, True)
>>> is_valid("454141242620"), is_valid("045414124261"), is_valid("45414124261")
(False, False, False)
"""

from __future__ import annotations

from sitclassify.validators.digits import digits_of, weighted_sum

_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
# First digit of a prefecture -> its second digits; 00: a foreign licence exchanged.
_TENS = {
    "1": "01234",
    "2": "012345",
    "3": "0",
    "4": "0123456789",
    "5": "012345",
    "6": "012345",
    "7": "01234",
    "8": "0123",
    "9": "01234567",
    "0": "0",
}


def is_valid(value: str) -> bool:
    digits = digits_of(value)
    if len(digits) != 12 or digits[1] not in _TENS[digits[0]]:
        return False
    # 10 becomes 0 and 11 becomes 1: two remainders share a digit, none is refused.
    return str(11 - weighted_sum(digits, _WEIGHTS) % 11)[-1] == digits[10]
