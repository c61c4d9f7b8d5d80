"""Placeholders: given out, found again in whatever form a model writes them, in pieces, and put back."""

from __future__ import annotations

import itertools
import pickle
import threading
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitclassify.redaction import Placeholder, Span, Vault, redact

VALUES = ("536-90-4399", "4000 0012 3456 7899", "ada@lovelace.dev", "<b>&amp;", "\\u003c", "")
SITS = ("ssn", "credit-card-number", "email-address")


def a_vault() -> Vault:
    vault = Vault()
    for value in VALUES:
        for sit in SITS:
            vault.placeholder(value, sit)
    return vault


VAULT = a_vault()
FORMS: list[Any] = [
    str,
    str.lower,
    str.title,
    str.swapcase,
    lambda p: p.replace("_", " "),
    lambda p: p.replace("_", "-"),
    lambda p: p.replace("_", r"\_"),  # Markdown
    lambda p: p.replace("<", "&lt;").replace(">", "&gt;"),
    lambda p: p.replace("<", r"\u003c").replace(">", r"\u003e"),
    lambda p: p.replace("<", r"\u003C").replace(">", r"\u003E"),
    lambda p: p.replace("<", "< ").replace(">", " >"),
]
PLACEHOLDERS = [f"<{name}>" for name in VAULT.values()]
PIECES = st.one_of(
    st.text(alphabet="ab <>&lt;gt_1\\u003c-9\n", max_size=12),
    st.builds(lambda p, form: form(p), st.sampled_from(PLACEHOLDERS), st.sampled_from(FORMS)),
    st.sampled_from(["<SSN_99>", "<ssn_1", "<<SSN_1>", "&lt;", "<b>", "<CREDIT_CARD_NUMBER_>"]),
)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", list(VAULT.values()))
def test_every_form_is_found_again(name: str, form: Any) -> None:
    written = form(f"<{name}>")
    assert (
        VAULT.restore(f"It is {written}, isn't it?") == f"It is {VAULT.values()[name]}, isn't it?"
    )


@given(st.lists(PIECES, max_size=6).map("".join), st.data())
def test_pieces_cut_anywhere_are_restored_as_the_whole(text: str, data: st.DataObject) -> None:
    restorer = VAULT.restorer()
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=12)))
    bounds = [0, *cuts, len(text)]
    chunks = [text[a:b] for a, b in itertools.pairwise(bounds)]
    fed = [restorer.feed(chunk) for chunk in chunks]
    assert "".join(fed) + restorer.close() == VAULT.restore(text)


@given(st.lists(PIECES, max_size=6).map("".join))
def test_one_character_at_a_time(text: str) -> None:
    restorer = VAULT.restorer()
    assert "".join(map(restorer.feed, text)) + restorer.close() == VAULT.restore(text)


@given(st.text(max_size=300))
def test_no_more_is_held_back_than_a_placeholder_is_long(text: str) -> None:
    restorer = VAULT.restorer()
    given_out = len(restorer.feed("<" * 3 + text + "<" + "A_" * 500))
    assert len(text) + 1_004 - given_out <= VAULT.longest()


@given(
    st.text(max_size=60), st.lists(st.tuples(st.integers(0, 59), st.integers(1, 20)), max_size=5)
)
def test_a_round_trip_restores_the_text(text: str, places: list[tuple[int, int]]) -> None:
    """Whatever the text: also where a placeholder of another hand stands in it."""
    text = f"<SSN_1> {text}"
    spans = [
        Span("ssn", 8 + s, min(len(text), 8 + s + n), 85) for s, n in places if 8 + s < len(text)
    ]
    hidden = redact(text, spans, Placeholder())
    assert hidden.vault is not None
    assert hidden.vault.restore(hidden.text) == text


def test_one_conversation_has_one_vault() -> None:
    method = Placeholder()
    one = redact("536-90-4399", [Span("ssn", 0, 11, 85)], method)
    two = redact(
        "x 536-90-4399 536-90-4398", [Span("ssn", 2, 13, 85), Span("ssn", 14, 25, 85)], method
    )
    assert (one.text, two.text) == ("<SSN_1>", "x <SSN_1> <SSN_2>")
    again = pickle.loads(pickle.dumps(method.vault))
    assert again.placeholder("536-90-4398", "ssn") == "<SSN_2>"
    assert again.placeholder("536-90-4397", "ssn") == "<SSN_3>"


def test_a_stored_vault_still_avoids_placeholders_of_another_hand() -> None:
    vault = Vault()
    redact("as <SSN_1> says", [], Placeholder(vault))
    again = pickle.loads(pickle.dumps(vault))
    assert again.placeholder("536-90-4399", "ssn") == "<SSN_2>"
    assert again.restore("as <SSN_1> says, <SSN_2>") == "as <SSN_1> says, 536-90-4399"


def test_the_value_comes_back_as_it_was_written() -> None:
    """Two spellings of one value are two placeholders, or one would come back in the other's spelling."""
    vault = Vault()
    one, two = vault.placeholder("536-90-4399", "ssn"), vault.placeholder("536 90 4399", "ssn")
    assert vault.restore(f"{one}, {two}") == "536-90-4399, 536 90 4399"


def test_many_threads_agree() -> None:
    vault = Vault()
    told: list[set[str]] = []

    def ask() -> None:
        told.append({vault.placeholder(str(n), "ssn") for n in range(500)})

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(vault) == 500
    assert all(names == told[0] for names in told)
