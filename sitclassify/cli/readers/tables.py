"""CSV, TSV and Parquet: every cell is a text, the name of its column the context."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sitclassify.cli.entries import Entry, Place, Text, Unreadable
from sitclassify.cli.readers.json_rows import IDS, cells_of
from sitclassify.cli.readers.source import MAX_TEXT, Meter, Source

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
            context = f"{column}:" if column else None
            yield Text(place.below(column or i), cell, name, context, field is None)


def read_parquet(file: Path | bytes, name: str, field: str | None, meter: Meter) -> Iterator[Entry]:
    """Entries of a Parquet file, batch by batch: its columns of text and whole numbers."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    size = len(file) if isinstance(file, bytes) else file.stat().st_size
    try:
        table = pq.ParquetFile(io.BytesIO(file) if isinstance(file, bytes) else file)
        columns = _columns(table.schema_arrow, field)
        if field is not None and not set(columns) - set(IDS):
            yield Unreadable(name, None, f"has no column '{field}'")
            return
        total = max(1, table.metadata.num_rows)
        number, start = 0, meter.position
        for batch in table.iter_batches(_BATCH, columns=columns):
            for row in _rows(batch):
                number += 1
                if row is None:
                    yield Unreadable(name, None, f"row {number} holds no valid UTF-8")
                else:
                    yield from cells_of(row, Place(name, row=number, pointer=""), field)
            meter.position = start + size * number // total
    except (pa.ArrowException, OSError):
        yield Unreadable(name, None, NO_PARQUET)


def _columns(schema: Any, field: str | None) -> list[str]:
    """Names of the columns to read: those of text; or that of `field`, and what rows call themselves."""
    if field is None:
        return [column.name for column in schema if _is_text(column.type)]
    root = field if field in schema.names else field.split(".")[0]
    return [column for column in schema.names if column in (root, *IDS)]


def _rows(batch: Any) -> Iterator[dict[str, Any] | None]:
    """The rows of a batch; None for one with broken text."""
    try:
        yield from batch.to_pylist()
    except UnicodeDecodeError:
        for i in range(batch.num_rows):
            try:
                yield batch.slice(i, 1).to_pylist()[0]
            except UnicodeDecodeError:
                yield None


def _is_text(kind: Any) -> bool:
    """Whether a column of an Arrow type can hold what is looked for."""
    from pyarrow import types

    if types.is_map(kind):
        return _is_text(kind.item_type)
    if types.is_nested(kind):
        return any(_is_text(kind.field(i).type) for i in range(kind.num_fields))
    if types.is_dictionary(kind):
        return _is_text(kind.value_type)
    text = (types.is_string, types.is_large_string, types.is_string_view, types.is_integer)
    return any(is_kind(kind) for is_kind in text)
