"""Whether a text beside the name of a service can be the key that the service issued.

Beside a name and a word such as "token", a key needs to look less random than alone
(`random_token`): one that counts up is how people try a rule. Filler, slots and words are none.

>>> is_valid("q7Rv2LmZ0pXc9KtB4nWd"), is_valid("abcdef0123456789abcdef0123456789")
(True, True)
>>> is_valid("1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed"), is_valid("abcdefghijklmnopqrstuvwxyz")
(True, True)
>>> is_valid("xxxxxxxxxxxxxxxxxxxx"), is_valid("00000000-0000-0000-0000-000000000000")
(False, False)
>>> is_valid("base64-encoded-string"), is_valid("insertYourKey123456"), is_valid("SearchClientOptions")
(False, False, False)
"""

from __future__ import annotations

import re

from sitclassify.validators import random_token

HAS_CHECK_DIGIT = False  # it checks how a value is formed

_FILLER = re.compile(
    r"([^-])\1{7}|EXAMPLE|your|insert|replace|redacted|placeholder|\.{3}|_here$", re.IGNORECASE
)
_COUNTED = re.compile(r"abcdefghijklmnop|qwertyuiop", re.IGNORECASE)
_DIGITS = 3  # at least, where letters are not drawn either: one or two are in base64 and v2


def is_valid(value: str) -> bool:
    """Whether `value` has eight characters or more and is no filler and no name."""
    if len(value) < 8 or _FILLER.search(value) or len(set(value)) < 5:
        return False
    if _COUNTED.search(value):
        return True
    digits = sum(map(str.isdigit, value))
    has_letter = any(map(str.isalpha, value))
    if digits >= _DIGITS:
        return has_letter or (digits >= 20 and value.isdigit())
    return digits == 0 and random_token.is_valid(value)
