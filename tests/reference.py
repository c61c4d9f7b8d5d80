"""A second way to the same detections: slow, without gates, databases or a plan.

Written from the rules of detection, not from the engine: every start and every end of every primary is tried with
`regex`, every place of every keyword with plain code, every tier on every candidate. Only the catalogue's objects,
the validators and the folding of the matching text are shared. It knows no labels, tables, encodings, joined lines
or harmless identifiers (`phone_count`): texts for it have none of these.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import regex

from sitclassify import validators
from sitclassify.rules import Element, Filters, Need, Sit, Tier, distinct
from sitclassify.text import SourceText

Span = tuple[int, int]
LONGEST = 64  # characters: longer than any value of the toy catalogue
COUNTED = ("financial", "government-id", "tax-id", "health", "contact")
SPACELESS = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


class Found(NamedTuple):
    """What a detection is, without its evidence."""

    sit: str
    start: int
    end: int
    confidence: int


def detect(sits: Iterable[Sit], source: SourceText) -> list[Found]:
    """All detections of a text; offsets of the text that `source` was made of."""
    found: list[Found] = []
    for sit in sits:
        if sit.is_bundle or not sit.primary[0].expressions + sit.primary[0].words:
            continue
        for start, end, confidence in _select(_graded(sit, source.text)):
            found.append(Found(sit.id, *source.original(start, end), confidence))
    return sorted(found, key=lambda f: (f.start, f.end, f.sit))


def hits(sit: Sit, name: str, text: str) -> list[Span]:
    """Every place of an element: for a primary its candidates, of evidence the longest of nested hits."""
    element = sit.element(name)
    if element in sit.primary:
        return _outermost(candidates(element, text))
    spans = set(words(element, text))
    for expression in element.expressions:
        spans.update((s, e) for s in range(len(text)) for e in ends(expression, text, s))
    if element.validator is not None:
        is_valid = _validator(element.validator)
        spans = {(s, e) for s, e in spans if is_valid(text[s:e])}
    return _outermost(spans)


def candidates(element: Element, text: str) -> list[Span]:
    """Per start the longest end that filters and validator accept."""
    is_valid = _validator(element.validator)
    found: dict[int, Span] = {}
    for start, end in _tried(element, text):
        if passes(element.filters, text, start, end) and is_valid(text[start:end]):
            found[start] = max(found.get(start, (start, end)), (start, end))
    return sorted(found.values())


def _validator(spec: Any) -> Callable[[str], bool]:
    if spec is None:
        return lambda value: True
    if spec == "date":  # of an element of the kind `date`: one of the orders, on the calendar
        orders = [validators.resolve(f"date_{order}") for order in ("dmy", "mdy", "ymd")]
        return lambda value: any(is_valid(value) for is_valid in orders)
    return validators.resolve(spec)


def _tried(element: Element, text: str) -> Iterable[Span]:
    if element.words:
        yield from words(element, text)
    for expression in element.expressions:
        grouped = "(?P<value>" in expression
        for start in range(len(text)):
            if grouped:
                match = regex.compile(expression, regex.ASCII).match(text, start)
                if match is not None:
                    yield match.span("value")
            else:
                yield from ((start, end) for end in ends(expression, text, start))


def ends(expression: str, text: str, start: int) -> Iterable[int]:
    """Every end of a match that begins at `start`.

    A match of the whole up to `end` would not see what follows, so a mark of the same kind (word or not) is put
    there for the expression's last `\\b`.
    """
    if regex.compile(expression, regex.ASCII).match(text, start) is None:
        return
    for end in range(start + 1, min(len(text), start + LONGEST) + 1):
        follows = text[end : end + 1]
        mark = "_" if follows.isascii() and (follows.isalnum() or follows == "_") else "\ue000"
        marked = regex.compile(f"(?:{expression}){mark}", regex.ASCII)
        if marked.fullmatch(text[:end] + mark, start):
            yield end


def words(element: Element, text: str) -> Iterable[Span]:
    """Every place of every word of a list."""
    for word in element.words:
        for spelling in {word, _plain(word)}:
            flags = 0 if element.case_sensitive else re.IGNORECASE
            yield from _places(spelling, text, flags, element.substring)
    for word in element.everyday:
        yield from _places(word.upper(), text, 0, element.substring)


def _plain(word: str) -> str:
    accents = {"ú": "u", "é": "e", "ü": "u", "ó": "o"}
    return "".join(accents.get(char, char) for char in word)


def _places(word: str, text: str, flags: int, substring: bool) -> Iterable[Span]:
    body = re.compile(r"[ \t\n_-]?".join(map(re.escape, word.split())), flags)
    for start in range(len(text)):
        match = body.match(text, start)
        if match and (substring or (_begins(text, start) and _begins(text, match.end()))):
            yield match.span()


def _begins(text: str, at: int) -> bool:
    """Whether a word may begin or end at `at`: no letter or digit on both sides, or a camelCase change."""
    left, right, behind = text[at - 1 : at] if at else "", text[at : at + 1], text[at + 1 : at + 2]
    if not (left.isalnum() and right.isalnum()):
        return True
    if SPACELESS.match(left) or SPACELESS.match(right):
        return True
    if not (left + right).isascii() or not (left + right).isalpha():
        return False
    return right.isupper() and (left.islower() or behind.islower())


def passes(filters: Filters, text: str, start: int, end: int) -> bool:
    """Whether the filters take a value where it stands."""
    value = text[start:end]
    if filters.not_all_digits_equal and len({c for c in value if c.isdigit()}) == 1:
        return False
    if distinct(value) in filters.excluded:
        return False
    return all(
        _holds(place, body, text, start, end) for place, body in filters.required
    ) and not any(_holds(place, body, text, start, end) for place, body in filters.forbidden)


def _holds(place: str, body: str, text: str, start: int, end: int) -> bool:
    value = text[start:end]
    if place in ("only", "exclude"):
        return regex.fullmatch(body, value) is not None
    if place in ("starts_with", "suffix"):
        return regex.match(body, value if place == "starts_with" else text[end:]) is not None
    before = value if place == "ends_with" else text[:start]
    return any(regex.fullmatch(body, before[i:]) for i in range(len(before) + 1))


def is_token(text: str, start: int, end: int) -> bool:
    """Whether a value is a token of its own and no part of a longer number, hash or time stamp."""
    before, after = text[:start], text[end:]
    if re.search(r"[A-Za-z0-9]\Z", before) or re.match(r"[A-Za-z0-9]", after):
        return False
    if re.search(r"(?<![A-Za-z0-9])[0-9]{1,2}:\Z", before):
        return False
    left = re.search(r"([A-Za-z0-9]{1,40})[-./+_~]\Z", before)
    right = re.match(r"[-./+_~]([A-Za-z0-9]{1,40})", after)
    runs = [match[1] for match in (left, right) if match]
    return not any(len(run) >= 20 or re.search("[0-9]", run) for run in runs)


def _graded(sit: Sit, text: str) -> Iterable[tuple[int, int, int]]:
    places = {e.name: hits(sit, e.name, text) for e in (*sit.primary, *sit.evidence)}
    for element in sit.primary:
        soft = validators.resolve(element.soft_validator) if element.soft_validator else None
        for start, end in candidates(element, text):
            confidence = max(
                (
                    tier.confidence
                    for tier in sit.tiers
                    if element.name in tier.primary
                    and _meets(sit, tier, places, (start, end), text)
                ),
                default=0,
            )
            if confidence and soft is not None and not soft(text[start:end]):
                confidence -= 10
            if confidence < max(1, sit.wanted) or (
                element.maximal and not is_token(text, start, end)
            ):
                continue
            if not is_placeholder(sit, text[start:end]):
                yield start, end, confidence


def _meets(sit: Sit, tier: Tier, places: dict[str, list[Span]], primary: Span, text: str) -> bool:
    def is_met(need: Need) -> bool:
        element = sit.element(need.element)
        reach = element.proximity or sit.proximity
        near = [
            (s, e)
            for s, e in places[need.element]
            if s >= primary[0] - reach
            and e <= primary[1] + reach
            and not (s < primary[1] and e > primary[0])
        ]
        count = len({text[s:e].casefold() for s, e in near}) if need.unique else len(near)
        return count >= need.min_count

    for group in tier.any:
        count = sum(map(is_met, group.of))
        if count < group.at_least or (group.at_most is not None and count > group.at_most):
            return False
    return all(map(is_met, tier.all)) and not any(is_met(Need(name)) for name in tier.none)


def is_placeholder(sit: Sit, value: str) -> bool:
    """Whether a value is documented as an example, or is mostly digits that are equal or count up."""
    if distinct(value) in sit.test_values:
        return False
    if distinct(value) in sit.placeholders.example:
        return True
    digits = "".join(c for c in value if c.isdigit())
    counts = digits in "0123456789" * 3 or len(set(digits)) == 1
    is_number = len(digits) >= 5 and len(digits) / len(distinct(value)) >= 2 / 3
    return sit.category in COUNTED and is_number and counts


def _select(graded: Iterable[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    kept: list[tuple[int, int, int]] = []
    for start, end, confidence in sorted(set(graded), key=lambda g: (-g[2], g[0] - g[1], g[0])):
        if all(end <= s or start >= e for s, e, _ in kept):
            kept.append((start, end, confidence))
    return kept


def _outermost(spans: Iterable[Span]) -> list[Span]:
    every = sorted(set(spans))
    return [a for a in every if not any(b != a and b[0] <= a[0] and a[1] <= b[1] for b in every)]
