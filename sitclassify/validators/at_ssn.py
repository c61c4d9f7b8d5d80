"""Austrian social security number: serial, check digit, birth date DDMMYY.

Weights 3-7-9, none for the check digit, 5-8-4-2-1-6; mod 11, 10 is not issued. The month goes to
15: 13 and up are used when the serials of a day have run out.
Source: https://de.wikipedia.org/wiki/Sozialversicherungsnummer#%C3%96sterreich

>>> is_valid("1237 010180"), is_valid("2237-01.01.80")
(True, False)
>>> is_valid("1238 010180"), is_valid("1237 320180"), is_valid("0237 010180"), is_valid("")
(False, False, False, False)
"""

import re

from sitclassify.validators.digits import digits_of, weighted_sum

_NUMBER = re.compile("[1-9][0-9]{3}(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-5])[0-9]{2}")
_WEIGHTS = (3, 7, 9, -1, 5, 8, 4, 2, 1, 6)


def is_valid(value: str) -> bool:
    digits = digits_of(value)
    return _NUMBER.fullmatch(digits) is not None and weighted_sum(digits, _WEIGHTS) % 11 == 0
