"""Rule 2: when a tier holds, and which evidence is told."""

from __future__ import annotations

from typing import Any

import pytest
from toys import a_sit, found, scanner_of

from sitclassify.results import ScanResult
from sitclassify.scanner import Scanner

NUMBER = {"number": {"regex": r"\b[0-9]{6}\b"}}


def tiered(tiers: list[dict[str, Any]], **fields: Any) -> Scanner:
    """Six digits with the evidence elements a, b, c; proximity 20 where not said."""
    evidence = {
        name: {"words": [word]} for name, word in zip("abc", ("ant", "bee", "cow"), strict=True)
    }
    named = [{"primary": "number"} | tier for tier in tiers]
    sit = a_sit(primary=NUMBER, evidence=evidence, tiers=named, recommended_confidence=1)
    return scanner_of(sit | {"proximity": 20} | fields)


def told(result: ScanResult) -> list[str]:
    """The text of each evidence of the first detection."""
    return [result.text[e.start : e.end] for e in result.detections[0].evidence]


@pytest.mark.parametrize(
    ("text", "confidence"),
    [
        ("ant" + " " * 17 + "123123", 85),  # begins exactly at start - proximity
        ("ant" + " " * 18 + "123123", None),
        ("123123" + " " * 17 + "ant", 85),  # ends exactly at end + proximity
        ("123123" + " " * 18 + "ant", None),
        ("ant 123123", 85),
        ("123123 ant", 85),
        ("nothing 123123", None),
    ],
)
def test_evidence_lies_wholly_inside_the_window(text: str, confidence: int | None) -> None:
    scanner = tiered([{"confidence": 85, "all": ["a"]}])
    result = scanner.scan(text)
    assert [d.confidence for d in result.detections] == ([confidence] if confidence else [])


@pytest.mark.parametrize(
    ("tier", "texts", "others"),
    [
        ({"all": ["a", "b"]}, ["ant bee 123123", "bee 123123 ant"], ["ant 123123", "bee 123123", "123123"]),
        ({"any": ["a", "b"]}, ["ant 123123", "123123 bee"], ["cow 123123", "123123"]),
        ({"any": ["a", "b", "c"], "at_least": 2}, ["ant 123123 cow", "ant bee cow 123123"], ["ant ant 123123"]),
        ({"any": ["a", "b"], "at_least": 1, "at_most": 1}, ["ant 123123"], ["ant bee 123123", "123123"]),
        ({"any": ["a"], "at_least": 0, "at_most": 0}, ["123123", "bee 123123"], ["ant 123123"]),
        (
            {"any": [{"of": ["a", "b"], "at_least": 1}, {"of": ["c"], "at_least": 1}]},
            ["ant cow 123123", "cow 123123 bee"],
            ["ant bee 123123", "cow 123123"],
        ),
        ({"all": ["a"], "none": ["b"]}, ["ant 123123"], ["ant bee 123123"]),
        ({"none": ["b"]}, ["123123", "ant 123123"], ["bee 123123"]),
        ({"all": [{"element": "a", "min_count": 2}]}, ["ant 123123 ant", "ant ant 123123"], ["ant 123123"]),
        ({}, ["123123"], ["12312"]),
    ],
)  # fmt: skip
def test_a_tier_holds(tier: dict[str, Any], texts: list[str], others: list[str]) -> None:
    scanner = tiered([{"confidence": 75} | tier])
    for text in texts:
        assert found(scanner.scan(text)) == [("123123", 75)], text
    for text in others:
        assert found(scanner.scan(text)) == [], text


def test_none_looks_only_within_the_window() -> None:
    scanner = tiered([{"confidence": 75, "none": ["b"]}])
    assert found(scanner.scan("bee" + " " * 40 + "123123")) == [("123123", 75)]


def test_the_highest_tier_that_holds_counts() -> None:
    scanner = tiered(
        [
            {"confidence": 65},
            {"confidence": 85, "all": ["a", "b"]},
            {"confidence": 75, "any": ["a", "b"]},
        ]
    )
    assert found(scanner.scan("123123")) == [("123123", 65)]
    assert found(scanner.scan("bee 123123")) == [("123123", 75)]
    assert found(scanner.scan("bee 123123 ant")) == [("123123", 85)]


def test_unique_counts_different_words() -> None:
    evidence = {"a": {"words": ["ant", "bee"]}}
    need = {"element": "a", "min_count": 2, "unique": True}
    scanner = tiered([{"confidence": 75, "all": [need]}], evidence=evidence)
    assert found(scanner.scan("ant 123123 bee")) == [("123123", 75)]
    assert found(scanner.scan("ant Ant ANT 123123")) == []


