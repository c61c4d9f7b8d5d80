"""LangChain agents: `create_agent(..., middleware=[GuardMiddleware(guard)])`.

The messages are checked on their way to the model, answers of tools too, and its answer on the way back, also while
it is written: the model that the agent asks is one that redacts. Neither callbacks nor traces see more than it does.
What policy blocks raises `Blocked` out of the agent, what cannot be checked `NotChecked` where the guard fails closed.
"""

from __future__ import annotations

import copy
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from typing import Any

from langchain.agents.middleware import AgentMiddleware, ModelRequest, ModelResponse
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGenerationChunk, ChatResult

from sitclassify.hooks.bodies import Body
from sitclassify.hooks.guard import Guard, GuardedStream
from sitclassify.hooks.texts import Text
from sitclassify.policy.decision import DOWNLOAD

_ROLES = {"human": "user", "ai": "assistant", "AIMessageChunk": "assistant"}
_FIELDS = ("content", "tool_calls", "invalid_tool_calls", "additional_kwargs")
_RAW = ("tool_calls", "function_call", "reasoning_content")  # what providers leave there, unseen
_CONTENT = ("content",)
_GROWING = (
    "text",
    "reasoning",
    "thinking",
    "input",
    "partial_json",
    "arguments",
)  # fields of content blocks


class GuardMiddleware(AgentMiddleware[Any, Any, Any]):
    """Checks what an agent's model is asked and answers."""

    def __init__(self, guard: Guard) -> None:
        super().__init__()
        self._guard = guard

    def wrap_model_call(
        self, request: ModelRequest[Any], handler: Callable[[ModelRequest[Any]], ModelResponse[Any]]
    ) -> ModelResponse[Any]:
        """Ask the model what may be asked; answer what may be answered."""
        asked = _Messages([*_system(request), *request.messages])
        return handler(self._checked(request, asked, self._guard.check(asked.texts)))

    async def awrap_model_call(
        self,
        request: ModelRequest[Any],
        handler: Callable[[ModelRequest[Any]], Awaitable[ModelResponse[Any]]],
    ) -> ModelResponse[Any]:
        """As `wrap_model_call`, on an event loop."""
        asked = _Messages([*_system(request), *request.messages])
        texts = await self._guard.check_async(asked.texts)
        return await handler(self._checked(request, asked, texts))

    def _checked(
        self, request: ModelRequest[Any], asked: _Messages, texts: list[str]
    ) -> ModelRequest[Any]:
        messages: list[Any] = asked.replaced(texts)
        count = len(_system(request))
        model = GuardedModel(inner=request.model, guard=self._guard)
        changed: dict[str, Any] = {"messages": messages[count:], "model": model}
        if count:
            changed["system_message"] = messages[0]
        return request.override(**changed)


class GuardedModel(BaseChatModel):
    """A chat model whose answers are checked, whole or as they are written."""

    inner: Any
    guard: Any

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
        return _with(result, answers, self.guard.check(answers.texts, activity=DOWNLOAD))

    async def _agenerate(
        self, messages: list[BaseMessage], stop: Any = None, run_manager: Any = None, **options: Any
    ) -> ChatResult:
        result = await self.inner._agenerate(messages, stop=stop, **options)
        answers = _Messages([generation.message for generation in result.generations])
        texts = await self.guard.check_async(answers.texts, activity=DOWNLOAD)
        return _with(result, answers, texts)

    def _should_stream(self, **options: Any) -> bool:
        return bool(self.inner._should_stream(**options)) and super()._should_stream(**options)

    def _stream(
        self, messages: list[BaseMessage], stop: Any = None, run_manager: Any = None, **options: Any
    ) -> Iterator[ChatGenerationChunk]:
        answer = _Growing(self.guard)
        for chunk in self.inner._stream(messages, stop=stop, **options):
            yield answer.feed(chunk)
        yield from answer.close()

    async def _astream(
        self, messages: list[BaseMessage], stop: Any = None, run_manager: Any = None, **options: Any
    ) -> AsyncIterator[ChatGenerationChunk]:
        answer = _Growing(self.guard)
        async for chunk in self.inner._astream(messages, stop=stop, **options):
            yield answer.feed(chunk)
        for rest in answer.close():
            yield rest


