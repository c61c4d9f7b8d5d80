"""SITs that cost every text are loaded when they are named, and not otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

import sitclassify
from sitclassify import catalogue, choice, resources
from sitclassify.rules import Sit

CODES = "international-classification-of-diseases-icd-10-cm"


@pytest.fixture(scope="module")
def packaged() -> list[Sit]:
    return [item.sit for item in catalogue.read(resources.folders_of(None))]


def test_load_leaves_them_out_unless_named(packaged: list[Sit]) -> None:
    asked = {sit.id for sit in packaged if sit.on_request}
    assert {CODES, "diseases", "brand-medication-names"} <= asked
    assert not asked & {sit.id for sit in choice.choose(packaged, None, None).sits}
    named = choice.choose(packaged, ["all-medical-terms-conditions"], None)
    assert "diseases" in named.hidden
    assert {sit.id for sit in choice.choose(packaged, [CODES], None).sits} == {CODES}


def test_a_policy_loads_what_it_needs(packaged: list[Sit]) -> None:
    needs = choice.Needs({CODES: (choice.RECOMMENDED,)})
    assert CODES in {sit.id for sit in choice.choose(packaged, None, None, needs).sits}


def test_a_term_beside_a_code(cache_folder: Path) -> None:
    scanner = sitclassify.load(sits=CODES, classifiers=(), cache=cache_folder)
    text = "discharge letter: gastroparesis (K31.84)"
    (found,) = scanner.scan(text).detections
    assert (text[found.start : found.end], found.confidence) == ("gastroparesis", 85)
    assert [e.element for e in found.evidence] == ["codes"]
    assert not scanner.scan("gastroparesis alone is below what is recommended").detections
