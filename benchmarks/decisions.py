"""What a decision and a redaction cost, beside the scan of the same text in the same run."""

from __future__ import annotations

from functools import partial
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks import record
from benchmarks.recipes import Recipe
from benchmarks.scanners import Scanners
from benchmarks.timing import Call, interleave, one_core, percentile
from sitclassify import policy
from sitclassify.results import ScanResult

SECONDS, QUICK_SECONDS = 4.0, 0.4  # for the samples of one text
POLICIES = ("default", "pci-dss", "us-pii")
TEXTS = {  # file of `texts/` -> the action that these policies decide on
    "clean.txt": "allow",
    "one_value.txt": "audit",  # a published test card
    "three_values.txt": "block",
}


def run(scanners: Scanners, console: Console, *, is_quick: bool) -> dict[str, Any]:
    """Measure every text; the record of the run. A wrong action is told in the verdict."""
    told = record.surroundings(scanners)
    rows = []
    for file, expected in TEXTS.items():
        with console.status(file), one_core():
            rows.append(_row(scanners, file, expected, QUICK_SECONDS if is_quick else SECONDS))
    return {**told, "policies": POLICIES, "is_quick": is_quick, "rows": rows}


def _row(scanners: Scanners, file: str, expected: str, seconds: float) -> dict[str, Any]:
    scanner, policies = scanners.load(), policy.load(POLICIES)
    [text] = Recipe(file=file).texts()
    result = scanner.scan(text)
    decision = policies.evaluate(result)
    calls: dict[str, Call] = {"scan": partial(scanner.scan, text)}
    calls["evaluate"] = partial(policies.evaluate, result)
    calls |= {f"redact_{method}": _redact(result, method) for method in ("label", "placeholder")}
    samples = interleave(calls, seconds)
    return {
        "text": file,
        "detections": len(result.detections),
        "expected": expected,
        "action": decision.action,
        "verdict": record.MEASURED if decision.action == expected else record.WRONG,
        "p50_us": {n: round(percentile(kept, 0.5) / 1e3, 2) for n, kept in samples.items()},
        "p99_us": {n: round(percentile(kept, 0.99) / 1e3, 2) for n, kept in samples.items()},
    }


def _redact(result: ScanResult, method: str) -> Call:
    return lambda: result.redact(method)


def table(rows: list[dict[str, Any]]) -> Table:
    """The rows as people read them."""
    names = list(rows[0]["p50_us"])
    shown = Table("text", "detections", "action", *(f"{name} us p50 (p99)" for name in names))
    for row in rows:
        figures = (f"{row['p50_us'][n]:g} ({row['p99_us'][n]:g})" for n in names)
        shown.add_row(row["text"], str(row["detections"]), row["action"], *figures)
    return shown
