"""Trained classifiers: what a text is, not what it contains. numpy is imported at first use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sitclassify.classifiers.external import ExternalClassifier

if TYPE_CHECKING:
    from sitclassify.classifiers.model import Model
    from sitclassify.classifiers.own.estimator import TrainableClassifier
    from sitclassify.classifiers.protected import ProtectedMaterial
    from sitclassify.results import Classification

__all__ = ["ExternalClassifier", "ProtectedMaterial", "TrainableClassifier", "load"]
_LATE = {  # name -> module that needs numpy or scikit-learn, imported when it is asked for
    "ProtectedMaterial": "sitclassify.classifiers.protected",
    "TrainableClassifier": "sitclassify.classifiers.own.estimator",
}


def __getattr__(name: str) -> Any:
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_LATE[name]), name)


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
