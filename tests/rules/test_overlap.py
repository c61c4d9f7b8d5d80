"""Rule 1: different SITs overlap freely; within one SIT the best candidates without overlap; `best()` across SITs."""

from __future__ import annotations

import pytest
from toys import NINE, a_sit, found, scanner_of

from sitclassify.scanner import Scanner

THREES = r"\b[0-9]{3}(?: [0-9]{3})*\b"


def test_different_sits_report_the_same_span() -> None:
    scanner = scanner_of(a_sit("one"), a_sit("two"), a_sit("three", r"\b[0-9]{3}\b"))
    result = scanner.scan("keyword 111 222 338")
    assert [(d.sit, d.start, d.end) for d in result.detections] == [
        ("three", 8, 11), ("one", 8, 19), ("two", 8, 19), ("three", 12, 15), ("three", 16, 19),
    ]  # fmt: skip


def test_per_start_the_longest_end() -> None:
    scanner = scanner_of(a_sit(regex=THREES))
    assert found(scanner.scan("keyword 123 456 790 x")) == [("123 456 790", 85)]


def test_per_start_the_longest_end_that_the_validator_accepts() -> None:
    weights = {"weighted": {"weights": [1] * 6, "modulus": 21}}  # 1+2+3+4+5+6 = 21
    sit = a_sit(primary={"number": {"regex": THREES, "validator": weights}})
    assert found(scanner_of(sit).scan("keyword 123 456 790 x")) == [("123 456", 85)]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("keyword 790 123 456 x", "123 456"),  # a later start of a match that was refused
        ("keyword 790 791 123 456 x", "123 456"),
        ("keyword 790 123 456 791 x", "123 456"),
    ],
)
def test_a_refused_match_does_not_hide_what_is_inside_it(text: str, span: str) -> None:
    weights = {"weighted": {"weights": [1] * 6, "modulus": 21}}
    sit = a_sit(primary={"number": {"regex": THREES, "validator": weights}})
    assert found(scanner_of(sit).scan(text)) == [(span, 85)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("keyword 123456 and 654321", [("123456", 85), ("654321", 65)]),
        ("654321 123456 keyword", [("654321 123456", 85)]),  # the longer of equal confidence
        ("123456 654321" + " x" * 20 + " keyword", [("123456 654321", 65)]),
    ],
)
def test_greedy_by_confidence_then_length(text: str, expected: list[tuple[str, int]]) -> None:
    scanner = scanner_of(a_sit(regex=r"\b[0-9]{6}(?: [0-9]{6})?\b", proximity=10))
    assert found(scanner.scan(text)) == expected


def test_equal_candidates_go_to_the_leftmost() -> None:
    scanner = scanner_of(a_sit(regex=r"\b[0-9]{3} [0-9]{3}\b"))
    assert found(scanner.scan("111 222 333 444 555")) == [("111 222", 65), ("333 444", 65)]


def test_a_higher_confidence_beats_the_leftmost() -> None:
    sit = a_sit(
        primary={
            "weak": {"regex": r"\b[0-9]{3} [0-9]{3}\b"},
            "strong": {"regex": r"\b[0-9]{3} X\b"},
        },
        tiers=[{"confidence": 85, "primary": "strong"}, {"confidence": 65, "primary": "weak"}],
    )
    assert found(scanner_of(sit).scan("111 222 X")) == [("222 X", 85)]


@pytest.fixture(scope="module")
def rivals() -> Scanner:
    """Three SITs of the same nine digits; one has a check digit."""
    weights = {"weighted": {"weights": [9, 8, 7, 6, 5, 4, 3, 2, 1], "modulus": 11}}
    checked = a_sit("checked", words=("alpha",), proximity=100)
    checked["primary"] = {"number": {"regex": NINE, "validator": weights}}
    return scanner_of(
        checked,
        a_sit("beta-id", words=("beta",)),
        a_sit("gamma-id", words=("gamma",), proximity=500),
    )


