"""`sitclassify scan`."""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, TextIO

import typer

from sitclassify import resources
from sitclassify.batch.entries import Unreadable
from sitclassify.batch.facets import Facets, Fields
from sitclassify.batch.readers.paths import Files, read, total_bytes
from sitclassify.batch.readers.source import Meter
from sitclassify.batch.records import scan_entries
from sitclassify.batch.summary import LEVELS, Summary
from sitclassify.batch.writers import writer_for
from sitclassify.cli.options import (
    CacheFolder,
    CatalogueFolder,
    MinConfidence,
    Quiet,
    ShowValues,
    Sits,
    confidence,
    load_scanner,
    split,
)
from sitclassify.cli.table import TableWriter
from sitclassify.cli.terminal import Terminal
from sitclassify.errors import ConfigurationError

FORMATS = ("table", "jsonl", "csv", "parquet", "sarif")
FOUND, PARTIAL = 1, 3  # exit status: --fail-on met; some input could not be read
_MOST_TOLD = 20  # unreadable inputs told one by one


def scan(
    paths: Annotated[
        list[str] | None, typer.Argument(help="Files and folders; - for standard input.")
    ] = None,
    sample: Annotated[
        bool, typer.Option("--sample", help="Scan the packaged sample of prompts.")
    ] = False,
    format: Annotated[
        str | None, typer.Option("--format", "-f", help="table, jsonl, csv, parquet or sarif.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="File to write instead of standard output."),
    ] = None,
    field: Annotated[
        str | None, typer.Option("--field", help="Field of a row to scan: text, a.b, a column.")
    ] = None,
    hidden: Annotated[
        bool, typer.Option("--hidden", help="Scan the hidden files of folders too.")
    ] = False,
    sits: Sits = None,
    min_confidence: MinConfidence = None,
    classifiers: Annotated[
        list[str] | None, typer.Option("--classifiers", help="Classifiers to run; default: all.")
    ] = None,
    no_classifiers: Annotated[
        bool, typer.Option("--no-classifiers", help="Run no classifier.")
    ] = False,
    catalogue: CatalogueFolder = None,
    cache: CacheFolder = None,
    allow: Annotated[
        list[str] | None,
        typer.Option("--allow", help="A value, or /regex/, that is no finding; may be repeated."),
    ] = None,
    fail_on: Annotated[
        str | None, typer.Option("--fail-on", help="Exit 1 from this level on: low, medium, high.")
    ] = None,
    show_values: ShowValues = False,
    quiet: Quiet = False,
) -> None:
    """Scan texts, JSON lines, chats, CSV, Parquet and folders."""
    paths = [*(paths or []), *([str(resources.sample())] if sample else [])]
    kind = format or _default_format(output)
    _check(paths, kind, output, fail_on)
    terminal = Terminal(quiet)
    scanner = load_scanner(
        terminal,
        sits,
        confidence(min_confidence),
        catalogue,
        cache,
        [] if no_classifiers else split(classifiers),
        allow,
    )
    files = Files(hidden, output)
    total = total_bytes(paths, hidden) if _has_bar(terminal, kind, output) else None
    summary, meter, facets = Summary(), Meter(), Facets(scanner, Fields())
    with (
        _stream_for(output, kind) as stream,
        terminal.bar(total, _has_bar(terminal, kind, output)) as bar,
    ):
        table = TableWriter(stream, show_values) if kind == "table" else None
        writer = table or writer_for(kind, stream, show_values)
        started = time.perf_counter()
        for item in scan_entries(scanner, read(paths, files, field, meter)):
            bar.move(meter.position)
            if isinstance(item, Unreadable):
                summary.unreadable(item)
                _tell(terminal, item, summary.unread)
                writer.unreadable(item)
            else:
                summary.add(item, facets.of)
                writer.write(item)
        told = summary.told(time.perf_counter() - started, meter.position)
        bar.finish()
        writer.close()
        if table is not None:
            table.conclude(summary, told)
    _conclude(terminal, summary, files)
    if output is not None:
        terminal.note(told)
    if summary.unread:
        raise typer.Exit(PARTIAL)
    if fail_on and summary.reaches(fail_on):
        raise typer.Exit(FOUND)


def _tell(terminal: Terminal, item: Unreadable, number: int) -> None:
    if number <= _MOST_TOLD:
        terminal.say(f"sitclassify: {item}", style="yellow")


def _conclude(terminal: Terminal, summary: Summary, files: Files) -> None:
    """Say what nobody should miss."""
    if summary.unread > _MOST_TOLD:
        more = f"sitclassify: {summary.unread - _MOST_TOLD:,} more could not be read"
        terminal.say(more, style="yellow")
    if files.left_out:
        terminal.note(
            f"{files.left_out:,} hidden files and folders left out: scan them with --hidden"
        )


def _has_bar(terminal: Terminal, kind: str, output: Path | None) -> bool:
    """A table comes at the end, when the bar is gone; other results would run into it."""
    return terminal.is_shown and (kind == "table" or output is not None or not _is_on_terminal())


def _check(paths: list[str], kind: str, output: Path | None, fail_on: str | None) -> None:
    if not paths:
        raise ConfigurationError(
            "nothing to scan: name files or folders, - for standard input, or --sample"
        )
    if kind not in FORMATS:
        raise ConfigurationError(f"--format is one of {', '.join(FORMATS)}, not '{kind}'")
    if fail_on is not None and fail_on not in LEVELS:
        raise ConfigurationError(f"--fail-on is one of {', '.join(LEVELS)}, not '{fail_on}'")
    if kind == "parquet" and output is None and _is_on_terminal():
        raise ConfigurationError("Parquet is not for a terminal: give --output FILE")
    if output is not None and not output.parent.is_dir():
        raise ConfigurationError(f"--output: no folder '{output.parent}'")


def _default_format(output: Path | None) -> str:
    if output is not None and output.suffix.lstrip(".") in FORMATS:
        return output.suffix.lstrip(".")
    return "table" if output is None and _is_on_terminal() else "jsonl"


def _is_on_terminal() -> bool:
    return sys.stdout.isatty()


@contextmanager
def _stream_for(output: Path | None, kind: str) -> Iterator[TextIO]:
    """Where results go. A lone surrogate in a name or an id is told as its escape, as JSON does."""
    if output is not None:
        with output.open("w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
            yield stream
        return
    if isinstance(sys.stdout, io.TextIOWrapper):
        encoding = None if kind == "table" else "utf-8"
        sys.stdout.reconfigure(encoding=encoding, errors="backslashreplace")
    yield sys.stdout
