"""What the readers find: texts and chats with their place, and what could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

_LONG = 1024  # characters from which on a value names no user, application or time


class Place(NamedTuple):
    """Where a text stands. Lines and rows count from 1; `pointer` is a JSON pointer into the row.

    `part`: the page, cell or other part of a document, or the file in it, that the rest is about.
    """

    file: str
    line: int | None = None
    row: int | None = None
    pointer: str | None = None
    part: str | None = None

    def below(self, *keys: str | int) -> Place:
        """The place of what is under `keys` of this one."""
        return self._replace(pointer="".join((self.pointer or "", *map(step, keys))))


class Window(NamedTuple):
    """A part of a text that is too long to be scanned at once, with some of the text on both sides of it.

    The part is from `start` to `end` of what is scanned. `offset`, `line` and `column`: characters, lines, and
    characters of the last line, that stand before what is scanned.
    """

    start: int
    end: int
    offset: int
    line: int
    column: int


class Text(NamedTuple):
    """One text; `context` is evidence only: its label (the name of a column or key).

    `column` names what the texts of many rows share; `row` holds the fields beside the text.
    `is_id_scanned`: the id is one of the texts itself, so it may be a value.
    """

    place: Place
    text: str
    id: str | None = None
    context: str | None = None
    column: str | None = None
    row: Mapping[str, Any] | None = None
    is_id_scanned: bool = False
    window: Window | None = None


class Chat(NamedTuple):
    """The messages of one conversation; the place is that of their list."""

    place: Place
    messages: list[Mapping[str, Any]]
    id: str | None = None
    column: str | None = None
    row: Mapping[str, Any] | None = None


class Unreadable(NamedTuple):
    """Input that could not be read, and why. Never tells what stands there."""

    file: str
    line: int | None
    reason: str
    row: int | None = None

    def __str__(self) -> str:
        row = f" row {self.row}" if self.row is not None else ""
        line = f":{self.line}" if self.line is not None and not row else ""
        return f"{self.file}{line}{row}: {self.reason}"


Entry = Text | Chat | Unreadable


def step(key: str | int) -> str:
    """One step of a JSON pointer."""
    return "/" + str(key).replace("~", "~0").replace("/", "~1")


def slim(row: Mapping[str, Any] | None, depth: int = 3) -> Mapping[str, Any] | None:
    """A row without its long values: the fields beside a text, kept until it has been scanned."""
    if row is None:
        return None
    slimmed: dict[str, Any] = {}
    for key, value in row.items():
        if isinstance(value, Mapping):
            if depth:
                slimmed[key] = slim(value, depth - 1)
        elif not isinstance(value, list) and not (isinstance(value, str) and len(value) > _LONG):
            slimmed[key] = value
    return slimmed
