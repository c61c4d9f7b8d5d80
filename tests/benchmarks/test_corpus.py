"""The public corpus: what is promised of it, and that the generator makes what is committed."""

from __future__ import annotations

import itertools
import random
from typing import Any

import pytest

from benchmarks import corpus
from benchmarks.corpus.genres import GENRES
from benchmarks.corpus.lures import LURES
from benchmarks.corpus.values import kinds
from sitclassify import resources


@pytest.fixture(scope="module")
def prompts() -> list[dict[str, Any]]:
    return list(corpus.read())


def test_the_corpus_is_as_broad_as_it_says(prompts: list[dict[str, Any]]) -> None:
    assert len(prompts) == 5000
    assert len({p["language"] for p in prompts}) == 20
    assert {p["genre"] for p in prompts} == set(GENRES)
    assert {s["label"] for p in prompts for s in p["spans"]} == {k.name for k in kinds()}
    assert len(kinds()) >= 120
    assert {s["label"] for p in prompts for s in p["lures"]} | {"talk"} == {*LURES, "ticket"}
    assert sum(not p["spans"] for p in prompts) > 1500
    assert len({p["text"] for p in prompts}) > 4900


def test_every_span_is_a_valid_value(prompts: list[dict[str, Any]]) -> None:
    known = {kind.name: kind for kind in kinds()}
    for prompt in prompts[::7]:
        places = sorted((s["start"], s["end"]) for s in (*prompt["spans"], *prompt["lures"]))
        assert all(a[1] <= b[0] for a, b in itertools.pairwise(places))
        for span in prompt["spans"]:
            value, kind = prompt["text"][span["start"] : span["end"]], known[span["label"]]
            assert value == value.strip() != ""
            assert kind.is_valid is None or kind.is_valid(value), span["label"]


def test_every_sit_of_a_kind_exists() -> None:
    known = {path.stem for path in resources.folder("patterns").rglob("*.yaml")}
    assert {sit for kind in kinds() for sit in kind.sits} <= known


def test_the_generator_makes_what_is_committed(prompts: list[dict[str, Any]]) -> None:
    pytest.importorskip("rstr")
    from benchmarks.corpus.generate import prompts as made

    assert list(made(count=60)) == prompts[:60]


def test_a_spoiled_value_is_refused() -> None:
    pytest.importorskip("rstr")
    dice = random.Random(7)
    spoiled = [(k, value) for k in kinds() if (value := k.spoil(dice)) is not None]
    assert len(spoiled) > 60
    assert not any(k.is_valid(value) for k, value in spoiled if k.is_valid)
