"""Training with scikit-learn: features as a transformer, grouped folds, calibration, thresholds.

What is trained is `Pipeline(TextFeatures(), LogisticRegression())`; calibration (Platt) is folded
into its weights, so that the exported model is again that pipeline. Only here is scikit-learn
imported.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.linear_model import LogisticRegression

from sitclassify.classifiers.features import (
    SPACE_BITS,
    Index,
    Tokens,
    gram_rows,
    has_grams,
    hashes_of,
    packaged_vocabulary,
    token_rows,
)
from sitclassify.classifiers.windows import Window, cut

Floats = NDArray[np.float64]


class WindowRows:
    """Table rows of the features of windows, once for every time they count; words are remembered."""

    def __init__(self) -> None:
        self._vocabulary = packaged_vocabulary()
        self._seen: dict[str, Index] = {}

    def of(self, text: str, *, whole: bool = False) -> list[Index]:
        """The rows of each window of a text, or of all of it as one window."""
        tokens = self._vocabulary.read(text)
        names = self._names(tokens)
        windows = [Window(0, len(tokens.numbers), 0, len(tokens.pairs))] if whole else cut(tokens)
        return [
            np.concatenate(
                [
                    np.unique(tokens.pairs[w.first_pair : w.last_pair]),
                    *(
                        self._seen[names[n]]
                        for n in np.unique(tokens.numbers[w.first : w.last]).tolist()
                    ),
                ]
            )
            for w in windows
        ]

    def tokens(self, text: str) -> dict[str, Index]:
        """The distinct tokens of a text in their normal form, and the table rows that each adds."""
        names = self._names(self._vocabulary.read(text))
        return {token: self._seen[token] for token in names.values()}

    def _names(self, tokens: Tokens) -> dict[int, str]:
        """The distinct tokens by their numbers; their rows are known from here on."""
        known, all_known = len(self._vocabulary), self._vocabulary.tokens
        names = {
            n: all_known[n] if n < known else tokens.outside[n - known]
            for n in np.unique(tokens.numbers).tolist()
        }
        new = [token for token in names.values() if token not in self._seen]
        own = token_rows(hashes_of(new))[:, None]
        self._seen.update(zip(new, own, strict=True))
        words = [token for token in new if has_grams(token)]
        if words:
            rows, firsts = gram_rows(words)
            for word, grams in zip(words, np.split(rows, firsts[1:]), strict=True):
                self._seen[word] = np.concatenate((self._seen[word], grams))
        return names


class TextFeatures(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Texts to a sparse matrix: the features of each as one window, each row of length 1."""

    def fit(self, texts: Iterable[str], labels: Any = None) -> TextFeatures:
        """Nothing is learned: features are hashed."""
        return self

    def transform(self, texts: Iterable[str]) -> csr_matrix:
        """One row a text."""
        rows = WindowRows()
        return _matrix([row for text in texts for row in rows.of(text, whole=True)])

    def __sklearn_is_fitted__(self) -> bool:
        return True


