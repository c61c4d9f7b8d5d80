"""Supporting elements near a primary match: where the words of a text are, and which of them count."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from functools import lru_cache

from sitclassify.expressions import needs_boundary
from sitclassify.rules import Need
from sitclassify.tables import EvidencePlan, Word

Span = tuple[int, int]
Spans = tuple[list[int], list[int]]  # starts and ends, both rising
_LABEL_MARK = re.compile(r"[\"'`*)\]\\]{0,3} ?[:=#]")  # behind a word in the position of a label
# A word with one of these behind it inside one identifier names a quantity or a kind, not the value.
_HARMLESS = re.compile(
    r"(?:[_\-]|(?<=[a-z])(?=[A-Z]))(?i:counts?|total|sum|avg|average|min|max|mean|len|length|size|types?|flag"
    r"|status|state|index|idx|rank|rate|pct|percent|ratio|qty|quantity|enabled|required|valid|verified"
    r"|format|label|version|limit|level|class)(?![a-z])"
)
_CAMEL_TOKEN = re.compile(r"[A-Za-z]*(?:[a-z][A-Z]|[A-Z]{3}[a-z]{2})[A-Za-z]*")
_CAMEL_PART = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+")


class WordHits:
    """Where each word was seen in one text; spans in characters of the matching text, sorted."""

    __slots__ = ("_elements", "_evidence", "_labels", "by_word", "read_regexes")

    def __init__(self, evidence: list[EvidencePlan]) -> None:
        self._evidence = evidence
        self.by_word: dict[int, list[Span]] = {}
        self._labels: dict[int, list[Span]] = {}  # everyday words: they count as a label only
        self._elements: dict[int, Spans] = {}
        self.read_regexes: Callable[[], None] | None = (
            None  # called once, by the first tier that needs one
        )

    def add(self, words: list[Word], hits: Iterable[tuple[int, int, int]], text: str) -> None:
        """Take in hits (word id, start, end) that already lie without their boundary characters."""
        for word_id, start, end in hits:
            word = words[word_id]
            if word.is_bounded and not _is_bounded(text, start, end, word.expression.utf8):
                continue
            if _is_harmless(text, end):
                continue
            if word.label_only and not _LABEL_MARK.match(text, end):
                self._labels.setdefault(word_id, []).append((start, end))
            else:
                self.by_word.setdefault(word_id, []).append((start, end))

    def word_ids(self) -> set[int]:
        """Ids of all words seen, also of those that would count as a label only."""
        return {*self.by_word, *self._labels}

    def spans(self, element: int, accept: Callable[[str], bool] | None, text: str) -> Spans:
        """Starts and ends of an element's hits; of hits inside one another only the longest."""
        if element in self._elements:
            return self._elements[element]
        if self.read_regexes is not None and self._evidence[element].has_regex:
            read, self.read_regexes = self.read_regexes, None
            read()
        found: list[Span] = []
        words = self._evidence[element].words
        for word, seen in self.by_word.items():  # few are seen; a list may hold hundreds
            if word in words:
                found += seen
        if accept is not None:
            found = [(start, end) for start, end in found if accept(text[start:end])]
        spans = self._elements[element] = apart(found)
        return spans


def apart(spans: Iterable[Span]) -> Spans:
    """Starts and ends of `spans`, sorted; of spans inside one another only the longest."""
    starts: list[int] = []
    ends: list[int] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not ends or end > ends[-1]:
            starts.append(start)
            ends.append(end)
    return starts, ends


def find_evidence(
    spans: Spans, primary: Span, proximity: int, need: Need, text: str
) -> list[Span] | None:
    """The `need.min_count` hits nearest to one primary span; None where there are fewer.

    A hit counts when it lies wholly inside the window and does not overlap the primary. Both lists are sorted,
    so the nearest are found outwards from the primary: O(log n + k) for k hits looked at.
    """
    starts, ends = spans
    if not starts:
        return None
    start, end = primary
    left = bisect_right(ends, start) - 1
    right = bisect_left(starts, end)
    lowest, highest = start - proximity, end + proximity
    found: list[Span] = []
    seen: set[str] = set()
    while len(found) < need.min_count:
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
        if need.unique:
            word = text[hit[0] : hit[1]].casefold()
            if word in seen:
                continue
            seen.add(word)
        found.append(hit)
    return found


def split_camel(text: str) -> tuple[str, list[tuple[int, int, int]]]:
    """The camelCase identifiers of `text` with their parts set apart, one identifier a line.

    Returns that text and (start in it, start and end in `text`) of every part.
    """
    pieces: list[str] = []
    parts: list[tuple[int, int, int]] = []
    position = 0
    for token in _CAMEL_TOKEN.finditer(text):
        base = token.start()
        for part in _CAMEL_PART.finditer(token.group()):
            parts.append((position, base + part.start(), base + part.end()))
            pieces.append(part.group() + " ")
            position += len(part.group()) + 1
        pieces.append("\n\n")  # more than a space in a word reaches over
        position += 2
    return "".join(pieces), parts


def unsplit(parts: list[tuple[int, int, int]], start: int, end: int) -> Span:
    """The span in the text of a span in what `split_camel` returned."""
    starts = [part[0] for part in parts]
    first = parts[bisect_right(starts, start) - 1]
    last = parts[bisect_right(starts, max(start, end - 1)) - 1]
    return first[1] + start - first[0], min(last[2], last[1] + end - last[0])


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


def _is_harmless(text: str, end: int) -> bool:
    """Whether a word is the beginning of an identifier such as `phone_count` or `cardType`."""
    if end >= len(text):
        return False
    char = text[end]
    if char not in "_-" and not ("A" <= char <= "Z"):
        return False
    return _HARMLESS.match(text, end) is not None
