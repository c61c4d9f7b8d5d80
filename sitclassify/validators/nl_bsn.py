"""Check digit of the Dutch citizen's service number (BSN).

Eight or nine digits; weights 9..2 and -1; the sum is divisible by 11.
Source: https://nl.wikipedia.org/wiki/Burgerservicenummer

>>> is_valid("111222333"), is_valid("111 222 333"), is_valid("10464554")
(True, True, True)
>>> is_valid("111222334"), is_valid("000000000")
(False, False)
"""

from sitclassify.validators.digits import digits_of, weighted_sum

_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def is_valid(value: str) -> bool:
    digits = digits_of(value)
    if len(digits) not in (8, 9) or not digits.strip("0"):
        return False
    return weighted_sum(digits.zfill(9), _WEIGHTS) % 11 == 0
