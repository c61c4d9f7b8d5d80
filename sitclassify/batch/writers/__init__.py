"""Results out for programs: JSON lines, CSV, Parquet and SARIF."""

from __future__ import annotations

from typing import TextIO

from sitclassify.batch.entries import Unreadable
from sitclassify.batch.records import Record


class Writer:
    """Takes records one by one; `close` writes what is left. Values are masked unless `show`."""

    def __init__(self, stream: TextIO, show: bool) -> None:
        self.stream, self.show = stream, show

    def write(self, record: Record) -> None:
        """Write or keep one record."""

    def unreadable(self, item: Unreadable) -> None:
        """Write or keep what could not be read, where the format has a place for it."""

    def close(self) -> None:
        """Write what is left."""
        self.stream.flush()


def writer_for(kind: str, stream: TextIO, show: bool) -> Writer:
    """The writer of a format on `stream` (a binary file behind it for Parquet)."""
    from sitclassify.batch.writers import rows, sarif

    makers: dict[str, type[Writer]] = {
        "jsonl": rows.LinesWriter,
        "csv": rows.CsvWriter,
        "parquet": rows.ParquetWriter,
        "sarif": sarif.SarifWriter,
    }
    return makers[kind](stream, show)
