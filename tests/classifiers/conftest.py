"""The packaged classifiers, loaded once."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitclassify.classifiers.loading import find
from sitclassify.classifiers.runtime import ClassifierSet

MODELS = Path(__file__).parents[2] / "models"


@pytest.fixture(scope="session")
def packaged() -> ClassifierSet:
    """All packaged classifiers, the experimental ones too."""
    return ClassifierSet(find(MODELS))
