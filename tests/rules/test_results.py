"""What a result says and what it keeps for itself: JSON, counts, levels, equality, pickle."""

from __future__ import annotations

import json
import pickle
from typing import Any

import pytest

from sitclassify import Detection, ScanResult, TextNotKept
from sitclassify.scanner import Scanner

TEXT = (
    "account 4000001234567899, 4000 0012 3456 7899 and 5105105105105100; tok_Ab3dEf9h tok_Zz9Yy8Xx"
)


@pytest.fixture
def result(toy_recommended: Scanner) -> ScanResult:
    return toy_recommended.scan(TEXT, id="p1")


def test_the_shape_of_the_json(result: ScanResult) -> None:
    table = json.loads(result.to_json())
    assert list(table) == [
        "id", "length", "catalogue", "models", "detections", "counts", "dismissed", "classifications",
    ]  # fmt: skip
    assert (table["id"], table["length"], table["models"]) == ("p1", len(TEXT), {})
    assert table["detections"][0] == {
        "sit": "toy-account",
        "name": "Toy Account Number",
        "guid": "00000000-0000-4000-8000-000000000001",
        "start": 8,
        "end": 24,
        "confidence": 85,
        "level": "high",
        "evidence": [{"element": "words", "start": 0, "end": 7}],
    }
    assert table["counts"] == {"toy-account": 2, "toy-token": 1}
    start = TEXT.index("tok_Ab")
    assert table["dismissed"] == [
        {"sit": "toy-token", "start": start, "end": start + 12, "reason": "example"}
    ]
    assert table == result.to_dict()


def test_values_are_told_only_when_asked_for(result: ScanResult) -> None:
    for told in (result.to_json(), repr(result), str(result), repr(result.detections)):
        assert "4000001234567899" not in told and "4000 0012" not in told and "tok_" not in told
    told = result.to_dict(include_values=True)["detections"]
    assert [d["value"] for d in told] == [result.value(d) for d in result.detections]


def test_counts(result: ScanResult) -> None:
    assert result.counts() == {"toy-account": 2, "toy-token": 1}
    assert result.counts(unique=False) == {"toy-account": 3, "toy-token": 1}


@pytest.mark.parametrize(
    ("confidence", "level"),
    [(1, "low"), (65, "low"), (66, "medium"), (75, "medium"), (76, "high"), (100, "high")],
)
def test_levels(confidence: int, level: str) -> None:
    assert Detection("toy", 0, 1, confidence).level == level


@pytest.mark.parametrize("name", ["detections", "id", "length", "_text", "anything"])
def test_results_are_frozen(result: ScanResult, name: str) -> None:
    with pytest.raises(AttributeError):
        setattr(result, name, None)
    with pytest.raises(AttributeError):
        delattr(result, name)
    with pytest.raises(AttributeError):
        result.detections[0].start = 5  # type: ignore[misc]


def test_equality_and_hash(toy_recommended: Scanner, result: ScanResult) -> None:
    assert result == toy_recommended.scan(TEXT, id="p1")
    assert hash(result) == hash(toy_recommended.scan(TEXT, id="p1"))
    assert result != toy_recommended.scan(TEXT)
    assert result != toy_recommended.scan(TEXT + " ", id="p1")
    assert result != 5


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_the_text_does_not_go_through_pickle(result: ScanResult, protocol: int) -> None:
    data = pickle.dumps(result, protocol)
    assert b"4000001234567899" not in data and b"account 4" not in data
    again = pickle.loads(data)
    assert again == result
    assert again.to_json() == result.to_json()
    assert again.best() == result.best()
    asked: list[Any] = [
        again.counts, lambda: again.text, lambda: again.value(again.detections[0]),
        lambda: again.to_dict(include_values=True),
    ]  # fmt: skip
    for call in asked:
        with pytest.raises(TextNotKept):
            call()


def test_pickled_twice(result: ScanResult) -> None:
    again = pickle.loads(pickle.dumps(pickle.loads(pickle.dumps(result))))
    assert again.to_json() == result.to_json()


def test_a_result_of_nothing(toy_recommended: Scanner) -> None:
    result = toy_recommended.scan("")
    assert (result.detections, result.dismissed, result.counts(), result.best()) == ((), (), {}, ())
    assert result.complete and result.skipped == ()
    assert "skipped" not in result.to_dict()


def test_surrogates_in_the_json(toy_recommended: Scanner) -> None:
    text = "account \ud800 4000001234567899"
    told = toy_recommended.scan(text).to_json(include_values=True)
    assert json.loads(told)["detections"][0]["value"] == "4000001234567899"
    told.encode()
