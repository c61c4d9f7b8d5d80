"""`python -m benchmarks robustness`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from benchmarks import record
from benchmarks.quality import prompts
from benchmarks.robustness import suite
from benchmarks.scanners import Scanners


def main(arguments: Sequence[str]) -> int:
    """Measure and write the record."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks robustness", description=__doc__)
    output = record.FOLDER / "robustness.json"
    parser.add_argument("--output", type=Path, default=output, metavar="FILE")
    asked = parser.parse_args(arguments)
    progress, out = Console(stderr=True), Console(width=None if sys.stdout.isatty() else 160)
    scanners = Scanners()
    figures = suite.run(scanners.load(), prompts.rows(), progress)
    out.print(*suite.tables(figures))
    record.write(asked.output, record.surroundings(scanners) | figures)
    return 0
