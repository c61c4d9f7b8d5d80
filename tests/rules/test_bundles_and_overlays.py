"""Rules 7 and 11: bundles report their members' spans; overlays change a SIT without a copy of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from toys import TOY, a_sit, dismissed, found, scanner_of, values, write

import sitclassify
from sitclassify.scanner import Scanner

TEXT = "passcode is hunter2x and tok_Zz9Yy8Xx"
TOKEN, SPOKEN, BUNDLE = "toy-token", "toy-spoken", "toy-bundle"


def load(*asked: str, **arguments: Any) -> Scanner:
    return sitclassify.load(
        catalogue=TOY, sits=asked or None, classifiers=(), cache=False, **arguments
    )


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ((BUNDLE,), {(BUNDLE, "hunter2x"), (BUNDLE, "tok_Zz9Yy8Xx")}),
        ((TOKEN,), {(TOKEN, "tok_Zz9Yy8Xx")}),
        (
            (BUNDLE, TOKEN),
            {(BUNDLE, "hunter2x"), (BUNDLE, "tok_Zz9Yy8Xx"), (TOKEN, "tok_Zz9Yy8Xx")},
        ),
        (("category:credential",), {(TOKEN, "tok_Zz9Yy8Xx"), (SPOKEN, "hunter2x")}),
        (("category:bundle",), {(BUNDLE, "hunter2x"), (BUNDLE, "tok_Zz9Yy8Xx")}),
    ],
)
def test_a_bundle_replaces_its_members(
    asked: tuple[str, ...], expected: set[tuple[str, str]]
) -> None:
    scanner = load(*asked)
    result = scanner.scan(TEXT)
    assert {(d.sit, result.value(d)) for d in result.detections} == expected
    assert set(result.counts()) == {sit for sit, _ in expected} <= set(scanner.sits)


def test_bundles_are_not_loaded_unless_asked_for(toy: Scanner) -> None:
    assert BUNDLE not in toy.sits
    assert BUNDLE not in toy.scan(TEXT).counts()


def test_a_bundle_keeps_confidence_evidence_tags_and_names() -> None:
    result = load(BUNDLE, min_confidence=1).scan(TEXT)
    assert [(d.confidence, d.evidence) for d in result.detections] == [(75, ()), (85, ())]
    assert [d["name"] for d in result.to_dict()["detections"]] == ["All Toy Credentials"] * 2


def test_what_a_bundle_dismisses_is_told_under_its_id() -> None:
    result = load(BUNDLE).scan("tok_Ab3dEf9h")
    assert [(d.sit, d.reason) for d in result.dismissed] == [(BUNDLE, "example")]


def test_a_confidence_asked_of_a_bundle_is_asked_of_its_members() -> None:
    scanner = load(BUNDLE, min_confidence={BUNDLE: 80})
    assert values(scanner.scan(TEXT)) == ["tok_Zz9Yy8Xx"]


def overlaid(**fields: Any) -> Scanner:
    base = a_sit(category="government-id", tags=["pii"], test_values=["219 099 998"])
    return scanner_of(base, {"extends": "toy"} | fields)


def test_an_overlay_adds_words() -> None:
    scanner = overlaid(words={"words": ["badge"]}, everyday={"words": ["pan"]})
    assert found(scanner.scan("badge 536904399")) == [("536904399", 85)]
    assert found(scanner.scan("keyword 536904399")) == [("536904399", 85)]
    assert found(scanner.scan("PAN 536904399")) == [("536904399", 85)]
    assert found(scanner.scan("pan 536904399")) == [("536904399", 65)]


def test_an_overlay_excludes_values() -> None:
    scanner = overlaid(exclude=["536-904-399"])
    assert found(scanner.scan("keyword 536904399 536904398")) == [("536904398", 85)]


def test_an_overlay_adds_filters() -> None:
    scanner = overlaid(filters={"not_starts_with": ["9"], "not_suffix": ["%"]})
    assert found(scanner.scan("keyword 936904399 536904398 536904397%")) == [("536904398", 85)]


def test_an_overlay_shifts_the_confidence() -> None:
    assert found(overlaid(confidence_shift=-10).scan("keyword 536904399")) == [("536904399", 75)]
    assert found(overlaid(confidence_shift=40).scan("keyword 536904399")) == [("536904399", 100)]


def test_an_overlay_changes_what_is_recommended() -> None:
    scanner = overlaid(recommended_confidence=65, tags=["mine"])
    assert scanner.sits["toy"].recommended_confidence == 65
    assert scanner.sits["toy"].tags == ("pii", "mine")


def test_an_overlay_adds_placeholders_and_test_values() -> None:
    spots = {"example": ["987 654 320"], "masked": "[*]{3} [*]{3} [0-9]{3}"}
    scanner = overlaid(placeholders=spots, test_values=["536 904 399"])
    result = scanner.scan("keyword 987654320, *** *** 399, 536904399, 219099998")
    assert dismissed(result) == [("987654320", "example"), ("*** *** 399", "masked")]
    assert [d.tags for d in result.detections] == [{"test-value"}, {"test-value"}]


def test_an_overlay_in_a_folder_of_its_own(tmp_path: Path) -> None:
    base = write(tmp_path / "base", a_sit())
    mine = write(tmp_path / "mine", {"extends": "toy", "words": {"words": ["badge"]}})
    scanner = sitclassify.load(catalogue=[base, mine], classifiers=(), cache=False)
    assert found(scanner.scan("badge 536904399")) == [("536904399", 85)]


def test_two_overlays_of_one_sit(tmp_path: Path) -> None:
    base = write(tmp_path / "base", a_sit())
    one = write(tmp_path / "one", {"extends": "toy", "words": {"words": ["badge"]}})
    two = write(tmp_path / "two", {"extends": "toy", "words": {"words": ["medal"]}})
    scanner = sitclassify.load(catalogue=[base, one, two], classifiers=(), cache=False)
    assert found(scanner.scan("badge 536904399")) == [("536904399", 85)]
    assert found(scanner.scan("medal 536904399")) == [("536904399", 85)]


def test_own_sits_beside_the_packaged_ones_need_no_copy(tmp_path: Path) -> None:
    write(tmp_path, a_sit("own-sit", words=("badge",)))
    scanner = sitclassify.load(
        catalogue=["packaged", tmp_path], sits="own-sit", classifiers=(), cache=False
    )
    assert found(scanner.scan("badge 536904399")) == [("536904399", 85)]
