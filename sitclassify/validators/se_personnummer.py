"""Swedish personal number: birth date with or without century, three digits, Luhn check digit.

60 is added to the day in coordination numbers. The check digit covers the last ten digits.
Source: https://sv.wikipedia.org/wiki/Personnummer_i_Sverige

>>> is_valid("880320-0016"), is_valid("18880320+0016"), is_valid("701063-2391")
(True, True, True)
>>> is_valid("880320-0018"), is_valid("881320-0014"), is_valid("880320-001")
(False, False, False)
"""

from sitclassify.validators.dates import is_date
from sitclassify.validators.digits import digits_of, luhn_sum


def is_valid(value: str) -> bool:
    head, _, serial = value.rpartition("+")
    if head and len(digits_of(serial)) != 4:
        return False
    digits = digits_of(head + serial)
    if len(digits) not in (10, 12) or luhn_sum(digits[-10:]) % 10 != 0:
        return False
    century = digits[:-10] or "20"  # the leap years of the 20th century are those of the 21st
    month, day = int(digits[-8:-6]), int(digits[-6:-4])
    return century in ("18", "19", "20") and is_date(
        int(century + digits[-10:-8]), month, day - 60 if day > 60 else day
    )
