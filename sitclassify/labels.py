"""Direct labels: the key of `key: value`, of JSON, INI, XML, a form or a query string, or a table's column header.

A label says what a value is, whatever the distance (contract, rule 9).
"""

from __future__ import annotations

import re
from bisect import bisect_right

MAX_LABEL = 64  # characters of a key or a header cell
_SKIPPED = " \t\n\"'`\\([{*_-$"  # may stand between a separator and the value
_MAX_SKIPPED = 24
_SEPARATORS = ":=>#"
_CLOSING = " \t\"'`\\*])"  # may stand between a key and its separator
_KEY_ENDS = re.compile(r"[^\n\t,;{}\[\]&?\"'`<>|=:]*")
_DELIMITERS = "|\t,;"
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
    before = text[max(0, i - MAX_LABEL) : i][::-1]
    length = _KEY_ENDS.match(before).end()  # type: ignore[union-attr]  # matches the empty string
    return (i - length, i) if length else None


class Tables:
    """The tables in a text: CSV, TSV, Markdown, psql, and a lone column under its header.

    Lines are looked at once, when the first value asks for its header.
    """

    __slots__ = ("_lines", "_starts", "_text", "_tops")

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts: list[int] = []
        self._lines: list[tuple[str, int]] = []  # delimiter and number of cells of each line
        self._tops: list[int] = []  # the first line of the table each line is in

    def find_header(self, start: int, end: int) -> Span | None:
        """The header cell above the value at `[start, end)`; None where it stands in no table."""
        text = self._text
        line_start = text.rfind("\n", 0, start) + 1
        if line_start == 0:
            return None
        line_end = text.find("\n", end)
        line = text[line_start : line_end if line_end >= 0 else len(text)]
        if len(line) > 10_000 or not _shape(line):
            return None
        return self._header(line_start, start - line_start, line)

    def _header(self, line_start: int, offset: int, line: str) -> Span | None:
        if not self._starts:
            self._read()
        number = bisect_right(self._starts, line_start) - 1
        top = self._tops[number]
        if top == number:
            return None
        delimiter, _ = self._lines[number]
        column = _cells_before(line, offset, delimiter)
        top_start = self._starts[top]
        top_line = self._text[top_start : self._text.find("\n", top_start)]
        cell = _cell(top_line, column, delimiter)
        if cell is None:
            return None
        return top_start + cell[0], top_start + cell[1]

    def _read(self) -> None:
        position = 0
        kind: tuple[str, int] | None = None
        top = 0
        for number, line in enumerate(self._text.split("\n")):
            own = _shape(line) if len(line) <= 10_000 else None
            is_rule = own is not None and _RULE.match(line) is not None
            if own is None or (own != kind and not is_rule):
                kind, top = own, number
            self._starts.append(position)
            self._lines.append(own or ("", 0))
            self._tops.append(top)
            position += len(line) + 1


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
    if column >= len(cells):
        return None
    start = sum(len(cell) + 1 for cell in cells[:column])
    cell = cells[column]
    left = len(cell) - len(cell.lstrip(" \"'*`"))
    name = cell.strip(" \"'*`\r")
    if not name or len(name) > MAX_LABEL:
        return None
    return start + left, start + left + len(name)
