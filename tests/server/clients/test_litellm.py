"""LiteLLM's proxy between a client and a model that says what it was told, with our server as its guardrail.

Run by `.ci/environments litellm`, in an environment that has `litellm[proxy]`.
"""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from running import SSN, Server
from typer.testing import CliRunner

from sitclassify.cli.app import app

pytest.importorskip("litellm.proxy.proxy_server")

MAIL = "Write to ada.lovelace@kontor-nord.de please."
MASKED = "Write to <EMAIL_ADDRESS> please."
LONG = "The weather was fine that day and nobody had anything to complain about. " * 12
START_SECONDS = 300
POLICY = """
id: gateway
rules:
  - {id: mail, when: {sits: email-address, min_confidence: 1}, action: redact}
  - {id: ssn, when: {sits: us-social-security-number}, action: block, message: No SSN here.}
"""


class Model(BaseHTTPRequestHandler):
    """Answers as OpenAI does, with the last message; streams it word by word."""

    asked: list[str] = []  # noqa: RUF012 - one per test run

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        text = body["messages"][-1]["content"]
        self.asked.append(text)
        text = text.removeprefix("say: ").replace("(at)", "@").replace("~", "-")
        if not body.get("stream"):
            message = {"role": "assistant", "content": text}
            self._send("application/json", [json.dumps(_completion("message", message, "stop"))])
            return
        chunks = [_completion("delta", {"content": word + " "}, None) for word in text.split(" ")]
        chunks.append(_completion("delta", {}, "stop"))
        lines = [f"data: {json.dumps(chunk)}\n\n" for chunk in chunks]
        self._send("text/event-stream", [*lines, "data: [DONE]\n\n"])

    def _send(self, kind: str, parts: list[str]) -> None:
        data = "".join(parts).encode()
        self.send_response(200)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Nothing."""


def _completion(kind: str, content: Any, finish: str | None) -> dict[str, Any]:
    return {
        "id": "c1", "created": 1, "model": "echo",
        "object": "chat.completion" if kind == "message" else "chat.completion.chunk",
        "choices": [{"index": 0, kind: content, "finish_reason": finish}],
    }  # fmt: skip


def _config(upstream: str, guardrail: dict[str, Any]) -> dict[str, Any]:
    model = {"model": "openai/echo", "api_key": "none", "api_base": upstream}
    return {
        "model_list": [{"model_name": "echo", "litellm_params": model}],
        "guardrails": [
            {
                "guardrail_name": "sitclassify",
                "litellm_params": {
                    "mode": ["pre_call", "post_call"],
                    "default_on": True,
                    **guardrail,
                },
            }
        ],
    }


class Proxy:
    """A running proxy."""

    def __init__(self, folder: Path, guardrail: dict[str, Any]) -> None:
        self._model = ThreadingHTTPServer(("127.0.0.1", 0), Model)
        threading.Thread(target=self._model.serve_forever, daemon=True).start()
        config = folder / "config.yaml"
        upstream = f"http://127.0.0.1:{self._model.server_port}/v1"
        config.write_text(json.dumps(_config(upstream, guardrail)))  # JSON is YAML
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        program = Path(sys.executable).parent / "litellm"
        key = f"sk-{secrets.token_hex(32)}"
        environment = {
            **os.environ,
            "LITELLM_MASTER_KEY": key, "LITELLM_LOCAL_MODEL_COST_MAP": "True", "LITELLM_TELEMETRY": "False",
            "NO_PROXY": "*",
        }  # fmt: skip
        self._log = (folder / "proxy.log").open("w")
        self.process = subprocess.Popen(
            [program, "--config", config, "--port", str(self.port), "--host", "127.0.0.1"],
            stdout=self._log, stderr=self._log, env=environment, cwd=folder,
        )  # fmt: skip
        self.client = httpx.Client(
            base_url=f"http://127.0.0.1:{self.port}",
            timeout=60,
            headers={"authorization": f"Bearer {key}"},
        )
        self._wait(folder / "proxy.log")

    def _wait(self, log: Path) -> None:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and self.process.poll() is None:
            try:
                if self.client.get("/health/liveliness").status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.3)
        self.stop()
        raise AssertionError(f"the proxy does not answer: {log.read_text()[-2000:]}")

    def ask(self, text: str) -> httpx.Response:
        messages = [{"role": "user", "content": text}]
        return self.client.post(
            "/v1/chat/completions", json={"model": "echo", "messages": messages}
        )

    def said(self, text: str) -> str:
        got = self.ask(text)
        assert got.status_code == 200, got.text
        return str(got.json()["choices"][0]["message"]["content"])

    def stream(self, text: str) -> str:
        """All that is streamed, also where it ends in an error."""
        body = {"model": "echo", "stream": True, "messages": [{"role": "user", "content": text}]}
        told = ""
        with self.client.stream("POST", "/v1/chat/completions", json=body) as got:
            for line in got.iter_lines():
                data = line.removeprefix("data: ")
                if not data.startswith("{"):
                    continue
                chunk = json.loads(data)
                if "choices" not in chunk:
                    return told + data
                for choice in chunk["choices"]:
                    told += choice["delta"].get("content") or ""
        return told

    def stop(self) -> None:
        self.client.close()
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._log.close()
        self._model.shutdown()
        self._model.server_close()


@pytest.fixture(scope="module")
def guard(cache_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A server with a key, and how the proxy is told of it."""
    folder = tmp_path_factory.mktemp("guard")
    (folder / "p.yaml").write_text(POLICY)
    keys = folder / "keys"
    key = CliRunner().invoke(app, ["key", "litellm", "--file", str(keys)]).stdout.strip()
    server = Server("--policy", str(folder / "p.yaml"), "--keys", str(keys))
    server.key = key  # type: ignore[attr-defined]
    yield server
    server.stop()


