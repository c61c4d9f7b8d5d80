"""US Medicare beneficiary identifier: eleven places, each with its own kind of character.

There is no check digit. The letters S, L, O, I, B, Z are not used.
Source: https://www.cms.gov/medicare/new-medicare-card/understanding-the-mbi.pdf

>>> is_valid("1EG4-TE5-MK73"), is_valid("1EG4TE5MK72")
(True, True)
>>> is_valid("0EG4-TE5-MK73"), is_valid("1SG4-TE5-MK73"), is_valid("1EG4-TE5-MK7")
(False, False, False)
"""

import re

from sitclassify.validators.digits import compact

_LETTER = "[AC-HJKMNP-RT-Y]"
_EITHER = "[0-9AC-HJKMNP-RT-Y]"
_MBI = re.compile(f"[1-9]{_LETTER}{_EITHER}[0-9]{_LETTER}{_EITHER}[0-9]{_LETTER}{{2}}[0-9]{{2}}")


def is_valid(value: str) -> bool:
    return _MBI.fullmatch(compact(value)) is not None
