"""Presidio's anonymizer behind our server, fed with what our analyzer found; its expectations strictly compared.

Run by `.ci/environments presidio`, in an environment that has `presidio-anonymizer`.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from running import SSN, Server

pytest.importorskip("presidio_anonymizer")

NOT_UNDERSTOOD = "The browser (or proxy) sent a request that this server could not understand."
KEY = "WmZq4t7w!z%C&F)J"  # 128 bits, as its documentation has one


def anonymize(server: Server, operator: dict[str, Any] | None) -> Any:
    found = server.post("/analyze", {"text": SSN, "language": "en"}).json()
    body: dict[str, Any] = {"text": SSN, "analyzer_results": found}
    if operator is not None:
        body["anonymizers"] = {"DEFAULT": operator}
    got = server.post("/anonymize", body)
    assert got.status_code == 200, got.text
    return without_scores(got.json())


def without_scores(content: Any) -> Any:
    """Its newer versions tell the analyzer's score again."""
    for item in content["items"]:
        item.pop("score", None)
    return content


@pytest.mark.parametrize(
    ("operator", "value"),
    [
        (None, "<US_SSN>"),
        ({"type": "replace", "new_value": "x"}, "x"),
        ({"type": "redact"}, ""),
        ({"type": "keep"}, "536-90-4399"),
        (
            {"type": "mask", "masking_char": "*", "chars_to_mask": 4, "from_end": True},
            "536-90-****",
        ),
    ],
)
def test_operators(server: Server, operator: dict[str, Any] | None, value: str) -> None:
    name = operator["type"] if operator else "replace"
    assert anonymize(server, operator) == {
        "text": f"My SSN is {value}.",
        "items": [
            {
                "start": 10,
                "end": 10 + len(value),
                "entity_type": "US_SSN",
                "text": value,
                "operator": name,
            }
        ],
    }


def test_hash(server: Server) -> None:
    value = anonymize(server, {"type": "hash", "hash_type": "sha256"})["items"][0]["text"]
    assert len(value) == hashlib.sha256().digest_size * 2


def test_an_encryption_is_undone(server: Server) -> None:
    hidden = anonymize(server, {"type": "encrypt", "key": KEY})
    assert "536" not in hidden["text"]
    body = {
        "text": hidden["text"], "anonymizer_results": hidden["items"],
        "deanonymizers": {"DEFAULT": {"type": "decrypt", "key": KEY}},
    }  # fmt: skip
    assert server.post("/deanonymize", body).json()["text"] == SSN


NAMES = "hello world, my name is Jane Doe. My number is: 034453334"
SQUARE = "I'm George Washington Square Park"
REPLACE, KEEP = {"type": "replace", "new_value": "ANONYMIZED"}, {"type": "keep"}
LAST_FOUR = {"type": "mask", "masking_char": "*", "chars_to_mask": 4, "from_end": True}
PHONE, NAME = ("PHONE_NUMBER", 48, 57, 0.95), ("NAME", 24, 32, 0.8)
PARTS = [NAME, ("FIRST_NAME", 24, 28, 0.8), ("LAST_NAME", 29, 32, 0.6), PHONE]
PLACES = [("NAME", 4, 21, 0.8), ("LOCATION", 11, 33, 0.8)]


@pytest.mark.parametrize(
    ("text", "found", "operators", "expected", "items"),
    [
        (
            NAMES, PARTS, {"DEFAULT": REPLACE, "PHONE_NUMBER": LAST_FOUR},
            "hello world, my name is ANONYMIZED. My number is: 03445****",
            [("mask", "PHONE_NUMBER", 50, 59, "03445****"), ("replace", "NAME", 24, 34, "ANONYMIZED")],
        ),
        ("", [], {"DEFAULT": REPLACE}, "", []),
        ("hello world!", [], {"DEFAULT": REPLACE, "PHONE_NUMBER": LAST_FOUR}, "hello world!", []),
        (
            NAMES, [NAME, PHONE], {"NAME": KEEP, "PHONE_NUMBER": {"type": "replace"}},
            "hello world, my name is Jane Doe. My number is: <PHONE_NUMBER>",
            [("replace", "PHONE_NUMBER", 48, 62, "<PHONE_NUMBER>"), ("keep", "NAME", 24, 32, "Jane Doe")],
        ),
        (
            SQUARE, PLACES, {"NAME": KEEP, "LOCATION": {"type": "replace"}}, "I'm George Washington<LOCATION>",
            [("replace", "LOCATION", 21, 31, "<LOCATION>"), ("keep", "NAME", 4, 21, "George Washington")],
        ),
        (
            SQUARE, PLACES, {"NAME": {"type": "replace"}, "LOCATION": KEEP}, "I'm <NAME>Washington Square Park",
            [("keep", "LOCATION", 10, 32, "Washington Square Park"), ("replace", "NAME", 4, 10, "<NAME>")],
        ),
        (
            SQUARE, PLACES, {"DEFAULT": KEEP}, "I'm George WashingtonWashington Square Park",
            [
                ("keep", "LOCATION", 21, 43, "Washington Square Park"),
                ("keep", "NAME", 4, 21, "George Washington"),
            ],
        ),
        (
            "drivers license is AC432223", [("US_DRIVER_LICENSE", 19, 27, 0.65)], {"ABC": REPLACE},
            "drivers license is <US_DRIVER_LICENSE>",
            [("replace", "US_DRIVER_LICENSE", 19, 38, "<US_DRIVER_LICENSE>")],
        ),
    ],
)  # fmt: skip
def test_what_its_own_end_to_end_tests_expect(
    server: Server, text: str, found: Any, operators: Any, expected: str, items: Any
) -> None:
    """Those of `e2e-tests/` of microsoft/presidio at 0aa9f8e (MIT), strictly compared."""
    results = [dict(zip(("entity_type", "start", "end", "score"), f, strict=True)) for f in found]
    body = {"text": text, "analyzer_results": results, "anonymizers": operators}
    names = ("operator", "entity_type", "start", "end", "text")
    assert without_scores(server.post("/anonymize", body).json()) == {
        "text": expected,
        "items": [dict(zip(names, item, strict=True)) for item in items],
    }


