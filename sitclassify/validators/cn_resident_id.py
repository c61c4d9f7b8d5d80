"""Chinese resident identity number: region, birth date, serial, ISO 7064 mod 11-2 (X is 10).

Only the province of the region is tested.
Source: https://en.wikipedia.org/wiki/Resident_Identity_Card

>>> is_valid("360426199101010071"), is_valid("11010519491231002x")
(True, True)
>>> is_valid("360426199101010072"), is_valid("110105194913310025"), is_valid("3604261991010100")
(False, False, False)
"""

import re

from sitclassify.validators import iso7064_mod11_2
from sitclassify.validators.dates import is_date
from sitclassify.validators.digits import compact

_NUMBER = re.compile(
    r"""(?x) (?: 1[1-5] | 2[1-3] | 3[1-7] | 4[1-6] | 5[0-4] | 6[1-5] | 71 | 8[1-3] ) [0-9]{4}
    (?: 18 | 19 | 20 ) [0-9]{9} [0-9X]"""
)


def is_valid(value: str) -> bool:
    text = compact(value)
    if not _NUMBER.fullmatch(text):
        return False
    if not is_date(int(text[6:10]), int(text[10:12]), int(text[12:14])):
        return False
    return iso7064_mod11_2.is_valid(text)
