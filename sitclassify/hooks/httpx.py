"""OpenAI's, Anthropic's and other clients over `httpx` or `httpx2`: a transport around the client's own.

>>> import httpx
>>> from sitclassify.hooks import Guard
>>> def guarded(guard: Guard) -> httpx.Client:
...     return httpx.Client(transport=Transport(guard, httpx.HTTPTransport()))

`OpenAI(http_client=...)` and `Anthropic(http_client=...)` take such a client; their newer versions one of `httpx2`.
What policy blocks is answered 400, what cannot be checked 503 where the guard fails closed; both before anything is
sent, or in place of the answer.
"""

from __future__ import annotations

import importlib
from collections.abc import AsyncIterator, Iterator
from types import TracebackType
from typing import Any

from sitclassify.hooks.exchange import EVENTS, Exchange, media_type
from sitclassify.hooks.guard import Guard
from sitclassify.hooks.refusal import HEADERS, refusal
from sitclassify.hooks.texts import Blocked, NotChecked

_OF_BODY = ("content-length", "transfer-encoding", "content-encoding")
_NO_BODY = (204, 304)


class Transport:
    """Checks what a client sends and gets; around `httpx.HTTPTransport` or any other."""

    def __init__(self, guard: Guard, inner: Any) -> None:
        self._guard, self._inner = guard, inner

    def handle_request(self, request: Any) -> Any:
        """Send the request and give its answer back, both checked."""
        exchange = Exchange(self._guard)
        try:
            body = exchange.request(request.read(), request.headers.get("content-type", ""))
        except (Blocked, NotChecked) as error:
            return _refused(request, error)
        response = self._inner.handle_request(_with_body(request, body))
        response.request = request
        kind = response.headers.get("content-type", "")
        if media_type(kind) == EVENTS:
            return _streaming(request, response, _events(exchange, response))
        try:
            answer = exchange.answer(response.read(), kind)
        except (Blocked, NotChecked) as error:
            return _refused(request, error)
        finally:
            response.close()
        return _answered(request, response, answer)

    def close(self) -> None:
        """Close the transport inside."""
        self._inner.close()

    def __enter__(self) -> Transport:
        self._inner.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None = None,
        error: BaseException | None = None,
        trace: TracebackType | None = None,
    ) -> None:
        self._inner.__exit__(kind, error, trace)


class AsyncTransport:
    """The same around `httpx.AsyncHTTPTransport`."""

    def __init__(self, guard: Guard, inner: Any) -> None:
        self._guard, self._inner = guard, inner

    async def handle_async_request(self, request: Any) -> Any:
        """Send the request and give its answer back, both checked."""
        exchange = Exchange(self._guard)
        try:
            body = await exchange.request_async(
                await request.aread(), request.headers.get("content-type", "")
            )
        except (Blocked, NotChecked) as error:
            return _refused(request, error)
        response = await self._inner.handle_async_request(_with_body(request, body))
        response.request = request
        kind = response.headers.get("content-type", "")
        if media_type(kind) == EVENTS:
            return _streaming(request, response, _events_async(exchange, response))
        try:
            answer = await exchange.answer_async(await response.aread(), kind)
        except (Blocked, NotChecked) as error:
            return _refused(request, error)
        finally:
            await response.aclose()
        return _answered(request, response, answer)

    async def aclose(self) -> None:
        """Close the transport inside."""
        await self._inner.aclose()

    async def __aenter__(self) -> AsyncTransport:
        await self._inner.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None = None,
        error: BaseException | None = None,
        trace: TracebackType | None = None,
    ) -> None:
        await self._inner.__aexit__(kind, error, trace)


def _library(request: Any) -> Any:
    """`httpx` or `httpx2`: the client's."""
    return importlib.import_module(type(request).__module__.partition(".")[0])


def _with_body(request: Any, body: bytes) -> Any:
    if body == request.content:
        return request
    headers = [(k, v) for k, v in request.headers.multi_items() if k.lower() not in _OF_BODY]
    made = _library(request).Request
    return made(
        request.method, request.url, headers=headers, content=body, extensions=request.extensions
    )


def _refused(request: Any, error: Blocked | NotChecked) -> Any:
    told = refusal(error)
    return _library(request).Response(
        told.status, headers=HEADERS, content=told.content, request=request
    )


def _answered(request: Any, response: Any, body: bytes) -> Any:
    return _library(request).Response(
        response.status_code,
        headers=_kept(response),
        content=None if response.status_code in _NO_BODY else body,
        request=request,
        extensions=response.extensions,
    )


def _streaming(request: Any, response: Any, chunks: Any) -> Any:
    library = _library(request)
    is_async = hasattr(chunks, "__anext__")
    kind = library.AsyncByteStream if is_async else library.SyncByteStream
    methods = _ASYNC if is_async else _SYNC
    stream = type("Checked", (kind,), methods)()
    stream.chunks, stream.response = chunks, response
    return library.Response(
        response.status_code,
        headers=_kept(response),
        stream=stream,
        request=request,
        extensions=response.extensions,
    )


def _kept(response: Any) -> list[tuple[str, str]]:
    return [(k, v) for k, v in response.headers.multi_items() if k.lower() not in _OF_BODY]


def _events(exchange: Exchange, response: Any) -> Iterator[bytes]:
    events = exchange.events()
    for chunk in response.iter_bytes():
        yield events.feed(chunk)
        if events.is_over:
            return
    yield events.close()


async def _events_async(exchange: Exchange, response: Any) -> AsyncIterator[bytes]:
    events = exchange.events()
    async for chunk in response.aiter_bytes():
        yield events.feed(chunk)
        if events.is_over:
            return
    yield events.close()


async def _aclose(stream: Any) -> None:
    await stream.response.aclose()


_SYNC = {"__iter__": lambda stream: stream.chunks, "close": lambda stream: stream.response.close()}
_ASYNC = {"__aiter__": lambda stream: stream.chunks, "aclose": _aclose}
