"""Trained classifiers: what a text is, not what it contains. numpy is imported at first use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sitclassify.classifiers.external import ExternalClassifier

if TYPE_CHECKING:
    from sitclassify.classifiers.model import Model
    from sitclassify.classifiers.own.estimator import TrainableClassifier
    from sitclassify.results import Classification

__all__ = ["ExternalClassifier", "TrainableClassifier", "load"]


def __getattr__(name: str) -> Any:
    """`TrainableClassifier`, which needs scikit-learn, is imported when it is asked for."""
    if name != "TrainableClassifier":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from sitclassify.classifiers.own.estimator import TrainableClassifier

    return TrainableClassifier


def load(
    asked: Iterable[str | Path | ExternalClassifier] | None = None,
    also: Iterable[str] = (),
) -> tuple[Callable[[str], tuple[Classification, ...]], Mapping[str, Model | ExternalClassifier]]:
    """What classifies a text, and the loaded classifiers by id.

    asked: packaged ids, `"packaged"`, folders of models, classifiers of others; None: `"packaged"`, all
    that are not experimental. also: packaged ids that are needed besides.
    Raises `ModelError` for a broken model, `ConfigurationError` for an unknown or doubled id.
    """
    from sitclassify.classifiers import loading

    classifiers, loaded = loading.load(asked, also)
    return classifiers.classify, loaded
