"""What is read, and that every finding tells where it stands."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from ended import CARD, MAIL, SSN, Run, at

from sitclassify.batch.readers import source

CHAT = {
    "messages": [
        {"role": "system", "content": "You help."},
        {"role": "assistant", "content": "What is your SSN?"},
        {"role": "user", "content": SSN},
        {"role": "user", "content": [
            {"type": "text", "text": "and"},
            {"type": "image_url", "image_url": {"url": "x"}},
            {"type": "text", "text": f"my mail is {MAIL}"},
        ]},
        {"role": "assistant", "content": None, "tool_calls": [
            {"function": {"name": "pay", "arguments": json.dumps({"card": CARD})}},
        ]},
    ],
}  # fmt: skip


def write(path: Path, *rows: object) -> Path:
    lines = (row if isinstance(row, str) else json.dumps(row) for row in rows)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def test_a_text_file_is_one_text(scan: Run, tmp_path: Path) -> None:
    text = f"Größe: é\r\n\r\nmy SSN is {SSN}\nand {MAIL}"
    path = tmp_path / "note.txt"
    path.write_bytes(text.encode())
    done = scan(path, "--show-values")
    ssn, mail = done.found
    assert len(done.rows) == 1
    assert (ssn["file"], ssn["line"], ssn["column"]) == (str(path), 3, 11)
    assert (mail["line"], mail["column"]) == (4, 5)
    for found in (ssn, mail):
        assert text[found["start"] : found["end"]] == found["value"]


def test_lines_of_json(scan: Run, tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.jsonl", {"id": "p1", "text": "hi"}, "", {"id": 2, "text": f"SSN {SSN}"}
    )
    done = scan(path)
    assert [row["id"] for row in done.rows] == ["p1", "2"]
    assert [(row["line"], row["pointer"]) for row in done.rows] == [(1, "/text"), (3, "/text")]
    assert done.found[0]["start"] == 4


def test_a_field_of_a_row(scan: Run, tmp_path: Path) -> None:
    rows = [{"id": 1, "a": {"b": f"SSN {SSN}"}, "text": MAIL}, {"a.b": MAIL}, {"a": 1}]
    done = scan(write(tmp_path / "a.jsonl", *rows), "--field", "a.b")
    assert [(f["pointer"], f["sit"]) for f in done.found] == [
        ("/a/b", "us-social-security-number"),
        ("/a.b", "email-address"),
    ]
    assert done.status == 3
    assert "a.jsonl:3: has no field 'a.b'" in done.err


@pytest.mark.parametrize(
    ("row", "base"),
    [
        (CHAT, "/messages"),
        ({"custom_id": "c1", "body": {"model": "m", **CHAT}}, "/body/messages"),
        ({"other": CHAT["messages"]}, "/other"),
    ],
    ids=["messages", "batch", "field"],
)
def test_a_chat_is_scanned_as_a_conversation(
    scan: Run, tmp_path: Path, row: dict[str, object], base: str
) -> None:
    field = ("--field", "other") if base == "/other" else ()
    done = scan(write(tmp_path / "a.jsonl", row), "--show-values", *field)
    assert done.status == 0
    assert {f["pointer"] for f in done.found} == {
        f"{base}/2/content",
        f"{base}/3/content/2/text",
        f"{base}/4/tool_calls/0/function/arguments",
    }
    assert [f["value"] for f in done.found] == [SSN, MAIL, CARD]
    for found in done.found:
        assert at(row, found["pointer"])[found["start"] : found["end"]] == found["value"]
    skipped = [s["pointer"] for r in done.rows for s in r.get("skipped", ())]
    assert skipped == [f"{base}/3/content/1"]
    if "custom_id" in row:
        assert {r["id"] for r in done.rows} == {"c1"}


def test_evidence_of_a_later_part_counts_from_that_part(scan: Run, tmp_path: Path) -> None:
    parts = [{"type": "text", "text": "first"}, {"type": "text", "text": f"SSN {SSN}"}]
    row = {"messages": [{"role": "user", "content": parts}]}
    found = scan(write(tmp_path / "a.jsonl", row)).found[0]
    assert found["pointer"] == "/messages/0/content/1/text"
    assert found["evidence"] == [{"element": "keyword", "start": 0, "end": 3}]


def test_sharegpt(scan: Run, tmp_path: Path) -> None:
    row = {
        "conversations": [{"from": "gpt", "value": "Your SSN?"}, {"from": "human", "value": SSN}]
    }
    assert scan(write(tmp_path / "a.jsonl", row)).found[0]["pointer"] == "/conversations/1/value"


def test_what_only_looks_like_a_chat_is_scanned_whole(scan: Run, tmp_path: Path) -> None:
    users = {"users": [{"name": "Ada", "role": "admin", "mail": MAIL}]}
    mails = {"messages": [{"from": MAIL, "to": "x", "body": f"SSN {SSN}"}]}
    mixed = {
        "messages": [{"role": "user", "content": "hi"}, {"role": "user", "parts": [MAIL]}, MAIL]
    }
    done = scan(write(tmp_path / "a.jsonl", users, mails, mixed))
    assert [(f["line"], f["pointer"]) for f in done.found] == [
        (1, "/users/0/mail"),
        (2, "/messages/0/from"),
        (2, "/messages/0/body"),
        (3, "/messages/1/parts/0"),
        (3, "/messages/2"),
    ]


def test_a_broken_chat_stops_nothing(scan: Run, tmp_path: Path) -> None:
    bad = {"messages": [{"role": "user", "content": "x", "tool_calls": 5}]}
    done = scan(write(tmp_path / "a.jsonl", bad, {"text": MAIL}))
    assert done.found[0]["line"] == 2
    assert (done.status, "a.jsonl:1: /messages" in done.err) in ((0, False), (3, True))


def test_the_keys_of_an_unknown_row_are_evidence(scan: Run, tmp_path: Path) -> None:
    row = {
        "customer": {"ssn": SSN, "ids": [1, SSN]},
        "card": 4111111111111111,
        "x/y~": [MAIL],
        "id": "7",
    }
    done = scan(write(tmp_path / "a.jsonl", row))
    assert [(f["pointer"], f["sit"]) for f in done.found] == [
        ("/customer/ssn", "us-social-security-number"),
        ("/card", "credit-card-number"),
        ("/x~1y~0/0", "email-address"),
    ]
    assert {r["id"] for r in done.rows} == {"7"}


def test_an_id_that_is_a_finding_is_not_told(scan: Run, tmp_path: Path) -> None:
    rows = write(tmp_path / "a.csv", "id,x", f"{MAIL},a", "n1,b")
    done = scan(rows)
    assert [r["id"] for r in done.rows] == [None, None, "n1", "n1"]
    assert MAIL not in done.out
    assert [f["pointer"] for f in done.found] == ["/id"]


def test_json_documents(scan: Run, tmp_path: Path) -> None:
    rows = [{"id": "a", "text": MAIL}, CHAT, {"deep": [{"ssn": SSN}]}]
    path = tmp_path / "a.json"
    path.write_text(json.dumps(rows, indent=1), encoding="utf-8-sig")
    done = scan(path, "--show-values")
    assert len(done.found) == 5
    for found in done.found:
        assert at(rows, found["pointer"])[found["start"] : found["end"]] == found["value"]
    path.write_text(json.dumps(rows[0]), encoding="utf-8")
    assert scan(path).found[0]["pointer"] == "/text"
    write(path, *rows)
    assert [f["line"] for f in scan(path).found] == [1, 2, 2, 2, 3]


def test_csv(scan: Run, tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.csv",
        "id;ssn;note;note",
        f'1;{SSN};"two',
        f'lines; {MAIL}";"quote ""x"""',
        f"2;219-09-4471;;{MAIL};{MAIL}",
    )
    done = scan(path, "--show-values")
    assert [(f["line"], f["row"], f["pointer"], f["value"]) for f in done.found] == [
        (2, 1, "/ssn", SSN),
        (2, 1, "/note", MAIL),
        (4, 2, "/ssn", "219-09-4471"),
        (4, 2, "/3", MAIL),
        (4, 2, "/4", MAIL),
    ]
    assert done.found[0]["evidence"] == [{"element": "keyword", "start": -5, "end": -2}]
    assert [r["id"] for r in scan(path, "--field", "ssn").rows] == ["1", "2"]


