"""Check character of the New Zealand national health index number (NHI).

Old form AAANNNC: check digit mod 11; new form AAANNAX: check letter mod 23. Weights 7 to 2;
letters count A=1 .. Z=24, without I and O.
Source: https://en.wikipedia.org/wiki/NHI_Number (HISO 10046:2023 Consumer Health Identity Standard)

>>> is_valid("ZAC5361"), is_valid("zac 5361"), is_valid("ZBN77VL")
(True, True, True)
>>> is_valid("ZAC5362"), is_valid("ZZZ0040"), is_valid("ZBN77VM"), is_valid("ZAI5361")
(False, False, False, False)
"""

from __future__ import annotations

import re

from sitclassify.validators.digits import compact

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_VALUES = {letter: value for value, letter in enumerate(_LETTERS, 1)} | {
    str(n): n for n in range(10)
}
_FORM = re.compile(r"[A-HJ-NP-Z]{3}(?:[0-9]{4}|[0-9]{2}[A-HJ-NP-Z]{2})")


def is_valid(value: str) -> bool:
    text = compact(value)
    if not _FORM.fullmatch(text):
        return False
    *body, check = (_VALUES[char] for char in text)
    total = sum(number * weight for number, weight in zip(body, range(7, 1, -1), strict=True))
    if text[-1].isalpha():
        return 23 - total % 23 == check
    # A remainder of 0 has no check digit; such numbers were never given out.
    return total % 11 != 0 and (11 - total % 11) % 10 == check
