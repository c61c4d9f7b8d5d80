"""Prompts as people write them: what holds no value is not flagged, and a value is found where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitclassify import Scanner, load

_PROMPTS = Path(__file__).parent / "prompts"


@pytest.fixture(scope="module")
def scanner() -> Scanner:
    return load(classifiers=())


def _lines(name: str) -> list[str]:
    lines = (_PROMPTS / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("# ")]


def test_clean_prompts_are_not_flagged(scanner: Scanner) -> None:
    flagged = {}
    for line in _lines("clean.txt"):
        text = line.replace("\\n", "\n")
        found = [(d.sit, text[d.start : d.end]) for d in scanner.scan(text).detections]
        if found:
            flagged[line] = found
    assert not flagged


def test_values_are_found(scanner: Scanner) -> None:
    missed = []
    for line in _lines("held.tsv"):
        sit, value, text = line.split("\t")
        start = text.rindex(value)
        if not any(
            d.sit == sit and d.start < start + len(value) and start < d.end
            for d in scanner.scan(text).detections
        ):
            missed.append(line)
    assert not missed
