"""Ordinary texts that hold nothing sensitive: how many are flagged all the same, by kind and language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.quality.rows import Data
from sitclassify.scanner import Scanner
from sitclassify.yaml_file import YamlFile

PROMPTS = "prompts"
_HIGH = 76  # the lowest confidence of the level "high"
_SETS = {  # kind -> family and set; `ud_*` are kinds of their own, one a language
    PROMPTS: [
        ("benign", "alpaca_eval_prompts"), ("benign", "instruction_prompts"), ("benign", "gsm8k"),
        ("benign", "clinc_utterances"), ("benign", "coding_prompts"), ("benign", "security_prompts"),
        ("benign", "restaurant_utterances"), ("prompt_attack", "alpaca_benign"),
        ("prompt_attack", "wildguard_benign"),
    ],
    "answers": [("benign", "assistant_answers")],
    "encyclopedia": [("benign", "wikipedia_sentences")],
    "logs": [("benign", "log_lines")],
    "lock files": [("benign", "lock_files")],
    "tables": [("benign", "csv_tables")],
    "code": [("documents", "source_code_completion"), ("documents", "source_code_linguist")],
}  # fmt: skip
_SUSPECT = re.compile(  # a long number, an e-mail or network address, a token
    r"[0-9](?:[ .,/-]?[0-9]){6}|\S@\S|(?:[0-9]{1,3}\.){3}[0-9]|"
    r"\b(?=[A-Za-z0-9_-]*[0-9])(?=[A-Za-z0-9_-]*[A-Za-z])[A-Za-z0-9_-]{16,}"
)


class Flagged(NamedTuple):
    """One text: what was found in it that a person would not call a finding."""

    row: str
    kind: str
    is_suspect: bool
    sits: tuple[str, ...]
    high: tuple[str, ...]  # of `sits`, those found at high confidence


def measure(data: Data, scanner: Scanner, known: frozenset[str]) -> Iterator[Flagged]:
    """Scan every benign text; only the SITs in `known` count."""
    judged = _judged()
    for kind, sets in _kinds(data).items():
        for family, name in sets:
            for row in data.rows(family, name):
                real = judged.get(name, frozenset()) | judged.get(row["id"], frozenset())
                found = [
                    d
                    for d in scanner.scan(row["text"]).detections
                    if d.sit in known and d.sit not in real
                ]
                high = tuple(d.sit for d in found if d.confidence >= _HIGH)
                is_suspect = _SUSPECT.search(row["text"]) is not None
                yield Flagged(row["id"], kind, is_suspect, tuple(d.sit for d in found), high)


def _kinds(data: Data) -> dict[str, list[tuple[str, str]]]:
    return _SETS | {language: [("benign", name)] for language, name in languages(data)}


def languages(data: Data) -> Iterator[tuple[str, str]]:
    """The languages of the benign sets, and the set of each."""
    for name in data.names("benign"):
        if name.startswith("ud_"):
            yield name.removeprefix("ud_"), name


def _judged() -> dict[str, frozenset[str]]:
    """Set or row -> SITs whose findings there a person judged to be real."""
    data: dict[str, list[str]] = YamlFile(Path(__file__).with_name("judged.yaml")).data
    return {name: frozenset(sits) for name, sits in data.items()}
