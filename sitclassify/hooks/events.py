"""Server-sent events of an answer as it is written: texts that grow over many events, redacted while they pass.

Known are OpenAI's chat completions and responses, Anthropic's messages, events of plain text, and JSON events with
one of the fields `delta`, `token`, `text` or `content`; what else is in an event is checked as it stands there.
A block ends the answer with an event of the name `error`.
"""

from __future__ import annotations

import codecs
import copy
import json
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from sitclassify.hooks.bodies import Body
from sitclassify.hooks.refusal import refusal
from sitclassify.hooks.round_trip import Restored, RoundTrip
from sitclassify.hooks.texts import Blocked, NotChecked

_LONGEST = 10_000_000  # characters of one event
_GROWING = (
    "content",
    "refusal",
    "reasoning_content",
    "reasoning",
    "text",
    "thinking",
    "partial_json",
)
_IN_JSON = ("arguments", "partial_json", "tool_calls")  # pieces of JSON
_OWN = ("delta", "token", "text", "content")  # fields of other people's events
_LAST = ("message_stop", "response.completed", "response.incomplete", "response.failed")
Key = tuple[Any, ...]


class _Growth(NamedTuple):
    """A piece of a growing text: which text, and where the piece stands."""

    key: Key
    container: Any
    field: Any


class _Growing:
    """One text that grows, and the event that brought its last piece."""

    def __init__(self, stream: Restored) -> None:
        self.stream = stream
        self.head: list[str] = []
        self.last: Any = None


class Events:
    """Takes in the bytes of an answer and gives out those that may go on. Never raises for what is in them."""

    def __init__(self, trip: RoundTrip) -> None:
        self._trip = trip
        self._decode = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""
        self._texts: dict[Key, _Growing] = {}
        self.is_over = False  # nothing more is let out

    def feed(self, data: bytes) -> bytes:
        """The next bytes."""
        return self._run(lambda: self._take(self._decode.decode(data)))

    def close(self) -> bytes:
        """The end of the answer."""
        return self._run(self._end)

    def _run(self, step: Callable[[], Iterator[str]]) -> bytes:
        out: list[str] = []
        if self.is_over:
            return b""
        try:
            for piece in step():
                out.append(piece)
        except (Blocked, NotChecked) as error:
            self.is_over = True
            told = refusal(error).content.decode()
            out.append(f"event: error\ndata: {told}\n\n")
        return "".join(out).encode()

    def _take(self, text: str) -> Iterator[str]:
        text = self._rest + text
        keep = text.endswith("\r")  # half a line end
        whole = (text[:-1] if keep else text).replace("\r\n", "\n").replace("\r", "\n")
        *events, rest = whole.split("\n\n")
        self._rest = rest + ("\r" if keep else "")
        if len(self._rest) > _LONGEST:
            self._trip.guard.unchecked("an event is too long")
            events, self._rest = [*events, self._rest], ""
        for event in events:
            yield from self._event(event)

    def _end(self) -> Iterator[str]:
        yield from self._take(self._decode.decode(b"", True))
        rest, self._rest = self._rest, ""
        if rest.strip():
            yield from self._event(rest)
        yield from self._flush(list(self._texts))

    def _event(self, event: str) -> Iterator[str]:
        lines = event.split("\n")
        head = [line for line in lines if not line.startswith("data:")]
        told = [line[5:].removeprefix(" ") for line in lines if line.startswith("data:")]
        if not told:
            yield event + "\n\n"
            return
        data = "\n".join(told)
        if data == "[DONE]":
            yield from self._flush(list(self._texts))
            yield event + "\n\n"
            return
        try:
            content = json.loads(data)
        except (ValueError, RecursionError):
            content = data
        yield from self._content(head, content)

    def _content(self, head: list[str], content: Any) -> Iterator[str]:
        root = [content]
        pieces = list(_growths(root))
        ended = [key for key in self._texts if _ends(content, key)]
        yield from self._flush([key for key in ended if key not in {p.key for p in pieces}])
        last = copy.deepcopy(root)
        for piece in pieces:
            text = self._texts.get(piece.key)
            if text is None:
                text = self._texts[piece.key] = _Growing(self._open(piece.key))
            out = text.stream.feed(piece.container[piece.field])
            if _ends(content, piece.key):
                out += self._texts.pop(piece.key).stream.close()
            text.head, text.last = head, last
            piece.container[piece.field] = out
        if not pieces:
            body = Body(root[0], "assistant")
            if body.texts:
                body.replace(self._trip.answer(body.texts))
            root[0] = body.content
        yield _encode(head, root[0])

    def _open(self, key: Key) -> Restored:
        is_json = any(str(step).endswith(_IN_JSON) for step in key)
        return self._trip.stream("/" + "/".join(map(str, key)), in_json=is_json)

    def _flush(self, keys: list[Key]) -> Iterator[str]:
        """What was held back of texts that have ended, in an event like the one before."""
        for key in keys:
            text = self._texts.pop(key)
            rest = text.stream.close()
            if not rest:
                continue
            for piece in list(_growths(text.last)):
                piece.container[piece.field] = rest if piece.key == key else ""
            yield _encode(text.head, text.last[0])


