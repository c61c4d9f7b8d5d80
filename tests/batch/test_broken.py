"""Inputs as they come: broken, empty, compressed, of any script, of changing columns; nothing stops a run."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from corpus import MAIL, findings, places, rows, unreadable, write

from sitclassify.batch import Options, run
from sitclassify.batch.entries import Unreadable
from sitclassify.batch.readers.formats import read_part
from sitclassify.batch.readers.source import Meter
from sitclassify.batch.readers.storage import File, Files
from sitclassify.batch.shards import parts_of


def test_broken_files_stop_nothing(options: Options, tmp_path: Path) -> None:
    inputs = tmp_path / "in"
    inputs.mkdir()
    good = {"text": f"mail {MAIL}"}
    (inputs / "a.parquet").write_bytes(b"PAR1 and no more PAR1")
    (inputs / "b.parquet").write_bytes(b"")
    (inputs / "c.jsonl").write_bytes(b'{"text": "x\n\xff\n' + json.dumps(good).encode() + b"\n[1")
    (inputs / "d.csv").write_bytes(f'id,mail\n1,{MAIL}\n2,"open {MAIL}\n'.encode())
    (inputs / "e.jsonl.gz").write_bytes(gzip.compress(json.dumps(good).encode() * 9 + b"\n")[:-20])
    (inputs / "f.jsonl.gz").write_bytes(b"no gzip at all")
    (inputs / "g.jsonl.zst").write_bytes(b"\x28\xb5\x2f\xfd and nothing")
    (inputs / "h.txt").write_bytes(bytes(range(256)) * 9)
    (inputs / "i.jsonl").write_bytes(b"")
    (inputs / "j.csv").write_bytes(b"")
    (inputs / "k.json").write_text("{", encoding="utf-8")
    (inputs / "z.jsonl").write_text(json.dumps(good) + "\n", encoding="utf-8")
    whole = write(inputs / "l.parquet", rows(500)).read_bytes()
    middle = len(whole) // 3
    (inputs / "l.parquet").write_bytes(whole[:middle] + b"\0" * 99 + whole[middle + 99 :])
    outcome = run([inputs, tmp_path / "gone.csv"], tmp_path / "out", options=options, jobs=2)
    told = {Path(row["file"]).name: row["reason"] for row in unreadable(tmp_path / "out")}
    assert set(told) >= {
        "a.parquet", "b.parquet", "c.jsonl", "e.jsonl.gz", "f.jsonl.gz", "g.jsonl.zst", "h.txt",
        "k.json", "l.parquet", "gone.csv",
    }  # fmt: skip
    files = {Path(row["file"]).name for row in findings(tmp_path / "out")}
    assert files >= {"c.jsonl", "d.csv", "z.jsonl"}
    assert outcome.summary.unread == len(unreadable(tmp_path / "out"))
    assert outcome.is_complete
    assert MAIL not in json.dumps(unreadable(tmp_path / "out"))


@pytest.mark.parametrize("suffix", ["gz", "bz2", "xz", "zst"])
def test_compressed_and_damaged(options: Options, tmp_path: Path, suffix: str) -> None:
    """What can be unpacked is scanned, and the rest is told; other files are none the worse."""
    data = "".join(json.dumps(row) + "\n" for row in rows(20_000)).encode()
    whole = packed(data, suffix)
    (tmp_path / f"a.jsonl.{suffix}").write_bytes(whole[: len(whole) // 2])
    (tmp_path / f"b.jsonl.{suffix}").write_bytes(b"nothing of the kind, but long enough" * 9)
    middle = len(whole) // 2
    (tmp_path / f"c.csv.{suffix}").write_bytes(whole[:middle] + b"\0" * 64 + whole[middle + 64 :])
    write(tmp_path / "d.jsonl", rows(7))
    outcome = run(tmp_path, tmp_path / "out", options=options, jobs=1)
    told = {Path(row["file"]).name for row in unreadable(tmp_path / "out")}
    assert told >= {f"a.jsonl.{suffix}", f"b.jsonl.{suffix}", f"c.csv.{suffix}"}
    assert "d.jsonl" not in told and outcome.is_complete
    assert {Path(row["file"]).name for row in findings(tmp_path / "out")} >= {"d.jsonl"}


def test_nothing_in_it(options: Options, tmp_path: Path) -> None:
    """Empty files of every kind, tables without rows, rows without texts, an empty folder."""
    inputs = tmp_path / "in"
    (inputs / "empty").mkdir(parents=True)
    for suffix in ("jsonl", "json", "csv", "tsv", "txt", "md", "jsonl.gz", "eml"):
        (inputs / f"a.{suffix}").write_bytes(gzip.compress(b"") if suffix.endswith("gz") else b"")
    pq.write_table(pa.table({"text": pa.array([], pa.string())}), inputs / "b.parquet")
    pq.write_table(pa.table({}), inputs / "c.parquet")
    pq.write_table(pa.table({"text": pa.array([None, "", "  "])}), inputs / "d.parquet")
    (inputs / "e.csv").write_text("id,text\n", "utf-8")
    (inputs / "f.jsonl").write_text('{}\n\n[]\n{"text": ""}\n{"messages": []}\nnull\n', "utf-8")
    outcome = run(inputs, tmp_path / "out", options=options, jobs=1)
    assert outcome.is_complete and outcome.summary.hits == 0
    assert findings(tmp_path / "out") == []
    told = {Path(row["file"]).name for row in unreadable(tmp_path / "out")}
    assert told <= {"a.json", "a.eml"}, "an empty file is no JSON value and no mail"


def test_names_and_texts_of_any_script(options: Options, tmp_path: Path) -> None:
    """Names of files, columns and ids; values between letters of several bytes, and beyond the first plane."""
    text = f"\u00e9\u65e5\u672c \U0001f600 {MAIL} \u0645\u0631\u062d\u0628\u0627"
    row = {"id": "\u65e5\u672c-1", "\u0438\u043c\u044f": text}
    write(tmp_path / "\u00fcber \u65e5\u672c.jsonl", [row])
    write(tmp_path / "\u0645.parquet", [row])
    write(tmp_path / "\u0438.csv", [row])
    os.close(os.open(os.fsencode(tmp_path) + b"/bad\xff.txt", os.O_CREAT | os.O_WRONLY))
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/bad\xff.txt")).write_text(text, "utf-8")
    for form in ("parquet", "jsonl", "csv"):
        assert run(
            tmp_path, tmp_path.parent / form, options=options, format=form, jobs=1
        ).is_complete
    found = findings(tmp_path.parent / "parquet")
    assert len(found) == 4
    for one in found:
        assert text[one["start"] : one["end"]] == MAIL
    assert {one["pointer"] for one in found} == {None, "/\u0438\u043c\u044f"}
    assert {one["id"] for one in found} == {None, "\u65e5\u672c-1"}


def test_inputs_named_twice_and_ids_that_repeat(options: Options, tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", [{"id": "same", "text": f"write to {MAIL}"}] * 3)
    run([path, path, tmp_path, tmp_path / "*.jsonl"], tmp_path / "out", options=options, jobs=1)
    assert [(row["line"], row["id"]) for row in findings(tmp_path / "out")] == [
        (1, "same"), (2, "same"), (3, "same"),
    ]  # fmt: skip


def test_schema_drift(options: Options, tmp_path: Path) -> None:
    pq.write_table(pa.table({"text": [MAIL]}), tmp_path / "a.parquet")
    pq.write_table(
        pa.table({"text": pa.array([MAIL], pa.large_string()), "n": [1]}), tmp_path / "b.parquet"
    )
    pq.write_table(
        pa.table({"body": [[{"role": "user", "content": MAIL}]]}), tmp_path / "c.parquet"
    )
    pq.write_table(pa.table({"text": [7]}), tmp_path / "d.parquet")
    write(
        tmp_path / "e.jsonl",
        [{"text": MAIL}, {"body": {"mail": MAIL}}, {"text": 5}, {"text": None}],
    )
    outcome = run(tmp_path, tmp_path / "out", options=options, jobs=1)
    assert [(Path(f["file"]).name, f["pointer"]) for f in findings(tmp_path / "out")] == [
        ("a.parquet", "/text"), ("b.parquet", "/text"), ("c.parquet", "/body/0/content"),
        ("e.jsonl", "/text"), ("e.jsonl", "/body/mail"),
    ]  # fmt: skip
    assert outcome.summary.unread == 0


def packed(data: bytes, suffix: str) -> bytes:
    import bz2
    import lzma

    pack = {
        "gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress,
        "zst": lambda d: pa.compress(d, "zstd", asbytes=True),
    }[suffix]  # fmt: skip
    return bytes(pack(data))


@pytest.mark.parametrize("suffix", ["gz", "bz2", "xz", "zst"])
def test_compressed(options: Options, tmp_path: Path, suffix: str) -> None:
    data = "".join(json.dumps(row) + "\n" for row in rows(50)).encode()
    parts = (packed(data[:4000], suffix), packed(data[4000:], suffix))
    (tmp_path / f"a.jsonl.{suffix}").write_bytes(b"".join(parts))
    run(tmp_path / f"*.{suffix}", tmp_path / "out", options=options, jobs=1)
    assert [f["line"] for f in findings(tmp_path / "out")] == [1, 8, 15, 22, 29, 36, 43, 50]
    assert unreadable(tmp_path / "out") == []


def test_quotes_and_line_breaks_in_csv(options: Options, tmp_path: Path) -> None:
    """Wherever a block may end, it ends between records."""
    cells = ['"two\nlines, {}"', '"a ""quoted"" \n\n thing {}"', 'plain 5" pipe {}', '"{}"', "{}"]
    lines = [cells[i % 5].format(f"n{i}@kontor.test") + f",{i}" for i in range(200)]
    path = tmp_path / "a.csv"
    path.write_text("mail,n\n" + "\n\n".join(lines) + "\n", encoding="utf-8")
    run(path, tmp_path / "whole", options=options, jobs=1)
    assert [f["row"] for f in findings(tmp_path / "whole")] == list(range(1, 201))
    for size in (60, 97, 333, 1000):
        run(path, tmp_path / str(size), options=options, jobs=1, shard_bytes=size)
        assert places(tmp_path / str(size)) == places(tmp_path / "whole")


def test_parts_cover_a_file_of_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": 1}\n' + b"x" * 50 + b"\n\n\n" + b'{"text": 2}')
    file = next(f for f in Files().of(str(path)) if isinstance(f, File))
    for size in range(1, 90):
        parts = list(parts_of([file], size))
        assert [p.start for p in parts] == [0, *(p.end for p in parts[:-1])]
        assert parts[-1].end == file.size
        lines = [
            e.line if isinstance(e, Unreadable) else e.place.line
            for p in parts for e in read_part(p, None, Meter())
        ]  # fmt: skip
        assert lines == [1, 2, 5]


def test_url(options: Options, tmp_path: Path) -> None:
    fsspec = pytest.importorskip("fsspec")
    data = "".join(json.dumps(row) + "\n" for row in rows(300)).encode()
    memory = fsspec.filesystem("memory")
    memory.pipe("/bucket/b/a.jsonl", data)
    memory.pipe("/bucket/b/b.jsonl.gz", gzip.compress(data))
    memory.pipe("/bucket/c.parquet", write(tmp_path / "c.parquet", rows(300)).read_bytes())
    urls = ["memory://bucket/b/*", "memory://bucket/c.parquet", "memory://bucket/none*"]
    outcome = run(urls, tmp_path / "out", options=options, jobs=1, shard_bytes=9000)
    assert len(findings(tmp_path / "out")) == 3 * 43
    assert findings(tmp_path / "out")[0]["file"] == "memory:///bucket/b/a.jsonl"
    assert [t.reason for t in outcome.troubles] == ["no file matches"]
