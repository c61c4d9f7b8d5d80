"""US social security number by the rules since June 2011.

The area is not 000, 666 or 900-999, the group not 00, the serial not 0000.
Source: https://www.ssa.gov/employer/randomization.html

>>> is_valid("536-90-4399"), is_valid("536 90 4399"), is_valid("899904399")
(True, True, True)
>>> is_valid("000-90-4399"), is_valid("666-90-4399"), is_valid("900-90-4399")
(False, False, False)
>>> is_valid("536-00-4399"), is_valid("536-90-0000"), is_valid("536-90-439")
(False, False, False)
"""

from sitclassify.validators.digits import digits_of

HAS_CHECK_DIGIT = False  # it checks how a value is formed


def is_valid(value: str) -> bool:
    digits = digits_of(value)
    return (
        len(digits) == 9
        and digits[0] != "9"
        and digits[:3] not in ("000", "666")
        and digits[3:5] != "00"
        and digits[5:] != "0000"
    )
