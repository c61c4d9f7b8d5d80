"""Quality of all SITs that are no credentials: recall on known values, tables, false alarms on benign text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.quality import benign, columns, values
from benchmarks.quality.benign import Flagged
from benchmarks.quality.columns import Column
from benchmarks.quality.layouts import LAYOUTS
from benchmarks.quality.rows import Data
from benchmarks.quality.share import Share, goal_table, share
from benchmarks.quality.values import Outcome
from sitclassify.scanner import Scanner

_SHOWN = 25  # rows of a table on the screen; the record has all
_TEXT_KINDS = ("logs", "lock files", "tables", "code")


def run(data: Data, scanner: Scanner, progress: Console) -> dict[str, Any]:
    """All figures, as the record holds them."""
    read = list(values.read(data))
    progress.print(f"{len(read)} values in {len(LAYOUTS)} layouts ...")
    outcomes = list(values.measure(read, scanner))
    progress.print("tables ...")
    tables_ = list(columns.measure(read, scanner))
    progress.print("benign texts ...")
    known = frozenset(i for i, sit in scanner.sits.items() if sit.category != "credential")
    flagged = list(benign.measure(data, scanner, known))
    figures = {
        "values": _values(outcomes),
        "columns": _columns(tables_),
        "benign": _benign(flagged),
        "sits": _sits(outcomes, flagged),
    }
    return {"goals": _goals(figures), **figures}


def _values(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name in dict.fromkeys(o.value.set for o in outcomes):
        own = [o for o in outcomes if o.value.set == name]
        valid = [o for o in own if o.value.is_valid]
        plain = [o for o in valid if o.layout == values.PLAIN]
        accepted: dict[str, bool] = defaultdict(bool)
        for o in own:
            if not o.value.is_valid:
                accepted[o.value.row] |= o.is_found
        told[name] = {
            "types": len({o.value.type for o in own}),
            "found": share(o.is_found for o in plain),
            "found in all layouts": share(o.is_found for o in valid),
            "first of found": share(o.is_first for o in valid if o.is_found),
            "invalid accepted": share(accepted.values()),
            "layouts": {
                layout: share(o.is_found for o in valid if o.layout == layout)
                for layout in dict.fromkeys(o.layout for o in valid)
            },
        }
    return told


def _columns(tables_: Sequence[Column]) -> dict[str, Any]:
    rows = Share(sum(c.found for c in tables_), sum(c.rows for c in tables_))
    return {
        "rows": rows.told(),
        f"row {columns.FAR}": share(c.is_far_found for c in tables_),
        "below 98 %": {
            c.type: round(c.found / c.rows, 4) for c in tables_ if c.found < 0.98 * c.rows
        },
    }


def _benign(flagged: Sequence[Flagged]) -> dict[str, Any]:
    kinds: dict[str, list[Flagged]] = defaultdict(list)
    for text in flagged:
        kinds[text.kind].append(text)
    prompts = kinds[benign.PROMPTS]
    return {
        "prompts flagged": share(bool(t.sits) for t in prompts),
        "prompts flagged high": share(bool(t.high) for t in prompts),
        "suspect texts flagged": share(bool(t.sits) for t in flagged if t.is_suspect),
        "all texts flagged": share(bool(t.sits) for t in flagged),
        "kinds": {
            kind: share(bool(t.sits) for t in texts)
            | {"detections": sum(len(t.sits) for t in texts)}
            for kind, texts in kinds.items()
        },
        "flagged": {t.row: sorted(set(t.sits)) for t in flagged if t.sits},
    }


def _sits(outcomes: Sequence[Outcome], flagged: Sequence[Flagged]) -> dict[str, Any]:
    """By SIT: recall of the values mapped to it, and what it took that is not its own."""
    valid = [o for o in outcomes if o.value.is_valid]
    false_alarms = Counter(sit for text in flagged for sit in text.sits)
    right = Counter(o.first for o in valid if o.is_first)
    taken = Counter(o.first for o in valid if o.first is not None and not o.is_first)
    own: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in valid:
        for sit in outcome.value.sits:
            own[sit].append(outcome)
    told = {}
    for sit in sorted({*own, *false_alarms, *(s for s in taken if s)}):
        wrong = taken[sit] + false_alarms[sit]
        told[sit] = {
            "recall": share(o.is_found for o in own[sit]),
            "precision": Share(right[sit], right[sit] + wrong).told(),
            "first for others": taken[sit],
            "benign": false_alarms[sit],
        }
    return told


def _goals(figures: dict[str, Any]) -> list[dict[str, Any]]:
    goals = []

    def goal(name: str, share: dict[str, Any], limit: float, is_least: bool = True) -> None:
        is_met = share["share"] >= limit if is_least else share["share"] <= limit
        goals.append({"goal": name, "limit": limit, "met": is_met, **share})

    for name, found in figures["values"].items():
        goal(f"{name}: found beside their word", found["found"], 0.97)
        goal(f"{name}: found over eight layouts", found["found in all layouts"], 0.95)
        goal(f"{name}: right SIT first", found["first of found"], 0.97)
        goal(f"{name}: invalid values accepted", found["invalid accepted"], 0.02, False)
    goal("rows of a column found", figures["columns"]["rows"], 0.98)
    goal(f"row {columns.FAR} found", figures["columns"][f"row {columns.FAR}"], 0.98)
    told = figures["benign"]
    goal("benign prompts flagged", told["prompts flagged"], 0.002, False)
    goal("benign prompts flagged high", told["prompts flagged high"], 0.0001, False)
    goal("texts with numbers and addresses flagged", told["suspect texts flagged"], 0.05, False)
    for kind in _TEXT_KINDS:
        goal(f"{kind} flagged", told["kinds"][kind], 0.02, False)
    others = {k: v for k, v in told["kinds"].items() if k not in _TEXT_KINDS}
    mean = sum(v["hits"] for v in others.values()) / sum(v["of"] for v in others.values())
    kind, worst = max(others.items(), key=lambda item: item[1]["interval"][0])
    # The interval's lower end: one text in ninety is no language three times the mean.
    is_met = worst["interval"][0] <= 3 * mean
    goals.append(
        {
            "goal": f"worst language or genre ({kind})",
            "limit": round(3 * mean, 5),
            "met": is_met,
            **worst,
        }
    )
    return goals


def tables(figures: dict[str, Any]) -> list[Table]:
    """For the terminal: the goals, and the SITs that are farthest from them."""
    weak = Table(title="SITs farthest from the goals", title_justify="left")
    for name in ("sit", "recall", "of", "precision", "first for others", "benign"):
        weak.add_column(name)
    worst = sorted(figures["sits"].items(), key=lambda item: _weakness(item[1]))
    for sit, told in worst[:_SHOWN]:
        recall, precision = told["recall"], told["precision"]
        shares = (f"{recall['share']:.3f}", str(recall["of"]), f"{precision['share']:.3f}")
        weak.add_row(sit, *shares, str(told["first for others"]), str(told["benign"]))
    return [goal_table(figures["goals"]), weak]


def _weakness(told: dict[str, Any]) -> float:
    recall, precision = told["recall"], told["precision"]
    return (recall["share"] if recall["of"] else 1) + (precision["share"] if precision["of"] else 1)
