"""What is written: the formats, the masks, the options that choose."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from ended import CARD, MAIL, SSN, Run

from sitclassify.batch.findings import Finding, masked

FORMATS = ("table", "jsonl", "csv", "parquet", "sarif")


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    folder = tmp_path / "in puts"
    folder.mkdir()
    (folder / "a note.txt").write_text(f"\nSSN: {SSN}, \U0001f600 {MAIL}", encoding="utf-8")
    row = {"id": "r1", "text": f"pay with card {CARD} please"}
    (folder / "b.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    (folder / "c.csv").write_text(f"ssn,mail\n219-09-4471,{MAIL}\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("to_file", [False, True])
def test_no_format_shows_a_value(
    scan: Run, inputs: Path, tmp_path: Path, form: str, to_file: bool
) -> None:
    out = tmp_path / "out"
    done = scan(inputs, "--format", form, *(("-o", out) if to_file else ()))
    assert done.status == 0
    data = out.read_bytes() if to_file else done.data
    assert data
    for value in (SSN, CARD, MAIL, '4399"', "1111 1111", "kontor"):
        assert value.encode() not in data
        assert value not in done.err


@pytest.mark.parametrize("form", FORMATS)
def test_values_when_asked_for(scan: Run, inputs: Path, form: str) -> None:
    assert SSN.encode() in scan(inputs, "--format", form, "--show-values").data


VALUES = [
    "",
    "a",
    "abc",
    "abcd",
    "!!@@##$$",
    SSN,
    CARD,
    "x" * 5000,
    "a@b.co",
    "\n" * 8,
    "----1----",
]


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("is_secret", [False, True])
def test_a_mask_shows_a_quarter_at_most(value: str, is_secret: bool) -> None:
    shown = masked(value, is_secret)
    assert len(shown) <= 36
    kept = min(4, len(value) // 4)
    hidden = shown[: len(shown) - kept]
    assert value.endswith(shown[len(hidden) :])
    assert set(hidden) <= set("*" if is_secret else "* -./")
    assert not is_secret or len(hidden) <= 12


def test_jsonl_is_the_result_of_the_contract(scan: Run, inputs: Path) -> None:
    rows = scan(inputs, "--format", "jsonl").rows
    assert {
        "id",
        "length",
        "catalogue",
        "models",
        "detections",
        "counts",
        "classifications",
        "file",
    } <= set(rows[0])
    ssn = rows[0]["detections"][0]
    assert ssn | {"evidence": None} == {
        "sit": "us-social-security-number", "name": "U.S. Social Security Number (SSN)",
        "guid": "a44669fe-0d48-453d-a9b1-2cc83f2cba77", "start": 6, "end": 17,
        "confidence": 75, "level": "medium", "evidence": None, "line": 2, "column": 6,
    }  # fmt: skip
    assert (rows[2]["row"], rows[2]["line"], rows[2]["pointer"]) == (1, 2, "/ssn")


def test_csv(scan: Run, inputs: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(scan(inputs, "--format", "csv").out)))
    assert tuple(rows[0]) == Finding._fields
    assert [(r["line"], r["column"], r["end_column"]) for r in rows[:2]] == [
        ("2", "6", "17"),
        ("2", "21", "36"),
    ]
    card = rows[2]
    assert (card["id"], card["pointer"], card["start"], card["end"]) == ("r1", "/text", "14", "33")
    assert (card["value"], card["evidence"], card["tags"]) == (
        "**** **** **** 1111",
        '"card"',
        "test-value",
    )
    assert [r["row"] for r in rows[3:]] == ["1", "1"]


def test_a_spreadsheet_runs_no_cell(scan: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"id": "=1+1", "text": MAIL}), encoding="utf-8")
    row = next(csv.DictReader(io.StringIO(scan(path, "--format", "csv").out)))
    assert row["id"] == "'=1+1"


def test_parquet(scan: Run, inputs: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    done = scan(inputs, "-o", out)
    assert "5 findings" in done.err
    table = pq.read_table(out)
    assert table.column_names == list(Finding._fields)
    rows = table.to_pylist()
    assert [r["sit"] for r in rows[:2]] == ["us-social-security-number", "email-address"]
    assert (rows[0]["line"], rows[0]["start"], rows[0]["confidence"]) == (2, 6, 75)
    empty = tmp_path / "empty.txt"
    empty.touch()
    scan(empty, "-o", out)
    assert pq.read_table(out).num_rows == 0


def sarif(text: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(text)
    assert document["version"] == "2.1.0"
    assert document["$schema"].endswith("sarif-2.1.0.json")
    (run,) = document["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("note", "warning", "error")
        assert result["message"]["text"]
        for location in result["locations"]:
            uri = location["physicalLocation"]["artifactLocation"]["uri"]
            assert re.fullmatch(r"[A-Za-z0-9%/._~:-]+", uri)
    return run


def test_sarif(scan: Run, inputs: Path) -> None:
    run = sarif(scan(inputs, "--format", "sarif").out)
    ssn, mail, card, cell, _ = run["results"]
    rules = run["tool"]["driver"]["rules"]
    assert rules[0]["help"]["text"]
    assert rules[0]["helpUri"].startswith("https://")
    region = ssn["locations"][0]["physicalLocation"]["region"]
    assert region == {
        "startLine": 2, "startColumn": 6, "endLine": 2, "endColumn": 17, "charOffset": 6, "charLength": 11,
    }  # fmt: skip
    assert mail["locations"][0]["physicalLocation"]["region"]["startColumn"] == 21
    assert run["columnKind"] == "unicodeCodePoints"
    assert card["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}
    assert card["locations"][0]["logicalLocations"] == [{"fullyQualifiedName": "/text"}]
    assert cell["locations"][0]["logicalLocations"] == [{"fullyQualifiedName": "row 1/ssn"}]
    assert [r["level"] for r in run["results"]][:3] == ["warning", "note", "error"]
    assert run["invocations"] == [{"executionSuccessful": True}]


def test_a_fingerprint_says_nothing_of_the_value(scan: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    prints = []
    for value in (SSN, "219-09-4471"):
        path.write_text(f"SSN {value} and SSN {value}", encoding="utf-8")
        results = sarif(scan(path, "--format", "sarif").out)["results"]
        prints.append([r["partialFingerprints"] for r in results])
    assert prints[0] == prints[1]
    assert prints[0][0] != prints[0][1]
    path.write_text(f"\n\nSSN {SSN}", encoding="utf-8")
    moved = sarif(scan(path, "--format", "sarif").out)["results"]
    assert moved[0]["partialFingerprints"] == prints[0][0]


def test_sarif_tells_what_was_not_read(scan: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("{\n", encoding="utf-8")
    run = sarif(scan(path, "--format", "sarif").out)
    (invocation,) = run["invocations"]
    assert not invocation["executionSuccessful"]
    told = invocation["toolExecutionNotifications"][0]
    assert told["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}
    assert (run["results"], run["tool"]["driver"]["rules"]) == ([], [])


def test_table(scan: Run, inputs: Path) -> None:
    done = scan(inputs, "--format", "table")
    for told in (
        "note.txt:2:6",
        "***-**-**99",
        '"SSN"',
        "b.jsonl:1",
        "c.csv row 1 /ssn",
        "high 85",
    ):
        assert told in done.out
    assert "4 texts, 5 findings of 3 types (1 high, 2 medium, 2 low) in" in done.out
    assert "\x1b" not in done.out
    assert scan("-", "--format", "table", input="hello").out.startswith("1 text, 0 findings")


def test_control_characters_do_not_reach_a_terminal(scan: Run) -> None:
    text = f"SSN \x1b[31m{SSN}\x1b]0;title\x07"
    done = scan("-", "--format", "table", "--show-values", input=text)
    assert "\x1b" not in done.out


def test_a_lone_surrogate_in_an_id(scan: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"id": "\ud800", "text": f"{MAIL} \udfff"}), encoding="utf-8")
    for form in FORMATS:
        done = scan(path, "--format", form)
        assert done.status == 0
    assert scan(path).rows[0]["id"] == "\ud800"


def test_the_suffix_of_the_output_tells_the_format(scan: Run, inputs: Path, tmp_path: Path) -> None:
    for form in ("csv", "sarif", "jsonl"):
        out = tmp_path / f"out.{form}"
        assert scan(inputs, "-o", out).out == ""
        assert out.read_bytes() == scan(inputs, "--format", form).data
    assert scan(inputs, "-q", "-o", out).err == ""


def test_allow(scan: Run) -> None:
    text = f"{MAIL} bob@kontor.test"
    assert len(scan("-", "--allow", MAIL.upper(), input=text).found) == 1
    assert len(scan("-", "--allow", r"/@kontor\.test$/", input=text).found) == 0
    assert scan("-", "--allow", "/(/", input=text).status == 2


def test_which_sits_and_how_sure(scan: Run) -> None:
    text = f"4012888888881881 {MAIL} SSN {SSN}"
    sits = {"credit-card-number", "us-social-security-number", "email-address"}

    def found(*options: str) -> set[str]:
        return {f["sit"] for f in scan("-", *options, input=text).found}

    assert found("--min-confidence", "low") == sits
    assert found("--min-confidence", "66") == {"us-social-security-number"}
    assert found("--sits", "email-address,country:us") == sits - {"credit-card-number"}
    assert found("--sits", "Email Address", "--sits", "presidio:US_SSN") == sits - {
        "credit-card-number"
    }


def test_a_report_of_either_kind_of_scan(scan: Run, inputs: Path, tmp_path: Path) -> None:
    for number, output in enumerate([(), ("-o", f"{tmp_path / 'run'}/", "--jobs", "1")]):
        page = tmp_path / f"{number}.html"
        done = scan(inputs, "--report", page, *output)
        assert done.status == 0 and f"report: {page}" in done.err.replace("\n", "")
        text = page.read_text("utf-8")
        assert '["texts with findings", 4]' in text
        assert not any(value in text for value in (SSN, CARD, MAIL))
    assert scan(inputs, "--report", tmp_path / "none" / "r.html").status == 2
