"""Finnish personal identity code: birth date, century sign, serial 002-899, check character mod 31.

Century signs: `+` 1800s; `-` and U to Y 1900s; A to F 2000s.
Source: https://dvv.fi/en/personal-identity-code

>>> is_valid("131052-308T"), is_valid("131052a308t"), is_valid("131052Y308T")
(True, True, True)
>>> is_valid("131052-308U"), is_valid("310252-308Y"), is_valid("131052-001M")
(False, False, False)
"""

import re

from sitclassify.validators.dates import is_date

_CODE = re.compile("([0-9]{2})([0-9]{2})([0-9]{2})([-+A-FU-Y])([0-9]{3})([0-9A-FHJ-NPR-Y])")
_CHECKS = "0123456789ABCDEFHJKLMNPRSTUVWXY"


def is_valid(value: str) -> bool:
    match = _CODE.fullmatch("".join(value.split()).upper())
    if not match or not match[0].isascii():
        return False
    day, month, year, sign, serial, check = match.groups()
    if not "002" <= serial <= "899" or _CHECKS[int(day + month + year + serial) % 31] != check:
        return False
    century = 2000 if sign in "ABCDEF" else 1800 if sign == "+" else 1900
    return is_date(century + int(year), int(month), int(day))
