"""The speed suite: every definition measured, judged and told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks import record
from benchmarks.definition import AT_LEAST, Definition
from benchmarks.measures import Measured, measure
from benchmarks.scanners import Scanners

SECONDS, QUICK_SECONDS = 4.0, 0.4  # for the samples of one row
_QUICK_SIZE = 500_000  # characters: a quick run leaves larger texts out
_UNJUDGED = {"p50_us", "p99_us", "mb_per_s", "texts_per_s", "times_one"}  # without a budget
_COLOURS = {record.MET: "green", record.MISSED: "yellow", record.WRONG: "red"}
_MOST = ("at most", "at least")
_UNITS = {  # figures of the table, in this order where a row has them
    "p50_us": "us p50", "p95_us": "us p95", "p99_us": "us p99", "p99_cpu_us": "us p99 of CPU time",
    "times_baseline": "x clean", "times_half": "x half", "times_per_byte": "x per byte",
    "mb_per_s": "MB/s", "flagged_percent": "% flagged", "ms": "ms", "seconds": "s", "mb": "MB",
    "ratio": "x raw", "us_per_token": "us per token", "times_scan": "x one scan", "held_at_end": "held back",
    "texts_per_s": "texts a second", "times_one": "x one by one", "ns_per_sit": "ns per type",
}  # fmt: skip


def run(
    definitions: Sequence[Definition], scanners: Scanners, console: Console, *, is_quick: bool
) -> dict[str, Any]:
    """Measure `definitions`; the record of the run. Progress goes to `console`."""
    told = record.surroundings(scanners)
    rows: list[dict[str, Any]] = []
    for definition in definitions:
        with console.status(definition.name):
            row = record.row(definition, _measured(definition, scanners, is_quick))
        console.print(f"{definition.name}: {row['verdict']}", style=_COLOURS.get(row["verdict"]))
        rows.append(row)
    load_average = {"before": told.pop("load_average"), "after": record.load_average()}
    return {**told, "load_average": load_average, "is_quick": is_quick, "rows": rows}


def _measured(definition: Definition, scanners: Scanners, is_quick: bool) -> Measured:
    if is_quick and _is_long(definition):
        return Measured(skipped="left out of a quick run")
    return measure(definition, scanners, QUICK_SECONDS if is_quick else SECONDS)


def _is_long(definition: Definition) -> bool:
    text = definition.text
    if text is not None and text.size * text.count > _QUICK_SIZE:
        return True
    return definition.kind in ("compile", "text-growth", "catalogue-growth")


def table(rows: Iterable[dict[str, Any]]) -> Table:
    """The rows as people read them."""
    shown = Table("benchmark", "measured", "budget", "raw", "ratio", "found", "verdict")
    for row in rows:
        figures, budget, raw = row["figures"], row["budget"], row["raw"]
        limit = "mb_per_s" if "mb_per_s" in budget else "p50_us"
        shown.add_row(
            row["name"],
            ", ".join(_told(name, figures[name], name in row["missed"]) for name in _shown(row)),
            ", ".join(f"{_sign(name)} {_told(name, least)}" for name, least in budget.items()),
            _told(limit, raw[limit]) if raw else "",
            f"{row['ratio']:.2f}" if row["ratio"] else "",
            _counted(row),
            f"[{_COLOURS.get(row['verdict'], 'default')}]{row['verdict']}[/]",
        )
    return shown


def measured(row: dict[str, Any]) -> str:
    """Its figures as a README shows them: what missed its budget is bold."""
    names = [name for name in _shown(row) if name != "p99_cpu_us"]
    told = ((name, _told(name, row["figures"][name])) for name in names)
    figures = [f"**{text}**" if name in row["missed"] else text for name, text in told]
    return ", ".join(figures + [f"**{record.WRONG}**"] * (row["verdict"] == record.WRONG))


def budget(row: dict[str, Any]) -> str:
    """Its limits."""
    limits = row["budget"].items()
    return ", ".join(f"{_MOST[name in AT_LEAST]} {_told(name, limit)}" for name, limit in limits)


def _shown(row: dict[str, Any]) -> list[str]:
    """Figures with a budget; beside a p99 that of CPU time, which a busy machine does not bend."""
    wanted = set(row["budget"]) or _UNJUDGED
    wanted |= {"p99_cpu_us"} if "p99_us" in wanted else set()
    return [name for name in _UNITS if name in wanted and name in row["figures"]]


def _told(name: str, value: float, is_missed: bool = False) -> str:
    """A figure with its unit: `p50_us` 6.2 is "6.2 us p50"."""
    number = f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
    text = f"{number} {_UNITS[name]}"
    return f"[yellow]{text}[/]" if is_missed else text


def _sign(name: str) -> str:
    return ">=" if name in AT_LEAST else "<="


def _counted(row: dict[str, Any]) -> str:
    if row["verdict"] == record.SKIPPED:
        return str(row["reason"])
    if row["found"] is None:
        return ""
    found, expected = (sum(counts.values()) for counts in (row["found"], row["expected"]))
    return str(found) if row["found"] == row["expected"] else f"{found}, expected {expected}"
