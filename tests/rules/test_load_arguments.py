"""What the arguments of `load` mean: sits=, min_confidence=, allow=, digest_key=, and what is refused."""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import Any

import pytest
from toys import TOY, a_sit, dismissed, found, scanner_of, values

import sitclassify
from sitclassify import ConfigurationError, UnknownSitError
from sitclassify.scanner import Scanner

ACCOUNT = "toy-account"
CARDS = "account 4000001234567899 4111111111111111"


def load(**arguments: Any) -> Scanner:
    return sitclassify.load(**({"catalogue": TOY, "classifiers": (), "cache": False} | arguments))


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (ACCOUNT, {ACCOUNT}),
        ("TOY-Account", {ACCOUNT}),
        ("toy account number", {ACCOUNT}),
        (" Toy Account Number ", {ACCOUNT}),
        ("00000000-0000-4000-8000-000000000001", {ACCOUNT}),
        ("category:financial", {ACCOUNT}),
        ("Category:CREDENTIAL", {"toy-near", "toy-spoken", "toy-token"}),
        ("country:us", {ACCOUNT}),
        ("country:DE", {"toy-citizen"}),
        ("presidio:TOY_ACCOUNT", {ACCOUNT}),
        ("PRESIDIO:toy_account", {ACCOUNT}),
        ([ACCOUNT, "toy-token", ACCOUNT], {ACCOUNT, "toy-token"}),
        ((name for name in ("toy-pair", "country:DE")), {"toy-pair", "toy-citizen"}),
        ({"toy-pair"}, {"toy-pair"}),
    ],
)
def test_sits_in_every_form(asked: Any, expected: set[str]) -> None:
    assert set(load(sits=asked).sits) == expected


def test_all_sits_but_bundles_by_default(toy_recommended: Scanner) -> None:
    names = {path.stem for path in TOY.glob("*.yaml")}
    assert set(toy_recommended.sits) == names - {"toy-bundle"}
    sit = toy_recommended.sits[ACCOUNT]
    assert (sit.name, sit.category, sit.country) == ("Toy Account Number", "financial", "US")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("toy-acount", "toy-account"),
        ("Toy Acount Number", "Toy Account Number"),
        ("presidio:TOY_ACOUNT", "presidio:TOY_ACCOUNT"),
        ("category:nothing", "sitclassify list"),
        (["toy-account", "tokn"], "toy-token"),
        ("", "sitclassify list"),
    ],
)
def test_an_unknown_sit_is_answered_with_the_nearest(asked: Any, told: str) -> None:
    with pytest.raises(UnknownSitError, match=re.escape(told)):
        load(sits=asked)


def test_no_sits_at_all() -> None:
    assert load(sits=()).scan(CARDS).detections == ()


@pytest.mark.parametrize("asked", [5, [5], [None], b"toy-account"])
def test_sits_of_other_types(asked: Any) -> None:
    with pytest.raises((ConfigurationError, TypeError)):
        load(sits=asked)


@pytest.mark.parametrize(
    ("confidence", "expected"),
    [
        (None, [85]),
        ("purview", [85, 65]),
        (1, [85, 65]),
        (66, [85]),
        (85, [85]),
        (86, []),
        (100, []),
        ({ACCOUNT: 65}, [85, 65]),
        ({"TOY ACCOUNT NUMBER": 65}, [85, 65]),
        ({"category:financial": 86}, []),
        ({"toy-pair": 1}, [85]),
        ({}, [85]),
    ],
)
def test_min_confidence(confidence: Any, expected: list[int]) -> None:
    scanner = load(sits=[ACCOUNT, "toy-pair"], min_confidence=confidence)
    text = "account 4000001234567899" + " " * 80 + "4539578763621494"
    text = text.replace("4539578763621494", "4000007777777779")
    told = [d.confidence for d in scanner.scan(text).detections if d.sit == ACCOUNT]
    assert told == expected


@pytest.mark.parametrize(
    "wrong", [0, 101, -1, "high", 7.5, True, {ACCOUNT: 0}, {ACCOUNT: "85"}, [75]]
)
def test_min_confidence_of_other_kinds(wrong: Any) -> None:
    with pytest.raises(ConfigurationError, match="min_confidence"):
        load(min_confidence=wrong)


def test_min_confidence_of_an_unknown_sit() -> None:
    with pytest.raises(UnknownSitError):
        load(min_confidence={"toy-acount": 75})


@pytest.mark.parametrize(
    "allow",
    [
        ["4000 0012 3456 7899"],
        "4000001234567899",
        (re.compile("^4000"),),
        {ACCOUNT: ["4000001234567899"]},
        {"Toy Account Number": "4000-0012-3456-7899"},
        {"category:financial": [re.compile("7899$")]},
    ],
)
def test_allowed_values_are_dismissed(allow: Any) -> None:
    result = load(sits=[ACCOUNT], allow=allow).scan(CARDS)
    assert values(result) == ["4111111111111111"]
    assert dismissed(result) == [("4000001234567899", "allowed")]


def test_allowed_for_another_sit_only() -> None:
    result = load(allow={"toy-token": ["4000001234567899"]}).scan(CARDS)
    assert len(result.detections) == 2


@pytest.mark.parametrize("allow", [[5], {ACCOUNT: [b"x"]}, [None]])
def test_allow_of_other_types(allow: Any) -> None:
    with pytest.raises(ConfigurationError, match="allow"):
        load(allow=allow)


def test_allow_for_an_unknown_sit() -> None:
    with pytest.raises(UnknownSitError):
        load(allow={"toy-tokn": ["x"]})


def test_digests_are_keyed_and_of_the_normalised_value() -> None:
    key = b"0123456789abcdef"
    scanner = load(sits=[ACCOUNT], digest_key=key)
    one, two = scanner.scan("account 4000001234567899 4000-0012-3456-7899").detections
    expected = hmac.new(key, b"4000001234567899", hashlib.sha256).hexdigest()
    assert one.digest == two.digest == expected
    other = load(sits=[ACCOUNT], digest_key=b"another").scan(CARDS).detections[0]
    assert other.digest not in (None, one.digest)
    assert load(sits=[ACCOUNT]).scan(CARDS).detections[0].digest is None


@pytest.mark.parametrize("key", ["text", b"", 5])
def test_a_digest_key_is_bytes(key: Any) -> None:
    with pytest.raises(ConfigurationError, match="digest_key"):
        load(digest_key=key)


@pytest.mark.parametrize("argument", [{"rule_packages": ["x.xml"]}])
def test_what_is_not_built_is_refused(argument: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError):
        load(**argument)


def test_a_missing_catalogue(tmp_path: Any) -> None:
    with pytest.raises(ConfigurationError, match="nowhere"):
        load(catalogue=tmp_path / "nowhere")


def test_an_empty_catalogue(tmp_path: Any) -> None:
    assert found(load(catalogue=tmp_path).scan(CARDS)) == []


def test_a_lower_confidence_never_loses_a_detection() -> None:
    sit = a_sit()
    text = "keyword 536904399" + " x" * 200 + " 111222338"
    high = scanner_of(sit, min_confidence=75).scan(text).detections
    low = scanner_of(sit, min_confidence=1).scan(text).detections
    assert set(high) < set(low)
