"""One shard scanned and written: what every engine does, in whatever process."""

from __future__ import annotations

import io
import json
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from sitclassify.batch.baseline import Baseline, read_baseline
from sitclassify.batch.entries import Entry, Unreadable
from sitclassify.batch.facets import Facets, Fields
from sitclassify.batch.folder import RunFolder
from sitclassify.batch.options import Options
from sitclassify.batch.readers.formats import read_part
from sitclassify.batch.readers.source import Meter
from sitclassify.batch.records import AT_ONCE, Record, is_told, scan_entries
from sitclassify.batch.shards import Shard
from sitclassify.batch.summary import Summary
from sitclassify.batch.writers import writer_for
from sitclassify.scanner import Scanner


class Rows(NamedTuple):
    """Which rows are scanned, and what of each.

    field: a column or a dotted path, None: every text; fields: user, application and time; limit: the first rows;
    sample: a share of them.
    """

    field: str | None = None
    fields: Fields = Fields()
    limit: int | None = None
    sample: float | None = None


class Job(NamedTuple):
    """What is done with every shard. Picklable; small."""

    folder: Path
    options: Options
    format: str = "parquet"
    rows: Rows = Rows()
    show_values: bool = False
    baseline: Path | None = None

    def scan(self, shard: Shard, tell: Callable[[int], None] = lambda _: None) -> Summary:
        """Scan a shard, write what was found and what could not be read; it is done then.

        `tell` is told how many of its bytes have been read.
        """
        folder = RunFolder(self.folder)
        scanner = self.options.scanner()
        facets = Facets(scanner, self.rows.fields)
        summary, meter = Summary(), Meter()
        troubles: list[Unreadable] = []
        with folder.writing(folder.findings(shard.number, self.format)) as stream:
            text = io.TextIOWrapper(stream, "utf-8", "backslashreplace", newline="")
            writer = writer_for(self.format, text, self.show_values)
            for item in self._items(scanner, shard, summary, meter):
                tell(meter.position)
                if isinstance(item, Unreadable):
                    summary.unreadable(item)
                    troubles.append(item)
                else:
                    summary.add(item, facets.of)
                    if is_told(item.result):  # the others are counted, not written
                        writer.write(item)
            writer.close()
            text.detach()
        if troubles:
            with folder.writing(folder.unreadable(shard.number)) as stream:
                for trouble in troubles:
                    told = json.dumps(trouble._asdict(), ensure_ascii=False)
                    stream.write(told.encode("utf-8", "backslashreplace") + b"\n")
        folder.finish_shard(shard.number, summary)
        return summary

    def _items(
        self, scanner: Scanner, shard: Shard, summary: Summary, meter: Meter
    ) -> Iterator[Record | Unreadable]:
        entries = self._entries(shard, meter)
        items = scan_entries(scanner, entries, AT_ONCE, False, self.show_values)
        if self.baseline is None:
            return items
        return not_accepted(items, read_baseline(self.baseline, self.options.digest_key), summary)

    def _entries(self, shard: Shard, meter: Meter) -> Iterator[Entry]:
        beside = self.rows.fields.names()
        for part in shard.parts:
            yield from chosen(read_part(part, self.rows.field, meter, beside), self.rows.sample)


def not_accepted(
    items: Iterator[Record | Unreadable], baseline: Baseline, summary: Summary
) -> Iterator[Record | Unreadable]:
    """Records without what a baseline accepts, which the summary counts."""
    for item in items:
        if isinstance(item, Unreadable):
            yield item
        else:
            left, count = baseline.without_accepted(item)
            summary.accepted += count
            yield left


def chosen(
    entries: Iterator[Entry], sample: float | None, limit: int | None = None
) -> Iterator[Entry]:
    """Entries of a share of the rows, the same rows every time, and of the first `limit` of these."""
    if sample is None and limit is None:
        return entries
    return _chosen(entries, sample, limit)


def _chosen(entries: Iterator[Entry], sample: float | None, limit: int | None) -> Iterator[Entry]:
    rows, last = 0, None
    for entry in entries:
        if isinstance(entry, Unreadable):
            yield entry
            continue
        place = entry.place
        row = (place.file, place.row or place.line)
        if sample is not None and _fraction(row) >= sample:
            continue
        if row != last:
            rows, last = rows + 1, row
        if limit is not None and rows > limit:
            return
        yield entry


def _fraction(row: tuple[str, int | None]) -> float:
    """A number from 0 up to 1 that a row always has."""
    return zlib.crc32(f"{row[0]}:{row[1]}".encode("utf-8", "backslashreplace")) / (1 << 32)
