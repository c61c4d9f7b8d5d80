"""Vehicle identification number with the check digit of North America and China at the ninth place.

17 digits and letters without I, O and Q. European makers do not compute the check digit: where
their vehicles matter use this as `soft_validator`.
Source: https://en.wikipedia.org/wiki/Vehicle_identification_number#Check-digit_calculation

>>> is_valid("1M8GDM9AXKP042788"), is_valid("5gzcz43d13s812715")
(True, True)
>>> is_valid("1M8GDM9A1KP042788"), is_valid("IM8GDM9AXKP042788"), is_valid("1M8GDM9AXKP04278")
(False, False, False)
"""

import re
from operator import mul

from sitclassify.validators.digits import compact

_VIN = re.compile("[A-HJ-NPR-Z0-9]{8}[0-9X][A-HJ-NPR-Z0-9]{8}")
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_VALUES = bytes.maketrans(
    b"0123456789ABCDEFGHJKLMNPRSTUVWXYZ",
    bytes(map(int, "0123456789123456781234579" + "23456789")),
)


def is_valid(value: str) -> bool:
    text = compact(value)
    if not _VIN.fullmatch(text):
        return False
    remainder = sum(map(mul, text.encode("ascii").translate(_VALUES), _WEIGHTS)) % 11
    return text[8] == ("X" if remainder == 10 else str(remainder))
