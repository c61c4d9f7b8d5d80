"""Measure the budgets of speed; `expressions`: the cost of every expression alone; `decisions`: that of policies.

`quality` measures what is found and what is not, on the public corpus or on labelled data; `robustness`
how much of it when values are written otherwise; `peers` installs other detectors and measures them beside
ours; `server` how many requests the server answers and how late; `batch` how
fast a corpus is scanned; `report` writes tables and page from the records. Each has its own `--help`.

Exit status: 0 done; 1 a row found other detections than it expects, or missed its budget with
`--strict`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from benchmarks import decisions, definition, expressions, record, server, speed
from benchmarks.batch import command as batch
from benchmarks.peers import command as peers
from benchmarks.quality import command as quality
from benchmarks.report import command as report
from benchmarks.robustness import command as robustness
from benchmarks.scanners import Scanners
from sitclassify.errors import SitclassifyError

_OTHERS = {
    "quality": quality.main,
    "robustness": robustness.main,
    "peers": peers.main,
    "server": server.main,
    "batch": batch.main,
    "report": report.main,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the suite that `arguments` ask for; the exit status."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    try:
        return _run(given)
    except SitclassifyError as error:
        sys.exit(str(error))


def _run(given: list[str]) -> int:
    if given[:1] and given[0] in _OTHERS:
        return _OTHERS[given[0]](given[1:])
    asked = _parser().parse_args(given)
    progress, out = Console(stderr=True), Console(width=None if sys.stdout.isatty() else 160)
    scanners = Scanners(asked.catalogue)
    output = asked.output or record.FOLDER / f"{asked.suite}.json"
    if asked.suite == "expressions":
        costs = expressions.run(scanners, progress)
        out.print(*expressions.tables(costs))
        record.write(output, costs)
        return 0
    if asked.suite == "decisions":
        told = decisions.run(scanners, progress, is_quick=asked.quick)
        out.print(decisions.table(told["rows"]))
        record.write(output, told)
        return int(any(row["verdict"] == record.WRONG for row in told["rows"]))
    definitions = _chosen(asked.only)
    told = speed.run(definitions, scanners, progress, is_quick=asked.quick)
    out.print(speed.table(told["rows"]))
    record.write(output, told)
    verdicts = {row["verdict"] for row in told["rows"]}
    return int(record.WRONG in verdicts or (asked.strict and record.MISSED in verdicts))


def _chosen(names: Sequence[str]) -> list[definition.Definition]:
    every = definition.read()
    unknown = set(names) - {d.name for d in every}
    if unknown:
        known = ", ".join(d.name for d in every)
        sys.exit(f"no benchmark is called {', '.join(sorted(unknown))}: there are {known}")
    return [d for d in every if not names or d.name in names]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    add = parser.add_argument
    add("suite", nargs="?", choices=("speed", "expressions", "decisions"), default="speed")
    add("--only", action="append", default=[], metavar="NAME", help="this row; may be repeated")
    add("--quick", action="store_true", help="a tenth of the samples, and no long rows")
    add("--strict", action="store_true", help="exit with 1 also when a budget is missed")
    add("--catalogue", type=Path, metavar="FOLDER", help="SIT files instead of the packaged ones")
    add("--output", type=Path, metavar="FILE", help="the record; default: in benchmarks/records/")
    return parser


if __name__ == "__main__":
    sys.exit(main())
