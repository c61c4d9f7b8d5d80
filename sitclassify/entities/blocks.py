"""Addresses whose street has no form: lines of a letter's head that end with a country, one of them a city of it."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sitclassify.entities import places

_LINES = 7  # of an address at most, before its country
_LEAST = 3  # and with it at least
_LINE = r"[^\n]+"
_SHORT = r"[ \t>*]*(?:[\p{Lu}\p{Lo}0-9'’(]|unnamed road)[^.!?:\n]{0,59}$"  # starts no sentence, ends none


class Block(NamedTuple):
    """Lines that are an address; `country` is the code of the last one."""

    start: int
    end: int
    country: str


def find(text: str) -> Iterator[Block]:
    """The blocks in a text that end with a country."""
    if "\n" not in text:
        return
    line, short = _patterns()
    before: list[tuple[int, int]] = []
    last_end = -2
    for match in line.finditer(text):
        start, end = match.span()
        if start - last_end != 1 or not short.match(text, *match.span()):
            before = []
        if short.match(text, start, end):
            before.append((start, end))
            code = _country(text, start, end)
            if code and _is_address(text, before[-_LINES - 1 : -1], code):
                yield Block(before[-_LINES - 1 :][0][0], end, code)
                before = []
        last_end = end


def _country(text: str, start: int, end: int) -> str:
    """The country that a line is, or ends with after a comma."""
    told = text[start:end].rstrip(" ,")
    at = start + max(told.rfind(",") + 1, 0)
    while at < end and text[at] in " \t>*":
        at += 1
    found = places.country(text, at)
    return found.countries[0] if found and found.end >= start + len(told) else ""


def _is_address(text: str, lines: Sequence[tuple[int, int]], code: str) -> bool:
    """Whether there are lines enough, one of them with a city of the country."""
    return len(lines) + 1 >= _LEAST and any(
        city is not None and code in city.countries
        for start, end in lines[1:]
        for city in (places.city(text, start),)
    )


@functools.cache
def _patterns() -> tuple[Any, Any]:
    import regex

    return regex.compile(_LINE), regex.compile(_SHORT)
