"""From hits of a primary's expression to candidates: spans that its filters and validators accept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sitclassify import validators
from sitclassify.expressions import is_word, width_of
from sitclassify.rules import MAX_PRIMARY, UNLIMITED, Element, Filters, distinct
from sitclassify.tables import COLUMN, EXACT, NEAR

Span = tuple[int, int]
_SEPARATOR = re.compile(r"[ \t\n\-./()_,:;](?![ \t\n\-./()_,:;])")  # a value may begin behind it
_MAX_TRIED = 256  # spans tried inside one rejected hit: bounds the work on hostile text
_MAX_NEAR = 2_048  # characters a value found by `near` may be long
_MAX_AROUND = 100  # characters before and after a value that `prefix` and `suffix` filters see


class Primary:
    """One primary element of a SIT, with what is dear to build built once, at its first candidate."""

    __slots__ = (
        "_accepts_value",
        "_confirm",
        "_filters",
        "_lead_width",
        "_least",
        "_near_width",
        "_tells",
        "_words",
        "column",
        "element",
        "has_checksum",
        "is_dear",
        "is_grouped",
        "soft",
    )

    def __init__(self, element: Element) -> None:
        import regex

        from sitclassify.leads import find_lead

        self.element = element
        self._confirm = (
            regex.compile("|".join(f"(?:{e})" for e in element.expressions), regex.ASCII)
            if element.expressions
            else None
        )
        self.column = regex.compile(element.column, regex.ASCII) if element.column else None
        # The value is a part of what the expression reads, which mostly is its label.
        self.is_grouped = self._confirm is not None and "value" in self._confirm.groupindex
        self._accepts_value = validators.resolve(element.validator) if element.validator else None
        self.soft: Callable[[str], bool] | None = (
            validators.resolve(element.soft_validator) if element.soft_validator else None
        )
        widths = [width_of(expression) for expression in element.expressions]
        self._least = max(1, min((least for least, _ in widths), default=1))
        self._filters = _compiled(element.filters)
        self._words = bool(element.words) and not element.substring
        lead = find_lead(element.expressions) if element.trigger else None
        self._tells = re.compile(f"[{re.escape(''.join(lead.characters))}]") if lead else None
        self._lead_width = lead.width if lead else 0
        self.has_checksum = validators.has_check_digit(element.validator)
        self.is_dear = validators.is_dear(element.validator)
        self._near_width = min(max((most for _, most in widths), default=0), _MAX_NEAR)

    def candidates(self, mode: int, hits: list[Span], text: str, proximity: int) -> list[Span]:
        """Accepted spans of `hits` (characters of `text`): per start the longest accepted end."""
        if mode == EXACT:
            return self._exact(hits, text)
        if mode == NEAR:
            return self._near(hits, text, proximity)
        assert self._confirm is not None
        if mode == COLUMN:
            cells = [self._confirm.fullmatch(text, *cell) for cell in hits]
            return self._spans(filter(None, cells), text)
        starts: Iterable[int] = dict.fromkeys([start for start, _ in hits])
        if self._tells is not None:
            tells, width = self._tells, self._lead_width
            starts = [start for start in starts if tells.search(text, start, start + width)]
        matches = [self._confirm.match(text, start, start + MAX_PRIMARY) for start in starts]
        return self._spans(filter(None, matches), text)

    def _exact(self, hits: list[Span], text: str) -> list[Span]:
        if len(hits) == 1:
            start, end = hits[0]
            if end - start <= MAX_PRIMARY:
                return (
                    hits if self.accepts(text, start, end) else [*self._inner(text, start, [end])]
                )
            return []
        found: list[Span] = []
        by_start: dict[int, list[int]] = {}
        for start, end in hits:
            if end - start <= MAX_PRIMARY:
                by_start.setdefault(start, []).append(end)
        for start, ends in by_start.items():
            if len(ends) > 1:
                ends.sort(reverse=True)
            refused: list[int] = []
            for end in ends[:_MAX_TRIED]:
                if self.accepts(text, start, end):
                    found.append((start, end))
                    break
                refused.append(end)
            if refused:
                found += self._inner(text, start, refused)
        return found

    def _inner(self, text: str, start: int, ends: list[int]) -> Iterator[Span]:
        """Later starts of hits that were refused: Hyperscan reports the leftmost start of each end only.

        A maximal token begins behind a separator.
        """
        if self._confirm is None:
            return
        tried = 0
        starts: Iterable[int] = range(start + 1, ends[0] - self._least + 1)
        if self.element.maximal:
            starts = [found.end() for found in _SEPARATOR.finditer(text, start, ends[0] - 1)]
        for inner in starts:
            for end in ends:
                if end - inner < self._least:
                    break
                tried += 1
                if tried > _MAX_TRIED:
                    return
                if self._confirm.fullmatch(text, inner, end) and self.accepts(text, inner, end):
                    yield inner, end
                    break

    def _near(self, hits: list[Span], text: str, proximity: int) -> list[Span]:
        assert self._confirm is not None
        reach = proximity + self._near_width if proximity < UNLIMITED else len(text)
        windows: list[list[int]] = []
        for start, end in sorted(hits):
            low, high = max(0, start - reach), min(len(text), end + reach)
            if windows and low <= windows[-1][1]:
                windows[-1][1] = max(high, windows[-1][1])
            else:
                windows.append([low, high])
        found: list[Span] = []
        for low, high in windows:
            found += self._spans(self._confirm.finditer(text, low, high), text)
        return found

    def _spans(self, matches: Iterable[Any], text: str) -> list[Span]:
        found: list[Span] = []
        for match in matches:
            start, end = match.span("value") if self.is_grouped else match.span()
            if 0 <= start < end and self.accepts(text, start, end):
                found.append((start, end))
        return found

    def accepts(self, text: str, start: int, end: int) -> bool:
        """Whether filters and validator take the value."""
        if self._words and not is_word(text, start, end):
            return False
        if self._filters is not None and not self._filters(text, start, end):
            return False
        return self._accepts_value is None or self._accepts_value(text[start:end])


def _compiled(filters: Filters) -> Callable[[str, int, int], bool] | None:
    if not filters:
        return None
    required = [_placed(place, body) for place, body in filters.required]
    forbidden = [_placed(place, body) for place, body in filters.forbidden]
    excluded = frozenset(filters.excluded)

    def passes(text: str, start: int, end: int) -> bool:
        value = text[start:end]
        if excluded and distinct(value) in excluded:
            return False
        if filters.not_all_digits_equal and len(set(filter(str.isdigit, value))) == 1:
            return False
        if filters.has_digit and not any("0" <= c <= "9" for c in value):
            return False
        for holds in required:
            if not holds(text, start, end):
                return False
        return not any(holds(text, start, end) for holds in forbidden)

    return passes


def _placed(place: str, body: str) -> Callable[[str, int, int], bool]:
    """Whether `body` matches at its place: the value's beginning, end or whole, or the text directly around it."""
    import regex

    if place in (
        "prefix",
        "ends_with",
    ):  # `(?r)` matches backwards from the end: no search for a start
        backwards = regex.compile(f"(?r){body}")
        if place == "prefix":
            return lambda text, start, end: bool(
                backwards.match(text[max(0, start - _MAX_AROUND) : start])
            )
        return lambda text, start, end: bool(backwards.match(text[start:end]))
    forwards = regex.compile(body)
    if place == "suffix":
        return lambda text, start, end: bool(forwards.match(text[end : end + _MAX_AROUND]))
    if place == "starts_with":
        return lambda text, start, end: bool(forwards.match(text[start:end]))
    return lambda text, start, end: bool(forwards.fullmatch(text[start:end]))
