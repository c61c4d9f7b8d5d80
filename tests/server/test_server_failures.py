"""What the server does when it is killed, flooded with bodies, or with connections."""

from __future__ import annotations

import asyncio
import json
import resource
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from running import SSN, Server

CONNECTIONS = 10_000
MEGABYTE = 1_000_000
REQUEST = b"POST /v1/evaluate HTTP/1.1\r\nhost: a\r\ncontent-length: %d\r\n\r\n%s"


def request(text: str) -> bytes:
    body = json.dumps({"text": text}).encode()
    return REQUEST % (len(body), body)


def peak(server: Server) -> int:
    """The most memory that the server ever held, in bytes."""
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024


@pytest.mark.slow
def test_killed_in_the_middle_of_a_request(start: Callable[..., Server], tmp_path: Path) -> None:
    """The client gets no verdict, and never half of one; every audit event is a whole line, also afterwards."""
    path = tmp_path / "audit.jsonl"
    server = start("--audit", str(path), "--answer-seconds", "60")
    for _ in range(20):
        server.post("/v1/evaluate", {"text": SSN})
    told: list[object] = []

    def ask() -> None:
        try:
            told.append(
                httpx.post(f"{server.url}/v1/evaluate", json={"text": SSN * 20_000}, timeout=60)
            )
        except httpx.TransportError as error:
            told.append(error)

    asking = threading.Thread(target=ask)
    asking.start()
    while "sitclassify_requests_in_progress 2.0" not in server.client.get("/metrics").text:
        assert asking.is_alive()
    server.process.send_signal(signal.SIGKILL)
    asking.join()
    assert isinstance(told[0], httpx.TransportError)
    again = start("--audit", str(path))
    assert again.post("/v1/evaluate", {"text": SSN}).json()["action"] == "block"
    again.stop()
    lines = path.read_text().splitlines()
    assert all(json.loads(line)["decision"]["action"] == "block" for line in lines)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads memory from /proc")
def test_bodies_of_100_megabytes(start: Callable[..., Server]) -> None:
    """Refused at once where they say how long they are, cut off otherwise; nothing of them is kept."""
    server = start()
    before = peak(server)
    body = b"x" * (100 * MEGABYTE)

    def chunks() -> Iterator[bytes]:
        for begin in range(0, len(body), 65536):
            yield body[begin : begin + 65536]

    def ask(kind: str) -> int | None:
        content = body if kind == "told" else chunks()
        try:
            return httpx.post(f"{server.url}/v1/scan", content=content, timeout=60).status_code
        except httpx.TransportError:
            return None  # closed while it was still sending

    answers: list[int | None] = []
    asking = [
        threading.Thread(target=lambda kind=kind: answers.append(ask(kind)))
        for kind in ("told", "chunked") * 3
    ]
    for thread in asking:
        thread.start()
    for _ in range(20):
        assert server.post("/v1/evaluate", {"text": SSN}).json()["action"] == "block"
    for thread in asking:
        thread.join()
    assert len(answers) == 6 and set(answers) <= {413, None} and 413 in answers
    assert peak(server) - before < 6 * 20 * MEGABYTE


@pytest.mark.slow
def test_ten_thousand_connections(start: Callable[..., Server]) -> None:
    """All of them are answered while all are open; one more than allowed is closed."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS + 500
    if hard != resource.RLIM_INFINITY and hard < wanted:
        pytest.skip(f"{wanted} open files are needed, {hard} allowed")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
    server = start("--max-connections", str(CONNECTIONS), "--header-seconds", "120")

    async def flood() -> tuple[list[bytes], bytes]:
        gate = asyncio.Semaphore(200)

        async def connect() -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
            async with gate:
                return await asyncio.open_connection("127.0.0.1", server.port)

        opened = await asyncio.gather(*(connect() for _ in range(CONNECTIONS)))
        reader, writer = await connect()
        try:
            beyond = await asyncio.wait_for(reader.read(), 30)
        except ConnectionResetError:
            beyond = b""
        writer.close()

        async def ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
            async with gate:
                writer.write(request(SSN))
                return await asyncio.wait_for(reader.readline(), 60)

        statuses = await asyncio.gather(*(ask(*connection) for connection in opened))
        for _, writer in opened:
            writer.close()
        return statuses, beyond

    try:
        statuses, beyond = asyncio.run(flood())
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert set(statuses) == {b"HTTP/1.1 200 OK\r\n"} and len(statuses) == CONNECTIONS
    assert beyond == b""
