"""JSON lines, CSV and Parquet."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from typing import Any, TextIO

from sitclassify.batch.findings import Finding, findings_of, table_of
from sitclassify.batch.records import Record
from sitclassify.batch.writers import Writer

COLUMNS = Finding._fields
_WHOLE = frozenset(
    ("line", "column", "end_line", "end_column", "row", "confidence", "start", "end")
)
_BATCH = 10_000  # rows of a Parquet row group
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run a cell that begins so


class LinesWriter(Writer):
    """One line of JSON per text: the result of the contract and its place."""

    def write(self, record: Record) -> None:
        """Write the record's line."""
        self.stream.write(json.dumps(table_of(record, self.show), ensure_ascii=False) + "\n")


class CsvWriter(Writer):
    """One row per finding."""

    def __init__(self, stream: TextIO, show: bool) -> None:
        super().__init__(stream, show)
        self._writer = csv.writer(stream, lineterminator="\n")
        self._writer.writerow(COLUMNS)

    def write(self, record: Record) -> None:
        """Write the record's rows."""
        for finding in findings_of(record, self.show):
            self._writer.writerow([_cell(value) for value in finding])


def _cell(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


class ParquetWriter(Writer):
    """One row per finding, typed."""

    def __init__(self, stream: TextIO, show: bool) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        super().__init__(stream, show)
        kinds = {name: pa.int64() for name in _WHOLE} | {"score": pa.float64()}
        self._schema = pa.schema([(name, kinds.get(name, pa.string())) for name in COLUMNS])
        self._rows: list[Finding] = []
        self._writer = pq.ParquetWriter(stream.buffer, self._schema)

    def write(self, record: Record) -> None:
        """Keep the record's rows; write them by the row group."""
        self._rows += findings_of(record, self.show)
        if len(self._rows) >= _BATCH:
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa

        columns = [
            _column(values, field.type)
            for values, field in zip(zip(*self._rows, strict=True), self._schema, strict=True)
        ]
        self._writer.write_table(pa.Table.from_arrays(columns, schema=self._schema))
        self._rows.clear()

    def close(self) -> None:
        """Write the last rows and the footer."""
        if self._rows:
            self._flush()
        self._writer.close()
        super().close()


def _column(values: Sequence[Any], kind: Any) -> Any:
    """Values as Parquet can hold them: a lone surrogate is no UTF-8."""
    import pyarrow as pa

    try:
        return pa.array(values, kind)
    except UnicodeEncodeError:
        return pa.array([v and v.encode(errors="backslashreplace").decode() for v in values], kind)
