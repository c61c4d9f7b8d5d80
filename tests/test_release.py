"""What a redacting stream gives out is what redaction makes of the whole text, however it is cut."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from test_stream import PROSE, SITS, cut, quiet, texts

import sitclassify
from sitclassify import policy
from sitclassify.errors import ConfigurationError, PolicyError
from sitclassify.redaction import Hash, Mask
from sitclassify.release import Methods, RedactingStream
from sitclassify.scanner import Scanner

SSN, MAIL = "My SSN is 536-90-4399.", "Write to ada.lovelace@kontor-nord.de please."
METHODS = ["label", "remove", Mask(keep_last=4), Hash(b"key")]
RULES: list[dict[str, Any]] = [
    {"id": "mail", "when": {"sits": "email-address", "min_confidence": 1}, "action": "redact"},
    {"id": "card", "when": {"sits": "credit-card-number"}, "action": "redact", "method": "placeholder"},
    {"id": "ssn", "when": {"sits": "us-social-security-number"}, "action": "block", "message": "No SSN."},
    {"id": "many", "when": {"sits": "email-address", "min_confidence": 1, "min_count": 3}, "action": "block"},
]  # fmt: skip


@pytest.fixture(scope="module")
def scanner(cache_folder: Path) -> Scanner:
    return sitclassify.load(classifiers=(), sits=SITS, min_confidence=1, cache=cache_folder / "s")


@pytest.fixture(scope="module")
def policies() -> policy.Policies:
    return policy.load(policy.Policy.model_validate({"id": "stream", "rules": RULES}))


@pytest.fixture(scope="module")
def decided(cache_folder: Path, policies: policy.Policies) -> Scanner:
    return sitclassify.load(
        classifiers=(), sits=(), policies=policies, cache=cache_folder / "decided"
    )


def fed(stream: RedactingStream, chunks: list[str]) -> str:
    return "".join([*map(stream.feed, chunks), stream.close()])


@quiet
@given(
    text=texts,
    places=st.lists(st.integers(0, 1 << 16), max_size=40),
    method=st.sampled_from(METHODS),
)
@example(text=SSN * 30, places=[15, 16, 17], method="remove")
def test_every_cut_gives_what_the_whole_gives(
    scanner: Scanner, text: str, places: list[int], method: Any
) -> None:
    whole = scanner.scan(text).redact(method)
    assert fed(RedactingStream(scanner, method), cut(text, places)) == whole.text


def test_text_goes_out_as_soon_as_it_is_settled(scanner: Scanner) -> None:
    stream, bare = RedactingStream(scanner), scanner.stream()
    out = 0
    for i in range(0, 4000, 4):
        chunk = (PROSE * 60)[i : i + 4]
        bare.feed(chunk)
        out += len(stream.feed(chunk))
        assert out == bare.safe_end
    assert out > 3000


def test_what_a_replacement_brings_to_light_goes_too(scanner: Scanner) -> None:
    """The evidence comes near only when the value between is gone."""
    text = (
        "SSN of " + "ada.lovelace@kontor-nord.de " * 12 + "is 536-90-4399, they say. " + PROSE * 8
    )
    result = scanner.scan(text)
    assert {d.sit for d in result.detections} == {"email-address"}
    whole = result.redact("remove").text
    assert "536" not in whole
    chunks = [text[i : i + 7] for i in range(0, len(text), 7)]
    assert fed(RedactingStream(scanner, "remove"), chunks) == whole


def test_context_is_evidence(scanner: Scanner) -> None:
    stream = RedactingStream(scanner, context="What is your SSN?")
    assert fed(stream, ["536-90", "-4399"]) == "<US_SOCIAL_SECURITY_NUMBER>"


def test_policy_says_what_is_redacted_and_how(decided: Scanner, policies: policy.Policies) -> None:
    methods = Methods()
    stream = RedactingStream(decided, policies=policies, methods=methods)
    text = (
        f"{MAIL} {PROSE * 9}Card 4111 1111 1111 1111 exp 10/27, again 4111 1111 1111 1111. {PROSE}"
    )
    out = fed(stream, [text[i : i + 5] for i in range(0, len(text), 5)])
    assert out.startswith("Write to <EMAIL_ADDRESS> please.")
    assert stream.decision is not None
    assert stream.decision.action == "redact"
    assert [d.sit for d in stream.detections] == ["email-address", *["credit-card-number"] * 2]
    assert "4111" not in out
    assert out.count("<CREDIT_CARD_NUMBER_1>") == 2, "each value by the method of its own rule"
    assert methods.vault.restore(out) == text.replace(
        "ada.lovelace@kontor-nord.de", "<EMAIL_ADDRESS>"
    )


def test_a_block_ends_the_stream(decided: Scanner, policies: policy.Policies) -> None:
    stream = RedactingStream(decided, policies=policies)
    text = PROSE * 9 + SSN + " " + PROSE * 9
    out = fed(stream, [text[i : i + 5] for i in range(0, len(text), 5)])
    assert stream.is_blocked
    assert stream.decision is not None
    assert stream.decision.message == "No SSN."
    assert text.startswith(out)
    assert PROSE in out
    assert "536" not in out
    assert stream.feed("more") == stream.close() == ""


def test_rules_count_over_the_whole_stream(decided: Scanner, policies: policy.Policies) -> None:
    def mails(names: list[str]) -> RedactingStream:
        stream = RedactingStream(decided, policies=policies)
        for name in names:
            stream.feed(f"Write to {name}@kontor-nord.de please. {PROSE * 5}")
        stream.close()
        return stream

    assert not mails(["ada", "bob", "ADA", "bob", "ada"]).is_blocked
    assert mails(["ada", "bob", "eve"]).is_blocked


def test_mistakes_are_told_at_once(scanner: Scanner, policies: policy.Policies) -> None:
    bare = sitclassify.load(sits="credit-card-number", classifiers=(), cache=False)
    with pytest.raises(PolicyError):
        RedactingStream(bare, policies=policies)
    with pytest.raises(ConfigurationError):
        RedactingStream(scanner, "shred")
    with pytest.raises(TypeError):
        RedactingStream(scanner).feed(b"bytes")  # type: ignore[arg-type]
