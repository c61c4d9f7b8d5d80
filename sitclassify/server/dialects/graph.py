"""Microsoft Graph's `dataSecurityAndGovernance`: an application written for Purview runs against it.

processContent decides, protectionScopes/compute tells what is decided inline, contentActivities only audits; for
`/me`, `/users/{id}` and the tenant. The content of a block is `restrictAccess` with `restrictionAction: block`. The
API knows no redacted text, so `redact` becomes what the rule says `otherwise`.
Source: https://learn.microsoft.com/graph/api/resources/security-datasecurityandgovernance-overview
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sitclassify.audit import Message
from sitclassify.policy import Context, Decision, Policies
from sitclassify.policy.conditions import bind_scope
from sitclassify.policy.decision import UPLOAD
from sitclassify.results import ScanResult, Skipped
from sitclassify.scanner import Scanner
from sitclassify.server.calls import Call, Refused, Reply
from sitclassify.server.core import Core, Engine
from sitclassify.server.dialects import Dialect, Operation
from sitclassify.server.dialects.graph_bodies import (
    ACTIVITIES,
    Activities,
    Batch,
    Compute,
    Content,
    Entry,
    Process,
    kind_of,
)
from sitclassify.server.keys import claims
from sitclassify.verdicts import Sender, Verdict

_POINTER = "/content/data"  # in an entry
_CODES = {
    401: "InvalidAuthenticationToken",
    402: "PaymentRequired",
    403: "Forbidden",
    404: "ResourceNotFound",
}
_RESTRICTION = {"block": "block", "warn": "warn"}
_EVERYWHERE = {"@odata.type": "microsoft.graph.policyLocationApplication", "value": "All"}


def etag(engine: Engine) -> str:
    """Another one for another catalogue or other policies."""
    return f'"{hashlib.sha256(engine.version.encode()).hexdigest()[:16]}"'


async def process(core: Core, call: Call) -> Reply:
    """What policies make of the content: empty `policyActions`, or one that restricts access."""
    _check_tenant(core, call)
    asked = call.read(Process)
    engine = core.engine
    given = call.header("if-none-match").strip().removeprefix("W/").strip('"')
    is_known = given in ("", "*", etag(engine).strip('"'))
    verdicts = await _examine(core, call, [(call.params.get("user"), asked.content)])
    content = _answer(verdicts) | {
        "protectionScopeState": "notModified" if is_known else "modified"
    }
    return _reply(call, content, 200, {"etag": etag(engine)})


async def process_batch(core: Core, call: Call) -> Reply:
    """The same for several users' contents, one answer each, in their order."""
    _check_tenant(core, call)
    asked = call.read(Batch)
    contents = [(one.user, one.content) for one in asked.requests]
    verdicts = await _examine(core, call, contents)
    answers = []
    for one in asked.requests:
        own, verdicts = verdicts[: len(one.content.entries)], verdicts[len(one.content.entries) :]
        answers.append({"requestId": one.request, "results": _answer(own)})
    return _reply(call, {"value": answers})


async def activities(core: Core, call: Call) -> Reply:
    """The content is audited; nothing is decided for the caller."""
    _check_tenant(core, call)
    asked = call.read(Activities)
    user = call.params.get("user")
    await _examine(core, call, [(user, asked.content)])
    content = {"id": asked.id or call.id, "userId": asked.user or user}
    return _reply(call, content, 201)


async def compute(core: Core, call: Call) -> Reply:
    """For which activities at which places content is to be sent, and whether its answer is to be waited for."""
    _check_tenant(core, call)
    asked = call.read(Compute)
    engine = core.engine
    wanted = asked.activities or list(ACTIVITIES)
    scopes = []
    for place in asked.locations or [_EVERYWHERE]:
        context = Context(
            application=str(place.get("value") or "") or None,
            user=call.params.get("user"),
            tenant=claims(call.headers).get("tid"),
        )
        modes = {activity: _mode(engine.policies, context, activity) for activity in wanted}
        for mode in ("evaluateInline", "evaluateOffline"):
            names = [activity for activity, its in modes.items() if its == mode]
            if names:
                scopes.append(
                    {
                        "activities": ",".join(names),
                        "executionMode": mode,
                        "locations": [place],
                        "policyActions": [],
                    }
                )
    return _reply(call, {"value": scopes}, 200, {"etag": etag(engine)})


def _mode(policies: Policies, context: Context, activity: str) -> str | None:
    """Inline where a rule may restrict, offline where rules only audit or simulate, None where there are none.

    A rule for a group counts for everybody: nobody says here who is in it.
    """
    found = None
    for each in policies.policies:
        for rule in each.rules:
            mode = rule.mode or each.mode
            scopes = [
                scope.model_copy(update={"users": None, "groups": None} if scope.groups else {})
                for scope in (each.scope, rule.scope)
            ]
            # a role is that of a message, not of a place
            is_here = bind_scope(*(scope.model_copy(update={"roles": None}) for scope in scopes))
            asked = Context(context.application, context.user, (), activity, tenant=context.tenant)
            if mode == "off" or (is_here is not None and not is_here(asked)):
                continue
            if mode == "enforce" and rule.action in ("warn", "redact", "block"):
                return "evaluateInline"
            found = "evaluateOffline"
    return found


