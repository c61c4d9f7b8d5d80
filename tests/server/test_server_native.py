"""The native dialect over a real connection."""

from __future__ import annotations

import json
from typing import Any

import pytest
from running import SITS, SSN, Server

import sitclassify

PAIR = '{"text": "half a pair \\ud83d, my SSN is 536-90-4399"}'


@pytest.fixture(scope="module")
def scanner() -> sitclassify.Scanner:
    return sitclassify.load(sits=SITS.split(","), classifiers=())


@pytest.mark.parametrize(
    "text", [SSN, "Nothing here.", "", "Grüße 😀, my SSN is 536-90-4399 \u2019", "a" * 30_000 + SSN]
)
def test_scan_is_what_the_library_says(
    server: Server, scanner: sitclassify.Scanner, text: str
) -> None:
    """Offsets are code points, also of a text that is scanned on a thread."""
    got = server.post("/v1/scan", {"text": text, "id": "p1"})
    assert got.status_code == 200
    assert got.json() == json.loads(scanner.scan(text, id="p1").to_json())


def test_values_only_when_asked_for(server: Server) -> None:
    assert "536-90-4399" not in server.post("/v1/scan", {"text": SSN}).text
    got = server.post("/v1/scan", {"text": SSN, "include_values": True}).json()
    assert [d["value"] for d in got["detections"]] == ["536-90-4399"]


def test_context_is_evidence(server: Server) -> None:
    assert server.post("/v1/scan", {"text": "536-90-4399"}).json()["detections"] == []
    got = server.post("/v1/scan", {"text": "536-90-4399", "context": "what is your ssn?"}).json()
    assert [d["start"] for d in got["detections"]] == [0]


def test_a_chat(server: Server) -> None:
    messages = [
        {"role": "assistant", "content": "What is your SSN?"},
        {"role": "user", "content": [{"type": "text", "text": "536-90-4399"}]},
    ]
    got = server.post("/v1/scan", {"messages": messages}).json()["results"]
    assert [len(r["detections"]) for r in got] == [0, 1]


def test_a_batch_keeps_order_and_ids(server: Server) -> None:
    items = [{"id": "a", "text": SSN}, {"text": "nothing"}, {"id": "c", "text": SSN}]
    got = server.post("/v1/scan:batch", {"items": items}).json()["results"]
    assert [(r["id"], len(r["detections"])) for r in got] == [("a", 1), (None, 0), ("c", 1)]


def test_half_a_surrogate_pair_is_scanned(server: Server) -> None:
    """JavaScript cuts texts there; a JSON parser that refuses it would let nobody know what follows."""
    got = server.client.post("/v1/scan", content=PAIR).json()
    assert [d["sit"] for d in got["detections"]] == ["us-social-security-number"]


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        (b"", 400, "no JSON"),
        (b'{"text": "a"', 400, "no JSON"),
        (b'{"text": "secret 536-90-4399}', 400, "no JSON"),
        (b'{"text": "\xff\xfe536-90-4399"}', 400, "not UTF-8"),
        ("\ufeff{}".encode("utf-16"), 400, "not UTF-8"),
        (b"[" * 100_000, 400, "nested too deeply"),
        (b"[]", 422, "valid dictionary"),
        (b"{}", 422, "either 'text' or 'messages'"),
        (b'{"text": 5369043990}', 422, "text: Input should be a valid string"),
        (b'{"text": "a", "txet": "b"}', 422, "txet"),
        (b'{"messages": "536-90-4399"}', 422, "messages"),
    ],
)
def test_broken_bodies_are_told_and_never_quoted(
    server: Server, body: bytes, status: int, told: str
) -> None:
    got = server.client.post("/v1/scan", content=body)
    assert (got.status_code, got.headers["content-type"]) == (status, "application/problem+json")
    assert told in got.json()["detail"]
    assert "536" not in got.text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"content-encoding": "gzip"}, 415),
        ({"content-type": "application/json; charset=utf-16"}, 415),
        ({"content-type": "application/json; charset=UTF-8"}, 200),
        ({"content-type": "text/plain"}, 200),
    ],
)
def test_encodings(server: Server, headers: dict[str, str], status: int) -> None:
    got = server.client.post("/v1/scan", content=json.dumps({"text": SSN}), headers=headers)
    assert got.status_code == status


def test_what_is_not_there(server: Server) -> None:
    assert server.client.get("/v1/scam").status_code == 404
    got = server.client.get("/v1/scan")
    assert (got.status_code, got.headers["allow"]) == (405, "POST")


def test_a_request_keeps_its_id(server: Server) -> None:
    assert server.post("/v1/scan", {"text": ""}, headers={"x-request-id": "r-1"}).headers[
        "x-request-id"
    ] == "r-1"  # fmt: skip
    odd = server.post("/v1/scan", {"text": ""}, headers={"x-request-id": "a b"})
    assert odd.headers["x-request-id"] != "a b"


def test_health_and_readiness(server: Server) -> None:
    for path in ("/health", "/healthz", "/ready", "/readyz"):
        assert server.client.get(path).status_code == 200


def test_metrics(server: Server) -> None:
    server.post("/v1/scan", {"text": SSN})
    told = server.client.get("/metrics").text
    assert 'sitclassify_requests_total{dialect="native",operation="scan",status="200"}' in told
    assert "sitclassify_request_seconds_bucket" in told
    assert "536-90-4399" not in told


def test_every_example_of_the_openapi_document_runs(server: Server) -> None:
    document: dict[str, Any] = server.client.get("/openapi.json").json()
    asked = 0
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
            for example in body.get("examples", {}).values():
                url = path.replace("{user}", "u1")
                got = server.client.request(method, url, json=example["value"])
                if got.status_code != 501:  # of an extra that is not installed
                    assert got.is_success, (path, got.text)
                asked += 1
    assert asked >= 2
