"""Indian permanent account number: five letters, four digits, a letter.

The fourth letter is the kind of holder; the digits are not all zero.

Source: https://en.wikipedia.org/wiki/Permanent_account_number

>>> is_valid("ACUPA7085R"), is_valid("aaact 2727 q")
(True, True)
>>> is_valid("ACUXA7085R"), is_valid("ACUPA0000R"), is_valid("ACUPA7085")
(False, False, False)
"""

import re

from sitclassify.validators.digits import compact

HAS_CHECK_DIGIT = False  # it checks how a value is formed

_PAN = re.compile("[A-Z]{3}[ABCFGHJKLPT][A-Z](?!0000)[0-9]{4}[A-Z]")


def is_valid(value: str) -> bool:
    return _PAN.fullmatch(compact(value)) is not None
