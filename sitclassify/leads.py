"""What a trigger's expression must hold before its value: a character or two that tell an assignment from prose.

A word such as "password" stands in prose a hundred times as often as before a value, and some twenty expressions begin
with it. Whether a colon, an equals sign or a quote is near costs a tenth of trying one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import count
from typing import Any, NamedTuple

from sitclassify.expressions import parser
from sitclassify.gate import codes_of, ops

_VALUE = "(?P<value>"
_MOST = 8  # characters: more of them tell nothing


class Lead(NamedTuple):
    """Every match holds one of `characters`, and has at most `width` characters up to it."""

    characters: frozenset[str]
    width: int


def find_lead(expressions: Iterable[str]) -> Lead | None:
    """The lead of all `expressions`; None where some match may do without."""
    leads = [_lead_of(expression) for expression in expressions]
    known = [lead for lead in leads if lead is not None]
    if len(known) < len(leads) or not known:
        return None
    characters = frozenset[str]().union(*(lead.characters for lead in known))
    return Lead(characters, max(lead.width for lead in known)) if len(characters) <= _MOST else None


def _lead_of(expression: str) -> Lead | None:
    numbers = count()
    single = re.sub(re.escape(_VALUE), lambda _: f"(?P<value{next(numbers)}>", expression)
    try:
        tree = parser.parse(single)
    except (re.error, RecursionError, AttributeError):
        return None
    values = frozenset(
        number for name, number in tree.state.groupdict.items() if name.startswith("value")
    )
    codes, width, _ = _read(tree, values)
    return None if codes is None else Lead(frozenset(map(chr, codes)), width)


def _read(tree: Any, values: frozenset[int]) -> tuple[frozenset[int] | None, int, bool]:
    """Characters that tell, of which one is surely there before the value; the width up to it; is the value in here."""
    best: frozenset[int] | None = None
    width, is_value = 0, False
    for op, argument in tree:
        if op is ops.AT or op in (ops.ASSERT, ops.ASSERT_NOT):
            continue
        if op is ops.SUBPATTERN and argument[0] in values:
            return best, width, True
        if op is ops.SUBPATTERN:
            codes, most, is_value = _read(argument[-1], values)
        elif op is ops.BRANCH:
            read = [_read(branch, values) for branch in argument[1]]
            known = [codes for codes, _, _ in read if codes is not None]
            codes = frozenset[int]().union(*known) if len(known) == len(read) else None
            most, is_value = max(most for _, most, _ in read), any(told for _, _, told in read)
        elif op in (ops.MAX_REPEAT, ops.MIN_REPEAT):
            codes, most, is_value = _read(argument[2], values)
            codes, most = codes if argument[0] else None, most * min(int(argument[1]), 1 << 20)
        else:
            codes, most = _telling(codes_of(op, argument)), 1
        width += most
        if codes is not None and (best is None or len(codes) < len(best)):
            best = codes
        if is_value:
            break
    return best, width, is_value


def _telling(codes: frozenset[int] | None) -> frozenset[int] | None:
    """`codes` where these are no characters of plain prose."""
    is_plain = codes is None or any(
        chr(code).isalnum() or chr(code) in " \t\n.,-" for code in codes
    )
    return None if is_plain else codes
