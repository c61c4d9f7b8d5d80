"""Running servers, one for all tests or one for a single test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from running import Server


@pytest.fixture(scope="session")
def server(cache_folder: Path) -> Iterator[Server]:
    """One server for the tests that leave it as it is."""
    running = Server()
    yield running
    running.stop()


@pytest.fixture
def start(cache_folder: Path) -> Iterator[Callable[..., Server]]:
    """Starts servers of a test's own, which end with it."""
    started: list[Server] = []

    def run(*arguments: str, **options: Any) -> Server:
        started.append(Server(*arguments, **options))
        return started[-1]

    yield run
    for running in started:
        running.stop()
