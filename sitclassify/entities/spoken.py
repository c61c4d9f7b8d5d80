"""From the scores of a model to spans: the words of one entity follow each other, each surely enough of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from sitclassify.entities.tokens import LABELS

_LEAST = 0.35  # chance of a word to be of an entity


class Spoken(NamedTuple):
    """An entity that a model found, and the mean chance of its words."""

    label: str
    start: int
    end: int
    chance: float


def spans_of(doc: Any, scores: Any) -> Iterator[Spoken]:
    """The entities in a `Doc`, by the score of every tag (`TAGS`) for each of its words; they may overlap."""
    import numpy as np

    chances = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances /= chances.sum(axis=1, keepdims=True)
    for number, label in enumerate(LABELS):
        begins, goes_on = chances[:, 2 * number + 1], chances[:, 2 * number + 2]
        yield from _runs(doc, label, begins, begins + goes_on)


def _runs(doc: Any, label: str, begins: Any, chance: Any) -> Iterator[Spoken]:
    words: list[int] = []
    for i in (chance >= _LEAST).nonzero()[0].tolist():
        if doc[i].is_space:
            continue
        is_next = words and all(doc[k].is_space for k in range(words[-1] + 1, i))
        if words and not (is_next and begins[i] < chance[i] / 2):
            yield _spoken(doc, label, words, chance)
            words = []
        words.append(i)
    if words:
        yield _spoken(doc, label, words, chance)


def _spoken(doc: Any, label: str, words: list[int], chance: Any) -> Spoken:
    first, last = doc[words[0]], doc[words[-1]]
    return Spoken(label, first.idx, last.idx + len(last), float(chance[words].mean()))
