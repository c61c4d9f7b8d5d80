"""Australian Medicare provider number: six digits, a practice location and a check letter.

Weights 3, 5, 8, 4, 2, 1 and 6 for the location (0..9, A..Y without I, O, S, Z); mod 11 gives the letter.
Source: https://www.servicesaustralia.gov.au/medicare-provider-number

>>> is_valid("2426621B"), is_valid("242662 1B")
(True, True)
>>> is_valid("2426621A"), is_valid("242662B"), is_valid("242662OB")
(False, False, False)
"""

import re

from sitclassify.validators.digits import compact, weighted_sum

_LOCATIONS = "0123456789ABCDEFGHJKLMNPQRTUVWXY"
_SHAPE = re.compile(rf"[0-9]{{6}}[{_LOCATIONS}][A-Z]")
_CHECK = "YXWTLKJHFBA"  # by the remainder


def is_valid(value: str) -> bool:
    text = compact(value)
    if not _SHAPE.fullmatch(text):
        return False
    total = weighted_sum(text[:6], (3, 5, 8, 4, 2, 1)) + 6 * _LOCATIONS.index(text[6])
    return _CHECK[total % 11] == text[7]
