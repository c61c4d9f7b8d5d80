"""`sitclassify check`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sitclassify import check as checking
from sitclassify.cli.guard import WRONG
from sitclassify.cli.options import Quiet
from sitclassify.cli.terminal import Terminal
from sitclassify.errors import ConfigurationError


def check(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="SIT files and folders; none: the packaged ones.")
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Check SIT files and run the examples inside them."""
    for path in paths or []:
        if not path.exists():
            raise ConfigurationError(f"no file or folder '{path}'")
    terminal = Terminal(quiet)
    with terminal.elapsed("running the examples"):
        count, problems = checking.check(paths or [])
    for problem in problems:
        terminal.say(str(problem))
    if problems:
        terminal.say(f"{len(problems)} problems in {count} SITs", style="red")
        raise typer.Exit(WRONG)
    if not count:
        raise ConfigurationError("no SIT files there: name files or folders of them")
    typer.echo(f"ok: {count} SITs, every example comes out as it says")
