"""The ASGI middleware around a Starlette application, as FastAPI's are that talks with a model."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from hooked import ADDRESS, MAIL, MASKED, NUMBER, SSN, TOLD

from sitclassify.hooks import Guard
from sitclassify.hooks.asgi import GuardMiddleware

pytest.importorskip("starlette")


def application(guard: Guard, **options: Any) -> Any:
    """Answers with what it was asked, or with a value of its own; remembers what it saw."""
    from starlette.applications import Starlette
    from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
    from starlette.routing import Route

    seen: list[str] = []

    async def chat(request: Any) -> Any:
        asked = (await request.json())["message"]
        seen.append(asked)
        return JSONResponse({"answer": asked.replace("(at)", "@").replace("~", "-")})

    async def stream(request: Any) -> Any:
        text = (await request.body()).decode().replace("(at)", "@").replace("~", "-")

        async def events() -> AsyncIterator[str]:
            for i in range(0, len(text), 5):
                yield f"data: {json.dumps({'token': text[i : i + 5]})}\n\n"

        return StreamingResponse(events(), media_type="text/event-stream")

    async def text(_: Any) -> Any:
        return PlainTextResponse(MAIL)

    async def packed(_: Any) -> Any:
        data = gzip.compress(json.dumps({"answer": SSN}).encode())
        return Response(data, headers={"content-encoding": "gzip"}, media_type="application/json")

    async def image(_: Any) -> Any:
        return Response(b"\x89PNG", media_type="image/png")

    made = (chat, stream, text, packed, image)
    routes = [Route(f"/{each.__name__}", each, methods=["GET", "POST"]) for each in made]
    wrapped = GuardMiddleware(Starlette(routes=routes), guard=guard, **options)
    wrapped.seen = seen  # type: ignore[attr-defined]
    return wrapped


def ask(app: Any, path: str, **options: Any) -> httpx.Response:
    async def run() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://app") as client:
            return await client.request("POST" if options else "GET", path, **options)

    return asyncio.run(run())


def test_requests(guard: Guard) -> None:
    app = application(guard)
    assert ask(app, "/chat", json={"message": "hello"}).json() == {"answer": "hello"}
    ask(app, "/chat", json={"message": MAIL})
    assert app.seen == ["hello", MASKED]
    got = ask(app, "/chat", json={"message": SSN})
    assert got.status_code == 400 and got.json()["error"]["message"] == TOLD
    assert len(app.seen) == 2


def test_answers(guard: Guard) -> None:
    app = application(guard)
    got = ask(app, "/chat", json={"message": MAIL.replace("@", "(at)")})
    assert got.json() == {"answer": MASKED}
    got = ask(app, "/chat", json={"message": SSN.replace("-", "~")})
    assert got.status_code == 400 and TOLD in got.text
    assert ask(app, "/text").text == MASKED


def test_streams(guard: Guard) -> None:
    app = application(guard)
    got = ask(
        app,
        "/stream",
        content=f"{MAIL} bye".replace("@", "(at)"),
        headers={"content-type": "text/plain"},
    )
    told = [json.loads(line[6:])["token"] for line in got.text.split("\n\n") if line]
    assert "".join(told) == f"{MASKED} bye" and ADDRESS not in got.text
    got = ask(app, "/stream", content=SSN.replace("-", "~"), headers={"content-type": "text/plain"})
    assert TOLD in got.text and NUMBER not in got.text


@pytest.mark.parametrize("path", ["/packed", "/image"])
def test_what_cannot_be_read(guard: Guard, path: str) -> None:
    got = ask(application(guard), path)
    assert got.status_code == 503 and got.json()["error"]["code"] == "not_checked"
    passes = Guard(guard.policies, scanner=guard.scanner, fail_open=True)
    assert ask(application(passes), path).status_code == 200
    assert ask(application(guard, paths=("/chat",)), path).status_code == 200


def test_a_file_and_a_large_body(guard: Guard) -> None:
    app = application(guard, max_body=1_000)
    assert ask(app, "/chat", files={"file": b"x"}).status_code == 503
    assert ask(app, "/chat", json={"message": "x" * 2_000}).status_code == 503
    assert app.seen == []


def test_a_broken_engine(broken: Guard) -> None:
    app = application(broken)
    got = ask(app, "/chat", json={"message": SSN})
    assert got.status_code == (200 if broken.fail_open else 503)
    assert app.seen == ([SSN] if broken.fail_open else [])
    assert broken.fail_open or NUMBER not in got.text


def test_web_sockets_are_not_checked(guard: Guard) -> None:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(application(guard)({"type": "websocket", "path": "/"}, None, send))
    assert sent == [{"type": "websocket.close", "code": 1008}]
