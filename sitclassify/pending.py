"""How far an unfinished text is settled: where the first value may stand that later text can still change.

A value is settled once nothing behind it can lend it evidence, lengthen it or give its line another meaning. That
a shape is seen is enough to wait for it, whatever words are near. What has only begun is waited for as well: the end
of the text, as long as a value may be, and the run of characters there that may be one token.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import regex

from sitclassify.columns import MAX_LINE, Columns, may_be_row
from sitclassify.compiler import CompiledRules
from sitclassify.expressions import width_of, without_look_around
from sitclassify.gate import before_run, characters_of
from sitclassify.hits import NOTHING, Piece, in_characters
from sitclassify.readings import Reading, readings
from sitclassify.rules import MAX_PRIMARY, UNLIMITED
from sitclassify.tables import COLUMN, EXACT, NEAR, TRIGGER, Use
from sitclassify.text import SourceText

STEP = 16  # characters between two looks at an unfinished text
_NEAR_WIDTH = (
    2_048  # characters from which a value found by `near` is cut where its word's surroundings end
)
# Characters behind the reach of evidence that a judgement may look at: the rest of a word that begins inside
# it, a filter of the value's surroundings (100), the run that joins a token (40).
_MARGIN = 128
_BEHIND = 64  # characters looked at before the settled ones: what begins there may reach over
_ABOVE = 256  # characters of the line above that are looked at with it
_SHARE = 8  # an open end of n characters is looked at again after n / 8 more: linear work in all
_LONG = 100  # characters: a wider value is held back by the run that makes it long
# What a long token, or an encoded text, is written in.
_RUN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/_-=%&#;\\.:~"
_DIGIT = re.compile("[0-9]")
_RUNS = re.compile(f"[{re.escape(_RUN)}]+")
_HIDING = "".join(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0000, 0xE01F0))))  # may hide text
_OPEN = 1 << 30  # what is behind a value that may go on itself

Span = tuple[int, int]


class Look(NamedTuple):
    """What is settled of a text; offsets of the scanned text."""

    end: int  # nothing that begins before it can change any more
    wait: int  # characters that must come before `end` can be another
    first: int  # where the first shape, or hidden run, begins that was not settled before


class Pending:
    """Tells what of a text is settled. Built once per scanner; safe to share between threads."""

    def __init__(self, rules: CompiledRules) -> None:
        self._rules = rules
        self._reaches: dict[
            int, int
        ] = {}  # shape -> characters behind it that its judgement may see
        self._confirms: dict[int, list[regex.Pattern[str]]] = {}
        self._columns = frozenset(rules.tables.columns)
        sits = rules.tables.sits
        self.unlimited = {i for i, s in enumerate(sits) if UNLIMITED in s.proximity.values()}
        self.begun = 0  # characters in which a value may have begun that is not seen yet
        self._before_run = 0  # characters of it that stand before a run at the end of the text
        near: dict[str, int] = {}  # values that the databases of `rules` look for near a word only
        for number, shape in enumerate(rules.tables.shapes):
            reaches = [r for use in shape.uses if (r := self._reach(use)) is not None]
            if not reaches:
                continue
            reach = self._reaches[number] = max(reaches)
            if shape.mode == COLUMN:
                continue
            bodies = {body for use in shape.uses for body in self._bodies(use)}
            seen = {pattern for use in shape.uses for pattern in self._seen(use, shape.mode)}
            for pattern in seen:
                if not _is_run(pattern):
                    self._may_begin(pattern)
            if shape.mode == NEAR:
                near |= {body: max(reach, near.get(body, 0)) for body in bodies}
            elif shape.mode == TRIGGER:
                self._confirms[number] = [regex.compile(b, regex.ASCII) for b in sorted(bodies)]
            elif not seen:  # words, or a masked value
                self.begun = max(self.begun, shape.width)
        self._plain = {
            number: reach
            for number, reach in self._reaches.items()
            if rules.tables.shapes[number].mode == EXACT
        }
        # The width of each, 0 for a run, and its reach.
        self._near = [
            (0 if _is_run(body) else min(width_of(body)[1], MAX_PRIMARY), near.get(body, 0))
            for body in rules.tables.near
        ]

    def _may_begin(self, pattern: str) -> None:
        """Hold back as much as a match of `pattern` may have that the end of a text cuts off."""
        width = min(width_of(pattern)[1], MAX_PRIMARY)
        if width > _LONG:
            before = before_run(without_look_around(pattern), frozenset(_RUN))
            if before is not None:  # the run itself is held back wherever the text ends with one
                width = before
                self._before_run = max(self._before_run, before)
        self.begun = max(self.begun, width)

    def _bodies(self, use: Use) -> tuple[str, ...]:
        sit = self._rules.sits[self._rules.ids[use.sit]]
        return () if use.reason else sit.element(use.element).expressions

    def _seen(self, use: Use, mode: int) -> tuple[str, ...]:
        """What a hit of a shape of that mode has seen of a value."""
        if use.reason:
            return ()
        element = self._rules.sits[self._rules.ids[use.sit]].element(use.element)
        return (element.trigger,) if mode == TRIGGER and element.trigger else self._bodies(use)

    def _reach(self, use: Use) -> int | None:
        """Characters behind a use's value that its judgement may see; None where the whole text may matter."""
        if use.sit in self.unlimited:
            return None
        rules = self._rules
        proximities = rules.tables.sits[use.sit].proximity.values()
        sit = rules.sits[rules.ids[use.sit]]
        asks = any(tier.all or tier.any or tier.none for tier in sit.tiers)
        if use.reason is None and sit.element(use.element).near is not None:
            asks = True  # whatever its tiers say
        proximity = max(proximities, default=0)
        return proximity * asks + _MARGIN

    def look(self, text: str, settled: int) -> Look:
        """What is settled of `text`, the end of an unfinished one, of which the first `settled` were before."""
        low = max(0, settled - _BEHIND)
        if low and _DIGIT.search(
            text, settled
        ):  # there will be places: see the line above them at once
            above = _line_above(text, low)
            low = above if low - above < _ABOVE else low
        head, low = self._head(text, low)
        look = self._look(text, low, settled, head)
        if (
            look.first < len(text) and low and not head
        ):  # what the line above it is makes a row of its line
            above = _line_above(text, look.first)
            if above < low:
                look = self._look(text, above, settled)
        return look

    def _head(self, text: str, low: int) -> tuple[str, int]:
        """The header line of the table that `low` is in, where it names a column, and where to go on behind it."""
        if not low or not self._columns:
            return "", low
        source = SourceText.of(text, self._rules.find_folds)
        hits = self._rules.columns.scan(source.data)
        if not hits:
            return "", low
        piece = Piece(source.data, 0, source.is_ascii)
        places = [end for _, _, end in in_characters(hits, piece)]
        reading = Reading(source.text, NOTHING, source.data, source.original, _is_own)
        line = source.text.rfind("\n", 0, reading.position(low)) + 1
        top = Columns(source.text).find_top_above(line)
        if top is not None and _is_in(top, places):
            start, end = source.original(*top)
            begin = reading.back(line)
            return text[start:end] + "\n", begin
        return "", min(low, reading.back(line))

    def _look(self, text: str, low: int, settled: int, head: str = "") -> Look:
        """`look` at the text from `low` on, as if it stood behind `head`."""
        source = SourceText.of(head + text[low:] if low else text, self._rules.find_folds)
        low -= len(head)
        looks = [self._read(reading, settled - low) for reading in readings(self._rules, source)]
        end, wait = min((look.end, look.wait) for look in looks)
        starts = [look.first for look in looks]
        starts += [start for start, _, _ in source.hidden if start + low >= settled]
        if not source.is_ascii:
            end = min(end, len(text.rstrip(_HIDING)) - low)
        return Look(max(end + low, settled), wait, min(starts) + low)

    def _read(self, reading: Reading, settled: int) -> Look:
        text = reading.text
        length = len(text)
        first = reading.position(settled)
        last_line = text.rfind("\n") + 1
        end, wait = self._open_end(text), STEP
        earliest = length
        complete: list[Span] = []
        for (start, stop), reach in self._places(reading).items():
            if start < first or not reading.is_own(start, stop):
                continue
            earliest = min(earliest, start)
            missing = stop + reach - length
            if reach == _OPEN:
                missing = STEP + (length - start) // _SHARE
            else:
                complete.append((start, stop))
            if missing <= 0 and stop > last_line and may_be_row(text, start, stop):
                missing = STEP
            if missing > 0 and (start, -missing) < (end, -wait):
                end, wait = start, missing
        for start, stop in sorted(complete, reverse=True):
            if start < end < stop:
                end, wait = start, min(wait, STEP)
        return Look(reading.back(end), wait, reading.back(earliest))

    def _open_end(self, text: str) -> int:
        """Where a value may have begun that the end of `text` cuts off; never inside a token."""
        end = max(0, min(len(text) - self.begun, len(text.rstrip(_RUN)) - self._before_run))
        return len(text[:end].rstrip(_RUN))

    def _places(self, reading: Reading) -> dict[Span, int]:
        """Where values may be, and how many characters behind each must be there."""
        text = reading.text
        piece = Piece(reading.data, 0, text.isascii())
        places: dict[Span, int] = {}
        triggered: set[Span] = set()
        plain = self._plain
        hits = in_characters(reading.seen.shapes, piece)
        for shape, start, end in hits:
            reach = plain.get(shape)
            if reach is not None:
                if places.get((start, end), 0) < reach:  # the inner loop of text full of numbers
                    places[start, end] = reach
            elif shape in self._confirms and (shape, start) not in triggered:
                triggered.add((shape, start))
                for span, reach in self._confirmed(shape, text, start):
                    places[span] = max(reach, places.get(span, 0))
        names = [end for shape, _, end in hits if shape in self._columns]
        if names:
            places |= _cells(text, names)
        for start, (end, reach) in self._near_a_word(reading, piece).items():
            places[start, end] = max(reach, places.get((start, end), 0))
        return places

    def _near_a_word(self, reading: Reading, piece: Piece) -> dict[int, Span]:
        """Where each value begins that is looked for near a word; its last end, and its reach."""
        hits = in_characters(self._rules.near.scan(reading.data), piece)
        runs = _RUNS.finditer(reading.text)
        begin = stop = 0  # of the run that the hit ends in
        near, found = self._near, dict[int, Span]()
        for number, _, end in hits:  # in the order of their ends
            width, reach = near[number]
            while stop < end and not width:
                begin, stop = next(runs).span()
            start = max(0, end - width) if width else begin
            known = found.get(start)
            if end - start >= _NEAR_WIDTH:
                reach += _NEAR_WIDTH
            found[start] = end, reach if known is None or known[1] < reach else known[1]
        return found

    def _confirmed(self, shape: int, text: str, start: int) -> Iterator[tuple[Span, int]]:
        stop = min(len(text), start + MAX_PRIMARY)
        for expression in self._confirms[shape]:
            if stop == len(text) and expression.fullmatch(text, start, stop, partial=True):
                yield (start, stop), _OPEN
            elif match := expression.match(text, start, stop):
                yield (start, match.end()), self._reaches[shape]


