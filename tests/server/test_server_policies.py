"""What the server decides, redacts and writes to its audit."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from running import SITS, SSN, Server
from typer.testing import CliRunner

import sitclassify
from sitclassify import policy
from sitclassify.audit import DigestKey
from sitclassify.cli.app import app
from sitclassify.redaction import Vault

CARD = "my card number is 5105 1051 0510 5100, thanks"
EMAILS = """
id: no-emails
rules:
  - {id: redact, when: {sits: email-address, min_confidence: 1}, action: redact, method: METHOD}
  - {id: log-ssn, when: {sits: us-social-security-number}, action: audit}
"""
MAIL = "Write to ada.lovelace@kontor-nord.de please; my SSN is 536-90-4399."


def events(path: Path, count: int) -> list[dict[str, Any]]:
    """The events of the file, once there are as many."""
    for _ in range(100):
        lines = path.read_text().splitlines() if path.exists() else []
        if len(lines) >= count:
            return [json.loads(line) for line in lines]
        time.sleep(0.05)
    raise AssertionError(f"{len(lines)} events of {count}")


@pytest.fixture
def emails(tmp_path: Path) -> Callable[[str], str]:
    """Writes the policy with a method and gives its path."""

    def write(method: str = "label") -> str:
        path = tmp_path / "emails.yaml"
        path.write_text(EMAILS.replace("METHOD", method))
        return str(path)

    return write


@pytest.mark.parametrize("text", [SSN, CARD, "Nothing here.", "x " * 20_000 + SSN])
def test_decides_as_the_library_does(server: Server, text: str) -> None:
    """The packaged `default` policy, without being asked for."""
    policies = policy.load("default")
    scanner = sitclassify.load(sits=SITS.split(","), classifiers=(), policies=policies)
    got = server.post("/v1/evaluate", {"text": text}).json()
    decision = policies.evaluate(scanner.scan(text))
    assert got["results"][0]["decision"] == json.loads(json.dumps(decision.to_dict()))
    assert got["action"] == decision.action
    assert "536-90-4399" not in json.dumps(got)


def test_a_chat_is_decided_by_message(server: Server) -> None:
    messages = [
        {"role": "user", "content": "hello"},
        {"role": "assistant", "content": "What is your SSN?"},
        {"role": "user", "content": "536-90-4399"},
    ]
    got = server.post("/v1/evaluate", {"messages": messages}).json()
    assert got["action"] == "block"
    assert [r["decision"]["action"] for r in got["results"]] == ["allow", "allow", "block"]


def test_redacts_what_the_rule_names_and_nothing_else(
    start: Callable[..., Server], emails: Callable[[str], str]
) -> None:
    server = start("--policy", emails("label"))
    got = server.post("/v1/evaluate", {"text": MAIL}).json()
    assert got["action"] == "redact"
    assert got["results"][0]["text"] == MAIL.replace(
        "ada.lovelace@kontor-nord.de", "<EMAIL_ADDRESS>"
    )
    blocked = server.post("/v1/evaluate", {"text": MAIL, "sender": {"can_redact": False}}).json()
    assert blocked["action"] == "block" and "text" not in blocked["results"][0]


def test_placeholders_are_the_same_in_all_messages_and_can_be_undone(
    start: Callable[..., Server], emails: Callable[[str], str]
) -> None:
    server = start("--policy", emails("placeholder"))
    texts = [MAIL, "no, to bob@kontor-nord.de", "or ada.lovelace@kontor-nord.de"]
    messages = [{"role": "user", "content": text} for text in texts]
    got = server.post("/v1/evaluate", {"messages": messages}).json()
    hidden = [result["text"] for result in got["results"]]
    assert hidden[1:] == ["no, to <EMAIL_ADDRESS_2>", "or <EMAIL_ADDRESS_1>"]
    assert [Vault(got["vault"]).restore(text) for text in hidden] == texts
    assert "vault" not in server.post("/v1/evaluate", {"text": SSN}).json()


def test_a_policy_that_hashes_needs_a_key(
    start: Callable[..., Server], emails: Callable[[str], str], tmp_path: Path
) -> None:
    path = emails("hash")
    refused = CliRunner().invoke(app, ["serve", "--port", "0", "--sits", SITS, "--policy", path])
    assert refused.exit_code == 2 and "--redaction-key" in refused.stderr
    key = tmp_path / "key"
    key.write_text("00" * 32)
    server = start("--policy", path, "--redaction-key", str(key))
    text = server.post("/v1/evaluate", {"text": MAIL}).json()["results"][0]["text"]
    assert "<EMAIL_ADDRESS:" in text and "lovelace" not in text


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ({}, "My SSN is <US_SOCIAL_SECURITY_NUMBER>."),
        ({"method": "mask", "keep_last": 4}, "My SSN is ***-**-4399."),
        ({"method": "remove"}, "My SSN is ."),
    ],
)
def test_redact(server: Server, asked: dict[str, Any], text: str) -> None:
    got = server.post("/v1/redact", {"text": SSN, **asked}).json()
    assert got["text"] == text and got["remaining"] == []
    (one,) = got["replacements"]
    assert (one["start"], one["end"], one["new_start"]) == (10, 21, 10)
    assert text[one["new_end"] :] == "."


def test_redact_with_placeholders_tells_how_to_undo_them(server: Server) -> None:
    got = server.post("/v1/redact", {"text": SSN, "method": "placeholder"}).json()
    (name,) = got["vault"]
    assert got["text"].replace(f"<{name}>", got["vault"][name]) == SSN


def test_redact_by_a_key_that_is_not_there(server: Server) -> None:
    got = server.post("/v1/redact", {"text": SSN, "method": "hash"})
    assert got.status_code == 422 and "--redaction-key" in got.json()["detail"]


def test_every_examined_text_is_audited(start: Callable[..., Server], tmp_path: Path) -> None:
    """By two workers into one file; without values, and with who sent it."""
    path = tmp_path / "audit.jsonl"
    server = start("--audit", str(path), "--workers", "2")
    sender = {"application": "chat", "user": "ada", "thread": "t1", "model": "m1"}
    for number in range(10):
        server.post("/v1/evaluate", {"text": SSN, "id": f"p{number}", "sender": sender})
    written = events(path, 10)
    assert sorted(e["message"] for e in written) == [f"p{n}" for n in range(10)]
    for event in written:
        assert event["decision"]["action"] == "block"
        assert (event["application"], event["user"], event["thread"]) == ("chat", "ada", "t1")
        assert event["parts"][0]["text"] == "My SSN is <US_SOCIAL_SECURITY_NUMBER>."
    assert "536-90-4399" not in path.read_text()
    assert server.stop() == 0


def test_what_the_audit_keeps_is_chosen_per_application(
    start: Callable[..., Server], tmp_path: Path
) -> None:
    """And the same value has the same keyed digest in every event; only the key's id is written."""
    path, key = tmp_path / "audit.jsonl", tmp_path / "key"
    key.write_text("2026-11 " + "ab" * 32)
    collect = "metadata,chat=redacted,tests=none"
    server = start("--audit", str(path), "--audit-collect", collect, "--audit-key", str(key))
    messages = [{"role": "user", "content": "hello"}, {"role": "user", "content": f"Again: {SSN}"}]
    for application in ("tests", "chat", "mail"):
        sender = {"application": application}
        server.post("/v1/evaluate", {"text": SSN, "sender": sender})
    server.post("/v1/evaluate", {"messages": messages, "sender": sender})
    written = events(path, 4)
    assert [e["application"] for e in written] == ["chat", "mail", "mail", "mail"]
    assert [e["parts"][0]["pointer"] for e in written] == ["", "", "/messages/0", "/messages/1"]
    assert [e["collected"] for e in written] == ["redacted", "metadata", "metadata", "metadata"]
    assert written[0]["parts"][0]["text"] == "My SSN is <US_SOCIAL_SECURITY_NUMBER>."
    assert {e["key_id"] for e in written} == {"2026-11"}
    digest = DigestKey("", bytes.fromhex("ab" * 32)).digest("536904399")
    assert [d["digest"] for e in written for d in e["detections"]] == [digest] * 3


