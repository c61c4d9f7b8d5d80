"""Golden messages: each mistake in `errors/` says where, what is wrong, and what to do.

`errors/<mistake>.txt` is what `policy.load` or `policy.check` says of `errors/<mistake>.yaml`. To write the files of
new mistakes: `PYTHONPATH=. python tests/policy/test_policy_errors.py`; read what it wrote.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from sitclassify import PolicyError, catalogue, policy
from sitclassify.rules import Sit

ERRORS = Path(__file__).parent / "errors"
SITS = Path(__file__).parents[1] / "cli" / "catalogue"
MISTAKES = sorted(path.stem for path in ERRORS.glob("*.yaml"))


def sits() -> list[Sit]:
    """Three SITs."""
    return [file.sit for file in catalogue.read([SITS])]


def message_of(mistake: str) -> str:
    """What is said of the file, errors first; empty where it is taken."""
    before = Path.cwd()
    os.chdir(ERRORS)  # messages name the file as it was named
    try:
        report = policy.check(policy.load(f"{mistake}.yaml"), sits(), ["medical-record", "threat"])
    except PolicyError as error:
        return f"PolicyError\n{error}\n"
    finally:
        os.chdir(before)
    lines = [f"error: {problem}\n" for problem in report.errors]
    return "".join(lines + [f"warning: {problem}\n" for problem in report.warnings])


@pytest.mark.parametrize("mistake", MISTAKES)
def test_the_message(mistake: str) -> None:
    told = message_of(mistake)
    assert told, "the mistake is not seen"
    assert told == (ERRORS / f"{mistake}.txt").read_text(encoding="utf-8")
    assert f"{mistake}.yaml:" in told


def test_no_message_without_its_mistake() -> None:
    assert {path.stem for path in ERRORS.glob("*.txt")} == set(MISTAKES)


RIGHT = """
id: right
scope: {applications: [chat, mail]}
rules:
  - {id: few, when: {sits: credit-card-number, max_count: 9}, action: warn}
  - {id: many, when: {sits: credit-card-number, min_count: 10}, action: block}
  - {id: either, when: {sits: [credit-card-number, email-address], min_count: 3}, action: block}
  - {id: not-bob, when: {sits: credit-card-number}, scope: {users: [ada, bob]}, exempt: {users: bob}, action: block}
  - id: one-few-other-many
    when:
      all:
        - {sits: [credit-card-number, email-address], max_count: 2}
        - {sits: [credit-card-number, email-address], min_count: 5}
    action: audit
  - {id: weak, when: {sits: credit-card-number, min_confidence: low, max_confidence: low}, action: audit}
  - {id: answers, when: {sits: credit-card-number}, scope: {activities: downloadText}, action: redact}
  - {id: kept, when: {sits: credit-card-number}, action: audit}
  - {id: unread, when: {incomplete: true}, action: block}
  - {id: read, when: {not: {incomplete: True}}, action: audit}
"""


def test_nothing_is_said_of_what_makes_sense(tmp_path: Path) -> None:
    (tmp_path / "right.yaml").write_text(RIGHT, encoding="utf-8")
    report = policy.check(policy.load(tmp_path / "right.yaml"), sits(), [])
    assert [str(problem) for problem in (*report.errors, *report.warnings)] == []


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    names = ("unknown-field", "no-action", "two-rules-of-one-name")
    with pytest.raises(PolicyError) as caught:
        policy.load([ERRORS / f"{name}.yaml" for name in names])
    assert all(f"{name}.yaml:" in str(caught.value) for name in names)


def test_a_policy_made_in_python_is_named_by_its_id() -> None:
    made = policy.Policy.model_validate(
        {"id": "mine", "rules": [{"id": "r", "when": {"sits": ["card-number"]}, "action": "block"}]}
    )
    [problem] = policy.check(policy.load(made), sits(), []).errors
    assert str(problem).startswith(
        "policy 'mine': unknown SIT 'card-number'\n  rules.0.when.sits.0 - "
    )


if __name__ == "__main__":
    for name in MISTAKES:
        message = message_of(name)
        if message and not (ERRORS / f"{name}.txt").exists():
            (ERRORS / f"{name}.txt").write_text(message, encoding="utf-8")
        elif not message:
            sys.stderr.write(f"{name} is not seen as a mistake\n")
