"""Finds and decodes what is written in base64, hex, URL, HTML or JSON escapes inside a text.

The decoded text is scanned once more in place of the encoded one, so that words around it still count. Bounded:
depth 2, `MAX_DECODED` characters, and only what decodes to printable text.
"""

from __future__ import annotations

import base64
import binascii
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from typing import NamedTuple

MAX_DEPTH = 2
MAX_DECODED = 1_000_000  # characters decoded of one text
_MIN_PRINTABLE = 0.97  # share of printable characters of a decoded base64 or hex token

_TOKEN = 20  # characters: shorter ones hide nothing
# Each tells that a text may have escapes of its kind.
ESCAPES = {
    "url": r"%[2-7][0-9A-Fa-f]",
    "html": r"&(?:#[0-9xX]|amp;|quot;|lt;|gt;|nbsp;|apos;)",
    "json": r"\\(?:u00[2-7][0-9A-Fa-f]|[nrt][0-9A-Za-z])",
}
# Tokens that may be text in base64 or hex, reported once each, `_TOKEN` behind their start. The first character of four
# is the upper bits of a byte: of ASCII in the first four groups, or of the first byte of a wider character, whose
# second byte shows in the next one.
TOKENS = (
    r"(?:^|[^A-Za-z0-9+/_\-])(?:[CDI-Za-f][A-Za-z0-9+/_\-]{3}){4}[A-Za-z0-9+/_\-]{4}",
    r"(?:^|[^A-Za-z0-9+/_\-])[w-z0-9+/_\-][I-LYZabo-r4-7][A-Za-z0-9+/_\-]{18}",
    r"(?:^|[^A-Za-z0-9])(?:[2-7][0-9A-Fa-f]|0[9AaDd]){10}",
)
KINDS = ("token", *ESCAPES)
_ESCAPED = {
    "url": re.compile(r"(?:%[0-9A-Fa-f]{2})+"),
    "html": re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});"),
    "json": re.compile(r"\\u[0-9A-Fa-f]{4}|(?<!\\)\\[nrt](?=[0-9A-Za-z])"),
}
_RUN = re.compile(r"[A-Za-z0-9+/_\-]+={0,2}")
_LONG_RUN = re.compile(rf"(?<![A-Za-z0-9+/_\-])[A-Za-z0-9+/_\-]{{{_TOKEN},}}")
_DIGEST = re.compile(
    rf"[0-9a-f\-]{{{_TOKEN}}}|[0-9A-F\-]{{{_TOKEN}}}"
)  # no text looks so in base64
_HEX = re.compile(r"(?<![0-9A-Za-z])(?:[2-7][0-9A-Fa-f]|0[9AaDd]){8,}(?![0-9A-Za-z])")
_BASE64 = re.compile(
    r"(?:(?:[A-Za-z0-9+/]{4}){4,}(?:[A-Za-z0-9+/]{2,3}={0,2})?"
    r"|(?:[A-Za-z0-9_\-]{4}){4,}(?:[A-Za-z0-9_\-]{2,3}={0,2})?)(?![0-9A-Za-z+/_\-])"
)
Mark = tuple[int, int]  # number of a kind; of a token where its hit of `TOKENS` ends


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
        """How the first region inside or beside `[start, end)` was encoded; None where nothing there was."""
        i = bisect_left(self._ends, start)
        if i < len(self.regions) and self.regions[i].start <= end:
            return self.regions[i].how
        return None

    def windows(self, reach: int) -> list[tuple[int, int]]:
        """The parts of the text with all that lies within `reach` characters of a region."""
        if len(self.text) <= 4 * reach:
            return [(0, len(self.text))]
        windows: list[tuple[int, int]] = []
        for region in self.regions:
            low, high = max(0, region.start - reach), min(len(self.text), region.end + reach)
            if windows and low <= windows[-1][1]:
                low = windows.pop()[0]
            windows.append((low, high))
        return windows

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


def find_marks(text: str) -> list[Mark]:
    """The marks of a text for `decode`, where no database has been asked."""
    kinds = enumerate(ESCAPES.values(), 1)
    marks = [(kind, 0) for kind, trigger in kinds if re.search(trigger, text)]
    return marks + [(0, match.start() + _TOKEN) for match in _LONG_RUN.finditer(text)]


def decode(text: str, marks: Iterable[Mark]) -> Decoded | None:
    """`text` with everything encoded in it decoded once; None where nothing decodes.

    `marks` are the kinds whose triggers it has: what is not marked is not looked at.
    """
    spans: set[tuple[int, int, str]] = set()
    kinds = set()
    for kind, end in marks:
        if kind:
            kinds.add(KINDS[kind])
        else:
            spans.update(_tokens(text, end - _TOKEN))
    for how in kinds:
        spans.update((*match.span(), how) for match in _ESCAPED[how].finditer(text))
    regions: list[Region] = []
    pieces: list[str] = []
    last = position = decoded_length = 0
    for start, end, how in sorted(spans):
        plain = _DECODERS[how](text[start:end])
        if plain is None or plain == text[start:end] or start < last:
            continue
        decoded_length += len(plain)
        if decoded_length > MAX_DECODED:
            break
        pieces += (text[last:start], plain)
        position += start - last
        regions.append(Region(position, position + len(plain), start, end, how))
        position += len(plain)
        last = end
    if not regions:
        return None
    return Decoded("".join(pieces) + text[last:], regions)


def _tokens(text: str, start: int) -> Iterable[tuple[int, int, str]]:
    """What may be base64 or hex in the run of such characters that begins at `start`."""
    run = _RUN.match(text, start)
    if run is None:
        return
    hexes = [(*match.span(), "hex") for match in _HEX.finditer(text, start, run.end())]
    if hexes:
        yield from hexes
    elif not _DIGEST.match(text, start) and not (start and _RUN.match(text, start - 1)):
        match = _BASE64.match(text, start, run.end())
        if match is not None:
            yield (*match.span(), "base64")


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


def _url(token: str) -> str:
    from urllib.parse import unquote

    return unquote(token)


def _html(token: str) -> str:
    from html import unescape

    return unescape(token)


def _hex(token: str) -> str | None:
    return _readable(bytes.fromhex(token))


_DECODERS: dict[str, Callable[[str], str | None]] = {
    "url": _url,
    "html": _html,
    "json": _json,
    "hex": _hex,
    "base64": _base64,
}
