"""Labelled corpora of others as they are published: one reader a layout, each gives the rows that the suite scores.

A row is `text`, `spans` (`start end label`, in characters), and `language` where the corpus tells it.
"""

from __future__ import annotations

import ast
import csv
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.labels import CREDENTIAL

Row = dict[str, Any]


def presidio_research(path: Path) -> Iterator[Row]:
    """presidio-research's `InputSample` as JSON: `full_text`, `spans` of `entity_type start_position end_position`."""
    for row in _objects(path):
        spans = [
            _span(s["start_position"], s["end_position"], s["entity_type"]) for s in row["spans"]
        ]
        yield _row(row["full_text"], spans, row)


def gretel_finance(path: Path) -> Iterator[Row]:
    """Gretel's synthetic PII of finance: `generated_text`, `pii_spans` of `start end label`, as text."""
    yield from _labelled(path, "generated_text", "pii_spans")


def gretel_masking(path: Path) -> Iterator[Row]:
    """Gretel's PII masking: `text`, `entities` of `entity` and `types`; the places are looked for in the text."""
    for row in _objects(path):
        text, spans = row["text"], []
        for told in _listed(row["entities"]):
            value, start = told["entity"], text.find(told["entity"])
            while start >= 0 and value:
                spans.append(_span(start, start + len(value), told["types"][0]))
                start = text.find(value, start + len(value))
        yield _row(text, spans, row)


def ai4privacy(path: Path) -> Iterator[Row]:
    """ai4privacy's PII masking: `source_text`, `privacy_mask` of `start end label`."""
    yield from _labelled(path, "source_text", "privacy_mask")


def nemotron_pii(path: Path) -> Iterator[Row]:
    """NVIDIA's Nemotron-PII: `text`, `spans` of `start end label`, as text."""
    yield from _labelled(path, "text", "spans")


def cred_data(path: Path) -> Iterator[Row]:
    """Samsung's CredData, downloaded: `meta/*.csv` tells lines and columns in the files of `data/`."""
    files: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    for table in sorted((path / "meta").glob("*.csv")):
        with table.open(encoding="utf-8", newline="") as lines:
            for line in csv.DictReader(lines):
                files[line["FilePath"]].append(line)
    for name, marks in files.items():
        text = (path / name).read_text(encoding="utf-8", errors="replace")
        starts = [0]
        for line_ in text.split("\n"):
            starts.append(starts[-1] + len(line_) + 1)
        yield {
            "text": text,
            "spans": [_marked(m, starts) for m in marks if m["GroundTruth"] == "T"],
            "lines": len(starts) - 1,
        }


READERS: Mapping[str, Callable[[Path], Iterator[Row]]] = {
    "presidio-research": presidio_research,
    "gretel-finance": gretel_finance,
    "gretel-masking": gretel_masking,
    "ai4privacy": ai4privacy,
    "nemotron-pii": nemotron_pii,
    "creddata": cred_data,
}


def _labelled(path: Path, text: str, spans: str) -> Iterator[Row]:
    for row in _objects(path):
        told = [_span(s["start"], s["end"], s["label"]) for s in _listed(row[spans])]
        yield _row(row[text], told, row)


def _marked(mark: Mapping[str, str], starts: list[int]) -> dict[str, Any]:
    """A credential: from a column of its first line to one of its last; whole lines where none is told."""
    first, last = (int(mark[name]) for name in ("LineStart", "LineEnd"))
    start, end = (int(mark[name] or -1) for name in ("ValueStart", "ValueEnd"))
    begin = starts[first - 1] + max(start, 0)
    return _span(begin, starts[last - 1] + end if end >= 0 else starts[last] - 1, CREDENTIAL)


def _row(text: str, spans: list[dict[str, Any]], row: Mapping[str, Any]) -> Row:
    told = {"language": row["language"]} if row.get("language") else {}
    return {"text": text, "spans": spans, **told}


def _span(start: Any, end: Any, label: Any) -> dict[str, Any]:
    return {"start": int(start), "end": int(end), "label": str(label)}


def _listed(told: Any) -> list[dict[str, Any]]:
    """A list, or one that was written down as JSON or as Python."""
    if not isinstance(told, str):
        return list(told or ())
    try:
        return list(json.loads(told))
    except json.JSONDecodeError:
        return list(ast.literal_eval(told))


def _objects(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a Parquet file, of JSON lines, or of one JSON array."""
    if path.suffix == ".parquet":
        from pyarrow import parquet

        for batch in parquet.ParquetFile(path).iter_batches():
            yield from batch.to_pylist()
        return
    with path.open(encoding="utf-8") as lines:
        first = lines.read(1)
        lines.seek(0)
        if first == "[":
            yield from json.load(lines)
        else:
            yield from (json.loads(line) for line in lines if line.strip())
