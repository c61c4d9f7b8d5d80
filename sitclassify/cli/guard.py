"""How a command ends when it cannot go on."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable
from typing import ParamSpec

import typer

from sitclassify.cli import INTERRUPTED
from sitclassify.cli.terminal import Terminal
from sitclassify.errors import SitclassifyError

WRONG = 2  # wrong usage, configuration or rule files
READER_GONE = 141  # as a shell tells a process ended by a closed pipe

P = ParamSpec("P")


def guarded(command: Callable[P, None]) -> Callable[P, None]:
    """`command` with one clear message instead of a traceback."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
            sys.stdout.flush()
        except SitclassifyError as error:
            Terminal().say(f"sitclassify: {error}", style="red")
            raise typer.Exit(WRONG) from None
        except KeyboardInterrupt:
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:
            # The reader (`| head`) has gone: what is still buffered has nowhere to go either.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(READER_GONE) from None
        except OSError as error:
            where = f"'{error.filename}': " if error.filename else ""
            told = f"sitclassify: {where}{error.strerror or error}"
            Terminal().say(told, style="red")
            raise typer.Exit(WRONG) from None

    return run
