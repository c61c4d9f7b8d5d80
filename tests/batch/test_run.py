"""Runs into a folder: the same findings as `scan`, exactly once, whatever is read and however they end."""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from corpus import CARD, MAIL, SSN, places, rows, write

from sitclassify import ConfigurationError
from sitclassify.batch import Fields, Options, Progress, run
from sitclassify.batch.folder import RunFolder


@pytest.mark.parametrize("name", ["a.parquet", "a.jsonl", "a.csv"])
def test_every_cutting_finds_the_same(options: Options, tmp_path: Path, name: str) -> None:
    table = rows(1000)
    path = write(tmp_path / name, table)
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    run(path, whole, options=options, jobs=1)
    outcome = run(path, cut, options=options, jobs=1, shard_bytes=1500)
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


def test_a_shard_that_raises_stops_nothing(options: Options, tmp_path: Path) -> None:
    """Also where one process does everything; the shard is tried again when the run is started again."""
    path, out = write(tmp_path / "a.jsonl", rows(600)), tmp_path / "out"
    whole = run(path, out, options=options, jobs=1, shard_bytes=9000)
    (out / "shards" / "00001.json").unlink()
    findings_of_it = RunFolder(out).findings(1, "parquet")
    findings_of_it.unlink()
    findings_of_it.mkdir()  # where a file is to be
    outcome = run(path, out, options=options, jobs=1, shard_bytes=9000)
    assert [failed.shard.number for failed in outcome.failed] == [1] and not outcome.is_complete
    findings_of_it.rmdir()
    again = run(path, out, options=options, jobs=1, shard_bytes=9000)
    assert again.is_complete and again.summary.texts == whole.summary.texts == 600


def test_two_runs_into_one_folder(options: Options, tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", rows(3))
    with (
        RunFolder(tmp_path / "out").locked(),
        pytest.raises(ConfigurationError, match="another process"),
    ):
        run(path, tmp_path / "out", options=options, jobs=1)


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
