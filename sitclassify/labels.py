"""Direct labels: the key of `key: value`, of JSON, INI, XML, a form or a query string, or a table's column header.

A label says what a value is, whatever the distance (contract, rule 9).
"""

from __future__ import annotations

import re

MAX_LABEL = 64  # characters of a key or a header cell
_SKIPPED = " \t\n\"'`\\([{*_-$"  # may stand between a separator and the value
_MAX_SKIPPED = 24
_SEPARATORS = ":=>#"
_CLOSING = " \t\"'`\\*])"  # may stand between a key and its separator
_KEY_ENDS = re.compile(r"(?:[^\n\t,;{}\[\]&?\"'`<>|=:]+|(?<=[a-z])'(?=[a-z]))*", re.IGNORECASE)
_TYPED = re.compile(  # key: type = value, in programs and schemas
    r"(?<=[A-Za-z0-9_]) ?: ?(?:str(?:ing)?|int(?:eger)?|number|float|double|decimal|bool|text|bytes|char|any"
    r"|varchar|u?int[0-9]{1,3}|[iu][0-9]{1,3}|&(?:'[a-z]+ )?str|Optional\[\w+\])\Z",
    re.IGNORECASE,
)
_DELIMITERS = "|\t,;"
_MAX_NAME = 6  # blanks inside the name of a column: a sentence with commas is no header
_MAX_BESIDE = 24  # characters beside a value in its cell: more is a sentence with commas, no cell
MAX_LINE = 10_000  # characters: longer lines are no rows
_RULE = re.compile(r"\s*[|+:]?\s*:?-{2,}[-\s|:+]*$")
_QUOTED = re.compile(r'"[^"\n]*"')
_SINGLE = re.compile(r'\s*"?(?:[^\s"]+|[0-9][0-9 .\-/]*)"?\s*$')

Span = tuple[int, int]


def find_key(text: str, start: int) -> Span | None:
    """The key directly before a value that begins at `start`."""
    i = start
    lowest = max(0, start - _MAX_SKIPPED)
    while i > lowest and text[i - 1] in _SKIPPED:
        i -= 1
    if i == 0 or text[i - 1] not in _SEPARATORS:
        return None
    if text[i - 1] == ">" and text[i - 2 : i - 1] != "=":
        opening = text.rfind("<", max(0, i - 1 - MAX_LABEL), i - 1)
        return (opening + 1, i - 1) if opening >= 0 else None
    while i > 0 and text[i - 1] in ":=>#":
        i -= 1
    while i > 0 and text[i - 1] in _CLOSING:
        i -= 1
    before = text[max(0, i - MAX_LABEL) : i]
    typed = _TYPED.search(before) if text[i : i + 2].strip()[:1] == "=" else None
    if typed:
        i -= len(before) - typed.start()
        before = before[: typed.start()]
    before = before[::-1]
    length = _KEY_ENDS.match(before).end()  # type: ignore[union-attr]  # matches the empty string
    return (i - length, i) if length else None


def is_header(data: bytes, place: int) -> bool:
    """Whether the line around `place` of a text's bytes may be the header of a table: the next one has its shape."""
    start = data.rfind(b"\n", 0, place) + 1
    end = data.find(b"\n", place)
    if end < 0:
        return False
    after = data.find(b"\n", end + 1)
    line = data[start:end].decode(errors="replace")
    below = data[end + 1 : after if after >= 0 else len(data)].decode(errors="replace")
    if len(line) > MAX_LINE or len(below) > MAX_LINE:
        return False
    shape = _shape(line)
    return shape is not None and (shape == _shape(below) or _RULE.match(below) is not None)


