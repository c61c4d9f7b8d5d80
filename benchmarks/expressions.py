"""What every expression of the first pass costs alone, so that a slow one is seen.

Alone is not together: expressions without a literal to look for first slow one another down, so that the
databases, which are told too, are slower than their slowest expression.
"""

from __future__ import annotations

import time
from operator import itemgetter
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks import record
from benchmarks.prose import prose
from benchmarks.scanners import Scanners
from benchmarks.timing import one_core
from sitclassify.compiler import CompiledRules
from sitclassify.expressions import Expression
from sitclassify.matcher import Database
from sitclassify.plan import make_plan

_SIZE = 400_000  # characters of prose
_RUNS = 5  # of which the median is told
_SHOWN = 40  # rows of the table; all are in the record
_LONGEST = 120  # characters of a pattern that are told


def run(scanners: Scanners, console: Console) -> dict[str, Any]:
    """The record: each expression alone, slowest first, and the databases they are in together."""
    told = record.surroundings(scanners)
    rules = scanners.load()._detector.rules
    data = prose(1, _SIZE).encode()
    with one_core(), console.status("compiling each expression alone"):
        rows = [_row(expression, place, data) for place, expression in _shapes(rules)]
        databases: list[dict[str, Any]] = [
            {"database": name, **_cost(database, data)}
            for name, database in rules.databases.items()
        ]
    rows.sort(key=itemgetter("mb_per_s"))
    databases.sort(key=itemgetter("mb_per_s"))
    return {**told, "bytes": len(data), "databases": databases, "expressions": rows}


def _shapes(rules: CompiledRules) -> list[tuple[str, Expression]]:
    """The expressions of primaries, and of what calls for them, with the database each is in."""
    plan = make_plan([rules.sits[id] for id in rules.ids])
    shards = [name for name in plan.expressions if name.startswith(("called ", "gated "))]
    places = ("open", "keys", "callers", *shards, "wide")
    return [(place, expression) for place in places for expression in plan.expressions[place]]


def _row(expression: Expression, place: str, data: bytes) -> dict[str, Any]:
    start = time.perf_counter()
    database = Database.compile([expression])
    compiled = (time.perf_counter() - start) * 1e3
    cost = _cost(database, data)
    return {"owner": expression.owner, "database": place, **cost, "compile_ms": round(compiled, 1),
            "pattern": expression.pattern[:_LONGEST]}  # fmt: skip


def _cost(database: Database, data: bytes) -> dict[str, float]:
    times: list[float] = []
    hits = 0
    for _ in range(_RUNS):
        start = time.perf_counter()
        hits = len(database.scan(data))
        times.append(time.perf_counter() - start)
    speed = len(data) / 1e6 / median(times)
    return {
        "mb_per_s": float(f"{speed:.4g}"),
        "hits": hits,
        "kb": round(len(database.dump()) / 1e3, 1),
    }


def tables(told: dict[str, Any]) -> list[Table]:
    """The databases, and the slowest expressions."""
    databases = Table("database", "MB/s on prose", "hits", "kB")
    for row in told["databases"]:
        databases.add_row(row["database"], *_numbers(row))
    slowest = Table("expression of", "in", "MB/s", "hits", "kB", "compile ms", "pattern")
    for row in told["expressions"][:_SHOWN]:
        slowest.add_row(
            row["owner"],
            row["database"],
            *_numbers(row),
            f"{row['compile_ms']:.0f}",
            _escaped(row["pattern"]),
        )
    return [databases, slowest]


def _numbers(row: dict[str, Any]) -> tuple[str, str, str]:
    return f"{row['mb_per_s']:,.0f}", f"{row['hits']:,}", f"{row['kb']:,.0f}"


def _escaped(pattern: str) -> str:
    return pattern[:60].replace("\n", "\\n").replace("[", r"\[")
