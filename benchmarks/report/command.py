"""`python -m benchmarks report`: write the tables of the READMEs and `report.html` from the records."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from benchmarks.report import tables
from benchmarks.report.records import Records

PAGE = Path(__file__).parents[1] / "report.html"


def main(arguments: Sequence[str]) -> int:
    """Write both; nothing is measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks report", description=__doc__)
    parser.add_argument("--output", type=Path, default=PAGE, metavar="FILE", help="the page")
    asked = parser.parse_args(arguments)
    from benchmarks.report import page  # draws with Altair, which no other suite needs

    records = Records()
    for path in tables.FILES:
        path.write_text(tables.written(path.read_text(encoding="utf-8"), records), encoding="utf-8")
    asked.output.write_text(page.build(records), encoding="utf-8")
    return 0
