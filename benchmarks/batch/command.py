"""`python -m benchmarks batch --data FOLDER`: how fast a corpus is scanned, on one process and on several.

Rows are texts of `FOLDER/*.jsonl.gz`, every twentieth a made-up prompt with known values; they are written to a
temporary folder (0.2 GB for a million). A sample of them is scanned by the kernel alone and by whole runs, with one
process and with `--jobs`, in turns; then all rows by one run, whose findings must be those of each text alone.
Rates per core are by the time that cores were at work, so that other work on the machine does not count.
With `--environments`, Presidio's batch engine and kingfisher scan a part of the sample, each in its own environment.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from rich.console import Console
from rich.table import Table

from benchmarks import record
from benchmarks.batch import rows
from benchmarks.peers import peer
from benchmarks.scanners import Scanners

GOAL = 0.9  # of the cores' worth of the kernel
_PEERS = ("presidio", "kingfisher")
_TARGET, _CORES = 50_000_000, 32  # rows and cores that the figures are stretched to
_SLOWER = 20  # with classifiers, so many times fewer rows
_ROOT = Path(__file__).parents[2]
_ASSUMED = (
    "the same mix of texts, types without classifiers; cores as fast as these, with nothing else on them; shards that"
    " keep all cores busy, which share nothing but storage; storage that delivers what they read"
)


def main(arguments: Sequence[str]) -> int:
    """Measure and write the record. Exit status: 0 done; 1 a run found other findings than it had to."""
    asked = _parser().parse_args(arguments)
    progress, out = Console(stderr=True), Console(width=None if sys.stdout.isatty() else 160)
    scanners = Scanners()
    drawn = rows.pool(asked.data)
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        progress.print(f"{asked.rows:,} rows ...")
        bench = _Bench(Path(folder), drawn, asked, scanners, progress)
        told = bench.measure()
    figures = record.surroundings(scanners) | told
    out.print(table(figures))
    record.write(asked.output, figures)
    return int(figures["verdict"] == record.WRONG)


class _Bench:
    """The measurements on one set of rows."""

    def __init__(
        self,
        folder: Path,
        drawn: rows.Pool,
        asked: argparse.Namespace,
        scanners: Scanners,
        progress: Console,
    ) -> None:
        self._asked, self._scanners, self._progress = asked, scanners, progress
        self._folder, self._drawn = folder, drawn
        self._files = [str(file) for file in rows.write(folder / "rows", drawn, asked.rows)]
        self._mb_a_row = drawn.bytes / asked.rows / 1e6
        self._sample = self._write("sample", asked.sample)

    def _write(self, name: str, count: int) -> list[str]:
        own = rows.Pool(self._drawn.texts, self._drawn.spans)
        return [str(file) for file in rows.write(self._folder / name, own, count)]

    def measure(self) -> dict[str, Any]:
        """Everything, as the record holds it."""
        jobs = self._asked.jobs
        expected = self._drawn.expected(self._scanners.load())
        told: dict[str, Any] = {"rows": self._asked.rows, "megabytes": self._drawn.bytes / 1e6}
        told["types"] = self._compare(False, self._sample)
        told["types and classifiers"] = self._compare(
            True, self._write("less", max(1, self._asked.sample // _SLOWER))
        )
        self._progress.print("all rows ...")
        whole = self._run(False, self._files, jobs)
        told["all rows"] = self._rate(whole, jobs) | {"peak_mb": round(whole["peak_mb"])}
        told["all rows"] |= {"written_mb": round(whole["written_mb"], 1)}
        kernel = told["types"]["kernel"][str(jobs)]["rows/s per core"]
        share = round(told["all rows"]["rows/s per core"] / kernel, 3)
        told["all rows"]["share of the kernel"] = share
        told["expected"], told["found"] = expected, whole["findings"]
        is_right = whole["findings"] == expected["findings"] and whole["rows"] == self._asked.rows
        a_core = told["all rows"]["rows/s per core"]
        told["stretched"] = {
            "rows": _TARGET,
            "cores": _CORES,
            "hours": round(_TARGET / (a_core * _CORES) / 3600, 2),
            "assumed": _ASSUMED,
        }
        told["peers"] = self._peers(told["types"]["kernel"]["1"]["rows/s per core"])
        told["budget"] = {"share of the kernel": GOAL}
        told["verdict"] = (
            record.WRONG if not is_right else record.MET if share >= GOAL else record.MISSED
        )
        return told

    def _compare(self, classifiers: bool, files: list[str]) -> dict[str, Any]:
        """The kernel alone and whole runs, with one process and with several, in turns; medians."""
        jobs = self._asked.jobs
        start = self._start(classifiers, jobs)
        taken: dict[tuple[str, int], list[dict[str, Any]]] = {}
        for number in range(self._asked.rounds):
            self._progress.print(f"{'with classifiers, ' * classifiers}round {number + 1} ...")
            for count in (1, jobs):
                taken.setdefault(("kernel", count), []).append(
                    self._kernels(classifiers, files, count)
                )
                taken.setdefault(("run", count), []).append(self._run(classifiers, files, count))
        told: dict[str, Any] = {"kernel": {}, "run": {}, "start": _rounded(start)}
        for (what, count), runs in taken.items():
            one = sorted(runs, key=lambda run: float(run["seconds"]))[len(runs) // 2]
            told[what][str(count)] = self._rate(one, count) | {"peak_mb": round(one["peak_mb"])}
        several, alone = taken["run", jobs], taken["run", 1]
        told["times faster on all"] = _ratio(alone, several, "seconds")
        told["share of the kernel"] = _ratio(taken["kernel", jobs], several, "cpu_seconds", start)
        told["share of the kernel, start included"] = _ratio(
            taken["kernel", jobs], several, "cpu_seconds"
        )
        return told

    def _rate(self, run: dict[str, Any], processes: int) -> dict[str, Any]:
        a_core = run["rows"] / run["cpu_seconds"]
        return {
            "processes": processes,
            "seconds": round(run["seconds"], 1),
            "cpu_seconds": round(run["cpu_seconds"], 1),
            "rows/s": round(run["rows"] / run["seconds"]),
            "rows/s per core": round(a_core),
            "MB/s per core": round(a_core * self._mb_a_row, 2),
        }

    def _kernels(self, classifiers: bool, files: list[str], count: int) -> dict[str, Any]:
        """The kernel in so many processes at once, all rows in each: as seconds of all rows shared among them."""
        with ThreadPoolExecutor(count) as pool:
            asked = [
                pool.submit(self._ask, "kernel", classifiers, files=files) for _ in range(count)
            ]
            done = [one.result() for one in asked]
        return {
            "rows": done[0]["rows"],
            "seconds": max(one["seconds"] for one in done) / count,
            "cpu_seconds": statistics.mean(one["cpu_seconds"] for one in done),
            "peak_mb": sum(one["peak_mb"] for one in done),
        }

    def _run(self, classifiers: bool, files: list[str], jobs: int) -> dict[str, Any]:
        return self._ask("run", classifiers, files=files, jobs=jobs)

    def _start(self, classifiers: bool, jobs: int) -> dict[str, float]:
        """Seconds until processes are there and have loaded: a run over a row for each, in the median of three."""
        rows = self._write("few", jobs)
        runs = [self._run(classifiers, rows, jobs) for _ in range(3)]
        return {
            key: statistics.median([float(run[key]) for run in runs])
            for key in ("seconds", "cpu_seconds")
        }

    def _ask(self, what: str, classifiers: bool, **asked: Any) -> dict[str, Any]:
        options = self._scanners.arguments(classifiers)
        command = [sys.executable, "-m", "benchmarks.batch.worker", what]
        command.append(json.dumps(asked | {"options": options}))
        done = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=True)
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer

    def _peers(self, ours: float) -> dict[str, Any]:
        """Other detectors on the first rows of the sample, one process each."""
        if self._asked.environments is None:
            return {}
        texts = pq.read_table(self._sample[0], columns=["text"]).column("text").to_pylist()
        told: dict[str, Any] = {}
        for one in peer.read():
            if one.name not in _PEERS:
                continue
            few = texts[: self._asked.peer_rows]
            file = self._folder / "peer.jsonl"
            file.write_text("".join(json.dumps({"text": t}) + "\n" for t in few), "utf-8")
            self._progress.print(f"{one.name} ...")
            script = str(Path(__file__).with_name("peer_rows.py"))
            try:
                python = str(one.python(self._asked.environments))
                done = subprocess.run(
                    [python, script, str(one.adapter), str(file)],
                    capture_output=True,
                    text=True,
                    check=True,
                )
                found = json.loads(done.stdout.splitlines()[-1])
            except (OSError, subprocess.CalledProcessError) as error:
                told[one.name] = {"failed": type(error).__name__}
                continue
            a_second = found["rows"] / found["cpu_seconds"]
            told[one.name] = {
                "rows": found["rows"],
                "rows/s per core": round(a_second, 1),
                "findings": found["findings"],
                "our kernel, times faster": round(ours / a_second, 2),
            }
        return told


def _ratio(
    some: list[dict[str, Any]],
    others: list[dict[str, Any]],
    key: str,
    start: Mapping[str, float] | None = None,
) -> float:
    """How many times as long the ones take as the others without their start, in the median of the rounds."""
    pairs = zip(some, others, strict=True)
    less = start[key] if start else 0.0
    ratios = [float(a[key] / (b[key] - less)) for a, b in pairs]
    return round(statistics.median(ratios), 3)


def _rounded(figures: Mapping[str, float]) -> dict[str, float]:
    return {name: round(value, 2) for name, value in figures.items()}


def table(figures: dict[str, Any]) -> Table:
    """For the terminal."""
    shown = Table(
        "what", "processes", "rows/s per core", "MB/s per core", "peak MB", title_justify="left",
        title=f"{figures['rows']:,} rows: {figures['verdict']}",
    )  # fmt: skip
    lines = [("all rows", figures["all rows"])]
    for name in ("types", "types and classifiers"):
        for what in ("kernel", "run"):
            lines += [(f"{name}, {what}", told) for told in figures[name][what].values()]
    for name, told in lines:
        keys = ("processes", "rows/s per core", "MB/s per core", "peak_mb")
        shown.add_row(name, *(f"{told[key]:,}" for key in keys))
    for name in ("types", "types and classifiers"):
        shown.add_row(f"{name}: share of the kernel", str(figures[name]["share of the kernel"]))
    share = figures["all rows"]["share of the kernel"]
    shown.add_row("all rows, start included: share of the kernel", str(share))
    for name, told in figures["peers"].items():
        shown.add_row(name, "1", str(told.get("rows/s per core", told.get("failed"))))
    stretched = figures["stretched"]
    shown.add_row(f"{_TARGET:,} rows on {_CORES} cores", f"{stretched['hours']} hours")
    return shown


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks batch", description=__doc__)
    add = parser.add_argument
    add("--data", type=Path, required=True, metavar="FOLDER", help="of *.jsonl.gz with texts")
    add("--rows", type=int, default=5_000_000)
    add("--sample", type=int, default=200_000, help="rows that kernel and runs are compared on")
    add("--jobs", type=int, default=os.cpu_count() or 1)
    add("--rounds", type=int, default=3)
    add("--folder", type=Path, metavar="FOLDER", help="for the rows; default: the system's")
    add("--environments", type=Path, metavar="FOLDER", help="of peers, one environment each")
    add("--peer-rows", type=int, default=2_000)
    add("--output", type=Path, default=record.FOLDER / "batch.json", metavar="FILE")
    return parser
