"""LiteLLM's generic guardrail, by the bodies its proxy sends; `clients/` has the proxy itself."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from running import SSN, Server
from test_server_policies import events

PATH = "/beta/litellm_basic_guardrail_api"
MAIL = "Write to ada.lovelace@kontor-nord.de please."
MASKED = "Write to <EMAIL_ADDRESS> please."
POLICY = """
id: test
rules:
  - {id: mail, when: {sits: email-address, min_confidence: 1}, action: redact, otherwise: block}
  - {id: ssn, when: {sits: us-social-security-number}, action: block, override: justified, message: No SSN here.}
"""


@pytest.fixture(scope="module")
def guard(cache_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("policy")
    (folder / "test.yaml").write_text(POLICY)
    server = Server("--policy", str(folder / "test.yaml"), "--audit", str(folder / "audit.jsonl"))

    def ask(**fields: Any) -> dict[str, Any]:
        body = {"input_type": "request", "request_data": {}, "unknown_field": 1, **fields}
        got = server.post(PATH, body)
        assert got.status_code == 200, got.text
        answer: dict[str, Any] = got.json()
        return answer

    ask.audit = folder / "audit.jsonl"  # type: ignore[attr-defined]
    yield ask
    server.stop()


Ask = Callable[..., dict[str, Any]]


def test_passes_blocks_and_redacts(guard: Ask) -> None:
    assert guard(texts=["hello"]) == {"action": "NONE"}
    assert guard(texts=["hello", SSN]) == {"action": "BLOCKED", "blocked_reason": "No SSN here."}
    got = guard(texts=["hello", MAIL, "bye"])
    assert got == {"action": "GUARDRAIL_INTERVENED", "texts": ["hello", MASKED, "bye"]}


def test_answers_say_how_much_of_a_stream_may_still_change(guard: Ask) -> None:
    """In the characters of the text that goes out; what is settled is never more than what is held back says."""
    got = guard(input_type="response", texts=[MAIL])
    assert got["texts"] == [MASKED] and got["stream_holdback_chars"] == [len(MASKED)]
    prose = "It rained and nobody minded. " * 40
    got = guard(input_type="response", texts=[prose, f"{MAIL} {prose}"])
    assert got["texts"] == [prose, f"{MASKED} {prose}"]
    assert all(0 < held < 200 for held in got["stream_holdback_chars"])


def test_of_a_growing_answer_what_was_settled_stays(guard: Ask) -> None:
    """What LiteLLM has sent cannot be taken back; it is held back where a value may go on, and little more."""
    text, sent = f"{MAIL} And {MAIL} " + "The weather was fine and nobody complained. " * 20, ""
    for end in range(1, len(text) + 20, 19):
        got = guard(input_type="response", texts=[text[:end]])
        told = got.get("texts", [text[:end]])[0]
        assert told.startswith(sent)
        sent = told[: max(len(sent), len(told) - got["stream_holdback_chars"][0])]
    assert sent.startswith(f"{MASKED} And {MASKED} The") and len(told) - len(sent) < 200


def test_the_turn_before_is_context_where_messages_tell_who_spoke(guard: Ask) -> None:
    messages = [
        {"role": "assistant", "content": "What is your SSN?"},
        {"role": "user", "content": [{"type": "text", "text": "536-90-4399"}]},
    ]
    texts = ["What is your SSN?", "536-90-4399"]
    assert guard(texts=texts)["action"] == "NONE"
    assert guard(texts=texts, structured_messages=messages)["action"] == "BLOCKED"


@pytest.mark.parametrize("role", ["function", "critic", None])
def test_a_role_of_another_kind_is_decided_about_too(guard: Ask, role: str | None) -> None:
    messages = [{"role": role, "content": "536-90-4399 is my SSN"}]
    got = guard(texts=["536-90-4399 is my SSN"], structured_messages=messages)
    assert got["action"] == "BLOCKED"


def test_tool_calls_are_read_and_cannot_be_redacted(guard: Ask) -> None:
    call = {
        "id": "c",
        "type": "function",
        "function": {"name": "f", "arguments": json.dumps({"to": MAIL})},
    }
    assert guard(texts=["x"], tool_calls=[call])["action"] == "BLOCKED"
    call["function"]["arguments"] = '{"to": "nobody"}'  # type: ignore[index]
    assert guard(texts=["x"], tool_calls=[call]) == {"action": "NONE"}


def test_images_are_told_as_not_scanned(guard: Ask) -> None:
    image = "data:image/png;base64," + base64.b64encode(b"\x89PNG").decode()
    who = {"user_api_key_alias": "draws", "user_api_key_user_email": "ada"}
    assert guard(texts=[], images=[image], request_data=who) == {"action": "NONE"}
    *_, event = events(guard.audit, 1)  # type: ignore[attr-defined]
    while event["application"] != "draws":
        *_, event = events(guard.audit, 1)  # type: ignore[attr-defined]
    assert event["user"] == "ada" and not event["complete"]
    assert event["parts"][0]["skipped"] == [{"pointer": "/images/0", "reason": "image"}]


def test_an_override_needs_its_justification(guard: Ask) -> None:
    params: dict[str, Any] = {"override": True}
    assert guard(texts=[SSN], additional_provider_specific_params=params)["action"] == "BLOCKED"
    params["justification"] = "agreed with the officer"
    assert guard(texts=[SSN], additional_provider_specific_params=params)["action"] == "NONE"


def test_a_late_answer_is_what_litellm_counts_as_unreachable(start: Callable[..., Server]) -> None:
    body = {"input_type": "request", "texts": ["my SSN is 536-90-4399, " * 40_000]}
    late = ("--answer-seconds", "0.001")
    assert start(*late).post(PATH, body).status_code == 503
    passed = start(*late, "--fail-open", "litellm").post(PATH, body)
    assert (passed.status_code, passed.json()) == (200, {"action": "NONE"})
