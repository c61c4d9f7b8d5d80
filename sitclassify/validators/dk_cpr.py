"""Danish personal number (CPR): a birth date DDMMYY that fits the century in the seventh digit.

The old check (weights 4-3-2-7-6-5-4-3-2-1 mod 11) does not hold for all numbers issued since 2007,
so it is not tested; it suits a `soft_validator`.
Source: https://cpr.dk/media/12066/personnummeret-i-cpr.pdf

>>> is_valid("211062-5629"), is_valid("290200 4123"), is_valid("0705614285")
(True, True, True)
>>> is_valid("310262-5629"), is_valid("290200-1123"), is_valid("211062-562")
(False, False, False)
"""

from sitclassify.validators.dates import is_date
from sitclassify.validators.digits import digits_of


def is_valid(value: str) -> bool:
    digits = digits_of(value)
    if len(digits) != 10:
        return False
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    return is_date(_century(digits[6], year) + year, month, day)


def _century(seventh: str, year: int) -> int:
    if seventh in "0123":
        return 1900
    if seventh in "49":
        return 2000 if year <= 36 else 1900
    return 2000 if year <= 57 else 1800
