"""Presidio's analyzer by its own bodies and answers; `clients/` has its anonymizer too."""

from __future__ import annotations

from typing import Any

import pytest
from running import SSN, Server

BOTH = "My SSN is 536-90-4399, my card number is 5105 1051 0510 5100."
NONE = "No matching recognizers were found to serve the request."


def analyze(server: Server, text: Any = BOTH, **fields: Any) -> Any:
    got = server.post("/analyze", {"text": text, "language": "en", "trace": "true", **fields})
    assert got.status_code == 200, got.text
    return got.json()


def test_findings_have_presidios_names_and_code_points(server: Server) -> None:
    got = analyze(server, f"😀 {SSN}")
    assert got == [
        {
            "analysis_explanation": None,
            "end": 23,
            "entity_type": "US_SSN",
            "score": 0.85,
            "start": 12,
        }
    ]


def test_several_texts(server: Server) -> None:
    assert [len(found) for found in analyze(server, [SSN, "nothing", BOTH])] == [1, 0, 2]


@pytest.mark.parametrize(
    ("fields", "kinds"),
    [
        ({}, ["CREDIT_CARD", "US_SSN"]),
        ({"entities": []}, ["CREDIT_CARD", "US_SSN"]),
        ({"entities": ["US_SSN", "PERSON"]}, ["US_SSN"]),
        ({"score_threshold": 0.99}, []),
        ({"allow_list": ["536-90-4399"]}, ["CREDIT_CARD"]),
        ({"allow_list": ["^536"], "allow_list_match": "regex"}, ["CREDIT_CARD"]),
    ],
)
def test_what_is_asked_for(server: Server, fields: dict[str, Any], kinds: list[str]) -> None:
    assert sorted(f["entity_type"] for f in analyze(server, **fields)) == kinds


def test_context_is_evidence(server: Server) -> None:
    assert analyze(server, "536-90-4399") == []
    assert len(analyze(server, "536-90-4399", context=["ssn"])) == 1


def test_recognizers_of_the_client(server: Server) -> None:
    zip_code = {
        "name": "zip", "supported_language": "en", "supported_entity": "ZIP",
        "patterns": [{"name": "z", "regex": r"(\b\d{5}\b)", "score": 0.5}],
    }  # fmt: skip
    title = {"name": "t", "supported_entity": "TITLE", "deny_list": ["Mr", "Mrs"]}
    found = analyze(server, "mr. x of 10023", ad_hoc_recognizers=[zip_code, title])
    assert [(f["entity_type"], f["start"], f["end"], f["score"]) for f in found] == [
        ("TITLE", 0, 2, 1.0), ("ZIP", 9, 14, 0.5),
    ]  # fmt: skip
    slow = {"supported_entity": "X", "patterns": [{"regex": "(x+x+)+y", "score": 1}]}
    body = {"text": "x" * 5000, "language": "en", "ad_hoc_recognizers": [slow]}
    assert server.post("/analyze", body).status_code in (200, 503)


def test_an_explanation(server: Server) -> None:
    (found,) = analyze(server, SSN, return_decision_process=True)
    told = found["analysis_explanation"]
    assert told["recognizer"] == "us-social-security-number" and told["score"] == 0.85


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        ({}, 500, "No text provided"),
        ({"text": SSN}, 500, "No language provided"),
        ({"text": SSN, "language": "en", "entities": ["PERSON"]}, 500, NONE),
        (
            {
                "text": SSN, "language": "en",
                "ad_hoc_recognizers": [{"supported_entity": "Z", "patterns": [{"regex": "(", "score": 1}]}],
            },
            400, "Failed to parse /analyze request",
        ),
    ],
)  # fmt: skip
def test_errors(server: Server, body: Any, status: int, told: str) -> None:
    got = server.post("/analyze", body)
    assert got.status_code == status and told in got.json()["error"]


def test_lists(server: Server) -> None:
    assert server.client.get("/supportedentities?language=en").json() == [
        "CREDIT_CARD", "EMAIL_ADDRESS", "US_SSN",
    ]  # fmt: skip
    assert "credit-card-number" in server.client.get("/recognizers").json()
