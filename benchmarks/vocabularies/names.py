"""Measures the SIT of person names on labelled texts, and how often it speaks in ordinary prompts.

    python -m benchmarks.vocabularies.names DATA [RECORD]

DATA holds `pii_spans/*.jsonl.gz` (spans with the label PERSON) and `benign/*.jsonl.gz`. Only the held-back fifth is
read. A name counts as found where a detection overlaps it; a detection that overlaps none is a false alarm.
Names of real and fictitious persons occur in benign texts, so that share is no error rate.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sitclassify

SPANS = ("presidio_synth_v2", "presidio_generated_large", "fake_identities", "wnut17", "wikigold")
BENIGN = ("instruction_prompts", "assistant_answers", "coding_prompts", "clinc_utterances", "gsm8k")


def main(data: Path, record: Path | None) -> None:
    scanner = sitclassify.load(sits="all-full-names", classifiers=(), cache=False)
    told = {
        "spans": {n: _quality(scanner, data / "pii_spans" / f"{n}.jsonl.gz") for n in SPANS},
        "benign": {n: _share(scanner, data / "benign" / f"{n}.jsonl.gz") for n in BENIGN},
    }
    text = json.dumps(told, indent=1) + "\n"
    if record is not None:
        record.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def _rows(path: Path) -> Iterator[Any]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if int(row["cluster"], 16) % 5 == 0:
                yield row


def _quality(scanner: sitclassify.Scanner, path: Path) -> dict[str, float]:
    found = missed = false = 0
    for row in _rows(path):
        spans = [(s["start"], s["end"]) for s in row["spans"] if s["label"] == "PERSON"]
        got = [(d.start, d.end) for d in scanner.scan(row["text"]).detections]
        hits = sum(any(a < end and start < b for a, b in got) for start, end in spans)
        found += hits
        missed += len(spans) - hits
        false += sum(not any(a < end and start < b for start, end in spans) for a, b in got)
    precision, recall = found / max(1, found + false), found / max(1, found + missed)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return {"precision": round(precision, 2), "recall": round(recall, 2), "f1": round(f1, 2)}


def _share(scanner: sitclassify.Scanner, path: Path) -> dict[str, float]:
    """Of 1,000 texts those with a name, and microseconds per KB."""
    texts = [row["text"] for row in _rows(path)]
    began = time.perf_counter()
    flagged = sum(bool(scanner.scan(text).detections) for text in texts)
    spent = time.perf_counter() - began
    return {
        "texts": len(texts),
        "per_1000": round(1000 * flagged / len(texts), 1),
        "us_per_kb": round(1e9 * spent / sum(map(len, texts))),
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
