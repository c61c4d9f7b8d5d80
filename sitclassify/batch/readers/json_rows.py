"""JSON and JSON lines: rows to texts and chats.

A row is `{"id": ..., "text": ...}`, a chat (`messages`, `body.messages` of a batch, `conversations` of ShareGPT),
or what `--field` names. In any other row every value is a text and its key the context.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sitclassify.batch.entries import Chat, Entry, Place, Text, Unreadable, slim, step
from sitclassify.batch.label import label
from sitclassify.batch.readers.source import Source

_CHATS = (("messages",), ("conversations",), ("body", "messages"), ("params", "messages"))
_CONTENTS = ("content", "value", "tool_calls", "function_call")  # what is read of a message
_LONG_LINE = 64 << 10  # characters from which on not every field of a row is kept beside its texts
IDS = ("id", "custom_id")  # what a row may call itself by
MISSING = object()


def read_lines(source: Source, field: str | None) -> Iterator[Entry]:
    """Entries of a file with one JSON row per line."""
    for item in source.lines():
        if isinstance(item, Unreadable):
            yield item
        else:
            yield from _line(*item, source.name, field)


def read_json(source: Source, field: str | None) -> Iterator[Entry]:
    """Entries of a JSON file: a list of rows, or one."""
    for text in source.text():
        if isinstance(text, Unreadable):
            yield text
            continue
        row = _parsed(text)
        if not isinstance(row, _Broken):
            rows = isinstance(row, list) and not _is_chat(row)
            place = Place(source.name, pointer="")
            for i, one in enumerate(row if rows else [row]):
                yield from entries_of(one, place.below(i) if rows else place, field)
        elif row.is_more:  # JSON lines under the name of JSON
            for number, line in enumerate(text.split("\n"), 1):
                yield from _line(number, line, source.name, field)
        else:
            yield Unreadable(source.name, row.line, row.reason)


def _line(number: int, line: str, name: str, field: str | None) -> Iterator[Entry]:
    if not line.strip():
        return
    row = _parsed(line)
    if isinstance(row, _Broken):
        yield Unreadable(name, number, row.reason)
        return
    entries = entries_of(row, Place(name, line=number, pointer=""), field)
    if len(line) < _LONG_LINE:
        yield from entries
        return
    for entry in entries:
        yield entry if isinstance(entry, Unreadable) else entry._replace(row=slim(entry.row))


class _Broken(NamedTuple):
    """Why a text is no JSON, and in which of its lines; without a word of the text."""

    line: int | None
    reason: str
    is_more: bool = False  # a whole value, and then more


def _parsed(text: str) -> Any | _Broken:
    """The value that `text` is as JSON."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        reason = f"no valid JSON at column {error.colno}"
        return _Broken(error.lineno, reason, error.msg == "Extra data")
    except (ValueError, RecursionError):
        return _Broken(None, "JSON with a number too long or nested too deeply")


def is_row(line: bytes, field: str | None) -> bool:
    """Whether a line of an input of unknown kind is a JSON row of a known shape."""
    row = _parsed(line.decode("utf-8-sig", "replace"))
    if not isinstance(row, Mapping):
        return False
    known = isinstance(row.get("text"), str) or _find_chat(row) is not None
    return known or (field is not None and dig(row, field) is not MISSING)


def entries_of(row: Any, place: Place, field: str | None) -> Iterator[Entry]:
    """Texts and chats of one row of JSON."""
    name = id_of(row)
    if field is not None:
        yield from _field(row, place, field, name)
        return
    known = False
    if isinstance(row, Mapping) and isinstance(row.get("text"), str):
        known = True
        at = place._replace(pointer=f"{place.pointer or ''}/text")
        yield Text(at, row["text"], name, None, "text", row)
    path = _find_chat(row)
    if path is not None:
        known = True
        yield from _chat(row, place, path, name)
    if not known:
        yield from leaves(row, place, name, (), row, is_id_scanned=True)


def id_of(row: Any) -> str | None:
    """What a row calls itself."""
    for key in IDS:
        value = row.get(key) if isinstance(row, Mapping) else None
        if isinstance(value, (str, int)) and not isinstance(value, bool):
            return str(value)
    return None


