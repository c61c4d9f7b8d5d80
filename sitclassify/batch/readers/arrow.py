"""Arrow record batches to texts and chats: what the kernel and the reader of Parquet share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sitclassify.batch.entries import Entry, Place, Text, Unreadable, step
from sitclassify.batch.label import label
from sitclassify.batch.readers.json_rows import IDS, MISSING, dig, entries_below

_BROKEN = "not valid UTF-8: read with replacement characters"


class Row(Mapping[str, Any]):
    """One row of a batch; a field becomes a Python object when it is asked for."""

    __slots__ = ("_batch", "_number")

    def __init__(self, batch: Any, number: int) -> None:
        self._batch, self._number = batch, number

    def __getitem__(self, name: str) -> Any:
        try:
            return self._batch.column(name)[self._number].as_py()
        except UnicodeDecodeError:
            raise KeyError(name) from None

    def __contains__(self, name: object) -> bool:
        return bool(self._batch.schema.get_field_index(name) >= 0)

    def __iter__(self) -> Iterator[str]:
        return iter(self._batch.schema.names)

    def __len__(self) -> int:
        return int(self._batch.num_columns)


def wanted(schema: Any, field: str | None, beside: Sequence[str] = ()) -> list[str]:
    """Names of the columns to read: those of text, or that of `field`; ids, and those of `beside`."""
    if field is None:
        read = [column.name for column in schema if is_text(column.type)]
    else:
        read = [field if field in schema.names else field.split(".")[0]]
    also = [name for name in (*IDS, *beside) if name in schema.names and name not in read]
    return read + also


def entries_of_batch(
    batch: Any,
    place: Place,
    before: int,
    field: str | None,
    columns: Sequence[str] | None = None,
    id_column: str | None = None,
) -> Iterator[Entry]:
    """Texts and chats of a batch, row by row; rows count from `before` + 1.

    `field` is one column or a dotted path below it; else `columns`, or all columns of text.
    """
    names = _ids(batch, id_column)
    if columns is None:
        found = [c.name for c in batch.schema if is_text(c.type)]
        columns = found if field is None else [n for n in wanted(batch.schema, field) if n in found]
        columns = columns if field is None else columns[:1]
    cells = [_Cells(batch.column(name), name, field) for name in columns]
    scans_ids = field is None and id_column is None
    for i in range(batch.num_rows):
        number = before + i + 1
        row = Row(batch, i)
        for cell in cells:
            value = cell.values[i]
            if i in cell.broken:
                yield Unreadable(place.file, None, f"{cell.pointer} is {_BROKEN}", number)
            if cell.is_plain:
                if value and not value.isspace():
                    at = Place(place.file, None, number, cell.pointer)
                    yield Text(at, value, names[i], cell.context, cell.name, row, scans_ids)
            elif value is not None:
                at = Place(place.file, None, number, cell.pointer)
                yield from cell.below(value, at, names[i], row)


class _Cells:
    """The cells of one column as Python values."""

    def __init__(self, column: Any, name: str, field: str | None) -> None:
        import pyarrow as pa

        kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
        self.is_plain = not pa.types.is_nested(kind)
        self.name, self.pointer, self.context = name, step(name), label((name,))
        self.broken: set[int] = set()
        self._deep = field if field is not None and field != name else None
        if pa.types.is_integer(kind):
            column = column.cast(kind).cast(pa.string())
        try:
            self.values = _python(column)
        except UnicodeDecodeError:
            self.values = [self._value(column, i) for i in range(len(column))]

    def _value(self, column: Any, i: int) -> Any:
        try:
            return column[i].as_py()
        except UnicodeDecodeError:
            self.broken.add(i)
            if not self.is_plain:
                return None
            import pyarrow as pa

            cell = column.slice(i, 1)
            if pa.types.is_dictionary(cell.type):
                cell = cell.dictionary_decode()
            return cell.cast(pa.large_binary())[0].as_py().decode("utf-8", "replace")

    def below(self, value: Any, place: Place, name: str | None, row: Row) -> Iterator[Entry]:
        """Texts and chats of one nested cell."""
        path: tuple[str, ...] = (self.name,)
        if self._deep is not None:
            value = dig({self.name: value}, self._deep)
            keys = self._deep.split(".")[1:]
            if value is MISSING:
                yield Unreadable(place.file, None, f"has no field '{self._deep}'", place.row)
                return
            place, path = place.below(*keys), (*path, *keys)
        yield from entries_below(value, place, name, path, row)


def _python(column: Any) -> list[Any]:
    """The values of a column; a map whose keys repeat stays a list of pairs."""
    try:
        return list(column.to_pylist(maps_as_pydicts="strict"))
    except KeyError:
        return list(column.to_pylist())


def _ids(batch: Any, id_column: str | None) -> Sequence[str | None]:
    """What each row calls itself."""
    names = (id_column,) if id_column is not None else IDS
    for name in names:
        if name in batch.schema.names:
            values = _Cells(batch.column(name), name, None).values
            return [None if value is None else str(value) for value in values]
    return [None] * int(batch.num_rows)


def is_text(kind: Any) -> bool:
    """Whether a column of an Arrow type can hold what is looked for."""
    from pyarrow import types

    if types.is_map(kind):
        return is_text(kind.item_type)
    if types.is_nested(kind):
        return any(is_text(kind.field(i).type) for i in range(kind.num_fields))
    if types.is_dictionary(kind):
        return is_text(kind.value_type)
    text = (types.is_string, types.is_large_string, types.is_string_view, types.is_integer)
    return any(is_kind(kind) for is_kind in text)
