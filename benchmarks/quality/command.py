"""`python -m benchmarks quality [corpus]`, or a family and `--data FOLDER`."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from benchmarks import record
from benchmarks.quality import prompts
from benchmarks.quality.rows import Data
from benchmarks.scanners import Scanners

FAMILIES = ("identifiers", "secrets", "everyday")
CORPUS = "corpus"  # the public one, which needs no path


def main(arguments: Sequence[str]) -> int:
    """Measure one family: a module here with `run(data, scanner, progress)` and `tables(figures)`.

    Exit status: 0 done; 1 a goal is missed, with `--strict`.
    """
    asked = _parser().parse_args(arguments)
    if asked.family == CORPUS:
        return _corpus(asked.output)
    if asked.data is None:
        sys.exit(f"--data: {asked.family} needs the folder of the labelled data")
    if not asked.data.is_dir():
        sys.exit(f"--data: there is no folder {asked.data}")
    progress, out = Console(stderr=True), Console(width=None if sys.stdout.isatty() else 160)
    family = importlib.import_module(f"benchmarks.quality.{asked.family}")
    scanners = Scanners()
    figures = family.run(Data(asked.data, asked.tune), scanners.load(), progress)
    out.print(*family.tables(figures))
    output = asked.output
    if output is None and not asked.tune:
        output = record.FOLDER / f"quality-{asked.family}.json"
    if output is not None:
        told = {
            "date": datetime.now(UTC).isoformat(timespec="seconds"),
            "catalogue": record.catalogue(scanners),
            "rows": "tuning" if asked.tune else "held back",
        }
        record.write(output, told | figures)
    is_missed = any(not goal["met"] for goal in figures["goals"])
    return int(asked.strict and is_missed)


def _corpus(output: Path | None) -> int:
    progress, out = Console(stderr=True), Console(width=None if sys.stdout.isatty() else 160)
    scanners = Scanners()
    figures = prompts.run(scanners, prompts.rows(), progress)
    out.print(*prompts.tables(figures))
    told = record.surroundings(scanners) | figures
    record.write(output or record.FOLDER / "quality-corpus.json", told)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks quality", description=__doc__)
    add = parser.add_argument
    add("family", nargs="?", choices=(CORPUS, *FAMILIES), default=CORPUS)
    add("--data", type=Path, metavar="FOLDER", help="the labelled data of the other families")
    add("--tune", action="store_true", help="the rows that are not held back; writes no record")
    add("--strict", action="store_true", help="exit with 1 when a goal is missed")
    add("--output", type=Path, metavar="FILE", help="the record; default: in benchmarks/records/")
    return parser
