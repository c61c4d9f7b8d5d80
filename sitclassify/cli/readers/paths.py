"""Paths to entries: which reader a file is for, folders recursively, `-` for standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from sitclassify import resources
from sitclassify.cli.entries import Entry, Place, Text, Unreadable
from sitclassify.cli.readers.json_rows import is_row, read_document, read_lines
from sitclassify.cli.readers.source import Meter, Source
from sitclassify.cli.readers.tables import read_csv, read_parquet

STDIN = "-"
_PARQUET_MARK = b"PAR1"


def total_bytes(paths: Iterable[str]) -> int | None:
    """Bytes in all files of `paths`; None where standard input is among them."""
    total = 0
    for path in paths:
        if path == STDIN:
            return None
        for file in _files(Path(path)):
            total += file.stat().st_size if file.is_file() else 0
    return total


def read(paths: Iterable[str], field: str | None, meter: Meter) -> Iterator[Entry]:
    """Entries of files, folders (recursively, hidden files left out) and standard input."""
    for path in paths:
        if path == STDIN:
            yield from _read_stream(Source("<stdin>", sys.stdin.buffer, meter), field, meter)
            continue
        for file in _files(Path(path)):
            try:
                yield from _read_file(file, field, meter)
            except OSError as error:
                yield Unreadable(str(file), None, error.strerror or "cannot be read")


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for file in sorted(path.rglob("*")):
        hidden = any(part.startswith(".") for part in file.relative_to(path).parts)
        if file.is_file() and not hidden:
            yield file


def _read_file(path: Path, field: str | None, meter: Meter) -> Iterator[Entry]:
    suffix = path.suffix.lower()
    shown = path.name if path == resources.sample() else str(path)
    if suffix == ".parquet":
        yield from read_parquet(path, shown, field, meter)
        return
    with path.open("rb") as stream:
        source = Source(shown, stream, meter)
        if suffix in (".jsonl", ".ndjson"):
            yield from read_lines(source, field)
        elif suffix == ".json":
            yield from read_document(source, field)
        elif suffix == ".csv":
            yield from read_csv(source, field, None)
        elif suffix in (".tsv", ".tab"):
            yield from read_csv(source, field, "\t")
        else:
            yield from _read_stream(source, field, meter)


def _read_stream(source: Source, field: str | None, meter: Meter) -> Iterator[Entry]:
    """An input of unknown kind: Parquet by its mark, JSON lines by their first row, text otherwise."""
    if source.peek().startswith(_PARQUET_MARK):
        data = source.data()
        if isinstance(data, Unreadable):
            yield data
        else:
            yield from read_parquet(data, source.name, field, meter)
    elif source.peek().lstrip()[:1] == b"{" and is_row(source.first_line(), field):
        yield from read_lines(source, field)
    else:
        for item in source.text():
            yield item if isinstance(item, Unreadable) else Text(Place(source.name), item)