class Columns:
    """The columns of the tables in a text: CSV, TSV, Markdown, psql, and a lone column under its header.

    A table is looked at when a value in it asks for its header: upwards, each line once.
    """

    __slots__ = ("_text", "_tops")

    def __init__(self, text: str) -> None:
        self._text = text
        self._tops: dict[int, int] = {}  # start of a line -> start of the first line of its table

    def find_header(self, start: int, end: int) -> Span | None:
        """The header cell above the value at `[start, end)`; None where it stands in no table."""
        line_start = self._text.rfind("\n", 0, start) + 1
        top = self._top(line_start, end)
        if top is None:
            return None
        line = self._line(line_start)
        shape = _shape(line)
        if shape is None:  # only with the next line, into which the value goes on, is it a row
            return None
        if _beside(line, start - line_start, end - line_start, shape[0]) > _MAX_BESIDE:
            return None
        column = _cells_before(line, start - line_start, shape[0])
        cell = _cell(self._line(top), column, shape[0])
        return None if cell is None else (top + cell[0], top + cell[1])

    def find_top(self, start: int) -> Span | None:
        """The header line of the table that `start` is in."""
        line_start = self._text.rfind("\n", 0, start) + 1
        top = self._top(line_start, start)
        return None if top is None else (top, top + len(self._line(top)))

    def _line(self, start: int) -> str:
        end = self._text.find("\n", start)
        return self._text[start : end if end >= 0 else len(self._text)]

    def _top(self, line_start: int, within: int) -> int | None:
        """Start of the first line of the table around a line; None where that line is alone or is the header."""
        if line_start == 0:
            return None
        if line_start not in self._tops:
            self._climb(line_start, within)
        top = self._tops[line_start]
        return None if top == line_start else top

    def _climb(self, line_start: int, within: int) -> None:
        text, tops = self._text, self._tops
        line_end = text.find("\n", within)
        line = text[line_start : line_end if line_end >= 0 else len(text)]
        own = _shape(line) if len(line) <= MAX_LINE else None
        passed = [line_start]
        top = start = line_start
        while own is not None and start > 0:
            end = start - 1
            start = text.rfind("\n", 0, end) + 1
            if end - start > MAX_LINE:
                break
            line = text[start:end]
            if _shape(line) == own:
                top = tops.get(start, start)
                if start in tops:
                    break
                passed.append(start)
            elif not _RULE.match(line):
                break
        for start in passed:
            tops[start] = top


def may_be_row(text: str, start: int, end: int) -> bool:
    """Whether the unfinished line of a value at the end of `text` may become a row under the line above it."""
    line_start = text.rfind("\n", 0, start) + 1
    if line_start == 0 or len(text) - line_start > MAX_LINE or text.find("\n", end) >= 0:
        return False
    above = text[text.rfind("\n", 0, line_start - 1) + 1 : line_start - 1]
    shape = _shape(above) if len(above) <= MAX_LINE else None
    if shape is None:
        return False
    if _RULE.match(above):
        return True  # a row of the table above the rule
    delimiter, cells = shape
    known = _QUOTED.sub("", text[line_start:]).split('"', 1)[0]  # behind an open quote nothing is
    for other in _DELIMITERS:
        if other == delimiter:
            return known.count(delimiter) < cells
        if other in known:
            return False
    return len(known.split()) <= 1 or known.upper() == known.lower()


def _shape(line: str) -> tuple[str, int] | None:
    """The delimiter of a line and its number of cells; None for a line that is no row."""
    if '"' in line:
        line = _QUOTED.sub("", line)
    for delimiter in _DELIMITERS:
        if delimiter in line:
            return delimiter, line.count(delimiter) + 1
    if _RULE.match(line):
        return "", 1
    return ("", 1) if line and _SINGLE.match(line) else None


def _beside(line: str, start: int, end: int, delimiter: str) -> int:
    """Characters that stand beside the value at `[start, end)` in its cell."""
    low, high = 0, -1
    if delimiter:
        low, high = line.rfind(delimiter, 0, start) + 1, line.find(delimiter, end)
    cell = line[low : high if high >= 0 else len(line)]
    return len(cell.strip()) - (end - start)


def _cells_before(line: str, offset: int, delimiter: str) -> int:
    if not delimiter:
        return 0
    before = line[:offset]
    if '"' in before:
        before = _QUOTED.sub("", before)
        before = before.split('"', 1)[0]  # the quote that is open around the value
    return before.count(delimiter)


def _cell(line: str, column: int, delimiter: str) -> Span | None:
    """Span of the cell number `column` of a header line, without quotes and blanks."""
    cells = line.split(delimiter) if delimiter else [line]
    if column >= len(cells) or any(cell.count(" ", 1, -1) > _MAX_NAME for cell in cells):
        return None
    start = sum(len(cell) + 1 for cell in cells[:column])
    cell = cells[column]
    left = len(cell) - len(cell.lstrip(" \"'*`"))
    name = cell.strip(" \"'*`\r")
    if not name or len(name) > MAX_LABEL:
        return None
    return start + left, start + left + len(name)
