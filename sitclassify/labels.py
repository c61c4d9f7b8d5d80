"""Direct labels: the key of `key: value`, of JSON, INI, XML, a form or a query string.

A label says what a value is, whatever the distance (contract, rule 9). Headers of tables are in `columns`.
"""

from __future__ import annotations

import re

MAX_LABEL = 64  # characters of a key
_SKIPPED = " \t\n\"'`\\([{*_-$"  # may stand between a separator and the value
_MAX_SKIPPED = 24
_SEPARATORS = ":=>#"
_CLOSING = " \t\"'`\\*])"  # may stand between a key and its separator
_KEY_ENDS = re.compile(r"(?:[^\n\t,;{}\[\]&?\"'`<>|=:]+|(?<=[a-z])'(?=[a-z]))*", re.IGNORECASE)
_TYPED = re.compile(  # key: type = value, in programs and schemas
    r"(?<=[A-Za-z0-9_]) ?: ?(?:str(?:ing)?|int(?:eger)?|number|float|double|decimal|bool|text|bytes|char|any"
    r"|varchar|u?int[0-9]{1,3}|[iu][0-9]{1,3}|&(?:'[a-z]+ )?str|Optional\[\w+\])\Z",
    re.IGNORECASE,
)

Span = tuple[int, int]


def find_key(text: str, start: int) -> Span | None:
    """The key directly before a value that begins at `start`."""
    i = start
    lowest = max(0, start - _MAX_SKIPPED)
    while i > lowest and text[i - 1] in _SKIPPED:
        i -= 1
    if i == 0 or text[i - 1] not in _SEPARATORS:
        return None
    if text[i - 1] == ">" and text[i - 2 : i - 1] != "=":
        opening = text.rfind("<", max(0, i - 1 - MAX_LABEL), i - 1)
        return (opening + 1, i - 1) if opening >= 0 else None
    while i > 0 and text[i - 1] in ":=>#":
        i -= 1
    while i > 0 and text[i - 1] in _CLOSING:
        i -= 1
    before = text[max(0, i - MAX_LABEL) : i]
    typed = _TYPED.search(before) if text[i : i + 2].strip()[:1] == "=" else None
    if typed:
        i -= len(before) - typed.start()
        before = before[: typed.start()]
    before = before[::-1]
    length = _KEY_ENDS.match(before).end()  # type: ignore[union-attr]  # matches the empty string
    return (i - length, i) if length else None
