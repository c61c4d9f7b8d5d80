"""ASGI applications (FastAPI, Starlette, Django) that talk with a model: `add_middleware(GuardMiddleware, guard=...)`.

Bodies of requests and answers are checked: JSON, text, and server-sent events while they are written. What policy
blocks is answered 400, what cannot be checked - also a file, or a web socket - 503 where the guard fails closed.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from sitclassify.hooks.events import Events
from sitclassify.hooks.exchange import EVENTS, Exchange, media_type
from sitclassify.hooks.guard import Guard
from sitclassify.hooks.refusal import HEADERS, refusal
from sitclassify.hooks.texts import Blocked, NotChecked

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

MEGABYTE = 1_000_000
_POLICY_VIOLATION = 1008  # RFC 6455


class GuardMiddleware:
    """Checks what goes through `app` under `paths`; bodies over `max_body` bytes are refused."""

    def __init__(
        self,
        app: App,
        guard: Guard,
        paths: tuple[str, ...] = ("/",),
        max_body: int = 10 * MEGABYTE,
    ) -> None:
        self._app, self._guard = app, guard
        self._paths, self._most = paths, max_body

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] == "lifespan" or not scope["path"].startswith(self._paths):
            return await self._app(scope, receive, send)
        try:
            if scope["type"] != "http":
                self._guard.unchecked("a web socket")
                return await self._app(scope, receive, send)
            exchange = Exchange(self._guard)
            body = await self._request(exchange, scope, receive)
        except (Blocked, NotChecked) as error:
            if scope["type"] != "http":
                return await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
            return await _refuse(send, error)
        if body is None:  # the client has gone
            return None
        answer = _Answer(self._guard, exchange, send, self._most)
        scope = {**scope, "headers": _with_length(scope["headers"], body)}
        return await self._app(scope, _replay(body, receive), answer.send)

    async def _request(
        self, exchange: Exchange, scope: MutableMapping[str, Any], receive: Receive
    ) -> bytes | None:
        headers = dict(scope["headers"])
        chunks: list[bytes] = []
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            chunks.append(message.get("body", b""))
            more = message.get("more_body", False)
            if sum(map(len, chunks)) > self._most:
                raise NotChecked(f"the body is larger than {self._most} bytes")
        body = b"".join(chunks)
        if body and headers.get(b"content-encoding", b"identity") != b"identity":
            self._guard.unchecked("the body is compressed")
            return body
        return await exchange.request_async(
            body, headers.get(b"content-type", b"").decode("latin-1")
        )


class _Answer:
    """The answer of the application, on its way out."""

    def __init__(self, guard: Guard, exchange: Exchange, send: Send, most: int) -> None:
        self._guard, self._exchange, self._send, self._most = guard, exchange, send, most
        self._start: Message = {}
        self._kind = ""
        self._body: list[bytes] = []
        self._events: Events | None = None
        self._is_over = self._is_packed = False

    async def send(self, message: Message) -> None:
        """One message of the application."""
        if self._is_over:
            return
        if message["type"] == "http.response.start":
            self._start = message
            headers = dict(message.get("headers", ()))
            self._kind = headers.get(b"content-type", b"").decode("latin-1")
            self._is_packed = headers.get(b"content-encoding", b"identity") != b"identity"
            if media_type(self._kind) == EVENTS and not self._is_packed:
                self._events = self._exchange.events()
                await self._send(_without_length(message))
        elif message["type"] != "http.response.body":
            await self._send(message)
        elif self._events is not None:
            await self._stream(self._events, message)
        else:
            await self._whole(message)

    async def _stream(self, events: Events, message: Message) -> None:
        more = message.get("more_body", False)
        data = events.feed(message.get("body", b""))
        if not more:
            data += events.close()
        self._is_over = events.is_over
        more = more and not events.is_over
        await self._send({"type": "http.response.body", "body": data, "more_body": more})

    async def _whole(self, message: Message) -> None:
        self._body.append(message.get("body", b""))
        try:
            if sum(map(len, self._body)) > self._most:
                raise NotChecked(f"the answer is larger than {self._most} bytes")
            if message.get("more_body", False):
                return
            body = b"".join(self._body)
            if body and self._is_packed:
                self._guard.unchecked("the answer is compressed")
            else:
                body = await self._exchange.answer_async(body, self._kind)
        except (Blocked, NotChecked) as error:
            self._is_over = True
            await _refuse(self._send, error)
            return
        headers = _with_length(self._start.get("headers", ()), body)
        await self._send({**self._start, "headers": headers})
        await self._send({"type": "http.response.body", "body": body})


async def _refuse(send: Send, error: Blocked | NotChecked) -> None:
    told = refusal(error)
    headers = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
    headers.append((b"content-length", str(len(told.content)).encode()))
    await send({"type": "http.response.start", "status": told.status, "headers": headers})
    await send({"type": "http.response.body", "body": told.content})


def _replay(body: bytes, receive: Receive) -> Receive:
    """The body again, then what comes after it."""
    bodies = [body]

    async def again() -> Message:
        if bodies:
            return {"type": "http.request", "body": bodies.pop(), "more_body": False}
        return await receive()

    return again


def _with_length(headers: Any, body: bytes) -> list[tuple[bytes, bytes]]:
    """The headers, with the length of another body where they tell one."""
    length = str(len(body)).encode()
    return [
        (name, length if name.lower() == b"content-length" else value) for name, value in headers
    ]


def _without_length(start: Message) -> Message:
    kept = [each for each in start.get("headers", ()) if each[0].lower() != b"content-length"]
    return {**start, "headers": kept}
