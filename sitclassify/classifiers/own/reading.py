"""Labelled texts out of folders and files: txt, md, jsonl, csv, docx, pdf."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from sitclassify.errors import ConfigurationError

FIELD = "text"  # of a JSON line, and the column of a CSV file
_DOCUMENTS = "pip install 'sitclassify[train]'"


class Example(NamedTuple):
    """A text, whether it is a positive, and where it was read."""

    text: str
    label: int
    address: str


def examples(
    positive: Iterable[str | Path], negative: Iterable[str | Path], field: str = FIELD
) -> list[Example]:
    """All texts of the named folders and files; texts without a word are left out.

    field: the key of a JSON line and the column of a CSV file that holds the text.
    Raises `ConfigurationError` with the address of what cannot be read: nothing is skipped.
    """
    found = []
    for label, places in ((1, positive), (0, negative)):
        for place in places:
            for path in _files(Path(place)):
                found += [Example(text, label, where) for where, text in _read(path, field)]
    return [example for example in found if any(c.isalnum() for c in example.text)]


def _files(place: Path) -> list[Path]:
    """The files below a folder, hidden ones left out; a file is itself."""
    if place.is_file():
        return [place]
    if not place.is_dir():
        raise ConfigurationError(f"{place}: no such file or folder")
    paths = sorted(path for path in place.rglob("*") if path.is_file())
    paths = [path for path in paths if not _is_hidden(path.relative_to(place))]
    if not paths:
        raise ConfigurationError(f"{place}: no files\n  put texts there ({', '.join(_READERS)})")
    return paths


def _is_hidden(path: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in path.parts)


def _read(path: Path, field: str) -> Iterator[tuple[str, str]]:
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise ConfigurationError(
            f"{path}: cannot be read\n  known are {', '.join(_READERS)}; move it away or convert it"
        )
    try:
        yield from reader(path, field)
    except UnicodeDecodeError as error:
        raise ConfigurationError(
            f"{path}: is not UTF-8 at byte {error.start}\n  convert it"
        ) from None


def _plain(path: Path, field: str) -> Iterator[tuple[str, str]]:
    yield str(path), path.read_text(encoding="utf-8-sig")


def _json_lines(path: Path, field: str) -> Iterator[tuple[str, str]]:
    with path.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    record = json.loads(line)
                except ValueError:
                    raise ConfigurationError(f"{path}:{number}: is no JSON") from None
                yield f"{path}:{number}", _field(record, field, f"{path}:{number}")


def _field(record: Any, field: str, where: str) -> str:
    text = record.get(field) if isinstance(record, dict) else record
    if not isinstance(text, str):
        raise ConfigurationError(
            f"{where}: no text under '{field}'\n  name the key that holds the text (--field)"
        )
    return text


def _table(path: Path, field: str) -> Iterator[tuple[str, str]]:
    csv.field_size_limit(sys.maxsize)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file, strict=True)
        try:
            if field not in (rows.fieldnames or ()):
                raise ConfigurationError(
                    f"{path}:1: no column '{field}'\n"
                    f"  its columns are {', '.join(rows.fieldnames or ('none',))}: choose one (--field)"
                )
            for row in rows:
                yield f"{path}:{rows.line_num}", row[field] or ""
        except csv.Error as error:
            raise ConfigurationError(f"{path}:{rows.line_num}: is no CSV: {error}") from None


def _word(path: Path, field: str) -> Iterator[tuple[str, str]]:
    try:
        import docx
    except ImportError:
        raise ConfigurationError(f"{path}: needs python-docx: {_DOCUMENTS}") from None
    try:
        document = docx.Document(str(path))
    except Exception as error:  # zip, XML and the package's own errors
        raise ConfigurationError(f"{path}: is no docx file: {type(error).__name__}") from None
    yield str(path), "\n".join(_blocks(document))


def _blocks(container: Any) -> Iterator[str]:
    """Paragraphs and rows of tables in their order."""
    for block in container.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                yield "\t".join("\n".join(_blocks(cell)) for cell in row.cells)
        else:
            yield block.text


def _pdf(path: Path, field: str) -> Iterator[tuple[str, str]]:
    try:
        import pypdf
    except ImportError:
        raise ConfigurationError(f"{path}: needs pypdf: {_DOCUMENTS}") from None
    try:
        text = "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    except Exception as error:  # damaged files raise about everything
        raise ConfigurationError(f"{path}: is no readable PDF: {type(error).__name__}") from None
    if not text.strip():
        raise ConfigurationError(f"{path}: holds pictures of text only\n  run OCR, or move it away")
    yield str(path), text


_READERS = {
    ".txt": _plain,
    ".md": _plain,
    ".jsonl": _json_lines,
    ".csv": _table,
    ".docx": _word,
    ".pdf": _pdf,
}
