"""Protected material: verbatim passages of a small index of works in the public domain."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest

from sitclassify import classifiers
from sitclassify.classifiers.protected import LEAST_WORDS, ProtectedMaterial
from sitclassify.errors import ConfigurationError, ModelError

WORKS = {  # Lincoln 1863; Carroll 1865; both in the public domain everywhere
    "Gettysburg Address": (
        "Four score and seven years ago our fathers brought forth on this continent, a new nation, "
        "conceived in Liberty, and dedicated to the proposition that all men are created equal. Now we "
        "are engaged in a great civil war, testing whether that nation, or any nation so conceived and "
        "so dedicated, can long endure. We are met on a great battle-field of that war. We have come to "
        "dedicate a portion of that field, as a final resting place for those who here gave their lives "
        "that that nation might live. It is altogether fitting and proper that we should do this."
    ),
    "Alice's Adventures in Wonderland": (
        "Alice was beginning to get very tired of sitting by her sister on the bank, and of having "
        "nothing to do: once or twice she had peeped into the book her sister was reading, but it had "
        "no pictures or conversations in it, “and what is the use of a book,” thought Alice “without "
        "pictures or conversations?”"
    ),
}
ADDRESS = WORKS["Gettysburg Address"]
PLAIN = "The committee met on Tuesday and talked about the new cycle lane near the station. "


@pytest.fixture(scope="module")
def index() -> ProtectedMaterial:
    """Of both works."""
    return ProtectedMaterial.build(WORKS)


@pytest.mark.parametrize("work", WORKS)
def test_a_passage_is_named_and_located(index: ProtectedMaterial, work: str) -> None:
    text = f"{PLAIN}{WORKS[work]}\n{PLAIN}"
    (found,) = index.passages(text)
    assert found.work == work and found.words > 50
    assert text[found.start : found.end] == WORKS[work].rstrip(".?”")


def test_case_and_punctuation_do_not_matter(index: ProtectedMaterial) -> None:
    (found,) = index.passages(ADDRESS.upper().replace(",", " --"))
    assert found.work == "Gettysburg Address"


def test_one_changed_word_does_not_part_a_passage(index: ProtectedMaterial) -> None:
    (found,) = index.passages(ADDRESS.replace("great civil", "dreadful civil"))
    assert found.words == len(ADDRESS.replace("battle-field", "battle field").split())


def test_quotations_and_other_words_are_none(index: ProtectedMaterial) -> None:
    quoted = " ".join(ADDRESS.split()[: LEAST_WORDS - 1])
    assert index.passages(f"{PLAIN}{quoted}. {PLAIN}") == []
    assert index.passages(PLAIN * 50) == [] and index.passages("") == []
    backwards = " ".join(reversed(ADDRESS.split()))
    assert index.passages(backwards) == []


def test_two_works_in_one_text(index: ProtectedMaterial) -> None:
    found = index.passages(" ".join(WORKS.values()))
    assert [passage.work for passage in found] == list(WORKS)


def test_it_takes_part_in_a_scan(index: ProtectedMaterial, tmp_path: Path) -> None:
    index.save(tmp_path / "works.npz")
    again = ProtectedMaterial.load(tmp_path / "works.npz")
    assert again.passages(ADDRESS) == index.passages(ADDRESS)
    classify, _ = classifiers.load([again.classifier(timeout=30.0)])
    (answer,) = classify(PLAIN + ADDRESS)
    assert answer.classifier == "protected-material" and answer.matched
    assert (PLAIN + ADDRESS)[answer.start : answer.end] == ADDRESS.rstrip(".")
    (answer,) = classify(PLAIN)
    assert answer.score == 0 and not answer.matched


def test_the_index_does_not_hold_the_words(index: ProtectedMaterial, tmp_path: Path) -> None:
    index.save(tmp_path / "works.npz")
    with np.load(tmp_path / "works.npz", allow_pickle=False) as arrays:
        assert all(b"score" not in arrays[name].tobytes() for name in arrays.files)


def test_what_is_no_index(tmp_path: Path) -> None:
    (tmp_path / "a.npz").write_bytes(b"nothing")
    np.savez(tmp_path / "b.npz", format=np.array(99))
    for name in ("a.npz", "b.npz", "missing.npz"):
        with pytest.raises(ModelError, match="build"):
            ProtectedMaterial.load(tmp_path / name)


def test_works_that_are_too_short() -> None:
    with pytest.raises(ConfigurationError, match="work 'haiku': has fewer than 32 words"):
        ProtectedMaterial.build({"haiku": "an old silent pond"})
    with pytest.raises(ConfigurationError, match="no works"):
        ProtectedMaterial.build({})


def test_a_long_text_takes_linear_time(index: ProtectedMaterial) -> None:
    times = []
    for size in (2_000, 20_000):
        started = time.process_time()
        index.passages(PLAIN * size)
        times.append(time.process_time() - started)
    assert times[1] < 40 * times[0] + 0.5