def test_analyzed_and_anonymized(server: Server) -> None:
    """Its integration flow: what the analyzer found is given to the anonymizer as it is."""
    text = "To ada.lovelace@kontor-nord.de: the card is 4095-2609-9393-4932"
    found = server.post("/analyze", {"text": text, "language": "en"}).json()
    body = {
        "text": text, "analyzer_results": found,
        "anonymizers": {"DEFAULT": REPLACE, "CREDIT_CARD": LAST_FOUR},
    }  # fmt: skip
    got = server.post("/anonymize", body).json()
    assert got["text"] == "To ANONYMIZED: the card is 4095-2609-9393-****"


ENCRYPTED = "e6HnOMnIxbd4a8Qea44LshQDnjvxwzBIaAz+YqHNnMW2mC5r3AWoay8Spsoajyyy"  # Presidio's own


def decrypt(server: Server, key: str) -> Any:
    body = {
        "text": ENCRYPTED, "deanonymizers": {"NUMBER": {"type": "decrypt", "key": key}},
        "anonymizer_results": [{"start": 0, "end": len(ENCRYPTED), "entity_type": "NUMBER"}],
    }  # fmt: skip
    return server.post("/deanonymize", body)


def test_what_presidio_encrypted_is_decrypted(server: Server) -> None:
    item = {"start": 0, "end": 19, "operator": "decrypt", "entity_type": "NUMBER"}
    assert without_scores(decrypt(server, "1" * 16).json()) == {
        "text": "text_for_encryption",
        "items": [{**item, "text": "text_for_encryption"}],
    }
    refused = decrypt(server, "invalidkey")
    told = "Invalid input, key must be of length 128, 192 or 256 bits"
    assert (refused.status_code, refused.json()) == (422, {"error": told})


@pytest.mark.parametrize(
    ("path", "content", "status", "answer"),
    [
        ("/deanonymize", json.dumps({"text": ENCRYPTED}), 200, {"text": ENCRYPTED, "items": []}),
        ("/deanonymize", '{"key": "1111111111111111"}', 200, {"text": "", "items": []}),
        ("/deanonymize", "{ }", 400, {"error": "Invalid request json"}),
        ("/anonymize", "{ }", 400, {"error": "Invalid request json"}),
        ("/anonymize", '{"text": "x",}', 400, {"error": NOT_UNDERSTOOD}),
    ],
)
def test_bodies_that_lack_something(
    server: Server, path: str, content: str, status: int, answer: Any
) -> None:
    got = server.client.post(path, content=content)
    assert (got.status_code, got.json()) == (status, answer)


@pytest.mark.parametrize(
    ("operator", "status", "told"),
    [
        ({"type": "custom", "new_value": "x"}, 400, "Custom type anonymizer is not supported"),
        ({"type": "encrypt", "key": "short"}, 422, "key must be of length 128, 192 or 256 bits"),
        ({"type": "none"}, 422, "Invalid operator class 'none'."),
    ],
)
def test_errors(server: Server, operator: dict[str, Any], status: int, told: str) -> None:
    found = [{"start": 10, "end": 21, "score": 1, "entity_type": "US_SSN"}]
    body = {"text": SSN, "analyzer_results": found, "anonymizers": {"DEFAULT": operator}}
    got = server.post("/anonymize", body)
    assert got.status_code == status and told in got.json()["error"]
    assert server.client.post("/anonymize", content=b"{,}").status_code == 400


def test_lists(server: Server) -> None:
    assert {"hash", "mask", "redact", "replace", "encrypt"} <= set(
        server.client.get("/anonymizers").json()
    )
    assert "decrypt" in server.client.get("/deanonymizers").json()
