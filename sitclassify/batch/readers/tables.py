"""CSV, TSV and Parquet: every cell is a text, the name of its column its label."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from sitclassify.batch.entries import Entry, Place, Text, Unreadable, slim, step
from sitclassify.batch.label import label
from sitclassify.batch.readers.arrow import entries_of_batch, wanted
from sitclassify.batch.readers.json_rows import IDS
from sitclassify.batch.readers.source import MAX_TEXT, Meter, Source
from sitclassify.batch.readers.storage import File

_DELIMITERS = ",;\t|"
_VALUE = re.compile(r"@|(?:[0-9][^0-9A-Za-z]?){6}")  # no name of a column looks like this
_LONG_CELL = 64 << 10  # characters from which on not every cell of a row is kept beside the others
_BATCH = 1024  # rows of a Parquet file held at a time
_BATCH_BYTES = 32 << 20  # and their bytes
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


def read_csv(
    source: Source,
    field: str | None,
    delimiter: str | None,
    head: bytes | None = None,
    before: int = 0,
) -> Iterator[Entry]:
    """Entries of a CSV file; `delimiter` None: the one most frequent in the first line.

    head: the beginning of the file, for a later part of it; before: rows of values before that part.
    """
    csv.field_size_limit(MAX_TEXT)
    if delimiter is None:
        delimiter = delimiter_of(head if head is not None else source.first_line())
    names = None if head is None else head_names(head, delimiter)
    number = before
    lines = _Lines(source)
    rows = csv.reader(iter(lines), delimiter=delimiter)
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
        if not row:
            continue
        if names is None:
            names = column_names(row)
            if field is not None and field not in names:
                yield Unreadable(source.name, line, f"has no column '{field}'")
                return
            if any(names):
                continue
        number += 1
        yield from _cells(row, names, Place(source.name, line, number), field)


def head_names(head: bytes, delimiter: str) -> list[str]:
    """Names of the columns of a CSV file that begins so; empty ones where its first row holds values."""
    csv.field_size_limit(MAX_TEXT)
    lines = io.StringIO(head.decode("utf-8-sig", "replace").replace("\0", "\ufffd"), newline="")
    rows = csv.reader(lines, delimiter=delimiter)
    while True:
        try:
            row = next(rows, None)
        except csv.Error:
            continue  # told where the file is read
        if row or row is None:
            return column_names(row or [])


def delimiter_of(head: bytes) -> str:
    """The delimiter that is most frequent in the first line."""
    line = head.lstrip(b"\r\n").split(b"\n", 1)[0]
    text = re.sub(r'"[^"]*"', "", line.decode("utf-8", "replace"))
    return max(_DELIMITERS, key=text.count)


def column_names(row: list[str]) -> list[str]:
    """Names of the columns; empty ones where the first row is none of names but of values."""
    if any(_VALUE.search(cell) for cell in row):
        return []
    names = [cell.strip() for cell in row]
    return [n if names.index(n) == i else "" for i, n in enumerate(names)]


def _cells(row: list[str], names: list[str], place: Place, field: str | None) -> Iterator[Text]:
    named = dict(zip(names, row, strict=False))
    name = next((named[key] for key in IDS if named.get(key)), None)
    fields = named if max(map(len, row)) < _LONG_CELL else slim(named)
    for i, cell in enumerate(row):
        column = names[i] if i < len(names) else ""
        if cell and not cell.isspace() and field in (None, column):
            at = place._replace(pointer=step(column or i))
            context = label((column,))
            yield Text(at, cell, name, context, column or str(i), fields, field is None)


def read_parquet(
    file: File,
    field: str | None,
    meter: Meter,
    groups: range | None = None,
    before: int = 0,
    beside: tuple[str, ...] = (),
    data: bytes | None = None,
    skip: int = 0,
    limit: int | None = None,
) -> Iterator[Entry]:
    """Entries of a Parquet file, batch by batch: its columns of text and whole numbers.

    groups: the row groups to read, None: all; skip: so many of their rows are left out; limit: so many are read at
    most; before: rows of the file before the first that is read. data: the file's bytes, where it is no file.
    """
    import pyarrow as pa

    try:
        with io.BytesIO(data) if data is not None else file.open_raw() as stream:
            table = open_parquet(stream)
            names = table.schema_arrow.names
            if field is not None and field not in names and field.split(".")[0] not in names:
                yield Unreadable(file.name, None, f"has no column '{field}'")
                return
            groups = range(table.num_row_groups) if groups is None else groups
            number, start = before, meter.position
            size = file.size * len(groups) // max(1, table.num_row_groups)
            total = max(1, sum(table.metadata.row_group(i).num_rows for i in groups))
            columns = wanted(table.schema_arrow, field, beside)
            rows = _rows_at_once(table.metadata, groups, total)
            for batch in table.iter_batches(rows, list(groups), columns, use_threads=False):
                batch, skip = batch.slice(skip), max(0, skip - batch.num_rows)
                if limit is not None:
                    batch = batch.slice(0, limit + before - number)
                yield from entries_of_batch(batch, Place(file.name), number, field)
                number += batch.num_rows
                meter.position = start + size * (number - before) // total
                if number - before == limit:
                    return
    except (pa.ArrowException, OSError) as error:
        told = error.strerror if isinstance(error, FileNotFoundError) else NO_PARQUET
        yield Unreadable(file.name, None, told or NO_PARQUET)


def _rows_at_once(metadata: Any, groups: range, total: int) -> int:
    """Rows of a batch, so that rows of many megabytes do not fill the memory."""
    size: int = sum(metadata.row_group(i).total_byte_size for i in groups)
    return max(1, min(_BATCH, _BATCH_BYTES * total // max(1, size)))


def open_parquet(stream: BinaryIO) -> Any:
    """A Parquet file whose columns are read without a thread or a buffer of their own."""
    import pyarrow.parquet as pq

    return pq.ParquetFile(stream, pre_buffer=False)
