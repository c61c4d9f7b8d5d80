"""US bank routing number: Federal Reserve prefix, weights 3-7-1, sum divisible by 10.

Source: https://en.wikipedia.org/wiki/ABA_routing_transit_number

>>> is_valid("1110-0002-5"), is_valid("021000021"), is_valid("800000001")
(True, True, False)
>>> is_valid("111000026"), is_valid("131000021"), is_valid("000000000")
(False, False, False)
"""

import re

from sitclassify.validators.digits import digits_of, weighted_sum

_PREFIX = re.compile(r"(?!0{9})(?:0[0-9]|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)[0-9]{7}")
_WEIGHTS = (3, 7, 1, 3, 7, 1, 3, 7, 1)


def is_valid(value: str) -> bool:
    digits = digits_of(value)
    return _PREFIX.fullmatch(digits) is not None and weighted_sum(digits, _WEIGHTS) % 10 == 0
