"""How a command ended, and the catalogue of three SITs the tests scan with."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

CATALOGUE = Path(__file__).parent / "catalogue"
SSN, CARD, MAIL = "536-90-4399", "4111 1111 1111 1111", "ada@kontor.test"


class Done(NamedTuple):
    """How a command ended."""

    status: int
    out: str
    err: str
    data: bytes

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Its lines of JSON."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def found(self) -> list[dict[str, Any]]:
        """All detections, each with the place of its text."""
        keys = ("file", "line", "row", "pointer", "id")
        return [
            {**{k: row[k] for k in keys if k in row}, **detection}
            for row in self.rows
            for detection in row["detections"]
        ]


Run = Callable[..., Done]


def at(document: Any, pointer: str) -> Any:
    """What a JSON pointer points to."""
    for step in pointer.split("/")[1:]:
        step = step.replace("~1", "/").replace("~0", "~")
        document = document[int(step)] if isinstance(document, list) else document[step]
    return document
