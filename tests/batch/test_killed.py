"""Runs that are killed with SIGKILL, and what memory they take."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from corpus import MAIL, places, rows, write

from sitclassify.batch import Options, run
from sitclassify.batch.readers.storage import File, Files
from sitclassify.batch.shards import shards_of

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