@pytest.fixture(scope="module")
def proxy(guard: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    running = Proxy(
        tmp_path_factory.mktemp("generic"),
        {
            "guardrail": "generic_guardrail_api", "api_base": guard.url, "api_key": guard.key,
            "streaming_transform_mode": "incremental_diff",
        },
    )  # fmt: skip
    yield running
    running.stop()


def test_passes(proxy: Proxy) -> None:
    assert proxy.said("hello") == "hello"


def test_a_prompt_is_blocked_before_the_model(proxy: Proxy) -> None:
    got = proxy.ask(SSN)
    assert got.status_code == 400 and "No SSN here." in got.text
    assert SSN not in Model.asked


def test_a_prompt_is_redacted_for_the_model(proxy: Proxy) -> None:
    proxy.said(MAIL)
    assert Model.asked[-1] == MASKED


def test_an_answer_is_redacted_or_blocked(proxy: Proxy) -> None:
    assert proxy.said("say: " + MAIL.replace("@", "(at)")) == MASKED
    got = proxy.ask("say: " + SSN.replace("-", "~"))
    assert got.status_code == 400 and "No SSN here." in got.text


@pytest.mark.parametrize("before", ["", LONG])
def test_a_streamed_answer_is_redacted(proxy: Proxy, before: str) -> None:
    asked = f"say: {before}{MAIL.replace('@', '(at)')} {before}"
    told = proxy.stream(asked)
    assert " ".join(told.split()) == " ".join(f"{before}{MASKED} {before}".split())


def test_a_streamed_answer_is_cut_off_before_a_value(proxy: Proxy) -> None:
    told = proxy.stream(f"say: {LONG}{SSN.replace('-', '~')}")
    assert "536-90-4399" not in told and "No SSN here." in told


def test_a_guardrail_that_is_gone_stops_the_request(
    proxy: Proxy, guard: Any, tmp_path: Path
) -> None:
    """LiteLLM's own default: fail closed."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        nobody = f"http://127.0.0.1:{free.getsockname()[1]}"
    gone = Proxy(
        tmp_path, {"guardrail": "generic_guardrail_api", "api_base": nobody, "api_key": guard.key}
    )
    try:
        assert gone.ask("hello").status_code >= 500
    finally:
        gone.stop()


IN_PROCESS = """
import functools, pathlib
import sitclassify
from sitclassify import policy
from sitclassify.hooks import Guard
from sitclassify.hooks.litellm import SitclassifyGuardrail

policies = policy.load(str(pathlib.Path(__file__).parent / "p.yaml"))
scanner = sitclassify.load(sits=("us-social-security-number", "email-address"), classifiers=(), policies=policies)
if {is_broken}:
    class Broken:
        def scan(self, text, **_):
            raise RuntimeError(text)
guard = Guard(policies, scanner=scanner, fail_open={fail_open})
if {is_broken}:
    guard.scanner = Broken()
guardrail = functools.partial(SitclassifyGuardrail, guard)
"""


def in_process(
    folder: Path, is_broken: bool = False, fail_open: bool = False, policy: str = POLICY
) -> Proxy:
    """The hook inside the proxy, without a server."""
    (folder / "p.yaml").write_text(policy)
    told = IN_PROCESS.format(is_broken=is_broken, fail_open=fail_open)
    (folder / "my_guard.py").write_text(told)
    return Proxy(folder, {"guardrail": "my_guard.guardrail"})


def test_in_process(cache_folder: Path, tmp_path: Path) -> None:
    proxy = in_process(tmp_path)
    try:
        for check in (
            test_passes,
            test_a_prompt_is_blocked_before_the_model,
            test_a_prompt_is_redacted_for_the_model,
            test_an_answer_is_redacted_or_blocked,
            test_a_streamed_answer_is_cut_off_before_a_value,
        ):
            check(proxy)
        for before in ("", LONG):
            test_a_streamed_answer_is_redacted(proxy, before)
    finally:
        proxy.stop()
    log = (tmp_path / "proxy.log").read_text()
    assert "536-90-4399" not in log and "ada.lovelace" not in log


def test_placeholders_have_their_values_again(cache_folder: Path, tmp_path: Path) -> None:
    numbered = POLICY.replace("action: redact", "action: redact, method: placeholder")
    proxy = in_process(tmp_path, policy=numbered)
    added = " or to eve(at)kontor-west.de"
    shown = " or to <EMAIL_ADDRESS_2>"
    try:
        assert proxy.said(MAIL + added) == MAIL + shown
        assert (
            Model.asked[-1]
            == MAIL.replace("ada.lovelace@kontor-nord.de", "<EMAIL_ADDRESS_1>") + added
        )
        for before in ("", LONG):
            assert proxy.stream(before + MAIL + added).rstrip() == before + MAIL + shown
            assert "ada.lovelace" not in Model.asked[-1]
    finally:
        proxy.stop()


def test_a_subclass_is_asked_too() -> None:
    """LiteLLM lets everything pass where a class does not have the method itself."""
    from sitclassify.hooks.litellm import SitclassifyGuardrail

    class Own(SitclassifyGuardrail):
        """One of an application's own."""

    assert "apply_guardrail" in vars(Own)


@pytest.mark.parametrize("fail_open", [False, True])
def test_in_process_with_a_broken_engine(
    cache_folder: Path, tmp_path: Path, fail_open: bool
) -> None:
    proxy = in_process(tmp_path, True, fail_open)
    try:
        got = proxy.ask(SSN)
        assert got.status_code == (200 if fail_open else 503)
        assert fail_open or ("not checked" in got.text and "536-90-4399" not in got.text)
        assert (SSN in Model.asked) == fail_open
    finally:
        proxy.stop()
    assert fail_open or "536-90-4399" not in (tmp_path / "proxy.log").read_text()


@pytest.fixture(scope="module")
def presidio(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    """Our server as the analyzer and anonymizer of LiteLLM's Presidio guardrail, which sends no key."""
    running = Proxy(
        tmp_path_factory.mktemp("presidio"),
        {
            "guardrail": "presidio", "mode": "pre_call",
            "presidio_analyzer_api_base": server.url, "presidio_anonymizer_api_base": server.url,
            "pii_entities_config": {"US_SSN": "BLOCK", "EMAIL_ADDRESS": "MASK"},
        },
    )  # fmt: skip
    yield running
    running.stop()


def test_as_presidio(presidio: Proxy) -> None:
    assert presidio.said("hello") == "hello"
    assert presidio.ask(SSN).status_code == 400
    presidio.said(MAIL)
    assert Model.asked[-1] == MASKED


def test_as_presidio_for_answers(server: Server, tmp_path: Path) -> None:
    """Whole or streamed: LiteLLM holds a stream back until its end, and masks it then."""
    running = Proxy(
        tmp_path,
        {
            "guardrail": "presidio", "mode": "post_call", "apply_to_output": True,
            "presidio_analyzer_api_base": server.url, "presidio_anonymizer_api_base": server.url,
            "pii_entities_config": {"EMAIL_ADDRESS": "MASK"},
        },
    )  # fmt: skip
    try:
        asked = "say: " + MAIL.replace("@", "(at)")
        assert running.said(asked) == MASKED
        assert running.stream(asked).strip() == MASKED
    finally:
        running.stop()
