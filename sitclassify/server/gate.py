"""One request from its head to its answer: who asks, how much, for how long, and what it is told when that fails."""

from __future__ import annotations

import itertools
import re
import secrets
import time
from collections.abc import Mapping, Sequence
from urllib.parse import parse_qsl

from sitclassify.server.body import Body, Gone, Held
from sitclassify.server.calls import App, Call, Receive, Refused, Reply, Scope, Send, Unchecked
from sitclassify.server.core import Core
from sitclassify.server.dialects import Dialect, Operation, Table
from sitclassify.server.keys import EVERYBODY, Client, Keys
from sitclassify.server.logs import Log

_ID = re.compile(r"[\w.@:/+=-]{1,128}", re.ASCII)
_DOCUMENT = "/openapi.json"


class Gate:
    """The ASGI application. `inner` answers for the OpenAPI document and a worker's start and stop."""

    def __init__(
        self, core: Core, dialects: Sequence[Dialect], inner: App, keys: Keys | None, log: Log
    ) -> None:
        self._core = core
        self.settings = core.settings
        self._table = Table(dialects)
        self._inner = inner
        self._keys = keys
        self._log = log
        self._in_progress = 0
        self._held = Held()
        self._ids = itertools.count()
        self._prefix = secrets.token_hex(6)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
            return
        started = time.perf_counter()
        headers = dict(scope["headers"])
        name = self._name_of(headers)
        dialect, operation, params = self._table.find(scope["method"], scope["path"])
        body = Body(receive, headers, self._held, self.settings)
        self._in_progress += 1
        self._core.metrics.in_progress.inc()
        try:
            client = self._client(headers, operation)
            if operation is None:
                if scope["path"] == _DOCUMENT and scope["method"] == "GET":
                    await self._inner(scope, receive, send)
                    return
                raise self._table.unknown(scope["path"])
            is_busy = self._in_progress > self.settings.max_requests
            if is_busy and operation.model is not None:  # health and figures are always told
                raise Unchecked("overload")
            asked = scope["query_string"]
            query = dict(parse_qsl(asked.decode("latin-1"))) if asked else {}
            call = Call(name, client.name, params, query, headers, await body.read())
            reply = await operation.answer(self._core, call)
        except Refused as refused:
            reply = await self._last(dialect.refused(refused), body)
        except Unchecked as unchecked:
            reply = await self._last(self._unchecked(dialect, unchecked.reason), body)
        except Gone:
            return
        except Exception as fault:
            self._log.fault(fault, name)
            reply = self._unchecked(dialect, "fault")
        finally:
            self._in_progress -= 1
            self._core.metrics.in_progress.dec()
            body.release()
        await self._send(send, reply, name)
        self._tell(dialect, operation, reply, name, time.perf_counter() - started)

    def _client(self, headers: Mapping[bytes, bytes], operation: Operation | None) -> Client:
        """Who asks. `Refused` 401 without a known key, 403 where it does not allow this."""
        if self._keys is None or (operation is not None and operation.is_open):
            return EVERYBODY
        client = self._keys.client(headers)
        if client is None:
            told = "no key, or an unknown one: send 'Authorization: Bearer KEY' or 'x-api-key: KEY'"
            raise Refused(401, told, {"www-authenticate": "Bearer"})
        if operation is not None and operation.scope and operation.scope not in client.scopes:
            raise Refused(403, f"this needs a key with the scope '{operation.scope}'")
        return client

    async def _last(self, reply: Reply, body: Body) -> Reply:
        """The answer to a request whose body may still be on its way: the last one where it does not end."""
        try:
            is_whole = await body.drain()
        except Gone:
            is_whole = False
        return reply if is_whole else reply.adding({"connection": "close"})

    def _unchecked(self, dialect: Dialect, reason: str) -> Reply:
        """What could not be checked passes or does not, as this dialect is set."""
        is_open = dialect.name in self.settings.fail_open
        outcome = "passed" if is_open else "stopped"
        self._core.metrics.unchecked(dialect.name, reason, outcome).inc()
        self._log.unchecked(dialect.name, reason, outcome)
        return dialect.unchecked(reason, is_open).adding({"x-sitclassify-unchecked": reason})

    async def _send(self, send: Send, reply: Reply, name: str) -> None:
        body = reply.body()
        headers = [
            (b"content-type", reply.media_type.encode()),
            (b"content-length", str(len(body)).encode()),
            (b"x-request-id", name.encode()),
            *((key.encode(), value.encode("latin-1")) for key, value in reply.headers.items()),
        ]
        await send({"type": "http.response.start", "status": reply.status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    def _tell(
        self, dialect: Dialect, operation: Operation | None, reply: Reply, name: str, seconds: float
    ) -> None:
        what = operation.name if operation else "none"
        metrics = self._core.metrics
        metrics.requests(dialect.name, what, str(reply.status)).inc()
        metrics.seconds(dialect.name).observe(seconds)
        if self.settings.log_requests:
            self._log.request(dialect.name, what, reply.status, name, seconds)

    def _name_of(self, headers: Mapping[bytes, bytes]) -> str:
        """The client's own id of this request where it sends a sane one, else one of ours."""
        given = headers.get(b"x-request-id") or headers.get(b"client-request-id")
        if given and _ID.fullmatch(given.decode("latin-1")):
            return given.decode("latin-1")
        return f"{self._prefix}-{next(self._ids)}"
