"""Rule 6: placeholders are dismissed, not lost; test values stay and are tagged."""

from __future__ import annotations

import pytest
from toys import a_sit, dismissed, scanner_of, values

from sitclassify.scanner import Scanner

SPOTS = {"example": ["123-45-6789"], "masked": "[Xx*]{3}-[Xx*]{2}-[0-9]{4}"}
QUOTED = r'(?i)password\s*[=:]\s*"?(?P<value>[^\s"]{4,64})'


@pytest.fixture(scope="module")
def ssn() -> Scanner:
    regex = r"\b[0-9]{3}-?[0-9]{2}-?[0-9]{4}\b"
    fields = {"placeholders": SPOTS, "test_values": ["536-90-4399"], "category": "government-id"}
    return scanner_of(a_sit(regex=regex, words=("ssn",), **fields))


@pytest.fixture(scope="module")
def credential() -> Scanner:
    primary = {"value": {"regex": QUOTED, "trigger": r"(?i)password\s*[=:]", "maximal": False}}
    tiers = [{"confidence": 75, "primary": "value"}]
    return scanner_of(a_sit(primary=primary, evidence={}, tiers=tiers, category="credential"))


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("123-45-6789", "example"),
        ("123456789", "example"),
        ("111-11-1111", "example"),
        ("000000000", "example"),
        ("234-56-7890", "example"),
        ("XXX-XX-1234", "masked"),
        ("***-**-4399", "masked"),
        ("xxx-xx-0000", "masked"),
    ],
)
def test_dismissed(ssn: Scanner, value: str, reason: str) -> None:
    result = ssn.scan(f"ssn {value} here")
    assert result.detections == ()
    assert dismissed(result) == [(value, reason)]


def test_a_test_value_is_a_detection_with_a_tag(ssn: Scanner) -> None:
    result = ssn.scan("ssn 536904399 and ssn 536-90-4398")
    assert [(result.value(d), set(d.tags)) for d in result.detections] == [
        ("536904399", {"test-value"}),
        ("536-90-4398", set()),
    ]


def test_digits_that_are_equal_or_count_up_are_dismissed_for_numbers_of_people(
    ssn: Scanner,
) -> None:
    other = scanner_of(a_sit(category="vehicle"))
    assert values(other.scan("keyword 111111111")) == ["111111111"]


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("${DB_PASSWORD}", "template"), ("$DB_PASSWORD", "template"), ("{{password}}", "template"),
        ("<your-password>", "template"), ("your_password_here", "template"), ("os.environ['PW']", "template"),
        ("process.env.PASSWORD", "template"), ("os.getenv('X')", "template"), ("%PASSWORD%", "template"),
        ("changeme", "template"), ("$(pass show db)"[:6], "template"),
        ("********", "masked"), ("xxxxxxxx", "masked"), ("\u2022\u2022\u2022\u2022\u2022\u2022", "masked"),
        ("EXAMPLEKEY123", "example"),
    ],
)  # fmt: skip
def test_templates_and_masks_of_credentials(credential: Scanner, value: str, reason: str) -> None:
    result = credential.scan(f"password = {value} ")
    assert values(result) == []
    assert dismissed(result) == [(value, reason)]


@pytest.mark.parametrize(
    "value", ["hunter2!x", "Tr0ub4dor&3", "thereIsNone1", "your1dear", "my3Secret"]
)
def test_real_credentials_stay(credential: Scanner, value: str) -> None:
    assert values(credential.scan(f"password = {value}")) == [value]


def test_a_dismissed_value_does_not_hide_another(ssn: Scanner) -> None:
    result = ssn.scan("ssn 123-45-6789 and 219-09-9998")
    assert values(result) == ["219-09-9998"]
    assert dismissed(result) == [("123-45-6789", "example")]


def test_dismissed_needs_the_tier_too(ssn: Scanner) -> None:
    strict = scanner_of(
        a_sit(placeholders={"example": ["123-45-6789"]}, category="government-id"),
        min_confidence=75,
    )
    assert dismissed(strict.scan("nothing near 123456789")) == []
    assert dismissed(strict.scan("keyword 123456789")) == [("123456789", "example")]
