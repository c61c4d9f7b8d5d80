"""The tools over MCP, asked by its own client in process."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from hooked import ADDRESS, MAIL, MASKED, NUMBER, SSN

from sitclassify.hooks import Guard

pytest.importorskip("mcp")
from mcp import Client

from sitclassify.hooks.mcp import serve


def ask(guard: Guard, tool: str, text: str) -> Any:
    async def run() -> Any:
        async with Client(serve(guard)) as client:
            return await client.call_tool(tool, {"text": text})

    return asyncio.run(run())


def test_tools(guard: Guard) -> None:
    async def run() -> list[str]:
        async with Client(serve(guard)) as client:
            return [tool.name for tool in (await client.list_tools()).tools]

    assert asyncio.run(run()) == ["scan", "redact"]


def test_scan_tells_no_value(guard: Guard) -> None:
    got = ask(guard, "scan", SSN)
    [found] = got.structured_content["result"]
    assert (found["sit"], found["start"], found["end"]) == ("us-social-security-number", 10, 21)
    assert NUMBER not in json.dumps(got.model_dump(mode="json"))


def test_redact(guard: Guard) -> None:
    assert ask(guard, "redact", MAIL).content[0].text == MASKED


def test_a_broken_engine_is_never_an_answer(broken: Guard) -> None:
    got = ask(broken, "redact", MAIL)
    told = json.dumps(got.model_dump(mode="json"))
    assert got.is_error and "RuntimeError" in told and ADDRESS not in told
