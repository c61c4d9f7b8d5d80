"""What redaction replaces and what it leaves: regions, offsets, methods; with spans of any kind, without a scanner."""

from __future__ import annotations

import itertools
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitclassify import ConfigurationError
from sitclassify.redaction import (
    Encrypt,
    Hash,
    Label,
    Mask,
    PerSit,
    Placeholder,
    Redacted,
    Remove,
    Span,
    decrypt,
    method_of,
    redact,
)
from sitclassify.redaction.regions import union

KEY = b"0123456789abcdef"
SITS = ("us-social-security-number", "credit-card-number", "aws-key")
TEXT = "My SSN 536-90-4399."
SSN = Span("us-social-security-number", 7, 18, 85)


@st.composite
def found_in_texts(draw: st.DrawFn) -> tuple[str, list[Span]]:
    """Any text and spans in it, that may overlap, touch, repeat, or hold one another."""
    text = draw(st.text(min_size=1, max_size=60))
    spans = []
    for _ in range(draw(st.integers(0, 8))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        spans.append(Span(draw(st.sampled_from(SITS)), start, end, draw(st.integers(1, 100))))
    return text, spans


METHODS: dict[str, Any] = {
    "label": Label, "remove": Remove, "mask": Mask, "hash": lambda: Hash(KEY),
    "encrypt": lambda: Encrypt(KEY), "placeholder": Placeholder,
}  # fmt: skip


@given(found_in_texts(), st.sampled_from(sorted(METHODS)))
def test_what_is_found_goes_and_all_else_stays(found: tuple[str, list[Span]], method: str) -> None:
    text, spans = found
    redacted = redact(text, spans, METHODS[method]())
    hidden = {i for s in spans for i in range(s.start, s.end)}
    covered = {i for r in redacted.replacements for i in range(r.start, r.end)}
    assert covered == hidden
    assert outside(redacted.text, [(r.new_start, r.new_end) for r in redacted.replacements]) == (
        outside(text, [(r.start, r.end) for r in redacted.replacements])
    )


def outside(text: str, spans: list[tuple[int, int]]) -> list[str]:
    """The pieces between the spans."""
    ends = [0, *(end for _, end in spans)]
    starts = [*(start for start, _ in spans), len(text)]
    return [text[end:start] for end, start in zip(ends, starts, strict=True)]


@given(found_in_texts())
def test_union(found: tuple[str, list[Span]]) -> None:
    """Apart from one another, in order, each within one; what only touches stays apart."""
    _, spans = found
    regions = union(spans)
    for one, next_one in itertools.pairwise(regions):
        assert one.end <= next_one.start
    for span in spans:
        assert sum(r.start <= span.start and span.end <= r.end for r in regions) == 1
    for region in regions:
        inside = [s for s in spans if region.start <= s.start and s.end <= region.end]
        assert region.winner.confidence == max(s.confidence for s in inside)
        best = [s for s in inside if s.confidence == region.winner.confidence]
        longest = max(s.end - s.start for s in best)
        assert region.winner.sit in {s.sit for s in best if s.end - s.start == longest}
        cuts = {i for s in inside for i in range(s.start + 1, s.end)}
        assert cuts == set(range(region.start + 1, region.end)), "what only touches was joined"


@given(found_in_texts(), st.sampled_from(sorted(METHODS)), st.data())
def test_offsets_lead_back(found: tuple[str, list[Span]], method: str, data: st.DataObject) -> None:
    """A span of the redacted text that touches no replacement is the same text in the original."""
    text, spans = found
    redacted = redact(text, spans, METHODS[method]())
    size = len(redacted.text)
    start = data.draw(st.integers(0, size))
    end = data.draw(st.integers(start, size))
    first, last = redacted.original(start, end)
    assert first <= last
    touched = [r for r in redacted.replacements if r.new_start < end and start < r.new_end]
    if start < end and not touched:
        assert text[first:last] == redacted.text[start:end]
    for r in touched:
        assert first <= r.start
        assert r.end <= last
    for r in redacted.replacements:
        if r.new_start < r.new_end:
            assert redacted.original(r.new_start, r.new_end) == (r.start, r.end)


@given(found_in_texts())
def test_encrypted_and_decrypted(found: tuple[str, list[Span]]) -> None:
    text, spans = found
    hidden = redact(text, spans, Encrypt(KEY))
    assert decrypt(hidden.text, KEY) == text


@given(st.text(max_size=40), st.integers(0, 40))
def test_a_mask_shows_less_than_half(value: str, keep: int) -> None:
    masked = Mask(keep)(value, "sit")
    assert len(masked) == len(value)
    shown = sum(a == b and a.isalnum() for a, b in zip(masked, value, strict=True))
    assert shown <= keep
    assert shown * 2 < max(1, sum(map(str.isalnum, value)))
    kept = [i for i, c in enumerate(masked) if c.isalnum()]
    letters = [i for i, c in enumerate(value) if c.isalnum()]
    assert kept == letters[len(letters) - len(kept) :], "other than the last are shown"


@pytest.mark.parametrize(
    ("method", "options", "expected"),
    [
        ("label", {}, r"My SSN <US_SOCIAL_SECURITY_NUMBER>\."),
        ("remove", {}, r"My SSN \."),
        ("mask", {}, r"My SSN \*\*\*-\*\*-\*\*\*\*\."),
        ("mask", {"keep_last": 4}, r"My SSN \*\*\*-\*\*-4399\."),
        ("mask", {"keep_last": 9}, r"My SSN \*\*\*-\*\*-4399\."),
        ("mask", {"keep_last": 2, "char": "#"}, r"My SSN ###-##-##99\."),
        ("hash", {"key": KEY}, r"My SSN <US_SOCIAL_SECURITY_NUMBER:[a-p]{16}>\."),
        ("encrypt", {"key": KEY}, r"My SSN <US_SOCIAL_SECURITY_NUMBER!([a-p]{1,12}[!>])+\."),
        ("placeholder", {}, r"My SSN <US_SOCIAL_SECURITY_NUMBER_1>\."),
        ("fake", {}, r"My SSN [0-9]{3}-[0-9]{2}-[0-9]{4}\."),
        (lambda value, sit: f"[{sit}:{len(value)}]", {}, r"My SSN \[us-social-security-number:11\]\."),
        ({"us-social-security-number": "remove"}, {}, r"My SSN \."),
        ({"credit-card-number": "remove"}, {}, r"My SSN <US_SOCIAL_SECURITY_NUMBER>\."),
        ({"*": Mask()}, {}, r"My SSN \*\*\*-\*\*-\*\*\*\*\."),
    ],
)  # fmt: skip
def test_methods(method: Any, options: dict[str, Any], expected: str) -> None:
    redacted = redact(TEXT, [SSN], method_of(method, **options))
    assert re.fullmatch(expected, redacted.text)
    assert "536-90" not in redacted.text


@pytest.mark.parametrize(
    ("method", "options", "told"),
    [
        ("lable", {}, "no redaction method 'lable': there are label"),
        ("hash", {}, "redaction method 'hash': missing 1 required"),
        ("hash", {"key": b""}, "the key is bytes, and not empty"),
        ("hash", {"key": "secret"}, "the key is bytes"),
        ("encrypt", {"key": b"short"}, "16, 24 or 32 bytes long, not 5"),
        ("mask", {"keep_last": -1}, "mask keeps 0 or more"),
        ("mask", {"char": "0"}, "no letter or digit"),
        ("label", {"keep_last": 4}, "redaction method 'label'"),
        (Label(), {"keep_last": 4}, "options go with the name"),
        (7, {}, "no redaction method: int"),
    ],
)
def test_wrong_methods(method: Any, options: dict[str, Any], told: str) -> None:
    with pytest.raises(ConfigurationError, match=told) as caught:
        method_of(method, **options)
    assert "secret" not in str(caught.value)


def test_a_digest_is_of_the_value_without_separators_and_keyed() -> None:
    method = Hash(KEY)
    assert method("536-90-4399", "a") == method("536 90 4399", "a")
    assert method("536-90-4399", "a") != method("536-90-4398", "a")
    assert method("536-90-4399", "a") != Hash(b"another")("536-90-4399", "a")


def test_the_same_value_is_encrypted_otherwise_each_time() -> None:
    method = Encrypt(KEY)
    assert method("536-90-4399", "a") != method("536-90-4399", "a")


@pytest.mark.parametrize("change", [lambda t: t[:-3] + "aa>", lambda t: t.replace("SSN", "PIN")])
def test_a_changed_token_or_another_key(change: Any) -> None:
    token = Encrypt(KEY)("536-90-4399", "ssn")
    with pytest.raises(ConfigurationError, match="not written with this key, or was changed"):
        decrypt(change(token), KEY)
    with pytest.raises(ConfigurationError, match="not written with this key"):
        decrypt(token, b"another key, 16b")
    assert decrypt(token.lower(), KEY) == "536-90-4399"


def test_fakes_are_the_same_for_the_same_value_and_never_the_value() -> None:
    fake = method_of("fake", key=KEY)
    for value in ("536-90-4399", "AKIA-x1", "7"):
        assert fake(value, "a") == fake(value, "a")
        assert fake(value, "a") != value
        assert [c.isdigit() for c in fake(value, "a")] == [c.isdigit() for c in value]
    assert fake("536-90-4399", "a") != method_of("fake", key=b"k")("536-90-4399", "a")
    assert "@example." in fake("ada@lovelace.dev", "email-address")


def test_a_method_per_sit() -> None:
    text = "536-90-4399 and 4000 0012 3456 7899"
    found = [Span("ssn", 0, 11, 85), Span("card", 16, 35, 85)]
    method = PerSit({"ssn": "remove", "*": Mask(4)})
    assert redact(text, found, method).text == " and **** **** **** 7899"


def test_placeholders_of_several_sits_share_a_vault() -> None:
    text = "536-90-4399 and 4000 0012 3456 7899"
    found = [Span("ssn", 0, 11, 85), Span("card", 16, 35, 85)]
    hidden = redact(text, found, PerSit({"ssn": "placeholder", "card": "placeholder"}))
    assert hidden.vault is not None and hidden.vault.restore(hidden.text) == text
    with pytest.raises(ConfigurationError, match="several vaults"):
        PerSit({"ssn": Placeholder(), "card": Placeholder()})


def test_no_value_is_in_a_repr() -> None:
    hidden = redact(TEXT, [SSN], Placeholder())
    assert "4399" not in repr(hidden) + repr(hidden.vault) + repr(hidden.replacements)
    assert isinstance(hidden, Redacted)
