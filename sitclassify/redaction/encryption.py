"""Values encrypted in place: `<CREDIT_CARD_NUMBER!...>`, AES-GCM, authenticated together with the SIT's name.

In the token are nonce (96 bits), ciphertext and tag (128 bits), written in letters, in groups too short to be taken
for a secret. Needs the package `cryptography` (extra `encrypt`).
"""

from __future__ import annotations

import re
import secrets
from typing import Any

from sitclassify.errors import ConfigurationError
from sitclassify.redaction.methods import Method, checked_key, from_letters, letters, name_of

_NONCE = 12  # bytes, as NIST SP 800-38D recommends
_GROUP = 12  # letters; the shortest secrets have more
_TOKEN = re.compile(r"<([A-Z0-9_]+)!([a-p!]+)>", re.IGNORECASE)


class Encrypt(Method):
    """AES-GCM with a key of 16, 24 or 32 bytes; a new nonce each time, so equal values differ."""

    def __init__(self, key: bytes) -> None:
        self._cipher = _cipher(key)

    def __call__(self, value: str, sit: str) -> str:
        nonce, name = secrets.token_bytes(_NONCE), name_of(sit)
        plain = value.encode("utf-8", "surrogatepass")
        written = letters(nonce + self._cipher.encrypt(nonce, plain, name.encode()))
        groups = (written[i : i + _GROUP] for i in range(0, len(written), _GROUP))
        return f"<{name}!{'!'.join(groups)}>"


def decrypt(text: str, key: bytes) -> str:
    """`text` with the values that `Encrypt` hid in it; `ConfigurationError` for another key or a changed token."""
    from cryptography.exceptions import InvalidTag

    cipher = _cipher(key)

    def value(match: re.Match[str]) -> str:
        try:
            data = from_letters(match[2].replace("!", ""))
            name = match[1].upper().encode()
            plain: bytes = cipher.decrypt(data[:_NONCE], data[_NONCE:], name)
        except (InvalidTag, ValueError):
            told = (
                f"the token at {match.start()} was not written with this key, or was changed since"
            )
            raise ConfigurationError(told) from None
        return plain.decode("utf-8", "surrogatepass")

    return _TOKEN.sub(value, text)


def _cipher(key: bytes) -> Any:
    try:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    except ImportError:
        raise ConfigurationError(
            "encryption needs the package 'cryptography': pip install 'sitclassify[encrypt]'"
        ) from None
    if len(checked_key(key)) not in (16, 24, 32):
        raise ConfigurationError(f"the key is 16, 24 or 32 bytes long, not {len(key)}")
    return AESGCM(key)
