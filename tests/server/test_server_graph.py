"""Graph's dataSecurityAndGovernance by the bodies of its clients; `clients/` has one of them itself."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from running import SSN, Server
from test_server_policies import events
from typer.testing import CliRunner

from sitclassify.cli.app import app

BASE = "/v1.0/users/7c8e2c1f-0000-4000-8000-000000000001/dataSecurityAndGovernance"
APP = {"@odata.type": "microsoft.graph.policyLocationApplication", "value": "app-1"}
MAIL = "Write to ada.lovelace@kontor-nord.de please."
TENANT = "5e0c0c0f-0000-4000-8000-000000000002"


def content(
    *texts: str, activity: Any = "uploadText", kind: str = "textContent", **more: Any
) -> Any:
    entries = [
        {
            "@odata.type": "microsoft.graph.processConversationMetadata",
            "content": {"@odata.type": f"#microsoft.graph.{kind}", "data": text},
            "identifier": f"m{number}",
            "correlationId": "t@AF",
            "sequenceNumber": 639310568125599786,
            "type": "process_conversation_metadata",
            **more,
        }
        for number, text in enumerate(texts)
    ]
    return {
        "contentEntries": entries,
        "activityMetadata": {"activity": activity, "type": "x"},
        "integratedAppMetadata": {"name": "agent", "version": "1"},
        "protectedAppMetadata": {"name": "app", "version": "1", "applicationLocation": APP},
        "type": "noise",
    }


def restrictions(server: Server, asked: Any, base: str = BASE, **headers: str) -> list[str]:
    body = {"contentToProcess": asked, "user_id": "noise", "process_inline": True}
    got = server.post(f"{base}/processContent", body, headers=headers)
    assert got.status_code == 200, got.text
    actions = got.json()["policyActions"]
    assert all(a["action"] == "restrictAccess" for a in actions)
    return [action["restrictionAction"] for action in actions]


@pytest.mark.parametrize("base", [BASE, "/v1.0/me/dataSecurityAndGovernance"])
def test_decides(server: Server, base: str) -> None:
    assert restrictions(server, content("hello"), base) == []
    assert restrictions(server, content(SSN), base) == ["block"]
    assert restrictions(server, content("hello", SSN, "bye"), base) == ["block"]


def test_files(server: Server) -> None:
    def file(data: bytes) -> Any:
        text = base64.b64encode(data).decode()
        return content(text, kind="binaryContent", activity="uploadFile")

    assert restrictions(server, file(SSN.encode())) == ["block"]
    assert restrictions(server, file(b"\x89PNG\xff")) == []


def test_etag(server: Server) -> None:
    """Of the same policies: known with and without quotes and `W/`; another one is told to be modified."""
    computed = server.post(f"{BASE}/protectionScopes/compute", {"locations": [APP]})
    tag = computed.headers["etag"]
    assert tag.startswith('"')
    body = {"contentToProcess": content("hello")}
    for given, state in [
        (None, "notModified"),
        (tag, "notModified"),
        (tag.strip('"'), "notModified"),
        (f"W/{tag}", "notModified"),
        ('"other"', "modified"),
    ]:
        headers = {"if-none-match": given} if given else {}
        got = server.post(f"{BASE}/processContent", body, headers=headers)
        assert (got.json()["protectionScopeState"], got.headers["etag"]) == (state, tag)


def test_the_correlation_id_comes_back(server: Server) -> None:
    headers = {"client-request-id": "8f1c@AF"}
    got = server.post(f"{BASE}/processContent", {"contentToProcess": content("x")}, headers=headers)
    assert got.headers["client-request-id"] == "8f1c@AF"


POLICY = """
id: scopes
rules:
  - id: prompts
    when: {sits: us-social-security-number}
    action: block
    scope: {applications: app-1, activities: uploadText}
  - id: answers
    when: {sits: us-social-security-number}
    action: audit
    scope: {applications: app-1, activities: downloadText}
  - id: mail
    when: {sits: email-address, min_confidence: 1}
    action: redact
    otherwise: warn
    scope: {activities: uploadFile}
  - id: tenant
    when: {sits: credit-card-number}
    action: block
    scope: {tenants: TENANT}
