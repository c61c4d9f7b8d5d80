"""Polish PESEL: birth date, serial, check digit; 20, 40, 60 or 80 is added to the month by century.

Source: https://pl.wikipedia.org/wiki/PESEL

>>> is_valid("44051401359"), is_valid("02070803628")
(True, True)
>>> is_valid("44051401358"), is_valid("44133001357"), is_valid("4405140135")
(False, False, False)
"""

from sitclassify.validators.dates import is_date
from sitclassify.validators.digits import digits_of, weighted_sum

_WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)
_CENTURIES = (1900, 2000, 2100, 2200, 1800)


def is_valid(value: str) -> bool:
    digits = digits_of(value)
    if len(digits) != 11 or weighted_sum(digits, _WEIGHTS) % 10 != 0:
        return False
    century, month = divmod(int(digits[2:4]), 20)
    return is_date(_CENTURIES[century] + int(digits[:2]), month, int(digits[4:6]))
