"""Made-up corpora, and what a run wrote about them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq

SSN, CARD, MAIL = "536-90-4399", "4111 1111 1111 1111", "ada@kontor.test"


def rows(count: int, every: int = 7) -> list[dict[str, Any]]:
    """Rows of prompts; a mail address in every seventh, ids that repeat."""
    return [
        {
            "id": f"r{i % 50}",
            "user": f"user{i % 5}",
            "app": ("chat", "copilot")[i % 2],
            "timestamp": f"2026-11-{1 + i % 28:02}T08:00:00Z",
            "text": f"naïve prompt {i} 日本\n"
            + (f"write to n{i}@kontor.test" if i % every == 0 else ""),
        }
        for i in range(count)
    ]


def write(path: Path, table: list[dict[str, Any]]) -> Path:
    """The rows as the name of the file says."""
    if path.suffix == ".parquet":
        pq.write_table(pa.Table.from_pylist(table), path, row_group_size=100)
    elif path.suffix == ".csv":
        pc.write_csv(pa.Table.from_pylist(table), path)
    else:
        path.write_text("".join(json.dumps(row) + "\n" for row in table), encoding="utf-8")
    return path


def findings(folder: Path) -> list[dict[str, Any]]:
    """All findings of a run into Parquet, in the order of the shards."""
    files = sorted((folder / "findings").glob("*.parquet"))
    return [row for file in files for row in pq.read_table(file).to_pylist()]


def unreadable(folder: Path) -> list[dict[str, Any]]:
    """All that could not be read."""
    files = sorted((folder / "unreadable").glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]


def places(folder: Path) -> list[tuple[Any, ...]]:
    """Where each finding of a run is, and what."""
    keys = ("file", "line", "row", "pointer", "id", "sit", "start", "end", "value")
    return [tuple(row[key] for key in keys) for row in findings(folder)]
