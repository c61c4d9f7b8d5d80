"""Indian goods and services tax number: state code, PAN, entity, Z, check character (Luhn mod 36).

Source: https://en.wikipedia.org/wiki/Goods_and_Services_Tax_(India)#GST_identification_number

>>> is_valid("27AAPFU0939F1ZV"), is_valid("27-AAPFU0939F-1ZV")
(True, True)
>>> is_valid("27AAPFU0939F1ZO"), is_valid("40AAPFU0939F1ZV"), is_valid("27AAPFU0939F1Z")
(False, False, False)
"""

import re

from sitclassify.validators import in_pan
from sitclassify.validators.digits import compact, values_of

_GSTIN = re.compile("(?:0[1-9]|[12][0-9]|3[0-8]|97|99)[A-Z]{5}[0-9]{4}[A-Z][1-9A-Z]Z[0-9A-Z]")
_DOUBLED = bytes(sum(divmod(2 * value, 36)) for value in range(36)) + bytes(220)


def is_valid(value: str) -> bool:
    text = compact(value)
    if not _GSTIN.fullmatch(text) or not in_pan.is_valid(text[2:12]):
        return False
    values = values_of(text)[::-1]
    return (sum(values[::2]) + sum(values[1::2].translate(_DOUBLED))) % 36 == 0
