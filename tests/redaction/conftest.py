"""A scanner over a few of the packaged SITs, of every kind, and the texts of all their `match` examples."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import sitclassify
from sitclassify import catalogue
from sitclassify.resources import folder
from sitclassify.scanner import Scanner

FEW = [
    "aws-access-key-id", "brazil-cpf-number", "credit-card-number", "email-address", "general-password",
    "germany-tax-identification-number", "github-personal-access-token", "international-banking-account-number",
    "ip-address-v4", "ip-address-v6", "json-web-token", "mac-address", "phone-number", "uk-national-insurance-number",
    "us-bank-account-number", "us-social-security-number",
]  # fmt: skip


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A catalogue of these SITs and the elements that they share."""
    place = tmp_path_factory.mktemp("small")
    packaged = Path(folder("patterns"))
    shutil.copytree(packaged / "shared", place / "shared")
    for path in packaged.rglob("*.yaml"):
        if path.stem in FEW:
            shutil.copy(path, place)
    yield place


@pytest.fixture(scope="session")
def scanner(small: Path, cache_folder: Path) -> Scanner:
    """The small catalogue at every tier."""
    return sitclassify.load(
        catalogue=small, classifiers=(), min_confidence=1, cache=cache_folder / "small"
    )


@pytest.fixture(scope="session")
def texts(small: Path) -> list[str]:
    """What `match` examples of the catalogue say."""
    return [e.text for file in catalogue.read([small]) for e in file.examples.match]
