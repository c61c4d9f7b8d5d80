"""The rows: texts of a folder of JSON lines, and every twentieth a made-up prompt with known values."""

from __future__ import annotations

import gzip
import json
import random
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.corpus.generate import prompts
from sitclassify.scanner import Scanner

_SEED = 20261128
_PROMPTS = 5_000  # different ones
_EVERY = 20  # one row in so many is one of them
_FILE, _GROUP = 100_000, 10_000  # rows of a file, and of a row group


@dataclass
class Pool:
    """The texts that rows are drawn from; `spans` of the planted values, by the number of their text."""

    texts: list[str]
    spans: dict[int, list[tuple[int, int]]]
    used: Counter[int] = field(default_factory=Counter)

    @property
    def bytes(self) -> int:
        """Of all rows that were drawn, as UTF-8."""
        return sum(len(self.texts[i].encode()) * count for i, count in self.used.items())

    def expected(self, scanner: Scanner) -> dict[str, Any]:
        """What a run must find, by a scan of each text alone; and how many planted values are among it."""
        findings = planted = found = 0
        for number, count in self.used.items():
            detections = scanner.scan(self.texts[number]).detections
            findings += count * len(detections)
            spans = self.spans.get(number, [])
            planted += count * len(spans)
            found += count * len({(d.start, d.end) for d in detections} & set(spans))
        return {"findings": findings, "planted values": planted, "planted values found": found}


def pool(data: Path) -> Pool:
    """Texts of every `*.jsonl.gz` in a folder, then the prompts."""
    texts: list[str] = []
    for file in sorted(data.glob("*.jsonl.gz")):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            texts += [json.loads(line)["text"] for line in lines]
    if not texts:
        raise OSError(f"'{data}' has no *.jsonl.gz with texts")
    spans: dict[int, list[tuple[int, int]]] = {}
    for prompt in prompts(_SEED, _PROMPTS):
        spans[len(texts)] = [(span["start"], span["end"]) for span in prompt["spans"]]
        texts.append(prompt["text"])
    return Pool(texts, spans)


def write(folder: Path, drawn: Pool, count: int) -> list[Path]:
    """`count` rows in files of Parquet, the same every time."""
    folder.mkdir(parents=True, exist_ok=True)
    dice = random.Random(_SEED)
    benign = len(drawn.texts) - len(drawn.spans)
    files: list[Path] = []
    for start in range(0, count, _FILE):
        numbers = [
            dice.randrange(benign, len(drawn.texts))
            if row % _EVERY == 0
            else dice.randrange(benign)
            for row in range(start, min(count, start + _FILE))
        ]
        drawn.used.update(numbers)
        columns = {
            "id": [f"r{start + row}" for row in range(len(numbers))],
            "text": [drawn.texts[number] for number in numbers],
        }
        files.append(folder / f"{start // _FILE:04}.parquet")
        pq.write_table(pa.table(columns), files[-1], row_group_size=_GROUP, compression="zstd")
    return files
