"""US DEA number of a prescriber: registrant code, initial (or 9), six digits, check digit.

The check digit is the last digit of (1st + 3rd + 5th) + 2 x (2nd + 4th + 6th).
Source: https://en.wikipedia.org/wiki/DEA_number

>>> is_valid("BB1388568"), is_valid("af 1234563"), is_valid("F91234563")
(True, True, True)
>>> is_valid("BB1388569"), is_valid("IB1388568"), is_valid("B1388568")
(False, False, False)
"""

import re

from sitclassify.validators.digits import compact, weighted_sum

_DEA = re.compile(r"[A-HJ-MPR-UX][A-Z9][0-9]{7}")
_WEIGHTS = (1, 2, 1, 2, 1, 2, -1)


def is_valid(value: str) -> bool:
    text = compact(value)
    return _DEA.fullmatch(text) is not None and weighted_sum(text[2:], _WEIGHTS) % 10 == 0
