"""What people see on standard error: messages, progress, a word while the catalogue is compiled."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn, TextIO

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)
from rich.text import Text

_WIDTH_OF_FILES = 140  # columns of a table that no terminal limits
_REFRESH = 0.1  # seconds between two positions of the bar
_PATIENCE = 1.0  # seconds until a load is called a compilation


class _Console(Console):
    def on_broken_pipe(self) -> NoReturn:
        raise BrokenPipeError  # told like any other, not by rich's exit status


def console_for(stream: TextIO) -> Console:
    """A console on `stream`: no escape sequence at all under NO_COLOR or where it is no terminal."""
    is_terminal = stream.isatty()
    return _Console(
        file=stream,
        width=None if is_terminal else _WIDTH_OF_FILES,
        color_system="auto" if is_terminal and not os.environ.get("NO_COLOR") else None,
        highlight=False,
        markup=False,
        emoji=False,
    )


def clean(text: str) -> str:
    """`text` without what a terminal acts upon: control characters become a middle dot."""
    return "".join(c if c.isprintable() else "\u00b7" for c in text)


class Terminal:
    """Standard error. `quiet` leaves errors only."""

    def __init__(self, quiet: bool = False) -> None:
        self.console = console_for(sys.stderr)
        self.is_shown = sys.stderr.isatty() and not quiet  # progress and the like
        self._is_quiet = quiet

    def say(self, message: str, style: str = "") -> None:
        """An error, or what could not be read: said whatever `quiet` is."""
        shown = "\n".join(clean(line) for line in message.split("\n"))
        self.console.print(Text(shown, style=style), soft_wrap=True)

    def note(self, message: str) -> None:
        """What is good to know."""
        if not self._is_quiet:
            self.say(message, style="dim")

    @contextmanager
    def waiting(self, message: str, patience: float | None = None) -> Iterator[None]:
        """Show `message` after `patience` seconds (None: a second), until the block is done."""
        if not self.is_shown:
            yield
            return
        done = threading.Event()

        def show() -> None:
            if not done.wait(_PATIENCE if patience is None else patience):
                with self.console.status(Text(message)):
                    done.wait()

        shower = threading.Thread(target=show, daemon=True)
        shower.start()
        try:
            yield
        finally:
            done.set()
            shower.join()

    def bar(self, total: int | None, is_shown: bool = True) -> Bar:
        """A progress bar of `total` bytes (None: unknown)."""
        return Bar(self.console, total, self.is_shown and is_shown)

    @contextmanager
    def steps(self) -> Iterator[Callable[[str, int, int], None]]:
        """A bar for work in steps: what is told is the step, how much of it is done, of how much."""
        columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
        with Progress(
            *columns, console=self.console, transient=True, disable=not self.is_shown
        ) as progress:
            task = progress.add_task("", total=None)

            def tell(what: str, done: int, of: int) -> None:
                total = of if of > 1 else None
                progress.update(task, description=what, completed=done, total=total)

            yield tell

    @contextmanager
    def elapsed(self, message: str) -> Iterator[None]:
        """Show `message` and the time that passes."""
        columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
        with Progress(
            *columns, console=self.console, transient=True, disable=not self.is_shown
        ) as progress:
            progress.add_task(message, total=None)
            yield


class Bar:
    """Bytes read, as a bar that is gone when the block ends."""

    def __init__(self, console: Console, total: int | None, is_shown: bool) -> None:
        columns = (
            TextColumn("scanning"), BarColumn(), DownloadColumn(), TransferSpeedColumn(),
            TimeRemainingColumn(), TextColumn("{task.fields[told]}", markup=False),
        )  # fmt: skip
        self._progress = Progress(
            *columns, console=console, transient=True, disable=not is_shown, redirect_stdout=False
        )
        self._task = self._progress.add_task("scanning", total=total, told="")
        self._is_shown = is_shown
        self._next = 0.0

    def __enter__(self) -> Bar:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def move(self, position: int) -> None:
        """Show that `position` bytes have been read."""
        if self._is_due():
            self._progress.update(self._task, completed=position)

    def _is_due(self) -> bool:
        if not self._is_shown or time.monotonic() < self._next:
            return False
        self._next = time.monotonic() + _REFRESH
        return True

    def begin_at(self, position: int) -> None:
        """Count from `position`, which an earlier run came to."""
        self._progress.reset(self._task, completed=position, told="")

    def tell(self, position: int, told: str) -> None:
        """Show that `position` bytes are done, and what was found in them."""
        if self._is_due():
            self._progress.update(self._task, completed=position, told=told)

    def finish(self) -> None:
        """Take the bar away before results are written to the same terminal."""
        self._progress.stop()