def test_nested_hits_count_once() -> None:
    evidence = {"a": {"words": ["ant", "ant hill", "hill"]}}
    scanner = tiered(
        [{"confidence": 75, "all": [{"element": "a", "min_count": 2}]}], evidence=evidence
    )
    assert found(scanner.scan("ant hill 123123")) == []
    assert found(scanner.scan("ant hill 123123 hill")) == [("123123", 75)]


def test_evidence_does_not_overlap_the_primary() -> None:
    sit = a_sit(
        primary={"number": {"regex": r"\bant [0-9]{6}\b"}},
        evidence={"a": {"words": ["ant"]}},
        tiers=[
            {"confidence": 85, "primary": "number", "all": ["a"]},
            {"confidence": 65, "primary": "number"},
        ],
    )
    assert found(scanner_of(sit).scan("ant 123123")) == [("ant 123123", 65)]
    assert found(scanner_of(sit).scan("ant, ant 123123")) == [("ant 123123", 85)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("123123 321321", [75, 75]),
        ("123123", []),
        ("123123" + " " * 30 + "321321", []),
    ],
)
def test_other_matches_of_the_own_element_are_evidence(text: str, expected: list[int]) -> None:
    scanner = tiered([{"confidence": 75, "all": ["number"]}])
    assert [d.confidence for d in scanner.scan(text).detections] == expected


@pytest.mark.parametrize("text", ["123123 Z999", "Z999 and 123123", "ant 123123 Z999"])
def test_matches_of_another_primary_are_evidence(text: str) -> None:
    primary = NUMBER | {"code": {"regex": r"\bZ[0-9]{3}\b"}}
    tiers: list[dict[str, Any]] = [{"confidence": 75, "all": ["code"]}]
    tiers.append({"confidence": 65, "primary": "code", "all": ["b"]})
    assert found(tiered(tiers, primary=primary).scan(text)) == [("123123", 75)]


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("ant the ant 123123 the ant", ["ant"]),
        ("bee 123123", ["bee"]),
        ("bee ant 123123", ["ant"]),  # the first of `any` that is met
    ],
)
def test_evidence_of_the_tier_that_held(text: str, evidence: list[str]) -> None:
    scanner = tiered([{"confidence": 85, "any": ["a", "b"]}, {"confidence": 75, "all": ["c"]}])
    assert told(scanner.scan(text)) == evidence


def test_the_nearest_hits_are_told() -> None:
    scanner = tiered([{"confidence": 85, "all": [{"element": "a", "min_count": 2}]}])
    result = scanner.scan("ant ant 123123 - ant")
    assert [(e.element, e.start, e.end) for e in result.detections[0].evidence] == [
        ("a", 4, 7),
        ("a", 17, 20),
    ]


def test_an_element_may_have_its_own_proximity() -> None:
    evidence = {
        "a": {"words": ["ant"], "proximity": 5},
        "b": {"words": ["bee"], "proximity": "unlimited"},
    }
    scanner = tiered(
        [{"confidence": 85, "all": ["a"]}, {"confidence": 75, "all": ["b"]}], evidence=evidence
    )
    assert found(scanner.scan("ant 123123")) == [("123123", 85)]
    assert found(scanner.scan("ant    123123")) == []
    assert found(scanner.scan("bee" + " and on" * 3000 + " 123123")) == [("123123", 75)]
    assert found(scanner.scan("123123" + " and on" * 3000 + " bee")) == [("123123", 75)]


def test_a_wrong_public_check_digit_drops_one_level() -> None:
    primary = {"number": {"regex": r"\b[0-9]{6}\b", "soft_validator": "luhn"}}
    tiers = [{"confidence": 85, "all": ["a"]}, {"confidence": 75}]
    scanner = tiered(tiers, primary=primary)
    assert found(scanner.scan("ant 123124")) == [("123124", 75)]
    assert found(scanner.scan("ant 123125")) == [("123125", 85)]
    assert found(scanner.scan("123124")) == [("123124", 65)]


def test_evidence_that_is_a_regex() -> None:
    evidence = {"a": {"regex": r"\bQ[0-9]{2,4}\b"}}
    scanner = tiered(
        [{"confidence": 85, "all": [{"element": "a", "min_count": 2}]}], evidence=evidence
    )
    assert found(scanner.scan("Q12 Q1234 123123")) == [("123123", 85)]
    assert found(scanner.scan("Q1234 123123")) == []


@pytest.mark.parametrize(
    ("word", "confidence"), [("12.03.1984", 85), ("31.02.1984", None), ("3 March 1984", 85)]
)
def test_a_date_is_checked_against_the_calendar(word: str, confidence: int | None) -> None:
    scanner = tiered([{"confidence": 85, "all": ["a"]}], evidence={"a": {"date": ["dmy"]}})
    result = scanner.scan(f"{word} and 123123")
    assert [d.confidence for d in result.detections] == ([confidence] if confidence else [])
