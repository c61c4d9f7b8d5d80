"""Finds and decodes what is written in base64, hex, URL, HTML or JSON escapes inside a text.

The decoded text is scanned once more in place of the encoded one, so that words around it still count. Bounded:
depth 2, `MAX_DECODED` characters, and only what decodes to printable text.
"""

from __future__ import annotations

import base64
import binascii
import html
import re
from bisect import bisect_right
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import unquote

MAX_DEPTH = 2
MAX_DECODED = 1_000_000  # characters decoded of one text
_MIN_PRINTABLE = 0.97  # share of printable characters of a decoded base64 or hex token

# Triggers of the first pass, each reported once: a text without them has nothing to decode.
TRIGGERS = (
    rb"[A-Za-z0-9+/_\-]{20}",
    rb"%[2-7][0-9A-Fa-f]",
    rb"&(?:#[0-9xX]|amp;|quot;|lt;|gt;|nbsp;|apos;)",
    rb"\\(?:u00[2-7][0-9A-Fa-f]|[nrt][0-9A-Za-z])",
)
_ENCODED = re.compile(
    r"(?P<url>(?:%[0-9A-Fa-f]{2})+)"
    r"|(?P<html>&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});)"
    r"|(?P<json>\\u[0-9A-Fa-f]{4}|(?<!\\)\\[nrt](?=[0-9A-Za-z]))"
    r"|(?<![0-9A-Za-z])(?P<hex>(?:[2-7][0-9A-Fa-f]|0[9AaDd]){8,})(?![0-9A-Za-z])"
    r"|(?<![0-9A-Za-z+/_\-])(?P<base64>(?:[A-Za-z0-9+/]{4}){4,}(?:[A-Za-z0-9+/]{2,3}={0,2})?"
    r"|(?:[A-Za-z0-9_\-]{4}){4,}(?:[A-Za-z0-9_\-]{2,3}={0,2})?)(?![0-9A-Za-z+/_\-])"
)


class Region(NamedTuple):
    """Where a decoded text differs: `[start, end)` of the decoded, `[source_start, source_end)` of the encoded."""

    start: int
    end: int
    source_start: int
    source_end: int
    how: str


class Decoded:
    """A text with its encoded parts decoded, and the way back."""

    __slots__ = ("_ends", "_starts", "regions", "text")

    def __init__(self, text: str, regions: list[Region]) -> None:
        self.text = text
        self.regions = regions
        self._starts = [r.start for r in regions]
        self._ends = [r.end for r in regions]

    def touched(self, start: int, end: int) -> str | None:
        """How the first region inside `[start, end)` was encoded; None where nothing there was."""
        i = bisect_right(self._ends, start)
        if i < len(self.regions) and self.regions[i].start < end:
            return self.regions[i].how
        return None

    def source(self, start: int, end: int) -> tuple[int, int]:
        """The span of the encoded text that a span of the decoded one came from."""
        return self._source(start, False), self._source(max(start, end - 1), True)

    def _source(self, offset: int, is_end: bool) -> int:
        i = bisect_right(self._starts, offset) - 1
        if i < 0:
            return offset + is_end
        region = self.regions[i]
        if offset < region.end:
            return region.source_end if is_end else region.source_start
        return region.source_end + (offset - region.end) + is_end


def decode(text: str) -> Decoded | None:
    """`text` with everything encoded in it decoded once; None where nothing decodes."""
    regions: list[Region] = []
    pieces: list[str] = []
    last = position = decoded_length = 0
    for match in _ENCODED.finditer(text):
        how = match.lastgroup or ""
        plain = _DECODERS[how](match.group())
        if plain is None or plain == match.group():
            continue
        decoded_length += len(plain)
        if decoded_length > MAX_DECODED:
            break
        start, end = match.span()
        pieces += (text[last:start], plain)
        position += start - last
        regions.append(Region(position, position + len(plain), start, end, how))
        position += len(plain)
        last = end
    if not regions:
        return None
    return Decoded("".join(pieces) + text[last:], regions)


def _readable(data: bytes) -> str | None:
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    printable = sum(c.isprintable() or c in "\t\r\n" for c in text)
    return text if printable >= _MIN_PRINTABLE * len(text) else None


def _base64(token: str) -> str | None:
    padded = token.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return _readable(base64.b64decode(padded + "=" * (-len(padded) % 4)))
    except (binascii.Error, ValueError):
        return None


def _json(token: str) -> str:
    if token[1] != "u":
        return {"n": "\n", "r": "\r", "t": "\t"}[token[1]]
    char = chr(int(token[2:], 16))
    return "\ufffd" if "\ud800" <= char <= "\udfff" else char


def _hex(token: str) -> str | None:
    return _readable(bytes.fromhex(token))


_DECODERS: dict[str, Callable[[str], str | None]] = {
    "url": unquote,
    "html": html.unescape,
    "json": _json,
    "hex": _hex,
    "base64": _base64,
}
