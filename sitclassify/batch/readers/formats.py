"""Files and parts of files to entries: which reader a file is for."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from typing import BinaryIO, NamedTuple

from sitclassify.batch.entries import Entry, Place, Text, Unreadable, Window
from sitclassify.batch.readers import documents
from sitclassify.batch.readers.json_rows import is_row, read_json, read_lines
from sitclassify.batch.readers.source import Meter, Source
from sitclassify.batch.readers.storage import BROKEN, STDIN, File, Files, decompressed
from sitclassify.batch.readers.tables import read_csv, read_parquet
from sitclassify.batch.readers.windows import read_window

PARQUET, JSONL, JSON, CSV, TSV, OTHER = "parquet", "jsonl", "json", "csv", "tsv", "other"
_KINDS = {
    ".parquet": PARQUET, ".jsonl": JSONL, ".ndjson": JSONL, ".json": JSON, ".csv": CSV,
    ".tsv": TSV, ".tab": TSV, **documents.SUFFIXES,
}  # fmt: skip
_DELIMITERS = {CSV: None, TSV: "\t"}
_PARQUET_MARK = b"PAR1"


class Part(NamedTuple):
    """A file, or a part of it that begins and ends with a row.

    `start` and `end` count bytes, row groups in Parquet; `end` None: the whole file. `line` and `row`: how many are
    before it. `rows`: how many it has, where that is known; `limit`: how many of them to read. `size`: its bytes.
    `skip`: rows of its row groups that are before it. `window`: what is before it, where it is one of a long text.
    """

    file: File
    kind: str
    start: int = 0
    end: int | None = None
    line: int = 0
    row: int = 0
    rows: int | None = None
    limit: int | None = None
    size: int = 0
    skip: int = 0
    window: Window | None = None


def kind_of(file: File) -> str:
    """The format of a file by its name."""
    return _KINDS.get(file.suffix, OTHER)


def read(paths: Iterable[str], files: Files, field: str | None, meter: Meter) -> Iterator[Entry]:
    """Entries of files, folders and standard input."""
    for path in paths:
        if path == STDIN:
            yield from _read_unknown(Source("<stdin>", sys.stdin.buffer, meter), field, meter)
            continue
        for file in files.of(path):
            if isinstance(file, Unreadable):
                yield file
            else:
                yield from read_part(Part(file, kind_of(file), size=file.size), field, meter)


def read_part(
    part: Part, field: str | None, meter: Meter, beside: Iterable[str] = ()
) -> Iterator[Entry]:
    """Entries of a part; `beside`: columns of a table that are read along without being scanned."""
    try:
        if part.kind == PARQUET and part.file.compression is None:
            yield from _read_groups(part, field, meter, tuple(beside))
        else:
            entries = _read(part, field, meter)
            yield from entries if part.limit is None else _limited(entries, part)
    except OSError as error:
        yield Unreadable(part.file.name, None, error.strerror or "cannot be read")
    except BROKEN:
        if part.file.compression is None:
            raise
        told = f"broken {part.file.compression} data: the rest is not scanned"
        yield Unreadable(part.file.name, None, told)


def _limited(entries: Iterator[Entry], part: Part) -> Iterator[Entry]:
    """The entries of the first rows."""
    assert part.limit is not None
    before = part.row if part.kind in (PARQUET, CSV, TSV) else part.line
    for entry in entries:
        place = entry if isinstance(entry, Unreadable) else entry.place
        number = place.row if place.row is not None else place.line
        if number is not None and number > before + part.limit:
            return
        yield entry


def _read_groups(
    part: Part, field: str | None, meter: Meter, beside: tuple[str, ...]
) -> Iterator[Entry]:
    groups = None if part.end is None else range(part.start, part.end)
    return read_parquet(
        part.file, field, meter, groups, part.row, beside, skip=part.skip, limit=part.limit
    )


def _read(part: Part, field: str | None, meter: Meter) -> Iterator[Entry]:
    file, kind = part.file, part.kind
    with file.open(meter) as stream:
        if part.window is not None and part.end is not None:
            text, window = read_window(stream, part.start, part.end, part.window)
            yield from _texts(file.name, Source(file.name, stream, meter).repaired(text, window))
            meter.position += part.size
            return
        own: Meter = Meter() if file.compression else meter
        if part.end is None:
            source = Source(file.name, stream, own)
        else:
            stream.seek(part.start)
            cut: BinaryIO = io.BufferedReader(_Cut(stream, part.end - part.start))
            source = Source(file.name, cut, own, part.line, is_inside=part.start > 0)
        head = _first_line(file) if part.start and kind in _DELIMITERS else None
        yield from _read_source(source, kind, field, own, head, part.row)


def _read_source(
    source: Source,
    kind: str,
    field: str | None,
    meter: Meter,
    head: bytes | None = None,
    row: int = 0,
) -> Iterator[Entry]:
    if kind == JSONL:
        yield from read_lines(source, field)
    elif kind == JSON:
        yield from read_json(source, field)
    elif kind in _DELIMITERS:
        yield from read_csv(source, field, _DELIMITERS[kind], head, row)
    elif kind in documents.SUFFIXES.values():
        data = source.data()
        if isinstance(data, Unreadable):
            yield data
        else:
            attached = partial(_attached, source.name, field)
            yield from documents.read_document(source.name, kind, data, attached)
    else:
        yield from _read_unknown(source, field, meter)


def _attached(holder: str, field: str | None, name: str, data: bytes) -> Iterator[Entry]:
    """Entries of a file in the file `holder`; their part begins with its name."""
    file, meter = File(holder, name, len(data)), Meter()
    try:
        stream: BinaryIO = io.BytesIO(data)
        if file.compression is not None:
            stream = decompressed(stream, file.compression)
        for entry in _read_source(Source(holder, stream, meter), kind_of(file), field, meter):
            if isinstance(entry, Unreadable):
                yield entry._replace(reason=f"{name}: {entry.reason}")
            else:
                part = ", ".join(filter(None, (name, entry.place.part)))
                yield entry._replace(place=entry.place._replace(part=part))
    except (OSError, *BROKEN):
        yield Unreadable(
            holder, None, f"{name}: broken {file.compression} data: the rest is not scanned"
        )


def _first_line(file: File) -> bytes:
    """The head of a CSV file: enough of it for the names of its columns."""
    with file.open() as stream:
        return stream.read(1 << 20)


def _read_unknown(source: Source, field: str | None, meter: Meter) -> Iterator[Entry]:
    """An input of unknown kind: Parquet by its mark, JSON lines by their first row, or text."""
    head = source.peek()
    if head.startswith(_PARQUET_MARK):
        data = source.data()
        if isinstance(data, Unreadable):
            yield data
        else:
            yield from read_parquet(File(source.name, "", len(data)), field, meter, data=data)
    elif is_lines(head) and is_row(source.first_line(), field):
        yield from read_lines(source, field)
    else:
        yield from _texts(source.name, source.windows())


def _texts(
    name: str, items: Iterable[tuple[str, Window | None] | Unreadable]
) -> Iterator[Text | Unreadable]:
    for item in items:
        if isinstance(item, Unreadable):
            yield item
        else:
            yield Text(Place(name), item[0], window=item[1])


def is_lines(head: bytes) -> bool:
    """Whether an input that begins so may be JSON lines."""
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"


class _Cut(io.RawIOBase):
    """The next `size` bytes of a stream."""

    def __init__(self, stream: BinaryIO, size: int) -> None:
        self._stream, self._left = stream, size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(min(len(buffer), self._left))
        self._left -= len(data)
        buffer[: len(data)] = data
        return len(data)
