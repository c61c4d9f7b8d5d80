"""South Korean resident registration number: birth date, century and sex, region, check digit.

Weights 2..9, 2..5 mod 11. Numbers issued since October 2020 have random digits after the seventh,
so this refuses most of them; where those matter use it as `soft_validator`.
Source: https://en.wikipedia.org/wiki/Resident_registration_number

>>> is_valid("971013-9019902"), is_valid("9710139019902")
(True, True)
>>> is_valid("971013-9019903"), is_valid("971313-9019901"), is_valid("971013-901990")
(False, False, False)
"""

from sitclassify.validators.dates import is_date
from sitclassify.validators.digits import digits_of, weighted_sum

_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
# By the seventh digit; 5 to 8 are foreigners.
_CENTURIES = (1800, 1900, 1900, 2000, 2000, 1900, 1900, 2000, 2000, 1800)
_LAST_REGION = "96"


def is_valid(value: str) -> bool:
    digits = digits_of(value)
    if len(digits) != 13 or digits[7:9] > _LAST_REGION:
        return False
    if (11 - weighted_sum(digits, _WEIGHTS) % 11) % 10 != int(digits[12]):
        return False
    year = _CENTURIES[int(digits[6])] + int(digits[:2])
    return is_date(year, int(digits[2:4]), int(digits[4:6]))
