"""Who may ask: keys that are random, shown once, and kept as SHA-256 only.

A key holds 256 random bits, so a plain hash of it tells nothing; passwords would need a slow one. The file has one
key a line, `name sha256 [scope ...]`; `#` begins a comment. Scopes: `admin` may reload.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from sitclassify.errors import ConfigurationError

ADMIN = "admin"
SCOPES = (ADMIN,)
_NAME = re.compile(r"[\w.@-]{1,64}", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Client(NamedTuple):
    """Who holds a key, and what more than asking it may do."""

    name: str
    scopes: frozenset[str]


EVERYBODY = Client("", frozenset(SCOPES))  # where no keys are asked for


class Keys:
    """The keys of a file; compared in constant time, all of them for every request."""

    def __init__(self, path: Path) -> None:
        """Raises `ConfigurationError` with the line that is wrong."""
        self._known: list[tuple[bytes, Client]] = []
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigurationError(f"{path}: cannot be read: {error}") from None
        for number, line in enumerate(lines, 1):
            words = line.partition("#")[0].split()
            if words:
                self._known.append(_read(words, f"{path}:{number}"))
        if not self._known:
            raise ConfigurationError(f"{path}: no keys: add one with `sitclassify key`")

    def client(self, headers: Mapping[bytes, bytes]) -> Client | None:
        """Who sent these headers; None for no key or an unknown one."""
        given = headers.get(b"x-api-key", b"") or _bearer(headers)
        digest = hashlib.sha256(given).hexdigest().encode()
        found = None
        for known, client in self._known:
            if hmac.compare_digest(known, digest):
                found = client
        return found


def _bearer(headers: Mapping[bytes, bytes]) -> bytes:
    scheme, _, token = headers.get(b"authorization", b"").partition(b" ")
    return token.strip() if scheme.lower() == b"bearer" else b""


def claims(headers: Mapping[bytes, bytes]) -> dict[str, str]:
    """What a key in the form of a JSON Web Token says of its holder (`tid`, `oid`, `appid`); {} for another one.

    It is as true as the key: its hash is over all of it. Where no keys are asked for, it is what the client says.
    """
    parts = _bearer(headers).split(b".")
    if len(parts) != 3:
        return {}
    try:
        told = json.loads(base64.urlsafe_b64decode(parts[1] + b"=" * (-len(parts[1]) % 4)))
    except ValueError:
        return {}
    return {k: v for k, v in told.items() if isinstance(v, str)} if isinstance(told, dict) else {}


def _read(words: list[str], address: str) -> tuple[bytes, Client]:
    if len(words) < 2 or not _NAME.fullmatch(words[0]) or not _SHA256.fullmatch(words[1]):
        raise ConfigurationError(f"{address}: expected 'name sha256-in-hex [scope ...]'")
    unknown = set(words[2:]) - set(SCOPES)
    if unknown:
        told = f"{address}: unknown scope '{min(unknown)}'; scopes: {', '.join(SCOPES)}"
        raise ConfigurationError(told)
    return words[1].encode(), Client(words[0], frozenset(words[2:]))


def add_key(
    path: Path,
    name: str,
    scopes: tuple[str, ...] = (),
    token: Mapping[str, str] | None = None,
) -> str:
    """A new key of `name`, its hash added to the file; the key itself is nowhere but in the answer.

    token: claims of a key in the form of a JSON Web Token, for clients that read their own token.
    """
    secret = secrets.token_urlsafe(32)
    key = f"sit_{secret}"
    if token is not None:
        key = ".".join((_part({"alg": "none", "typ": "JWT"}), _part(token), secret))
    line = " ".join((name, hashlib.sha256(key.encode()).hexdigest(), *scopes))
    _read(line.split(), str(path))
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    return key


def _part(content: Mapping[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")
