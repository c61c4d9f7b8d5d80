"""What the README shows of the adapters runs as it stands there, in at most ten lines each."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hooked import MAIL, SSN

import sitclassify
from sitclassify.scanner import Scanner

README = Path(__file__).parents[3] / "README.md"
BLOCKED = "This text was blocked"


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch, scanner: Scanner) -> Callable[..., dict[str, Any]]:
    """Runs the block that has a line; its guards look for two types alone."""
    monkeypatch.setattr(sitclassify, "load", lambda **_: scanner)

    def run(adapter: str, **names: Any) -> dict[str, Any]:
        blocks = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
        [code] = [block for block in blocks if f"from sitclassify.hooks.{adapter} " in block]
        assert len(code.splitlines()) <= 10
        exec(compile(code, "README.md", "exec"), names)
        return names

    return run


def test_clients(shown: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    openai, httpx2 = pytest.importorskip("openai"), pytest.importorskip("httpx2")
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    client = shown("httpx")["client"]
    assert isinstance(client._client, httpx2.Client)
    with pytest.raises(openai.BadRequestError, match=BLOCKED):  # before anything is sent
        client.responses.create(model="m", input=SSN)


def test_asgi(shown: Any) -> None:
    pytest.importorskip("fastapi")
    httpx = pytest.importorskip("httpx")
    app = shown("asgi")["app"]

    async def ask(path: str) -> Any:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://app") as client:
            return await client.post(path, json={"text": SSN})

    assert BLOCKED in asyncio.run(ask("/chat")).text
    assert asyncio.run(ask("/other")).status_code == 404


def test_langchain(shown: Any) -> None:
    pytest.importorskip("langchain")
    from langchain_core.language_models import FakeListChatModel

    agent = shown("langchain", model=FakeListChatModel(responses=["hi"]))["agent"]
    asked = {"messages": [{"role": "user", "content": "hello"}]}
    assert agent.invoke(asked)["messages"][-1].content == "hi"
    asked["messages"][0]["content"] = SSN
    with pytest.raises(Exception, match=BLOCKED):
        agent.invoke(asked)


def test_agents(shown: Any) -> None:
    agents = pytest.importorskip("agents")
    names = shown("agents")
    with pytest.raises(agents.InputGuardrailTripwireTriggered):
        agents.Runner.run_sync(names["agent"], SSN, run_config=names["config"])


def test_otel(shown: Any) -> None:
    pytest.importorskip("opentelemetry.sdk")
    provider = shown("otel")["provider"]
    with provider.get_tracer("t").start_as_current_span(MAIL):
        pass
    provider.shutdown()


def test_mcp(shown: Any) -> None:
    pytest.importorskip("mcp")
    server = shown("mcp")["server"]
    assert [tool.name for tool in asyncio.run(server.list_tools())] == ["scan", "redact"]


def test_litellm(shown: Any) -> None:
    """The proxy with it runs in `tests/server/clients/test_litellm.py`."""
    pytest.importorskip("litellm.proxy.proxy_server")
    guardrail = shown("litellm")["guardrail"](guardrail_name="g")
    assert "apply_guardrail" in type(guardrail).__dict__
