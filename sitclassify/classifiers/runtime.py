"""All loaded classifiers in one pass over a text: one tokenisation, one product."""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sitclassify.classifiers import disguise
from sitclassify.classifiers.features import SPACE_BITS, Features, extract
from sitclassify.classifiers.model import Model, read, read_about
from sitclassify.classifiers.windows import cut
from sitclassify.errors import ConfigurationError
from sitclassify.results import Classification

_LONGEST = 200_000  # characters judged at once, to bound memory; longer texts in such parts
_EXPLAINED = 20  # spans of an explanation
Floats = NDArray[np.float64]


class _Best(NamedTuple):
    """Per model the highest margin seen and the span that had it."""

    margins: Floats
    starts: NDArray[np.intp]
    ends: NDArray[np.intp]

    def take(self, margins: Floats, starts: NDArray[np.intp], ends: NDArray[np.intp]) -> None:
        better = margins > self.margins
        for mine, theirs in zip(self, (margins, starts, ends), strict=True):
            mine[better] = theirs[better]


class ClassifierSet:
    """Trained classifiers over one weight table. Immutable; safe to share between threads."""

    def __init__(self, models: Iterable[Model], known: disguise.KnownWords | None = None) -> None:
        self.models = {model.id: model for model in models}
        ordered = list(self.models.values())
        self._known = known
        self._table = np.zeros((1 << SPACE_BITS, len(ordered)), np.float32)
        for column, model in enumerate(ordered):
            self._table[model.rows, column] = model.weights
        self._intercepts = np.array([model.intercept for model in ordered], np.float64)

    @classmethod
    def load(
        cls, folder: Path | str, ids: Iterable[str] | None = None, also: Iterable[str] = ()
    ) -> ClassifierSet:
        """Models of a folder: those named, or all that are not experimental; and `also`.

        Raises `ModelError` for a broken model, `ConfigurationError` for an unknown id.
        """
        folder = Path(folder)
        names = {path.parent.name: path.parent for path in sorted(folder.glob("*/model.json"))}
        if ids is None:
            ids = [n for n, path in names.items() if not read_about(path).get("experimental")]
        wanted = list(dict.fromkeys((*ids, *also)))
        for name in wanted:
            if name not in names:
                raise ConfigurationError(_unknown(name, names))
        chosen = [names[name] for name in wanted]
        return cls([read(path) for path in chosen], disguise.KnownWords.read(folder / "words.txt"))

    def classify(self, text: str) -> tuple[Classification, ...]:
        """One answer per model, highest score first; those under their minimum of words last."""
        words, best = self._judge(text)
        answers = []
        for model, margin, start, end in zip(
            self.models.values(), *(column.tolist() for column in best), strict=True
        ):
            if words < model.minimum_words:
                answers.append(Classification(model.id, None, None, 0, len(text)))
                continue
            score = _probability(margin)
            answers.append(Classification(model.id, score, model.level(score), start, end))
        answers.sort(
            key=lambda answer: -1.0 if answer.score is None else answer.score, reverse=True
        )
        return tuple(answers)

    def explain(
        self, text: str, classifier_id: str, start: int, end: int
    ) -> list[tuple[int, int, float]]:
        """Spans inside `text[start:end]` that weighed most: (start, end, weight), strongest first.

        The weights of all words and the intercept add up to the logit of the probability.
        """
        column = list(self.models).index(classifier_id)
        part = text[start:end]
        features = extract(part)
        if not len(features.starts):
            return []
        weights = self._word_weights(features, column)
        order = np.argsort(-np.abs(weights), kind="stable")[:_EXPLAINED]
        return [
            (start + int(features.starts[i]), start + int(features.ends[i]), float(weights[i]))
            for i in order
            if weights[i]
        ]

    def _word_weights(self, features: Features, column: int) -> Floats:
        """What each word adds to the margin; a feature of two words is shared between them."""
        _, first, times = np.unique(features.rows, return_inverse=True, return_counts=True)
        share = 1 / (times[first] * math.sqrt(len(times)))  # repeated features count once
        weights = self._table[features.rows, column].astype(np.float64) * share / 2
        count = len(features.starts)
        found: Floats = np.zeros(count)
        for owners in (features.firsts, features.lasts):
            found += np.bincount(owners, weights, count)
        return found

    def _judge(self, text: str) -> tuple[int, _Best]:
        """Number of words, and per model the strongest of all windows and disguised parts."""
        count = len(self.models)
        best = _Best(np.full(count, -np.inf), np.zeros(count, np.intp), np.zeros(count, np.intp))
        words = 0
        for offset in range(0, max(len(text), 1), _LONGEST):
            part = text if len(text) <= _LONGEST else text[offset : offset + _LONGEST]
            features = extract(part)
            words += len(features.starts)
            best.take(*self._strongest(features, len(part), offset))
            for view in disguise.views(part, features, self._known):
                readable = extract(view.text)
                words = max(words, len(readable.starts))
                margins, _, _ = self._strongest(readable, len(view.text), 0)
                where = np.full(count, offset + view.start), np.full(count, offset + view.end)
                best.take(margins, *where)
        return words, best

    def _strongest(
        self, features: Features, length: int, offset: int
    ) -> tuple[Floats, NDArray[np.intp], NDArray[np.intp]]:
        windows = cut(features, length)
        margins = np.zeros((len(windows.starts), len(self.models)))
        weights = self._table.take(windows.rows, axis=0)
        ones = np.ones(len(weights), np.float32)
        counts = windows.counts()
        for row, first, count in zip(
            margins, windows.firsts.tolist(), counts.tolist(), strict=True
        ):
            row[:] = ones[:count] @ weights[first : first + count]
        margins /= np.sqrt(np.maximum(counts, 1))[:, None]
        margins += self._intercepts
        top = margins.argmax(axis=0)
        strongest: Floats = margins[top, np.arange(len(top))]
        return strongest, windows.starts[top] + offset, windows.ends[top] + offset


def _probability(margin: float) -> float:
    if margin < 0:
        odds = math.exp(margin)
        return odds / (1 + odds)
    return 1 / (1 + math.exp(-margin))


def _unknown(name: str, names: Iterable[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, list(names), 3)
    hint = f"did you mean {' or '.join(near)}?" if near else f"there are: {', '.join(names)}"
    return f"unknown classifier '{name}'\n  {hint}"
