"""Supporting elements near a primary match: where the words of a text are, and which of them count."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import pairwise

from sitclassify.expressions import needs_boundary
from sitclassify.tables import Demand, Tables

Span = tuple[int, int]
Spans = tuple[list[int], list[int]]  # starts and ends, both rising
AcceptOf = Callable[[int], Callable[[str], bool]]
_LABEL_MARK = re.compile(r"[\"'`*)\]\\]{0,3} ?[:=#]")  # behind a word in the position of a label
# Behind a word inside one identifier (`phone_count`, `cardType`): it names a quantity or a kind, not the value.
HARMLESS = re.compile(
    rb"(?:[_\-]|(?<=[a-z])(?=[A-Z]))(?i:counts?|total|sum|avg|average|min|max|mean|len|length|size|types?|flag"
    rb"|status|state|index|idx|rank|rate|pct|percent|ratio|qty|quantity|enabled|required|valid|verified"
    rb"|format|label|version|limit|level|class)(?![a-z])"
)
JOINING = frozenset(b"_-ABCDEFGHIJKLMNOPQRSTUVWXYZ")  # behind a word that is part of an identifier
_CAMEL_TOKEN = re.compile(rb"[A-Za-z]*(?:[a-z][A-Z]|[A-Z]{3}[a-z]{2})[A-Za-z]*")
_CAMEL_PART = re.compile(rb"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+")
_APART = b"\n\n"
_DIGIT = frozenset(bytes([code]) for code in b"0123456789")


class WordHits:
    """Where each word was seen in one text; spans in characters of the matching text, sorted."""

    __slots__ = ("_elements", "_labels", "_tables", "by_word", "read_regexes", "seen")

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self.by_word: dict[int, list[Span]] = {}
        self._labels: dict[int, list[Span]] = {}  # everyday words: they count as a label only
        self._elements: dict[int, Spans] = {}
        self.seen = 0  # supporting elements with a word in the text, as bits
        self.read_regexes: Callable[[], None] | None = (
            None  # called once, by the first tier that needs one
        )

    def add(self, hits: Iterable[tuple[int, int, int]], text: str, is_ascii: bool) -> None:
        """Take in hits (word, start, end) that lie without their boundary characters.

        `is_ascii`: the text around them is, so that the words' own expressions have seen to their boundaries.
        """
        words, elements = self._tables.words, self._tables.elements_of_word
        by_word, seen = self.by_word, self.seen
        for word, start, end in hits:
            about = words[word]
            if (
                not is_ascii
                and about.is_bounded
                and not _is_bounded(text, start, end, about.is_open)
            ):
                continue
            seen |= elements[word]
            if about.label_only and not _LABEL_MARK.match(text, end):
                self._labels.setdefault(word, []).append((start, end))
            elif word in by_word:
                by_word[word].append((start, end))
            else:
                by_word[word] = [(start, end)]
        self.seen = seen

    def elements_inside(self, start: int, end: int) -> int:
        """Supporting elements, as bits, with a word in `[start, end)`, also one that counts as a label only."""
        elements = 0
        for seen in (self.by_word, self._labels):
            for word, spans in seen.items():
                for low, high in spans:
                    if low >= start and high <= end:
                        elements |= self._tables.elements_of_word[word]
        return elements

    def spans(self, element: int, accept_of: AcceptOf, text: str) -> Spans:
        """Starts and ends of an element's hits; of hits inside one another only the longest.

        `accept_of` a picky element tells what it asks of its hits besides the expression.
        """
        spans = self._elements.get(element)
        if spans is not None:
            return spans
        about = self._tables.supporting[element]
        if about.has_regex and self.read_regexes is not None:
            read, self.read_regexes = self.read_regexes, None
            read()
        found: list[Span] = []
        words = about.words
        for word, seen in self.by_word.items():  # few are seen; a list may hold hundreds
            if word in words:
                found += seen
        if about.is_picky:
            accepts = accept_of(element)
            found = [(start, end) for start, end in found if accepts(text[start:end])]
        spans = self._elements[element] = apart(found)
        return spans


def apart(spans: Iterable[Span]) -> Spans:
    """Starts and ends of `spans`, sorted; of spans inside one another only the longest."""
    spans = list(spans)
    if len(spans) == 1:
        return [spans[0][0]], [spans[0][1]]
    starts: list[int] = []
    ends: list[int] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not ends or end > ends[-1]:
            starts.append(start)
            ends.append(end)
    return starts, ends


def find_evidence(spans: Spans, primary: Span, demand: Demand, text: str) -> list[Span] | None:
    """The `demand.min_count` hits nearest to one primary span; None where there are fewer.

    A hit counts when it lies wholly inside the window and does not overlap the primary. Both lists are sorted,
    so the nearest are found outwards from the primary: O(log n + k) for k hits looked at.
    """
    starts, ends = spans
    if not starts:
        return None
    start, end = primary
    left = bisect_right(ends, start) - 1
    right = bisect_left(starts, end)
    lowest, highest = start - demand.proximity, end + demand.proximity
    if demand.min_count == 1:
        has_left = left >= 0 and starts[left] >= lowest
        if right < len(starts) and ends[right] <= highest:
            if not has_left or starts[right] - end < start - ends[left]:
                return [(starts[right], ends[right])]
        elif not has_left:
            return None
        return [(starts[left], ends[left])]
    found: list[Span] = []
    seen: set[str] = set()
    while len(found) < demand.min_count:
        has_left = left >= 0 and starts[left] >= lowest
        has_right = right < len(starts) and ends[right] <= highest
        if not has_left and not has_right:
            return None
        if has_left and (not has_right or start - ends[left] <= starts[right] - end):
            hit = starts[left], ends[left]
            left -= 1
        else:
            hit = starts[right], ends[right]
            right += 1
        if demand.unique:
            word = text[hit[0] : hit[1]].casefold()
            if word in seen:
                continue
            seen.add(word)
        found.append(hit)
    return found


def split_camel(data: bytes) -> tuple[bytes, list[tuple[int, int, int]]]:
    """The camelCase identifiers of `data` with their parts set apart, and what two neighbours make together.

    Returns that text and (start in it, start and end in `data`) of every part. A part beside a digit is left out: no
    word ends there.
    """
    pieces: list[bytes] = []
    parts: list[tuple[int, int, int]] = []
    position = 0

    def put(low: int, high: int, behind: bytes) -> None:
        nonlocal position
        parts.append((position, low, high))
        pieces.append(data[low:high] + behind)
        position += high - low + len(behind)

    for token in _CAMEL_TOKEN.finditer(data):
        base, end = token.span()
        spans = [part.span() for part in _CAMEL_PART.finditer(data, base, end)]
        if spans and data[spans[0][0] - 1 : spans[0][0]] in _DIGIT and spans[0][0] == base:
            del spans[0]
        if spans and data[spans[-1][1] : spans[-1][1] + 1] in _DIGIT:
            del spans[-1]
        for low, high in spans:
            put(low, high, b" ")
        pieces.append(_APART)  # more than a space in a word reaches over
        position += len(_APART)
        for (low, _), (_, high) in pairwise(spans):
            if high - low < end - base:  # the whole is no part
                put(low, high, _APART)
    return b"".join(pieces), parts


def unsplit(parts: list[tuple[int, int, int]], start: int, end: int) -> Span:
    """The span in the text of a span in what `split_camel` returned."""
    first = parts[bisect_right(parts, start, key=_position) - 1]
    last = parts[bisect_right(parts, max(start, end - 1), key=_position) - 1]
    return first[1] + start - first[0], min(last[2], last[1] + end - last[0])


def _position(part: tuple[int, int, int]) -> int:
    return part[0]


def _is_bounded(text: str, start: int, end: int, is_open: bool) -> bool:
    """Whether no letter or digit of the text touches a word.

    Between ASCII characters the word's own expression has seen to that, unless it `is_open`.
    """
    before = text[start - 1] if start else ""
    after = text[end] if end < len(text) else ""
    if not is_open and before.isascii() and after.isascii():
        return True
    touches_left = before != "" and _touches(before, text[start])
    return not touches_left and not (after != "" and _touches(after, text[end - 1]))


@lru_cache(maxsize=4096)
def _touches(neighbour: str, edge: str) -> bool:
    return needs_boundary(edge) and needs_boundary(neighbour)
