"""Bodies that no dialect expects: each is refused in the dialect's own words, none is a fault, none is quoted."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from running import Server

BROKEN = [
    b"", b"{", b"\xff\xfe", b'{"text": "\xff536-90-4399"}', '{"text": "536-90-4399"}'.encode("utf-16"),
    "{}".encode("utf-32"), b"[" * 50_000, b'{"text": "536-90-4399}', b'{"a":1}{"b":2}', b"\x00" * 100,
]  # fmt: skip
NOT_OBJECTS = [b"null", b"[]", b'"536-90-4399"', b"5", b"true", b"NaN"]
WRONG: list[Any] = [None, 5, -1, 1e300, True, "x", [], {}, [[]], [None], "\ud800"]

CALL = {"id": "c", "type": "function", "function": {"name": "f", "arguments": '{"to": "x"}'}}
PARTS = [
    {"type": "text", "text": "My SSN is 536-90-4399."},
    {"type": "image_url", "image_url": {"url": "x"}},
]
CHAT = [
    {"role": "assistant", "content": "What is your SSN?", "tool_calls": [CALL]},
    {"role": "user", "content": PARTS, "id": "m2"},
    {"role": "tool", "content": [{"type": "tool_result", "content": PARTS}]},
]
MORE: list[tuple[str, Any]] = [  # bodies with everything that is read
    ("/v1/scan", {"messages": CHAT, "include_values": True}),
    ("/v1/evaluate", {"messages": CHAT, "sender": {"groups": ["hr"], "activity": "downloadText"}}),
    (
        "/beta/litellm_basic_guardrail_api",
        {
            "input_type": "response", "texts": ["x"], "structured_messages": CHAT, "tool_calls": [CALL],
            "images": ["x"], "request_data": {"user_api_key_alias": "a"}, "model": "m", "litellm_trace_id": "t",
            "additional_provider_specific_params": {"override": True, "justification": "j"},
        },
    ),
    (
        "/analyze",
        {
            "text": ["x"], "language": "en", "entities": ["US_SSN"], "score_threshold": 0.1, "context": ["ssn"],
            "return_decision_process": True, "allow_list": ["a.c"], "allow_list_match": "regex", "regex_flags": 0,
            "ad_hoc_recognizers": [
                {
                    "name": "n", "supported_entity": "X", "deny_list": ["Mr."], "context": ["zip"],
                    "patterns": [{"name": "p", "regex": "x", "score": 0.1}],
                }
            ],
        },
    ),
]  # fmt: skip


@pytest.fixture(scope="module")
def examples(server: Server) -> list[tuple[str, Any]]:
    """Every path that takes a body, with a body that it takes."""
    document: dict[str, Any] = server.client.get("/openapi.json").json()
    return [
        (path.replace("{user}", "u1"), example["value"])
        for path, methods in document["paths"].items()
        for operation in methods.values()
        for example in operation.get("requestBody", {})
        .get("content", {})
        .get("application/json", {})
        .get("examples", {})
        .values()
    ]


def check(server: Server, path: str, body: bytes) -> int:
    got = server.client.post(path, content=body)
    assert "x-sitclassify-unchecked" not in got.headers, f"a fault of {path}"
    if not got.is_success:
        assert "536-90" not in got.text
        json.loads(got.text)
    return got.status_code


@pytest.mark.parametrize("body", [*BROKEN, *NOT_OBJECTS])
def test_what_is_no_body(server: Server, examples: list[tuple[str, Any]], body: bytes) -> None:
    for path, _ in examples:
        assert check(server, path, body) in ((400,) if body in BROKEN else (400, 422, 501)), path


def places(content: Any) -> Iterator[tuple[Any, ...]]:
    """Where something stands in JSON."""
    pairs = content.items() if isinstance(content, dict) else enumerate(content)
    for key, value in pairs:
        yield (key,)
        if isinstance(value, dict | list):
            yield from ((key, *rest) for rest in places(value))


def replaced(content: Any, place: tuple[Any, ...], value: Any) -> Any:
    changed = holder = copy.deepcopy(content)
    for key in place[:-1]:
        holder = holder[key]
    holder[place[-1]] = value
    return changed


def test_anything_anywhere_in_a_body(server: Server, examples: list[tuple[str, Any]]) -> None:
    """Each part of each example replaced by what does not belong there."""
    assert len(examples) >= 10
    for path, example in [*examples, *MORE]:
        for place in places(example):
            for wrong in WRONG:
                check(server, path, json.dumps(replaced(example, place, wrong)).encode())
    assert server.client.get("/ready").status_code == 200
    assert not [line for line in server.lines if line["event"] == "fault"]
