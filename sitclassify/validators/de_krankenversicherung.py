"""German health insurance number (KVNR): a letter, eight digits and a check digit.

The letter counts as its place in the alphabet in two digits; weights 1, 2, 1, ..., the digits of each product
are summed; the sum mod 10.
Source: https://de.wikipedia.org/wiki/Krankenversichertennummer

>>> is_valid("A123456780"), is_valid("M123456785")
(True, True)
>>> is_valid("A123456787"), is_valid("1234567890"), is_valid("A12345678")
(False, False, False)
"""

import re

from sitclassify.validators.digits import compact

_SHAPE = re.compile(r"[A-Z][0-9]{9}")


def is_valid(value: str) -> bool:
    text = compact(value)
    if not _SHAPE.fullmatch(text):
        return False
    digits = f"{ord(text[0]) - 64:02d}{text[1:9]}"
    total = sum(sum(divmod(int(d) * (1 + i % 2), 10)) for i, d in enumerate(digits))
    return total % 10 == int(text[9])
