"""Whether a text in Base32 looks drawn at random, as the seed of an authenticator is.

Source: https://www.rfc-editor.org/rfc/rfc4648#section-6

>>> is_valid("K3WQ7ZB2MX5RT4YD"), is_valid("k3wq 7zb2 mx5r t4yd")
(True, True)
>>> is_valid("AUTHENTICATIONSERVERS"), is_valid("this user must sign"), is_valid("AAAAAAAA22222222")
(False, False, False)
"""

from __future__ import annotations

HAS_CHECK_DIGIT = False  # it checks how a value is formed

_DIGITS = "234567"
_LEAST = 2  # digits: of sixteen characters that are drawn three are, and of a word none
_DISTINCT = 8


def is_valid(value: str) -> bool:
    """Whether `value` mixes letters and digits of Base32, most of them different."""
    plain = value.replace(" ", "").replace("-", "").rstrip("=").upper()
    return sum(char in _DIGITS for char in plain) >= _LEAST and len(set(plain)) >= _DISTINCT
