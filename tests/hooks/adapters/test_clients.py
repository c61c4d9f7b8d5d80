"""OpenAI's and Anthropic's own clients over a guarded transport, whole and streaming, in both ways of calling.

Run by `.ci/environments hooks`, in an environment that has both.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest
from hooked import ADDRESS, MAIL, MASKED, NUMBER, SSN, TOLD, is_silent

from sitclassify.hooks import Guard
from sitclassify.hooks.httpx import AsyncTransport, Transport

openai = pytest.importorskip("openai")
anthropic = pytest.importorskip("anthropic")
try:
    import httpx2 as httpx  # what newer clients want
except ImportError:
    import httpx  # type: ignore[no-redef]

PROSE = "The weather was fine that day and nobody had anything to complain about. " * 5


class Model:
    """Answers each protocol with the last message; where it asks for a stream, in pieces of five characters."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, request: Any) -> Any:
        body = json.loads(request.content)
        told = body["input"] if "input" in body else body["messages"][-1]["content"]
        self.asked.append(told)
        text = told.replace("(at)", "@").replace("~", "-")
        made: Callable[..., Any] = {
            "/v1/chat/completions": chat, "/v1/messages": messages, "/v1/responses": responses,
        }[request.url.path]  # fmt: skip
        if not body.get("stream"):
            return httpx.Response(200, json=made(text, None)[0])
        events = made(text, [text[i : i + 5] for i in range(0, len(text), 5)])
        data = "".join(
            f"event: {each.get('type', 'message')}\ndata: {json.dumps(each)}\n\n" for each in events
        )
        end = "data: [DONE]\n\n" if made is chat else ""
        kind = {"content-type": "text/event-stream; charset=utf-8"}
        return httpx.Response(200, headers=kind, content=(data + end).encode())


def chat(text: str, pieces: list[str] | None) -> list[Any]:
    about = {"id": "c1", "created": 1764300000, "model": "echo"}
    if pieces is None:
        message = {"role": "assistant", "content": text}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        return [{**about, "object": "chat.completion", "choices": [choice]}]
    deltas: list[Any] = [
        {"role": "assistant", "content": ""},
        *({"content": p} for p in pieces),
        {},
    ]
    return [
        {
            **about,
            "object": "chat.completion.chunk",
            "choices": [{"index": 0, "delta": d, "finish_reason": None if d else "stop"}],
        }
        for d in deltas
    ]


