"""Tables in a text: CSV, TSV, Markdown, psql, and a lone column under its header.

The header is the direct label of every value below it, whatever the distance (contract, rule 9).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

MAX_HEADER = 64  # characters of a header cell
_DELIMITERS = "|\t,;"
_MAX_NAME = 6  # blanks inside the name of a column: a sentence with commas is no header
_MAX_BESIDE = 24  # characters beside a value in its cell: more is a sentence with commas, no cell
MAX_LINE = 10_000  # characters: longer lines are no rows
_RULE = re.compile(r"\s*(?:[|+:]\s*)?:?-{2,}[-\s|:+]*$")
_QUOTED = re.compile(r'"[^"\n]*"')
_OPEN_QUOTE = re.compile(
    r'(?:^|[|\t,;])[ ]*"'
)  # with no other behind it: the cell goes on in the next line
_ROW = re.compile(  # of JSON or SQL
    r"\s*(?:(?i:insert into)[^()]{1,80})?[\[(]{1,2}(.*?)[\])]{1,2}(?: ?(?i:values))?[\s,;]*$"
)
_BESIDE_NAME = " \t\r\n\"'*`|,;])"  # between a name in a header and the next cell
_SINGLE = re.compile(r'\s*"?(?:[^\s"]+|[0-9][0-9 .\-/]*)"?\s*$')

Span = tuple[int, int]
Shape = tuple[str, int]  # the delimiter of a line, and its number of cells


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

    def find_top_above(self, line: int) -> Span | None:
        """The header line of the table that the line which begins at `line` may go on, whatever that line is."""
        while line:
            start = self._text.rfind("\n", 0, line - 1) + 1
            if not _RULE.match(self._line(start)):
                return self.find_top(start) or (start, line - 1)
            line = start
        return None

    def find_column(self, place: int) -> Span | None:
        """The header cell with a name in it that was found up to `place`; None where it heads no rows."""
        text = self._text
        while place and text[place - 1] in _BESIDE_NAME:
            place -= 1
        top = text.rfind("\n", 0, place) + 1
        line = self._line(top)
        shape = _shape(line) if top < place and len(line) <= MAX_LINE else None
        if (
            shape is None
            or not self._has_row(top + len(line) + 1, shape)
            or _hides_name(line, shape)
        ):
            return None
        if self._top(top, place) is not None:
            return None
        cell = _cell(line, _cells_before(line, place - 1 - top, shape[0]), shape[0])
        return None if cell is None else (top + cell[0], top + cell[1])

    def _has_row(self, start: int, shape: Shape) -> bool:
        line = self._line(start)
        return len(line) <= MAX_LINE and (_shape(line) == shape or bool(_RULE.match(line)))

    def cells_below(
        self, headers: Iterable[Span], low: int, high: int
    ) -> Iterator[tuple[Span, Span]]:
        """Each of `headers` with each value below it in the lines that reach into `[low, high)`.

        The headers are those of `find_column`; values stand without their quotes.
        """
        tables: dict[int, list[Span]] = {}
        for header in headers:
            tables.setdefault(self._text.rfind("\n", 0, header[0]) + 1, []).append(header)
        for top, found in tables.items():
            line = self._line(top)
            shape = _shape(line)
            if shape is None:
                continue
            columns = [(h, _cells_before(line, h[0] - top, shape[0])) for h in found]
            for start, cells in self._rows(top, top + len(line) + 1, shape, low, high):
                for header, column in columns:
                    left, right = cells[column]
                    if left < right:
                        yield header, (start + left, start + right)

    def _rows(
        self, top: int, start: int, shape: Shape, low: int, high: int
    ) -> Iterator[tuple[int, list[Span]]]:
        """Where each row begins, and its cells."""
        text = self._text
        first = text.rfind("\n", 0, max(0, low)) + 1
        if first > start:
            if self._top(first, first) != top:
                return
            start = first
        while start < min(high, len(text)):
            line = self._line(start)
            if len(line) > MAX_LINE:
                return
            is_rule = _RULE.match(line) is not None
            if not is_rule and _shape(line) != shape:
                return
            if not is_rule:
                yield start, _values(line, shape[0])
            start += len(line) + 1

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


def _shape(line: str) -> Shape | None:
    """The delimiter of a line and its number of cells; None for a line that is no row."""
    if '"' in line:
        line = _QUOTED.sub("", line)
        if '"' in line and _OPEN_QUOTE.search(line):
            return None
    if "[" in line or "(" in line:
        low, high = _body(line)
        line = line[low:high]
    for delimiter in _DELIMITERS:
        if delimiter in line:
            return delimiter, line.count(delimiter) + 1
    if _RULE.match(line):
        return "", 1
    return ("", 1) if line and _SINGLE.match(line) else None


def _body(line: str) -> Span:
    """Where the cells of a line are: of a list of JSON or SQL inside its brackets."""
    row = _ROW.match(line)
    return row.span(1) if row else (0, len(line))


def _split(line: str, delimiter: str) -> list[Span]:
    """The cells of a row."""
    low, high = _body(line)
    if not delimiter:
        return [(low, high)]
    plain = _QUOTED.sub(lambda quoted: '"' * len(quoted.group()), line) if '"' in line else line
    cells: list[Span] = []
    while (end := plain.find(delimiter, low, high)) >= 0:
        cells.append((low, end))
        low = end + 1
    return [*cells, (low, high)]


def _values(line: str, delimiter: str) -> list[Span]:
    """The cells of a row without blanks and quotes."""
    return [_bare(line, *cell) for cell in _split(line, delimiter)]


def _bare(line: str, start: int, end: int) -> Span:
    cell = line[start:end]
    start, end = start + len(cell) - len(cell.lstrip()), start + len(cell.rstrip())
    if end - start > 1 and line[start] == line[end - 1] and line[start] in "\"'`":
        return start + 1, end - 1
    return start, max(start, end)


def _hides_name(line: str, shape: Shape) -> bool:
    """Whether some cell of a header has no name: then it is a list with commas at its ends, or a row."""
    names = _values(line, shape[0])
    if shape[0] == "|":
        names = names[not line[: names[0][1]].strip() :]
        names = names[: len(names) - (not line[names[-1][0] :].strip())] if names else names
    return any(start == end or line[start:end].isdigit() for start, end in names)


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
    cells = _split(line, delimiter)
    if column >= len(cells):
        return None
    if any(line[low:high].strip().count(" ") > _MAX_NAME for low, high in cells):
        return None
    start, end = cells[column]
    cell = line[start:end]
    left = len(cell) - len(cell.lstrip(" \"'*`"))
    name = cell.strip(" \"'*`\r")
    if not name or len(name) > MAX_HEADER:
        return None
    return start + left, start + left + len(name)
