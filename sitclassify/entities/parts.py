"""The parts of a text that a model reads: around every word that may be of a name, as much as the model sees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from sitclassify.entities.lexicon import EVERYDAY, FAMILY, GIVEN, kind
from sitclassify.entities.tokens import Span

_AROUND = 100  # characters: the packaged model sees four words on either side
_LONGEST = 4_096  # characters of a part
_TOGETHER = 8_192  # characters of parts that are read at once
_WORD = regex.compile(
    r"(?P<large>(?P<inner>(?<=[\p{Ll},][ ]))?\p{Lu}[\p{L}\p{M}'’-]*)|(?<![\p{L}\p{N}@./_-])\p{Ll}{3,}"
)
_SPACES = " \n\t"
Part = tuple[int, int, str]  # number of its text, where it begins there, itself


def whole(texts: Sequence[str]) -> list[Part]:
    """All of the texts."""
    return [(i, *part) for i, text in enumerate(texts) for part in _cut(text, 0, len(text))]


def around_names(texts: Sequence[str], listed: Sequence[Sequence[Span]]) -> list[Part]:
    """What may name somebody, by its words or because the lists found something there."""
    return [
        (i, *part)
        for i, (text, spans) in enumerate(zip(texts, listed, strict=True))
        for window in _windows(text, spans)
        for part in _cut(text, *window)
    ]


def batches(parts: Sequence[Part]) -> Iterator[Sequence[Part]]:
    """Parts that are read at once: longer runs of them are no faster."""
    first = size = 0
    for number, (_, _, text) in enumerate(parts):
        if size and size + len(text) > _TOGETHER:
            yield parts[first:number]
            first, size = number, 0
        size += len(text)
    if size:
        yield parts[first:]


def within(spans: Sequence[Span], base: int, length: int) -> list[Span]:
    """What lies of the spans in a part of the text, at its place there."""
    clipped = (
        s._replace(start=max(0, s.start - base), end=min(length, s.end - base)) for s in spans
    )
    return [span for span in clipped if span.start < span.end]


def candidates(text: str) -> Iterator[tuple[int, int]]:
    """Words written large that no list calls everyday ones, or that begin no sentence; names written small."""
    for match in _WORD.finditer(text):
        known = kind(match[0].lower())
        if match["large"]:
            if not known & EVERYDAY or (match["inner"] is not None and len(match[0]) > 1):
                yield match.span()
        elif known & (GIVEN | FAMILY) and not known & EVERYDAY:
            yield match.span()


def _windows(text: str, listed: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Where to read: from between two words to between two words, without overlap."""
    low = high = 0
    for start, end in sorted((*candidates(text), *((span.start, span.end) for span in listed))):
        if start - _AROUND > high:
            if low < high:
                yield low, high
            low = _between(text, start - _AROUND, high, -1)
        high = max(high, _between(text, end + _AROUND, len(text), 1))
    if low < high:
        yield low, high


def _between(text: str, at: int, limit: int, step: int) -> int:
    """The place between two words next to another, in one direction and not beyond a limit or far away."""
    for place in range(at, at + step * _AROUND, step):
        if place * step >= limit * step:
            return limit
        if text[place] in _SPACES:
            return place + (step < 0)
    return at


def _cut(text: str, low: int, high: int) -> Iterator[tuple[int, str]]:
    """A part of a text in pieces that are not too long, cut between words; where each begins."""
    while high - low > _LONGEST:
        end = _between(text, low + _LONGEST, low, -1)
        end = end if end > low else low + _LONGEST
        yield low, text[low:end]
        low = end
    yield low, text[low:high]
