"""A plain text too long to be scanned at once: the findings of a scan of the whole, at their places in the whole."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path
from typing import Any

import pytest
from corpus import CARD, MAIL, SSN, findings, unreadable

from sitclassify.batch import Options, run
from sitclassify.batch.entries import Text
from sitclassify.batch.findings import findings_of, table_of
from sitclassify.batch.readers import windows
from sitclassify.batch.readers.formats import read
from sitclassify.batch.readers.source import Meter
from sitclassify.batch.readers.storage import Files
from sitclassify.batch.records import scan_entries

PLACE = ("line", "column", "end_line", "end_column", "start", "end", "sit", "value", "confidence")


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows of half a kilobyte."""
    monkeypatch.setattr(windows, "LONG_TEXT", 1000)
    monkeypatch.setattr(windows, "WINDOW", 512)
    monkeypatch.setattr(windows, "OVERLAP", 400)


def text_of(seed: int, has_lines: bool) -> str:
    """Words, values and line breaks without order."""
    dice = random.Random(seed)
    parts = [
        f"my ssn is {SSN} ",
        f"card {CARD}, ",
        f"{MAIL} ",
        "é日本\U0001f600 ",
        "word ",
        "1234 ",
    ]
    breaks = ["\n", "\r\n", "\n\n"] if has_lines else []
    return "".join(dice.choice(parts * 2 + breaks) for _ in range(2000))


def places(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [tuple(row[key] for key in PLACE) for row in rows]


@pytest.mark.parametrize("has_lines", [True, False])
@pytest.mark.parametrize("name", ["a.txt", "b.txt.gz", "c.utf16.txt"])
def test_windows_find_what_the_whole_does(
    options: Options, tmp_path: Path, name: str, has_lines: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = text_of(7, has_lines)
    data = text.encode("utf-16" if "utf16" in name else "utf-8-sig")
    path = tmp_path / name
    path.write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    run(path, tmp_path / "whole", options=options, jobs=1)
    for names, size in (("LONG_TEXT", 1000), ("WINDOW", 512), ("OVERLAP", 400)):
        monkeypatch.setattr(windows, names, size)
    outcome = run(path, tmp_path / "cut", options=options, jobs=1)
    whole = places(findings(tmp_path / "whole"))
    assert outcome.summary.texts > 20 and len(whole) > 300
    assert places(findings(tmp_path / "cut")) == whole
    assert outcome.summary.characters == len(text)
    for finding in findings(tmp_path / "cut")[:50]:
        line = text.split("\n")[finding["line"] - 1]
        assert line[finding["column"] - 1 :].startswith(("536", "4111", "ada@"))


@pytest.mark.usefixtures("small")
def test_windows_as_json(options: Options, tmp_path: Path) -> None:
    """What `scan --format jsonl` writes has the places of the whole too."""
    text = text_of(8, True)
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode())
    entries = list(read([str(path)], Files(), None, Meter()))
    assert len(entries) > 20 and all(isinstance(e, Text) and e.window for e in entries)
    for record in scan_entries(options.scanner(), entries):
        told, rows = table_of(record, True), list(findings_of(record, True))  # type: ignore[arg-type]
        assert [(d["start"], d["end"], d["line"], d["column"]) for d in told["detections"]] == [
            (f.start, f.end, f.line, f.column) for f in rows
        ]
        assert all(text[d["start"] : d["end"]] == d["value"] for d in told["detections"])


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("name", ["a.txt", "a.txt.gz"])
def test_bytes_that_are_no_text_in_a_window(options: Options, tmp_path: Path, name: str) -> None:
    data = b"\n".join(
        [b"word " * 20] * 30 + [b"bad \xff\xfe " + MAIL.encode()] + [b"word " * 20] * 30
    )
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    run(tmp_path / name, tmp_path / "out", options=options, jobs=1)
    assert [(row["line"], row["column"]) for row in findings(tmp_path / "out")] == [(31, 8)]
    assert {row["line"] for row in unreadable(tmp_path / "out")} == {31}
    assert "UTF-8" in json.dumps(unreadable(tmp_path / "out"))
