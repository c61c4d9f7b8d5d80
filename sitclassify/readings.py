"""An unfinished text as a scan reads it: folded, and once more for each time its encoded parts are decoded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from sitclassify import encodings
from sitclassify.compiler import CompiledRules
from sitclassify.hits import FirstPass, Piece, every_pass, marks_in_characters
from sitclassify.text import SourceText

Span = tuple[int, int]


class Reading(NamedTuple):
    """The text as a scan reads it: folded, or decoded as well. `original` gives the span one came from."""

    text: str
    seen: FirstPass
    data: bytes
    original: Callable[[int, int], Span]
    is_own: Callable[[int, int], bool]  # whether a span is found in this reading alone

    def position(self, offset: int) -> int:
        """Where in this reading the scanned text's `offset` is."""
        if self.original is _same:
            return offset
        low, high = 0, len(self.text)
        while low < high:
            middle = (low + high) // 2
            if self.original(middle, middle + 1)[0] < offset:
                low = middle + 1
            else:
                high = middle
        return low

    def back(self, offset: int) -> int:
        """Where in the scanned text an `offset` of this reading is; the end stays the end."""
        if offset < len(self.text):
            return self.original(offset, offset + 1)[0]
        return self.original(max(0, offset - 1), offset)[1]


def _same(start: int, end: int) -> Span:
    """The way back from a reading that is the scanned text."""
    return start, end


def readings(
    rules: CompiledRules,
    source: SourceText,
    original: Callable[[int, int], Span] | None = None,
    is_own: Callable[[int, int], bool] | None = None,
    depth: int = 0,
) -> Iterator[Reading]:
    """The readings of a text: first the folded one, then those with its encoded parts decoded."""
    seen = every_pass(rules, source.data)
    if seen.is_broken:
        source = source.with_joined_lines()
        seen = every_pass(rules, source.data)

    def back(start: int, end: int) -> Span:
        start, end = source.original(start, end)
        return original(start, end) if original is not None else (start, end)

    def own(start: int, end: int) -> bool:
        return is_own is None or is_own(*source.original(start, end))

    is_same = original is None and source.is_identity
    yield Reading(source.text, seen, source.data, _same if is_same else back, own)
    if depth == encodings.MAX_DEPTH or not seen.marks:
        return
    piece = Piece(source.data, 0, source.is_ascii)
    decoded = encodings.decode(source.text, marks_in_characters(seen.marks, piece))
    if decoded is not None:
        yield from readings(
            rules,
            SourceText.of(decoded.text, rules.find_folds),
            lambda start, end: back(*decoded.source(start, end)),
            lambda start, end: decoded.touched(start, end) is not None,
            depth + 1,
        )
