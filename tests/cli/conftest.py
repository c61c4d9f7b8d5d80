"""Runs the command line in this process, over a catalogue of three SITs."""

from __future__ import annotations

from pathlib import Path

import pytest
from ended import CATALOGUE, Done, Run
from typer.testing import CliRunner

from sitclassify.cli.app import app


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `sitclassify` with these arguments, over the small catalogue."""
    monkeypatch.delenv("SITCLASSIFY_CACHE", raising=False)

    def invoke(*arguments: str | Path, input: str | bytes | None = None) -> Done:
        result = CliRunner().invoke(app, [str(a) for a in arguments], input=input)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        out = result.stdout_bytes.decode(errors="replace")
        return Done(result.exit_code, out, result.stderr, result.stdout_bytes)

    return invoke


@pytest.fixture
def scan(run: Run) -> Run:
    """Run `sitclassify scan` with the small catalogue and no classifier."""

    def invoke(*arguments: str | Path, input: str | bytes | None = None) -> Done:
        options = ("--catalogue", CATALOGUE, "--no-classifiers")
        return run("scan", *options, *arguments, input=input)

    return invoke
