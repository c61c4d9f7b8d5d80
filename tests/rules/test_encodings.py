"""Rule 10: what is encoded is decoded, scanned and reported at the place of the encoded text."""

from __future__ import annotations

import base64
import html
import json
from urllib.parse import quote

import pytest
from toys import a_sit, scanner_of

from sitclassify.scanner import Scanner

PLAIN = "my keyword is 536904399, thank you"


def b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def b64url(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def url(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())


@pytest.fixture(scope="module")
def nine() -> Scanner:
    return scanner_of(a_sit())


@pytest.mark.parametrize(
    ("how", "encoded"),
    [
        ("base64", b64(PLAIN)),
        ("base64", b64url(PLAIN + " \u00ff\u00fe?")),
        ("hex", PLAIN.encode().hex()),
        ("hex", PLAIN.encode().hex().upper()),
        ("url", url(PLAIN)),
        ("html", "".join(f"&#{ord(c)};" for c in PLAIN)),
        ("html", "".join(f"&#x{ord(c):x};" for c in PLAIN)),
        ("json", "".join(f"\\u{ord(c):04x}" for c in PLAIN)),
    ],
)
def test_the_span_is_the_encoded_text(nine: Scanner, how: str, encoded: str) -> None:
    text = f"Please read {encoded} and answer."
    (detection,) = nine.scan(text).detections
    value = text[detection.start : detection.end]
    assert value in encoded
    assert detection.tags == {f"decoded:{how}"}
    assert detection.confidence == 85
    if how in ("base64", "hex"):
        assert value == encoded


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("keyword &quot;536904399&quot;", "536904399"),
        ("q=keyword+536%20904%20399", "536%20904%20399"),
        ("keyword 536&nbsp;904&nbsp;399 x", "536&nbsp;904&nbsp;399"),
        ("keyword 536&#45;904&#x2d;399 x", "536&#45;904&#x2d;399"),
        ('{"t": "keyword 536\\u0020904\\u0020399"}', "536\\u0020904\\u0020399"),
    ],
)
def test_parts_of_a_value(nine: Scanner, text: str, value: str) -> None:
    found = {text[d.start : d.end] for d in nine.scan(text).detections}
    assert found == {value}


@pytest.mark.parametrize("text", ["keyword%20536904399", '{"t": "keyword\\n536904399"}'])
def test_an_escape_beside_a_value(nine: Scanner, text: str) -> None:
    assert [text[d.start : d.end] for d in nine.scan(text).detections] == ["536904399"]


@pytest.mark.parametrize(
    "text",
    [
        b64(b64(PLAIN)),
        url(b64(PLAIN)),
        b64(url(PLAIN)),
        b64(PLAIN).encode().hex(),
        b64(json.dumps({"a": html.escape(PLAIN)})),
    ],
)
def test_two_layers_are_decoded(nine: Scanner, text: str) -> None:
    (detection,) = nine.scan(f"x {text} y").detections
    assert (detection.start, detection.end) == (2, 2 + len(text))


def test_three_layers_are_not(nine: Scanner) -> None:
    assert nine.scan(b64(b64(b64(PLAIN)))).detections == ()


def test_words_outside_count_for_a_value_inside(nine: Scanner) -> None:
    text = f"keyword {b64('this one: 536904399 it is')}"
    (detection,) = nine.scan(text).detections
    assert detection.confidence == 85
    evidence = detection.evidence[0]
    assert text[evidence.start : evidence.end] == "keyword"


@pytest.mark.parametrize(
    "blob",
    [base64.b64encode(bytes(range(256))).decode(), "ff00" * 40, "%ff%fe%00", "&bogus;", "\\uzzzz"],
)
def test_what_is_not_printable_is_left(nine: Scanner, blob: str) -> None:
    assert [d.tags for d in nine.scan(f"{blob} keyword 536904399 {blob}").detections] == [
        frozenset()
    ]


def test_the_size_of_what_is_decoded_is_bounded(nine: Scanner) -> None:
    text = b64("some words and so on, " * 50_000) + " " + b64(PLAIN)
    assert nine.scan(text).detections == ()


def test_plain_findings_stay_beside_decoded_ones(nine: Scanner) -> None:
    text = f"keyword 111222338 {quote(' ')} {b64(PLAIN)}"
    assert [(d.start, sorted(d.tags)) for d in nine.scan(text).detections] == [
        (8, []),
        (22, ["decoded:base64"]),
    ]
