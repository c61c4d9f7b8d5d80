"""The small catalogue's options, compiled once per test process."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitclassify.batch import Options

CATALOGUE = Path(__file__).parents[1] / "cli" / "catalogue"


@pytest.fixture(scope="session")
def options(cache_folder: Path) -> Options:
    """Three SITs and no classifier."""
    return Options.of(catalogue=CATALOGUE, classifiers=(), cache=cache_folder / "batch")
