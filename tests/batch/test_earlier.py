"""Two scans compared, and findings that are accepted."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from pathlib import Path

import pytest
from conftest import CATALOGUE
from corpus import MAIL, SSN, findings, rows, write
from typer.testing import CliRunner

from sitclassify import ConfigurationError
from sitclassify.batch import Options, run
from sitclassify.batch.baseline import read_baseline, read_key, write_baseline
from sitclassify.batch.differences import ADDED, CHANGED, REMOVED, differences
from sitclassify.cli.app import app

KEY = b"k" * 32


@pytest.mark.parametrize("form", ["parquet", "jsonl", "csv"])
@pytest.mark.parametrize("shard_bytes", [4000, 9000])
def test_differences(options: Options, tmp_path: Path, form: str, shard_bytes: int) -> None:
    table = rows(200)
    table[3]["text"] = f"ssn {SSN}"
    path = write(tmp_path / "a.jsonl", table)
    one, other = tmp_path / "one", tmp_path / "other"
    run(path, one, options=options, jobs=1, format=form, shard_bytes=4000)
    fewer = dataclasses.replace(options, sits=("email-address",))
    run(path, other, options=fewer, jobs=1, format=form, shard_bytes=shard_bytes)
    assert list(differences(one, one)) == []
    [change] = differences(one, other)
    assert (change.kind, change.what, change.finding["line"]) == (
        REMOVED, "us-social-security-number", 4,
    )  # fmt: skip
    assert [c.kind for c in differences(other, one)] == [ADDED]


def test_another_confidence(tmp_path: Path) -> None:
    place = {"file": "a", "id": None, "detections": [], "classifications": []}
    found = {"sit": "x", "start": 1, "end": 2, "confidence": 65}
    for name, confidence in (("a.jsonl", 65), ("b.jsonl", 85)):
        told = {**place, "detections": [{**found, "confidence": confidence}]}
        (tmp_path / name).write_text(json.dumps(told) + "\n", encoding="utf-8")
    [change] = differences(tmp_path / "a.jsonl", tmp_path / "b.jsonl")
    assert (change.kind, change.before, change.finding["confidence"]) == (CHANGED, 65, 85)


def test_what_cannot_be_compared(options: Options, tmp_path: Path) -> None:
    run(write(tmp_path / "a.jsonl", rows(9)), tmp_path / "a", options=options, jobs=1)
    run(write(tmp_path / "b.jsonl", rows(8)), tmp_path / "b", options=options, jobs=1)
    (tmp_path / "no.jsonl").write_text(f"{SSN}\n", encoding="utf-8")
    for other, told in (
        ("b", "different inputs"), ("none", "no such file"), ("no.jsonl", "no file of findings"),
        ("a/findings", "no complete run"), ("a/run.json", "read from parquet, jsonl, csv"),
    ):  # fmt: skip
        with pytest.raises(ConfigurationError, match=told) as raised:
            list(differences(tmp_path / "a", tmp_path / other))
        assert SSN not in str(raised.value)


@pytest.mark.parametrize("form", ["parquet", "jsonl", "csv"])
def test_accepted_values_are_left_out(options: Options, tmp_path: Path, form: str) -> None:
    keyed = dataclasses.replace(options, digest_key=KEY)
    path, kept = write(tmp_path / "a.jsonl", rows(50)), tmp_path / "baseline.json"
    run(path, tmp_path / "first", options=keyed, jobs=1, format=form)
    assert write_baseline(kept, KEY, [tmp_path / "first"]) == (8, 8)
    assert write_baseline(kept, KEY, [tmp_path / "first"]) == (0, 8)
    assert "kontor" not in kept.read_text("utf-8")
    more = write(tmp_path / "b.jsonl", [*rows(50), {"text": f"{MAIL} n0@kontor.test"}])
    outcome = run(more, tmp_path / "second", options=keyed, jobs=2, baseline=kept)
    assert Counter(f["sit"] for f in findings(tmp_path / "second")) == {"email-address": 1}
    assert outcome.summary.accepted == 9 and outcome.summary.hits == 1
    with pytest.raises(ConfigurationError, match="arguments differ"):
        run(more, tmp_path / "second", options=keyed, jobs=1)


def test_keys_and_baselines_that_are_none(options: Options, tmp_path: Path) -> None:
    kept, key = tmp_path / "baseline.json", tmp_path / "key"
    write_baseline(kept, KEY, [])
    with pytest.raises(ConfigurationError, match="made with another key"):
        read_baseline(kept, b"x" * 32)
    with pytest.raises(ConfigurationError, match="needs the key"):
        read_baseline(kept, None)
    with pytest.raises(ConfigurationError, match="make a key with"):
        read_key(key)
    key.write_bytes(b"short")
    with pytest.raises(ConfigurationError, match="16 bytes or more"):
        read_key(key)
    kept.write_text("[]", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="is no baseline"):
        read_baseline(kept, KEY)
    run(write(tmp_path / "a.jsonl", rows(9)), tmp_path / "a", options=options, jobs=1)
    with pytest.raises(ConfigurationError, match="has no digests"):
        write_baseline(tmp_path / "new.json", KEY, [tmp_path / "a"])


def test_commands(options: Options, tmp_path: Path) -> None:
    path, key = write(tmp_path / "a.jsonl", rows(30)), tmp_path / "key"
    key.write_bytes(KEY)
    shared = [
        "--catalogue",
        str(CATALOGUE),
        "--no-classifiers",
        "--cache",
        str(options.cache),
        "-q",
    ]

    def asked(*arguments: str | Path) -> tuple[int, str]:
        done = CliRunner().invoke(app, [str(argument) for argument in arguments])
        return done.exit_code, done.stdout

    one, two, kept = tmp_path / "one.jsonl", tmp_path / "two.jsonl", tmp_path / "kept.json"
    scan = ["scan", path, *shared, "--digest-key", key]
    assert asked(*scan, "--output", one)[0] == 0
    assert asked("baseline", one, "--digest-key", key, "-o", kept)[1].endswith("5 in all\n")
    assert asked(*scan, "--output", two, "--baseline", kept)[0] == 0
    status, told = asked("diff", one, two)
    assert status == 1 and told.startswith("- ") and "email-address" in told
    assert asked("diff", one, one) == (0, "the same findings\n")
    lines = asked("diff", two, one, "-f", "jsonl")[1].splitlines()
    assert [json.loads(line)["change"] for line in lines] == [ADDED] * 5
