"""One HTTP request to a model and its answer, whoever carries them: JSON, text, and server-sent events."""

from __future__ import annotations

import json
from typing import Any

from sitclassify.audit import Message
from sitclassify.hooks.bodies import Body
from sitclassify.hooks.events import Events
from sitclassify.hooks.guard import Guard, GuardedStream
from sitclassify.policy.decision import DOWNLOAD, UPLOAD
from sitclassify.redaction import Vault

EVENTS = "text/event-stream"


def media_type(content_type: str) -> str:
    """`application/json` of `application/json; charset=utf-8`."""
    return content_type.partition(";")[0].strip().lower()


class Exchange:
    """Checks a request, then its answer. What is no text is not checked: it passes or not as the guard fails."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._message = Message()
        self._vault = Vault()

    def request(self, body: bytes, content_type: str) -> bytes:
        """The body to send on. Raises `Blocked` or `NotChecked`."""
        return self._whole(body, content_type, UPLOAD)

    def answer(self, body: bytes, content_type: str) -> bytes:
        """The body to give back. Raises `Blocked` or `NotChecked`."""
        return self._whole(body, content_type, DOWNLOAD)

    async def request_async(self, body: bytes, content_type: str) -> bytes:
        """As `request`, on an event loop."""
        return await self._whole_async(body, content_type, UPLOAD)

    async def answer_async(self, body: bytes, content_type: str) -> bytes:
        """As `answer`, on an event loop."""
        return await self._whole_async(body, content_type, DOWNLOAD)

    def events(self) -> Events:
        """The answer as events."""
        return Events(self._guard, self._open)

    def _open(self, pointer: str) -> GuardedStream:
        return self._guard.stream(pointer=f"/{pointer}", message=self._message, vault=self._vault)

    def _whole(self, body: bytes, content_type: str, activity: str) -> bytes:
        read = self._read(body, content_type, activity)
        if read is None:
            return body
        options: dict[str, Any] = {"message": self._message, "vault": self._vault}
        texts = self._guard.check(read.texts, activity=activity, **options)
        return _written(read, texts, body, content_type)

    async def _whole_async(self, body: bytes, content_type: str, activity: str) -> bytes:
        read = self._read(body, content_type, activity)
        if read is None:
            return body
        options: dict[str, Any] = {"message": self._message, "vault": self._vault}
        texts = await self._guard.check_async(read.texts, activity=activity, **options)
        return _written(read, texts, body, content_type)

    def _read(self, body: bytes, content_type: str, activity: str) -> Body | None:
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
            self._guard.unchecked(f"it is no text, or not what it is called: {kind or 'no type'}")
            return None
        model = content.get("model") if isinstance(content, dict) else None
        if isinstance(model, str):
            self._message = Message(model=model)
        return Body(content, "assistant" if activity == DOWNLOAD else None)


def _is_json(kind: str) -> bool:
    return kind == "application/json" or kind.endswith("+json")


def _written(read: Body, texts: list[str], body: bytes, content_type: str) -> bytes:
    if not read.replace(texts):
        return body
    if _is_json(media_type(content_type)):
        return json.dumps(read.content).encode()
    return str(read.content).encode()
