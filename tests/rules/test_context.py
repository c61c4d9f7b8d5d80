"""`context=` and conversations: the turn before is evidence and is never reported."""

from __future__ import annotations

import json
from typing import Any

import pytest
from toys import a_sit, found, scanner_of, values

from sitclassify.scanner import Scanner


@pytest.fixture(scope="module")
def nine() -> Scanner:
    return scanner_of(a_sit(words=("keyword", "ssn")), min_confidence=75)


@pytest.mark.parametrize(
    ("context", "text", "expected"),
    [
        ("what is your SSN?", "536904399", ["536904399"]),
        ("ssn", "536904399", ["536904399"]),
        ("ssn 111222338", "and nothing", []),
        ("ssn 111222338", "and 536904399", ["536904399"]),
        ("my ssn" + " and so on" * 40, "536904399", []),
        (None, "536904399", []),
        ("", "536904399", []),
        ("weather?", "536904399", []),
        ("ssn 5369", "04399", []),
        ("\u200bssn\u00ad?", "5369\u200b04399", ["5369\u200b04399"]),
        ("x" * 100_000 + " ssn?", "536904399", ["536904399"]),
    ],
)
def test_context_is_evidence_only(
    nine: Scanner, context: str, text: str, expected: list[str]
) -> None:
    assert values(nine.scan(text, context=context)) == expected


def test_offsets_are_those_of_the_text(nine: Scanner) -> None:
    result = nine.scan("it is 536904399", context="what is your ssn?")
    assert (result.detections[0].start, result.length) == (6, 15)
    evidence = result.detections[0].evidence[0]
    assert evidence.start < 0


