"""Entries scanned together say what each says alone."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pytest
from corpus import MAIL, SSN, findings

from sitclassify.batch import Options, run, scan_record_batch
from sitclassify.batch.entries import Chat, Entry, Place, Text, Unreadable
from sitclassify.batch.readers.formats import read
from sitclassify.batch.readers.source import Meter
from sitclassify.batch.readers.storage import Files
from sitclassify.batch.records import Record, scan_entries

AT = Place("a.jsonl", 1, None, "")
CHAT = [{"role": "assistant", "content": "Your SSN?"}, {"role": "user", "content": SSN}]
ENTRIES: list[Entry] = [
    Text(AT, f"write to {MAIL}", "r1"),
    Text(AT, SSN, "r2", "ssn:", "ssn"),
    Unreadable("a.jsonl", 2, "no valid JSON"),
    Text(AT, "nothing", "r3"),
    Chat(AT, CHAT, "c1"),
    Text(AT, "x" * 2_000_000, "r4"),
    Text(AT, f"{MAIL}, again", MAIL, is_id_scanned=True),
    Text(AT, "nothing", "r1"),
]


def told(items: list[Record | Unreadable]) -> list[object]:
    return [
        (str(item) if isinstance(item, Unreadable) else (item.place, item.result.to_json()))
        for item in items
    ]


@pytest.mark.parametrize("at_once", [2, 3, 256])
def test_together_as_alone(options: Options, at_once: int) -> None:
    scanner = options.scanner()
    alone = told(list(scan_entries(scanner, ENTRIES)))
    assert told(list(scan_entries(scanner, ENTRIES, at_once))) == alone
    assert len(alone) == len(ENTRIES) + 1, "a chat is two texts"


def test_an_id_is_told_where_there_is_something_to_tell(options: Options) -> None:
    items = scan_entries(options.scanner(), ENTRIES, 256, is_all_told=False)
    ids = [item.result.id for item in items if isinstance(item, Record)]
    assert ids == ["r1", "r2", None, "c1", "c1", None, None, None], "one id is a mail address"


def test_an_entry_waits_for_no_other_unless_asked_to(options: Options) -> None:
    read_so_far: list[Entry] = []

    def entries():  # type: ignore[no-untyped-def]
        for entry in ENTRIES:
            read_so_far.append(entry)
            yield entry

    next(scan_entries(options.scanner(), entries()))
    assert len(read_so_far) == 1


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
def test_long_values_beside_a_text_are_not_kept(tmp_path: Path, name: str) -> None:
    blob = "y" * 100_000
    if name == "a.csv":
        lines = f"text,user,blob\nhello,u1,{blob}\n"
    else:
        row = {"text": "hello", "user": "u1", "blob": blob, "meta": {"app": "chat", "raw": blob}}
        lines = json.dumps(row | {"list": [blob]}) + "\n"
    (tmp_path / name).write_text(lines, encoding="utf-8")
    (entry,) = read([str(tmp_path / name)], Files(), "text", Meter())
    assert isinstance(entry, Text) and entry.row is not None
    assert blob not in json.dumps(dict(entry.row))
    assert entry.row["user"] == "u1"
    assert name == "a.csv" or entry.row["meta"] == {"app": "chat"}


def test_a_value_among_the_names_is_masked(options: Options, tmp_path: Path) -> None:
    """Keys of JSON, roles, ids, applications: in findings, numbers and what is told of columns."""
    rows = [
        {"people": {MAIL: {"mail": MAIL}}, "ssn": {SSN: MAIL}},
        {"id": MAIL, "text": f"write to {MAIL}"},
        {"id": MAIL, "app": MAIL, "messages": [{"role": MAIL, "content": MAIL}]},
    ]
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    for form in ("jsonl", "csv", "parquet"):
        out = tmp_path / form
        summary = run(path, out, options=options, format=form, jobs=1).summary
        assert summary.hits == 4
        for file in out.rglob("*.*"):
            data = file.read_bytes() if file.is_file() else b""
            assert MAIL.encode() not in data and SSN.encode() not in data, file
    assert "people.**********.*est.mail" in summary.columns
    shown = run(path, tmp_path / "shown", options=options, jobs=1, show_values=True)
    assert f"people.{MAIL}.mail" in shown.summary.columns
    assert findings(tmp_path / "shown")[0]["pointer"] == f"/people/{MAIL}/mail"


def test_the_kernel_hands_through_what_it_is_given(options: Options) -> None:
    batch = pa.record_batch({"id": [MAIL], "map": [{MAIL: MAIL}]})
    out = scan_record_batch(batch, id_column="id", options=options).to_pylist()[0]
    assert (out["id"], out["findings"][0]["pointer"]) == (MAIL, f"/map/{MAIL}")
