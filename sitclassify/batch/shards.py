"""Inputs to shards: row groups of Parquet, ranges of lines, blocks of CSV records, groups of small files.

The same inputs always make the same shards, so that a run which was interrupted knows what it has done. Where lines
must be counted, the files are read once, ahead of the scan.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO, NamedTuple

from sitclassify.batch.entries import Unreadable
from sitclassify.batch.readers import windows
from sitclassify.batch.readers.formats import (
    CSV,
    JSONL,
    OTHER,
    PARQUET,
    TSV,
    Part,
    is_lines,
    kind_of,
    read_part,
)
from sitclassify.batch.readers.json_rows import is_row
from sitclassify.batch.readers.source import Meter, encoding_of
from sitclassify.batch.readers.storage import File
from sitclassify.batch.readers.tables import delimiter_of, head_names, open_parquet

_SHARD_BYTES = (1 << 20, 16 << 20)  # fewest and most of a shard, unless asked for
_SHARDS = 64  # that many where the size lies between: no core waits long for another at the end
_MOST_FILES = 2_000  # of one shard
_PIECE = 1 << 20  # bytes read at a time
_HEAD = 64 << 10  # bytes that tell what a file is
_MOST_RECORD = (
    256 << 20
)  # bytes of a CSV block without the end of a record: from there on it is one block


class Shard(NamedTuple):
    """What one process scans at a time."""

    number: int
    parts: tuple[Part, ...]

    @property
    def size(self) -> int:
        """Bytes of the inputs, as they lie there."""
        return sum(part.size for part in self.parts)


def size_of_shards(total: int) -> int:
    """Bytes of a shard of inputs that have `total` bytes; the same however many processes there are."""
    least, most = _SHARD_BYTES
    return max(least, min(most, total // _SHARDS))


def shards_of(files: Iterable[File], size: int, limit: int | None = None) -> Iterator[Shard]:
    """Shards of about `size` bytes; of the first `limit` rows of all files."""
    number, parts, total = 0, list[Part](), 0
    for part in _limited(parts_of(files, size), limit):
        if parts and (total + part.size > size or len(parts) >= _MOST_FILES):
            yield Shard(number, tuple(parts))
            number, parts, total = number + 1, [], 0
        parts.append(part)
        total += part.size
    if parts:
        yield Shard(number, tuple(parts))


def _limited(parts: Iterator[Part], limit: int | None) -> Iterator[Part]:
    left = limit
    for part in parts:
        if left is None:
            yield part
            continue
        if left <= 0:
            return
        rows = part.rows if part.rows is not None else _count_rows(part, left)
        yield part._replace(limit=left) if rows > left else part
        left -= rows


def _count_rows(part: Part, most: int) -> int:
    """Rows of a file that was not cut, or more than `most`; a document is one row."""
    if part.kind in (CSV, TSV):
        entries = read_part(part._replace(limit=most + 1), None, Meter())
        return max((e.place.row or 0 for e in entries if not isinstance(e, Unreadable)), default=0)
    if part.kind != JSONL:
        return 1
    try:
        with part.file.open() as stream:
            rows = 0
            while rows <= most and (piece := stream.read(_PIECE)):
                rows += piece.count(b"\n")
            return rows
    except (OSError, EOFError, ValueError):
        return 1  # the reader tells


def parts_of(files: Iterable[File], size: int) -> Iterator[Part]:
    """Each file, or its parts of about `size` bytes. What cannot be cut is one part, and told by its reader."""
    for file in files:
        whole = Part(file, kind_of(file), size=file.size)
        try:
            yield from _cut(whole, size)
        except (OSError, ValueError, EOFError):
            yield whole


def _cut(whole: Part, size: int) -> Iterator[Part]:
    file, kind = whole.file, whole.kind
    if file.compression is not None:  # no way into the middle of it
        yield whole
    elif kind == PARQUET:
        yield from _row_groups(whole, size)
    elif kind not in (JSONL, CSV, TSV, OTHER):
        yield whole
    else:
        with file.open() as stream:
            head = stream.read(_HEAD)
            stream.seek(0)
            kind = _kind(whole, head)
            if (encoding_of(head) or "").startswith("utf-8") and kind != OTHER:
                whole = whole._replace(kind=kind)
                yield from (
                    _lines(whole, stream, size)
                    if kind == JSONL
                    else _records(whole, stream, size, delimiter_of(head) if kind == CSV else "\t")
                )
            elif (encoding_of(head) or "").startswith("utf-8") and file.size > windows.LONG_TEXT:
                for start, end, before in windows.cut_text(stream, windows.WINDOW):
                    yield whole._replace(start=start, end=end, size=end - start, window=before)
            else:
                yield whole


def _kind(part: Part, head: bytes) -> str:
    """The format of a file; that of one of unknown kind is told by its first line."""
    if part.kind == OTHER and is_lines(head):
        line, found, _ = head.partition(b"\n")
        return JSONL if found and is_row(line, None) else OTHER
    return part.kind


def _row_groups(whole: Part, size: int) -> Iterator[Part]:
    import pyarrow as pa

    try:
        with whole.file.open_raw() as stream:
            metadata = open_parquet(stream).metadata
    except (pa.ArrowException, OSError):
        yield whole  # its reader tells why
        return
    groups = [metadata.row_group(i) for i in range(metadata.num_row_groups)]
    total = max(1, sum(group.total_byte_size for group in groups))
    start = row = 0
    rows = held = 0
    for i, group in enumerate(groups):
        rows, held = rows + group.num_rows, held + group.total_byte_size
        share = whole.size * held // total
        if share >= size or i == len(groups) - 1:
            part = whole._replace(start=start, end=i + 1, row=row, rows=rows, size=share)
            yield from _slices(part, min(rows, share // size) if start == i else 1)
            start, row, rows, held = i + 1, row + rows, 0, 0


def _slices(part: Part, count: int) -> Iterator[Part]:
    """A row group that is much longer than a shard, by its rows: each slice reads past those before it."""
    if count < 2 or part.rows is None:
        yield part
        return
    ends = [part.rows * (i + 1) // count for i in range(count)]
    for skip, end in zip([0, *ends], ends, strict=False):
        rows = end - skip
        size = part.size * end // part.rows - part.size * skip // part.rows
        yield part._replace(row=part.row + skip, rows=rows, limit=rows, skip=skip, size=size)


def _lines(whole: Part, stream: BinaryIO, size: int) -> Iterator[Part]:
    """Parts that begin and end with a line."""
    start = line = 0
    while start < whole.size:
        end, lines = _end_of_line(stream, start, size)
        yield whole._replace(start=start, end=end, line=line, rows=lines, size=end - start)
        start, line = end, line + lines


def _end_of_line(stream: BinaryIO, start: int, size: int) -> tuple[int, int]:
    """The end of the line that holds byte `start + size - 1`, and how many lines end before it or there."""
    stream.seek(start)
    position, lines, last = start, 0, b""
    while position < start + size and (piece := stream.read(min(_PIECE, start + size - position))):
        lines += piece.count(b"\n")
        position += len(piece)
        last = piece[-1:]
    while last != b"\n" and (piece := stream.read(_PIECE)):
        found = piece.find(b"\n")
        if found >= 0:
            return position + found + 1, lines + 1
        position += len(piece)
    return position, lines + (last != b"\n")


def _records(whole: Part, stream: BinaryIO, size: int, delimiter: str) -> Iterator[Part]:
    """Parts that begin and end with a record of CSV, which may have line breaks between quotes."""
    quoted = re.compile(
        rb'(?:\A|(?<=[\r\n%s]))"[^"]*(?:""[^"]*)*(?:"|\Z)' % re.escape(delimiter.encode())
    )
    start = line = row = 0
    data = b""
    while start < whole.size:
        more = stream.read(size)
        data += more
        is_last = not more or start + len(data) >= whole.size or len(data) > _MOST_RECORD
        if is_last and more and len(data) > _MOST_RECORD:
            yield whole._replace(
                start=start, end=whole.size, line=line, row=row, size=whole.size - start
            )
            return
        end = len(data) if is_last else _end_of_record(data, quoted)
        if end == 0 and is_last:
            return  # the file has become shorter
        if end == 0:
            continue
        block = data[:end]
        lines = block.count(b"\n")
        rows = sum(1 for one in quoted.sub(b"q", block).split(b"\n") if one.strip(b"\r"))
        if start == 0 and any(head_names(block, delimiter)):
            rows -= 1  # that of the names
        yield whole._replace(start=start, end=start + end, line=line, row=row, rows=rows, size=end)
        start, line, row, data = start + end, line + lines, row + rows, data[end:]


def _end_of_record(data: bytes, quoted: re.Pattern[bytes]) -> int:
    """Where the last record that ends in `data` does; 0 where none does."""
    end = len(data)
    inside: list[tuple[int, int]] = []  # quoted cells with a line break in them
    for match in quoted.finditer(data):
        if match.end() == len(data):  # open, or closed by what may be the first of two quotes
            end = match.start()
        elif data.find(b"\n", match.start(), match.end()) >= 0:
            inside.append(match.span())
    found = data.rfind(b"\n", 0, end)
    while inside and found >= 0:
        first, last = inside.pop()
        if last <= found:
            break
        if first < found:
            found = data.rfind(b"\n", 0, first)
    return found + 1
