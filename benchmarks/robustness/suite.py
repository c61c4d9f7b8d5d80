"""Recall per transformation on values of the public corpus, over two messages too; and the pace of hostile texts."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table

from benchmarks.corpus.values import Kind, kinds
from benchmarks.quality.share import Share, share
from benchmarks.robustness.transformations import TRANSFORMATIONS
from sitclassify.scanner import Scanner

EACH = 5  # values of a kind
_SIZE = 1_000_000  # characters of a hostile text
_SPLIT = {"asked for in one message, told in the next": 0.0, "split over two messages": 0.5}
_HOSTILE: dict[str, str] = {
    "prose": "The quick meeting went well, and nobody of us was late on Monday. ",
    "one letter": "a",
    "one digit": "1",
    "digits and spaces": "1 ",
    "digits and dashes": "12-",
    "letters and dots": "a.",
    "at signs": "a@",
    "open brackets": "([{<",
    "key without a value": "password: ",
    "equal signs": "key=",
    "base64 without an end": "QUJD",
    "percent escapes": "%41",
    "backslashes": "\\u0031",
    "look-alike letters": "а1",
    "zero-width characters": "4\u200b",
    "card numbers that are none": "4111 1111 1111 1112 ",
    "begun tokens": "eyJ",
    "address without an end": "https://a:b",
    "line breaks": "\n> 1",
}


class Value(NamedTuple):
    """A value, the word it is told beside, and its kind."""

    kind: Kind
    word: str
    value: str


def values(rows: Sequence[Mapping[str, Any]], each: int = EACH) -> list[Value]:
    """The first values of each kind in the corpus, beside their English words."""
    known = {kind.name: kind for kind in kinds() if kind.words_in("en")}
    kept: dict[str, dict[str, None]] = defaultdict(dict)
    for row in rows:
        for span in row["spans"]:
            if span["label"] in known and len(kept[span["label"]]) < each:
                kept[span["label"]][row["text"][span["start"] : span["end"]]] = None
    return [
        Value(known[name], words[number % len(words)], value)
        for name, found in sorted(kept.items())
        for words in [known[name].words_in("en")]
        for number, value in enumerate(found)
    ]


def run(scanner: Scanner, rows: Sequence[Mapping[str, Any]], progress: Console) -> dict[str, Any]:
    """All figures, as the record holds them."""
    asked = values(rows)
    progress.print(f"{len(asked)} values in {len(TRANSFORMATIONS)} transformations ...")
    found = {n: _written(scanner, asked, t) for n, t in TRANSFORMATIONS.items()}
    found |= {name: _split(scanner, asked, part) for name, part in _SPLIT.items()}
    progress.print("hostile texts ...")
    return {
        "values": len(asked),
        "transformations": {name: share(hits) for name, hits in found.items()},
        "families": {name: _families(scanner, asked, hits) for name, hits in found.items()},
        "hostile": _hostile(scanner),
    }


def _written(scanner: Scanner, asked: Sequence[Value], write: Callable[[str], str]) -> list[bool]:
    texts = (f"{v.word}: {write(v.value)}" for v in asked)
    return [
        any(d.sit in v.kind.sits for d in scanner.scan(text).detections)
        for v, text in zip(asked, texts, strict=True)
    ]


def _split(scanner: Scanner, asked: Sequence[Value], part: float) -> list[bool]:
    return [
        any(
            d.sit in v.kind.sits
            for result in _conversation(scanner, v, part)
            for d in result.detections
        )
        for v in asked
    ]


def _conversation(scanner: Scanner, value: Value, part: float) -> Iterator[Any]:
    cut = int(len(value.value) * part)
    first = f"{value.word}: {value.value[:cut]}" if cut else f"What is your {value.word}?"
    messages = [
        {"role": "user" if cut else "assistant", "content": first},
        {"role": "user", "content": value.value[cut:]},
    ]
    yield from scanner.scan_conversation(messages)


def _families(scanner: Scanner, asked: Sequence[Value], hits: Sequence[bool]) -> dict[str, float]:
    counted: dict[str, Share] = defaultdict(Share)
    for value, is_hit in zip(asked, hits, strict=True):
        sit = next((s for s in value.kind.sits if s in scanner.sits), None)
        if sit is not None:
            counted[scanner.sits[sit].category].add(is_hit)
    return {name: round(counted[name].value, 4) for name in sorted(counted)}


def _hostile(scanner: Scanner) -> dict[str, Any]:
    """Seconds for a text of `_SIZE` and for one of half of it: more than twice as long is no line."""
    told = {}
    for name, part in _HOSTILE.items():
        whole, half = (
            _seconds(scanner, (part * (n // len(part) + 1))[:n]) for n in (_SIZE, _SIZE // 2)
        )
        told[name] = {"seconds": round(whole, 4), "times half": round(whole / half, 2)}
    return told


def _seconds(scanner: Scanner, text: str) -> float:
    times = []
    for _ in range(2):
        start = time.perf_counter()
        scanner.scan(text)
        times.append(time.perf_counter() - start)
    return min(times)


def tables(figures: Mapping[str, Any]) -> list[Table]:
    """For the terminal."""
    shown = Table("written", "found", "95 % interval", title_justify="left")
    for name, told in sorted(
        figures["transformations"].items(), key=lambda item: -item[1]["share"]
    ):
        low, high = told["interval"]
        shown.add_row(name, f"{told['share']:.3f}", f"{low:.3f}..{high:.3f}")
    hostile = Table(f"hostile text of {_SIZE:,} characters", "seconds", "times half")
    for name, told in figures["hostile"].items():
        hostile.add_row(name, f"{told['seconds']:.3f}", f"{told['times half']:.2f}")
    return [shown, hostile]
