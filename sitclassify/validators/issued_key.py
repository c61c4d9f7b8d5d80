"""Whether a text that has the form of an issuer's key, or stands beside its name, can be such a key.

There a key needs to look less random than alone (`random_token`): one that counts up is how people
try a rule. Filler, slots and words are none.

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
_COUNTED = re.compile(r"abcdefghijklmnop|qwertyuiop|(?:abcdef){3}", re.IGNORECASE)
_VOWEL = re.compile("[aeiou]", re.IGNORECASE)
_DIGITS = 3  # at least, in a value that is not drawn: one or two are in v2 and 2fa
_LETTERS = 24  # from this length on, letters without digits are told from words by their vowels
_VOWELS = 0.25  # of the letters: a fifth where they are drawn, two fifths in words


def is_valid(value: str) -> bool:
    """Whether `value` has eight characters or more and is no filler and no name."""
    if len(value) < 8 or _FILLER.search(value) or len(set(value)) < 5:
        return False
    if _COUNTED.search(value) or random_token.is_valid(value):
        return True
    digits = sum(map(str.isdigit, value))
    letters = sum(map(str.isalpha, value))
    if digits >= _DIGITS:
        return letters > 0 or digits >= 20
    return not digits and letters >= _LETTERS and len(_VOWEL.findall(value)) <= _VOWELS * letters