class Corpus(NamedTuple):
    """Windows of texts as a matrix, and the text (its number) that each window belongs to."""

    windows: csr_matrix
    texts: NDArray[np.intp]

    def of(self, chosen: NDArray[np.intp], most: int | None = None) -> Corpus:
        """The windows of the chosen texts, renumbered; at most `most` of each, spread evenly."""
        firsts = np.searchsorted(self.texts, chosen)
        counts = np.searchsorted(self.texts, chosen, "right") - firsts
        picked, owners = [], []
        for number, (first, count) in enumerate(zip(firsts.tolist(), counts.tolist(), strict=True)):
            size = count if most is None else min(most, count)
            picked.append(first + np.arange(size) * count // max(size, 1))
            owners.append(np.full(size, number))
        return Corpus(self.windows[np.concatenate(picked)], np.concatenate(owners))


def _matrix(rows: Sequence[Index]) -> csr_matrix:
    counts = np.array([len(row) for row in rows])
    ends = np.concatenate(([0], np.cumsum(counts)))
    values = np.repeat(1 / np.sqrt(np.maximum(counts, 1)), counts)
    columns = np.concatenate([*rows, np.zeros(0, np.intp)]).astype(np.int32)
    matrix = csr_matrix((values, columns, ends), shape=(len(rows), 1 << SPACE_BITS))
    matrix.sum_duplicates()
    return matrix


def corpus(texts: Iterable[str]) -> Corpus:
    """All windows of all texts, in order."""
    of = WindowRows()
    rows: list[Index] = []
    owners: list[int] = []
    for number, text in enumerate(texts):
        windows = of.of(text)
        rows += [window.astype(np.int32) for window in windows]
        owners += [number] * len(windows)
    return Corpus(_matrix(rows), np.array(owners))


def fit(
    windows: Corpus, labels: NDArray[np.intp], strength: float, weights: Floats | None = None
) -> LogisticRegression:
    """A regression on windows; each text weighs the same, both classes weigh the same."""
    counts = np.bincount(windows.texts)
    per_text = np.ones(len(labels)) if weights is None else weights
    sample = (per_text / counts)[windows.texts]
    by_window = labels[windows.texts]
    for label in (0, 1):
        chosen = by_window == label
        sample[chosen] *= len(sample) / (2 * sample[chosen].sum())
    matrix = windows.windows
    is_used = np.bincount(matrix.indices, minlength=matrix.shape[1]) > 0  # few texts, few columns
    columns, used = (is_used.cumsum() - 1)[matrix.indices], np.flatnonzero(is_used)
    dense = csr_matrix((matrix.data, columns, matrix.indptr), shape=(matrix.shape[0], len(used)))
    model = LogisticRegression(C=strength, solver="liblinear", max_iter=200, random_state=0)
    model.fit(dense, by_window, sample_weight=sample)
    weights = np.zeros((1, matrix.shape[1]))
    weights[:, used] = model.coef_
    model.coef_, model.n_features_in_ = weights, matrix.shape[1]
    return model


def strongest(values: Floats, windows: Corpus) -> Floats:
    """Per text the value of its strongest window."""
    found: Floats = np.full(int(windows.texts[-1]) + 1, -np.inf)
    np.maximum.at(found, windows.texts, values)
    return found


def margins(model: LogisticRegression, windows: Corpus) -> Floats:
    """Per text the margin of its strongest window."""
    return strongest(model.decision_function(windows.windows), windows)


def hashed_folds(groups: Sequence[str], folds: int) -> NDArray[np.intp]:
    """Folds by a hash of the group: balancing many by size would put all small groups into one."""
    return np.array([crc32(group.encode()) % folds for group in groups])


def out_of_fold(
    all_windows: Corpus,
    labels: NDArray[np.intp],
    folds: NDArray[np.intp],
    strength: float,
    *,
    most: int = 6,
    weights: Floats | None = None,
    seen: NDArray[np.bool_] | None = None,
) -> Floats:
    """Margin of every text by a model that saw no text of its fold.

    most: windows of one text that are learned from. seen: texts that may be learned from; None: all.
    """
    found: Floats = np.zeros(len(labels))
    for number in np.unique(folds).tolist():
        outside = folds != number
        chosen = np.flatnonzero(outside if seen is None else outside & seen)
        unseen = np.flatnonzero(folds == number)
        model = fit(
            all_windows.of(chosen, most),
            labels[chosen],
            strength,
            None if weights is None else weights[chosen],
        )
        found[unseen] = margins(model, all_windows.of(unseen))
    return found


def platt(
    scores: Floats, labels: NDArray[np.intp], prior: float = 0.1, *, smooth: bool = False
) -> tuple[float, float]:
    """Slope and offset that turn margins into probabilities where a share `prior` is positive.

    smooth: with Platt's doubt of 1 / (n + 2) about the labels of each class, which keeps the slope finite
    where few texts lie wholly apart.
    """
    positive = labels == 1
    weights = np.where(positive, prior / positive.mean(), (1 - prior) / (1 - positive.mean()))
    if smooth:
        doubt = weights / (np.where(positive, positive.sum(), (~positive).sum()) + 2)
        scores, labels = np.tile(scores, 2), np.concatenate((labels, 1 - labels))
        weights = np.concatenate((weights - doubt, doubt))
    model = LogisticRegression(C=1e6).fit(scores[:, None], labels, sample_weight=weights)
    return float(model.coef_[0, 0]), float(model.intercept_[0])
