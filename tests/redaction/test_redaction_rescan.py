"""A redacted text scanned again: nothing is found, whatever the method and however values lie beside one another."""

from __future__ import annotations

import warnings
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import sitclassify
from sitclassify import TextNotKept, catalogue, policy
from sitclassify.redaction import Vault, decrypt
from sitclassify.resources import folders_of
from sitclassify.results import ScanResult
from sitclassify.scanner import Scanner

KEY = b"0123456789abcdef"
METHODS: list[tuple[str, dict[str, Any]]] = [
    ("label", {}), ("remove", {}), ("mask", {}), ("mask", {"keep_last": 4}),
    ("hash", {"key": KEY}), ("encrypt", {"key": KEY}), ("placeholder", {}),
]  # fmt: skip
JOINTS = st.sampled_from(["", " ", "\n", ", ", "-", "\n\n", '": "', "\t", "|", "; SSN: ", "_", "/"])


def check(scanner: Scanner, result: ScanResult, method: str, options: dict[str, Any]) -> None:
    """The text is redacted, nothing is found in it, and both texts' offsets fit."""
    redacted = result.redact(method, **options)
    again = scanner.scan(redacted.text)
    assert not again.detections, (result, again)
    assert not redacted.remaining
    hidden = [(r.start, r.end) for r in redacted.replacements]
    for d in result.detections:
        assert any(start <= d.start and d.end <= end for start, end in hidden)
    for r in redacted.replacements:
        assert redacted.place(r.end) == r.new_end
        if r.new_start < r.new_end:  # two that were removed have one place
            assert redacted.original(r.new_start, r.new_end) == (r.start, r.end)
    if method == "encrypt":
        assert decrypt(redacted.text, KEY) == result.text
    if method == "placeholder":
        assert redacted.vault is not None
        assert redacted.vault.restore(redacted.text) == result.text


@pytest.mark.parametrize(("method", "options"), METHODS)
def test_every_example(
    scanner: Scanner, texts: list[str], method: str, options: dict[str, Any]
) -> None:
    for text in texts:
        check(scanner, scanner.scan(text), method, options)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_examples_beside_one_another(
    scanner: Scanner, texts: list[str], data: st.DataObject
) -> None:
    """Joined anyhow, cut anywhere: values become evidence, labels or neighbours of one another."""
    pieces = data.draw(st.lists(st.tuples(st.sampled_from(texts), JOINTS), min_size=1, max_size=4))
    text = "".join(text + joint for text, joint in pieces)
    text = text[data.draw(st.integers(0, 20)) :]
    method, options = data.draw(st.sampled_from(METHODS))
    check(scanner, scanner.scan(text), method, options)


def test_fakes_stay_and_what_they_hide_does_not(scanner: Scanner, texts: list[str]) -> None:
    """A fake may be found again, where it stands; the value may not."""
    for text in texts:
        result = scanner.scan(text)
        redacted = result.redact("fake", key=KEY)
        inside = [(r.new_start, r.new_end) for r in redacted.replacements]
        for d in scanner.scan(redacted.text).detections:
            assert any(a <= d.start and d.end <= b for a, b in inside)
        for r in redacted.replacements:
            assert redacted.text[r.new_start : r.new_end] != text[r.start : r.end]


def test_only_what_was_asked_for_goes(scanner: Scanner) -> None:
    text = "SSN 536-90-4399, card number 4000 0012 3456 7899"
    result = scanner.scan(text)
    assert {d.sit for d in result.detections} >= {"us-social-security-number"}
    ssn = [d for d in result.detections if d.sit == "us-social-security-number"]
    redacted = result.redact("label", detections=ssn)
    assert redacted.text == "SSN <US_SOCIAL_SECURITY_NUMBER>, card number 4000 0012 3456 7899"


def test_a_policy_says_what_goes_and_how(scanner: Scanner) -> None:
    rules = [
        {"id": "ssn", "when": {"sits": "us-social-security-number"}, "action": "redact", "method": "mask"},
        {"id": "mail", "when": {"sits": "email-address"}, "action": "audit"},
    ]  # fmt: skip
    policies = policy.load(policy.Policy.model_validate({"id": "p", "rules": rules}))
    result = scanner.scan("SSN 536-90-4399, mail to ada@lovelace.dev")
    decision = policies.evaluate(result)
    redacted = decision.redact(result)
    assert redacted.text == "SSN ***-**-****, mail to ada@lovelace.dev"


def test_context_is_evidence_in_the_second_scan_too(scanner: Scanner) -> None:
    """What is found only because of the turn before is found by the same light again."""
    result = scanner.scan("It is 536-90-4399.", context="What is your SSN?")
    redacted = result.redact("mask", keep_last=4, context="What is your SSN?")
    assert redacted.text == "It is ***-**-4399."
    assert not scanner.scan(redacted.text, context="What is your SSN?").detections


def test_a_method_of_the_callers_that_writes_values_is_told_on(scanner: Scanner) -> None:
    """Where what is written is a value itself, it is replaced at last."""
    redacted = scanner.scan("SSN 536-90-4399").redact(lambda value, sit: value[:3] + "-90-4398")
    assert "536" not in redacted.text
    assert not scanner.scan(redacted.text).detections


def test_one_vault_over_a_conversation(scanner: Scanner) -> None:
    vault = Vault()
    asked = scanner.scan("My SSN is 536-90-4399.").redact("placeholder", vault=vault)
    assert asked.text == "My SSN is <US_SOCIAL_SECURITY_NUMBER_1>."
    answer = "so <Us_Social_Security_Number_1> it is"
    assert vault.restore(answer) == "so 536-90-4399 it is"


def test_a_result_that_came_through_pickle_cannot_redact(scanner: Scanner) -> None:
    import pickle

    result = pickle.loads(pickle.dumps(scanner.scan("SSN 536-90-4399")))
    with pytest.raises(TextNotKept):
        result.redact()


@pytest.mark.slow
def test_every_example_of_the_packaged_catalogue() -> None:
    """All SITs at once, at every tier, so that each value is also seen as all the others."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        scanner = sitclassify.load(classifiers=(), min_confidence=1)
    count = 0
    for file in catalogue.read(folders_of(None)):
        for example in file.examples.match:
            result = scanner.scan(example.text)
            method, options = METHODS[count % len(METHODS)]
            check(scanner, result, method, options)
            count += 1
    assert count > 1_000
