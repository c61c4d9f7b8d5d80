"""German pension insurance number: area, date of birth, initial, serial number, check digit.

The initial counts as its place in the alphabet in two digits; weights 2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1, the
digits of each product are summed; the sum mod 10.
Source: https://de.wikipedia.org/wiki/Versicherungsnummer

>>> is_valid("15070649C103"), is_valid("15 070649 C 10 3")
(True, True)
>>> is_valid("15070649C104"), is_valid("15071349C103"), is_valid("15070649C10")
(False, False, False)
"""

import re

from sitclassify.validators.digits import compact

_SHAPE = re.compile(r"[0-9]{8}[A-Z][0-9]{3}")
_WEIGHTS = (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)


def is_valid(value: str) -> bool:
    text = compact(value)
    if not _SHAPE.fullmatch(text):
        return False
    day, month = int(text[2:4]), int(text[4:6])
    if not (0 <= day <= 31 and 0 <= month <= 12):  # zeros where the date is not known
        return False
    digits = f"{text[:8]}{ord(text[8]) - 64:02d}{text[9:11]}"
    total = sum(sum(divmod(int(d) * w, 10)) for d, w in zip(digits, _WEIGHTS, strict=True))
    return total % 10 == int(text[11])
