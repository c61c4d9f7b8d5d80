"""`python -m benchmarks peers --environments FOLDER`: install the peers there and measure each beside ours."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks import record
from benchmarks.peers import compare, peer
from benchmarks.peers.peer import Peer, Process
from benchmarks.quality import prompts
from benchmarks.scanners import Scanners
from sitclassify.scanner import Scanner


def main(arguments: Sequence[str]) -> int:
    """Measure the peers. Exit status: 0 done; 3 one could not be installed or ended early (the record says why)."""
    asked = _parser().parse_args(arguments)
    peers = peer.read()
    unknown = set(asked.only) - {p.name for p in peers}
    if unknown:
        sys.exit(
            f"no peer is called {', '.join(sorted(unknown))}: {', '.join(p.name for p in peers)}"
        )
    progress, out = Console(stderr=True), Console(width=None if sys.stdout.isatty() else 160)
    scanners = Scanners()
    rows = prompts.rows()[:: asked.every]
    told: dict[str, Any] = {}
    for one in peers:
        if not asked.only or one.name in asked.only:
            progress.print(f"{one.name} ...")
            told[one.name] = _measured(one, asked.environments, scanners.load(), rows)
    figures = record.surroundings(scanners) | {"texts": len(rows), "peers": told}
    out.print(*tables(told))
    record.write(asked.output, figures)
    return 3 if any("failed" in row for row in told.values()) else 0


def _measured(
    one: Peer, environments: Path, scanner: Scanner, rows: list[dict[str, Any]]
) -> dict[str, Any]:
    try:
        with Process(one, environments) as process:
            found = compare.quality(process, scanner, rows)
            return {
                "package": f"{one.install} {process.version()}",
                "quality": found,
                "speed": compare.speed(process, scanner),
            }
    except OSError as error:
        return {"failed": str(error)}


def tables(told: dict[str, Any]) -> list[Table]:
    """For the terminal: quality on what both look for, and how many times as long the peer takes."""
    quality = Table("peer", "kinds", "F1", "ours", "recall", "ours", "precision", "ours")
    speed = Table("peer", *compare.SPEED_TEXTS, title="times our p50 (under 1: the peer is faster)")
    for name, row in told.items():
        if "failed" in row:
            quality.add_row(name, row["failed"])
            continue
        theirs, ours = row["quality"]["peer"], row["quality"]["sitclassify"]
        pairs = [f"{side['f1']:.3f}" for side in (theirs, ours)]
        pairs += [f"{s[c]['share']:.3f}" for c in ("recall", "precision") for s in (theirs, ours)]
        quality.add_row(name, str(row["quality"]["kinds"]), *pairs)
        speed.add_row(
            name,
            *(f"{row['speed'].get(t, {}).get('peer over ours', '')}" for t in compare.SPEED_TEXTS),
        )
    return [quality, speed]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks peers", description=__doc__)
    add = parser.add_argument
    add("--environments", type=Path, required=True, metavar="FOLDER", help="one environment a peer")
    add("--only", action="append", default=[], metavar="NAME", help="this peer; may be repeated")
    add("--every", type=int, default=1, metavar="N", help="one prompt in N of the public corpus")
    add("--output", type=Path, default=record.FOLDER / "peers.json", metavar="FILE")
    return parser
