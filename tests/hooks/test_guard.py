"""The guard that every adapter asks."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hooked import ADDRESS, MAIL, MASKED, NUMBER, SSN, TOLD, is_silent

from sitclassify.audit import JsonLines, Message, Writer
from sitclassify.hooks import Blocked, Guard, NotChecked, Text
from sitclassify.policy import Context, Policies
from sitclassify.scanner import Scanner

LONG = "The weather was fine that day and nobody had anything to complain about. " * 200


def both(guard: Guard, texts: list[Text], **options: Any) -> list[str]:
    """What the guard says, asked in both ways; the same each time."""
    try:
        told = guard.check(texts, **options)
    except Exception as error:
        with pytest.raises(type(error)) as again:
            asyncio.run(guard.check_async(texts, **options))
        assert str(again.value) == str(error)
        assert is_silent(error) and is_silent(again.value)
        raise
    assert asyncio.run(guard.check_async(texts, **options)) == told
    return told


@pytest.mark.parametrize("around", ["", LONG])
def test_passes_redacts_and_blocks(guard: Guard, around: str) -> None:
    texts = [Text(f"hello {around}"), Text(MAIL + around)]
    assert both(guard, texts) == [f"hello {around}", MASKED + around]
    with pytest.raises(Blocked, match=TOLD) as raised:
        both(guard, [*texts, Text(SSN)])
    assert raised.value.decision.action == "block"


def test_the_turn_before_and_a_label_are_evidence(guard: Guard) -> None:
    number = Text(NUMBER, "user")
    assert both(guard, [number]) == [NUMBER]
    with pytest.raises(Blocked):
        both(guard, [Text("What is your SSN?", "assistant"), number])
    assert both(guard, [Text("Ask for the SSN.", "system"), number])[1] == NUMBER
    with pytest.raises(Blocked):
        both(guard, [Text(NUMBER, label="ssn")])


def test_where_nothing_can_be_redacted_the_rule_says_otherwise(guard: Guard) -> None:
    with pytest.raises(Blocked):
        both(guard, [Text(MAIL, can_redact=False)])


def test_a_broken_engine(broken: Guard) -> None:
    if broken.fail_open:
        assert both(broken, [Text(SSN)]) == [SSN]
        stream = broken.stream()
        assert stream.feed(SSN) + stream.close() == SSN
        return
    with pytest.raises(NotChecked, match="RuntimeError"):
        both(broken, [Text(SSN)])
    with pytest.raises(NotChecked):
        broken.stream()


class Slow:
    """An engine that takes its time."""

    def __init__(self, scanner: Scanner) -> None:
        self.scan: Callable[..., Any] = scanner.scan

    def __getattribute__(self, name: str) -> Any:
        time.sleep(0.2)
        return object.__getattribute__(self, name)


@pytest.mark.parametrize("fail_open", [False, True])
def test_a_late_answer(scanner: Scanner, policies: Policies, fail_open: bool) -> None:
    told: list[str] = []
    guard = Guard(
        policies, scanner=scanner, timeout=0.01, fail_open=fail_open, on_unchecked=told.append
    )
    guard.scanner = Slow(scanner)  # type: ignore[assignment]
    if fail_open:
        assert both(guard, [Text(LONG + SSN)]) == [LONG + SSN]
    else:
        with pytest.raises(NotChecked, match="timeout"):
            both(guard, [Text(LONG + SSN)])
    assert told == ["timeout", "timeout"]


@pytest.mark.parametrize("size", [1, 3, 1000])
def test_a_stream(guard: Guard, size: int) -> None:
    def run(text: str) -> str:
        stream, out = guard.stream(), ""
        try:
            for i in range(0, len(text), size):
                out += stream.feed(text[i : i + size])
            return out + stream.close()
        except Blocked as error:
            return f"{out}|{error}"

    assert run(f"{MAIL} {LONG}{MAIL}") == f"{MASKED} {LONG}{MASKED}"
    told = run(LONG + SSN)
    assert NUMBER not in told and told.endswith(f"|{TOLD}")


@pytest.mark.parametrize("fail_open", [False, True])
def test_a_stream_that_breaks_later(scanner: Scanner, policies: Policies, fail_open: bool) -> None:
    stream = Guard(policies, scanner=scanner, fail_open=fail_open).stream()
    out = stream.feed("hello ") + stream.feed("you, ")
    stream._stream._stream = None  # type: ignore[union-attr,assignment]
    if fail_open:
        out += stream.feed(MAIL) + stream.feed(" bye") + stream.close()
        assert out == f"hello you, {MAIL} bye"
    else:
        with pytest.raises(NotChecked) as raised:
            stream.feed(MAIL)
        assert is_silent(raised.value)


def test_every_text_leaves_an_event(scanner: Scanner, policies: Policies, tmp_path: Path) -> None:
    path = tmp_path / "audit.jsonl"
    with Writer(JsonLines(path)) as writer:
        who = Context(application="chat", user="ada")
        guard = Guard(policies, scanner=scanner, audit=writer, context=who)
        guard.check([Text("hello", "system", "/messages/0"), Text(MAIL, "user", "/messages/1")])
        stream = guard.stream(message=Message(model="echo"))
        stream.feed(f"{MAIL} And {SSN[:14]}")
        stream.close()
        with pytest.raises(Blocked):
            guard.check([Text(SSN)])
    events = [json.loads(line) for line in path.read_text().splitlines()]
    told = [(e["activity"], e["role"], e["decision"]["action"]) for e in events]
    assert told == [
        ("uploadText", "system", "allow"),
        ("uploadText", "user", "redact"),
        ("downloadText", "assistant", "redact"),
        ("uploadText", "user", "block"),
    ]
    assert events[1]["parts"][0]["pointer"] == "/messages/1" and events[2]["model"] == "echo"
    assert ADDRESS not in path.read_text() and NUMBER not in path.read_text()


@pytest.mark.parametrize("fail_open", [False, True])
def test_a_mandatory_audit_that_cannot_be_written(
    scanner: Scanner, policies: Policies, tmp_path: Path, fail_open: bool
) -> None:
    sink = JsonLines(tmp_path / "gone" / "audit.jsonl")
    writer = Writer(sink, mandatory=True, timeout=0.05)
    guard = Guard(policies, scanner=scanner, audit=writer, fail_open=fail_open)
    if fail_open:
        assert both(guard, [Text("hello")]) == ["hello"]
    else:
        with pytest.raises(NotChecked, match="AuditError"):
            both(guard, [Text("hello")])
    writer.close(0.1)


def test_what_a_text_is_called_says_nothing_of_it() -> None:
    assert NUMBER not in repr(Text(SSN))
