"""One HTTP request to a model and its answer, whoever carries them: JSON, text, and server-sent events."""

from __future__ import annotations

import json
from typing import NamedTuple

from sitclassify.audit import Message
from sitclassify.hooks.bodies import Body
from sitclassify.hooks.events import Events
from sitclassify.hooks.guard import Guard
from sitclassify.hooks.round_trip import RoundTrip
from sitclassify.hooks.texts import Text

EVENTS = "text/event-stream"


def media_type(content_type: str) -> str:
    """`application/json` of `application/json; charset=utf-8`."""
    return content_type.partition(";")[0].strip().lower()


class _Read(NamedTuple):
    """A body, and the texts in it."""

    data: bytes
    body: Body
    is_json: bool

    @property
    def texts(self) -> list[Text]:
        return self.body.texts

    def written(self, texts: list[str]) -> bytes:
        """The body with other texts."""
        if not self.body.replace(texts):
            return self.data
        content = self.body.content
        return (json.dumps(content) if self.is_json else str(content)).encode()


class Exchange:
    """Checks a request, then its answer. What is no text is not checked: it passes or not as the guard fails."""

    def __init__(self, guard: Guard) -> None:
        self._trip = RoundTrip(guard)

    def request(self, body: bytes, content_type: str) -> bytes:
        """The body to send on. Raises `Blocked` or `NotChecked`."""
        read = self._read(body, content_type, None)
        return body if read is None else read.written(self._trip.request(read.texts))

    def answer(self, body: bytes, content_type: str) -> bytes:
        """The body to give back. Raises `Blocked` or `NotChecked`."""
        read = self._read(body, content_type, "assistant")
        return body if read is None else read.written(self._trip.answer(read.texts))

    async def request_async(self, body: bytes, content_type: str) -> bytes:
        """As `request`, on an event loop."""
        read = self._read(body, content_type, None)
        return body if read is None else read.written(await self._trip.request_async(read.texts))

    async def answer_async(self, body: bytes, content_type: str) -> bytes:
        """As `answer`, on an event loop."""
        read = self._read(body, content_type, "assistant")
        return body if read is None else read.written(await self._trip.answer_async(read.texts))

    def events(self) -> Events:
        """The answer as events."""
        return Events(self._trip)

    def _read(self, body: bytes, content_type: str, role: str | None) -> _Read | None:
        """What is to be checked; None where there is nothing, or it passes unchecked."""
        if not body:
            return None
        kind = media_type(content_type)
        try:
            text = body.decode("utf-8-sig")
            content = json.loads(text) if _is_json(kind) else text
        except (ValueError, RecursionError):
            content = None
        if content is None or not (_is_json(kind) or kind.startswith("text/")):
            self._trip.guard.unchecked(
                f"it is no text, or not what it is called: {kind or 'no type'}"
            )
            return None
        model = content.get("model") if isinstance(content, dict) else None
        if isinstance(model, str):
            self._trip.message = Message(model=model)
        return _Read(body, Body(content, role), _is_json(kind))


def _is_json(kind: str) -> bool:
    return kind == "application/json" or kind.endswith("+json")
