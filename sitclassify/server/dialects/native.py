"""Our own dialect: `/v1/scan` and its siblings, health, metrics, reload. Errors are RFC 9457 problem details."""

from __future__ import annotations

import os
import signal
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from sitclassify.results import ScanResult
from sitclassify.scanner import Scanner
from sitclassify.server.calls import Call, Refused, Reply
from sitclassify.server.core import Core
from sitclassify.server.dialects import Dialect, Operation
from sitclassify.server.keys import ADMIN
from sitclassify.server.metrics import MEDIA_TYPE

PROBLEM = "application/problem+json"


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Text(_Body):
    """One text."""

    text: str
    id: str | None = Field(None, description="Told back in the result.")
    context: str | None = Field(
        None, description="Text thought to stand just before: evidence only, never reported."
    )


class Scan(Text):
    """What to scan: one text, or the messages of a chat."""

    text: str | None = None  # type: ignore[assignment]
    messages: list[dict[str, Any]] | None = Field(
        None, description="A chat as providers write it; the turn before is context."
    )
    include_values: bool = Field(False, description="Also the values that were found.")


class Batch(_Body):
    """Several texts."""

    items: list[Text] = Field(max_length=10_000)
    include_values: bool = False


async def scan(core: Core, call: Call) -> Reply:
    """The result of one text, or one result per message."""
    asked = call.read(Scan)
    scanner = core.engine.scanner
    if (asked.text is None) == (asked.messages is None):
        raise Refused(422, "expected either 'text' or 'messages'")
    if asked.messages is not None:
        messages = asked.messages
        results = await core.run(len(call.body), lambda: scanner.scan_conversation(messages))
        return Reply({"results": [_table(r, asked.include_values) for r in results]})
    result = await core.run(len(call.body), lambda: _scan(scanner, asked))
    return Reply(_table(result, asked.include_values))


async def scan_batch(core: Core, call: Call) -> Reply:
    """One result per item, in their order."""
    asked = call.read(Batch)
    scanner = core.engine.scanner
    results = await core.run(len(call.body), lambda: [_scan(scanner, item) for item in asked.items])
    return Reply({"results": [_table(r, asked.include_values) for r in results]})


def _scan(scanner: Scanner, asked: Text) -> ScanResult:
    return scanner.scan(asked.text, id=asked.id, context=asked.context)


def _table(result: ScanResult, include_values: bool) -> dict[str, Any]:
    return result.to_dict(include_values=include_values)


async def health(core: Core, call: Call) -> Reply:
    """The process answers."""
    return Reply({"status": "up"})


async def ready(core: Core, call: Call) -> Reply:
    """The engine is loaded, and which."""
    return Reply({"status": "ready", "version": core.engine.version})


async def metrics(core: Core, call: Call) -> Reply:
    """Figures for Prometheus."""
    return Reply(core.metrics.exposition(), media_type=MEDIA_TYPE)


async def reload(core: Core, call: Call) -> Reply:
    """Read the catalogue again, in every worker; no request is dropped."""
    engine = await core.reload()
    if core.settings.workers > 1:
        os.kill(os.getppid(), signal.SIGHUP)  # who passes it on to the other workers
    return Reply({"status": "reloaded", "version": engine.version})


def refused(refused: Refused) -> Reply:
    """Problem details."""
    title = HTTPStatus(refused.status).phrase
    content = {"title": title, "status": refused.status, "detail": refused.detail}
    return Reply(content, refused.status, refused.headers, PROBLEM)


def unchecked(reason: str, passes: bool) -> Reply:
    """503 with when to come back; where it fails open, a 200 that says that nothing was checked."""
    if passes:
        return Reply({"action": "allow", "checked": False, "reason": reason})
    content = {
        "title": "Service Unavailable",
        "status": 503,
        "detail": f"not checked: {reason}",
        "reason": reason,
    }
    return Reply(content, 503, {"retry-after": "1"}, PROBLEM)


_SSN = "My SSN is 536-90-4399."
NATIVE = Dialect(
    "native",
    (
        Operation(
            "scan", "POST", ("/v1/scan",), scan, "Scan one text or a chat", Scan, {"text": _SSN}
        ),
        Operation(
            "scan:batch", "POST", ("/v1/scan:batch",), scan_batch, "Scan several texts", Batch,
            {"items": [{"id": "a", "text": _SSN}, {"id": "b", "text": "Nothing in here."}]},
        ),
        Operation("health", "GET", ("/health", "/healthz"), health, "Whether it runs", is_open=True),
        Operation("ready", "GET", ("/ready", "/readyz"), ready, "Whether it serves", is_open=True),
        Operation("metrics", "GET", ("/metrics",), metrics, "Figures for Prometheus"),
        Operation(
            "reload", "POST", ("/v1/reload",), reload, "Read the catalogue again", scope=ADMIN
        ),
    ),
    refused,
    unchecked,
)  # fmt: skip
