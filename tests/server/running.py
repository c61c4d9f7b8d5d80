"""Servers as their users start them: a process of its own, asked over real connections."""

from __future__ import annotations

import json
import queue
import signal
import subprocess
import sys
import threading
from typing import Any

import httpx

SITS = "us-social-security-number,credit-card-number,email-address"
SSN = "My SSN is 536-90-4399."
START_SECONDS = 60


class Server:
    """A running `sitclassify serve`, its log and a client for it."""

    def __init__(self, *arguments: str, sits: str | None = SITS) -> None:
        command = [sys.executable, "-m", "sitclassify", "serve", "--port", "0", *arguments]
        if sits:
            command += ["--sits", sits, "--classifiers", "none"]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        self.lines: list[dict[str, Any]] = []
        self._new: queue.Queue[dict[str, Any] | None] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()
        self.port = self.wait_for("listen")["port"]
        for _ in range(_workers(arguments)):
            self.wait_for("start")
        self.url = f"http://127.0.0.1:{self.port}"
        self.client = httpx.Client(base_url=self.url, timeout=30)

    def _listen(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self._new.put(json.loads(line) if line.startswith("{") else {"event": line})
        self._new.put(None)

    def wait_for(self, event: str) -> dict[str, Any]:
        """The next log line of this kind."""
        while True:
            line = self._new.get(timeout=START_SECONDS)
            assert line is not None, f"the server ended: {self.lines}"
            self.lines.append(line)
            if line["event"] == event:
                return line

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Its exit status."""
        self.client.close()
        if self.process.poll() is None:
            self.process.send_signal(how)
        status = self.process.wait(START_SECONDS)
        assert self.process.stderr is not None
        self.process.stderr.close()
        return status

    def post(self, path: str, content: Any, **options: Any) -> httpx.Response:
        """`content` as JSON."""
        return self.client.post(path, json=content, **options)


def _workers(arguments: tuple[str, ...]) -> int:
    return int(arguments[arguments.index("--workers") + 1]) if "--workers" in arguments else 1
