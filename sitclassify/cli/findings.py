"""What a scan of inputs yields: one record per text, with its place and its result."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sitclassify.cli.entries import Chat, Entry, Place, Unreadable
from sitclassify.conversation import read_message
from sitclassify.results import Detection, Dismissed, ScanResult
from sitclassify.scanner import Scanner

_SHOWN_PART = 4  # a masked value shows a quarter of itself at most
_SHOWN_MOST = 4  # and never more characters than these


class Record(NamedTuple):
    """The result of one text; `pieces` tell which JSON pointer each part of it came from."""

    place: Place
    result: ScanResult
    pieces: tuple[tuple[str, int, int], ...] = ()  # pointer, start, end in the text

    def where(self, start: int) -> tuple[Place, int]:
        """The place of an offset, and the offset in the string there."""
        if not self.pieces:
            return self.place, start
        starts = [piece[1] for piece in self.pieces]
        pointer, first, _ = self.pieces[max(0, bisect_right(starts, start) - 1)]
        return self.place._replace(pointer=pointer), start - first

    def line_and_column(self, start: int) -> tuple[int, int]:
        """Line and column, both from 1, of an offset of a plain text."""
        text = self.result.text
        line = text.count("\n", 0, start) + 1
        return line, start - (text.rfind("\n", 0, start) + 1) + 1


def scan_entries(scanner: Scanner, entries: Iterable[Entry]) -> Iterator[Record | Unreadable]:
    """Scan every entry; what could not be read comes through."""
    for entry in entries:
        if isinstance(entry, Unreadable):
            yield entry
        elif isinstance(entry, Chat):
            yield from _scan_chat(scanner, entry)
        else:
            result = scanner.scan(entry.text, id=entry.id, context=entry.context)
            yield Record(entry.place, result)


def _scan_chat(scanner: Scanner, chat: Chat) -> Iterator[Record]:
    base = chat.place.pointer or ""
    for number, result in enumerate(scanner.scan_conversation(chat.messages)):
        turn = read_message(chat.messages[number], number)
        pieces = tuple(
            (base + part.pointer.removeprefix("/messages"), part.start, part.end)
            for part in turn.parts
        )
        place = chat.place.below(number)
        yield Record(place, result.with_id(chat.id or result.id), pieces)


def masked(value: str) -> str:
    """A value with everything but its last few characters hidden."""
    shown = min(_SHOWN_MOST, len(value) // _SHOWN_PART)
    hidden = "".join("*" if c.isalnum() else c for c in value[: len(value) - shown])
    return (hidden + value[len(value) - shown :] if shown else hidden).replace("\n", " ")


def row_of(record: Record, detection: Detection, show: bool) -> dict[str, Any]:
    """One detection as a flat row."""
    place, start = record.where(detection.start)
    line, column = place.line, None
    if place.pointer is None and place.row is None:
        line, column = record.line_and_column(detection.start)
    value = record.result.value(detection)
    return {
        "file": place.file,
        "line": line,
        "column": column,
        "row": place.row,
        "pointer": place.pointer,
        "id": record.result.id,
        "sit": detection.sit,
        "name": record.result.name_of(detection.sit),
        "confidence": detection.confidence,
        "level": detection.level,
        "start": start,
        "end": start + detection.end - detection.start,
        "value": value if show else masked(value),
        "evidence": ", ".join(dict.fromkeys(e.element for e in detection.evidence)),
        "tags": ", ".join(sorted(detection.tags)),
    }


def table_of(record: Record, show: bool) -> dict[str, Any]:
    """The record as the JSON of the contract, with its place; offsets are those at each pointer."""
    table = record.result.to_dict(include_values=show)
    place = record.place
    told = {"file": place.file, "line": place.line, "row": place.row, "pointer": place.pointer}
    table |= {key: value for key, value in told.items() if value is not None}
    if record.pieces:
        for kind in ("detections", "dismissed"):
            found: tuple[Detection | Dismissed, ...] = getattr(record.result, kind)
            for row, item in zip(table[kind], found, strict=True):
                at, start = record.where(item.start)
                row |= {"pointer": at.pointer, "start": start, "end": start + item.end - item.start}
    return table
