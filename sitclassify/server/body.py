"""The body of one request: read whole within the limits, or taken from a refused client until it is quiet."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from sitclassify.server.calls import Receive, Refused, Unchecked
from sitclassify.server.settings import Settings

_DRAINED = 10  # times `max_body`: what a refused client may still send before it is cut off
_UTF8 = (b"utf-8", b"utf8", b"us-ascii")


class Gone(Exception):  # noqa: N818 - nobody is left to be answered
    """The client closed the connection."""


class Held:
    """How many bytes of bodies a worker holds at a time."""

    __slots__ = ("size",)

    def __init__(self) -> None:
        self.size = 0


class Body:
    """What a client sends after its request's head."""

    __slots__ = ("_headers", "_held", "_is_whole", "_receive", "_settings", "_size")

    def __init__(
        self, receive: Receive, headers: Mapping[bytes, bytes], held: Held, settings: Settings
    ) -> None:
        self._receive, self._headers = receive, headers
        self._held, self._settings = held, settings
        self._size = 0
        self._is_whole = b"content-length" not in headers and b"transfer-encoding" not in headers

    async def read(self) -> bytes:
        """The whole body, until `release` counted as held.

        `Refused` when it is too large, too slow or coded; `Unchecked` when too much is held; `Gone`.
        """
        self._check_head()
        chunks: list[bytes] = []
        try:
            async with asyncio.timeout(self._settings.body_seconds):
                while not self._is_whole:
                    chunk = await self._next()
                    self._size += len(chunk)
                    self._held.size += len(chunk)
                    self._check_size(self._size)
                    chunks.append(chunk)
        except TimeoutError:
            told = f"the body did not arrive within {self._settings.body_seconds:g} s"
            raise Refused(408, told) from None
        return chunks[0] if len(chunks) == 1 else b"".join(chunks)

    def release(self) -> None:
        """Nobody holds the body any longer."""
        self._held.size -= self._size
        self._size = 0

    async def drain(self) -> bool:
        """Take what a refused client still sends, so that it reads its answer; whether that was all."""
        self.release()
        if not self._is_whole and b"expect" in self._headers:
            return False  # it waits for leave to send, and is not given it
        size = 0
        try:
            async with asyncio.timeout(self._settings.body_seconds):
                while not self._is_whole and size <= _DRAINED * self._settings.max_body:
                    size += len(await self._next())
        except TimeoutError:
            return False
        return self._is_whole

    async def _next(self) -> bytes:
        message = await self._receive()
        if message["type"] == "http.disconnect":
            raise Gone
        self._is_whole = not message.get("more_body", False)
        chunk: bytes = message.get("body", b"")
        return chunk

    def _check_head(self) -> None:
        headers = self._headers
        length = headers.get(b"content-length", b"")
        if length.isdigit():
            self._check_size(int(length))
        if headers.get(b"content-encoding", b"identity").lower() != b"identity":
            raise Refused(415, "send the body without a content-encoding")
        _, is_told, charset = headers.get(b"content-type", b"").lower().partition(b"charset=")
        if is_told and charset.split(b";")[0].strip(b' "') not in _UTF8:
            raise Refused(415, "send the body as UTF-8")

    def _check_size(self, size: int) -> None:
        if size > self._settings.max_body:
            raise Refused(413, f"the body is larger than {self._settings.max_body} bytes")
        if self._held.size > self._settings.max_held:
            raise Unchecked("overload")
