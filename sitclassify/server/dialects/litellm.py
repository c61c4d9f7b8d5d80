"""LiteLLM's generic guardrail: `guardrail: generic_guardrail_api` with `api_base` pointing here.

Blocks a prompt or an answer, or gives its texts back redacted. A warning cannot be shown there and lets pass. When
nothing could be checked the answer is 503, of which LiteLLM makes what its `unreachable_fallback` says.
Source: https://docs.litellm.ai/docs/adding_provider/generic_guardrail_api
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from sitclassify.audit import Message
from sitclassify.conversation import roles_of
from sitclassify.policy import Context
from sitclassify.policy.decision import DOWNLOAD, ROLES, UPLOAD
from sitclassify.redaction import Redacted
from sitclassify.release import settled_end
from sitclassify.results import ScanResult, Skipped
from sitclassify.scanner import Scanner
from sitclassify.server.calls import Call, Refused, Reply
from sitclassify.server.core import Core
from sitclassify.server.dialects import Dialect, Operation
from sitclassify.verdicts import Sender

_BLOCKED = "Blocked by policy."


class Guarded(BaseModel):
    """What LiteLLM sends; fields that we do not read are let be."""

    model_config = ConfigDict(extra="ignore")

    input_type: Literal["request", "response"]
    texts: list[str] | None = None
    structured_messages: list[dict[str, Any]] | None = None
    images: list[Any] | None = None
    tool_calls: list[dict[str, Any]] | None = None
    request_data: dict[str, Any] | None = None
    model: str | None = None
    litellm_call_id: str | None = None
    litellm_trace_id: str | None = None
    additional_provider_specific_params: dict[str, Any] | None = None


async def guard(core: Core, call: Call) -> Reply:
    """Whether the texts of a prompt or an answer may go on, as they are or redacted.

    `additional_provider_specific_params` may say `override` and `justification` where a rule allows that.
    """
    asked = call.read(Guarded)
    texts = asked.texts or ([""] if asked.images else [])
    calls = asked.tool_calls or []
    roles = roles_of(asked.structured_messages or (), texts)
    said: Sequence[str | None] = roles or [None] * len(texts)
    senders = [_sender(asked, call, role, f"/texts/{i}") for i, role in enumerate(said)]
    senders += [_sender(asked, call, None, f"/tool_calls/{i}") for i in range(len(calls))]

    def scan(scanner: Scanner) -> Sequence[ScanResult]:
        found = _scan(scanner, texts, roles)
        if calls:
            found += scanner.scan_conversation(
                [{"role": "assistant", "tool_calls": [one]} for one in calls]
            )
        if found and asked.images:
            skipped = (Skipped(f"/images/{i}", "image") for i in range(len(asked.images)))
            found[0] = found[0].with_skipped(tuple(skipped))
        return found

    verdicts = await core.examine(len(call.body), scan, senders)
    told = [v.decision.message or _BLOCKED for v in verdicts if v.decision.action == "block"]
    if told:
        return Reply({"action": "BLOCKED", "blocked_reason": " ".join(dict.fromkeys(told))})
    content: dict[str, Any] = {"action": "NONE"}
    if any(verdict.redacted for verdict in verdicts):
        content["action"] = "GUARDRAIL_INTERVENED"
        content["texts"] = [
            verdict.redacted.text if verdict.redacted else text
            for text, verdict in zip(texts, verdicts, strict=False)  # tool calls have no text here
        ]
    if asked.input_type == "response":
        scanner, both = core.engine.scanner, list(zip(texts, verdicts, strict=False))
        content["stream_holdback_chars"] = await core.run(
            len(call.body), lambda: [_held(scanner, text, v.redacted) for text, v in both]
        )
    return Reply(content)


def _held(scanner: Scanner, text: str, redacted: Redacted | None) -> int:
    """Characters at the end of a growing answer that LiteLLM must not send yet: later text may change them."""
    end = settled_end(scanner, text)
    return len(text) - end if redacted is None else len(redacted.text) - redacted.place(end)


def _scan(scanner: Scanner, texts: Sequence[str], roles: Sequence[str] | None) -> list[ScanResult]:
    """One result per text; where it is known who says what, the turn before is context."""
    if roles is None:
        return [scanner.scan(text) for text in texts]
    turns = [{"role": r, "content": t} for r, t in zip(roles, texts, strict=True)]
    return list(scanner.scan_conversation(turns))


def _sender(asked: Guarded, call: Call, role: str | None, pointer: str) -> Sender:
    """Who sends what stands at `pointer` of the body; the arguments of a tool call cannot be redacted."""
    who = {name: str(value) for name, value in (asked.request_data or {}).items() if value}
    params = asked.additional_provider_specific_params or {}
    is_answer = asked.input_type == "response"

    def first(*names: str) -> str | None:
        return next((found for name in names if (found := who.get(f"user_api_key_{name}"))), None)

    context = Context(
        application=first("alias", "team_alias") or call.client or None,
        user=first("user_email", "user_id", "end_user_id"),
        groups=tuple(group for group in (first("team_alias"), first("team_id")) if group),
        activity=DOWNLOAD if is_answer or role == "assistant" else UPLOAD,
        role=role if role in ROLES else None,  # or as its activity has it
        tenant=first("org_id"),
        can_redact=pointer.startswith("/texts"),
        override=params.get("override") is True,
        justification=str(params["justification"]) if params.get("justification") else None,
    )
    thread, name = asked.litellm_trace_id, asked.litellm_call_id or call.id
    return Sender(context, Message(name, thread, None, asked.model, None), pointer)


def refused(refused: Refused) -> Reply:
    """The reason as LiteLLM logs it."""
    return Reply({"error": refused.detail}, refused.status, refused.headers)


def unchecked(reason: str, passes: bool) -> Reply:
    """503, which LiteLLM counts as unreachable; where it fails open, nothing to object to."""
    if passes:
        return Reply({"action": "NONE"})
    return Reply({"error": f"not checked: {reason}"}, 503, {"retry-after": "1"})


LITELLM = Dialect(
    "litellm",
    (
        Operation(
            "guard", "POST", ("/beta/litellm_basic_guardrail_api",), guard,
            "LiteLLM's generic guardrail API", Guarded,
            {"input_type": "request", "texts": ["My SSN is 536-90-4399."], "request_data": {}},
        ),
    ),
    refused,
    unchecked,
)  # fmt: skip
