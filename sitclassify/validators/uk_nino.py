"""UK national insurance number: prefix of two letters in use, six digits, suffix A to D.

D, F, I, Q, U and V are in no prefix, O is not its second letter; seven prefixes are never issued.
Source: https://www.gov.uk/hmrc-internal-manuals/national-insurance-manual/nim39110

>>> is_valid("AB 12 34 56 C"), is_valid("jg103759a")
(True, True)
>>> is_valid("QQ 12 34 56 C"), is_valid("BG123456A"), is_valid("AO123456A"), is_valid("AB123456E")
(False, False, False, False)
"""

import re

from sitclassify.validators.digits import compact

HAS_CHECK_DIGIT = False  # it checks how a value is formed

_NINO = re.compile("(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][0-9]{6}[A-D]")


def is_valid(value: str) -> bool:
    return _NINO.fullmatch(compact(value)) is not None
