"""LangChain's chunks of an answer as it is written, redacted while they pass.

Texts that grow - content, blocks in it, arguments of tool calls, reasoning - have a stream each; what else is in a
chunk is checked as it stands there.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any, NamedTuple

from langchain_core.messages import AIMessageChunk
from langchain_core.outputs import ChatGenerationChunk

from sitclassify.hooks.bodies import Body
from sitclassify.hooks.round_trip import Restored, RoundTrip

_GROWING = frozenset((
    "content", "text", "reasoning", "reasoning_content", "thinking", "refusal", "summary",
    "partial_json", "args", "arguments", "input",
))  # fmt: skip
_IN_JSON = ("args", "arguments", "partial_json", "input")  # pieces of JSON
_FIELDS = ("content", "tool_call_chunks", "additional_kwargs")
_ABOUT = ("type", "index")  # say which block a piece belongs to


class _Piece(NamedTuple):
    """A piece of a growing text: which text, and where the piece stands."""

    key: tuple[Any, ...]
    path: tuple[Any, ...]
    container: Any


class Chunks:
    """Takes in the chunks of one answer and gives out what may go on. Raises as `Guard.check`."""

    def __init__(self, trip: RoundTrip) -> None:
        self._trip = trip
        self._texts: dict[tuple[Any, ...], tuple[Restored, dict[str, Any]]] = {}
        self._id: str | None = None
        self._no: str | list[Any] = ""  # no content, of the kind that comes

    def feed(self, chunk: ChatGenerationChunk) -> ChatGenerationChunk:
        """The chunk with what of its texts may go out now."""
        old: Any = chunk.message
        self._id, self._no = old.id or self._id, type(old.content)()
        fields = {name: copy.deepcopy(getattr(old, name)) for name in _FIELDS if getattr(old, name)}
        pieces = list(_pieces(fields))
        fed = [self._fed(fields, piece) for piece in pieces]
        for _, path, container in pieces:  # a stream has seen it
            container[path[-1]] = ""
        body = Body(fields, "assistant")
        if body.texts:
            body.replace(self._trip.answer(body.texts))
        for (_, path, container), text in zip(pieces, fed, strict=True):
            container[path[-1]] = text
        message = AIMessageChunk(
            **{"content": self._no, **fields},
            response_metadata=old.response_metadata,
            usage_metadata=old.usage_metadata,
            id=old.id,
            name=old.name,
        )
        return ChatGenerationChunk(message=message, generation_info=chunk.generation_info)

    def close(self) -> ChatGenerationChunk:
        """What was held back, in one chunk."""
        rest: Any = AIMessageChunk(content=self._no, id=self._id)
        for stream, begun in self._texts.values():
            text = stream.close()
            if text:
                [(_, path, container)] = _pieces(begun)
                container[path[-1]] = text
                rest += AIMessageChunk(**{"content": self._no, **begun})
        return ChatGenerationChunk(message=rest)

    def _fed(self, fields: dict[str, Any], piece: _Piece) -> str:
        if piece.key not in self._texts:
            pointer = "/" + "/".join(map(str, piece.key))
            stream = self._trip.stream(pointer, in_json=piece.path[-1] in _IN_JSON)
            self._texts[piece.key] = stream, _alone(fields, piece.path)
        return self._texts[piece.key][0].feed(piece.container[piece.path[-1]])


def _pieces(
    value: Any, name: Any = None, key: tuple[Any, ...] = (), path: tuple[Any, ...] = ()
) -> Iterator[_Piece]:
    """The pieces of growing texts under a field `name`; those of one text have one key in all chunks."""
    is_list = isinstance(value, list)
    for step, inner in enumerate(value) if is_list else value.items():
        field = name if is_list else step
        which = inner.get("index", step) if is_list and isinstance(inner, dict) else step
        if isinstance(inner, str):
            if field in _GROWING:
                yield _Piece((*key, which), (*path, step), value)
        elif isinstance(inner, (list, dict)):
            yield from _pieces(inner, field, (*key, which), (*path, step))


def _alone(value: Any, path: tuple[Any, ...]) -> Any:
    """The text at `path` without what stands beside it: added to the chunks before, it lengthens that text."""
    if not path:
        return ""
    step, *rest = path
    inner = _alone(value[step], tuple(rest))
    if isinstance(value, list):
        return [inner]
    told = {name: value[name] for name in _ABOUT if name in value}
    if step == "args":  # of a tool call, which must have them
        told |= {"name": None, "id": None}
    return {**told, step: inner}