def test_the_audit_as_ocsf(start: Callable[..., Server], tmp_path: Path) -> None:
    path = tmp_path / "audit.jsonl"
    start("--audit", str(path), "--audit-form", "ocsf").post("/v1/evaluate", {"text": SSN})
    (event,) = events(path, 1)
    assert (event["class_uid"], event["action_id"]) == (6003, 2)


def test_what_waits_for_the_audit_is_written_when_the_server_stops(
    start: Callable[..., Server], tmp_path: Path
) -> None:
    path = tmp_path / "audit.jsonl"
    server = start("--audit", str(path))
    for _ in range(200):
        server.post("/v1/evaluate", {"text": SSN})
    server.stop()
    assert len(path.read_text().splitlines()) == 200


def test_a_full_disk_stops_only_where_audit_is_mandatory(start: Callable[..., Server]) -> None:
    full = "/dev/full"
    lenient = start("--audit", full)
    assert lenient.post("/v1/evaluate", {"text": SSN}).json()["action"] == "block"
    assert "No space left" in lenient.wait_for("audit")["message"]
    assert lenient.client.get("/ready").status_code == 200
    strict = start("--audit", full, "--audit-mandatory")
    got = strict.post("/v1/evaluate", {"text": "Nothing here."})
    assert (got.status_code, got.json()["reason"]) == (503, "audit")
    assert strict.client.get("/ready").status_code == 503
    assert strict.client.get("/health").status_code == 200


