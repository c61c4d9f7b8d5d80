"""A share of cases with its exact interval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

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
