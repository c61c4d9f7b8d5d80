"""Word and PowerPoint: all text of their XML, also in comments, notes, text boxes and deleted passages."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

from sitclassify.batch.entries import Entry, Place, Text

_WORD = ("wordprocessingml", "ms-word.document")  # in the content type of parts that hold text
_EMBEDDED = "/embeddings/"
_BESIDE = {
    "notesSlide": "notes",
    "comments": "comments",
    "diagramData": "diagram",
    "chart": "chart",
}
_TEXTS = frozenset(("t", "delText", "v"))  # v: a value of a chart
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n"}
_SKIPPED = frozenset(("pPr", "rPr", "sectPr", "tblPr", "Fallback"))  # Fallback: the same once more

Attached = Callable[[str, bytes], Iterator[Entry]]


def read_docx(name: str, data: bytes, attached: Attached) -> Iterator[Entry]:
    """Entries of a Word file: body, headers and footers, notes, comments, and embedded files."""
    from docx.opc.package import OpcPackage
    from docx.oxml.parser import parse_xml

    for part in OpcPackage.open(io.BytesIO(data)).iter_parts():
        if any(mark in part.content_type for mark in _WORD):
            title = part.partname.rpartition("/")[2].removesuffix(".xml")
            told = "body" if title == "document" else title
            yield from _texts(name, told, parse_xml(part.blob))
        elif _EMBEDDED in part.partname:
            yield from attached(part.partname.rpartition("/")[2], part.blob)


def read_pptx(name: str, data: bytes, attached: Attached) -> Iterator[Entry]:
    """Entries of a presentation: its slides, and the notes, comments, diagrams and charts beside each."""
    from pptx import Presentation
    from pptx.oxml import parse_xml

    for number, slide in enumerate(Presentation(io.BytesIO(data)).slides, 1):
        yield from _texts(name, f"slide {number}", parse_xml(slide.part.blob))
        for link in slide.part.rels.values():
            if link.is_external:
                continue
            kind, part = link.reltype.rpartition("/")[2], link.target_part
            if kind in _BESIDE:
                yield from _texts(name, f"slide {number}, {_BESIDE[kind]}", parse_xml(part.blob))
            elif _EMBEDDED in part.partname:
                yield from attached(part.partname.rpartition("/")[2], part.blob)


def _texts(name: str, part: str, root: Any) -> Iterator[Text]:
    text = "".join(_pieces(root))
    if text and not text.isspace():
        yield Text(Place(name, part=part), text)


def _pieces(node: Any) -> Iterator[str]:
    """The text below a node: a line for each paragraph, and for each row of a table, its cells between tabs."""
    for child in node:
        if not isinstance(child.tag, str):  # a comment of XML
            continue
        tag = child.tag.rpartition("}")[2]
        if tag in _TEXTS:
            yield child.text or ""
        elif tag in _BREAKS:
            yield _BREAKS[tag]
        elif tag == "tr":
            cells = [c for c in child if str(c.tag).endswith("}tc")]
            yield "\t".join(" ".join("".join(_pieces(cell)).split()) for cell in cells) + "\n"
        elif tag not in _SKIPPED:
            yield from _pieces(child)
            if tag in ("p", "pt"):
                yield "\n"
