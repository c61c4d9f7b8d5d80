"""US individual taxpayer identification number: 9xx, then 50-65, 70-88, 90-92 or 94-99.

Source: https://www.irs.gov/irm/part3/irm_03-021-263r

>>> is_valid("912-70-1234"), is_valid("900 50 0001"), is_valid("999991234")
(True, True, True)
>>> is_valid("912-66-1234"), is_valid("912-89-1234"), is_valid("912-93-1234")
(False, False, False)
>>> is_valid("812-70-1234"), is_valid("912-70-123")
(False, False)
"""

import re

from sitclassify.validators.digits import digits_of

HAS_CHECK_DIGIT = False  # it checks how a value is formed

_ITIN = re.compile(r"9[0-9]{2}(?:5[0-9]|6[0-5]|7[0-9]|8[0-8]|9[0-24-9])[0-9]{4}")


def is_valid(value: str) -> bool:
    return _ITIN.fullmatch(digits_of(value)) is not None
