"""Our own dialect: `/v1/scan`, `/v1/evaluate` and their siblings, health, metrics, reload.

Errors are RFC 9457 problem details.
"""

from __future__ import annotations

import os
import signal
from http import HTTPStatus
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from sitclassify.audit import Message
from sitclassify.errors import ConfigurationError
from sitclassify.policy import ACTIONS, Context
from sitclassify.policy.decision import DOWNLOAD
from sitclassify.redaction import method_of
from sitclassify.results import ScanResult
from sitclassify.scanner import Scanner
from sitclassify.server.calls import Call, Refused, Reply
from sitclassify.server.core import Core
from sitclassify.server.dialects import Dialect, Operation
from sitclassify.server.keys import ADMIN
from sitclassify.server.metrics import MEDIA_TYPE
from sitclassify.verdicts import Sender, Verdict

PROBLEM = "application/problem+json"
ROLES = ("system", "developer", "user", "assistant", "tool")


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


class From(_Body):
    """Who sends it where; what policies ask for. Left out: the application is the key's name."""

    application: str | None = None
    user: str | None = None
    groups: list[str] = []
    tenant: str | None = None
    activity: Literal["uploadText", "downloadText", "uploadFile", "downloadFile"] = "uploadText"
    role: Literal["system", "developer", "user", "assistant", "tool"] | None = None
    can_redact: bool = Field(True, description="Whether a changed text can be passed on.")
    override: bool = Field(False, description="The user was warned and goes on.")
    justification: str | None = None
    thread: str | None = Field(None, description="The conversation; told to the audit.")
    agent: str | None = None
    model: str | None = None
    provider: str | None = None


class Evaluate(Text):
    """What to decide about: one text, or the messages of a chat."""

    text: str | None = None  # type: ignore[assignment]
    messages: list[dict[str, Any]] | None = Field(
        None, description="A chat as providers write it; the turn before is context."
    )
    sender: From = Field(default_factory=lambda: From.model_validate({}))


class Redact(Text):
    """A text whose values are to be replaced, whatever policies say."""

    method: Literal["label", "mask", "remove", "hash", "fake", "encrypt", "placeholder"] = "label"
    keep_last: int = Field(0, ge=0, le=8, description="Characters that `mask` keeps.")


class Batch(_Body):
    """Several texts."""

    items: list[Text] = Field(max_length=10_000)
    include_values: bool = False


def _check_kind(asked: Scan | Evaluate) -> None:
    if (asked.text is None) == (asked.messages is None):
        raise Refused(422, "expected either 'text' or 'messages'")


async def scan(core: Core, call: Call) -> Reply:
    """The result of one text, or one result per message."""
    asked = call.read(Scan)
    scanner = core.engine.scanner
    _check_kind(asked)
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


async def evaluate(core: Core, call: Call) -> Reply:
    """What policies decide: `action` for the whole, one decision with its result per text or message.

    Where that is `redact`, `text` of the result is what may be passed on instead; `vault` undoes its placeholders.
    """
    asked = call.read(Evaluate)
    _check_kind(asked)
    if asked.messages is None:
        senders = [_sender(asked.sender, None, call, asked.id)]
        verdicts = await core.examine(len(call.body), lambda s: [_scan(s, asked)], senders)
    else:
        messages = asked.messages
        senders = [
            _sender(asked.sender, m.get("role"), call, m.get("id"), f"/messages/{number}")
            for number, m in enumerate(messages)
        ]
        verdicts = await core.examine(
            len(call.body), lambda s: s.scan_conversation(messages), senders
        )
    actions = [verdict.decision.action for verdict in verdicts]
    content: dict[str, Any] = {
        "action": max(actions, key=ACTIONS.index, default="allow"),
        "checked": True,
        "results": [_decided(verdict) for verdict in verdicts],
    }
    vaults = (v.redacted.vault for v in verdicts if v.redacted is not None)
    if vault := next((vault for vault in vaults if vault), None):
        content["vault"] = vault.values()
    return Reply(content)


