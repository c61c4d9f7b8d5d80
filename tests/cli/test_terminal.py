"""What a person sees: colours, progress, messages, on a real terminal."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from ended import CATALOGUE, MAIL, SSN

ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def on_terminal(
    *arguments: str | Path, streams: str = "both", **environment: str
) -> tuple[str, int]:
    """What `sitclassify` writes to a terminal of 100 columns (`streams`: out, err, both), its status."""
    ours, theirs = pty.openpty()
    env = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", "LINES": "40", **environment}
    env = {k: v for k, v in env.items() if v and k not in ("FORCE_COLOR", "CI")}
    command = [sys.executable, "-m", "sitclassify", *map(str, arguments)]
    out = theirs if streams != "err" else subprocess.DEVNULL
    err = theirs if streams != "out" else subprocess.DEVNULL
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=err, env=env)
    os.close(theirs)
    told = b""
    try:
        while data := os.read(ours, 65536):
            told += data
    except OSError:  # Linux tells the end of a terminal so
        pass
    os.close(ours)
    return told.decode(errors="replace").replace("\r\n", "\n"), process.wait()


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "note.txt"
    path.write_text(f"SSN {SSN}\ncard 4012888888881881\n{MAIL}\n", encoding="utf-8")
    return path


OPTIONS = ("scan", "--catalogue", CATALOGUE, "--no-classifiers")


def test_a_table_with_colours(note: Path) -> None:
    told, status = on_terminal(*OPTIONS, note, streams="out", NO_COLOR="")
    assert status == 0
    assert "\x1b[" in told
    plain = ESCAPE.sub("", told)
    assert "***-**-**99" in plain
    assert "1 text, 3 findings of 3 types (1 high, 1 medium, 1 low)" in plain
    assert SSN not in plain


def test_no_color(note: Path) -> None:
    told, _ = on_terminal(*OPTIONS, note, streams="out", NO_COLOR="1")
    assert "\x1b" not in told
    assert "***-**-**99" in told


def test_progress_and_the_first_compilation(note: Path, tmp_path: Path) -> None:
    told, _ = on_terminal(*OPTIONS, note, streams="err", XDG_CACHE_HOME=str(tmp_path / "fresh"))
    plain = ESCAPE.sub("", told)
    assert "compiling the catalogue (first run only) ..." in plain
    assert "scanning" in plain
    told, _ = on_terminal(*OPTIONS, note, streams="err", XDG_CACHE_HOME=str(tmp_path / "fresh"))
    assert "compiling" not in told


def test_quiet(note: Path, tmp_path: Path) -> None:
    fresh = str(tmp_path / "fresh")
    told, _ = on_terminal(*OPTIONS, "--quiet", note, streams="err", XDG_CACHE_HOME=fresh)
    assert told == ""
    told, status = on_terminal(*OPTIONS, "--quiet", tmp_path / "gone.txt", streams="err")
    assert (status, "gone.txt: No such file" in told) == (3, True)


def test_both_on_one_terminal(note: Path) -> None:
    told, _ = on_terminal(*OPTIONS, note, NO_COLOR="1")
    rows = [line for line in ESCAPE.sub("", told).split("\n") if "***-**-**99" in line]
    assert len(rows) == 1
    told, _ = on_terminal(*OPTIONS, note, "--format", "jsonl")
    assert told.startswith('{"id"'), "no bar beside lines that come in between"


def test_binary_formats_are_not_for_a_terminal(note: Path) -> None:
    told, status = on_terminal(*OPTIONS, note, "--format", "parquet")
    assert (status, "give --output" in told) == (2, True)
