"""What tests of audit share: kinds of fixtures, and reading a file of events."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

MakeEvent = Callable[..., dict[str, Any]]
WriteTo = Callable[..., bool]


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The events in a file; a half line is left out."""
    events = []
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            events.append(json.loads(line))
        except ValueError:
            continue
    return events
