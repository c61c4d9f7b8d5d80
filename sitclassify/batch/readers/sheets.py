"""Spreadsheets (xlsx, xlsb, xls, ods): every cell is a text, the name of its column its label."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import Any

from sitclassify.batch.entries import Entry, Place, Text
from sitclassify.batch.label import label
from sitclassify.batch.readers.tables import column_names


def read_sheets(
    name: str, data: bytes, attached: Callable[[str, bytes], Iterator[Entry]]
) -> Iterator[Entry]:
    """Entries of a workbook, sheet by sheet, hidden ones too. Cells hold what formulas came to."""
    from python_calamine import CalamineWorkbook

    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for sheet in workbook.sheet_names:
        yield from _cells(name, sheet, workbook.get_sheet_by_name(sheet))


def _cells(name: str, title: str, sheet: Any) -> Iterator[Text]:
    if sheet.start is None:
        return
    first = sheet.start[1]  # column that the rows begin with
    names: list[str] | None = None
    for number, row in enumerate(sheet.iter_rows(), 1):
        texts = [_text(cell) for cell in row]
        filled = [i for i, text in enumerate(texts) if text and not text.isspace()]
        if names is None and filled and 2 * len(filled) >= len(texts):  # no title above the table
            names = column_names(texts)
            if any(names):
                continue
        known = names or [""] * len(texts)
        fields = {key: text for key, text in zip(known, texts, strict=False) if key}
        for i in filled:
            letters, column = _letters(first + i), known[i]
            place = Place(name, part=f"{title}!{letters}{number}")
            yield Text(place, texts[i], None, label((column,)), column or letters, fields)


def _text(cell: Any) -> str:
    if isinstance(cell, bool):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, (date, datetime, time)):
        return cell.isoformat()
    return str(cell)


def _letters(column: int) -> str:
    """The name of a column, counted from 0.

    >>> _letters(0), _letters(25), _letters(26), _letters(701), _letters(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters
