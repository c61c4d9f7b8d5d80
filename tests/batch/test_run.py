"""Runs into a folder: the same findings as `scan`, exactly once, whatever is read and however they end."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from corpus import CARD, MAIL, SSN, findings, rows, unreadable, write

from sitclassify import ConfigurationError
from sitclassify.batch import Fields, Options, Progress, run
from sitclassify.batch.entries import Unreadable
from sitclassify.batch.folder import RunFolder
from sitclassify.batch.readers.formats import read_part
from sitclassify.batch.readers.source import Meter
from sitclassify.batch.readers.storage import File, Files
from sitclassify.batch.shards import parts_of, shards_of

Found = tuple[str, int | None, int | None, str, int, int]


def places(folder: Path) -> list[tuple[Any, ...]]:
    keys = ("file", "line", "row", "pointer", "id", "sit", "start", "end", "value")
    return [tuple(row[key] for key in keys) for row in findings(folder)]


@pytest.mark.parametrize("name", ["a.parquet", "a.jsonl", "a.csv"])
def test_every_cutting_finds_the_same(options: Options, tmp_path: Path, name: str) -> None:
    table = rows(1000)
    path = write(tmp_path / name, table)
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    run(path, whole, options=options, jobs=1)
    outcome = run(path, cut, options=options, jobs=1, shard_bytes=4000)
    assert len(list((cut / "shards").iterdir())) > 5
    assert places(cut) == places(whole)
    scan = options.scanner().scan
    expected = sum(len(scan(row["text"]).detections) for row in table)
    assert len(places(whole)) == expected == 143
    assert outcome.summary.unread == 0


def test_a_long_row_group_is_cut_by_its_rows(options: Options, tmp_path: Path) -> None:
    pq.write_table(pa.Table.from_pylist(rows(5000)), path := tmp_path / "a.parquet")
    assert pq.ParquetFile(path).num_row_groups == 1
    run(path, tmp_path / "whole", options=options, jobs=1)
    run(path, tmp_path / "cut", options=options, jobs=1, shard_bytes=4000)
    assert len(list((tmp_path / "cut" / "shards").iterdir())) > 5
    assert places(tmp_path / "cut") == places(tmp_path / "whole")
    less = run(
        path, tmp_path / "l", options=options, jobs=1, shard_bytes=4000, limit=1234, field="text"
    )
    assert less.summary.texts == 1234


def test_processes_find_the_same(options: Options, tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", rows(600))
    one = run(path, tmp_path / "one", options=options, jobs=1, shard_bytes=9000)
    two = run(path, tmp_path / "two", options=options, jobs=2, shard_bytes=9000)
    assert places(tmp_path / "one") == places(tmp_path / "two")
    assert one.summary.to_dict()["cube"] and one.summary.texts == two.summary.texts == 600
    assert sorted(one.summary.cube.items()) == sorted(two.summary.cube.items())


def test_a_run_that_is_done_is_not_done_again(options: Options, tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", rows(300))
    first = run(path, tmp_path / "out", options=options, jobs=1, shard_bytes=9000)
    before = {p: p.stat().st_mtime_ns for p in (tmp_path / "out" / "findings").iterdir()}
    again = run(path, tmp_path / "out", options=options, jobs=1, shard_bytes=9000)
    assert {p: p.stat().st_mtime_ns for p in (tmp_path / "out" / "findings").iterdir()} == before
    assert again.resumed == first.summary.texts == again.summary.texts == 300


def test_another_run_is_refused(options: Options, tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", rows(20))
    out = tmp_path / "out"
    run(path, out, options=options, jobs=1)
    with pytest.raises(ConfigurationError, match=r"holds another run \(arguments differ\)"):
        run(path, out, options=options, jobs=1, limit=3)
    write(path, rows(21))
    with pytest.raises(ConfigurationError, match=r"holds another run \(inputs differ\)"):
        run(path, out, options=options, jobs=1)
    with pytest.raises(ConfigurationError, match="holds other files"):
        run(path, tmp_path, options=options, jobs=1)


def test_progress_is_told_inside_a_shard(options: Options, tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", rows(3000))
    told: list[Progress] = []
    run(path, tmp_path / "out", options=options, jobs=1, on_progress=told.append)
    positions = [progress.position for progress in told]
    assert positions == sorted(positions) and len(set(positions)) > 2, "one shard, several words"
    assert positions[-1] == told[-1].total == path.stat().st_size


KILLED = """
import sys
from pathlib import Path
from sitclassify.batch import Options, run
if __name__ == "__main__":
    source, out, catalogue, cache = sys.argv[1:]
    run(source, out, options=Options.of(catalogue=catalogue, classifiers=(), cache=cache), jobs=2,
        shard_bytes=3000)
"""


def test_killed_and_run_again_it_is_complete_and_exactly_once(
    options: Options, tmp_path: Path
) -> None:
    """The whole process group is killed with SIGKILL at several moments."""
    path = write(tmp_path / "a.jsonl", rows(6000))
    out, script = tmp_path / "out", tmp_path / "killed.py"
    script.write_text(KILLED, encoding="utf-8")
    assert options.catalogue is not None
    command = [sys.executable, script, path, out, options.catalogue[0], str(options.cache)]
    done, kills = 0, 0
    for aim in (1, 40, 90):
        process = subprocess.Popen(command, start_new_session=True)
        deadline = time.monotonic() + 60
        while len(list(out.glob("shards/*.json"))) < aim and time.monotonic() < deadline:
            time.sleep(0.005)
        if process.poll() is None:
            kills += 1
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        done = len(list(out.glob("shards/*.json")))
    assert kills >= 2 and not (out / "summary.json").exists()
    total = sum(
        1 for _ in shards_of([f for f in Files().of(str(path)) if isinstance(f, File)], 3000)
    )
    assert 0 < done < total
    outcome = run(path, out, options=options, jobs=2, shard_bytes=3000)
    assert outcome.resumed > 0 and outcome.summary.texts == 6000
    run(path, tmp_path / "whole", options=options, jobs=1)
    assert places(out) == places(tmp_path / "whole")
    assert not list(out.rglob("*.tmp"))


def test_children_end_with_their_parent(options: Options, tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", rows(20_000))
    script = tmp_path / "killed.py"
    script.write_text(KILLED, encoding="utf-8")
    assert options.catalogue is not None
    out = tmp_path / "out"
    command = [sys.executable, script, path, out, options.catalogue[0], str(options.cache)]
    process = subprocess.Popen(command, start_new_session=True)
    while not list(out.glob("shards/*.json")) and process.poll() is None:
        time.sleep(0.01)
    process.kill()  # the parent alone
    process.wait()
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGKILL)
    pytest.fail("children outlive their parent")


def test_an_engine_that_is_not_there(
    options: Options, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "a.jsonl", rows(3))
    with pytest.raises(ConfigurationError, match="engine is one of local, ray, not 'spark'"):
        run(path, tmp_path / "out", options=options, engine="spark")
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(ConfigurationError, match=r"pip install 'sitclassify\[ray\]'"):
        run(path, tmp_path / "out", options=options, engine="ray")
    assert run(path, tmp_path / "out", options=options, jobs=1).is_complete


def test_two_runs_into_one_folder(options: Options, tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", rows(3))
    with (
        RunFolder(tmp_path / "out").locked(),
        pytest.raises(ConfigurationError, match="another process"),
    ):
        run(path, tmp_path / "out", options=options, jobs=1)


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


@pytest.mark.parametrize("suffix", ["gz", "bz2", "xz", "zst"])
def test_compressed(options: Options, tmp_path: Path, suffix: str) -> None:
    import bz2
    import lzma

    data = "".join(json.dumps(row) + "\n" for row in rows(50)).encode()
    pack = {
        "gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress,
        "zst": lambda d: pa.compress(d, "zstd", asbytes=True),
    }[suffix]  # fmt: skip
    (tmp_path / f"a.jsonl.{suffix}").write_bytes(pack(data[:4000]) + pack(data[4000:]))
    run(tmp_path / f"*.{suffix}", tmp_path / "out", options=options, jobs=1)
    assert [f["line"] for f in findings(tmp_path / "out")] == [1, 8, 15, 22, 29, 36, 43, 50]
    assert unreadable(tmp_path / "out") == []


@pytest.mark.parametrize("name", ["a.parquet", "a.jsonl", "a.jsonl.gz", "a.csv", "a.csv.gz"])
def test_limit_and_sample(options: Options, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name.endswith(".gz"):
        plain = write(tmp_path / name.removesuffix(".gz"), rows(500))
        path.write_bytes(gzip.compress(plain.read_bytes()))
    else:
        write(path, rows(500))
    write(tmp_path / "z.jsonl", rows(500))
    inputs = [path, tmp_path / "z.jsonl"]
    limited = run(
        inputs, tmp_path / "l", options=options, jobs=1, limit=120, field="text", shard_bytes=5000
    )
    assert limited.summary.texts == 120
    more = run(
        inputs, tmp_path / "m", options=options, jobs=1, limit=510, field="text", shard_bytes=5000
    )
    assert more.summary.texts == 510
    some = run(path, tmp_path / "s", options=options, jobs=1, sample=0.2, field="text")
    run(path, tmp_path / "t", options=options, jobs=1, sample=0.2, field="text", shard_bytes=900)
    assert 60 < some.summary.texts < 140
    assert places(tmp_path / "s") == places(tmp_path / "t")


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


def test_facets(options: Options, tmp_path: Path) -> None:
    table = [
        {"user": MAIL, "app": "chat", "timestamp": 1764063000, "text": MAIL},
        {"user": "u2", "app": "chat", "timestamp": "2026-11-02", "text": f"{MAIL} ssn {SSN}"},
    ]
    path = write(tmp_path / "a.jsonl", table)
    summary = run(path, tmp_path / "a", options=options, jobs=1).summary
    days = {(sit, application, day) for sit, _, application, day in summary.cube}
    assert {("email-address", "chat", d) for d in ("2026-11-02", "2025-11-25")} <= days
    assert [user for user, _ in summary.users if "kontor" in user] == [], "a mail address is masked"
    assert summary.pairs == {("email-address", "us-social-security-number"): 1}
    asked = run(path, tmp_path / "b", options=options, jobs=1, fields=Fields(user="user")).summary
    assert asked.users[MAIL, "email-address"] == 1


def test_no_value_in_what_a_run_writes(options: Options, tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.jsonl", [{"text": f"ssn {SSN} card {CARD} {MAIL}"}, {"id": MAIL, "x": MAIL}]
    )
    for form in ("jsonl", "csv", "parquet"):
        out = tmp_path / form
        run(path, out, options=options, jobs=1, format=form)
        for file in out.rglob("*.*"):
            data = file.read_bytes() if file.is_file() else b""
            assert not any(value.encode() in data for value in (SSN, CARD, MAIL)), file
        run(
            path, tmp_path / f"{form}-shown", options=options, jobs=1, format=form, show_values=True
        )
        shown = next((tmp_path / f"{form}-shown" / "findings").iterdir()).read_bytes()
        assert SSN.encode() in shown


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


MEASURED = """
import resource, sys
from sitclassify.batch import Options, run
source, out, catalogue, cache, megabytes = sys.argv[1:]
options = Options.of(catalogue=catalogue, classifiers=(), cache=cache)
options.scanner().warm()
limit = int(megabytes) << 20
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
summary = run(source, out, options=options, jobs=1).summary
print(summary.unread, sum(summary.cube.values()), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="limits and their units are those of Linux")
@pytest.mark.parametrize(
    ("name", "lines", "size", "peak"),
    [
        ("a.txt", 3000, 100_000, 500),
        ("a.jsonl", 3, 100_000_000, 1500),
        ("a.csv", 3, 100_000_000, 1500),
    ],
)
def test_memory_is_bounded(
    options: Options, tmp_path: Path, name: str, lines: int, size: int, peak: int
) -> None:
    """300 MB of text, and rows of 100 MB each: by the length of a row, not of the file."""
    filling = "ordinary words, and more of them. " * (size // 34)
    with (tmp_path / name).open("w", encoding="utf-8") as file:
        file.write("id,text\n" * name.endswith("csv"))
        for i in range(lines):
            text = f"{filling} {MAIL}"
            told = {"jsonl": json.dumps({"id": i, "text": text}), "csv": f'{i},"{text}"'}
            file.write(told.get(name[2:], text) + "\n")
    assert options.catalogue is not None
    command = [sys.executable, "-c", MEASURED, tmp_path / name, tmp_path / "out"]
    command += [options.catalogue[0], str(options.cache), "3000"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    unread, found, megabytes = map(int, done.stdout.split())
    assert (unread, found) == (0, lines) and megabytes < peak
    (tmp_path / name).unlink()
