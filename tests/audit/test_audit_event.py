"""An event of version 1: its frozen schema, what it says, and what it never says."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

import jsonschema
import pytest
from events import MakeEvent

from sitclassify import ConfigurationError, audit
from sitclassify.audit import DigestKey
from sitclassify.audit.event import Origin
from sitclassify.scanner import Scanner

FROZEN = "2e06f32c9a0d4cd3c0569b7ef6a394c2556b71b88d434e2888a8dfb1b3f2c5fb"
KEY = DigestKey("2026-1", b"a key")
BLOCKED = "badge B1001, card C1001 and card C1001"
TEXTS = ["nothing", "card C1001", "card C1001 C1002", "card C1001 C1002 C1003", BLOCKED]


def valid(event: dict[str, Any]) -> dict[str, Any]:
    """`event`, as JSON says it, if the schema takes it."""
    plain: dict[str, Any] = json.loads(json.dumps(event))
    jsonschema.Draft202012Validator(audit.schema()).validate(plain)
    return plain


def test_the_schema_is_frozen() -> None:
    """Another shape is another version: write `event-2.schema.json`, and leave this one as it is."""
    plain = json.dumps(audit.schema(), sort_keys=True).encode()
    assert hashlib.sha256(plain).hexdigest() == FROZEN
    jsonschema.Draft202012Validator.check_schema(audit.schema())


def test_every_field_is_required_and_no_other_is_taken(event: MakeEvent) -> None:
    made = valid(event("card C1001"))
    assert set(made) == set(audit.schema()["required"]) == set(audit.schema()["properties"])
    for name in made:
        with pytest.raises(jsonschema.ValidationError):
            valid({k: v for k, v in made.items() if k != name})
    with pytest.raises(jsonschema.ValidationError):
        valid(made | {"more": 1})


@pytest.mark.parametrize("collect", ["metadata", "redacted", "full"])
@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("key", [None, KEY])
def test_events_of_every_kind_fit_the_schema(
    event: MakeEvent, text: str, collect: str, key: DigestKey | None
) -> None:
    context = {
        "application": "chat", "user": "ada", "tenant": "t1", "activity": "downloadText",
        "override": True, "justification": "badge B1001 is mine",
    }  # fmt: skip
    said = {"id": "m1", "thread": "t", "agent": "a", "model": "m", "provider": "p"}
    for of in ({}, context):
        made = valid(event(text, of=of, said=said if of else {}, collect=collect, key=key))
        told = json.dumps(made)
        if collect != "full":
            assert "C1001" not in told
            assert "B1001" not in told
        if collect == "metadata":
            assert made["parts"][0]["text"] is None
            assert made["decision"]["justification"] is None
        for value in ("C1001", "c1001", text):  # digests are keyed
            assert hashlib.sha256(value.encode()).hexdigest() not in told
        assert "a key" not in told


def test_what_an_event_says(event: MakeEvent) -> None:
    time = datetime(2026, 11, 25, 10, 0, 0, 123456, tzinfo=UTC)
    made = event(
        BLOCKED, of={"user": "ada"}, key=KEY, latency_us=12.5, time=time, origin=Origin("w", 7, 2)
    )
    assert made["version"] == "sitclassify-audit/1"
    assert made["time"] == "2026-11-25T10:00:00.123456+00:00"
    assert made["origin"] == {"writer": "w", "sequence": 7, "lost": 2}
    assert (made["user"], made["role"], made["activity"]) == ("ada", "user", "uploadText")
    assert made["parts"][0]["text"] == "badge <BADGE>, card <CARD> and card <CARD>"
    assert made["counts"] == {"badge": 1, "card": 1}  # distinct values
    assert [d["sit"] for d in made["detections"]] == ["badge", "card", "card"]
    assert made["detections"][1]["digest"] == made["detections"][2]["digest"] == KEY.digest("c1001")
    assert made["key_id"] == "2026-1"
    assert made["latency_us"] == 12.5
    rules = [(r["rule"], r["action"], r["mode"]) for r in made["decision"]["rules"]]
    enforced = [("block", "block", "enforce"), ("audit", "audit", "enforce")]
    assert rules == [*enforced, ("later", "block", "simulate")]
    assert made["decision"]["policies"].startswith("test@")
    assert made["complete"] is True


def test_an_override_and_its_justification(event: MakeEvent) -> None:
    of = {"override": True, "justification": "badge B1001 is my own"}
    decision = event(BLOCKED, of=of)["decision"]
    assert decision["overridden"] is True
    assert decision["justified"] is True
    assert decision["justification"] == "badge <BADGE> is my own"
    assert event(BLOCKED, of=of, collect="full")["decision"]["justification"] == of["justification"]


def test_a_message_of_several_parts(scanner: Scanner, event: MakeEvent) -> None:
    from sitclassify import policy
    from sitclassify.policy import Context

    parts = {
        "/content/0/text": scanner.scan("card C1001"),
        "/content/1/text": scanner.scan("card C1001"),
    }
    decision = policy.load("default").evaluate(parts["/content/0/text"])
    made = valid(audit.make_event(parts, decision, Context()))
    assert [part["pointer"] for part in made["parts"]] == list(parts)
    assert [d["part"] for d in made["detections"]] == [0, 1]
    assert made["counts"] == {"card": 1}


def test_what_was_not_scanned_is_told(scanner: Scanner, event: MakeEvent) -> None:
    content = [{"type": "text", "text": "x"}, {"type": "image_url", "image_url": {"url": "data:,"}}]
    result = scanner.scan_conversation([{"role": "user", "content": content}])[0]
    made = valid(event(result))
    assert made["complete"] is False
    assert made["parts"][0]["skipped"][0]["pointer"]


def test_ids_are_never_the_same(event: MakeEvent) -> None:
    assert len({event("nothing")["id"] for _ in range(100)}) == 100


@pytest.mark.parametrize("collect", ["none", "all", ""])
def test_another_kind_of_collection(event: MakeEvent, collect: str) -> None:
    with pytest.raises(ConfigurationError, match="collect is one of metadata, redacted, full"):
        event("nothing", collect=collect)


def test_no_key_is_shown() -> None:
    assert repr(KEY) == "DigestKey('2026-1')"
