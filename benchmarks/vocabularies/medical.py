"""Measures the medical SITs, which are loaded on request: what they cost a clean text, and how often they speak.

    python -m benchmarks.vocabularies.medical DATA [RECORD]

DATA is a folder of labelled texts (`benign/*.jsonl.gz`, `documents/mtsamples.jsonl.gz`; one JSON object a line with
`text` and `cluster`). Only the held-back fifth is read. Benign texts may truly speak of an illness: the share is what
a policy would see, not an error rate.
"""

from __future__ import annotations

import gzip
import json
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sitclassify

BUNDLE = "all-medical-terms-conditions"
CODES = tuple(f"international-classification-of-diseases-icd-{n}-cm" for n in (9, 10))
BENIGN = (
    "instruction_prompts", "alpaca_eval_prompts", "assistant_answers", "coding_prompts", "gsm8k",
    "clinc_utterances", "security_prompts", "log_lines", "csv_tables", "wikipedia_sentences",
)  # fmt: skip
_ROUNDS = 5


def main(data: Path, record: Path | None) -> None:
    began = time.perf_counter()
    scanner = sitclassify.load(sits=(BUNDLE, *CODES), classifiers=(), cache=False)
    first = time.perf_counter() - began
    scanner.warm()
    shares = {name: _share(scanner, data / "benign" / f"{name}.jsonl.gz") for name in BENIGN}
    told = {
        "first_load_seconds": round(first, 1),
        "clean_prompt": _cost(scanner, data / "benign" / "instruction_prompts.jsonl.gz"),
        "benign": shares,
        "medical_reports": _share(scanner, data / "documents" / "mtsamples.jsonl.gz"),
    }
    text = json.dumps(told, indent=1) + "\n"
    if record is not None:
        record.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def _texts(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if int(row["cluster"], 16) % 5 == 0:
                yield row["text"]


def _share(scanner: sitclassify.Scanner, path: Path) -> dict[str, Any]:
    """Texts, and of these per 1,000 those with a finding, by SIT."""
    texts = list(_texts(path))
    found = [frozenset(d.sit for d in scanner.scan(text).detections) for text in texts]
    per_sit = {
        sit: round(1000 * sum(sit in sits for sits in found) / len(texts), 1)
        for sit in (BUNDLE, *CODES)
    }
    return {"texts": len(texts), "per_1000": per_sit}


def _cost(scanner: sitclassify.Scanner, path: Path) -> dict[str, Any]:
    """Microseconds of a scan of a text of 500 to 1,000 characters in which nothing is found."""
    clean = [t for t in _texts(path) if 500 <= len(t) <= 1000 and not scanner.scan(t).detections]
    times = []
    for text in clean * _ROUNDS:
        began = time.perf_counter()
        scanner.scan(text)
        times.append(1e6 * (time.perf_counter() - began))
    return {"texts": len(clean), "median_us": round(statistics.median(times), 1)}


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
