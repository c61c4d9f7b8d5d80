"""Person names: what introduces them, what they are not, and that a stream says the same."""

from __future__ import annotations

from pathlib import Path

import pytest

import sitclassify


@pytest.fixture(scope="module")
def scanner(cache_folder: Path) -> sitclassify.Scanner:
    return sitclassify.load(sits="all-full-names", classifiers=(), cache=cache_folder)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Regards,\nZorblat Quimbly", ["Zorblat Quimbly"]),
        ("ask Mrs. Quimbly and Dr Kowalski", ["Quimbly", "Kowalski"]),
        ('{"name": "Íris Sigfúsdóttir", "city": "Apeldoorn"}', ["Íris Sigfúsdóttir"]),
        ("Ludwig van der Berg lives there", ["Ludwig van der Berg"]),
        ("my name is zorblat, said jennifer kowalski", ["jennifer kowalski"]),
        ("Jennifer, Kowalski and Quimbly", ["Jennifer", "Kowalski", "Quimbly"]),
        ("Quimbly, can you call my wife Zorblat", ["Quimbly", "Zorblat"]),
        (
            "Producer Jennifer Kowalski flew to Los Angeles on a Sunday in June",
            ["Jennifer Kowalski"],
        ),
        ("it says Zorblat Quimbly lives there", ["Zorblat Quimbly"]),
        ("they spoke to Lundqvist", ["Lundqvist"]),
        ("Paris Kowalski", ["Paris Kowalski"]),
        ("Mr. Young and Dr. Street of MS Excel", ["Young"]),
        ("the Kowalski Corporation in Paris Central Station", []),
        ("a Ruby class with RoBERTa and the Fisher-Yates shuffle of Apple in Jordan", []),
        ("The Open Source Initiative met on Monday in April", []),
        ("Please Summarize The Following Text", []),
        ("", []),
    ],
)
def test_names(scanner: sitclassify.Scanner, text: str, names: list[str]) -> None:
    found = scanner.scan(text).detections
    assert [text[d.start : d.end] for d in found] == names


def test_what_introduces_a_name_is_its_evidence(scanner: sitclassify.Scanner) -> None:
    text = "\u200bMy name is Zorblat Quimbly"  # offsets are those of the text as it was given
    (found,) = scanner.scan(text).detections
    (lead,) = found.evidence
    assert text[found.start : found.end] == "Zorblat Quimbly"
    assert text[lead.start : lead.end].strip() == "My name is"


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_a_stream_says_the_same(scanner: sitclassify.Scanner, size: int) -> None:
    text = "Dear Jennifer Kowalski,\nplease call Giuseppina. " * 9
    stream = scanner.stream()
    got = [d for i in range(0, len(text), size) for d in stream.feed(text[i : i + size])]
    got += stream.close()
    assert [d[:4] for d in got] == [d[:4] for d in scanner.scan(text).detections]
