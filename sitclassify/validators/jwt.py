"""JSON web token: a header that names its algorithm, claims and a signature in base64url.

The signature is not verified and may be empty (alg none). Decodes two JSON objects: from 6 us on.
Source: https://datatracker.ietf.org/doc/html/rfc7519

>>> header, claims = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9", "eyJzdWIiOiIxMjM0NTY3ODkwIn0"
>>> is_valid(f"{header}.{claims}.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U")
True
>>> is_valid(f"{claims}.{claims}.dozj"), is_valid(f"{header}.{claims}"), is_valid("eyJh.eyJz.abc")
(False, False, False)
"""

from __future__ import annotations

import binascii
import json
import re
from typing import Any

HAS_CHECK_DIGIT = False  # it checks how a value is formed

_TOKEN = re.compile(r"(eyJ[\w-]+)\.(e[\w-]+)\.[\w-]*", re.ASCII)
_FROM_URL = str.maketrans("-_", "+/")


def is_valid(value: str) -> bool:
    match = _TOKEN.fullmatch(value.strip())
    if not match:
        return False
    header = _decoded(match[1])
    return isinstance(header, dict) and "alg" in header and isinstance(_decoded(match[2]), dict)


def _decoded(part: str) -> Any:
    """The JSON value, or None."""
    padded = part.translate(_FROM_URL) + "=" * (-len(part) % 4)
    try:
        return json.loads(binascii.a2b_base64(padded))
    except (ValueError, RecursionError):  # deeply nested brackets exhaust the JSON reader
        return None
