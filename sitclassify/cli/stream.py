"""`sitclassify scan` to standard output or a file: one text after the other, results as they come."""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TextIO

from sitclassify.batch.baseline import read_baseline
from sitclassify.batch.entries import Unreadable
from sitclassify.batch.facets import Facets
from sitclassify.batch.job import Rows, chosen, not_accepted
from sitclassify.batch.options import Options
from sitclassify.batch.readers.formats import read
from sitclassify.batch.readers.source import Meter
from sitclassify.batch.readers.storage import STDIN, File, Files
from sitclassify.batch.records import scan_entries
from sitclassify.batch.summary import Summary
from sitclassify.batch.writers import writer_for
from sitclassify.cli.options import load_scanner
from sitclassify.cli.table import TableWriter
from sitclassify.cli.terminal import Terminal
from sitclassify.errors import ConfigurationError

FORMATS = ("table", "jsonl", "csv", "parquet", "sarif")
_MOST_TOLD = 20  # unreadable inputs told one by one


class Stream(NamedTuple):
    """What `scan` was asked for."""

    paths: list[str]
    output: Path | None
    format: str
    hidden: bool
    show_values: bool
    rows: Rows
    baseline: Path | None = None


def scan_stream(asked: Stream, options: Options, terminal: Terminal) -> Summary:
    """Scan, write results as they come, and tell what should not be missed."""
    kind, output, rows = asked.format, asked.output, asked.rows
    _check(kind, output)
    scanner = load_scanner(terminal, options)
    files = Files(asked.hidden, output)
    total = _total_bytes(asked.paths, asked.hidden) if _has_bar(terminal, kind, output) else None
    summary, meter, facets = Summary(), Meter(), Facets(scanner, asked.rows.fields)
    entries = chosen(read(asked.paths, files, rows.field, meter), rows.sample, rows.limit)
    with (
        _stream_for(output, kind) as stream,
        terminal.bar(total, _has_bar(terminal, kind, output)) as bar,
    ):
        table = TableWriter(stream, asked.show_values) if kind == "table" else None
        writer = table or writer_for(kind, stream, asked.show_values)
        started = time.perf_counter()
        items = scan_entries(scanner, entries, show=asked.show_values)
        if asked.baseline is not None:
            accepted = read_baseline(asked.baseline, options.digest_key)
            items = not_accepted(items, accepted, summary)
        for item in items:
            bar.move(meter.position)
            if isinstance(item, Unreadable):
                summary.unreadable(item)
                _tell(terminal, item, summary.unread)
                writer.unreadable(item)
            else:
                summary.add(item, facets.of)
                writer.write(item)
        seconds = time.perf_counter() - started
        told = summary.told(seconds, f"{meter.position / max(seconds, 1e-9) / 1e6:.3g} MB/s")
        bar.finish()
        writer.close()
        if table is not None:
            table.conclude(summary, told)
    _conclude(terminal, summary, files)
    if output is not None:
        terminal.note(told)
    return summary


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


def _total_bytes(paths: list[str], hidden: bool) -> int | None:
    """Bytes in all files of `paths`; None where standard input is among them."""
    if STDIN in paths:
        return None
    return sum(file.size for file in Files(hidden).all(paths) if isinstance(file, File))


def _check(kind: str, output: Path | None) -> None:
    if kind not in FORMATS:
        raise ConfigurationError(f"--format is one of {', '.join(FORMATS)}, not '{kind}'")
    if kind == "parquet" and output is None and _is_on_terminal():
        raise ConfigurationError("Parquet is not for a terminal: give --output FILE")
    if output is not None and not output.parent.is_dir():
        raise ConfigurationError(f"--output: no folder '{output.parent}'")


def default_format(output: Path | None) -> str:
    """The format that the name of a file asks for, or where results go."""
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