def _field(row: Any, place: Place, field: str, name: str | None) -> Iterator[Entry]:
    value = dig(row, field)
    if value is MISSING:
        yield Unreadable(place.file, place.line, f"has no field '{field}'", place.row)
        return
    keys = (field,) if isinstance(row, Mapping) and field in row else tuple(field.split("."))
    yield from entries_below(value, place.below(*keys), name, keys, row)


def entries_below(
    value: Any, place: Place, name: str | None, path: tuple[str, ...], row: Any
) -> Iterator[Entry]:
    """Texts and chats of what stands under the keys `path` of a row."""
    chat = _find_chat(value)
    if chat is None:
        yield from leaves(value, place, name, path, row)
    elif chat:
        yield from _chat(value, place, chat, name, path, row)
    else:
        yield from _messages(value, place, name, path, row)


def dig(row: Any, field: str) -> Any:
    """What is at the dotted path `field` of a row, or `MISSING`."""
    if isinstance(row, Mapping) and field in row:
        return row[field]
    value = row
    for key in field.split("."):
        if isinstance(value, Mapping) and key in value:
            value = value[key]
        elif isinstance(value, list) and key.isdecimal() and int(key) < len(value):
            value = value[int(key)]
        else:
            return MISSING
    return value


def _is_chat(value: Any) -> bool:
    """Whether a value is a list of messages; a list of users with their roles is none."""
    return isinstance(value, list) and any(_is_message(item) for item in value)


def _is_message(item: Any) -> bool:
    if not isinstance(item, Mapping) or not ("role" in item or "from" in item):
        return False
    return any(key in item for key in _CONTENTS)


def _find_chat(row: Any) -> tuple[str, ...] | None:
    """The keys under which a row has messages; empty where it is a list of them."""
    if _is_chat(row):
        return ()
    if isinstance(row, Mapping):
        for path in _CHATS:
            if _is_chat(dig(row, ".".join(path))):
                return path
    return None


def _chat(
    value: Any,
    place: Place,
    path: tuple[str, ...],
    name: str | None,
    above: tuple[str, ...] = (),
    row: Any = None,
) -> Iterator[Entry]:
    row = value if row is None else row
    messages, holder = value, None
    for key in path:
        messages, holder = messages[key], messages
    system = holder.get("system") if isinstance(holder, Mapping) else None
    if isinstance(system, str):  # the system prompt where it stands beside the messages
        column = ".".join((*above, *path[:-1], "system"))
        yield Text(place.below(*path[:-1], "system"), system, name, None, column, _fields(row))
    yield from _messages(messages, place.below(*path), name, (*above, *path), row)


def _messages(
    messages: list[Any], place: Place, name: str | None, path: tuple[str, ...], row: Any
) -> Iterator[Entry]:
    """A chat, and by themselves the items in it that are no messages."""
    read = [message if _is_message(message) else {} for message in messages]
    yield Chat(place, read, name, ".".join(path), _fields(row))
    for i, message in enumerate(messages):
        if not _is_message(message):
            yield from leaves(message, place.below(i), name, path, row)


def _fields(row: Any) -> Mapping[str, Any] | None:
    return row if isinstance(row, Mapping) else None


def leaves(
    value: Any,
    place: Place,
    name: str | None,
    path: tuple[str, ...],
    row: Any,
    is_id_scanned: bool = False,
) -> Iterator[Text]:
    """Every string and number in a value; the keys it stands under, or its list does, are its label."""
    waiting: list[tuple[Any, str, tuple[str, ...]]] = [(value, place.pointer or "", path)]
    fields = _fields(row)
    while waiting:  # no recursion: JSON may be nested deeply
        value, pointer, path = waiting.pop()
        if isinstance(value, Mapping):
            waiting += reversed(
                [(v, pointer + step(key), (*path, str(key))) for key, v in value.items()]
            )
        elif isinstance(value, (list, tuple)):  # a tuple: an entry of an Arrow map
            waiting += [(v, f"{pointer}/{i}", path) for i, v in enumerate(value)][::-1]
        elif isinstance(value, (str, int, float)) and not isinstance(value, bool):
            text = str(value)
            if text and not text.isspace():
                at = place._replace(pointer=pointer)
                column = ".".join(path) or None
                yield Text(at, text, name, label(path), column, fields, is_id_scanned)
