"""Tables with one sensitive column: which of the rows are found, and whether the five-hundredth is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from typing import NamedTuple

from benchmarks.quality.values import Value
from sitclassify.scanner import Scanner

ROWS = 510
FAR = 500  # the row that a proximity does not reach
_FORMATS = ("csv", "tsv", "markdown")
_CITIES = ("Tarnbeck", "Mossvale", "Kestrel Bay")
_NAMES = ("Okafor", "Quill", "Pardo", "Ode", "Vance", "Ilves")


class Column(NamedTuple):
    """What was found of one type's values below one header."""

    type: str
    format: str
    found: int
    rows: int
    is_far_found: bool


def measure(values: Sequence[Value], scanner: Scanner) -> Iterator[Column]:
    """One table a type, of its valid values over and over, below a word of the type."""
    by_type: dict[str, list[Value]] = {}
    for value in values:
        if value.is_valid and value.text is None:
            by_type.setdefault(value.type, []).append(value)
    for number, (kind, same) in enumerate(sorted(by_type.items())):
        kept = list(islice(cycle(same), ROWS))
        form = _FORMATS[number % len(_FORMATS)]
        header = same[0].words[number % len(same[0].words)]
        text, spans = _table(form, header, [value.value for value in kept])
        found = sorted(
            (d.start, d.end) for d in scanner.scan(text).detections if d.sit in same[0].sits
        )
        hits = [_is_touched(span, found) for span in spans]
        yield Column(kind, form, sum(hits), len(hits), hits[FAR - 1])


def _is_touched(span: tuple[int, int], found: list[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in found)


def _table(form: str, header: str, values: list[str]) -> tuple[str, list[tuple[int, int]]]:
    """A table, and where the values stand in it."""
    separator, edges = {
        "csv": (",", ("", "")), "tsv": ("\t", ("", "")), "markdown": (" | ", ("| ", " |")),
    }[form]  # fmt: skip
    text = edges[0] + separator.join(("row", "name", header, "city")) + edges[1] + "\n"
    if form == "markdown":
        text += "|---|---|---|---|\n"
    spans = []
    parts, length = [text], len(text)
    for number, value in enumerate(values, 1):
        cell = f'"{value}"' if form == "csv" and "," in value else value
        before = f"{edges[0]}{number}{separator}{_NAMES[number % len(_NAMES)]}{separator}"
        start = length + len(before) + cell.index(value)
        spans.append((start, start + len(value)))
        line = f"{before}{cell}{separator}{_CITIES[number % len(_CITIES)]}{edges[1]}\n"
        parts.append(line)
        length += len(line)
    return "".join(parts), spans
