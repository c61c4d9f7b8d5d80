"""Whether a text is mixed like a chosen password: letters with digits or with signs.

Signs that only join words (`log-in`) do not count, nor do names of methods.

>>> is_valid("hunter2"), is_valid("Tr0ub4dor&3"), is_valid("p@ssword"), is_valid("S3cret-Key")
(True, True, True, True)
>>> is_valid("letmein"), is_valid("482913"), is_valid("base64-encoded"), is_valid("log-in")
(False, False, False, False)
"""

from __future__ import annotations

import re

HAS_CHECK_DIGIT = False  # it checks how a value is formed

_SIGN = re.compile(r"[^\w\s.,:;'\"()\[\]{}<>/\\|-]|(?<=\w)_(?=\W)")
_WORDS = re.compile(  # words and numbers that are joined: base64-encoded, 8-characters, SHA-256
    r"(?:[A-Za-z]+|[0-9]+[A-Za-z]?|(?:base|sha|md|utf|aes|rsa|bcrypt|pbkdf|argon|oauth|http)-?[0-9]+)"
    r"(?:[-/.:][A-Za-z]+|[-/.:][0-9]{1,4})*[.,:;!?]*",
    re.IGNORECASE,
)
_WINTER = re.compile(r"[A-Z][a-z]{2,}[-.:][0-9]{2,8}")  # Winter-2024: a capital, and nothing else


def is_valid(value: str) -> bool:
    """Whether `value` mixes letters with digits or signs."""
    has_letter = any(char.isalpha() for char in value)
    if not has_letter or not (any(char.isdigit() for char in value) or _SIGN.search(value)):
        return False
    return _WORDS.fullmatch(value) is None or _WINTER.fullmatch(value) is not None
