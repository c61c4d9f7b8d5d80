"""Findings that an earlier scan wrote, read again: a run's folder, or a file of Parquet, JSON lines or CSV."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from sitclassify.batch.findings import Finding
from sitclassify.errors import ConfigurationError

Row = dict[str, Any]
FORMATS = ("parquet", "jsonl", "csv")
_PLACE = ("file", "part", "line", "row", "pointer", "id")
_NUMBERS = {"start": int, "end": int, "confidence": int, "line": int, "row": int, "score": float}


def files_of(path: Path) -> list[Path]:
    """The files of findings at `path`, by shard where it is a run's folder."""
    if not path.exists():
        raise ConfigurationError(f"'{path}': no such file or folder of findings")
    if path.is_dir() and not (path / "summary.json").exists():
        raise ConfigurationError(f"'{path}' is no complete run: start it again, it goes on")
    found = sorted((path / "findings").iterdir()) if path.is_dir() else [path]
    for file in found:
        if file.suffix[1:] not in FORMATS:
            raise ConfigurationError(f"'{file}': findings are read from {', '.join(FORMATS)}")
    return found


def read_findings(path: Path) -> Iterator[Row]:
    """Findings as rows with the fields of `Finding` that the file has; one that is no file of findings raises."""
    import pyarrow as pa

    try:
        if path.suffix == ".parquet":
            yield from _parquet(path)
        else:
            with path.open(encoding="utf-8", newline="") as stream:
                yield from _lines(stream) if path.suffix == ".jsonl" else _csv(stream)
    except (ValueError, KeyError, TypeError, OSError, pa.ArrowException) as error:
        reason = type(error).__name__  # a message may quote the file
        raise ConfigurationError(f"'{path}' is no file of findings ({reason})") from None


def _parquet(path: Path) -> Iterator[Row]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as table:
        for batch in table.iter_batches():
            yield from batch.to_pylist()


def _csv(stream: TextIO) -> Iterator[Row]:
    for row in csv.DictReader(stream):
        told: Row = {key: row[key] or None for key in Finding._fields if key in row}
        for key, kind in _NUMBERS.items():
            told[key] = None if told[key] is None else kind(told[key])
        yield told


def _lines(stream: TextIO) -> Iterator[Row]:
    for line in stream:
        table = json.loads(line)
        place = {key: table.get(key) for key in _PLACE}
        for found in table["detections"]:
            yield {**place, **found, "classifier": None}
        for answer in table["classifications"]:
            if answer["matched"]:
                yield {**place, **answer, "sit": None, "confidence": None}
