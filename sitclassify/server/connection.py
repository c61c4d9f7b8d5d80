"""One connection: closed when a request's head takes too long to arrive, or when there are too many.

uvicorn times the pause between requests but not a head that arrives byte by byte (Slowloris).
"""

from __future__ import annotations

import asyncio
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from sitclassify.server.gate import Gate
from sitclassify.server.settings import Settings

_HTTP, _CONTINUE, _END = b"HTTP/1.1 ", b"HTTP/1.1 1", b"\r\n\r\n"


class Connection(HttpToolsProtocol):
    """uvicorn's protocol with a clock on every request's head. Its limits are those of the application."""

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(cast(asyncio.Transport, _Joined(transport)))
        if len(self.connections) > self._settings.max_connections:
            transport.abort()
        else:
            self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the clock."""
        self._stop_clock()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Bytes that begin no request, such as blank lines, do not hold the connection either."""
        super().data_received(data)
        is_idle = self.cycle is None or self.cycle.response_complete
        if is_idle and self._deadline is None and self.timeout_keep_alive_task is None:
            self._await_head()

    def on_message_begin(self) -> None:
        """The first byte of a request: from here on its head is timed."""
        super().on_message_begin()
        self._await_head()

    def on_headers_complete(self) -> None:
        """The head is here; the gate times the body."""
        self._stop_clock()
        super().on_headers_complete()

    @property
    def _settings(self) -> Settings:
        return cast(Gate, self.app).settings

    def _await_head(self) -> None:
        self._stop_clock()
        self._deadline = self.loop.call_later(self._settings.header_seconds, self.transport.abort)

    def _stop_clock(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


class _Joined:
    """A transport that sends an answer's head with the first of its body: one call of the system, one packet."""

    __slots__ = ("_head", "_transport")

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._head = b""

    def write(self, data: bytes) -> None:
        """Send `data`; keep it until the next call where it is the head of an answer."""
        if data.endswith(_END) and data.startswith(_HTTP) and not data.startswith(_CONTINUE):
            self._head += data
        else:
            self._transport.write(self._head + data)
            self._head = b""

    def close(self) -> None:
        """Close it once everything is sent."""
        if self._head:
            self.write(b"")
        self._transport.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)
