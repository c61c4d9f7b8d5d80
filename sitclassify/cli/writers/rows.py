"""JSON lines, CSV and Parquet."""

from __future__ import annotations

import csv
import json
from typing import Any, TextIO

from sitclassify.cli.findings import Record, row_of, table_of

COLUMNS = (
    "file", "line", "column", "row", "pointer", "id", "sit", "name", "confidence", "level",
    "start", "end", "value", "evidence", "tags",
)  # fmt: skip
_NUMBERS = frozenset(("line", "column", "row", "confidence", "start", "end"))
_BATCH = 10_000  # rows of a Parquet row group
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run a cell that begins so


class LinesWriter:
    """One line of JSON per text: the result of the contract and its place."""

    def __init__(self, stream: TextIO, show: bool) -> None:
        self._stream, self._show = stream, show

    def write(self, record: Record) -> None:
        self._stream.write(json.dumps(table_of(record, self._show), ensure_ascii=False) + "\n")

    def close(self) -> None:
        self._stream.flush()


class CsvWriter:
    """One row per detection."""

    def __init__(self, stream: TextIO, show: bool) -> None:
        self._stream, self._show = stream, show
        self._writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
        self._writer.writeheader()

    def write(self, record: Record) -> None:
        for detection in record.result.detections:
            row = row_of(record, detection, self._show)
            self._writer.writerow({k: _cell(v) for k, v in row.items()})

    def close(self) -> None:
        self._stream.flush()


def _cell(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


class ParquetWriter:
    """One row per detection, typed."""

    def __init__(self, stream: TextIO, show: bool) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        self._show = show
        fields = [(name, pa.int64() if name in _NUMBERS else pa.string()) for name in COLUMNS]
        self._schema = pa.schema(fields)
        self._rows: list[dict[str, Any]] = []
        self._table = pa.Table
        self._writer = pq.ParquetWriter(stream.buffer, self._schema)
        self._stream = stream

    def write(self, record: Record) -> None:
        self._rows += [row_of(record, d, self._show) for d in record.result.detections]
        if len(self._rows) >= _BATCH:
            self._flush()

    def _flush(self) -> None:
        self._writer.write_table(self._table.from_pylist(self._rows, self._schema))
        self._rows.clear()

    def close(self) -> None:
        if self._rows:
            self._flush()
        self._writer.close()
        self._stream.flush()
