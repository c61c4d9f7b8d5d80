"""The pre-commit hook: what pre-commit runs on the files of a commit."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml
from hooked import NUMBER, SSN
from typer.testing import CliRunner

from sitclassify.cli.app import app

MANIFEST = Path(__file__).parents[2] / ".pre-commit-hooks.yaml"
FEW = ("--sits", "us-social-security-number")


def hook() -> Any:
    [told] = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    return told


@pytest.mark.parametrize(("text", "status"), [("hello\n", 0), (f"{SSN}\n", 1)])
def test_the_hook(text: str, status: int, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("nothing\n")
    (tmp_path / "b.txt").write_text(text)
    command = [*shlex.split(hook()["entry"]), *hook().get("args", []), *FEW]
    assert command[0] == "sitclassify"
    files = [str(tmp_path / name) for name in ("a.txt", "b.txt")]
    done = CliRunner().invoke(app, [*command[1:], *files])
    assert done.exit_code == status, done.output
    assert NUMBER not in done.output and ("1 finding" in done.output) == bool(status)


def test_pre_commit_reads_it() -> None:
    manifest = pytest.importorskip("pre_commit.clientlib")
    [told] = manifest.load_manifest(str(MANIFEST))
    assert told["id"] == "sitclassify" and told["language"] == "python"
