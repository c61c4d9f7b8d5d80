"""Entries to records: every text scanned, every chat as a conversation."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from sitclassify import conversation
from sitclassify.batch.entries import Chat, Entry, Place, Unreadable
from sitclassify.conversation import read_message
from sitclassify.results import ScanResult
from sitclassify.rules import Sit
from sitclassify.scanner import Scanner

_SHORT = 64  # characters of a cell that is remembered
_REMEMBERED = 20_000  # of these


class Piece(NamedTuple):
    """A part of a message: its JSON pointer and its span in the message's text."""

    pointer: str
    start: int
    end: int


class Record(NamedTuple):
    """The result of one text; `pieces` tell which JSON pointer each part of it came from."""

    place: Place
    result: ScanResult
    sits: Mapping[str, Sit]
    context: str = ""
    pieces: tuple[Piece, ...] = ()
    column: str | None = None
    row: Mapping[str, Any] | None = None

    def piece(self, start: int) -> Piece:
        """The string that holds the offset `start`."""
        if not self.pieces:
            return Piece(self.place.pointer or "", 0, self.result.length)
        starts = [piece.start for piece in self.pieces]
        return self.pieces[max(0, bisect_right(starts, start) - 1)]

    @property
    def is_plain(self) -> bool:
        """Whether lines and columns tell where in its file something stands."""
        return self.place[1:] == (None,) * 4


def scan_entries(scanner: Scanner, entries: Iterable[Entry]) -> Iterator[Record | Unreadable]:
    """Scan every entry; what could not be read comes through."""
    sits, cells = scanner.sits, _Cells(scanner)
    for entry in entries:
        if isinstance(entry, Unreadable):
            yield entry
        elif isinstance(entry, Chat):
            yield from _scan_chat(scanner, entry)
        else:
            place, text, name, context, column, row, is_id_scanned = entry
            if is_id_scanned and name is not None:
                # an id that is a finding itself is not told beside the findings
                name = None if cells.scan(name, "id:", None).detections else name
            yield Record(
                place, cells.scan(text, context, name), sits, context or "", (), column, row
            )


class _Cells:
    """Scans cells; what a short one is without a finding is remembered: columns repeat themselves."""

    def __init__(self, scanner: Scanner) -> None:
        self._scan = scanner.scan
        self._clean: dict[tuple[str, str], ScanResult] = {}

    def scan(self, text: str, context: str | None, name: str | None) -> ScanResult:
        """The result of `Scanner.scan`."""
        if context is None or len(text) > _SHORT:
            return self._scan(text, id=name, context=context)
        known = self._clean.get((context, text))
        if known is not None:
            return known.with_id(name)
        result = self._scan(text, id=name, context=context)
        if not result.detections:
            if len(self._clean) >= _REMEMBERED:
                self._clean.clear()
            self._clean[context, text] = result
        return result


def _scan_chat(scanner: Scanner, chat: Chat) -> Iterator[Record | Unreadable]:
    try:
        results = scanner.scan_conversation(chat.messages)
    except (TypeError, RecursionError):  # tool calls that are no list, parts nested without end
        shown = f"{chat.place.pointer} is no chat that can be read"
        yield Unreadable(chat.place.file, chat.place.line, shown)
        return
    base = chat.place.pointer or ""
    context = ""
    for number, result in enumerate(results):
        turn = read_message(chat.messages[number], number)
        pieces = tuple(Piece(moved(p.pointer, base), p.start, p.end) for p in turn.parts)
        is_turn = turn.role in conversation.TURNS
        yield Record(
            chat.place.below(number),
            result.with_id(chat.id or result.id),
            scanner.sits,
            context if is_turn else "",
            pieces,
            f"{chat.column or 'messages'}[].{turn.role}",
            chat.row,
        )
        if is_turn:
            context = turn.text or context


def moved(pointer: str, base: str) -> str:
    """A pointer of `read_message` where the messages stand at `base`."""
    return base + pointer.removeprefix("/messages")
