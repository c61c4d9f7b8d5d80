"""Office files, PDF and e-mail: every finding with its part, and damaged files aside with their reason."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import documents
import pytest
from corpus import MAIL, SSN, findings, unreadable
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitclassify.batch import Options, run
from sitclassify.batch.entries import Unreadable
from sitclassify.batch.readers.documents import read_document

needs = pytest.importorskip
SSN_ID, CARD_ID, MAIL_ID = "us-social-security-number", "credit-card-number", "email-address"


def found(options: Options, place: Path, *files: tuple[str, bytes]) -> list[tuple[str, str]]:
    folder = place / "in"
    folder.mkdir()
    for name, data in files:
        (folder / name).write_bytes(data)
    run(folder, place / "out", options=options, jobs=1)
    return [(row["part"], row["sit"]) for row in findings(place / "out")]


def test_pdf(options: Options, tmp_path: Path) -> None:
    needs("pypdfium2")
    data = documents.pdf(
        f"my ssn is {SSN}", "nothing", f"write to {MAIL}", form="see eve@kontor.test"
    )
    assert found(options, tmp_path, ("a.pdf", data)) == [
        ("page 1", SSN_ID), ("page 1", MAIL_ID), ("page 3", MAIL_ID),
    ]  # fmt: skip
    assert unreadable(tmp_path / "out") == []


def test_sheets(options: Options, tmp_path: Path) -> None:
    needs("python_calamine")
    assert found(options, tmp_path, ("a.xlsx", documents.xlsx()), ("b.ods", documents.ods())) == [
        ("People!C4", SSN_ID), ("People!D4", CARD_ID), ("Old!A1", MAIL_ID), ("T!A2", SSN_ID),
    ]  # fmt: skip


def test_docx(options: Options, tmp_path: Path) -> None:
    needs("docx")
    told = found(options, tmp_path, ("a.docx", documents.docx()))
    assert {*told} >= {("body", SSN_ID), ("body", MAIL_ID), ("header1", CARD_ID)}
    assert ("comments", MAIL_ID) in told


def test_pptx(options: Options, tmp_path: Path) -> None:
    needs("pptx")
    assert found(options, tmp_path, ("a.pptx", documents.pptx())) == [
        ("slide 1", CARD_ID), ("slide 1, notes", MAIL_ID), ("slide 2", SSN_ID),
    ]  # fmt: skip


def test_mail_and_what_is_attached(options: Options, tmp_path: Path) -> None:
    rows = f"ssn\n{SSN}\n".encode()
    data = documents.eml(("a.csv", rows), ("b.csv.gz", gzip.compress(rows)), ("c.gz", b"no"))
    told = found(options, tmp_path, ("a.eml", data))
    assert [one for one in told if one[1] != MAIL_ID] == [
        ("headers", SSN_ID), ("body 2 (html)", SSN_ID), ("a.csv", SSN_ID), ("b.csv.gz", SSN_ID),
        ("body 3", CARD_ID),
    ]  # fmt: skip
    assert [one for one in told if one[1] == MAIL_ID] == [("headers", MAIL_ID)] * 3
    reasons = [row["reason"] for row in unreadable(tmp_path / "out")]
    assert reasons == ["c.gz: broken gzip data: the rest is not scanned"]
    row = findings(tmp_path / "out")[3]
    assert (row["row"], row["pointer"]) in {(1, "/ssn"), (None, None)}


def test_documents_in_a_mail(options: Options, tmp_path: Path) -> None:
    needs("pypdfium2"), needs("python_calamine")
    data = documents.eml(("a.pdf", documents.pdf("no", f"ssn {SSN}")), ("b.xlsx", documents.xlsx()))
    told = found(options, tmp_path, ("a.eml", data))
    assert {("a.pdf, page 2", SSN_ID), ("b.xlsx, People!C4", SSN_ID)} <= {*told}


def test_damaged_files_go_aside(options: Options, tmp_path: Path) -> None:
    for package in ("pypdfium2", "python_calamine", "docx", "pptx"):
        needs(package)
    makers: dict[str, Callable[[], bytes]] = {
        "a.docx": documents.docx, "b.xlsx": documents.xlsx, "c.pptx": documents.pptx,
        "d.ods": documents.ods,
    }  # fmt: skip
    files = [(name, make()[:-300]) for name, make in makers.items()]
    files += [(f"empty-{name}", b"") for name in makers] + [
        ("a.pdf", b"%PDF-1.7 no"),
        ("a.eml", b""),
    ]
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (40 << 20))
    files += [("bomb.docx", bomb.getvalue()), ("z.txt", f"ssn {SSN}".encode())]
    assert found(options, tmp_path, *files) == [(None, SSN_ID)]
    told = {Path(row["file"]).name: row["reason"] for row in unreadable(tmp_path / "out")}
    assert set(told) == {name for name, _ in files} - {"z.txt"}
    assert told["bomb.docx"] == "unpacks to more than it can honestly hold: not scanned"
    assert told["a.docx"] == "damaged or encrypted (docx): the rest is not scanned"
    assert told["a.eml"] == "no e-mail: it has no header"


@given(st.sampled_from(["pdf", "docx", "pptx", "xlsx", "eml"]), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_damage_raises(kind: str, chance: object) -> None:
    """Bytes changed and cut at random: entries, or a reason; never an error, never a value in a reason."""
    for package in ("pypdfium2", "python_calamine", "docx", "pptx"):
        needs(package)
    makers: dict[str, Callable[[], bytes]] = {
        "pdf": lambda: documents.pdf(f"ssn {SSN}", MAIL, form=SSN), "docx": documents.docx,
        "pptx": documents.pptx, "xlsx": documents.xlsx, "eml": documents.eml,
    }  # fmt: skip
    data = bytearray(makers[kind]())
    for _ in range(chance.randint(1, 40)):  # type: ignore[attr-defined]
        data[chance.randrange(len(data))] = chance.randrange(256)  # type: ignore[attr-defined]
    del data[chance.randint(len(data) // 2, len(data)) :]  # type: ignore[attr-defined]
    told = {"xlsx": "sheets"}.get(kind, kind)
    for entry in read_document("a", told, bytes(data), lambda name, data: iter(())):
        if isinstance(entry, Unreadable):
            assert SSN not in entry.reason and MAIL not in entry.reason
        else:
            assert entry.place.part
