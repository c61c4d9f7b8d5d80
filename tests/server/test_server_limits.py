"""Who may ask and how much; what a slow, large or late request is told; reloads."""

from __future__ import annotations

import signal
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import httpx
import pytest
from running import SSN, Server
from toys import a_sit, write
from typer.testing import CliRunner

from sitclassify.cli.app import app

T = TypeVar("T")
MEGABYTE = 1_000_000
TWO_HEADS = b"POST /v1/scan HTTP/1.1\r\nhost: a\r\n"


def ended_within(connection: socket.socket, seconds: float) -> bytes:
    """What is received until the server closes; a timeout error where it does not."""
    connection.settimeout(seconds)
    received = b""
    while data := connection.recv(65536):
        received += data
    return received


def wait_until(ask: Callable[[], T | None]) -> T:
    """The first answer that is one."""
    for _ in range(200):
        if (answer := ask()) is not None:
            return answer
        time.sleep(0.02)
    raise AssertionError("it did not happen")


def test_keys(start: Callable[..., Server], tmp_path: Path) -> None:
    file = tmp_path / "keys"
    plain, admin = (
        CliRunner().invoke(app, ["key", *options, "--file", str(file)]).stdout.strip()
        for options in (["app"], ["operator", "--admin"])
    )
    assert plain not in file.read_text() and file.stat().st_mode & 0o077 == 0
    server = start("--keys", str(file))

    def status(path: str, headers: dict[str, str]) -> int:
        return server.post(path, {"text": SSN}, headers=headers).status_code

    assert status("/v1/scan", {}) == 401
    assert status("/v1/scan", {"authorization": f"Bearer {plain}x"}) == 401
    assert status("/v1/scan", {"authorization": f"Bearer {plain}"}) == 200
    assert status("/v1/scan", {"x-api-key": plain}) == 200
    assert status("/v1/reload", {"x-api-key": plain}) == 403
    assert status("/v1/reload", {"x-api-key": admin}) == 200
    assert server.client.get("/metrics").status_code == 401
    assert server.client.get("/health").status_code == 200


def test_off_loopback_keys_are_needed() -> None:
    done = CliRunner().invoke(app, ["serve", "--host", "0.0.0.0"])
    assert done.exit_code == 2 and "sitclassify key" in done.stderr


def test_large_slow_and_unfinished_requests(start: Callable[..., Server]) -> None:
    server = start(
        "--max-body", "1", "--header-seconds", "0.5", "--body-seconds", "1", "--log-requests"
    )
    large = b"x" * (2 * MEGABYTE)
    assert server.client.post("/v1/scan", content=large).status_code == 413
    chunked = (large[i : i + 65536] for i in range(0, len(large), 65536))
    assert server.client.post("/v1/scan", content=chunked).status_code == 413
    with socket.create_connection(("127.0.0.1", server.port)) as slow_head:
        slow_head.sendall(TWO_HEADS)
        assert ended_within(slow_head, 5) == b""
    with socket.create_connection(("127.0.0.1", server.port)) as slow_body:
        slow_body.sendall(TWO_HEADS + b"content-length: 9\r\n\r\n{")
        assert ended_within(slow_body, 10).startswith(b"HTTP/1.1 408 ")
    with socket.create_connection(("127.0.0.1", server.port)) as gone:
        gone.sendall(TWO_HEADS + b"content-length: 9\r\n\r\n{")
    assert server.post("/v1/scan", {"text": SSN}).status_code == 200
    assert "536-90" not in str(server.lines)


def test_what_is_late_is_stopped_or_passes_as_chosen(start: Callable[..., Server]) -> None:
    text = "my SSN is 536-90-4399, " * 40_000
    closed = start("--answer-seconds", "0.001").post("/v1/scan", {"text": text})
    assert (closed.status_code, closed.json()["reason"]) == (503, "timeout")
    assert closed.headers["retry-after"] == "1"
    passed = start("--answer-seconds", "0.001", "--fail-open", "native").post(
        "/v1/scan", {"text": text}
    )
    assert (passed.status_code, passed.json()["checked"]) == (200, False)
    assert passed.headers["x-sitclassify-unchecked"] == "timeout"