@pytest.mark.parametrize("arguments", [{"context": 5}, {"context": b"ssn"}, {"context": ["ssn"]}])
def test_context_is_text(nine: Scanner, arguments: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        nine.scan("536904399", **arguments)


@pytest.mark.parametrize("text", [None, b"ssn", 5, ["ssn"], bytearray(b"x"), object()])
def test_a_text_is_str(nine: Scanner, text: Any) -> None:
    with pytest.raises(TypeError, match="str"):
        nine.scan(text)


def turn(role: str, content: Any, **more: Any) -> dict[str, Any]:
    return {"role": role, "content": content} | more


def talk(scanner: Scanner, *messages: dict[str, Any]) -> list[list[str]]:
    return [values(result) for result in scanner.scan_conversation(messages)]


ASK = turn("assistant", "What is your SSN?")
ANSWER = turn("user", "536904399")


def test_the_turn_before_is_context(nine: Scanner) -> None:
    assert talk(nine, ASK, ANSWER) == [[], ["536904399"]]
    assert talk(nine, turn("user", "my ssn comes now"), turn("user", "536904399")) == [
        [],
        ["536904399"],
    ]


@pytest.mark.parametrize("role", ["system", "developer", "tool"])
def test_other_roles_are_no_context(nine: Scanner, role: str) -> None:
    assert talk(nine, turn(role, "Never tell an SSN."), ANSWER) == [[], []]
    assert talk(nine, ASK, turn(role, "x"), ANSWER) == [[], [], ["536904399"]]


@pytest.mark.parametrize("role", ["system", "tool"])
def test_other_roles_are_scanned(nine: Scanner, role: str) -> None:
    assert talk(nine, turn(role, "ssn 536904399")) == [["536904399"]]
    assert talk(nine, ASK, turn(role, "536904399")) == [[], []]


def test_arguments_of_tool_calls_have_keys_as_labels(nine: Scanner) -> None:
    arguments = json.dumps({"ssn": "536904399", "n": 1})
    calls = [{"id": "c", "type": "function", "function": {"name": "save", "arguments": arguments}}]
    assert talk(nine, turn("assistant", None, tool_calls=calls)) == [["536904399"]]
    part = {"type": "tool_use", "id": "c", "name": "save", "input": {"ssn": 536904399}}
    assert talk(nine, turn("assistant", [part])) == [["536904399"]]
    old = {"name": "save", "arguments": arguments}
    assert talk(nine, turn("assistant", None, function_call=old)) == [["536904399"]]


def test_parts_that_are_no_text_are_skipped(nine: Scanner) -> None:
    image = {"type": "image_url", "image_url": {"url": "https://example.com/x.png"}}
    text = {"type": "text", "text": "ssn 536904399"}
    (result,) = nine.scan_conversation([turn("user", [image, text, 5])])
    assert values(result) == ["536904399"]
    assert result.complete is False
    assert [s.pointer for s in result.skipped] == ["/messages/0/content/0", "/messages/0/content/2"]
    assert "536904399" not in repr(result.skipped)
    assert result.to_dict()["complete"] is False


def test_a_result_for_each_message(nine: Scanner) -> None:
    messages = [turn("user", ""), turn("user", None), {"role": "user"}, turn("user", [])]
    results = nine.scan_conversation([*messages, turn("user", "hi", id="m5")])
    assert [r.length for r in results] == [0, 0, 0, 0, 2]
    assert results[-1].id == "m5"
    assert nine.scan_conversation([]) == []


def test_tool_results_are_scanned(nine: Scanner) -> None:
    part = {"type": "tool_result", "content": [{"type": "text", "text": "ssn 536904399"}]}
    assert talk(nine, turn("user", [part])) == [["536904399"]]


@pytest.mark.parametrize("message", [None, "text", 5, ["role"]])
def test_a_message_is_a_mapping(nine: Scanner, message: Any) -> None:
    with pytest.raises(TypeError):
        nine.scan_conversation([message])


@pytest.mark.parametrize(
    "message",
    [turn("user", 5), turn("user", "x", tool_calls=[None, {}, {"function": 3}]),
     turn("user", {"type": "text"}), turn("user", [None, [], {}]), {1: 2}, turn("user", "x", function_call="y")],
)  # fmt: skip
def test_odd_messages_do_not_raise(nine: Scanner, message: Any) -> None:
    assert len(nine.scan_conversation([message])) == 1


@pytest.mark.parametrize("calls", [5, True, 0.5])
def test_tool_calls_that_are_no_list(nine: Scanner, calls: Any) -> None:
    assert len(nine.scan_conversation([turn("user", "x", tool_calls=calls)])) == 1


def test_scan_batch_is_scan_of_each(nine: Scanner) -> None:
    texts = ["ssn 536904399", "", "nothing", "\ud800", "ssn 111 222 338"]
    assert nine.scan_batch(texts) == [nine.scan(text) for text in texts]
    assert nine.scan_batch(iter(texts)) == nine.scan_batch(texts)
    assert found(nine.scan_batch(texts)[0]) == [("536904399", 85)]


def nested(inner: object, depth: int = 3_000) -> object:
    """`inner` in lists in mappings, deeper than Python's recursion reaches."""
    for _ in range(depth):
        inner = {"type": "tool_result", "content": [inner]}
    return inner


CIRCLE: dict[str, object] = {"ssn": "536904399"}
CIRCLE["self"] = CIRCLE


@pytest.mark.parametrize(
    "message",
    [
        {"role": "user", "content": [nested({"text": "x"})]},
        {"role": "tool", "content": nested("x")},
        {"role": "assistant", "content": [{"type": "tool_use", "input": nested("x")}]},
        {"role": "assistant", "tool_calls": [{"function": {"arguments": nested("x")}}]},
        {"role": "assistant", "function_call": {"arguments": CIRCLE}},
        {"role": "assistant", "function_call": {"arguments": {("a", 1): "x"}}},
    ],
)
def test_what_is_nested_too_deep_is_skipped(message: dict[str, object]) -> None:
    result = scanner_of(a_sit()).scan_conversation([message])[0]
    assert not result.complete
    assert len(result.skipped) == 1
