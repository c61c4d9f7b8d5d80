"""A classifier with scikit-learn's conventions, and the model folder it becomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_consistent_length, check_is_fitted, column_or_1d

from sitclassify.classifiers import model as model_files
from sitclassify.classifiers import training
from sitclassify.classifiers.features import FEATURES
from sitclassify.classifiers.own.groups import near_duplicates

MOST_WINDOWS = 6  # of one text that are learned from
RATES = {"low": 0.01, "medium": 0.005, "high": 0.001}  # tolerated share of negatives at each level
LEAST = {"low": 0.1, "medium": 0.5, "high": 0.9}  # probability, whatever the rates allow
Floats = NDArray[np.float64]


class TrainableClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Texts to one of two classes, by the features and the regression of the packaged classifiers.

    strength: inverse of the regularisation. folds: of the cross-validation that calibrates and sets
    thresholds; near-duplicates share a fold. share: of the texts to come that are positive.
    After `fit`: `classes_` (the positive one last), `scores_` (probabilities of the texts by
    models that saw neither them nor near-duplicates), `groups_`, `thresholds_`.

    >>> texts = [f"please pay invoice {i}" for i in range(9)] + [f"the cat {i} sleeps" for i in range(9)]
    >>> fitted = TrainableClassifier(folds=3).fit(texts, [1] * 9 + [0] * 9, groups=range(18))
    >>> fitted.predict(["please pay the invoice"]).tolist()
    [1]
    """

    def __init__(self, *, strength: float = 10.0, folds: int = 4, share: float = 0.1) -> None:
        self.strength = strength
        self.folds = folds
        self.share = share

    def fit(self, X: Sequence[str], y: Any, groups: Any = None) -> TrainableClassifier:  # noqa: N803
        """Learns from texts and their labels; groups: of near-duplicates, None: found here.

        Raises `ValueError` for fewer than two groups of a class.
        """
        texts = checked_texts(X)
        y = column_or_1d(y, warn=True)
        check_consistent_length(texts, y)
        check_classification_targets(y)
        self.classes_, labels = np.unique(y, return_inverse=True)
        if len(self.classes_) != 2:
            raise ValueError(
                f"Only binary classification is supported. {len(self.classes_)} class(es) given"
            )
        self.groups_ = near_duplicates(texts) if groups is None else np.asarray(groups)
        self.folds_ = split(labels, self.groups_, self.folds)
        windows = training.corpus(texts)
        found = training.out_of_fold(windows, labels, self.folds_, self.strength, most=MOST_WINDOWS)
        slope, offset = training.platt(found, labels, self.share, smooth=True)
        fitted = training.fit(
            windows.of(np.arange(len(labels)), MOST_WINDOWS), labels, self.strength
        )
        self.coef_ = slope * fitted.coef_
        self.intercept_ = slope * fitted.intercept_ + offset
        self.scores_ = probability(slope * found + offset)
        self.thresholds_ = levels(self.scores_[labels == 0])
        return self

    def decision_function(self, X: Sequence[str]) -> Floats:  # noqa: N803
        """The logit of the probability for the strongest window of each text."""
        check_is_fitted(self)
        windows = training.corpus(checked_texts(X))
        every = windows.windows @ self.coef_[0] + self.intercept_[0]
        return training.strongest(every, windows)

    def predict_proba(self, X: Sequence[str]) -> Floats:  # noqa: N803
        """Texts x 2: of `classes_`, calibrated for the stated `share` of positives."""
        positive = probability(self.decision_function(X))
        return np.column_stack((1 - positive, positive))

    def predict(self, X: Sequence[str]) -> NDArray[Any]:  # noqa: N803
        """The more probable class of each text."""
        margins = self.decision_function(X)
        chosen: NDArray[Any] = self.classes_[(margins > 0).astype(int)]
        return chosen

    def save(self, folder: Path, about: Mapping[str, Any]) -> None:
        """Writes `model.json` and `weights.npz`; `about` has at least `id`, `name` and `version`."""
        check_is_fitted(self)
        told = {
            "category": "own",
            "description": "",
            "experimental": False,
            "minimum_words": 3,
            **about,
            "features": FEATURES,
            "intercept": float(self.intercept_[0]),
            "thresholds": self.thresholds_,
        }
        model_files.write(folder, told, self.coef_[0])

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        tags.input_tags.one_d_array = True
        tags.classifier_tags.multi_class = False
        return tags


def checked_texts(texts: Any) -> list[str]:
    """Texts as a list. Raises `ValueError` for one text alone, none, or what is no text."""
    if isinstance(texts, str) or not hasattr(texts, "__iter__"):
        raise ValueError("a sequence of texts is expected, not one value")
    every = list(texts)
    if not every:
        raise ValueError("Found array with 0 sample(s): at least one text is needed")
    wrong = next((i for i, text in enumerate(every) if not isinstance(text, str)), None)
    if wrong is not None:
        raise ValueError(f"text {wrong} is of type {type(every[wrong]).__name__}, not str")
    return every


def split(labels: NDArray[np.intp], groups: Any, folds: int) -> NDArray[np.intp]:
    """The fold of each text: groups stay whole, both classes in each fold."""
    least = min(len(set(groups[labels == label].tolist())) for label in (0, 1))
    if least < 2:
        raise ValueError("each class needs at least two texts that are no near-duplicates")
    splitter = StratifiedGroupKFold(min(folds, least), shuffle=True, random_state=0)
    found = np.zeros(len(labels), np.intp)
    for number, (_, unseen) in enumerate(splitter.split(labels, labels, groups)):
        found[unseen] = number
    return found


def probability(margins: Floats) -> Floats:
    """The logistic function."""
    return 0.5 + 0.5 * np.tanh(np.asarray(margins) / 2)


def levels(negatives: Floats) -> dict[str, float]:
    """Least probability of each level: at most its rate of negatives reaches it, none by chance lower.

    Where there are too few negatives to see a rate, the level lies above all of them.
    """
    found: dict[str, float] = {}
    for level, rate in RATES.items():
        allowed = int(rate * len(negatives))
        edge = float(np.sort(negatives)[::-1][allowed]) if len(negatives) else 0.0
        found[level] = min(max(edge + 1e-6, LEAST[level], *found.values()), 1 - 1e-6)
    return {level: round(value, 6) for level, value in found.items()}
