"""0 done, 1 found what `--fail-on` asks, 2 wrong, 3 not all read; 2 beats 3 beats 1."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from ended import CATALOGUE, MAIL, SSN, Run

OPTIONS = ["--catalogue", str(CATALOGUE), "--no-classifiers"]
COMMAND = [sys.executable, "-m", "sitclassify"]


@pytest.mark.parametrize(
    ("text", "level", "status"),
    [
        (MAIL, "low", 1), (MAIL, "medium", 0), (f"SSN {SSN}", "medium", 1), (f"SSN {SSN}", "high", 0),
        ("card 4012888888881881", "high", 1), ("nothing", "low", 0),
    ],
)  # fmt: skip
def test_fail_on(scan: Run, text: str, level: str, status: int) -> None:
    assert scan("-", "--fail-on", level, input=text).status == status


def test_three_beats_one(scan: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(MAIL, encoding="utf-8")
    assert scan(path, "--fail-on", "low").status == 1
    done = scan(path, tmp_path / "gone", "--fail-on", "low")
    assert (done.status, len(done.found)) == (3, 1)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "nothing to scan"),
        (["x", "--format", "pdf"], "--format is one of"),
        (["x", "--fail-on", "fatal"], "--fail-on is one of"),
        (["x", "--min-confidence", "101"], "--min-confidence is"),
        (["x", "--sits", "credit-card-numbr"], "did you mean 'credit-card-number'"),
        (["x", "--catalogue", "nowhere"], "no catalogue folder"),
        (["x", "--output", "nowhere/out.csv"], "no folder 'nowhere'"),
        (["x", "--nonsense"], "No such option"),
    ],
)
def test_two_beats_three(scan: Run, arguments: list[str], told: str) -> None:
    done = scan(*arguments)
    assert (done.status, done.out) == (2, "")
    assert told in done.err
    assert "Traceback" not in done.err


def test_an_output_that_cannot_be_written(scan: Run, tmp_path: Path) -> None:
    done = scan("-", "--output", tmp_path, input="x")
    assert done.status == 2
    assert str(tmp_path) in done.err.replace("\n", "")


def test_a_broken_catalogue(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("id: y\n", encoding="utf-8")
    done = run("scan", "-", "--catalogue", tmp_path, "--no-classifiers", input="x")
    assert done.status == 2
    assert "x.yaml:" in done.err


def test_version_and_help(run: Run) -> None:
    assert run("--version").out.startswith("sitclassify ")
    assert "--fail-on" in run("scan", "--help").out
    assert run("nonsense").status == 2


def test_a_reader_that_goes_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f'{{"text": "{MAIL}"}}\n' * 5000, encoding="utf-8")
    for form in ("csv", "sarif"):
        scan = subprocess.Popen(
            [*COMMAND, "scan", *OPTIONS, "--format", form, str(path)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        assert scan.stdout is not None and scan.stderr is not None
        scan.stdout.read(10)
        scan.stdout.close()
        assert scan.stderr.read() == b""
        assert scan.wait() == 141
        scan.stderr.close()


@pytest.mark.skipif(signal.getsignal(signal.SIGINT) == signal.SIG_IGN, reason="run without Ctrl-C")
def test_interrupted() -> None:
    scan = subprocess.Popen(
        [*COMMAND, "scan", *OPTIONS, "-"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert scan.stdin is not None
    # More answers than a buffer holds and fewer than a pipe: then the scan is seen to be under way.
    scan.stdin.write(b'{"text": "x"}\n' * 150)
    scan.stdin.flush()
    assert scan.stdout is not None and scan.stdout.read(1) == b"{"
    time.sleep(0.05)
    os.kill(scan.pid, signal.SIGINT)
    _, told = scan.communicate(timeout=30)
    assert scan.returncode == 130
    assert b"Traceback" not in told
