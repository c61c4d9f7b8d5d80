"""Texts of JSON bodies, and events that are redacted while they pass."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hooked import ADDRESS, MAIL, MASKED, NUMBER, SSN, TOLD

from sitclassify.hooks import Blocked, Guard
from sitclassify.hooks.bodies import Body
from sitclassify.hooks.exchange import Exchange

JSON = "application/json"
PROSE = "The weather was fine that day and nobody had anything to complain about. "


def sent(guard: Guard, content: Any) -> Any:
    return json.loads(Exchange(guard).request(json.dumps(content).encode(), JSON))


CHAT = {
    "model": "echo",
    "messages": [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": [{"type": "text", "text": MAIL}, {"type": "text", "text": "Hi"}]},
        {"role": "assistant", "tool_calls": [
            {"id": "call_1", "type": "function", "function": {"name": "f", "arguments": json.dumps({"to": ADDRESS})}}]},
    ],
}  # fmt: skip


def test_chat(guard: Guard) -> None:
    got = sent(guard, CHAT)
    assert got["messages"][1]["content"][0]["text"] == MASKED
    told = got["messages"][2]["tool_calls"][0]["function"]["arguments"]
    assert json.loads(told) == {"to": "<EMAIL_ADDRESS>"}
    assert [t.role for t in Body(CHAT).texts] == ["system", "user", "user", "assistant"]


@pytest.mark.parametrize(
    "content",
    [
        {"input": SSN},
        {"input": ["hello", SSN]},
        {"system": SSN, "messages": []},
        {"prompt": [{"role": "user", "content": {"parts": [SSN]}}]},
        {"messages": [{"role": "user", "content": [{"type": "tool_use", "input": {"ssn": NUMBER}}]}]},
        {"messages": [{"role": "user", "content": [{"type": "tool_use", "input": {"ssn": 536904399}}]}]},
        {"messages": [{"role": "assistant", "content": "What is your SSN?"}, {"role": "user", "content": NUMBER}]},
        {"messages": [{"role": "assistant", "content": "Your SSN?"},
                      {"role": "user", "content": [{"type": "text", "text": NUMBER}]}]},
        {"customer": {"ssn": [NUMBER]}, "id": "a"},
        {"id": SSN},
        SSN,
        [{"arguments": json.dumps([{"ssn": NUMBER}])}],
    ],
)  # fmt: skip
def test_blocked(guard: Guard, content: Any) -> None:
    with pytest.raises(Blocked, match=TOLD):
        sent(guard, content)


def test_what_is_no_finding_is_sent_as_it_came(guard: Guard) -> None:
    body = b'{"id": "chatcmpl-1",   "created": 1764300000, "x": 1e3, "messages": []}'
    assert Exchange(guard).request(body, JSON) == body


def test_images_are_told_as_not_scanned() -> None:
    parts = [
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgo="}},
        {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "iVBO"}},
    ]
    assert [t.is_binary for t in Body({"content": parts}).texts] == [True, True]


def chunk(content: str, finish: str | None = None) -> dict[str, Any]:
    delta = {"content": content} if content else {}
    return {"id": "c1", "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}


def chat(pieces: list[str]) -> list[Any]:
    return [*(chunk(piece) for piece in pieces), chunk("", "stop"), "[DONE]"]


def messages(pieces: list[str]) -> list[Any]:
    deltas = [
        {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": piece}}
        for piece in pieces
    ]
    return [*deltas, {"type": "content_block_stop", "index": 0}, {"type": "message_stop"}]


def responses(pieces: list[str]) -> list[Any]:
    name, where = "response.output_text", {"item_id": "i", "output_index": 0, "content_index": 0}
    whole = {"type": f"{name}.done", **where, "text": "".join(pieces)}
    return [*({"type": f"{name}.delta", **where, "delta": piece} for piece in pieces), whole]


def own(pieces: list[str]) -> list[Any]:
    return [{"token": piece} for piece in pieces]


def plain(pieces: list[str]) -> list[Any]:
    return list(pieces)


def said(data: bytes) -> tuple[str, str]:
    """The text of a stream, and its error."""
    text = error = ""
    for event in data.decode().split("\n\n"):
        told = event.partition("data: ")[2]
        if not told or told == "[DONE]":
            continue
        try:
            content = json.loads(told)
        except ValueError:
            text += told
            continue
        if "error" in content:
            error = content["error"]["message"]
        elif "choices" in content:
            text += content["choices"][0]["delta"].get("content") or ""
        elif isinstance(content.get("delta"), dict):
            text += content["delta"]["text"]
        else:
            text += content.get("delta") or content.get("token") or ""
    return text, error


def passed(guard: Guard, events: list[Any], size: int = 7) -> bytes:
    told = [event if isinstance(event, str) else json.dumps(event) for event in events]
    data = "".join(f"data: {each}\r\n\r\n" for each in told).encode()
    stream = Exchange(guard).events()
    out = [stream.feed(data[i : i + size]) for i in range(0, len(data), size)]
    return b"".join([*out, stream.close()])


PROTOCOLS = [chat, messages, responses, own, plain]


@pytest.mark.parametrize("make", PROTOCOLS)
@pytest.mark.parametrize("size", [1, 40, 10_000])
def test_a_growing_text_is_redacted(guard: Guard, make: Any, size: int) -> None:
    text = f"{MAIL} {PROSE * 5}{MAIL} {PROSE}{MAIL}"
    pieces = [text[i : i + size] for i in range(0, len(text), size)]
    data = passed(guard, make(pieces), 1000)
    assert said(data) == (text.replace(MAIL, MASKED), "")
    assert ADDRESS.encode() not in data


@pytest.mark.parametrize("make", PROTOCOLS)
def test_a_growing_text_is_cut_off_before_a_value(guard: Guard, make: Any) -> None:
    data = passed(guard, make([PROSE * 3, SSN[:14], SSN[14:], PROSE * 8, "end"]))
    text, error = said(data)
    assert error == TOLD and PROSE in text and NUMBER not in text and "end" not in text


def test_texts_of_two_choices_do_not_mix(guard: Guard) -> None:
    events = [chunk(ADDRESS[:5]), chunk("hello "), chunk(ADDRESS[5:]), chunk("", "stop")]
    events[1]["choices"][0]["index"] = 1
    assert said(passed(guard, events))[0].replace("hello ", "") == "<EMAIL_ADDRESS>"


def test_arguments_of_a_tool_call_grow_too(guard: Guard) -> None:
    told = json.dumps({"to": ADDRESS})
    events = []
    for piece in (told[:12], told[12:]):
        call = {"index": 0, "function": {"arguments": piece}}
        events.append({"choices": [{"index": 0, "delta": {"tool_calls": [call]}}]})
    data = passed(guard, [*events, chunk("", "tool_calls")])
    got = ""
    for event in data.decode().split("\n\n")[:-1]:
        for call in json.loads(event[6:])["choices"][0]["delta"].get("tool_calls", ()):
            got += call["function"]["arguments"]
    assert json.loads(got) == {"to": "<EMAIL_ADDRESS>"}


def test_names_comments_and_other_events_pass(guard: Guard) -> None:
    data = b': hello\n\nevent: ping\ndata: {"type": "ping"}\n\nid: 3\nretry: 5\n\n'
    stream = Exchange(guard).events()
    assert stream.feed(data) + stream.close() == data


def test_events_of_a_broken_engine(broken: Guard) -> None:
    text, error = said(passed(broken, chat([MAIL])))
    assert (text, error[:11]) == ((MAIL, "") if broken.fail_open else ("", "not checked"))
