"""A guard as the tests of every adapter use it: e-mail addresses are redacted, SSNs block."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hooked import NUMBERED, POLICY, SITS

import sitclassify
from sitclassify import policy
from sitclassify.hooks import Guard
from sitclassify.policy import Policies
from sitclassify.scanner import Scanner


@pytest.fixture(scope="session")
def policies(tmp_path_factory: pytest.TempPathFactory) -> Policies:
    """Policies of a file, as an application has its own."""
    path: Path = tmp_path_factory.mktemp("policy") / "hooked.yaml"
    path.write_text(POLICY)
    return policy.load(str(path))


@pytest.fixture(scope="session")
def scanner(cache_folder: Path, policies: Policies) -> Scanner:
    """A scanner for them."""
    return sitclassify.load(sits=SITS, classifiers=(), policies=policies)


@pytest.fixture(scope="session")
def guard(scanner: Scanner, policies: Policies) -> Guard:
    """Fails closed."""
    return Guard(policies, scanner=scanner)


@pytest.fixture(scope="session")
def numbered(scanner: Scanner, tmp_path_factory: pytest.TempPathFactory) -> Guard:
    """A guard that writes numbered placeholders."""
    path: Path = tmp_path_factory.mktemp("policy") / "numbered.yaml"
    path.write_text(NUMBERED)
    return Guard(str(path), scanner=scanner)


@pytest.fixture(params=[False, True], ids=["closed", "open"])
def broken(request: Any, scanner: Scanner, policies: Policies) -> Guard:
    """A guard whose engine fails at whatever it is asked, failing closed and failing open."""
    broken = Guard(policies, scanner=scanner, fail_open=request.param)
    broken.scanner = Broken()  # type: ignore[assignment]
    return broken


class Broken:
    """An engine that fails, quoting what it was asked."""

    def scan(self, text: str, **_: Any) -> None:
        raise RuntimeError(f"cannot scan {text}")

    def stream(self, **_: Any) -> None:
        raise RuntimeError("no streams")