def test_csv_without_a_header_loses_no_row(scan: Run, tmp_path: Path) -> None:
    done = scan(write(tmp_path / "a.csv", f"Ada,{MAIL}", f"Bo,{MAIL}"))
    assert [(f["row"], f["pointer"]) for f in done.found] == [(1, "/1"), (2, "/1")]


def test_tsv_and_a_missing_column(scan: Run, tmp_path: Path) -> None:
    path = write(tmp_path / "a.tsv", "mail, home\tx", f"{MAIL}\ty")
    assert scan(path).found[0]["pointer"] == "/mail, home"
    done = scan(path, "--field", "phone")
    assert (done.status, done.rows) == (3, [])
    assert "has no column 'phone'" in done.err


def test_parquet(scan: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    table = pa.table(
        {
            "id": ["a", "b"],
            "ssn": pa.array([SSN, None]).dictionary_encode(),
            "card": pa.array([None, 4111111111111111], pa.int64()),
            "messages": [None, CHAT["messages"][1:3]],
            "tags": [[MAIL], []],
            "weight": [0.5, 1.5],
        }
    )
    pq.write_table(table, path)
    done = scan(path)
    assert [(f["row"], f["pointer"]) for f in done.found] == [
        (1, "/ssn"),
        (1, "/tags/0"),
        (2, "/card"),
        (2, "/messages/1/content"),
    ]
    one = scan(path, "--field", "ssn")
    assert [(r["id"], r["row"], r["pointer"]) for r in one.rows] == [("a", 1, "/ssn")]
    assert scan("-", input=path.read_bytes()).found[0]["file"] == "<stdin>"


def test_a_parquet_row_with_broken_text(scan: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    broken = pa.array([b"\xff", MAIL.encode()]).view(pa.binary()).cast(pa.binary())
    column = pa.StringArray.from_buffers(2, *broken.buffers()[1:])
    pq.write_table(pa.table({"t": column}), path)
    done = scan(path)
    assert (done.status, [f["row"] for f in done.found]) == (3, [2])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_marked_encodings(scan: Run, tmp_path: Path, encoding: str) -> None:
    for name, text in (
        ("a.txt", f"é {MAIL}"),
        ("a.jsonl", json.dumps({"text": MAIL})),
        ("a.csv", f"a\n{MAIL}"),
    ):
        path = tmp_path / name
        path.write_text(text, encoding=encoding)
        done = scan(path)
        assert (done.status, len(done.found)) == (0, 1)


@pytest.mark.parametrize(
    ("data", "pointer"),
    [
        (f"my mail\nis {MAIL}", None),
        (json.dumps({"text": MAIL}), "/text"),
        ("\ufeff" + json.dumps({"text": MAIL}) + "\n" + json.dumps({"text": "b"}), "/text"),
        ('{"an object": "but no row"} ' + MAIL, None),
    ],
)
def test_standard_input(scan: Run, data: str, pointer: str | None) -> None:
    done = scan("-", input=data)
    assert done.found[0].get("pointer") == pointer
    assert done.found[0]["file"] == "<stdin>"


def test_folders(scan: Run, tmp_path: Path) -> None:
    for folder in ("b/.git", ".ssh"):
        (tmp_path / folder).mkdir(parents=True)
    for name in ("b/x.txt", "a.txt", ".env", ".ssh/key", "b/.git/config"):
        (tmp_path / name).write_text(MAIL, encoding="utf-8")
    (tmp_path / "loop").symlink_to(tmp_path)
    done = scan(tmp_path)
    assert [Path(f["file"]).name for f in done.found] == ["a.txt", "x.txt"]
    assert "2 hidden files and folders left out" in done.err
    assert scan(tmp_path, "--quiet").err == ""
    done = scan(tmp_path, "--hidden")
    assert [Path(f["file"]).name for f in done.found] == [".env", "a.txt", "key", "x.txt"]
    assert done.err == ""
    out = tmp_path / "out.jsonl"
    assert scan(tmp_path, "-o", out).status == scan(tmp_path, "-o", out).status == 0
    assert len(out.read_text(encoding="utf-8").splitlines()) == 2, "the output is no input"


def test_what_cannot_be_read_is_told_and_the_rest_is_scanned(scan: Run, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(
        b'{"text": "SSN %s"\n{"text": "caf\xe9 %s"}\n' % (SSN.encode(), MAIL.encode())
        + b"[" * 200_000
        + b'\n{"text": "%s"}\n' % MAIL.encode()
    )
    (tmp_path / "b.txt").write_bytes(b"one\ntwo \xff " + MAIL.encode())
    (tmp_path / "c.bin").write_bytes(bytes(range(256)) * 4)
    (tmp_path / "d.parquet").write_bytes(b"PAR1 and no more")
    (tmp_path / "e.txt").symlink_to(tmp_path / "nothing")
    (tmp_path / "f.json").write_text('{\n"ssn": ' + SSN, encoding="utf-8")
    os.mkfifo(tmp_path / "g")
    (tmp_path / "h.txt").write_text(MAIL, encoding="utf-8")
    done = scan(tmp_path, tmp_path / "gone.txt")
    assert done.status == 3
    assert [Path(f["file"]).name for f in done.found] == ["a.jsonl", "a.jsonl", "b.txt", "h.txt"]
    for told in (
        "a.jsonl:1: no valid JSON at column", "a.jsonl:2: not valid UTF-8", "a.jsonl:3: JSON",
        "b.txt:2: not valid UTF-8", "c.bin: binary", "d.parquet: no readable Parquet",
        "e.txt: No such file", "f.json:2: no valid JSON", "g: no regular file", "gone.txt: No such",
    ):  # fmt: skip
        assert told in done.err
    assert SSN not in done.err
    assert MAIL not in done.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_permissions(scan: Run, tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o000)
    (tmp_path / "a.txt").touch(mode=0o000)
    done = scan(tmp_path)
    assert done.status == 3
    assert done.err.count("Permission denied") == 2


def test_a_line_too_long_is_told(
    scan: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "MAX_TEXT", 1000)
    path = write(tmp_path / "a.jsonl", {"text": "x" * 5000}, {"text": MAIL})
    done = scan(path)
    assert (done.status, [f["line"] for f in done.found]) == (3, [2])
    assert "a.jsonl:1: longer than" in done.err
    path.rename(tmp_path / "a.txt")
    assert scan(tmp_path / "a.txt").status == 0, "a plain text may have any length"


def test_a_long_first_line_of_standard_input(scan: Run) -> None:
    row = json.dumps({"text": "plain words " * 400_000 + MAIL})
    assert len(scan("-", input=row).found) == 1


def test_many_problems_are_counted(scan: Run, tmp_path: Path) -> None:
    done = scan(write(tmp_path / "a.jsonl", *["{"] * 50))
    assert done.err.count("no valid JSON") == 20
    assert "30 more could not be read" in done.err


def test_the_sample(scan: Run) -> None:
    done = scan("--sample")
    assert done.status == 0
    assert {f["file"] for f in done.found} == {"sample.jsonl"}
    assert len({row["id"] for row in done.rows}) == 25