def test_a_disk_that_has_room_again_is_used(start: Callable[..., Server], tmp_path: Path) -> None:
    path = tmp_path / "audit.jsonl"
    path.symlink_to("/dev/full")
    server = start("--audit", str(path), "--audit-mandatory")
    assert server.post("/v1/evaluate", {"text": SSN}).status_code == 503
    path.unlink()
    for _ in range(10):
        if server.post("/v1/evaluate", {"text": SSN}).status_code == 200:
            break
    assert server.client.get("/ready").status_code == 200
    assert events(path, 1)[-1]["decision"]["action"] == "block"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--fail-open", "nativ"], "unknown dialect 'nativ'"),
        (["--audit-mandatory"], "--audit FILE"),
        (["--audit-form", "xml"], "event, ocsf, otel"),
        (["--audit-form", "otel", "--audit", "audit.jsonl"], "leave out --audit FILE"),
        (["--audit", "a", "--audit-collect", "chat=all"], "'all'"),
        (["--audit", "a", "--audit-key", "pyproject.toml"], "openssl rand"),
        (["--min-confidence", "certain"], "purview"),
        (["--audit", "nowhere/audit.jsonl"], "no folder"),
        (["--policy", "defalt"], "default"),
    ],
)
def test_settings_that_do_not_fit(options: list[str], told: str) -> None:
    done = CliRunner().invoke(app, ["serve", "--port", "0", "--sits", SITS, *options])
    assert done.exit_code == 2 and told in done.stderr


def test_policies_are_read_again(
    start: Callable[..., Server], emails: Callable[[str], str]
) -> None:
    """A reload takes the new file; a broken one is refused with its address, and the old one stays."""
    path = Path(emails("label"))
    server = start("--policy", str(path))
    before = server.client.get("/ready").json()["version"]
    path.write_text(path.read_text().replace("action: audit", "action: block"))
    assert server.post("/v1/reload", {}).json()["version"] != before
    assert server.post("/v1/evaluate", {"text": SSN}).json()["action"] == "block"
    path.write_text("id: x\nrules: []\n")
    refused = server.post("/v1/reload", {})
    assert refused.status_code == 422 and "emails.yaml:2" in refused.json()["detail"]
    assert server.post("/v1/evaluate", {"text": SSN}).json()["action"] == "block"
