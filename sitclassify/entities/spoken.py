"""From the scores of a model to spans: the words of one entity follow each other, each surely enough of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from sitclassify.entities.lexicon import FAMILY, GIVEN, OTHER, words
from sitclassify.entities.tokens import LABELS, PERSON

_LEAST = 0.35  # chance of a word to be of an entity
# Mean chances of its words from which on an entity has a confidence; chosen on rows that are not held back.
_HIGH, _LOW = 0.99, 0.6  # for 85 and 65; for 75 by what it is:
_ADDRESS, _WORDS, _NAME, _NEW, _ELSE, _NEVER = 0.95, 0.8, 0.9, 0.95, 0.97, 2.0


_SHORT = 4  # letters of a word in capitals that is an abbreviation, not a name


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


def confidence_of(spoken: Spoken, text: str) -> int | None:
    """How sure it is: of one word that is something else as well the model must be surer than of two names."""
    least = _least(spoken, text)
    if spoken.chance >= max(_HIGH, least):
        return 85
    return (
        75 if spoken.chance >= least else 65 if spoken.chance >= _LOW and least < _NEVER else None
    )


def _least(spoken: Spoken, text: str) -> float:
    """The chance that an entity needs to be reported; more than 1: it is none."""
    if spoken.label != PERSON:
        is_numbered = any(c.isdigit() for c in text[spoken.start : spoken.end])
        return _ADDRESS if is_numbered else _NEVER
    found = list(words(text, spoken.start, spoken.end))
    long = [word for word in found if len(word.plain) > 1]
    is_small = text[spoken.start].islower()
    is_listed = any(word.kind & (GIVEN | FAMILY) for word in long)
    if len(long) > 1:
        return _NAME if is_small else _WORDS
    if not long or (len(found) > 1 and not is_listed):  # "A. Word" of a list
        return _NEVER
    word = long[0]
    if word.is_shouted and len(word.plain) <= _SHORT:
        return _NEVER
    if word.kind & OTHER or word.is_shouted:
        return _ELSE
    return _NAME if is_listed else _HIGH if is_small else _NEW