"""


def test_scopes_say_what_is_to_be_sent_and_waited_for(
    start: Callable[..., Server], tmp_path: Path
) -> None:
    path, audit, keys = tmp_path / "scopes.yaml", tmp_path / "audit.jsonl", tmp_path / "keys"
    path.write_text(POLICY.replace("TENANT", TENANT))
    options = ["app", "--tenant", TENANT, "--file", str(keys)]
    key = CliRunner().invoke(app, ["key", *options]).stdout.strip()
    server = start("--policy", str(path), "--audit", str(audit), "--keys", str(keys))

    def ask(where: str, body: Any, token: str = key) -> Any:
        return server.post(f"{BASE}{where}", body, headers={"authorization": f"Bearer {token}"})

    def modes(activities: Any, place: Any = APP) -> dict[str, str]:
        body = {"activities": activities, "locations": [place], "pivotOn": "none"}
        scopes = ask("/protectionScopes/compute", body).json()["value"]
        assert all(scope["locations"] == [place] for scope in scopes)
        return {name: s["executionMode"] for s in scopes for name in s["activities"].split(",")}

    # the tenant's rule is for every activity
    assert set(modes("uploadText,downloadText").values()) == {"evaluateInline"}
    path.write_text(POLICY.replace("TENANT", "another"))
    admin = ["op", "--admin", "--file", str(keys)]
    assert CliRunner().invoke(app, ["key", *admin]).exit_code == 0
    server.process.send_signal(1)
    server.wait_for("reload")
    assert modes("uploadText,downloadText") == {
        "uploadText": "evaluateInline", "downloadText": "evaluateOffline",
    }  # fmt: skip
    assert modes([1, 3]) == modes("uploadText,downloadText")
    assert modes("downloadText", {**APP, "value": "app-2"}) == {}
    assert ask("/processContent", {"contentToProcess": content(SSN)}, key[:-1]).status_code == 401
    warned = ask("/processContent", {"contentToProcess": content(MAIL, activity=2)}).json()
    assert [a["restrictionAction"] for a in warned["policyActions"]] == ["warn"]
    done = ask("/activities/contentActivities", {"id": "a1", "contentMetadata": content(SSN)})
    assert (done.status_code, done.json()["id"]) == (201, "a1")
    *_, event = events(audit, 2)
    assert (event["application"], event["tenant"], event["agent"]) == ("app-1", TENANT, "agent")
    assert (event["message"], event["thread"]) == ("m0", "t@AF")
    assert event["decision"]["action"] == "block" and "536-90" not in json.dumps(event)


def test_several_users_at_once(server: Server) -> None:
    requests = [
        {"requestId": "a", "userId": "u1", "contentToProcess": content("hello", "you")},
        {"requestId": "b", "userId": "u2", "contentToProcess": content(SSN)},
    ]
    path = "/v1.0/security/dataSecurityAndGovernance/processContentAsync"
    got = server.post(path, {"processContentRequests": requests}).json()["value"]
    assert [(a["requestId"], len(a["results"]["policyActions"])) for a in got] == [
        ("a", 0),
        ("b", 1),
    ]


def test_a_tenant_that_is_not_served(start: Callable[..., Server], tmp_path: Path) -> None:
    """402, as Graph says where nobody pays."""
    keys = str(tmp_path / "keys")
    served, other = (
        CliRunner().invoke(app, ["key", name, "--tenant", tenant, "--file", keys]).stdout.strip()
        for name, tenant in (("served", TENANT), ("other", TENANT[:-1] + "3"))
    )
    server = start("--keys", keys, "--tenants", TENANT)
    body = {"contentToProcess": content(SSN)}

    def ask(key: str) -> Any:
        headers = {"authorization": f"Bearer {key}"}
        return server.post(f"{BASE}/processContent", body, headers=headers)

    assert ask(served).json()["policyActions"]
    refused = ask(other)
    assert (refused.status_code, refused.json()["error"]["code"]) == (402, "PaymentRequired")


def test_errors_are_graphs(server: Server) -> None:
    got = server.client.post(f"{BASE}/processContent", content=b"{")
    assert (got.status_code, got.json()["error"]["code"]) == (400, "BadRequest")
    got = server.post(f"{BASE}/processContent", {})
    assert got.status_code == 422 and "contentToProcess" in got.json()["error"]["message"]