def _is_own(start: int, end: int) -> bool:
    """Whether a span is found in the scanned text alone: there is no other reading."""
    return True


def _is_in(top: Span | None, names: list[int]) -> bool:
    """Whether one of `names`, ends of hits, is in the header line `top`."""
    return top is not None and any(top[0] < name <= top[1] + 1 for name in names)


def _cells(text: str, names: list[int]) -> dict[Span, int]:
    """The cells below names of columns that end at `names`; of a row that is not whole, all of it."""
    columns = Columns(text)
    headers = [header for name in names if (header := columns.find_column(name)) is not None]
    line = text.rfind("\n") + 1
    found = {cell: _MARGIN for _, cell in columns.cells_below(headers, 0, line)}
    top = columns.find_top_above(line)
    if _is_in(top, names) and line < len(text) <= line + MAX_LINE:
        found[line, len(text)] = _OPEN
    return found


def _line_above(text: str, offset: int) -> int:
    """Where the line above that of `offset` begins."""
    line = text.rfind("\n", 0, offset) + 1
    return text.rfind("\n", 0, max(0, line - 1)) + 1


def _is_run(pattern: str) -> bool:
    """Whether every match is a run of `_RUN` only."""
    characters = characters_of(without_look_around(pattern))
    return characters is not None and characters <= frozenset(_RUN)
