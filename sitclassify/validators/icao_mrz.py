"""Machine-readable zone of a passport or identity card: the check digits of number, birth, expiry and of all.

Two lines of 44 (passports), two of 36 or three of 30 characters (cards). Weights 7, 3, 1; letters A=10 .. Z=35,
`<` is 0; mod 10.
Source: ICAO Doc 9303, https://www.icao.int/publications/pages/publication.aspx?docnum=9303

>>> is_valid("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\\nL898902C36UTO7408122F1204159ZE184226B<<<<<10")
True
>>> is_valid("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\\nL898902C46UTO7408122F1204159ZE184226B<<<<<10")
False
>>> is_valid("I<UTOD231458907<<<<<<<<<<<<<<<\\n7408122F1204159UTO<<<<<<<<<<<6\\nERIKSSON<<ANNA<MARIA<<<<<<<<<<")
True
>>> is_valid("P<UTO"), is_valid("")
(False, False)
"""

import re
from itertools import cycle

_GAPS = re.compile(r"\s+")
_PASSPORT, _CARD_OF_TWO, _CARD_OF_THREE = 88, 72, 90  # characters


def is_valid(value: str) -> bool:
    text = _GAPS.sub("", value)
    if len(text) == _PASSPORT:
        line = text[44:]
        parts = [line[:10], line[13:20], line[21:28], line[:10] + line[13:20] + line[21:44]]
    elif len(text) == _CARD_OF_TWO:
        line = text[36:]
        parts = [line[:10], line[13:20], line[21:28], line[:10] + line[13:20] + line[21:36]]
    elif len(text) == _CARD_OF_THREE:
        first, line = text[:30], text[30:60]
        whole = first[5:30] + line[:7] + line[8:15] + line[18:30]
        parts = [first[5:15], line[:7], line[8:15], whole]
    else:
        return False
    return all(_is_checked(part) for part in parts)


def _is_checked(part: str) -> bool:
    """Whether the last character checks the others."""
    if not part[-1].isdigit():
        return False
    total = sum(_value(c) * w for c, w in zip(part[:-1], cycle((7, 3, 1)), strict=False))
    return total % 10 == int(part[-1])


def _value(char: str) -> int:
    return 0 if char == "<" or not char.isascii() or not char.isalnum() else int(char, 36)
