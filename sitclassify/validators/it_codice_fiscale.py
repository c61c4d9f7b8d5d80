"""Italian fiscal code: names, birth date, place and check letter, 16 places.

Digits may stand as letters (L=0, M=1, N=2, P=3 .. V=9) where two persons would share a code.
Source: https://it.wikipedia.org/wiki/Codice_fiscale

>>> is_valid("RCC MNL 83S18 D969H"), is_valid("cnt chr 83t41 d969d")
(True, True)
>>> is_valid("RCCMNL83S18D969I"), is_valid("RCCMNL83S72D969V"), is_valid("RCCMNL83S18D969")
(False, False, False)
"""

import re

from sitclassify.validators.dates import is_short_date
from sitclassify.validators.digits import compact, values_of

_DIGIT = "[0-9LMNPQRSTUV]"
_CODE = re.compile(f"[A-Z]{{6}}{_DIGIT}{{2}}[A-EHLMPRST]{_DIGIT}{{2}}[A-Z]{_DIGIT}{{3}}[A-Z]")
_PLAIN = str.maketrans("LMNPQRSTUV", "0123456789")
_MONTHS = "ABCDEHLMPRST"
# Values of the characters at the 1st, 3rd, ... place: those of 0-9 are also those of A-J.
_FIRST_TEN = bytes((1, 0, 5, 7, 9, 13, 15, 17, 19, 21))
_ODD = _FIRST_TEN * 2 + bytes((2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23))
_EVEN = bytes(range(10)) + bytes(range(26))


def is_valid(value: str) -> bool:
    code = compact(value)
    if not _CODE.fullmatch(code):
        return False
    values = values_of(code)
    total = sum([_ODD[v] for v in values[:15:2]]) + sum([_EVEN[v] for v in values[1:15:2]])
    if total % 26 != values[15] - 10:
        return False
    year, day = code[6:8].translate(_PLAIN), int(code[9:11].translate(_PLAIN))
    # 40 is added to the day of women.
    return is_short_date(f"{year}{_MONTHS.index(code[8]) + 1:02}{day - 40 if day > 40 else day:02}")
