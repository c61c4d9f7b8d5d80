"""Scanners that many tests share, compiled once per process, and a cache folder of the tests' own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from toys import TOY

import sitclassify
from sitclassify.scanner import Scanner

# A check that must say the same twice; at home each run tries other texts.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


@pytest.fixture(scope="session", autouse=True)
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder in place of the user's cache: no test reads or leaves anything there."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        yield folder


@pytest.fixture(scope="session")
def toy(cache_folder: Path) -> Scanner:
    """The toy catalogue at every tier."""
    return sitclassify.load(
        catalogue=TOY, classifiers=(), min_confidence=1, cache=cache_folder / "toy"
    )


@pytest.fixture(scope="session")
def toy_recommended(cache_folder: Path) -> Scanner:
    """The toy catalogue as it is loaded by default."""
    return sitclassify.load(catalogue=TOY, classifiers=(), cache=cache_folder / "toy")