def _check_tenant(core: Core, call: Call) -> None:
    """`Refused` 402 for a tenant that is not served: clients remember it and, as they are set, go on without us."""
    served = core.settings.tenants
    if served and claims(call.headers).get("tid") not in served:
        raise Refused(402, "this tenant is not served: start the server with it in --tenants")


async def _examine(
    core: Core, call: Call, contents: Sequence[tuple[str | None, Content]]
) -> list[Verdict]:
    """One verdict per entry of all contents, in order."""
    entries = [(user, content, entry) for user, content in contents for entry in content.entries]
    senders = [_sender(call, user, content, entry) for user, content, entry in entries]
    return await core.examine(
        len(call.body), lambda s: [_scan(s, entry) for _, _, entry in entries], senders
    )


def _scan(scanner: Scanner, entry: Entry) -> ScanResult:
    """The text of an entry; a file that is no text is told as skipped."""
    text, skipped = entry.content.data or "", ""
    if kind_of(entry.content.kind) == "binaryContent":
        try:
            text = base64.b64decode(text, validate=True).decode("utf-8-sig")
        except ValueError:
            text, skipped = "", "a file that is no text"
    if entry.is_truncated:
        skipped = skipped or "truncated by the sender"
    result = scanner.scan(text)
    return result.with_skipped((Skipped(_POINTER, skipped),)) if skipped else result


def _sender(call: Call, user: str | None, content: Content, entry: Entry) -> Sender:
    place = content.protected_app.location.get("value") or content.protected_app.name
    context = Context(
        application=str(place) if place else call.client or None,
        user=user or claims(call.headers).get("oid"),
        activity=content.activity.activity or UPLOAD,
        tenant=claims(call.headers).get("tid"),
        can_redact=False,
    )
    return Sender(
        context,
        Message(
            id=entry.identifier or call.id,
            thread=entry.correlation,
            agent=content.integrated_app.name,
        ),
        _POINTER,
    )


def _answer(verdicts: Iterable[Verdict]) -> dict[str, Any]:
    decided = [_action(verdict.decision) for verdict in verdicts]
    actions = [action for action in decided if action is not None]
    return {"policyActions": actions, "processingErrors": []}


def _action(decision: Decision) -> dict[str, str] | None:
    restriction = _RESTRICTION.get(decision.action)
    if restriction is None:
        return None
    return {
        "@odata.type": "#microsoft.graph.restrictAccessAction",
        "action": "restrictAccess",
        "restrictionAction": restriction,
    }


def _reply(
    call: Call, content: dict[str, Any], status: int = 200, headers: Mapping[str, str] = {}
) -> Reply:
    return Reply(content, status, {**headers, "client-request-id": call.id})


def refused(refused: Refused) -> Reply:
    """Graph's form of an error."""
    code = _CODES.get(refused.status, "BadRequest")
    content = {"error": {"code": code, "message": refused.detail}}
    return Reply(content, refused.status, refused.headers)


def unchecked(reason: str, passes: bool) -> Reply:
    """503, which clients raise; where it fails open, no action and an error that says why."""
    if passes:
        errors = [{"message": f"not checked: {reason}"}]
        content = {"policyActions": [], "processingErrors": errors, "value": []}
        return Reply(content)
    error = {"code": "ServiceUnavailable", "message": f"not checked: {reason}"}
    return Reply({"error": error}, 503, {"retry-after": "1"})


_BASE = "dataSecurityAndGovernance"
_WHO = ("/v1.0/me", "/v1.0/users/{user}")
_PLACE = {"@odata.type": "microsoft.graph.policyLocationApplication", "value": "an-application"}
_CONTENT = {
    "contentEntries": [
        {
            "@odata.type": "microsoft.graph.processConversationMetadata",
            "identifier": "m1",
            "content": {
                "@odata.type": "microsoft.graph.textContent",
                "data": "My SSN is 536-90-4399.",
            },
            "correlationId": "t1",
            "sequenceNumber": 0,
            "isTruncated": False,
        }
    ],
    "activityMetadata": {"activity": "uploadText"},
    "integratedAppMetadata": {"name": "chat", "version": "1"},
    "protectedAppMetadata": {"name": "chat", "version": "1", "applicationLocation": _PLACE},
}
GRAPH = Dialect(
    "graph",
    (
        Operation(
            "processContent", "POST", tuple(f"{who}/{_BASE}/processContent" for who in _WHO),
            process, "Decide about content", Process, {"contentToProcess": _CONTENT},
        ),
        Operation(
            "protectionScopes", "POST",
            tuple(f"{who}/{_BASE}/protectionScopes/compute" for who in (*_WHO, "/v1.0/security")),
            compute, "What is decided, and where", Compute,
            {"activities": "uploadText,downloadText", "locations": [_PLACE]},
        ),
        Operation(
            "contentActivities", "POST",
            tuple(f"{who}/{_BASE}/activities/contentActivities" for who in _WHO),
            activities, "Audit content", Activities, {"id": "a1", "contentMetadata": _CONTENT},
        ),
        Operation(
            "processContentAsync", "POST", (f"/v1.0/security/{_BASE}/processContentAsync",),
            process_batch, "Decide about several users' content", Batch,
            {"processContentRequests": [
                {"requestId": "r1", "userId": "u1", "contentToProcess": _CONTENT},
            ]},
        ),
    ),
    refused,
    unchecked,
)  # fmt: skip
