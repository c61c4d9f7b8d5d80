"""Whether a text is the Base64 of `user:password`, as HTTP's Basic scheme sends it.

Source: https://www.rfc-editor.org/rfc/rfc7617

>>> is_valid("QWxhZGRpbjpvcGVuIHNlc2FtZQ=="), is_valid("QWxhZGRpbg=="), is_valid("credentials")
(True, False, False)
"""

from __future__ import annotations

from base64 import b64decode
from binascii import Error

HAS_CHECK_DIGIT = False  # it checks how a value is formed


def is_valid(value: str) -> bool:
    """Whether `value` decodes to printable text with a colon."""
    try:
        decoded = b64decode(value + "=" * (-len(value) % 4), validate=True).decode()
    except (Error, ValueError):
        return False
    name, colon, password = decoded.partition(":")
    return bool(colon and password) and decoded.isprintable() and len(name) < 256
