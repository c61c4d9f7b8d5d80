"""A public corpus of made-up prompts, with the place of every value: it needs no download and no real data."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("prompts.jsonl.gz")


def read(path: Path = FILE) -> Iterator[dict[str, Any]]:
    """The prompts: `id language genre text`, `spans` of the values and `lures` of what only looks so.

    A span is `start end label` in characters; the label is a kind of `kinds.yaml`. Raises `OSError`.
    """
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)
