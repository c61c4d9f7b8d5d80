"""`sitclassify scan --output FOLDER/`: a run over a corpus."""

from __future__ import annotations

import logging
import sys
import time
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import typer
from rich.table import Table

from sitclassify.batch import Progress, run
from sitclassify.batch.entries import Unreadable
from sitclassify.batch.job import Rows
from sitclassify.batch.options import Options
from sitclassify.batch.readers.formats import kind_of, read
from sitclassify.batch.readers.source import Meter
from sitclassify.batch.readers.storage import STDIN, Files
from sitclassify.batch.run import FORMATS, find_files
from sitclassify.batch.summary import Summary
from sitclassify.cli.options import load_scanner
from sitclassify.cli.table import show_summary
from sitclassify.cli.terminal import Bar, Terminal, clean, console_for
from sitclassify.errors import ConfigurationError

_FILES_LOOKED_AT = 5  # of each format, for the columns that a dry run tells
_ROWS_LOOKED_AT = 200  # and of each file


class Corpus(NamedTuple):
    """What `scan` was asked for."""

    paths: list[str]
    output: Path
    format: str
    hidden: bool
    show_values: bool
    rows: Rows
    arguments: dict[str, Any]  # more of `batch.run`

    def check(self) -> None:
        """Refuse what a run cannot do."""
        if self.format not in FORMATS:
            raise ConfigurationError(
                f"a run into a folder writes {', '.join(FORMATS)}, not '{self.format}'"
            )
        if STDIN in self.paths:
            raise ConfigurationError(
                f"a run into the folder '{self.output}' reads files, not standard input"
            )


def is_run(output: Path | None, told: str | None) -> bool:
    """Whether `--output` names a folder."""
    return output is not None and (output.is_dir() or (told or "").endswith(("/", "\\")))


def scan_corpus(corpus: Corpus, options: Options, terminal: Terminal) -> Summary:
    """Run over the corpus, show how far it is and what came of it."""
    corpus.check()
    load_scanner(terminal, options)  # compiled here, so that every process finds it
    logging.getLogger("ray.data").setLevel(logging.WARNING)  # the bar tells how far it is
    files, _, _ = find_files(corpus.paths, corpus.hidden, corpus.output)
    started = time.perf_counter()
    with terminal.bar(sum(file.size for file in files)) as bar:
        outcome = run(
            corpus.paths,
            corpus.output,
            options=options,
            format=corpus.format,
            hidden=corpus.hidden,
            show_values=corpus.show_values,
            on_progress=_Shown(bar),
            **corpus.rows._asdict(),
            **corpus.arguments,
        )
        bar.finish()
    for trouble in outcome.troubles:
        outcome.summary.unreadable(trouble)
        terminal.say(f"sitclassify: {trouble}", style="yellow")
    for shard, reason in outcome.failed:
        name = shard.parts[0].file.name
        terminal.say(
            f"sitclassify: {name}: shard {shard.number} not scanned: {reason}", style="red"
        )
    if outcome.failed:
        outcome.summary.unread += len(outcome.failed)
        terminal.say("run it again to try these once more", style="red")
    if outcome.left_out:
        terminal.note(
            f"{outcome.left_out:,} hidden files and folders left out: scan them with --hidden"
        )
    seconds = time.perf_counter() - started
    rate = (outcome.summary.texts - outcome.resumed) / max(seconds, 1e-9)
    told = outcome.summary.told(seconds, f"{rate:,.0f} texts/s")
    show_summary(console_for(sys.stdout), outcome.summary, told)
    _tell_folder(corpus, terminal, outcome.summary)
    return outcome.summary


def _tell_folder(corpus: Corpus, terminal: Terminal, summary: Summary) -> None:
    terminal.note(
        f"findings: {corpus.output / 'findings'}, numbers: {corpus.output / 'summary.json'}"
    )
    if summary.unread:
        inputs = "1 input" if summary.unread == 1 else f"{summary.unread:,} inputs"
        unreadable = corpus.output / "unreadable"
        terminal.say(f"{inputs} not read: {unreadable} says which and why", style="yellow")


class _Shown:
    """Progress on the bar."""

    def __init__(self, bar: Bar) -> None:
        self._bar, self._resumed = bar, 0

    def __call__(self, progress: Progress) -> None:
        if progress.resumed != self._resumed:
            self._resumed = progress.resumed
            self._bar.begin_at(progress.position)
        summary = progress.summary
        unread = f", {summary.unread:,} not read" if summary.unread else ""
        told = f"{summary.texts:,} texts, {summary.hits:,} with findings{unread}"
        self._bar.tell(progress.position, told)


def tell_inputs(paths: list[str], hidden: bool, output: Path | None, field: str | None) -> None:
    """Show what a scan would read, without scanning it."""
    files, troubles, left_out = find_files(paths, hidden, output)
    console = console_for(sys.stdout)
    table = Table(show_edge=False, pad_edge=False, header_style="bold")
    for name in ("format", "files", "bytes", "columns and keys that are scanned, with their label"):
        table.add_column(name, overflow="fold")
    counts: Counter[str] = Counter(kind_of(file) for file in files)
    for kind, count in sorted(counts.items()):
        those = [file for file in files if kind_of(file) == kind]
        size = f"{sum(file.size for file in those):,}"
        looked_at = [file.path for file in those[:_FILES_LOOKED_AT]]
        table.add_row(kind, f"{count:,}", size, clean(_columns(looked_at, field)))
    console.print(table)
    for trouble in troubles:
        console.print(clean(str(trouble)))
    console.print(
        f"{len(files):,} files, {sum(file.size for file in files):,} bytes; nothing scanned"
    )
    if left_out:
        console.print(f"{left_out:,} hidden files and folders left out: scan them with --hidden")
    if troubles:
        raise typer.Exit(3)


def _columns(paths: list[str], field: str | None) -> str:
    """Columns of the first rows of files, and the label that each gives its values; or why there are none."""
    found: dict[str, str] = {}
    troubles: list[str] = []
    is_text = False
    for path in paths:
        for entry in islice(read([path], Files(), field, Meter()), _ROWS_LOOKED_AT):
            if isinstance(entry, Unreadable):
                troubles.append(entry.reason)
            elif entry.column:
                context = getattr(entry, "context", None)
                told = f"{entry.column} ({context})" if context else entry.column
                found.setdefault(entry.column, told)
            else:
                is_text = True
    columns = [*found.values(), *(["the whole text"] if is_text else [])]
    return ", ".join(columns or dict.fromkeys(troubles))
