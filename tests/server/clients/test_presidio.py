"""Presidio's anonymizer behind our server, fed with what our analyzer found; its expectations strictly compared.

Run by `.ci/environments presidio`, in an environment that has `presidio-anonymizer`.
"""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from running import SSN, Server

pytest.importorskip("presidio_anonymizer")

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


def test_overlapping_findings(server: Server) -> None:
    """From Presidio's own end-to-end tests."""
    body = {
        "text": "hello world, my name is Jane Doe. My number is: 034453334",
        "anonymizers": {
            "DEFAULT": {"type": "replace", "new_value": "ANONYMIZED"},
            "PHONE_NUMBER": {"type": "mask", "masking_char": "*", "chars_to_mask": 4, "from_end": True},
        },
        "analyzer_results": [
            {"start": 24, "end": 32, "score": 0.8, "entity_type": "NAME"},
            {"start": 24, "end": 28, "score": 0.8, "entity_type": "FIRST_NAME"},
            {"start": 29, "end": 32, "score": 0.6, "entity_type": "LAST_NAME"},
            {"start": 48, "end": 57, "score": 0.95, "entity_type": "PHONE_NUMBER"},
        ],
    }  # fmt: skip
    number = {
        "start": 50,
        "end": 59,
        "entity_type": "PHONE_NUMBER",
        "text": "03445****",
        "operator": "mask",
    }
    name = {
        "start": 24,
        "end": 34,
        "entity_type": "NAME",
        "text": "ANONYMIZED",
        "operator": "replace",
    }
    assert without_scores(server.post("/anonymize", body).json()) == {
        "text": "hello world, my name is ANONYMIZED. My number is: 03445****",
        "items": [number, name],
    }


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
