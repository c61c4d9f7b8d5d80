"""A summary as one self-contained page: it loads nothing, works offline, and holds no value unmasked."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from string import Template
from typing import Any

import sitclassify
from sitclassify.batch.names import Names
from sitclassify.batch.summary import LEVELS, Summary
from sitclassify.scanner import Scanner

_HERE = Path(__file__).parent
_SHOWN = {"users": 1, "documents": 2}  # how many of the first parts of their keys are names


def write_report(path: Path, summary: Summary, scanner: Scanner) -> None:
    """Write the page. `scanner` looks through file, column and other names: a value among them is masked."""
    page = Template((_HERE / "page.html").read_text("utf-8")).substitute(
        style=(_HERE / "page.css").read_text("utf-8"),
        script=(_HERE / "page.js").read_text("utf-8"),
        data=_for_script(_told(summary, _Names(scanner))),
    )
    path.write_text(page, "utf-8", "replace")


def _for_script(table: dict[str, Any]) -> str:
    """JSON that no text in it can end the script with."""
    return json.dumps(table, ensure_ascii=False).replace("<", "\\u003c")


class _Names:
    """Names as they can be shown: two that look alike once they are masked stay two."""

    def __init__(self, scanner: Scanner) -> None:
        self._names = Names(scanner.scan)
        self._shown: dict[str, str] = {}
        self._alike: Counter[str] = Counter()

    def __call__(self, name: str) -> str:
        if name not in self._shown:
            told = self._names.shown(name)
            self._alike[told] += 1
            number = self._alike[told]
            self._shown[name] = told if number == 1 else f"{told} ({number})"
        return self._shown[name]


def _told(summary: Summary, shown: _Names) -> dict[str, Any]:
    """What the page draws."""
    table = summary.to_dict()
    told: dict[str, Any] = {name: table[name] for name in ("names", "pairs")}
    for name in ("cube", "answers"):
        told[name] = [[sit, level, shown(app), *rest] for sit, level, app, *rest in table[name]]
    for name, names in _SHOWN.items():
        told[name] = [[*map(shown, row[:names]), *row[names:]] for row in table[name]]
    told["columns"] = [
        verdict._asdict() | {"column": shown(verdict.column), "told": verdict.told(summary.names)}
        for verdict in summary.verdicts()
    ]
    told["examples"] = {
        sit: [example | {"where": shown(example["where"])} for example in kept]
        for sit, kept in table["examples"].items()
    }
    told["totals"] = _totals(summary)
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    told["about"] = f"sitclassify {sitclassify.__version__}, {now}"
    return told


def _totals(summary: Summary) -> list[tuple[str, int]]:
    sits = summary.by_level().values()
    levels = [(name, sum(found[name] for found in sits)) for name in reversed(LEVELS)]
    return [
        ("texts", summary.texts),
        ("texts with findings", summary.hits),
        ("findings", sum(count for _, count in levels)),
        *((f"of {name} confidence", count) for name, count in levels),
        ("inputs not read", summary.unread),
    ]