def test_a_reload_drops_no_request(start: Callable[..., Server]) -> None:
    """By signal, in two workers, while requests go on over kept connections."""
    server = start("--workers", "2")
    statuses: list[int] = []
    is_over = threading.Event()

    def ask() -> None:
        with httpx.Client(base_url=server.url, timeout=30) as client:
            while not is_over.is_set():
                statuses.append(client.post("/v1/scan", json={"text": SSN}).status_code)

    asking = [threading.Thread(target=ask) for _ in range(4)]
    for thread in asking:
        thread.start()
    server.process.send_signal(signal.SIGHUP)
    for _ in range(2):
        server.wait_for("reload")
    time.sleep(0.1)
    is_over.set()
    for thread in asking:
        thread.join()
    assert set(statuses) == {200} and len(statuses) > 10
    assert server.stop() == 0


def test_a_reload_of_one_worker_reaches_all_of_them(
    start: Callable[..., Server], tmp_path: Path
) -> None:
    """Of the catalogue too: a SIT that is written while the server runs; a broken one changes nothing."""
    badge = a_sit("badge", r"\bB[0-9]{4}\b", ("badge",))
    folder = write(tmp_path / "sits", a_sit("card", r"\bC[0-9]{4}\b", ("card",)))
    options = ["--catalogue", str(folder), "--classifiers", "none", "--workers", "2"]
    server = start(*options, sits=None)

    def seen() -> set[tuple[str, ...]]:
        """By new connections, so that both workers are asked."""
        answers = [
            httpx.post(f"{server.url}/v1/scan", json={"text": "card C1001, badge B1001"}).json()
            for _ in range(30)
        ]
        return {tuple(d["sit"] for d in answer["detections"]) for answer in answers}

    assert seen() == {("card",)}
    write(folder, badge)
    assert server.post("/v1/reload", {}).status_code == 200
    for _ in range(3):  # the asked worker once for itself, then each of the two
        server.wait_for("reload")
    assert seen() == {("card", "badge")}
    write(folder, badge | {"tiers": []})
    assert server.post("/v1/reload", {}).status_code == 422
    assert seen() == {("card", "badge")}


@pytest.mark.parametrize(("options", "status"), [((), 503), (("--fail-open", "native"), 200)])
def test_more_at_a_time_than_allowed(
    start: Callable[..., Server], options: tuple[str, ...], status: int
) -> None:
    """The next request is told to come back; when there is room again, it is answered."""
    server = start("--max-requests", "1", *options)
    with socket.create_connection(("127.0.0.1", server.port)) as slow:
        slow.sendall(TWO_HEADS + b"content-length: 9\r\n\r\n{")
        wait_until(lambda: "in_progress 2.0" in server.client.get("/metrics").text or None)
        busy = server.post("/v1/evaluate", {"text": SSN})
        assert (busy.status_code, busy.json()["reason"]) == (status, "overload")
    assert wait_until(lambda: server.post("/v1/evaluate", {"text": SSN}).json().get("results"))


def test_what_is_in_progress_is_answered_when_the_server_is_told_to_stop(
    start: Callable[..., Server],
) -> None:
    server = start("--answer-seconds", "60")
    told: list[int] = []

    def ask() -> None:
        content = {"text": SSN * 20_000}
        told.append(httpx.post(f"{server.url}/v1/scan", json=content, timeout=60).status_code)

    asking = threading.Thread(target=ask)
    asking.start()
    wait_until(lambda: "in_progress 2.0" in server.client.get("/metrics").text or None)
    assert server.stop() in (0, -signal.SIGTERM)
    asking.join()
    assert told == [200]


def test_figures_of_all_workers_are_added_up(start: Callable[..., Server]) -> None:
    server = start("--workers", "2")
    for _ in range(20):
        httpx.post(f"{server.url}/v1/evaluate", json={"text": SSN})
    assert 'decisions_total{action="block"} 20.0' in server.client.get("/metrics").text
