"""`python -m benchmarks quality [corpus]`; or a family and `--data FOLDER`; or `corpora` and `--manifest FILE`.

`--detector` measures another one than ours on the public corpus or on the corpora of a manifest.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks import detectors, labels, record
from benchmarks.detectors import Detector
from benchmarks.labels import StandsFor
from benchmarks.quality import corpora, prompts
from benchmarks.quality.rows import Data
from benchmarks.scanners import Scanners

FAMILIES = ("identifiers", "secrets", "everyday")
CORPUS = "corpus"  # the public one, which needs no path
CORPORA = "corpora"  # those of a manifest


def main(arguments: Sequence[str]) -> int:
    """Measure one family: a module here with `run(data, scanner, progress)` and `tables(figures)`.

    Exit status: 0 done; 1 a goal is missed, with `--strict`.
    """
    asked = _parser().parse_args(arguments)
    if asked.family == CORPUS:
        return _corpus(asked)
    if asked.family == CORPORA:
        return _corpora(asked)
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


def _corpus(asked: argparse.Namespace) -> int:
    progress, scanners = Console(stderr=True), Scanners()
    if asked.detector:
        detect, stands_for = _detector(asked, scanners)
        figures = prompts.run_for(detect, stands_for, scanners.load(), prompts.rows())
        _tell(asked.output, prompts.tables(figures), {"detector": asked.detector} | figures)
        return 0
    figures = prompts.run(scanners, prompts.rows(), progress)
    output = asked.output or record.FOLDER / "quality-corpus.json"
    _tell(output, prompts.tables(figures), record.surroundings(scanners) | figures)
    return 0


def _corpora(asked: argparse.Namespace) -> int:
    if asked.manifest is None or not asked.manifest.is_file():
        sys.exit("--manifest: a file that names the corpora, see benchmarks/README.md")
    progress, scanners = Console(stderr=True), Scanners()
    detect, stands_for = _detector(asked, scanners)
    sits = scanners.load().sits
    category = {sit: told.category for sit, told in sits.items()}
    known = corpora.read(asked.manifest, sits)
    figures = corpora.run(known, detect, stands_for, category, progress)
    told = record.surroundings(scanners) | {"detector": asked.detector} | figures
    _tell(asked.output, corpora.tables(figures), told)
    return 0


def _detector(asked: argparse.Namespace, scanners: Scanners) -> tuple[Detector, StandsFor]:
    """The one that is named, or ours; and what its labels stand for."""
    scanner = scanners.load()
    detect = detectors.named(asked.detector) if asked.detector else detectors.winners(scanner)
    return detect, labels.read(asked.labels, scanner.sits)


def _tell(output: Path | None, tables: Sequence[Table], told: dict[str, Any]) -> None:
    """Show the tables; write the record where there is a place for it."""
    Console(width=None if sys.stdout.isatty() else 160).print(*tables)
    if output is not None:
        record.write(output, told)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks quality", description=__doc__)
    add = parser.add_argument
    add("family", nargs="?", choices=(CORPUS, CORPORA, *FAMILIES), default=CORPUS)
    add("--data", type=Path, metavar="FOLDER", help="the labelled data of the other families")
    add("--manifest", type=Path, metavar="FILE", help="YAML: the corpora of `corpora`")
    labels.add_arguments(parser)
    add("--tune", action="store_true", help="the rows that are not held back; writes no record")
    add("--strict", action="store_true", help="exit with 1 when a goal is missed")
    add("--output", type=Path, metavar="FILE", help="the record; default: in benchmarks/records/")
    return parser
