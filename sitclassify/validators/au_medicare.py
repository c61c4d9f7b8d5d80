"""Australian Medicare number: ten digits, or eleven with the person's; the ninth checks.

It begins with 2 to 6; weights 1-3-7-9-1-3-7-9 mod 10; the issue number that follows is not 0.
Source: https://en.wikipedia.org/wiki/Medicare_card_(Australia)

>>> is_valid("2123 45670 1"), is_valid("2123 45670 1/2")
(True, True)
>>> is_valid("2123 45671 1"), is_valid("1123 45679 1"), is_valid("2123 45670 0")
(False, False, False)
"""

import re

from sitclassify.validators.digits import digits_of, weighted_sum

_NUMBER = re.compile("[2-6][0-9]{8}[1-9][0-9]?")
_WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9, -1)


def is_valid(value: str) -> bool:
    digits = digits_of(value)
    return _NUMBER.fullmatch(digits) is not None and weighted_sum(digits, _WEIGHTS) % 10 == 0
