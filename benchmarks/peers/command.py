"""`python -m benchmarks peers [quality|speed] --environments FOLDER`: other detectors beside ours.

Installs each peer in an environment of its own there. Quality does not depend on the load of the machine, speed does:
each has a record, whose rows say when they were taken; `--only` takes some rows again and leaves the others.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console

from benchmarks import labels, record
from benchmarks.peers import compare, peer, tables
from benchmarks.peers.local import Local
from benchmarks.peers.peer import Peer, Process
from benchmarks.quality import prompts
from benchmarks.scanners import Scanners
from sitclassify.scanner import Scanner

_Measure = Callable[[Process | Local], dict[str, Any]]


def main(arguments: Sequence[str]) -> int:
    """Measure the peers. Exit status: 0 done; 3 one could not be installed or ended early (the record says why)."""
    asked = _parser().parse_args(arguments)
    scanners = Scanners()
    scanner = scanners.load()
    every = prompts.rows()[:: asked.every]
    measures: dict[str, _Measure] = {
        "quality": lambda process: compare.quality(process, scanner, every),
        "speed": lambda process: compare.speed(process, scanner, turns=asked.turns),
    }
    opened = _opened(asked, scanner)
    status = 0
    for part in [asked.part] if asked.part else measures:
        told = _rows(opened, measures[part], scanners)
        path = asked.output or record.FOLDER / f"peers-{part}.json"
        known = json.loads(path.read_text(encoding="utf-8"))["peers"] if path.is_file() else {}
        figures = record.surroundings(scanners) | {"texts": len(every), "peers": known | told}
        Console(width=None if sys.stdout.isatty() else 160).print(tables.TABLES[part](told))
        record.write(path, figures)
        status |= 3 * any("failed" in row for row in told.values())
    return status


def _opened(asked: argparse.Namespace, scanner: Scanner) -> dict[str, Callable[[], Any]]:
    """By name, what opens each peer that is asked for."""
    if asked.detector:
        stands_for = labels.read(asked.labels, scanner.sits)
        return {asked.detector: lambda: Local(asked.detector, stands_for)}
    if asked.environments is None:
        sys.exit("--environments: the folder where each peer has, or is given, an environment")
    peers = peer.read()
    unknown = set(asked.only) - {p.name for p in peers}
    if unknown:
        known = ", ".join(p.name for p in peers)
        sys.exit(f"no peer is called {', '.join(sorted(unknown))}: there are {known}")
    chosen = [p for p in peers if not asked.only or p.name in asked.only]
    return {p.name: _process(p, asked.environments) for p in chosen}


def _process(one: Peer, environments: Path) -> Callable[[], Process]:
    return lambda: Process(one, environments)


def _rows(
    opened: dict[str, Callable[[], Any]], measure: _Measure, scanners: Scanners
) -> dict[str, Any]:
    progress = Console(stderr=True)
    told: dict[str, Any] = {}
    for name, enter in opened.items():
        progress.print(f"{name} ...")
        row = {
            "date": datetime.now(UTC).isoformat(timespec="seconds"),
            "catalogue": record.catalogue(scanners)["version"],
            "load_average": record.load_average(),
        }
        try:
            with enter() as process:
                told[name] = row | {"package": process.version(), **measure(process)}
        except OSError as error:
            told[name] = row | {"failed": str(error)}
    return told


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks peers", description=__doc__)
    add = parser.add_argument
    add("part", nargs="?", choices=("quality", "speed"), help="default: both")
    add("--environments", type=Path, metavar="FOLDER", help="one environment a peer")
    add("--only", action="append", default=[], metavar="NAME", help="this peer; may be repeated")
    labels.add_arguments(parser)
    add("--every", type=int, default=1, metavar="N", help="one prompt in N of the public corpus")
    add("--turns", type=int, default=compare.TURNS, metavar="N", help="of the clock, for each text")
    add("--output", type=Path, metavar="FILE", help="the record; default: in benchmarks/records/")
    return parser
