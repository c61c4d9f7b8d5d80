"""PDF: the text of each page, what is filled into its forms, and attached files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from sitclassify.batch.entries import Entry, Place, Text, Unreadable


def read_pdf(
    name: str, data: bytes, attached: Callable[[str, bytes], Iterator[Entry]]
) -> Iterator[Entry]:
    """Entries of a PDF, page by page."""
    import pypdfium2

    pictures = 0
    with pypdfium2.PdfDocument(data) as document:
        document.init_forms()
        for number in range(len(document)):
            text, is_picture = _page(document, number)
            pictures += is_picture
            if text and not text.isspace():
                yield Text(Place(name, part=f"page {number + 1}"), text)
        if pictures:
            told = f"{pictures} of {len(document)} pages hold pictures and no text: not scanned"
            yield Unreadable(name, None, told)
        for number in range(document.count_attachments()):
            file = document.get_attachment(number)
            yield from attached(file.get_name(), bytes(file.get_data()))


def _page(document: Any, number: int) -> tuple[str, bool]:
    """The text of a page, and whether it holds pictures instead."""
    from pypdfium2 import raw

    page = document[number]
    try:
        if raw.FPDFPage_GetAnnotCount(page):  # what is filled in becomes part of the page
            raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
            page.close()
            page = document[number]
        lines = page.get_textpage()
        text = lines.get_text_bounded().replace("\r\n", "\n")
        lines.close()
        is_blank = not text or text.isspace()
        pictures = page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]) if is_blank else ()
        return text, any(True for _ in pictures)
    finally:
        page.close()
