"""Entries to records: every text scanned, every chat as a conversation."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from sitclassify import conversation
from sitclassify.batch.entries import Chat, Entry, Place, Text, Unreadable, Window
from sitclassify.batch.names import Names
from sitclassify.conversation import read_message
from sitclassify.results import ScanResult
from sitclassify.rules import Sit
from sitclassify.scanner import Scanner

_SHORT = 64  # characters of a cell that is remembered
_REMEMBERED = 20_000  # of these
_TOGETHER = 1 << 20  # characters from which on no more entries are scanned together
AT_ONCE = 256  # entries that a run scans together


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
    window: Window | None = None

    @property
    def length(self) -> int:
        """Characters of the text, those of the windows beside it left out."""
        return self.window.end - self.window.start if self.window else self.result.length

    def piece(self, start: int) -> Piece:
        """The string that holds the offset `start`; a window's own string begins before it."""
        if self.window is not None:
            return Piece("", -self.window.offset, self.result.length)
        if not self.pieces:
            return Piece(self.place.pointer or "", 0, self.result.length)
        starts = [piece.start for piece in self.pieces]
        return self.pieces[max(0, bisect_right(starts, start) - 1)]

    @property
    def is_plain(self) -> bool:
        """Whether lines and columns tell where in its file something stands."""
        return self.place[1:] == (None,) * 4


def scan_entries(
    scanner: Scanner,
    entries: Iterable[Entry],
    at_once: int = 1,
    is_all_told: bool = True,
    show: bool = False,
) -> Iterator[Record | Unreadable]:
    """Scan every entry; what could not be read comes through.

    at_once: entries that are read before they are scanned together. is_all_told: results without a finding are
    told too, with their id and place. show: names, which come from the inputs, as they are, even where they are values.
    """
    cells, names = _Cells(scanner), None if show else Names(scanner.scan)
    for chunk in _chunks(entries, at_once):
        plain = [e.text for e in chunk if isinstance(e, Text) and e.context is None]
        results = iter(scanner.scan_batch(plain))
        for entry in chunk:
            if isinstance(entry, Text):
                context = entry.context
                result = next(results) if context is None else cells.scan(entry.text, context)
                yield _record(scanner, entry, result, names, is_all_told)
            elif isinstance(entry, Chat):
                yield from _scan_chat(scanner, entry, names)
            else:
                yield entry if names is None else entry._replace(reason=names.shown(entry.reason))


def _record(
    scanner: Scanner, entry: Text, result: ScanResult, names: Names | None, is_all_told: bool
) -> Record:
    place, _, id, context, column, row, is_id_scanned, window = entry
    if window is not None:
        result = result.within(window.start, window.end)
    if names is not None and column is not None:
        column = names.column(column, place.pointer)
    if is_all_told or is_told(result):
        if names is not None:
            place = names.place(place)
        if id is not None and _can_tell(id, names, "id:" if is_id_scanned else ""):
            result = result.with_id(id)
    return Record(place, result, scanner.sits, context or "", (), column, row, window)


def _can_tell(id: str, names: Names | None, context: str) -> bool:
    """Whether an id is no finding itself: half an id would be none."""
    return names is None or names.shown(id, context) == id


def _chunks(entries: Iterable[Entry], most: int) -> Iterator[list[Entry]]:
    """Entries by so many, or fewer long ones; none is held back behind a chat, which is scanned by itself."""
    chunk: list[Entry] = []
    characters = 0
    for entry in entries:
        chunk.append(entry)
        characters += len(entry.text) if isinstance(entry, Text) else _TOGETHER
        if len(chunk) >= most or characters >= _TOGETHER:
            yield chunk
            chunk, characters = [], 0
    yield chunk


def is_told(result: ScanResult) -> bool:
    """Whether there is anything to tell of a text but that it was scanned."""
    if result.detections or result.skipped:
        return True
    return any(answer.matched for answer in result.classifications)


class _Cells:
    """Scans cells; what a short one is without a finding is remembered: columns repeat themselves."""

    def __init__(self, scanner: Scanner) -> None:
        self._scan = scanner.scan
        self._clean: dict[tuple[str, str], ScanResult] = {}

    def scan(self, text: str, context: str) -> ScanResult:
        """The result of `Scanner.scan`."""
        if len(text) > _SHORT:
            return self._scan(text, context=context)
        known = self._clean.get((context, text))
        if known is not None:
            return known
        result = self._scan(text, context=context)
        if not result.detections:
            if len(self._clean) >= _REMEMBERED:
                self._clean.clear()
            self._clean[context, text] = result
        return result


def _scan_chat(scanner: Scanner, chat: Chat, names: Names | None) -> Iterator[Record | Unreadable]:
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
        column = f"{chat.column or 'messages'}[].{turn.role}"
        id = chat.id or result.id
        yield Record(
            chat.place.below(number),
            result.with_id(id if id is None or _can_tell(id, names, "") else None),
            scanner.sits,
            context if is_turn else "",
            pieces,
            column if names is None else names.column(column, None),
            chat.row,
        )
        if is_turn:
            context = turn.text or context


def moved(pointer: str, base: str) -> str:
    """A pointer of `read_message` where the messages stand at `base`."""
    return base + pointer.removeprefix("/messages")