def _encode(head: list[str], content: Any) -> str:
    data = content if isinstance(content, str) else json.dumps(content)
    lines = [*filter(None, head), *(f"data: {line}" for line in data.split("\n"))]
    return "\n".join(lines) + "\n\n"


def _growths(root: list[Any]) -> Iterator[_Growth]:
    """The pieces of growing texts in one event."""
    content = root[0]
    if isinstance(content, str):
        yield _Growth(("data",), root, 0)
        return
    if not isinstance(content, dict):
        return
    kind, choices, delta = content.get("type"), content.get("choices"), content.get("delta")
    if isinstance(choices, list):
        for choice in choices:
            if isinstance(choice, dict):
                yield from _choice(choice)
    elif isinstance(kind, str) and isinstance(delta, str):
        where = tuple(content.get(name) for name in ("item_id", "output_index", "content_index"))
        yield _Growth((kind.removesuffix(".delta"), *where), content, "delta")
    elif isinstance(delta, dict):
        for field in _GROWING:
            if isinstance(delta.get(field), str):
                yield _Growth(("block", content.get("index"), field), delta, field)
    elif kind is None:
        for field in _OWN:
            if isinstance(content.get(field), str):
                yield _Growth((field,), content, field)


def _choice(choice: dict[str, Any]) -> Iterator[_Growth]:
    index, delta = choice.get("index"), choice.get("delta")
    if isinstance(choice.get("text"), str):
        yield _Growth(("choice", index, "text"), choice, "text")
    if not isinstance(delta, dict):
        return
    for field in _GROWING:
        if isinstance(delta.get(field), str):
            yield _Growth(("choice", index, field), delta, field)
    for i, call in enumerate(delta.get("tool_calls") or ()):
        function = call.get("function") if isinstance(call, dict) else None
        if isinstance(function, dict) and isinstance(function.get("arguments"), str):
            number = call.get("index", i)
            yield _Growth(("choice", index, "tool_calls", number), function, "arguments")


def _ends(content: Any, key: Key) -> bool:
    """Whether an event says that a text is at its end."""
    if not isinstance(content, dict):
        return False
    kind = content.get("type")
    if kind in _LAST:
        return True
    if key[0] == "choice":
        choices = content.get("choices")
        return any(
            isinstance(c, dict) and c.get("index") == key[1] and c.get("finish_reason")
            for c in (choices if isinstance(choices, list) else ())
        )
    if key[0] == "block":
        return kind == "content_block_stop" and content.get("index") == key[1]
    if isinstance(kind, str) and kind.endswith(".done"):
        return bool(content.get("item_id") == key[1] and kind.removesuffix(".done") == key[0])
    return False
