"""Rule 8 and the sizes inside: long primaries, and texts that are worked on in segments."""

from __future__ import annotations

import pytest
from toys import a_sit, scanner_of, values

from sitclassify.judgement import SEGMENT
from sitclassify.rules import MAX_PRIMARY
from sitclassify.scanner import Scanner

LONG = r"\bBEGIN[a-z ]{1,20000}END\b"


def of_length(length: int) -> str:
    return "BEGIN" + "ab " * ((length - 8) // 3) + "a" * ((length - 8) % 3) + "END"


@pytest.mark.parametrize(("length", "expected"), [(100, 1), (MAX_PRIMARY, 1), (MAX_PRIMARY + 1, 0)])
def test_the_longest_primary(length: int, expected: int) -> None:
    plain = a_sit(primary={"number": {"regex": LONG}})
    traced = a_sit("traced", primary={"number": {"regex": LONG, "trigger": r"\bBEGIN"}})
    result = scanner_of(plain, traced).scan(f"keyword {of_length(length)} x")
    assert [d.sit for d in result.detections] == ["toy", "traced"] * expected


@pytest.fixture(scope="module")
def segments() -> Scanner:
    return scanner_of(a_sit())


@pytest.mark.parametrize("word", ["the ", "d\u00e9j\u00e0 ", "\U0001f600 "])
def test_values_at_the_seams_of_segments(segments: Scanner, word: str) -> None:
    """Every shift of a value and its keyword over a seam is found once, where it is."""
    assert segments._detector.known.is_unbounded is False
    value = "keyword 536-904-399 "
    filler = word * (SEGMENT // len(word) + 1)
    text = ""
    for seam in (SEGMENT, 2 * SEGMENT, 3 * SEGMENT):
        text = (text + filler * 2)[: seam - 10] + " " + value
    result = segments.scan(text)
    assert values(result) == ["536-904-399"] * 3
    assert [d.confidence for d in result.detections] == [85, 85, 85]


@pytest.mark.parametrize("shift", range(0, 24, 3))
def test_every_shift_over_a_seam(segments: Scanner, shift: int) -> None:
    text = "x " * (SEGMENT // 2 - shift) + " keyword 536904399" + " y" * (SEGMENT // 2 + 100)
    text += " z" * (SEGMENT // 2)
    assert values(segments.scan(text)) == ["536904399"]


def test_evidence_across_a_seam(segments: Scanner) -> None:
    text = "x " * (SEGMENT // 2 - 50) + "keyword" + " " * 200 + "536904399" + " y" * SEGMENT
    assert [d.confidence for d in segments.scan(text).detections] == [85]


def test_unlimited_proximity_over_segments() -> None:
    scanner = scanner_of(a_sit(proximity="unlimited"))
    text = "keyword " + "and so on " * (SEGMENT // 4) + "536904399"
    assert [d.confidence for d in scanner.scan(text).detections] == [85]


def test_a_header_far_above_a_segment(segments: Scanner) -> None:
    rows = "".join(f"anna,{n}\n" for n in range(SEGMENT // 10))
    text = "name,keyword\n" + rows + rows + "anna,536904399\n"
    assert [d.confidence for d in segments.scan(text).detections if d.start > SEGMENT] == [85]
