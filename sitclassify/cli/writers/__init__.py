"""Results out: a table for people, JSON lines, CSV, Parquet and SARIF for programs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TextIO

from sitclassify.cli.findings import Record

FORMATS = ("table", "jsonl", "csv", "parquet", "sarif")


class Writer(Protocol):
    """Takes records one by one; `close` writes what is left."""

    def write(self, record: Record) -> None: ...

    def close(self) -> None: ...


def writer_for(kind: str, stream: TextIO, show: bool) -> Writer:
    """The writer of a format on `stream` (a binary file behind it for Parquet)."""
    from sitclassify.cli.writers import rows, sarif, table

    makers: dict[str, Callable[[TextIO, bool], Writer]] = {
        "table": table.TableWriter,
        "jsonl": rows.LinesWriter,
        "csv": rows.CsvWriter,
        "parquet": rows.ParquetWriter,
        "sarif": sarif.SarifWriter,
    }
    return makers[kind](stream, show)
