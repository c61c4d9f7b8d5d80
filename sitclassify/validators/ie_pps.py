"""Irish personal public service number: seven digits, check letter, for some a second letter.

Weights 8 to 2, and 9 for a second letter A to I (since 2013); an old W, T or X does not count. The
check letter is the sum mod 23 (0 is W).
Source: https://en.wikipedia.org/wiki/Personal_Public_Service_Number

>>> is_valid("6433435F"), is_valid("6433435 FT"), is_valid("6433435 OA"), is_valid("6433435IH")
(True, True, True, True)
>>> is_valid("6433435E"), is_valid("6433435FA"), is_valid("643343F")
(False, False, False)
"""

import re

from sitclassify.validators.digits import compact, weighted_sum

_NUMBER = re.compile("([0-9]{7})([A-W])([A-IWTX]?)")
_CHECKS = "WABCDEFGHIJKLMNOPQRSTUV"
_SECOND = " ABCDEFGHI"  # value is the place; those not in it count 0


def is_valid(value: str) -> bool:
    match = _NUMBER.fullmatch(compact(value))
    if not match:
        return False
    digits, check, second = match.groups()
    total = weighted_sum(digits, range(8, 1, -1)) + 9 * max(0, _SECOND.find(second or " "))
    return _CHECKS[total % 23] == check