@pytest.mark.parametrize(
    ("text", "winner"),
    [
        ("beta alpha gamma 111222338", "checked"),  # a check digit before all
        ("beta gamma 111222330", "gamma-id"),  # the nearest evidence
        ("gamma beta 111222330", "beta-id"),
        ("111222330 beta and gamma", "beta-id"),
        ("beta, gamma and so on, beta: 111222330", "beta-id"),  # a direct label
        (
            "beta number one\n111222330 is a very nice gamma",
            "gamma-id",
        ),  # nearer, but on another line
        ("the beta; 111222330 is also some gamma", "gamma-id"),
    ],
)
def test_best_has_one_winner(rivals: Scanner, text: str, winner: str) -> None:
    result = rivals.scan(text)
    assert [d.sit for d in result.best()] == [winner]


def test_best_keeps_what_does_not_overlap(rivals: Scanner) -> None:
    result = rivals.scan("beta 111222330 - gamma 111222331")
    assert [(d.sit, result.value(d)) for d in result.best()] == [
        ("beta-id", "111222330"),
        ("gamma-id", "111222331"),
    ]


def test_best_of_nothing(rivals: Scanner) -> None:
    assert rivals.scan("nothing here").best() == ()


@pytest.mark.parametrize("text", ["keyword 123 456 790", "790 123 456 791 keyword 123 456"])
def test_detections_are_sorted(text: str) -> None:
    scanner = scanner_of(a_sit("b", THREES), a_sit("a", r"\b[0-9]{3}\b"))
    spans = [(d.start, d.end, d.sit) for d in scanner.scan(text).detections]
    assert spans == sorted(spans)


def test_an_accepted_start_does_not_hide_a_later_one() -> None:
    """'123' is accepted, '123 456 789' is not, '456 789' is: per start, so both are candidates."""
    accepted = {"only": ["123", "456 789"]}
    sit = a_sit(primary={"number": {"regex": THREES, "filters": accepted}})
    assert found(scanner_of(sit).scan("keyword 123 456 789 x")) == [("123", 85), ("456 789", 85)]


def test_starts_inside_a_run_without_boundaries() -> None:
    """Per start, also where the expression has no boundary: '23x' is one although '123x' is refused."""
    sit = a_sit(
        primary={"number": {"regex": "[0-9]{2,3}x", "filters": {"only": ["23x"]}, "maximal": False}}
    )
    assert found(scanner_of(sit).scan("keyword 123x")) == [("23x", 85)]


def test_the_more_specific_word_wins_before_a_checksum() -> None:
    """'egypt tax number' says more than the 'tax number' inside it, whatever the digits happen to pass."""
    plain = a_sit("plain", words=("egypt tax number",))
    checked = {
        "number": {"regex": NINE, "validator": {"weighted": {"weights": [1] * 9, "modulus": 9}}}
    }
    other = a_sit("other", primary=checked, words=("tax number",))
    scanner = scanner_of(plain, other, min_confidence=85)
    assert [d.sit for d in scanner.scan("Egypt tax number: 536904396").best()] == ["plain"]
    assert [d.sit for d in scanner.scan("The tax number: 536904396").best()] == ["other"]


def test_a_form_that_needs_no_word_wins_before_a_label() -> None:
    """A token with its own prefix is what it is, also in `token=...`."""
    own = a_sit("own", category="credential", primary={"number": {"regex": r"\bown_[0-9]{9}\b"}})
    own["tiers"] = [{"confidence": 85, "primary": "number"}]
    labelled = a_sit("labelled", r"\b[a-z]{3}_[0-9]{9}\b", words=("token",))
    scanner = scanner_of(own, labelled)
    assert [d.sit for d in scanner.scan("token=own_536904399").best()] == ["own"]
    assert [d.sit for d in scanner.scan("token=any_536904399").best()] == ["labelled"]


def test_where_all_else_is_alike_the_more_common_country_wins() -> None:
    """ "passport 533380006" is of any country with nine digits: rather an American one."""
    sits = [a_sit(f"of-{country.lower()}", country=country) for country in ("BG", "US", "DE")]
    scanner = scanner_of(*sits, min_confidence=85)
    assert [d.sit for d in scanner.scan("keyword 536904399").best()] == ["of-us"]
