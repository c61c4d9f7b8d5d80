"""The values of a text replaced, and looked at again until nothing is found."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from sitclassify.redaction.methods import Label, Method
from sitclassify.redaction.regions import Found, Region, Span, union
from sitclassify.redaction.vault import Vault

_FALLBACKS = ("<REDACTED>", "***")  # for what is found in a replacement itself
_ROUNDS = 32  # each covers more of the text or falls back; a few are the rule


class Replacement(NamedTuple):
    """What was replaced: `start:end` of the original text is `new_start:new_end` of the redacted one."""

    sit: str
    start: int
    end: int
    new_start: int
    new_end: int


class Redacted(NamedTuple):
    """A redacted text.

    `remaining` are spans of `text` in which something is still found: empty, unless a method of the caller's own
    or of fakes writes values.
    """

    text: str
    replacements: tuple[Replacement, ...]
    remaining: tuple[Span, ...] = ()
    vault: Vault | None = None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original text behind a span of this one; whole values where it touches one."""
        first = self._back(start, is_end=False)
        return first, max(first, self._back(end, is_end=True))

    def place(self, offset: int) -> int:
        """Where in this text an offset of the original text is; before the whole value where it is inside one.

        >>> redact("My SSN 536-90-4399.", [Span("ssn", 7, 18, 85)]).place(18)
        12
        """
        last = next((r for r in reversed(self.replacements) if r.start < offset), None)
        if last is None:
            return offset
        return last.new_start if offset < last.end else last.new_end + offset - last.end

    def _back(self, offset: int, is_end: bool) -> int:
        starts = [r.new_start for r in self.replacements]
        i = bisect_right(starts, offset - is_end) - 1
        if i < 0:
            return offset
        last = self.replacements[i]
        if offset - is_end < last.new_end:
            return last.end if is_end else last.start
        return last.end + offset - last.new_end

    def __repr__(self) -> str:
        return f"Redacted({len(self.text)} characters, {len(self.replacements)} replacements)"


def redact(
    text: str,
    found: Iterable[Found],
    method: Method | None = None,
    *,
    known: Iterable[Found] = (),
    rescan: Callable[[str], Iterable[Found]] | None = None,
) -> Redacted:
    """Replace what was `found` in `text`, overlapping values as one.

    With `rescan` the redacted text is scanned again and what is found then is replaced too, except what is `known`:
    detections of the original text that were to stay. A value can come to light so, where the one that was replaced
    stood between it and its evidence.
    """
    method = method or Label()
    method.begin(text)
    staying = {(f.sit, f.start, f.end) for f in known}
    spans: list[Found] = list(found)
    fallen: dict[
        tuple[int, int], int
    ] = {}  # region -> how often something was found in its replacement
    for _ in range(_ROUNDS):
        regions = union(spans)
        redacted = _replaced(text, regions, method, fallen)
        if rescan is None:
            return redacted
        fresh = [
            again
            for again in rescan(redacted.text)
            if not _is_expected(again, redacted, regions, method, staying)
        ]
        if not fresh or not _cover(fresh, redacted, spans, fallen):
            break
    remaining = tuple(Span(f.sit, f.start, f.end, f.confidence) for f in fresh)
    return redacted._replace(remaining=remaining)


def _replaced(
    text: str, regions: list[Region], method: Method, fallen: dict[tuple[int, int], int]
) -> Redacted:
    parts: list[str] = []
    replacements: list[Replacement] = []
    last = length = 0
    for start, end, winner in regions:
        fallback, sit = fallen.get((start, end), 0), winner.sit
        new = _FALLBACKS[fallback - 1] if fallback else method.of(winner)(text[start:end], sit)
        parts += text[last:start], new
        length += start - last
        replacements.append(Replacement(sit, start, end, length, length + len(new)))
        length += len(new)
        last = end
    parts.append(text[last:])
    return Redacted("".join(parts), tuple(replacements), (), method.vault)


def _is_expected(
    again: Found,
    redacted: Redacted,
    regions: list[Region],
    method: Method,
    staying: set[tuple[str, int, int]],
) -> bool:
    """Whether what was found again may stay: a fake, or what the caller let stand."""
    inside = _holder(again, redacted)
    if inside is not None:
        region = next(r for r in regions if r.start == inside.start)
        return method.of(region.winner).is_realistic
    return (again.sit, *redacted.original(again.start, again.end)) in staying


def _holder(again: Found, redacted: Redacted) -> Replacement | None:
    """The replacement that `again` lies in."""
    for r in redacted.replacements:
        if r.new_start <= again.start and again.end <= r.new_end:
            return r
    return None


def _cover(
    fresh: list[Found],
    redacted: Redacted,
    spans: list[Any],
    fallen: dict[tuple[int, int], int],
) -> bool:
    """Add what was found again to what is replaced; whether there was anything left to do."""
    changed = False
    for again in fresh:
        inside = _holder(again, redacted)
        if inside is None:
            start, end = redacted.original(again.start, again.end)
            spans.append(Span(again.sit, start, end, again.confidence))
            changed = True
            continue
        region = inside.start, inside.end
        if fallen.get(region, 0) < len(_FALLBACKS):
            fallen[region] = fallen.get(region, 0) + 1
            changed = True
    return changed