class _Messages:
    """The texts of messages, and the messages with other texts."""

    def __init__(self, messages: Sequence[BaseMessage]) -> None:
        self._messages = messages
        self._body = Body([_fields(message) for message in messages], pointer="/messages")
        self.texts: list[Text] = self._body.texts

    def replaced(self, texts: list[str]) -> list[BaseMessage]:
        """Copies where something changed: those in the agent's state stay as they are."""
        if not self._body.replace(texts):
            return list(self._messages)
        changed = []
        for message, fields in zip(self._messages, self._body.content, strict=True):
            del fields["role"]
            same = all(getattr(message, name) == value for name, value in fields.items())
            changed.append(message if same else message.model_copy(update=fields))
        return changed


class _Growing:
    """An answer as it is written: what of it can go out."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._texts: dict[tuple[Any, ...], tuple[GuardedStream, Callable[[str], Any]]] = {}

    def feed(self, chunk: ChatGenerationChunk) -> ChatGenerationChunk:
        """The next chunk with what may go out now."""
        message: Any = chunk.message
        content = message.content
        if isinstance(content, str):
            content = self._fed(content, _CONTENT, _written) if content else ""
        else:
            content = [self._block(i, block) for i, block in enumerate(content)]
        calls = [
            {**call, "args": self._fed(call["args"], ("call", call["index"]), _call(call))}
            if call["args"]
            else call
            for call in message.tool_call_chunks
        ]
        changed = AIMessageChunk(
            content=content,
            tool_call_chunks=calls,
            additional_kwargs={k: v for k, v in message.additional_kwargs.items() if k not in _RAW},
            response_metadata=message.response_metadata,
            usage_metadata=message.usage_metadata,
            id=message.id,
            name=message.name,
        )
        return ChatGenerationChunk(message=changed, generation_info=chunk.generation_info)

    def close(self) -> Iterator[ChatGenerationChunk]:
        """The rest of every text."""
        for stream, write in self._texts.values():
            rest = stream.close()
            if rest:
                yield ChatGenerationChunk(message=AIMessageChunk(**write(rest)))

    def _block(self, i: int, block: Any) -> Any:
        if not isinstance(block, dict):
            return self._fed(block, ("block", i), lambda rest: {"content": [rest]})
        changed = dict(block)
        where = block.get("index", i)
        for field in _GROWING:
            piece = block.get(field)
            if isinstance(piece, str) and piece:
                about = {k: block[k] for k in ("type", "index", "id") if k in block}
                changed[field] = self._fed(piece, ("block", where, field), _piece(about, field))
        return changed

    def _fed(self, piece: str, key: tuple[Any, ...], write: Callable[[str], Any]) -> str:
        if key not in self._texts:
            self._texts[key] = self._guard.stream(), write
        return self._texts[key][0].feed(piece)


def _written(rest: str) -> dict[str, Any]:
    return {"content": rest}


def _call(call: Any) -> Callable[[str], dict[str, Any]]:
    about = {"name": None, "id": None, "index": call["index"], "type": "tool_call_chunk"}
    return lambda rest: {"content": "", "tool_call_chunks": [{**about, "args": rest}]}


def _piece(about: dict[str, Any], field: str) -> Callable[[str], dict[str, Any]]:
    return lambda rest: {"content": [{**about, field: rest}]}


def _with(result: ChatResult, answers: _Messages, texts: list[str]) -> ChatResult:
    messages: list[Any] = answers.replaced(texts)
    generations = [
        g.model_copy(update={"message": m, "text": m.text})
        for g, m in zip(result.generations, messages, strict=True)
    ]
    return result.model_copy(update={"generations": generations})


def _system(request: ModelRequest[Any]) -> list[Any]:
    return [] if request.system_message is None else [request.system_message]


def _fields(message: BaseMessage) -> dict[str, Any]:
    fields = {
        name: copy.deepcopy(getattr(message, name)) for name in _FIELDS if hasattr(message, name)
    }
    return {"role": _ROLES.get(message.type, message.type), **fields}
