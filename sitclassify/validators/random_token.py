"""Whether a text looks drawn at random, as the keys of issuers are: no filler, no words.

A key in an example is often filled up (`xxxxxxxx`, `0000`, the alphabet) or is a name
(`my-api-key-name`).

>>> is_valid("q7Rv2LmZ0pXc9KtB4nWd"), is_valid("kRtYbvQmLpXwZdFsNhJg")
(True, True)
>>> is_valid("xxxxxxxxxxxxxxxxxxxx"), is_valid("abcdefghijklmnopqrstuvwxyz012345")
(False, False)
>>> is_valid("SlackAppConfigurationAccessTokenHere"), is_valid("my-secret-key-name")
(False, False)
>>> is_valid("base64-encoded-key")
False
>>> is_valid("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
False
"""

from __future__ import annotations

import re

HAS_CHECK_DIGIT = False  # it checks how a value is formed

_FILLER = re.compile(
    r"(.)\1{7}|abcdefghijklmnopqrstuvwxyz|0123456789abcdef0123|1234567890123456"
    r"|EXAMPLE|your|insert|replace|redacted|\.{3}|_here$",
    re.IGNORECASE,
)
_NAMES = frozenset(  # of methods: they hold digits, and are no part that was drawn
    (
        "base64", "base32", "sha256", "sha384", "sha512", "oauth2", "rsa2048", "rsa4096",
        "aes128", "aes256", "ed25519", "pbkdf2", "argon2",
    )
)  # fmt: skip
_JOINS = re.compile(r"[-_./:+=~]+")
_CASE_CHANGE = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[a-z])")
_CHANGES = 0.35  # case changes per letter: 0.5 where letters are drawn, under 0.32 in CamelCase
_SHORTEST = 8
_DISTINCT_FOR = ((32, 10), (20, 8), (0, 5))  # (length from, different characters at least)


def is_valid(value: str) -> bool:
    """Whether `value` has at least eight characters and a part that looks drawn."""
    length = len(value)
    if length < _SHORTEST or _FILLER.search(value):
        return False
    if len(set(value)) < next(least for start, least in _DISTINCT_FOR if length >= start):
        return False
    return any(_is_drawn(part) for part in _JOINS.split(value))


def _is_drawn(part: str) -> bool:
    if len(part) < 6 or part.casefold() in _NAMES:
        return False
    if any(char.isdigit() for char in part):
        return not part.isdigit() or len(part) >= 20
    return len(_CASE_CHANGE.findall(part)) >= _CHANGES * (len(part) - 1)
