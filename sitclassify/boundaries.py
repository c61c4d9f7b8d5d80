"""Whether a match is a token of its own, or a part of a longer number, UUID, hash, float or time stamp."""

from __future__ import annotations

import re

_CONNECTORS = "-./+_~:="  # join what stands on both sides of them into one token
_APART = frozenset(" \t\n\"'()[]{}<>,;|`*")  # join nothing
_MARKS = " \t\r>|*-,;"  # around a value that is a line of a list
_MAX_TOKEN = 40  # characters looked at on either side


def is_own_token(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` is a maximal token.

    It is not, where a letter or digit touches it, or where a connector joins it to a run that holds a
    digit: `2024-000-123-45-6789-77`, `0.536904399`, the end of a UUID. A run of letters only is a word
    or a label (`SSN-536-90-4399`, `tel:+1...`, `id/536...`), unless it is as long as encoded data.
    """
    left = start == 0 or text[start - 1] in _APART
    return (left or not _joined_left(text, start)) and not _joined_right(text, end)


def is_decimal(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` is a side of a decimal number: no label makes that an identifier."""
    before = text[start - 1 : start] == "." and text[max(0, start - 2) : start - 1].isdigit()
    return before or (text[end : end + 1] == "." and text[end + 1 : end + 2].isdigit())


def is_of_rows(text: str, start: int, end: int) -> bool:
    """Whether a value over several lines is made of rows of a list: there are more lines of their form.

    Whole lines are, too, where there are three of them: a number a line.
    """
    if "\n" not in text[start:end]:
        return False
    low = text.rfind("\n", max(0, start - _MAX_TOKEN), start) + 1
    if not low and start > _MAX_TOKEN:
        return False  # no row, but a line of prose
    high = text.find("\n", end, end + _MAX_TOKEN)
    high = high if high >= 0 else min(len(text), end + _MAX_TOKEN)
    rows = [_form(row) for row in text[low:high].split("\n")]
    around = (
        _form(text[max(0, low - 1 - _MAX_TOKEN) : max(0, low - 1)].rsplit("\n", 1)[-1]),
        _form(text[high + 1 : high + 1 + _MAX_TOKEN].split("\n", 1)[0]),
    )
    if rows[0] == rows[-1] in around:
        return True
    if text[low:start].strip(_MARKS) or text[end:high].strip(_MARKS):
        return False
    return len(rows) > 2 or rows[0] == around[0] or rows[-1] == around[1]


def _form(row: str) -> str:
    """A row with every digit the same."""
    return re.sub("[0-9]", "0", row.strip(_MARKS))


def _joined_left(text: str, start: int) -> bool:
    if start == 0:
        return False
    char = text[start - 1]
    if char.isascii():
        if char.isalnum():
            return True
        if char not in _CONNECTORS or start < 2:
            return False
        run_end = start - 1
        run_start = run_end
        lowest = max(0, run_end - _MAX_TOKEN)
        while (
            run_start > lowest and text[run_start - 1].isalnum() and text[run_start - 1].isascii()
        ):
            run_start -= 1
        run = text[run_start:run_end]
        if char == "=" or (char == ":" and not _is_clock(run)):
            return False
        return _is_part(run)
    return False


def _joined_right(text: str, end: int) -> bool:
    if end >= len(text):
        return False
    char = text[end]
    if not char.isascii():
        return False
    if char.isalnum():
        return True
    if char not in "-./+_~" or end + 1 >= len(text):
        return False
    run_end = run_start = end + 1
    highest = min(len(text), run_start + _MAX_TOKEN)
    while run_end < highest and text[run_end].isalnum() and text[run_end].isascii():
        run_end += 1
    return _is_part(text[run_start:run_end])


def _is_part(run: str) -> bool:
    """Whether a neighbouring run makes the whole a longer token."""
    if not run:
        return False
    return len(run) >= 20 or any(map(str.isdigit, run))


def _is_clock(run: str) -> bool:
    """Whether `run`, before a colon, is the hours or minutes of a time of day."""
    return 1 <= len(run) <= 2 and run.isdigit()
