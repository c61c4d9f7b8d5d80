"""A LangChain agent with a model in process, asked in all its ways."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hooked import ADDRESS, MAIL, MASKED, NUMBER, SSN, TOLD, is_silent

from sitclassify.hooks import Blocked, Guard, NotChecked

pytest.importorskip("langchain")
from langchain.agents import create_agent
from langchain_core.caches import InMemoryCache
from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.globals import set_llm_cache
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk
from langchain_core.messages.ai import add_ai_message_chunks
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult

from sitclassify.hooks.langchain import GuardMiddleware, guarded

PROSE = "The weather was fine that day and nobody had anything to complain about. " * 5


class Echo(BaseChatModel):
    """Answers with the last message; where that says so, with a call of a tool."""

    asked: Any

    @property
    def _llm_type(self) -> str:
        return "echo"

    def bind_tools(self, tools: Any, **options: Any) -> Any:
        return self.bind(tools=tools, **options)

    def _answer(self, messages: Any) -> AIMessage:
        text = str(messages[-1].content)
        self.asked.append(text)
        if text.startswith("call "):
            args = {"text": text[5:].replace("(at)", "@")}
            return AIMessage("", tool_calls=[{"name": "look_up", "args": args, "id": "1"}])
        return AIMessage(text.replace("(at)", "@").replace("~", "-"))

    def _generate(self, messages: Any, stop: Any = None, run_manager: Any = None, **_: Any) -> Any:
        return ChatResult(generations=[ChatGeneration(message=self._answer(messages))])

    def _stream(
        self, messages: Any, stop: Any = None, run_manager: Any = None, **_: Any
    ) -> Iterator[Any]:
        answer = self._answer(messages)
        for call in answer.tool_calls:
            told = json.dumps(call["args"])
            for i in range(0, len(told), 5):
                about = {"name": "look_up", "id": "1"} if not i else {"name": None, "id": None}
                piece = {**about, "args": told[i : i + 5], "index": 0, "type": "tool_call_chunk"}
                yield ChatGenerationChunk(message=AIMessageChunk("", tool_call_chunks=[piece]))
        text = str(answer.content)
        for i in range(0, len(text), 5):
            yield ChatGenerationChunk(message=AIMessageChunk(text[i : i + 5]))


class Trace(BaseCallbackHandler):
    """What a tracing service is told of the model."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def on_chat_model_start(self, _: Any, messages: Any, **__: Any) -> None:
        self.seen.append(str(messages))

    def on_llm_new_token(self, token: Any, **options: Any) -> None:
        self.seen.append(f"{token} {options.get('chunk')}")

    def on_llm_end(self, response: Any, **_: Any) -> None:
        self.seen.append(str(response))


def look_up(text: str) -> str:
    """Look something up."""
    return f"{text} has {ADDRESS}"


class Agents:
    """One agent, asked in each way."""

    def __init__(self, guard: Guard) -> None:
        self.model, self.trace = Echo(asked=[]), Trace()
        self._agent = create_agent(self.model, [look_up], middleware=[GuardMiddleware(guard)])

    def _input(self, text: str) -> Any:
        return {"messages": [{"role": "user", "content": text}]}, {"callbacks": [self.trace]}

    def invoke(self, text: str) -> str:
        return str(self._agent.invoke(*self._input(text))["messages"][-1].content)

    def ainvoke(self, text: str) -> str:
        got = asyncio.run(self._agent.ainvoke(*self._input(text)))
        return str(got["messages"][-1].content)

    def stream(self, text: str) -> str:
        got = self._agent.stream(*self._input(text), stream_mode="messages")
        return "".join(str(m.content) for m, _ in got if m.type != "tool")

    def astream(self, text: str) -> str:
        async def run() -> str:
            got = self._agent.astream(*self._input(text), stream_mode="messages")
            return "".join([str(m.content) async for m, _ in got if m.type != "tool"])

        return asyncio.run(run())


WAYS = [name for name in vars(Agents) if not name.startswith("_")]


@pytest.mark.parametrize("way", WAYS)
def test_a_prompt(guard: Guard, way: str) -> None:
    agents = Agents(guard)
    assert getattr(agents, way)(f"hello {PROSE}") == f"hello {PROSE}"
    assert getattr(agents, way)(MAIL) == MASKED
    assert agents.model.asked[-1] == MASKED
    with pytest.raises(Blocked, match=TOLD) as raised:
        getattr(agents, way)(SSN)
    assert len(agents.model.asked) == 2 and is_silent(raised.value)
    assert ADDRESS not in str(agents.trace.seen) and NUMBER not in str(agents.trace.seen)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("before", ["", PROSE])
