"""A share of cases with its exact interval, and the table of the goals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from rich.table import Table

_CONFIDENCE = 0.95


@dataclass(slots=True)
class Share:
    """`hits` of `of` cases. `told` has the share and its Clopper-Pearson interval of 95 %."""

    hits: int = 0
    of: int = 0

    def add(self, is_hit: bool) -> None:
        """Count one case."""
        self.hits += is_hit
        self.of += 1

    @property
    def value(self) -> float:
        """Hits of all cases; 0 where there is none."""
        return self.hits / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Clopper-Pearson bounds; 0 to 1 where there is no case."""
        if not self.of:
            return 0.0, 1.0
        from scipy.stats import binomtest

        bounds = binomtest(self.hits, self.of).proportion_ci(_CONFIDENCE, method="exact")
        return float(bounds.low), float(bounds.high)

    def told(self) -> dict[str, Any]:
        """As the record holds it."""
        low, high = self.interval
        return {
            "share": round(self.value, 5),
            "interval": [round(low, 5), round(high, 5)],
            "hits": self.hits,
            "of": self.of,
        }


def share(cases: Iterable[bool]) -> dict[str, Any]:
    """The share of cases that are true, as the record holds it."""
    counted = Share()
    for is_hit in cases:
        counted.add(is_hit)
    return counted.told()


def goal_table(goals: Sequence[dict[str, Any]]) -> Table:
    """For the terminal: where each goal stands."""
    table = Table(title="Goals", title_justify="left")
    for name in ("goal", "limit", "share", "95 % interval", "cases", "met"):
        table.add_column(name)
    for g in goals:
        low, high = g["interval"]
        cells = (
            f"{g['limit']:g}",
            f"{g['share']:.4f}",
            f"{low:.4f}..{high:.4f}",
            f"{g['hits']}/{g['of']}",
        )
        table.add_row(g["goal"], *cells, "yes" if g["met"] else "NO")
    return table
