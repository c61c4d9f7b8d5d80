"""`sitclassify policy check`, `test` and `explain`: what is said where, and the exit status."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from ended import CATALOGUE, SSN, Run

SSNS: dict[str, Any] = {
    "id": "ssn", "when": {"sits": "us-social-security-number"}, "action": "block", "override": "justified",
}  # fmt: skip
TEXT = f"My SSN is {SSN}."


def a_policy(folder: Path, *rules: dict[str, Any], **fields: Any) -> Path:
    """A file of these rules; JSON is YAML."""
    path = folder / "mine.yaml"
    path.write_text(json.dumps({"id": "mine", "rules": rules or [SSNS]} | fields, indent=1))
    return path


def test_nothing_is_wrong(run: Run, tmp_path: Path) -> None:
    done = run("policy", "check", a_policy(tmp_path), "--catalogue", CATALOGUE)
    assert (done.status, done.out, done.err) == (0, "ok: 1 policy, 1 rule, 0 warnings\n", "")


def test_mistakes_have_an_address(run: Run, tmp_path: Path) -> None:
    wrong = SSNS | {"id": "wrong", "when": {"any": [{"sits": "ssn"}, {"classifier": "thraet"}]}}
    path = a_policy(tmp_path, SSNS, wrong)
    done = run("policy", "check", path, "--catalogue", CATALOGUE)
    assert done.status == 2
    assert f"{path}:17: unknown SIT 'ssn'" in done.err
    assert f"{path}:20: unknown classifier 'thraet'\n" in done.err
    assert "did you mean 'threat'" in done.err
    assert done.err.endswith("2 mistakes\n")
    assert done.out == ""


def test_a_file_that_is_no_policy(run: Run, tmp_path: Path) -> None:
    path = a_policy(tmp_path, SSNS | {"action": "deny"})
    done = run("policy", "check", path, "--catalogue", CATALOGUE)
    assert done.status == 2
    assert f"{path}:9: Input should be 'allow', 'audit'" in done.err


@pytest.mark.parametrize("command", ["check", "test"])
def test_a_name_that_does_not_exist(run: Run, command: str) -> None:
    done = run("policy", command, "hippa")
    assert done.status == 2
    assert "no packaged policy is called 'hippa': did you mean 'hipaa'" in done.err


def test_warnings_do_not_fail_and_can_be_left_out(run: Run, tmp_path: Path) -> None:
    path = a_policy(tmp_path, SSNS, SSNS | {"id": "off", "mode": "off"})
    done = run("policy", "check", path, "--catalogue", CATALOGUE)
    assert (done.status, done.out) == (0, "ok: 1 policy, 2 rules, 1 warning\n")
    assert "warning: " in done.err
    assert "rule 'off' is off" in done.err
    assert run("policy", "check", path, "--catalogue", CATALOGUE, "--quiet").err == ""


def test_examples_that_hold(run: Run, tmp_path: Path) -> None:
    path = a_policy(tmp_path, examples=[{"text": TEXT, "action": "block", "rules": ["ssn"]}])
    done = run("policy", "test", path, "--catalogue", CATALOGUE)
    assert (done.status, done.err) == (0, "")
    assert done.out == "ok: 1 example, every decision is as it says\n"


def test_examples_that_do_not(run: Run, tmp_path: Path) -> None:
    examples = [{"text": TEXT, "action": "warn"}, {"text": "no", "action": "allow"}]
    path = a_policy(tmp_path, examples=examples)
    done = run("policy", "test", path, "--catalogue", CATALOGUE)
    assert done.status == 2
    assert f"{path}:14: the decision is block by ssn\n  examples.0 - the example says warn\n" in done.err  # fmt: skip
    assert done.err.endswith("1 of 2 examples fail\n")
    assert SSN not in done.err + done.out


def test_no_examples_is_said(run: Run, tmp_path: Path) -> None:
    done = run("policy", "test", a_policy(tmp_path), "--catalogue", CATALOGUE)
    assert done.status == 0
    assert "warning: policy 'mine' has no examples" in done.err


def test_why(run: Run, tmp_path: Path) -> None:
    answers = SSNS | {"id": "answers", "scope": {"activities": "downloadText"}}
    path = a_policy(tmp_path, SSNS, answers)
    asked = ("policy", "explain", "--policy", path, "--catalogue", CATALOGUE)
    lines = run(*asked, TEXT).out.splitlines()
    assert lines[0] == "block, the user may go on with a justification"
    assert lines[1] == "says: This text was blocked: it contains U.S. Social Security Number (SSN)."
    assert lines[2].split() == ["policy", "rule", "outcome", "because"]
    why = "us-social-security-number: 1 distinct, asked 1 or more"
    assert lines[3].split(None, 3)[2:] == ["block", why]
    assert "out of scope" in lines[4]
    assert SSN not in "".join(lines)
    over = run(*asked, "-", "--override", "--justification", "mine", input=TEXT)
    assert over.out.startswith("audit\n")
    assert run(*asked, "nothing").out.startswith("allow\n")
    assert run(*asked, TEXT, "--activity", "upload").status == 2


def test_a_simulated_rule_is_told(run: Run, tmp_path: Path) -> None:
    path = a_policy(tmp_path, SSNS | {"mode": "simulate"})
    done = run("policy", "explain", TEXT, "-p", path, "--catalogue", CATALOGUE)
    assert done.out.startswith("allow\nwith simulated rules: block\n")


def test_the_default_is_for_every_sit(run: Run) -> None:
    done = run("policy", "explain", TEXT, "--catalogue", CATALOGUE)
    assert done.out.startswith("redact\nsays: Values in this text were replaced: U.S. Social")
    assert done.status == 0
