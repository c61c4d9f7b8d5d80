"""`sitclassify scan`."""

from __future__ import annotations

import io
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, TextIO

import typer

from sitclassify import resources
from sitclassify.cli.entries import Unreadable
from sitclassify.cli.findings import Record, scan_entries
from sitclassify.cli.options import (
    CatalogueFolder,
    MinConfidence,
    Quiet,
    Sits,
    load_scanner,
    split,
)
from sitclassify.cli.readers.paths import read, total_bytes
from sitclassify.cli.readers.source import Meter
from sitclassify.cli.terminal import Terminal
from sitclassify.cli.writers import FORMATS, Writer, writer_for
from sitclassify.errors import ConfigurationError

FOUND, PARTIAL = 1, 3  # exit status: --fail-on met; some input could not be read
_LEVELS = ("low", "medium", "high")
_HALVES = "backslashreplace"  # half a surrogate pair is no UTF-8; escaped it still is JSON
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
    sits: Sits = None,
    min_confidence: MinConfidence = None,
    classifiers: Annotated[
        list[str] | None, typer.Option("--classifiers", help="Classifiers to run; default: all.")
    ] = None,
    no_classifiers: Annotated[
        bool, typer.Option("--no-classifiers", help="Run no classifier.")
    ] = False,
    catalogue: CatalogueFolder = None,
    allow: Annotated[
        list[str] | None,
        typer.Option("--allow", help="A value that is no finding; may be repeated."),
    ] = None,
    cache: Annotated[
        Path | None, typer.Option("--cache", help="Folder that `sitclassify compile -o` wrote.")
    ] = None,
    fail_on: Annotated[
        str | None, typer.Option("--fail-on", help="Exit 1 from this level on: low, medium, high.")
    ] = None,
    show_values: Annotated[
        bool, typer.Option("--show-values", help="Show the values themselves.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Scan texts, JSON lines, chats, CSV, Parquet and folders."""
    paths = [*(paths or []), *([str(resources.sample())] if sample else [])]
    _check(paths, format, fail_on)
    terminal = Terminal(quiet)
    asked = [] if no_classifiers else split(classifiers)
    scanner = load_scanner(terminal, sits, min_confidence, catalogue, asked, allow, cache)
    kind = format or _default_format(output)
    tally = _Tally()
    meter = Meter()
    started = time.perf_counter()
    with _stream_for(output, kind) as stream, terminal.bar(total_bytes(paths)) as bar:
        writer = writer_for(kind, stream, show_values)
        for item in scan_entries(scanner, read(paths, field, meter)):
            bar.move(meter.position)
            if isinstance(item, Unreadable):
                tally.unreadable(item, terminal)
            else:
                tally.add(item)
                _write(writer, item)
        bar.finish()
        writer.close()
    if kind == "table" or output is not None:
        terminal.note(tally.told(time.perf_counter() - started))
    tally.tell_rest(terminal)
    if tally.unread:
        raise typer.Exit(PARTIAL)
    if fail_on and tally.reaches(fail_on):
        raise typer.Exit(FOUND)


def _write(writer: Writer, record: Record) -> None:
    writer.write(record)


def _check(paths: list[str], format: str | None, fail_on: str | None) -> None:
    if not paths:
        raise ConfigurationError(
            "nothing to scan: name files or folders, - for standard input, or --sample"
        )
    if format is not None and format not in FORMATS:
        raise ConfigurationError(f"--format is one of {', '.join(FORMATS)}, not '{format}'")
    if fail_on is not None and fail_on not in _LEVELS:
        raise ConfigurationError(f"--fail-on is one of {', '.join(_LEVELS)}, not '{fail_on}'")


def _default_format(output: Path | None) -> str:
    if output is not None and output.suffix.lstrip(".") in FORMATS:
        return output.suffix.lstrip(".")
    return "table" if output is None and sys.stdout.isatty() else "jsonl"


@contextmanager
def _stream_for(output: Path | None, kind: str) -> Iterator[TextIO]:
    if output is None:
        if kind == "parquet" and sys.stdout.isatty():
            raise ConfigurationError("Parquet is not for a terminal: give --output FILE")
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(errors=_HALVES)
        yield sys.stdout
    else:
        with output.open("w", encoding="utf-8", errors=_HALVES, newline="") as stream:
            yield stream


class _Tally:
    """What was found, for the summary and the exit status."""

    def __init__(self) -> None:
        self.texts = self.characters = self.unread = 0
        self._levels: Counter[str] = Counter()
        self._sits: Counter[str] = Counter()

    def add(self, record: Record) -> None:
        self.texts += 1
        self.characters += record.result.length
        for detection in record.result.detections:
            self._levels[detection.level] += 1
            self._sits[detection.sit] += 1

    def unreadable(self, item: Unreadable, terminal: Terminal) -> None:
        self.unread += 1
        if self.unread <= _MOST_TOLD:
            terminal.say(f"sitclassify: {item}", style="yellow")

    def tell_rest(self, terminal: Terminal) -> None:
        if self.unread > _MOST_TOLD:
            terminal.say(
                f"sitclassify: {self.unread - _MOST_TOLD} more could not be read", style="yellow"
            )

    def reaches(self, level: str) -> bool:
        return any(self._levels[name] for name in _LEVELS[_LEVELS.index(level) :])

    def told(self, seconds: float) -> str:
        rate = self.characters / max(seconds, 1e-9) / 1e6
        found = sum(self._levels.values())
        levels = ", ".join(f"{self._levels[name]} {name}" for name in reversed(_LEVELS))
        kinds = len(self._sits)
        return (
            f"{self.texts} texts, {found} findings of {kinds} types ({levels}) "
            f"in {seconds:.2f} s, {rate:.1f} MB/s"
        )
