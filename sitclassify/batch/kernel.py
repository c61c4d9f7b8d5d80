"""The kernel: one Arrow record batch in, its findings out. Pure and picklable, for every engine that knows Arrow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sitclassify.batch.entries import Place, Unreadable
from sitclassify.batch.options import Options
from sitclassify.batch.readers.arrow import entries_of_batch
from sitclassify.batch.records import AT_ONCE, Record, moved, scan_entries
from sitclassify.errors import ConfigurationError

if TYPE_CHECKING:
    import pyarrow as pa

DEFAULT = Options()


def scan_record_batch(
    batch: pa.RecordBatch,
    *,
    text_columns: Sequence[str] | str | None = None,
    id_column: str | None = None,
    options: Options = DEFAULT,
) -> pa.RecordBatch:
    """Scan the texts of a record batch; one row out for each row in, in its order.

    text_columns: columns of strings, whole numbers, lists and structs of them, or chats (lists of messages, scanned
    as conversations); None for all of these. A column's name is evidence for its values, unless it says nothing
    (`text`, `prompt`). id_column: handed through as `id`; None: `id` is null.
    options: what `sitclassify.load` takes; the scanner is loaded once per process.

    The results are those of `Scanner.scan`. Columns of the batch that comes out, as `result_schema` has them:
    `id`; `findings` (column, pointer, sit, start, end, confidence, evidence, tags); `classifications` of the
    classifiers that matched; `skipped`: what was not scanned, and why. `start` and `end` count the characters of the
    string at `pointer`, a JSON pointer into the row; `evidence` is the number of matches that speak for it.
    Raises `ConfigurationError` for columns that are not there.

    >>> import pyarrow as pa
    >>> batch = pa.RecordBatch.from_pydict({"id": ["a"], "ssn": ["536-90-4399"]})
    >>> options = Options(sits=("us-social-security-number",), classifiers=())
    >>> scan_record_batch(batch, id_column="id", options=options).to_pylist()[0]["findings"][0]["end"]
    11
    """
    import pyarrow as pa

    columns = [text_columns] if isinstance(text_columns, str) else text_columns
    for name in (*(columns or ()), *((id_column,) if id_column else ())):
        if name not in batch.schema.names:
            known = ", ".join(batch.schema.names)
            raise ConfigurationError(f"no column '{name}' in the batch: it has {known}")
    if columns is None:
        columns = _columns(batch, id_column)
    rows = _Rows(batch.num_rows)
    entries = entries_of_batch(batch, Place(""), 0, None, columns, id_column or "")
    for item in scan_entries(options.scanner(), entries, AT_ONCE, False, show=True):
        rows.add(item)
    ids = batch.column(id_column) if id_column else pa.nulls(batch.num_rows, pa.string())
    return pa.RecordBatch.from_arrays(
        [ids, *rows.arrays()],
        schema=result_schema(batch.schema.field(id_column).type if id_column else None),
    )


def _columns(batch: Any, id_column: str | None) -> list[str]:
    from sitclassify.batch.readers.arrow import is_text

    return [c.name for c in batch.schema if is_text(c.type) and c.name != id_column]


def result_schema(id_type: pa.DataType | None = None) -> pa.Schema:
    """The schema of what `scan_record_batch` returns, for engines that want it beforehand."""
    import pyarrow as pa

    place = [("column", pa.string()), ("pointer", pa.string())]
    span = [("start", pa.int32()), ("end", pa.int32())]
    finding = [
        *place,
        ("sit", pa.string()),
        *span,
        ("confidence", pa.int8()),
        ("evidence", pa.int16()),
        ("tags", pa.list_(pa.string())),
    ]
    answer = [
        *place,
        ("classifier", pa.string()),
        ("score", pa.float64()),
        ("level", pa.string()),
        *span,
    ]
    skipped = [("pointer", pa.string()), ("reason", pa.string())]
    return pa.schema(
        [
            ("id", id_type or pa.string()),
            ("findings", pa.list_(pa.struct(finding))),
            ("classifications", pa.list_(pa.struct(answer))),
            ("skipped", pa.list_(pa.struct(skipped))),
        ]
    )


class _Rows:
    """Findings, classifications and what was skipped, by row; nothing is kept for a row without."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._items: dict[str, list[tuple[Any, ...]]] = {}
        self._rows: dict[str, list[int]] = {}
        for name in ("findings", "classifications", "skipped"):
            self._items[name], self._rows[name] = [], []

    def _put(self, name: str, row: int, item: tuple[Any, ...]) -> None:
        self._items[name].append(item)
        self._rows[name].append(row)

    def add(self, item: Record | Unreadable) -> None:
        """Keep what a record tells."""
        if isinstance(item, Unreadable):
            self._put("skipped", (item.row or 1) - 1, (None, item.reason))
            return
        result, number = item.result, (item.place.row or 1) - 1
        for found in result.detections:
            piece = item.piece(found.start)
            self._put("findings", number, (
                item.column, piece.pointer, found.sit, found.start - piece.start,
                min(found.end, piece.end) - piece.start, found.confidence, len(found.evidence),
                sorted(found.tags),
            ))  # fmt: skip
        for answer in result.classifications:
            if answer.matched:
                piece = item.piece(answer.start)
                self._put("classifications", number, (
                    item.column, piece.pointer, answer.classifier, answer.score, answer.level,
                    answer.start - piece.start, min(answer.end, piece.end) - piece.start,
                ))  # fmt: skip
        for part in result.skipped:
            holder = (item.place.pointer or "").rpartition("/")[0]
            self._put("skipped", number, (moved(part.pointer, holder), part.reason))

    def arrays(self) -> list[Any]:
        """The three columns of lists."""
        import numpy as np
        import pyarrow as pa

        columns = []
        for field in result_schema():
            if field.name not in self._items:
                continue
            counts = np.bincount(
                np.array(self._rows[field.name], dtype=np.int64), minlength=self._count
            )
            offsets = np.zeros(self._count + 1, dtype=np.int32)
            np.cumsum(counts, out=offsets[1:])
            struct = field.type.value_type
            values = list(zip(*self._items[field.name], strict=True)) or [()] * struct.num_fields
            children = [pa.array(column, struct.field(i).type) for i, column in enumerate(values)]
            table = pa.StructArray.from_arrays(children, fields=list(struct))
            columns.append(pa.ListArray.from_arrays(pa.array(offsets), table, type=field.type))
        return columns
