"""Office files, PDF and e-mail to texts: which package reads what, and what is told where none can.

A text is told by its part: `page 3`, `Sheet1!B7`, `slide 2, notes`, `invoice.pdf, page 1`. Packages come with the
extra `documents`; e-mail needs none.
"""

from __future__ import annotations

import importlib.util
import io
import zipfile
from collections.abc import Callable, Iterator

from sitclassify.batch.entries import Entry, Unreadable
from sitclassify.batch.readers import mail, office, pdf, sheets

EMAIL, PDF, DOCX, PPTX, SHEETS = "eml", "pdf", "docx", "pptx", "sheets"
SUFFIXES = {
    ".eml": EMAIL, ".pdf": PDF, ".docx": DOCX, ".docm": DOCX, ".pptx": PPTX, ".pptm": PPTX,
    ".xlsx": SHEETS, ".xlsm": SHEETS, ".xlsb": SHEETS, ".xls": SHEETS, ".ods": SHEETS,
}  # fmt: skip
_READERS = {
    EMAIL: mail.read_mail, PDF: pdf.read_pdf, DOCX: office.read_docx, PPTX: office.read_pptx,
    SHEETS: sheets.read_sheets,
}  # fmt: skip
_PACKAGES = {PDF: "pypdfium2", DOCX: "docx", PPTX: "pptx", SHEETS: "python_calamine"}
_MOST_UNPACKED = 1 << 30  # bytes that an office file, which is a zip archive, may unpack to
_MOST_RATIO = 200  # and how many times its own size; what is small may unpack to more
_SMALL = 16 << 20

Attached = Callable[[str, bytes], Iterator[Entry]]


def kinds() -> list[str]:
    """The kinds whose package is installed."""
    return sorted(kind for kind in _READERS if _is_installed(kind))


def _is_installed(kind: str) -> bool:
    return kind not in _PACKAGES or importlib.util.find_spec(_PACKAGES[kind]) is not None


def read_document(name: str, kind: str, data: bytes, attached: Attached) -> Iterator[Entry]:
    """Entries of the file `name`, which holds `data`; `attached` reads the files in it, by their names."""
    if not _is_installed(kind):
        yield Unreadable(name, None, "not scanned: needs pip install 'sitclassify[documents]'")
        return
    if kind not in (EMAIL, PDF) and _is_bomb(data):
        yield Unreadable(name, None, "unpacks to more than it can honestly hold: not scanned")
        return
    try:
        yield from _READERS[kind](name, data, attached)
    except Exception:  # damaged files raise about everything, and messages may quote them
        yield Unreadable(name, None, f"damaged or encrypted ({kind}): the rest is not scanned")


def _is_bomb(data: bytes) -> bool:
    """Whether an archive's own table tells sizes that no office file has."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False  # no archive: its reader tells
    return size > min(_MOST_UNPACKED, max(_SMALL, _MOST_RATIO * len(data)))
