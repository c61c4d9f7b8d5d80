"""All loaded classifiers in one pass over a text: one tokenisation, one look-up a word for all models."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from sitclassify.classifiers import disguise
from sitclassify.classifiers.features import (
    SPACE_BITS,
    Index,
    Tokens,
    packaged_vocabulary,
    token_sums,
)
from sitclassify.classifiers.kinds import KindTeller
from sitclassify.classifiers.model import LEVELS, Model
from sitclassify.classifiers.windows import Window, bounds, cut, previous
from sitclassify.results import Classification, Weighed

_LONGEST = 200_000  # characters judged at once, to bound memory; longer texts in such parts
_EXPLAINED = 20  # spans of an explanation
Floats = NDArray[np.float32]
_LEVELS = (None, *reversed(LEVELS))


class ClassifierSet:
    """Trained classifiers over one weight table. Immutable; safe to share between threads."""

    def __init__(self, models: Iterable[Model]) -> None:
        self.models = {model.id: model for model in models}
        ordered = list(self.models.values())
        self._ids = list(self.models)
        self._vocabulary = packaged_vocabulary()
        self._table = np.zeros((1 << SPACE_BITS, len(ordered) + 1), np.float32)
        for column, model in enumerate(ordered):
            self._table[model.rows, column] = model.weights
        self._table[:, -1] = 1  # the last column counts features
        self._sums = token_sums(self._vocabulary.tokens, self._vocabulary.hashes, self._take_rows)
        self._kinds = {
            model.id: KindTeller(model.kinds, self._vocabulary) for model in ordered if model.kinds
        }
        self._intercepts = np.array([model.intercept for model in ordered])
        self._least_words = np.array([model.minimum_words for model in ordered])
        self._thresholds = np.array(
            [[model.thresholds[level] for level in LEVELS] for model in ordered]
        )

    def classify(self, text: str) -> tuple[Classification, ...]:
        """One answer per model, highest score first; those under their minimum of words last."""
        words, margins, spans = self._judge(text)
        scores = 0.5 + 0.5 * np.tanh(margins / 2)
        scores[self._least_words > words] = -1
        levels = (scores[:, None] >= self._thresholds).sum(axis=1).tolist()
        values = scores.tolist()
        ids = self._ids
        why = partial(self.explain, text)
        answers = []
        for i in np.argsort(-scores, kind="stable").tolist():
            if values[i] < 0:
                answer = Classification(ids[i], None, None, 0, len(text))
            else:
                answer = Classification(ids[i], values[i], _LEVELS[levels[i]], *spans[i])
                kinds = self._kinds.get(ids[i])
                if kinds is not None and answer.matched:
                    answer.kind = kinds.of(text[answer.start : answer.end])
            answer.why = why
            answers.append(answer)
        return tuple(answers)

    def explain(self, text: str, classifier: str, start: int, end: int) -> tuple[Weighed, ...]:
        """Spans inside `text[start:end]` that weighed most, strongest first.

        The weights of all words and the intercept add up to the logit of the probability. A part that
        was judged by what it hides (base64, letters set apart) is one span.
        """
        column = self._ids.index(classifier)
        part = text[start:end]
        tokens = self._vocabulary.read(part)
        whole = [Window(0, len(tokens.numbers), 0, len(tokens.pairs))]
        plain = self._margins(tokens, whole)[0, column]
        for view in disguise.views(part, tokens, self._vocabulary):
            margin = self._strongest(view.text)[1][column]
            if margin > plain:
                weight = float(margin - self._intercepts[column])
                return (Weighed(start + view.start, start + view.end, weight),)
        weights = self._token_weights(tokens, column)
        spans = tokens.spans.tolist()
        order = np.argsort(-np.abs(weights), kind="stable")[:_EXPLAINED].tolist()
        return tuple(
            Weighed(start + spans[i][0], start + spans[i][1], float(weights[i]))
            for i in order
            if weights[i]
        )

    def _token_weights(self, tokens: Tokens, column: int) -> NDArray[np.float64]:
        """What each token adds to the margin: a pair is shared by its words, a repeated one by all."""
        values, pairs = self._values(tokens), self._table.take(tokens.pairs, axis=0)
        size = 0.0
        parts = []
        for rows, keys in ((values, tokens.numbers), (pairs, tokens.pairs)):
            _, back, times = np.unique(keys, return_inverse=True, return_counts=True)
            share = 1 / times[back]
            size += float(rows[:, -1] @ share)
            parts.append(rows[:, column] * share)
        weights = parts[0].astype(np.float64)
        weights[tokens.words[:-1]] += parts[1] / 2
        weights[tokens.words[1:]] += parts[1] / 2
        found: NDArray[np.float64] = weights / math.sqrt(max(size, 1))
        return found

    def _judge(self, text: str) -> tuple[int, NDArray[np.float64], list[tuple[int, int]]]:
        """Number of words; per model the strongest margin of all windows and views, and its span."""
        if len(text) <= _LONGEST:
            return self._judge_part(text, 0)
        words, margins, spans = 0, np.full(len(self._ids), -np.inf), [(0, 0)] * len(self._ids)
        for offset in range(0, len(text), _LONGEST):
            more, found, places = self._judge_part(text[offset : offset + _LONGEST], offset)
            words += more
            _take(found, places, margins, spans)
        return words, margins, spans

    def _judge_part(
        self, text: str, offset: int
    ) -> tuple[int, NDArray[np.float64], list[tuple[int, int]]]:
        tokens = self._vocabulary.read(text)
        words, windows = len(tokens.words), cut(tokens)
        every = self._margins(tokens, windows)
        if len(windows) == 1:
            margins, spans = every[0], [(offset, offset + len(text))] * len(self._ids)
        else:
            margins = every.max(axis=0)
            strongest = every.argmax(axis=0).tolist()
            places = {i: bounds(windows[i], tokens, len(text)) for i in set(strongest)}
            spans = [(offset + places[i][0], offset + places[i][1]) for i in strongest]
        for view in disguise.views(text, tokens, self._vocabulary):
            count, stronger = self._strongest(view.text)
            words = max(words, count)
            span = offset + view.start, offset + view.end
            _take(stronger, [span] * len(spans), margins, spans)
        return words, margins, spans

    def _strongest(self, text: str) -> tuple[int, NDArray[np.float64]]:
        tokens = self._vocabulary.read(text)
        return len(tokens.words), self._margins(tokens, cut(tokens)).max(axis=0)

    def _margins(self, tokens: Tokens, windows: Sequence[Window]) -> NDArray[np.float64]:
        """What each window says to each model: windows x models."""
        values, pairs = self._values(tokens), self._table.take(tokens.pairs, axis=0)
        before, before_pair = previous(tokens.numbers), previous(tokens.pairs)
        sums = np.empty((len(windows), values.shape[1]))
        for row, (first, last, first_pair, last_pair) in zip(sums, windows, strict=True):
            is_new = (before[first:last] < first).astype(np.float32)
            is_new_pair = (before_pair[first_pair:last_pair] < first_pair).astype(np.float32)
            row[:] = is_new @ values[first:last] + is_new_pair @ pairs[first_pair:last_pair]
        sizes = np.maximum(sums[:, -1:], 1)
        margins: NDArray[np.float64] = sums[:, :-1] / np.sqrt(sizes) + self._intercepts
        return margins

    def _values(self, tokens: Tokens) -> Floats:
        """What each token weighs: tokens x (models + 1), the last column its number of features."""
        values = self._sums.take(tokens.numbers, axis=0, mode="clip")
        if tokens.outside:
            places = (tokens.numbers >= len(self._sums)).nonzero()[0]
            sums = token_sums(tokens.outside, tokens.hashes_outside, self._take_rows)
            values[places] = sums[tokens.numbers[places] - len(self._sums)]
        return values

    def _take_rows(self, rows: Index) -> Floats:
        found: Floats = self._table.take(rows, axis=0)
        return found


def _take(
    found: NDArray[np.float64],
    places: Sequence[tuple[int, int]],
    margins: NDArray[np.float64],
    spans: list[tuple[int, int]],
) -> None:
    """Keep what is stronger than what was found before."""
    for i in (found > margins).nonzero()[0].tolist():
        margins[i], spans[i] = found[i], places[i]
