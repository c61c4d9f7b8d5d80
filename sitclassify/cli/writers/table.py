"""A table for people."""

from __future__ import annotations

from typing import TextIO

from rich.table import Table
from rich.text import Text

from sitclassify.cli.findings import Record, row_of
from sitclassify.cli.terminal import clean, console_for

_STYLES = {"low": "yellow", "medium": "dark_orange", "high": "red"}
_MOST = 2_000  # rows shown; the rest is counted


class TableWriter:
    """Collects rows and shows them at the end, the summary below."""

    def __init__(self, stream: TextIO, show: bool) -> None:
        self._console = console_for(stream)
        self._show = show
        self._rows = 0
        self._table = Table(show_edge=False, pad_edge=False, header_style="bold")
        for name in ("where", "what", "level", "value", "because of"):
            self._table.add_column(name, overflow="fold", no_wrap=name == "level")

    def write(self, record: Record) -> None:
        for detection in record.result.detections:
            self._rows += 1
            if self._rows > _MOST:
                continue
            row = row_of(record, detection, self._show)
            because = ", ".join(part for part in (row["evidence"], row["tags"]) if part)
            style = _STYLES[detection.level]
            self._table.add_row(
                Text(clean(_where(row))),
                Text(row["name"]),
                Text(f"{detection.level} {detection.confidence}", style=style),
                Text(clean(row["value"])),
                Text(because or "its own form", style="dim"),
            )
        for answer in record.result.classifications:
            if answer.matched:
                self._rows += 1
                if self._rows <= _MOST:
                    self._table.add_row(
                        Text(clean(_where_of(record))),
                        Text(answer.classifier, style="cyan"),
                        Text(
                            f"{answer.level} {answer.score:.2f}", style=_STYLES[str(answer.level)]
                        ),
                        Text(f"characters {answer.start}-{answer.end}", style="dim"),
                        Text("the text as a whole", style="dim"),
                    )

    def close(self) -> None:
        if self._rows:
            self._console.print(self._table)
        if self._rows > _MOST:
            self._console.print(f"... and {self._rows - _MOST} more: use --format jsonl")


def _where(row: dict[str, object]) -> str:
    place = str(row["file"])
    if row["row"] is not None:
        place += f" row {row['row']}"
    elif row["line"] is not None:
        place += f":{row['line']}"
        place += f":{row['column']}" if row["column"] is not None else ""
    return place + (f" {row['pointer']}" if row["pointer"] else "")


def _where_of(record: Record) -> str:
    place = record.place
    return _where({**place._asdict(), "column": None})
