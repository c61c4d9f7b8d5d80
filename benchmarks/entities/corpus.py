"""Labelled texts to learn from: published ones whose licence lets everybody, made ones, and prompts without names."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.entities.synthetic import Made, make
from benchmarks.quality.rows import Data
from sitclassify.entities.finder import listed
from sitclassify.entities.lexicon import PROPER, kind
from sitclassify.entities.tokens import ADDRESS, LOCATION, ORGANIZATION, PERSON

LABELLED = {  # set -> licence
    "presidio_synth_v2": "MIT", "presidio_generated_large": "MIT", "wnut17": "CC BY 4.0", "wikigold": "CC BY 4.0",
    "address_opencage": "MIT", "address_us": "MIT", "person_names": "MIT",
}  # fmt: skip
PLAIN = {  # family and set of prompts -> licence: what the lists do not find there is none
    ("benign", "coding_prompts"): "MIT", ("benign", "security_prompts"): "MIT", ("benign", "gsm8k"): "MIT",
    ("benign", "clinc_utterances"): "CC BY 3.0", ("benign", "restaurant_utterances"): "CC BY 4.0",
    ("benign", "assistant_answers"): "Apache-2.0",
}  # fmt: skip
_PLAIN_ROWS = 500  # of each
_LABELS = {
    "PERSON": PERSON, "GPE": LOCATION, "LOCATION": LOCATION, "CITY": LOCATION, "COUNTRY": LOCATION,
    "ORGANIZATION": ORGANIZATION, "GROUP": ORGANIZATION, "STREET_ADDRESS": ADDRESS, "ADDRESS": ADDRESS,
}  # fmt: skip
_WHOLE = {
    "address_us": ADDRESS,
    "address_opencage": ADDRESS,
    "person_names": PERSON,
}  # nothing else in them
_DEVELOPED = 1  # of five parts of the rows, the one that thresholds are chosen on
_SURE = 75  # confidence from which on the lists are believed in plain prompts
_LONGEST = 600  # characters of a plain prompt
_TIMES = {  # how often a set is read in a round
    "wnut17": 2, "wikigold": 2, "presidio_synth_v2": 2, "presidio_generated_large": 2,
}  # fmt: skip
_TITLE = re.compile(
    r"\b(?P<title>(?i:mr|mrs|ms|dr|herr|frau|madame|monsieur|prof(?:essor)?)\.?)\s$"
)
Span = tuple[int, int, str]


class Row(NamedTuple):
    """A text to learn from; of what is in `unsure` nothing is known."""

    text: str
    spans: list[Span]
    unsure: list[tuple[int, int]]


def labelled(data: Data, name: str) -> Iterator[tuple[dict[str, Any], Row]]:
    """The rows of a set, and what is learned from each."""
    for row in data.rows("pii_spans", name):
        told = [
            (s["start"], s["end"], _LABELS[s["label"]])
            for s in row["spans"]
            if s["label"] in _LABELS
        ]
        if name in _WHOLE:
            told = [(0, len(row["text"]), _WHOLE[name])] if row["spans"] else []
        yield row, Row(row["text"], _joined(row["text"], told), [])


def is_for_development(row: dict[str, Any]) -> bool:
    """Whether a row chooses thresholds."""
    return int(row["cluster"], 16) % 5 == _DEVELOPED


def corpus(folder: Path, made: int, seed: int, *, whole: bool) -> list[Row]:
    """Everything; `whole`: also the rows that choose thresholds."""
    data = Data(folder, tune=True)
    rows = [Row(*one, _titles(one)) for one in make(made, seed)]
    for name in LABELLED:
        found = [r for row, r in labelled(data, name) if whole or not is_for_development(row)]
        rows += found * _TIMES.get(name, 1)
    rng = random.Random(seed)
    for family, name in PLAIN:
        texts = [
            row["text"][:_LONGEST]
            for row in data.rows(family, name)
            if whole or not is_for_development(row)
        ]
        rows += [_plain(text) for text in rng.sample(texts, min(_PLAIN_ROWS, len(texts)))]
    return rows


def _titles(made: Made) -> list[tuple[int, int]]:
    """The titles before names: published texts have them in a name or beside it."""
    found = (
        _TITLE.search(made.text, 0, start) for start, _, label in made.spans if label == PERSON
    )
    return [match.span("title") for match in found if match]


def _plain(text: str) -> Row:
    found = listed(text)
    sure = [(s.start, s.end, s.label) for s in found if s.confidence >= _SURE]
    unsure = [(s.start, s.end) for s in found if s.confidence < _SURE]
    at = 0
    for word in text.split():
        at = text.index(word, at)
        bare = word.strip(".,!?:;()'\"")
        if bare.istitle() and kind(bare.lower()) & PROPER:
            unsure.append((at, at + len(word)))  # a place, mostly
    return Row(text, sure, unsure)


def _joined(text: str, spans: list[Span]) -> list[Span]:
    """Parts of an address that follow each other as one."""
    done: list[Span] = []
    for start, end, label in sorted(spans):
        if done and label in (ADDRESS, LOCATION) and done[-1][2] == ADDRESS:
            between = text[done[-1][1] : start]
            if not between.strip(" ,\n") and (
                label == ADDRESS or "\n" in between or len(between) < 3
            ):
                done[-1] = done[-1][0], end, ADDRESS
                continue
        done.append((start, end, label))
    return done
