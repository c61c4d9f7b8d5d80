"""`sitclassify diff` and `sitclassify baseline`: what is done with the findings of earlier scans."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from sitclassify.batch.baseline import read_key, write_baseline
from sitclassify.batch.differences import ADDED, CHANGED, REMOVED, Change, differences
from sitclassify.cli.terminal import clean, console_for
from sitclassify.errors import ConfigurationError

_DIFFERENT = 1  # exit status
_SHOWN = 20  # changes told one by one
_SIGNS = {ADDED: "+", REMOVED: "-", CHANGED: "~"}
_FORMATS = ("table", "jsonl")


def diff(
    first: Annotated[Path, typer.Argument(help="A run's folder, or a file of findings.")],
    second: Annotated[Path, typer.Argument(help="Another scan of the same inputs.")],
    format: Annotated[str, typer.Option("--format", "-f", help="table or jsonl.")] = "table",
) -> None:
    """Tell what changed between two scans of the same inputs: by a new catalogue, model or option.

    Exit status 1 where anything did.
    """
    if format not in _FORMATS:
        raise ConfigurationError(f"--format is one of {', '.join(_FORMATS)}, not '{format}'")
    counts: Counter[tuple[str, str]] = Counter()
    shown: list[Change] = []
    for change in differences(first, second):
        counts[change.what, change.kind] += 1
        if format == "jsonl":
            told = {"change": change.kind, "before": change.before, **change.finding}
            print(json.dumps(told, ensure_ascii=False))
        elif len(shown) < _SHOWN:
            shown.append(change)
    if format == "table":
        _show(counts, shown)
    if counts:
        raise typer.Exit(_DIFFERENT)


def _show(counts: Counter[tuple[str, str]], shown: list[Change]) -> None:
    console = console_for(sys.stdout)
    if not counts:
        console.print("the same findings")
        return
    for change in shown:
        finding = change.finding
        place = " ".join(
            str(finding[key])
            for key in ("file", "part", "line", "row", "pointer")
            if finding.get(key)
        )
        before = "" if change.before is None else f"{change.before} -> "
        grade = finding["confidence"] if finding["confidence"] is not None else finding["level"]
        console.print(clean(
            f"{_SIGNS[change.kind]} {place} {finding['start']}-{finding['end']} {change.what} {before}{grade}"
        ))  # fmt: skip
    more = counts.total() - len(shown)
    if more:
        console.print(f"... and {more:,} more: use --format jsonl")
    table = Table(show_edge=False, pad_edge=False, header_style="bold")
    for name in ("type", ADDED, REMOVED, CHANGED):
        table.add_column(name)
    for what in sorted({what for what, _ in counts}):
        cells = (f"{counts[what, kind]:,}" for kind in (ADDED, REMOVED, CHANGED))
        table.add_row(clean(what), *cells)
    console.print(table)


def baseline(
    scans: Annotated[
        list[Path], typer.Argument(help="Folders of runs or files of findings, with digests.")
    ],
    digest_key: Annotated[
        Path, typer.Option("--digest-key", help="File of the key that they were scanned with.")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="The baseline; is added to.")],
) -> None:
    """Accept the findings of scans with --digest-key: `scan --baseline` leaves these values out."""
    new, total = write_baseline(output, read_key(digest_key), scans)
    typer.echo(f"{output}: {new:,} values accepted, {total:,} in all")