def test_an_answer(guard: Guard, way: str, before: str) -> None:
    agents = Agents(guard)
    told = getattr(agents, way)(before + MAIL.replace("@", "(at)") + PROSE)
    assert told == before + MASKED + PROSE
    with pytest.raises(Blocked, match=TOLD) as raised:
        getattr(agents, way)(before + SSN.replace("-", "~"))
    assert is_silent(raised.value)
    assert ADDRESS not in str(agents.trace.seen) and NUMBER not in str(agents.trace.seen)


@pytest.mark.parametrize("way", WAYS)
def test_tools(guard: Guard, way: str) -> None:
    """What a tool is asked and what it answers, on its way to the model."""
    agents = Agents(guard)
    assert getattr(agents, way)(f"call {ADDRESS.replace('@', '(at)')}").endswith(
        "<EMAIL_ADDRESS> has <EMAIL_ADDRESS>"
    )
    assert agents.model.asked[-1] == "<EMAIL_ADDRESS> has <EMAIL_ADDRESS>"


@pytest.mark.parametrize("way", WAYS)
def test_a_broken_engine(broken: Guard, way: str) -> None:
    agents = Agents(broken)
    if broken.fail_open:
        assert getattr(agents, way)(SSN) == SSN
        return
    with pytest.raises(NotChecked) as raised:
        getattr(agents, way)(SSN)
    assert agents.model.asked == [] and is_silent(raised.value)


PIECES = ("Write to ada.love", "lace@kontor-nord.de", " please.")


class Written(Echo):
    """Streams what it is given, one chunk each."""

    chunks: Any

    def _stream(self, *_: Any, **__: Any) -> Iterator[Any]:
        for fields in self.chunks:
            yield ChatGenerationChunk(message=AIMessageChunk(**{"content": "", **fields}))


def streamed(guard: Guard, chunks: list[Any]) -> Any:
    first, *others = guarded(guard, Written(asked=[], chunks=chunks)).stream("hello")
    return add_ai_message_chunks(first, *others)


def test_texts_that_grow_inside_blocks(guard: Guard) -> None:
    def block(piece: str) -> Any:
        summary = [{"type": "summary_text", "text": piece, "index": 0}]
        return {"type": "reasoning", "summary": summary, "index": 0}

    text = [{"content": [{"type": "text", "text": piece, "index": 1}]} for piece in PIECES]
    got = streamed(guard, [*({"content": [block(piece)]} for piece in PIECES), *text])
    assert got.content == [block(MASKED), {"type": "text", "text": MASKED, "index": 1}]


def test_reasoning_and_calls_beside_the_content(guard: Guard) -> None:
    def call(i: int, piece: str) -> Any:
        told = {"name": None if i else "mail", "id": None if i else "1", "index": 0, "args": piece}
        return {"tool_call_chunks": [told]}

    said = [{"additional_kwargs": {"reasoning_content": piece}} for piece in PIECES]
    called = [call(i, piece) for i, piece in enumerate(['{"text": "', *PIECES, '"}'])]
    got = streamed(guard, said + called)
    assert got.additional_kwargs == {"reasoning_content": MASKED}
    assert [(each["name"], each["args"]) for each in got.tool_calls] == [("mail", {"text": MASKED})]


def test_what_does_not_grow_is_checked_as_it_stands(guard: Guard) -> None:
    cited = {"type": "text", "text": "so", "index": 0, "annotations": [{"title": ADDRESS}]}
    got = streamed(guard, [{"content": [cited]}])
    assert ADDRESS not in str(got) and got.text == "so"
    with pytest.raises(Blocked):
        streamed(guard, [{"additional_kwargs": {"own": SSN}}])


def test_answers_of_another_model_are_not_taken_from_a_cache(guard: Guard) -> None:
    set_llm_cache(InMemoryCache())
    try:
        for _ in range(2):
            model = Echo(asked=[])
            assert guarded(guard, model).invoke("hello").content == "hello"
            assert model.asked == ["hello"]
    finally:
        set_llm_cache(None)


@pytest.mark.parametrize("way", WAYS)
def test_placeholders_have_their_values_again(numbered: Guard, way: str) -> None:
    """In answers, and where a tool is asked; the model sees none of them."""
    agents = Agents(numbered)
    assert getattr(agents, way)(f"{MAIL} {PROSE}{MAIL}") == f"{MAIL} {PROSE}{MAIL}"
    assert getattr(agents, way)(f"call {ADDRESS}").endswith(f"{ADDRESS} has {ADDRESS}")
    assert ADDRESS not in str(agents.model.asked)
    assert agents.model.asked[-1] == "<EMAIL_ADDRESS_1> has <EMAIL_ADDRESS_1>"
