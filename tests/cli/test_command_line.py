"""The command line as a user runs it: what it reads, writes and returns."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
CATALOGUE = Path(__file__).parent / "catalogue"
SITS = ["--sits", "us-social-security-number,credit-card-number,email-address"]
SCAN = ["scan", *SITS, "--no-classifiers"]
SSN = "536-90-4399"
TEXT = f"my SSN is {SSN}"


def command(*args: object) -> list[str]:
    return [sys.executable, "-m", "sitclassify", *map(str, args)]


def environment() -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS")}
    return kept | {"PYTHONPATH": str(ROOT), "TERM": "xterm-256color"}


def run(*args: object, given: bytes = b"") -> tuple[int, str, str]:
    done = subprocess.run(command(*args), input=given, capture_output=True, env=environment())
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def found(*args: object, given: bytes = b"") -> list[dict[str, Any]]:
    status, out, err = run(*SCAN, *args, given=given)
    assert status == 0, err
    return [r for r in map(json.loads, out.splitlines()) if r["detections"]]


def on_terminal(*args: object, **more: str) -> str:
    ours, theirs = pty.openpty()
    with subprocess.Popen(command(*args), stdout=theirs, stderr=theirs, stdin=subprocess.DEVNULL,
                          env=environment() | more):  # fmt: skip
        os.close(theirs)
        out = b""
        try:
            while chunk := os.read(ours, 65536):
                out += chunk
        except OSError:  # Linux: the other end is closed
            pass
    os.close(ours)
    return out.decode()


@pytest.fixture
def text_file(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(f"Hello,\n{TEXT}\n")
    return path


CHAT = [{"role": "system", "content": "be kind"}, {"role": "user", "content": "Hello"},
        {"role": "user", "content": TEXT}]  # fmt: skip
ROWS = [
    ({"id": "r", "text": TEXT}, "/text", "r"),
    ({"id": "c", "messages": CHAT}, "/messages/2/content", "c"),
    ({"custom_id": "b", "body": {"messages": CHAT[2:]}}, "/body/messages/0/content", "b"),
    ({"id": "s", "conversations": [{"from": "human", "value": TEXT}]},
     "/conversations/0/value", "s"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "pointer", "name"), ROWS, ids=["text", "chat", "batch", "sharegpt"]
)
def test_pointer_and_offsets_lead_back_to_the_value(
    tmp_path: Path, row: Any, pointer: str, name: str
) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps(row) + "\n")
    (record,) = found(path)
    (detection,) = record["detections"]
    assert (record["line"], record["id"]) == (1, name)
    assert detection.get("pointer", record["pointer"]) == pointer
    value: Any = row
    for key in pointer.split("/")[1:]:
        value = value[int(key) if isinstance(value, list) else key]
    assert value[detection["start"] : detection["end"]] == SSN


def test_csv_header_is_context_in_csv_and_parquet(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    (tmp_path / "t.csv").write_text(f"id,ssn\n7,{SSN}\n")
    pq.write_table(pa.table({"id": ["7"], "ssn": [SSN]}), tmp_path / "t.parquet")
    records = found(tmp_path)
    assert [(r["row"], r["pointer"], r["id"]) for r in records] == [(1, "/ssn", "7")] * 2


def test_folder_and_standard_input(text_file: Path) -> None:
    (text_file.parent / ".hidden").write_text(TEXT)
    assert [r["file"] for r in found(text_file.parent)] == [str(text_file)]
    assert [r["file"] for r in found("-", given=TEXT.encode())] == ["<stdin>"]


def test_formats_and_masking(text_file: Path, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    written = tmp_path / "out.parquet"
    assert run(*SCAN, text_file, "-o", written)[0] == 0
    (row,) = pq.read_table(written).to_pylist()
    assert (row["line"], row["column"], row["value"]) == (2, 11, "***-**-**99")
    for kind in ("jsonl", "csv", "sarif", "table"):
        assert SSN not in run(*SCAN, text_file, "-f", kind)[1]
        status, out, _ = run(*SCAN, text_file, "-f", kind, "--show-values")
        assert (status, SSN in out) == (0, True), kind
        if kind == "csv":
            assert [r["column"] for r in csv.DictReader(io.StringIO(out))] == ["11"]
        if kind == "sarif":
            place = json.loads(out)["runs"][0]["results"][0]["locations"][0]
            assert place["physicalLocation"]["region"]["startLine"] == 2


def test_exit_status_and_precedence(text_file: Path, tmp_path: Path) -> None:
    missing = tmp_path / "missing.txt"
    assert run(*SCAN, text_file)[0] == 0
    assert run(*SCAN, text_file, "--fail-on", "high")[0] == 1
    assert run(*SCAN, text_file, missing, "--fail-on", "high")[0] == 3
    assert run(*SCAN, text_file, missing, "--fail-on", "none")[0] == 2
    status, _, told = run("scan", text_file, "--sits", "us-social-securty-number")
    assert status == 2
    assert "did you mean 'us-social-security-number'" in told


@pytest.mark.parametrize(
    ("name", "data", "records", "told"),
    [
        ("a.jsonl", b'{"text": broken 536-90-4399\n{"text": "SSN 536-90-4399"}\n', 1, ":1: "),
        ("a.bin", b"SSN 536-90-4399\0\1\2", 0, "binary"),
        ("a.txt", b"caf\xe9 SSN 536-90-4399", 1, "not valid UTF-8"),
    ],
)
def test_bad_input_is_told_and_the_rest_scanned(
    tmp_path: Path, name: str, data: bytes, records: int, told: str
) -> None:
    (tmp_path / name).write_bytes(data)
    status, out, err = run(*SCAN, tmp_path / name)
    assert (status, len(out.splitlines())) == (3, records)
    assert told in err
    assert SSN not in err


@pytest.mark.parametrize("kind", ["jsonl", "csv"])
def test_half_a_character_in_an_id(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "\\ud800", "text": "' + TEXT + '"}\n')
    assert "\\ud800" in run(*SCAN, path, "-f", kind)[1]


def test_terminal_has_a_table_and_colours_unless_told(text_file: Path) -> None:
    coloured = on_terminal(*SCAN, text_file)
    assert "high 85" in coloured
    assert "\x1b[31m" in coloured
    assert "\x1b[31m" not in on_terminal(*SCAN, text_file, NO_COLOR="1")


def test_reader_that_has_gone(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text((json.dumps({"text": TEXT}) + "\n") * 3000)
    with subprocess.Popen(command(*SCAN, path), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          env=environment()) as process:  # fmt: skip
        assert process.stdout and process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


def test_check(tmp_path: Path) -> None:
    assert run("check", CATALOGUE)[0] == 0
    broken = tmp_path / "email-address.yaml"
    broken.write_text("id: email-address\nname: [\n")
    status, _, told = run("check", broken)
    assert status == 2
    assert "email-address.yaml" in told


def test_list_and_explain() -> None:
    status, out, _ = run("list", *SITS, "--format", "json", "--alias", "presidio")
    rows = {row["id"]: row for row in map(json.loads, out.splitlines())}
    assert (status, rows["us-social-security-number"]["presidio"]) == (0, "US_SSN")
    status, out, _ = run("explain", *SITS, TEXT)
    assert (status, SSN in out, "confidence 85" in out) == (0, False, True)


def test_compiled_folder_is_what_load_reads(tmp_path: Path) -> None:
    import sitclassify

    assert run("compile", "-o", tmp_path, "--catalogue", CATALOGUE)[0] == 0
    before = list(tmp_path.iterdir())
    scanner = sitclassify.load(catalogue=CATALOGUE, classifiers=(), cache=tmp_path)
    assert [d.sit for d in scanner.scan(TEXT).detections] == ["us-social-security-number"]
    assert list(tmp_path.iterdir()) == before
