"""Labelled data: one gzip-compressed JSON object a line, in `FAMILY/NAME.jsonl.gz`.

A tenth of the work is not to fool oneself: near-duplicates share a `cluster`, and the clusters whose number
divides by five are held back. Figures are told of these; word lists and filters are tuned on the others.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_HELD_BACK = 5  # one cluster in this many


@dataclass(frozen=True, slots=True)
class Data:
    """A folder of labelled data; `tune` reads the rows that are not held back."""

    folder: Path
    tune: bool = False

    def names(self, family: str) -> list[str]:
        """The sets of one family, sorted."""
        return sorted(
            path.name.removesuffix(".jsonl.gz")
            for path in (self.folder / family).glob("*.jsonl.gz")
        )

    def rows(self, family: str, name: str) -> Iterator[dict[str, Any]]:
        """The rows of one set that this run may see. Raises `OSError` where there is no such set."""
        with gzip.open(self.folder / family / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                if is_held_back(row) is not self.tune:
                    yield row


def is_held_back(row: dict[str, Any]) -> bool:
    """Whether a row belongs to the figures and not to the tuning."""
    return int(row["cluster"], 16) % _HELD_BACK == 0
