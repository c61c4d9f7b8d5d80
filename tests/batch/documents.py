"""Made-up documents, written by the packages that others write them with."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage

from corpus import CARD, MAIL, SSN


def pdf(*pages: str, form: str = "") -> bytes:
    """A PDF with a line on each page, and a field of a form that is filled in with `form` on the first."""
    count = len(pages)
    kids = " ".join(f"{10 + i} 0 R" for i in range(count))
    objects = {
        1: "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R]/DA(/F 12 Tf)>>>>",
        2: f"<</Type/Pages/Count {count}/Kids[{kids}]>>",
        3: "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        4: f"<</Type/Annot/Subtype/Widget/FT/Tx/T(x)/V({form})/Rect[9 9 400 40]/F 4/AP<</N 5 0 R>>>>",
        5: stream(f"BT /F 12 Tf 5 5 Td ({form}) Tj ET", "/Type/XObject/Subtype/Form/BBox[0 0 391 31]"
                  "/Resources<</Font<</F 3 0 R>>>>"),
    }  # fmt: skip
    for i, text in enumerate(pages):
        notes = "/Annots[4 0 R]" if form and i == 0 else ""
        objects[10 + i] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents {100 + i} 0 R{notes}"
            "/Resources<</Font<</F 3 0 R>>>>>>"
        )
        objects[100 + i] = stream(f"BT /F 12 Tf 50 700 Td ({text}) Tj ET")
    told = "".join(f"{number} 0 obj {body} endobj\n" for number, body in objects.items())
    return f"%PDF-1.7\n{told}trailer <</Root 1 0 R>>\n%%EOF\n".encode("latin-1")


def stream(text: str, more: str = "") -> str:
    """A stream of a PDF."""
    return f"<</Length {len(text)}{more}>> stream\n{text}\nendstream"


def xlsx() -> bytes:
    """A title, a table below it, and a second sheet that is hidden."""
    import xlsxwriter

    told = io.BytesIO()
    book = xlsxwriter.Workbook(told)
    sheet = book.add_worksheet("People")
    sheet.write("B1", "All our people")
    sheet.write_row("B3", ["name", "ssn", "card"])
    sheet.write_row("B4", ["Ada", SSN, 4111111111111111])
    hidden = book.add_worksheet("Old")
    hidden.write("A1", f"write to {MAIL}")
    hidden.hide()
    book.close()
    return told.getvalue()


def ods() -> bytes:
    """One table with a label above its value."""
    spaces = "".join(
        f' xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"'
        for n in ("office", "table", "text")
    )
    rows = "".join(
        f'<table:table-row><table:table-cell office:value-type="string"><text:p>{v}</text:p>'
        "</table:table-cell></table:table-row>"
        for v in ("ssn", SSN)
    )
    body = (
        f"<office:document-content{spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="T">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    told = io.BytesIO()
    with zipfile.ZipFile(told, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", body)
    return told.getvalue()


def docx() -> bytes:
    """Text in the body, a table, a header and a comment."""
    import docx as word

    document = word.Document()
    run = document.add_paragraph("My ssn is ").add_run(SSN)
    table = document.add_table(2, 2)
    for i, text in enumerate(("name", "mail", "Ada", MAIL)):
        table.cell(i // 2, i % 2).text = text
    document.sections[0].header.paragraphs[0].text = f"card {CARD}"
    if hasattr(document, "add_comment"):
        document.add_comment([run], text=f"ask {MAIL}")
    told = io.BytesIO()
    document.save(told)
    return told.getvalue()


def pptx() -> bytes:
    """A slide with notes, and one with a table."""
    from pptx import Presentation
    from pptx.util import Inches

    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = f"card {CARD}"
    slide.notes_slide.notes_text_frame.text = f"ask {MAIL}"
    other = deck.slides.add_slide(deck.slide_layouts[6])
    table = other.shapes.add_table(2, 1, *(Inches(1),) * 4).table
    table.cell(0, 0).text, table.cell(1, 0).text = "ssn", SSN
    told = io.BytesIO()
    deck.save(told)
    return told.getvalue()


def eml(*files: tuple[str, bytes]) -> bytes:
    """A message in two forms, with files attached and a message that is passed on."""
    inner = EmailMessage()
    inner["Subject"], inner["From"] = "inner", "eve@kontor.test"
    inner.set_content(f"card {CARD}")
    message = EmailMessage()
    message["From"], message["To"] = "Ada <ada@kontor.test>", "bob@kontor.test"
    message["Subject"], message["Date"] = f"ssn {SSN}", "Wed, 25 Nov 2026 10:00:00 +0000"
    message.set_content("see below")
    message.add_alternative(
        f"<style>p {{}}</style><p>my <b>ssn</b> is 536-90<i>-4399</i><script>{CARD}</script>",
        "html",
    )
    for name, data in files:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    message.add_attachment(inner)
    return bytes(message)