def messages(text: str, pieces: list[str] | None) -> list[Any]:
    about = {
        "id": "msg_1", "type": "message", "role": "assistant", "model": "echo", "stop_sequence": None,
        "usage": {"input_tokens": 1, "output_tokens": 1},
    }  # fmt: skip
    if pieces is None:
        return [{**about, "content": [{"type": "text", "text": text}], "stop_reason": "end_turn"}]
    return [
        {"type": "message_start", "message": {**about, "content": [], "stop_reason": None}},
        {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
        *({"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": p}} for p in pieces),
        {"type": "content_block_stop", "index": 0},
        {"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 1}},
        {"type": "message_stop"},
    ]  # fmt: skip


def responses(text: str, pieces: list[str] | None) -> list[Any]:
    part = {"type": "output_text", "text": text, "annotations": []}
    item = {
        "type": "message",
        "id": "msg_1",
        "role": "assistant",
        "status": "completed",
        "content": [part],
    }
    whole = {
        "id": "resp_1", "object": "response", "created_at": 1764300000, "model": "echo", "status": "completed",
        "output": [item], "parallel_tool_calls": True, "tool_choice": "auto", "tools": [],
    }  # fmt: skip
    if pieces is None:
        return [whole]
    where = {"item_id": "msg_1", "output_index": 0, "content_index": 0}
    name = "response.output_text"
    events: list[Any] = [
        {"type": "response.created", "response": {**whole, "output": [], "status": "in_progress"}},
        *({"type": f"{name}.delta", **where, "delta": p, "logprobs": []} for p in pieces),
        {"type": f"{name}.done", **where, "text": text, "logprobs": []},
        {"type": "response.output_item.done", "output_index": 0, "item": item},
        {"type": "response.completed", "response": whole},
    ]
    return [{**event, "sequence_number": i} for i, event in enumerate(events)]


class Clients:
    """One question asked of each client, in each way."""

    def __init__(self, guard: Guard) -> None:
        self.model = Model()
        mock = httpx.MockTransport(self.model)
        sync = httpx.Client(transport=Transport(guard, mock))
        loop = httpx.AsyncClient(transport=AsyncTransport(guard, mock))
        told = {"api_key": "none", "base_url": "http://model/v1"}
        self.openai = openai.OpenAI(http_client=sync, **told)
        self.openai_async = openai.AsyncOpenAI(http_client=loop, **told)
        told["base_url"] = "http://model"
        self.anthropic = anthropic.Anthropic(http_client=sync, **told)
        self.anthropic_async = anthropic.AsyncAnthropic(http_client=loop, **told)

    def chat(self, text: str) -> str:
        got = self.openai.chat.completions.create(model="echo", messages=_user(text))
        return str(got.choices[0].message.content)

    def chat_stream(self, text: str) -> str:
        got = self.openai.chat.completions.create(model="echo", messages=_user(text), stream=True)
        return "".join(chunk.choices[0].delta.content or "" for chunk in got)

    def chat_async(self, text: str) -> str:
        async def run() -> str:
            asked = self.openai_async.chat.completions.create(model="echo", messages=_user(text))
            return str((await asked).choices[0].message.content)

        return asyncio.run(run())

    def chat_stream_async(self, text: str) -> str:
        async def run() -> str:
            asked = self.openai_async.chat.completions.create
            got = await asked(model="echo", messages=_user(text), stream=True)
            return "".join([chunk.choices[0].delta.content or "" async for chunk in got])

        return asyncio.run(run())

    def responses(self, text: str) -> str:
        return str(self.openai.responses.create(model="echo", input=text).output_text)

    def responses_stream(self, text: str) -> str:
        told = whole = ""
        for event in self.openai.responses.create(model="echo", input=text, stream=True):
            if event.type == "response.output_text.delta":
                told += event.delta
            if event.type == "response.completed":
                whole = event.response.output_text
        assert told == whole
        return told

    def messages(self, text: str) -> str:
        got = self.anthropic.messages.create(model="echo", max_tokens=9, messages=_user(text))
        return str(got.content[0].text)

    def messages_stream(self, text: str) -> str:
        asked = {"model": "echo", "max_tokens": 9, "messages": _user(text)}
        with self.anthropic.messages.stream(**asked) as stream:
            return "".join(stream.text_stream)

    def messages_stream_async(self, text: str) -> str:
        async def run() -> str:
            asked = {"model": "echo", "max_tokens": 9, "messages": _user(text)}
            async with self.anthropic_async.messages.stream(**asked) as stream:
                return "".join([piece async for piece in stream.text_stream])

        return asyncio.run(run())


WAYS = [name for name in vars(Clients) if not name.startswith("_")]
ERRORS = (openai.APIError, anthropic.APIError)


def _user(text: str) -> Any:
    return [{"role": "user", "content": text}]


@pytest.mark.parametrize("way", WAYS)
def test_a_prompt_is_redacted_or_blocked(guard: Guard, way: str) -> None:
    clients = Clients(guard)
    assert getattr(clients, way)(f"hello {PROSE}") == f"hello {PROSE}"
    getattr(clients, way)(MAIL)
    assert clients.model.asked[-1] == MASKED
    with pytest.raises((openai.BadRequestError, anthropic.BadRequestError), match=TOLD) as raised:
        getattr(clients, way)(SSN)
    assert len(clients.model.asked) == 2 and is_silent(raised.value)


@pytest.mark.parametrize("way", WAYS)
def test_an_answer_is_redacted_or_blocked(guard: Guard, way: str) -> None:
    ask = getattr(Clients(guard), way)
    for before in ("", PROSE):
        assert ask(before + MAIL.replace("@", "(at)") + PROSE) == before + MASKED + PROSE
        with pytest.raises(ERRORS, match=TOLD) as raised:
            ask(before + SSN.replace("-", "~"))
        assert is_silent(raised.value)


@pytest.mark.parametrize("way", WAYS)
def test_a_broken_engine(broken: Guard, way: str) -> None:
    clients = Clients(broken)
    if broken.fail_open:
        assert getattr(clients, way)(SSN) == SSN
        return
    with pytest.raises(ERRORS, match="not checked") as raised:
        getattr(clients, way)(SSN)
    assert clients.model.asked == [] and is_silent(raised.value)
    assert NUMBER not in str(raised.value) and ADDRESS not in str(raised.value)


@pytest.mark.parametrize("way", WAYS)
def test_placeholders_have_their_values_again(numbered: Guard, way: str) -> None:
    clients = Clients(numbered)
    assert getattr(clients, way)(f"{MAIL} {PROSE}{MAIL}") == f"{MAIL} {PROSE}{MAIL}"
    sent = MAIL.replace(ADDRESS, "<EMAIL_ADDRESS_1>")
    assert clients.model.asked == [f"{sent} {PROSE}{sent}"]