def _sender(told: From, role: Any, call: Call, name: Any, pointer: str = "") -> Sender:
    """`told`, and what a chat's message says of itself."""
    known = role if role in ROLES else None
    context = Context(
        application=told.application or call.client or None,
        user=told.user,
        groups=tuple(told.groups),
        activity=DOWNLOAD if known == "assistant" else told.activity,
        role=known or told.role,
        tenant=told.tenant,
        can_redact=told.can_redact,
        override=told.override,
        justification=told.justification,
    )
    message = Message(
        name if isinstance(name, str) else call.id,
        told.thread, told.agent, told.model, told.provider,
    )  # fmt: skip
    return Sender(context, message, pointer)


def _decided(verdict: Verdict) -> dict[str, Any]:
    table: dict[str, Any] = {
        "decision": verdict.decision.to_dict(),
        "scan": verdict.result.to_dict(),
    }
    if verdict.redacted is not None:
        table["text"] = verdict.redacted.text
    return table


async def redact(core: Core, call: Call) -> Reply:
    """The text with all its values replaced, and where each was and is; `vault` undoes placeholders."""
    asked = call.read(Redact)
    engine = core.engine
    method: Any = asked.method
    options: dict[str, Any] = {"keep_last": asked.keep_last} if method == "mask" else {}
    try:
        options |= engine.options(method)
        method = method_of(method, **options)
    except ConfigurationError as error:
        raise Refused(422, str(error)) from None
    redacted = await core.run(
        len(call.body), lambda: _scan(engine.scanner, asked).redact(method, context=asked.context)
    )
    content: dict[str, Any] = {
        "id": asked.id,
        "text": redacted.text,
        "replacements": [r._asdict() for r in redacted.replacements],
        "remaining": [span._asdict() for span in redacted.remaining],
    }
    if redacted.vault is not None:
        content["vault"] = redacted.vault.values()
    return Reply(content)


def _scan(scanner: Scanner, asked: Text) -> ScanResult:
    return scanner.scan(asked.text, id=asked.id, context=asked.context)


def _table(result: ScanResult, include_values: bool) -> dict[str, Any]:
    return result.to_dict(include_values=include_values)


async def health(core: Core, call: Call) -> Reply:
    """The process answers."""
    return Reply({"status": "up"})


async def ready(core: Core, call: Call) -> Reply:
    """The engine is loaded, and which; 503 while a mandatory audit cannot be written."""
    trouble = core.record.trouble if core.record is not None else None
    if trouble is not None:
        return Reply({"status": "no audit", "reason": trouble}, 503)
    return Reply({"status": "ready", "version": core.engine.version})


async def metrics(core: Core, call: Call) -> Reply:
    """Figures for Prometheus."""
    return Reply(core.metrics.exposition(), media_type=MEDIA_TYPE)


async def reload(core: Core, call: Call) -> Reply:
    """Read catalogue and policies again, in every worker; no request is dropped."""
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
        Operation(
            "evaluate", "POST", ("/v1/evaluate",), evaluate, "Decide about a text or a chat", Evaluate,
            {"text": _SSN, "sender": {"application": "chat", "user": "ada@example.org"}},
        ),
        Operation(
            "redact", "POST", ("/v1/redact",), redact, "Replace values in a text", Redact,
            {"text": _SSN, "method": "mask", "keep_last": 4},
        ),
        Operation("health", "GET", ("/health", "/healthz"), health, "Whether it runs", is_open=True),
        Operation("ready", "GET", ("/ready", "/readyz"), ready, "Whether it serves", is_open=True),
        Operation("metrics", "GET", ("/metrics",), metrics, "Figures for Prometheus"),
        Operation(
            "reload", "POST", ("/v1/reload",), reload, "Read catalogue and policies again", scope=ADMIN
        ),
    ),
    refused,
    unchecked,
)  # fmt: skip
