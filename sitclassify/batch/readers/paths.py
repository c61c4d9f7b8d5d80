"""Paths to entries: which reader a file is for, folders recursively, `-` for standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from sitclassify import resources
from sitclassify.batch.entries import Entry, Place, Text, Unreadable
from sitclassify.batch.readers.json_rows import is_row, read_document, read_lines
from sitclassify.batch.readers.source import Meter, Source
from sitclassify.batch.readers.tables import read_csv, read_parquet

STDIN = "-"
_PARQUET_MARK = b"PAR1"
_VERSION_CONTROL = frozenset((".git", ".hg", ".svn"))  # folders that hold copies of the files


class Files:
    """The files that paths name.

    A folder stands for all files in it and below, by name; links to folders are not followed. Hidden files and
    folders in it are left out, and counted, unless `hidden`; folders of version control always are.
    """

    def __init__(self, hidden: bool = False, output: Path | None = None) -> None:
        self._hidden = hidden
        self._output = output  # what results are written to is no input
        self.left_out = 0  # hidden files and folders

    def of(self, path: Path) -> Iterator[Path | Unreadable]:
        """The file `path`, or those in the folder `path`."""
        if not path.is_dir():
            yield path
            return
        failed: list[OSError] = []
        for folder, folders, names in os.walk(path, onerror=failed.append):
            folders[:] = self._wanted(sorted(set(folders) - _VERSION_CONTROL))
            for name in self._wanted(sorted(names)):
                file = Path(folder, name)
                if file.exists() and not file.is_file():
                    yield Unreadable(str(file), None, "no regular file: not scanned")
                elif not self._is_output(file):
                    yield file  # a broken link is told when it is opened
        for error in failed:
            yield Unreadable(str(error.filename), None, error.strerror or "cannot be read")

    def _wanted(self, names: list[str]) -> list[str]:
        wanted = [name for name in names if self._hidden or not name.startswith(".")]
        self.left_out += len(names) - len(wanted)
        return wanted

    def _is_output(self, file: Path) -> bool:
        output = self._output
        return output is not None and file.exists() and output.exists() and file.samefile(output)


def total_bytes(paths: Iterable[str], hidden: bool) -> int | None:
    """Bytes in all files of `paths`; None where standard input is among them."""
    total = 0
    files = Files(hidden)
    for path in paths:
        if path == STDIN:
            return None
        for file in files.of(Path(path)):
            if isinstance(file, Path) and file.is_file():
                total += file.stat().st_size
    return total


def read(paths: Iterable[str], files: Files, field: str | None, meter: Meter) -> Iterator[Entry]:
    """Entries of files, folders and standard input."""
    for path in paths:
        if path == STDIN:
            yield from _read_stream(Source("<stdin>", sys.stdin.buffer, meter), field, meter)
            continue
        for file in files.of(Path(path)):
            if isinstance(file, Unreadable):
                yield file
                continue
            try:
                yield from _read_file(file, field, meter)
            except OSError as error:
                yield Unreadable(str(file), None, error.strerror or "cannot be read")


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
    """An input of unknown kind: Parquet by its mark, JSON lines by their first row, or text."""
    head = source.peek()
    if head.startswith(_PARQUET_MARK):
        data = source.data()
        if isinstance(data, Unreadable):
            yield data
        else:
            yield from read_parquet(data, source.name, field, meter)
    elif _begins_object(head) and is_row(source.first_line(), field):
        yield from read_lines(source, field)
    else:
        for item in source.text():
            yield item if isinstance(item, Unreadable) else Text(Place(source.name), item)


def _begins_object(head: bytes) -> bool:
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"
