"""`agent-framework-purview`, Microsoft's middleware for agents, against our server in place of Graph.

Run by `.ci/environments purview`, in an environment that has it.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from running import SSN, Server
from typer.testing import CliRunner

from sitclassify.cli.app import app

agent_framework = pytest.importorskip("agent_framework")
purview = pytest.importorskip("agent_framework_purview")

TENANT, USER, APPLICATION = (f"5e0c0c0f-0000-4000-8000-00000000000{n}" for n in range(3))
BLOCKED = "stopped before the model"
LEAK = "leak"
POLICY = """
id: agents
rules:
  - id: ssn
    when: {sits: us-social-security-number}
    action: ACTION
"""


class Model(agent_framework.BaseChatClient):  # type: ignore[misc,name-defined]
    """A model that says what it was told, and an SSN when asked to leak one."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def _inner_get_response(self, *, messages: Any, stream: bool, options: Any, **_: Any) -> Any:
        text = messages[-1].text
        self.asked.append(text)
        told = SSN if text == LEAK else f"echo: {text}"

        async def answer() -> Any:
            message = agent_framework.Message(role="assistant", contents=[told])
            return agent_framework.ChatResponse(messages=[message])

        return answer()


class Chat:
    """An agent with the middleware, talking to a server of its own."""

    def __init__(self, server: Server, key: str, **settings: Any) -> None:
        self.model = Model()
        location = purview.PurviewAppLocation(
            location_type=purview.PurviewLocationType.APPLICATION, location_value=APPLICATION
        )
        self._settings = purview.PurviewSettings(
            app_name="chat", graph_base_uri=f"{server.url}/v1.0/", purview_app_location=location,
            blocked_prompt_message=BLOCKED, blocked_response_message="answer stopped", **settings,
        )  # fmt: skip
        self._key = key

    def say(self, *texts: str, between: Callable[[], None] = lambda: None) -> list[str]:
        """The answers; the middleware keeps its cache from one to the next."""

        async def talk() -> list[str]:
            middleware = purview.PurviewPolicyMiddleware(lambda: self._key, self._settings)
            agent = agent_framework.Agent(client=self.model, middleware=[middleware])
            answers = []
            for text in texts:
                answers.append((await agent.run(text)).text)
                await asyncio.sleep(0.3)  # what it does in the background
                await asyncio.to_thread(between)
            return answers

        return asyncio.run(talk())


class Setup:
    """A server with keys, an audit and a policy that can be changed."""

    def __init__(self, start: Callable[..., Server], folder: Path, *options: str) -> None:
        self.policy, self.audit, keys = (folder / n for n in ("p.yaml", "audit.jsonl", "keys"))
        self.write("block")
        made = ["key", "agent", "--tenant", TENANT, "--user", USER, "--file", str(keys)]
        self.key = CliRunner().invoke(app, made).stdout.strip()
        self.server = start(
            "--policy", str(self.policy), "--keys", str(keys), "--audit", str(self.audit), *options
        )

    def write(self, action: str) -> None:
        self.policy.write_text(POLICY.replace("ACTION", action))

    def reload(self, action: str) -> None:
        """Another policy from here on."""
        self.write(action)
        self.server.process.send_signal(1)
        self.server.wait_for("reload")

    def requests(self) -> str:
        return self.server.client.get("/metrics", headers={"x-api-key": self.key}).text

    def events(self) -> list[dict[str, Any]]:
        lines = self.audit.read_text().splitlines() if self.audit.exists() else []
        return [json.loads(line) for line in lines]


@pytest.fixture
def setup(start: Callable[..., Server], tmp_path: Path) -> Iterator[Setup]:
    yield Setup(start, tmp_path)


def test_allows_and_blocks(setup: Setup) -> None:
    chat = Chat(setup.server, setup.key)
    assert chat.say("hello", SSN, LEAK) == ["echo: hello", BLOCKED, "answer stopped"]
    assert chat.model.asked == ["hello", LEAK]
    blocked = [e for e in setup.events() if e["decision"]["action"] == "block"]
    assert {(e["user"], e["tenant"], e["application"]) for e in blocked} == {
        (USER, TENANT, APPLICATION)
    }
    assert [e["activity"] for e in blocked] == ["uploadText", "downloadText"]


def test_a_changed_policy_is_noticed(setup: Setup) -> None:
    """Its ETag is another one: the client forgets its scopes, and asks again."""
    chat = Chat(setup.server, setup.key)
    actions = iter(["audit", "audit", "block", "block", "block"])
    said = chat.say(SSN, SSN, SSN, SSN, SSN, between=lambda: setup.reload(next(actions)))
    assert said[:2] == [BLOCKED, f"echo: {SSN}"]
    assert BLOCKED in said[3:]


def test_what_is_only_audited_is_sent_offline(setup: Setup) -> None:
    setup.reload("audit")
    chat = Chat(setup.server, setup.key)
    assert chat.say("hello", SSN) == ["echo: hello", f"echo: {SSN}"]
    assert (
        sum(bool(e["detections"]) for e in setup.events()) >= 2
    )  # prompt and answer, in the background


def test_where_no_rule_applies_only_activities_are_sent(setup: Setup) -> None:
    setup.policy.write_text(
        POLICY.replace("ACTION", "block") + "    scope: {applications: other}\n"
    )
    setup.server.process.send_signal(1)
    setup.server.wait_for("reload")
    chat = Chat(setup.server, setup.key)
    assert chat.say("hello", SSN) == ["echo: hello", f"echo: {SSN}"]
    assert 'operation="contentActivities",status="201"' in setup.requests()


def test_a_wrong_key_stops_unless_told_to_ignore(setup: Setup) -> None:
    with pytest.raises(purview.PurviewAuthenticationError):
        Chat(setup.server, setup.key[:-1]).say(SSN)
    lenient = Chat(setup.server, setup.key[:-1], ignore_exceptions=True)
    assert lenient.say(SSN) == [f"echo: {SSN}"]


def test_a_tenant_that_is_not_served(start: Callable[..., Server], tmp_path: Path) -> None:
    """402: raised, also by a client that ignores other errors, unless it is told to go on without an answer."""
    other = Setup(start, tmp_path, "--tenants", APPLICATION)
    for ignored in ({}, {"ignore_exceptions": True}):
        with pytest.raises(purview.PurviewPaymentRequiredError):
            Chat(other.server, other.key, **ignored).say(SSN)
    lenient = Chat(other.server, other.key, ignore_payment_required=True)
    assert lenient.say(SSN, SSN) == [f"echo: {SSN}"] * 2


def test_what_cannot_be_checked_does_not_pass(start: Callable[..., Server], tmp_path: Path) -> None:
    """The audit's disk is full and audit is mandatory: 503, which the client raises."""
    full = Setup(start, tmp_path, "--audit", "/dev/full", "--audit-mandatory")
    with pytest.raises(purview.PurviewRequestError, match="503"):
        Chat(full.server, full.key).say("hello")
