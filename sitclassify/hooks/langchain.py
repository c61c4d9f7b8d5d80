"""LangChain agents: `create_agent(..., middleware=[GuardMiddleware(guard)])`.

The messages are checked on their way to the model, answers of tools too, and its answer on the way back, also while
it is written: the model that the agent asks is one that redacts. Neither callbacks nor traces of the model see more
than it does; the agent's state keeps what its user said.
What policy blocks raises `Blocked` out of the agent, what cannot be checked `NotChecked` where the guard fails closed.
"""

from __future__ import annotations

import copy
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from typing import Any

from langchain.agents.middleware import AgentMiddleware, ModelRequest, ModelResponse
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage
from langchain_core.outputs import ChatGenerationChunk, ChatResult

from sitclassify.hooks.bodies import Body
from sitclassify.hooks.chunks import Chunks
from sitclassify.hooks.guard import Guard
from sitclassify.hooks.round_trip import RoundTrip
from sitclassify.hooks.texts import Text

_ROLES = {"human": "user", "ai": "assistant"}
_FIELDS = ("content", "tool_calls", "invalid_tool_calls", "additional_kwargs")
# What of the model inside is the business of whoever calls it.
_OUTER = ("rate_limiter", "disable_streaming", "profile", "callbacks", "tags", "metadata")


class GuardMiddleware(AgentMiddleware[Any, Any, Any]):
    """Checks what an agent's model is asked and answers."""

    def __init__(self, guard: Guard) -> None:
        super().__init__()
        self._guard = guard

    def wrap_model_call(
        self, request: ModelRequest[Any], handler: Callable[[ModelRequest[Any]], ModelResponse[Any]]
    ) -> ModelResponse[Any]:
        """Ask the model what may be asked; answer what may be answered."""
        trip, asked = RoundTrip(self._guard), _Messages([*_system(request), *request.messages])
        return handler(_checked(request, asked.replaced(trip.request(asked.texts)), trip))

    async def awrap_model_call(
        self,
        request: ModelRequest[Any],
        handler: Callable[[ModelRequest[Any]], Awaitable[ModelResponse[Any]]],
    ) -> ModelResponse[Any]:
        """As `wrap_model_call`, on an event loop."""
        trip, asked = RoundTrip(self._guard), _Messages([*_system(request), *request.messages])
        texts = await trip.request_async(asked.texts)
        return await handler(_checked(request, asked.replaced(texts), trip))


def _checked(request: ModelRequest[Any], messages: list[Any], trip: RoundTrip) -> ModelRequest[Any]:
    count = len(_system(request))
    changed: dict[str, Any] = {
        "messages": messages[count:],
        "model": _answering(lambda: trip, request.model),
    }
    if count:
        changed["system_message"] = messages[0]
    return request.override(**changed)


def guarded(guard: Guard, model: Any) -> GuardedModel:
    """The model, with checked answers."""
    return _answering(lambda: RoundTrip(guard), model)


def _answering(trip: Callable[[], RoundTrip], model: Any) -> GuardedModel:
    outer = {name: getattr(model, name, None) for name in _OUTER}
    outer["disable_streaming"] = outer["disable_streaming"] or False
    return GuardedModel(inner=model, trip=trip, cache=False, **outer)


class GuardedModel(BaseChatModel):
    """A chat model whose answers are checked, whole or as they are written."""

    inner: Any
    trip: Any

    @property
    def _llm_type(self) -> str:
        return f"sitclassify-{self.inner._llm_type}"

    def bind_tools(self, tools: Sequence[Any], **options: Any) -> Any:
        """As the model inside binds them."""
        return self.bind(**self.inner.bind_tools(tools, **options).kwargs)

    def _generate(
        self, messages: list[BaseMessage], stop: Any = None, run_manager: Any = None, **options: Any
    ) -> ChatResult:
        result = self.inner._generate(messages, stop=stop, **options)
        answers = _Messages([generation.message for generation in result.generations])
        return _with(result, answers, self.trip().answer(answers.texts))

    async def _agenerate(
        self, messages: list[BaseMessage], stop: Any = None, run_manager: Any = None, **options: Any
    ) -> ChatResult:
        result = await self.inner._agenerate(messages, stop=stop, **options)
        answers = _Messages([generation.message for generation in result.generations])
        texts = await self.trip().answer_async(answers.texts)
        return _with(result, answers, texts)

    def _should_stream(self, **options: Any) -> bool:
        return bool(self.inner._should_stream(**options))

    def _should_use_protocol_streaming(self, **options: Any) -> bool:
        return bool(self.inner._should_use_protocol_streaming(**options))

    def _stream(
        self, messages: list[BaseMessage], stop: Any = None, run_manager: Any = None, **options: Any
    ) -> Iterator[ChatGenerationChunk]:
        answer = Chunks(self.trip())
        for chunk in self.inner._stream(messages, stop=stop, **options):
            yield answer.feed(chunk)
        yield answer.close()

    async def _astream(
        self, messages: list[BaseMessage], stop: Any = None, run_manager: Any = None, **options: Any
    ) -> AsyncIterator[ChatGenerationChunk]:
        answer = Chunks(self.trip())
        async for chunk in self.inner._astream(messages, stop=stop, **options):
            yield answer.feed(chunk)
        yield answer.close()


class _Messages:
    """The texts of messages, and the messages with other texts."""

    def __init__(self, messages: Sequence[BaseMessage]) -> None:
        self._messages = messages
        self._body = Body([_fields(message) for message in messages], pointer="/messages")
        self.texts: list[Text] = self._body.texts

    def replaced(self, texts: list[str]) -> list[Any]:
        """Copies where something changed: those in the agent's state stay as they are."""
        if not self._body.replace(texts):
            return list(self._messages)
        changed = []
        for message, fields in zip(self._messages, self._body.content, strict=True):
            del fields["role"]
            same = all(getattr(message, name) == value for name, value in fields.items())
            changed.append(message if same else message.model_copy(update=fields))
        return changed


def _with(result: ChatResult, answers: _Messages, texts: list[str]) -> ChatResult:
    generations = [
        type(old)(message=message, generation_info=old.generation_info)
        for old, message in zip(result.generations, answers.replaced(texts), strict=True)
    ]
    return result.model_copy(update={"generations": generations})


def _system(request: ModelRequest[Any]) -> list[Any]:
    return [] if request.system_message is None else [request.system_message]


def _fields(message: BaseMessage) -> dict[str, Any]:
    told = {
        name: copy.deepcopy(getattr(message, name)) for name in _FIELDS if hasattr(message, name)
    }
    return {"role": _ROLES.get(message.type, message.type), **told}
