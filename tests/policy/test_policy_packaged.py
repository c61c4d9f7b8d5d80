"""The policies that come with the package: each has examples of what it is for and what it is not, and they hold."""

from __future__ import annotations

import json
import warnings
from pathlib import Path

import pytest

import sitclassify
from sitclassify import PolicyError, PolicyWarning, catalogue, policy
from sitclassify.resources import folder, folders_of
from sitclassify.scanner import Scanner

NAMES = policy.names()
SITS = {path.stem for path in Path(folder("patterns")).rglob("*.yaml")}
FEW = ["default", "pci-dss", "us-pii", "uk-pecr", "glba-enhanced"]  # of a few SITs


def test_every_template_of_purview_is_there() -> None:
    """41 that need no names, addresses or medical terms, 10 Enhanced ones that do, and our own."""
    enhanced = [name for name in NAMES if name.endswith("-enhanced")]
    assert len(NAMES) == 52
    assert len(enhanced) == 10
    assert "default" in NAMES


def lacking(name: str) -> set[str]:
    """What a packaged policy asks for and the catalogue of today does not have."""
    return set(policy.load(name).sits) - {"*"} - SITS


@pytest.mark.parametrize("name", NAMES)
def test_what_a_policy_says(name: str) -> None:
    [packaged] = policy.load(name).policies
    assert packaged.id == name
    assert packaged.name
    assert packaged.description
    assert packaged.test_values == "audit"
    actions = {example.action for example in packaged.examples}
    assert "allow" in actions, "no text that it is not for"
    assert actions - {"allow"}, "no text that it is for"
    assert all(example.rules is not None for example in packaged.examples)
    assert lacking(name) <= set(packaged.awaits)
    assert set(packaged.awaits) <= policy.load(name).sits, "awaited and never asked"


@pytest.mark.parametrize("name", NAMES)
def test_only_an_enhanced_one_awaits_what_the_catalogue_lacks(name: str) -> None:
    """Each is said by name; what is there by now is no longer awaited, though the file may still list it."""
    missing = policy.load(name).missing(SITS)
    assert set(missing.get(name, ())) == lacking(name)
    assert not missing or name.endswith("-enhanced")


@pytest.fixture(scope="module")
def scanner() -> Scanner:
    """What a few policies need, among them an Enhanced one; loading it warns of what does not exist yet."""
    sits = ["us-social-security-number", "credit-card-number", "email-address"]
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", PolicyWarning)
        loaded = sitclassify.load(sits=sits, classifiers=(), policies=FEW)
    names = ", ".join(sorted(lacking("glba-enhanced")))
    heads = [f"policy 'glba-enhanced': the catalogue has no {names} yet"] if names else []
    assert [str(warning.message).partition(";")[0] for warning in told] == heads
    return loaded


def test_the_examples_of_a_few(scanner: Scanner) -> None:
    count, problems = policy.failures(policy.load(FEW), scanner.scan)
    assert count >= 2 * len(FEW)
    assert not problems, "\n".join(map(str, problems))


def test_the_default_is_for_everything_that_was_scanned_for(scanner: Scanner) -> None:
    decision = policy.load("default").evaluate(scanner.scan("write to ada.lovelace@lovelace.dev"))
    assert decision.action in ("redact", "block")


@pytest.mark.slow
def test_every_example() -> None:
    named = [name for name in NAMES if name != "default"]  # that one asks for the whole catalogue
    policies = policy.load(named)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PolicyWarning)
        scanner = sitclassify.load(sits=(), classifiers=(), policies=policies)
    count, problems = policy.failures(policies, scanner.scan)
    assert count >= 2 * len(named)
    assert not problems, "\n".join(map(str, problems))


@pytest.mark.slow
def test_no_packaged_policy_has_a_mistake() -> None:
    sits = [file.sit for file in catalogue.read(folders_of(None))]
    models = [path.parent.name for path in Path(folder("models")).glob("*/model.json")]
    report = policy.check(policy.load(NAMES), sits, models)
    assert not report.errors
    assert all("do not exist yet" in str(problem) for problem in report.warnings)


def test_an_example_that_does_not_hold_is_told(scanner: Scanner, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    rules = [{"id": "r", "when": {"sits": ["us-social-security-number"]}, "action": "block"}]
    examples = [
        {"text": "My SSN is 536-90-4399.", "action": "warn"},
        {"text": "My SSN is 536-90-4399.", "action": "block", "rules": []},
        {"text": "My SSN is 536-90-4399.", "action": "block", "rules": ["r"]},
        {"text": "My SSN is 536-90-4399.", "action": "block", "context": {"user": "ada"}},
    ]
    path.write_text(json.dumps({"id": "mine", "rules": rules, "examples": examples}, indent=1))
    count, problems = policy.failures(policy.load(path), scanner.scan)
    assert count == 4
    assert [p.what for p in problems] == ["the decision is block by r"] * 2
    assert [p.remedy for p in problems] == [
        "examples.0 - the example says warn",
        "examples.1 - the example says no rule",
    ]
    assert problems[0].line == 15
    assert "536-90-4399" not in "".join(map(str, problems))


def test_no_policy_of_that_name() -> None:
    with pytest.raises(PolicyError, match="no packaged policy is called 'hippa': did you mean 'hipaa"):  # fmt: skip
        policy.load("hippa")
