"""Check digit of the numbers that identify persons in Taiwan.

A letter for the place of registration, a second place - 1 or 2 for citizens, 8 or 9 for
residents, a letter A to D for residents before 2021 -, seven serial digits and the check digit.
The first letter counts as two digits (A=10), a second one as the last digit of its value;
weights 1, 9, 8 .. 1, 1; the sum is divisible by 10.
Source: https://zh.wikipedia.org/wiki/中華民國國民身分證

>>> is_valid("A123456789"), is_valid("F851540937"), is_valid("AD40330233")
(True, True, True)
>>> is_valid("A123456788"), is_valid("A323456789"), is_valid("AD40330234")
(False, False, False)
"""

from __future__ import annotations

import re

from sitclassify.validators.digits import compact

_FORM = re.compile(r"[A-Z][1289A-D][0-9]{8}")
# I, O, W and Z got their values late.
_VALUES = {letter: value for value, letter in enumerate("ABCDEFGHJKLMNPQRSTUVXYWZIO", 10)}
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 1, 1)


def is_valid(value: str) -> bool:
    text = compact(value)
    if not _FORM.fullmatch(text):
        return False
    tens, units = divmod(_VALUES[text[0]], 10)
    digits = (_VALUES[char] % 10 if char.isalpha() else int(char) for char in text[1:])
    total = tens + 9 * units + sum(d * w for d, w in zip(digits, _WEIGHTS, strict=True))
    return total % 10 == 0
