"""A table for people."""

from __future__ import annotations

from collections import Counter
from typing import TextIO

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from sitclassify.batch.findings import Finding, findings_of
from sitclassify.batch.records import Record
from sitclassify.batch.summary import LEVELS, Summary
from sitclassify.batch.writers import Writer
from sitclassify.cli.terminal import clean, console_for

_STYLES = {"low": "yellow", "medium": "dark_orange", "high": "red"}
_MOST = 2_000  # rows shown; the rest is counted
_COLUMN = 0.1  # share of the cells of a column that are values, for it to be told
_MOST_COLUMNS = 20


class TableWriter(Writer):
    """Collects rows and shows them at the end, the summary below."""

    def __init__(self, stream: TextIO, show: bool) -> None:
        super().__init__(stream, show)
        self._console = console_for(stream)
        self._rows = 0
        self._table = _table("where", "what", "level", "value", "because of")

    def write(self, record: Record) -> None:
        """Keep the record's rows."""
        for finding in findings_of(record, self.show):
            self._rows += 1
            if self._rows <= _MOST:
                self._table.add_row(*_cells(finding))

    def close(self) -> None:
        """Show the table."""
        if self._rows:
            self._console.print(self._table)
        if self._rows > _MOST:
            self._console.print(f"... and {self._rows - _MOST:,} more: use --format jsonl")
        super().close()

    def conclude(self, summary: Summary, told: str) -> None:
        """Show the numbers below it."""
        show_summary(self._console, summary, told, bool(self._rows))


def show_summary(console: Console, summary: Summary, told: str, is_apart: bool = False) -> None:
    """The findings by type and level, and the line that tells how the scan went."""
    sits = summary.by_level()
    if sits:
        if is_apart:
            console.print()
        console.print(_by_type(summary, sits))
        console.print()
    columns = [v for v in summary.verdicts() if v.whole >= _COLUMN * v.cells]
    if columns:
        table = _table("column", "what it is", "cells")
        for verdict in columns[:_MOST_COLUMNS]:
            is_what = verdict.told(summary.names)
            table.add_row(clean(verdict.column), is_what, f"{verdict.cells:,}")
        console.print(table)
        console.print()
    console.print(told)


def _table(*names: str) -> Table:
    table = Table(show_edge=False, pad_edge=False, header_style="bold")
    for name in names:
        table.add_column(name, overflow="fold", no_wrap=name == "level")
    return table


def _cells(finding: Finding) -> tuple[RenderableType, ...]:
    style = _STYLES[finding.level]
    if finding.classifier is not None:
        value, because = f"characters {finding.start}-{finding.end}", "the text as a whole"
        grade = f"{finding.level} {finding.score:.2f}"
    else:
        value, grade = str(finding.value), f"{finding.level} {finding.confidence}"
        because = ", ".join(part for part in (finding.evidence, finding.tags) if part)
    return (
        Text(clean(_where(finding))),
        Text(finding.name),
        Text(grade, style=style),
        Text(clean(value)),
        Text(clean(because) or "its own form", style="dim"),
    )


def _by_type(summary: Summary, sits: dict[str, Counter[str]]) -> Table:
    table = _table("type", *reversed(LEVELS))
    for sit, levels in sorted(sits.items(), key=lambda item: -item[1].total()):
        counts = (str(levels[level] or "") for level in reversed(LEVELS))
        table.add_row(summary.names[sit], *counts)
    return table


def _where(finding: Finding) -> str:
    place = finding.file if finding.part is None else f"{finding.file} {finding.part}"
    if finding.row is not None:
        place += f" row {finding.row}"
    elif finding.line is not None:
        place += f":{finding.line}"
        place += f":{finding.column}" if finding.column is not None else ""
    if finding.pointer:
        place += f" {finding.pointer} {finding.start}-{finding.end}"
    return place
