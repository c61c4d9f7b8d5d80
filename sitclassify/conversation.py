"""Chat messages as providers write them: their text, and what in them is none."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sitclassify.results import Skipped

TURNS = ("user", "assistant")  # roles that are context for one another
_TEXT_KEYS = ("text", "refusal", "thinking", "input_text", "output_text")


class Part(NamedTuple):
    """Where a piece of a message's text came from (a JSON pointer) and where it is in that text."""

    pointer: str
    start: int
    end: int


class Turn(NamedTuple):
    """One message: `text` is its text parts joined by line breaks."""

    role: str
    id: str | None
    text: str
    parts: tuple[Part, ...]
    skipped: tuple[Skipped, ...]


def read_message(message: Mapping[str, Any], number: int) -> Turn:
    """The text of one message: content, content parts, tool calls and their arguments.

    `TypeError` for a message that is no mapping.
    """
    if not isinstance(message, Mapping):
        raise TypeError(
            f"a message is a mapping with 'role' and 'content', not {type(message).__name__}"
        )
    pieces: list[str] = []
    parts: list[Part] = []
    skipped: list[Skipped] = []
    position = 0
    for pointer, value in _shallow(message, f"/messages/{number}"):
        if isinstance(value, Skipped):
            skipped.append(value)
            continue
        parts.append(Part(pointer, position, position + len(value)))
        pieces.append(value)
        position += len(value) + 1
    name = message.get("id")
    role = message.get("role", message.get("from"))
    return Turn(
        _ROLES.get(str(role), str(role)),
        name if isinstance(name, str) else None,
        "\n".join(pieces),
        tuple(parts),
        tuple(skipped),
    )


def roles_of(messages: Iterable[Mapping[str, Any]], texts: Sequence[str]) -> list[str] | None:
    """Who says each of `texts`, which somebody else took out of `messages`; None where these do not tell."""
    said = list(_said(messages))
    return [role for role, _ in said] if [text for _, text in said] == list(texts) else None


def _said(messages: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for message in messages:
        role, content = str(message.get("role")), message.get("content")
        parts = content if isinstance(content, list) else [{"text": content}]
        for part in parts:
            text = part.get("text") if isinstance(part, dict) else None
            if isinstance(text, str):
                yield role, text


_ROLES = {"human": "user", "gpt": "assistant", "model": "assistant", "bot": "assistant"}


def _shallow(message: Mapping[str, Any], base: str) -> Iterator[tuple[str, str | Skipped]]:
    """What `_pieces` finds up to where parts are nested deeper than Python can follow."""
    try:
        yield from _pieces(message, base)
    except RecursionError:
        yield base, Skipped(base, "parts are nested too deep")


def _pieces(message: Mapping[str, Any], base: str) -> Iterator[tuple[str, str | Skipped]]:
    key = "content" if "content" in message or "value" not in message else "value"
    yield from _content(message.get(key), f"{base}/{key}")
    calls = message.get("tool_calls")
    for i, call in enumerate(calls if isinstance(calls, (list, tuple)) else ()):
        function = call.get("function") if isinstance(call, Mapping) else None
        if isinstance(function, Mapping):
            yield from _arguments(
                function.get("arguments"), f"{base}/tool_calls/{i}/function/arguments"
            )
    function = message.get("function_call")
    if isinstance(function, Mapping):
        yield from _arguments(function.get("arguments"), f"{base}/function_call/arguments")


def _content(content: Any, pointer: str) -> Iterator[tuple[str, str | Skipped]]:
    if content is None:
        return
    if isinstance(content, str):
        yield pointer, content
    elif isinstance(content, (list, tuple)):
        for i, part in enumerate(content):
            yield from _part(part, f"{pointer}/{i}")
    elif isinstance(content, Mapping):
        yield from _part(content, pointer)
    else:
        yield pointer, Skipped(pointer, f"content is {type(content).__name__}, not text")


def _part(part: Any, pointer: str) -> Iterator[tuple[str, str | Skipped]]:
    if isinstance(part, str):
        yield pointer, part
        return
    if not isinstance(part, Mapping):
        yield pointer, Skipped(pointer, f"part is {type(part).__name__}, not text")
        return
    found = False
    for key in _TEXT_KEYS:
        if isinstance(part.get(key), str):
            found = True
            yield f"{pointer}/{key}", part[key]
    for key in ("input", "arguments"):  # tool use
        if isinstance(part.get(key), (str, Mapping, list)):
            found = True
            yield from _arguments(part[key], f"{pointer}/{key}")
    if part.get("type") == "tool_result" and "content" in part:
        found = True
        yield from _content(part["content"], f"{pointer}/content")
    if not found:
        kind = part.get("type")
        yield (
            pointer,
            Skipped(pointer, f"part of type '{kind}' is no text" if kind else "part without text"),
        )


def _arguments(arguments: Any, pointer: str) -> Iterator[tuple[str, str | Skipped]]:
    """Arguments of a tool call: JSON as it stands, whose keys are labels for the values behind them."""
    if isinstance(arguments, str):
        yield pointer, arguments
    elif arguments is not None:
        try:
            yield pointer, json.dumps(arguments, ensure_ascii=False, default=str)
        except (RecursionError, TypeError, ValueError) as error:  # deep, odd keys, in a circle
            yield pointer, Skipped(pointer, f"arguments are no JSON: {type(error).__name__}")
