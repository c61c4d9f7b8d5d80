"""How good a classifier is: figures of texts that it has not seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest
from sklearn.metrics import average_precision_score, precision_recall_curve, roc_auc_score

from sitclassify.classifiers import training
from sitclassify.classifiers.features import Index, is_word
from sitclassify.classifiers.model import LEVELS
from sitclassify.classifiers.own.estimator import MOST_WINDOWS, Floats, TrainableClassifier
from sitclassify.classifiers.own.reading import Example

SHARES = (0.1, 0.2, 0.4, 0.6, 0.8)  # of the texts learned from, for the learning curve
RATE = 0.01  # share of negatives flagged where the learning curve measures recall
_TELLING = 30  # words for each class
_LEAST_TEXTS = 3  # that hold a word for it to be told
_MISJUDGED = 25  # examples of each kind
Tell = Callable[[str, int, int], None]  # what is done, how much of it, of how much


class Share(NamedTuple):
    """A share of texts and the bounds it has with 95 % confidence (Clopper-Pearson)."""

    marked: int
    of: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """The share itself."""
        return self.marked / self.of if self.of else 0.0


class Threshold(NamedTuple):
    """What reaching a level means: recall of positives, share of negatives flagged."""

    level: str
    score: float
    recall: Share
    false_alarms: Share


class Judged(NamedTuple):
    """A text and the score it got, with the label it should have had."""

    example: Example
    score: float


class Judgement(NamedTuple):
    """Figures of texts that were not learned from."""

    positives: int
    negatives: int
    auc: float
    average_precision: float
    thresholds: tuple[Threshold, ...]
    curve: tuple[tuple[float, float], ...]  # recall, precision
    scores: tuple[tuple[float, ...], tuple[float, ...]]  # of negatives, of positives
    misjudged: tuple[Judged, ...]  # at the level medium, the worst first


class Word(NamedTuple):
    """A word, what it weighs in the texts that hold it on average, and in how many it is."""

    word: str
    weight: float
    positives: int
    negatives: int


def judge(
    examples: Sequence[Example], scores: Floats, thresholds: Mapping[str, float]
) -> Judgement:
    """Figures of scores of texts by a model that has not seen them; both labels must occur."""
    labels = np.array([example.label for example in examples], np.intp)
    precision, recall, _ = precision_recall_curve(labels, scores)
    wrong = np.flatnonzero((scores >= thresholds["medium"]) != (labels == 1))
    wrong = wrong[np.argsort(-np.abs(scores[wrong] - thresholds["medium"]), kind="stable")]
    picked = [[i for i in wrong.tolist() if labels[i] == y][:_MISJUDGED] for y in (1, 0)]
    return Judgement(
        int(labels.sum()),
        int((labels == 0).sum()),
        float(roc_auc_score(labels, scores)),
        float(average_precision_score(labels, scores)),
        tuple(_threshold(level, thresholds[level], labels, scores) for level in reversed(LEVELS)),
        tuple(zip(recall.tolist(), precision.tolist(), strict=True)),
        (tuple(scores[labels == 0].tolist()), tuple(scores[labels == 1].tolist())),
        tuple(Judged(examples[i], float(scores[i])) for part in picked for i in part),
    )


def _threshold(level: str, least: float, labels: NDArray[np.intp], scores: Floats) -> Threshold:
    reached = scores >= least
    return Threshold(level, least, share(reached[labels == 1]), share(reached[labels == 0]))


def share(marks: NDArray[np.bool_]) -> Share:
    """How many of the marks are set, with exact bounds."""
    count, of = int(marks.sum()), len(marks)
    bounds = binomtest(count, of).proportion_ci(0.95) if of else (0.0, 1.0)
    return Share(count, of, float(bounds[0]), float(bounds[1]))


def learning_curve(
    fitted: TrainableClassifier, examples: Sequence[Example], tell: Tell
) -> list[tuple[int, float]]:
    """Positives learned from, and recall at 1 % false alarms of the texts left out.

    The last point is the fitted classifier's own cross-validation.
    """
    labels = np.array([example.label for example in examples], np.intp)
    windows = training.corpus([example.text for example in examples])
    order = np.random.default_rng(0).permutation(int(fitted.groups_.max()) + 1)
    place = order[fitted.groups_] / len(order)
    found = []
    for number, part in enumerate(SHARES):
        tell("learning curve", number, len(SHARES))
        seen = place < part
        if all(_has_both(labels[seen & (fitted.folds_ != k)]) for k in set(fitted.folds_.tolist())):
            scores = training.out_of_fold(
                windows, labels, fitted.folds_, fitted.strength, most=MOST_WINDOWS, seen=seen
            )
            found.append((_learned(labels, fitted, seen), _recall(labels, scores)))
    every = np.ones(len(labels), bool)
    found.append((_learned(labels, fitted, every), _recall(labels, fitted.scores_)))
    tell("learning curve", len(SHARES), len(SHARES))
    return found


def _has_both(labels: NDArray[np.intp]) -> bool:
    return 0 < int(labels.sum()) < len(labels)


def _learned(labels: NDArray[np.intp], fitted: TrainableClassifier, seen: NDArray[np.bool_]) -> int:
    folds = len(set(fitted.folds_.tolist()))
    return round(int(labels[seen].sum()) * (folds - 1) / folds)


def _recall(labels: NDArray[np.intp], scores: Floats) -> float:
    edge = np.quantile(scores[labels == 0], 1 - RATE, method="higher")
    return float((scores[labels == 1] > edge).mean())


def telling_words(
    fitted: TrainableClassifier, examples: Sequence[Example]
) -> tuple[list[Word], list[Word]]:
    """The words that speak most for the positive class, and most against it.

    A word's weight is that of itself and of its runs of characters, as it counts in a text.
    """
    of = training.WindowRows()
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    rows: dict[str, Index] = {}
    for example in examples:
        tokens = of.tokens(example.text)
        rows |= tokens
        for token in tokens:
            counts[token][example.label] += 1
    words = [
        Word(word, float(fitted.coef_[0, rows[word]].sum()), positive, negative)
        for word, (negative, positive) in counts.items()
        if positive + negative >= _LEAST_TEXTS and is_word(word) and not word.isdecimal()
    ]
    words.sort(key=lambda word: -word.weight)
    return words[:_TELLING], words[::-1][:_TELLING]
