"""CSV, TSV and Parquet: every cell is a text, the name of its column its label."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from sitclassify.batch.entries import Entry, Place, Text, Unreadable, step
from sitclassify.batch.label import label
from sitclassify.batch.readers.arrow import entries_of_batch, wanted
from sitclassify.batch.readers.json_rows import IDS
from sitclassify.batch.readers.source import MAX_TEXT, Meter, Source

_DELIMITERS = ",;\t|"
_VALUE = re.compile(r"@|(?:[0-9][^0-9A-Za-z]?){6}")  # no name of a column looks like this
_BATCH = 256  # rows of a Parquet file held at a time
NO_PARQUET = "no readable Parquet file"


class _Lines:
    """The lines of a CSV file as `csv.reader` wants them; remembers what it skipped."""

    def __init__(self, source: Source) -> None:
        self._lines = source.lines(newline="")
        self.first: int | None = None  # number of the line that the row being read begins with
        self.skipped: list[Unreadable] = []

    def __iter__(self) -> Iterator[str]:
        for item in self._lines:
            if isinstance(item, Unreadable):
                self.skipped.append(item)
                continue
            number, line = item
            self.first = self.first or number
            yield line.replace("\0", "\ufffd")

    def take(self) -> tuple[int | None, list[Unreadable]]:
        """The line of the row just read and what was skipped before; begins a new row."""
        taken = self.first, self.skipped
        self.first, self.skipped = None, []
        return taken


def read_csv(source: Source, field: str | None, delimiter: str | None) -> Iterator[Entry]:
    """Entries of a CSV file; `delimiter` None: the one most frequent in the first line."""
    csv.field_size_limit(MAX_TEXT)
    lines = _Lines(source)
    if delimiter is None:
        delimiter = _delimiter_of(source.first_line())
        lines = _Lines(source)
    rows = csv.reader(iter(lines), delimiter=delimiter)
    names: list[str] | None = None
    number = 0
    while True:
        try:
            row = next(rows, None)
        except csv.Error:
            line, skipped = lines.take()
            yield from skipped
            yield Unreadable(source.name, line, "no valid row: a quote that is never closed?")
            continue
        line, skipped = lines.take()
        yield from skipped
        if row is None:
            return
        if names is None and any(row):
            names = _names(row)
            if field is not None and field not in names:
                yield Unreadable(source.name, line, f"has no column '{field}'")
                return
            if any(names):
                continue
        if any(row):
            number += 1
            yield from _cells(row, names or [], Place(source.name, line, number), field)


def _delimiter_of(line: bytes) -> str:
    text = re.sub(r'"[^"]*"', "", line.decode("utf-8", "replace"))
    return max(_DELIMITERS, key=text.count)


def _names(row: list[str]) -> list[str]:
    """Names of the columns; empty ones where the first row is none of names but of values."""
    if any(_VALUE.search(cell) for cell in row):
        return []
    names = [cell.strip() for cell in row]
    return [n if names.index(n) == i else "" for i, n in enumerate(names)]


def _cells(row: list[str], names: list[str], place: Place, field: str | None) -> Iterator[Text]:
    named = dict(zip(names, row, strict=False))
    name = next((named[key] for key in IDS if named.get(key)), None)
    for i, cell in enumerate(row):
        column = names[i] if i < len(names) else ""
        if cell and not cell.isspace() and field in (None, column):
            at = place._replace(pointer=step(column or i))
            context = label((column,))
            yield Text(at, cell, name, context, column or str(i), named, field is None)


def read_parquet(file: Path | bytes, name: str, field: str | None, meter: Meter) -> Iterator[Entry]:
    """Entries of a Parquet file, batch by batch: its columns of text and whole numbers."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    size = len(file) if isinstance(file, bytes) else file.stat().st_size
    try:
        table = pq.ParquetFile(io.BytesIO(file) if isinstance(file, bytes) else file)
        names = table.schema_arrow.names
        if field is not None and field not in names and field.split(".")[0] not in names:
            yield Unreadable(name, None, f"has no column '{field}'")
            return
        total = max(1, table.metadata.num_rows)
        number, start = 0, meter.position
        for batch in table.iter_batches(_BATCH, columns=wanted(table.schema_arrow, field)):
            yield from entries_of_batch(batch, Place(name), number, field)
            number += batch.num_rows
            meter.position = start + size * number // total
    except (pa.ArrowException, OSError):
        yield Unreadable(name, None, NO_PARQUET)
