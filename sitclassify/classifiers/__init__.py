"""Trained classifiers: what a text is, not what it contains. numpy is imported at first use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from sitclassify import resources

if TYPE_CHECKING:
    from sitclassify.classifiers.model import Model
    from sitclassify.classifiers.runtime import ClassifierSet
    from sitclassify.results import Classification

__all__ = ["ClassifierSet", "load"]


def load(
    ids: Iterable[str] | None = None,
    also: Iterable[str] = (),
) -> tuple[Callable[[str], tuple[Classification, ...]], Mapping[str, Model]]:
    """What classifies a text, and the packaged models by id; None: all that are not experimental; and `also`.

    Raises `ModelError` for a broken model, `ConfigurationError` for an unknown id.
    """
    from sitclassify.classifiers.runtime import ClassifierSet

    models = ClassifierSet.load(resources.folder("models"), ids, also)
    return models.classify, models.models


def __getattr__(name: str) -> Any:
    if name == "ClassifierSet":
        from sitclassify.classifiers.runtime import ClassifierSet

        return ClassifierSet
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
