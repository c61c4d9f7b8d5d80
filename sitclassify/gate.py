"""Which shapes need a number or an id to be there at all, so that plain prose is not asked for them.

Hundreds of shapes of letters and digits together cost a pass of 100 to 200 MB/s; whether there are some digits close
together, or a letter directly before a digit, or twenty characters of a key, costs next to nothing to ask. Shapes that
cannot match without such a place are asked only around the places that are seen. Each of these questions is a database
of its own: together they keep Hyperscan from skipping what none of them can begin with, and cost three times as much.
"""

from __future__ import annotations

import functools
import re
from importlib import import_module
from typing import Any, NamedTuple

from sitclassify.expressions import parser

ops = import_module("re._constants")

DIGITS = 6  # digits of a run; years, prices and small numbers have fewer
GAP = 3  # other characters that may stand between two digits of a run
ROW = 5  # digits with nothing between them that are a run as well
LITERAL = 3  # fixed characters in a row that make an expression cheap by itself
LONG_LITERAL = 4  # so many make it cheaper than asking around places
NARROW = 24  # characters of most gated matches: bounds the window around a place
MAX_WIDTH = 100  # characters of the longest gated match
CARD = 13  # digits that every bank card has, with at most a blank, hyphen or dot between two
RUN = 20  # characters of a key, at least; words and most names are shorter
NUMBER = rf"[0-9](?:[^0-9]{{0,{GAP}}}[0-9]){{{DIGITS - 1}}}(?:[^0-9]|$)|[0-9]{{{ROW}}}(?:[^0-9]|$)"
CODE = r"[A-Za-z][0-9]|[0-9][A-Z]|[A-Z][ \t\n\-][0-9]"  # 2nd, 10am, 5kg are prose
DENSE = rf"[0-9](?:[ \t\n.\-]?[0-9]){{{CARD - 1}}}(?:[^0-9]|$)"
LONG = rf"[A-Za-z0-9+/_\-]{{{RUN}}}"
# Every masked value (`placeholders.masked`) has two mask characters beside a digit.
MASK = r"[Xx*#]{2}[ \t\n\-]?[0-9]|[0-9][ \t\n\-]?[Xx*#]{2}"

_DIGITS = frozenset(map(ord, "0123456789"))
_UPPER = frozenset(map(ord, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
_LETTERS = _UPPER | frozenset(map(ord, "abcdefghijklmnopqrstuvwxyz"))
_ALNUM = _LETTERS | _DIGITS
_IN_KEY = _ALNUM | frozenset(map(ord, "+/_-"))
_JOINING = frozenset(map(ord, " \t\n-"))
_IN_CARD = _JOINING | {ord(".")}
_RARE = frozenset(map(ord, ".:/@+%=*#"))  # between letters and digits, rare in prose


def is_gated(pattern: str, has_digit: bool = False) -> bool:
    """Whether every match of `pattern` holds what some gate finds and is at most `MAX_WIDTH` long.

    `has_digit`: matches without a digit do not count. Says no wherever it does not know.
    """
    try:
        tree = parser.parse(pattern)
        narrowest, widest = tree.getwidth()
    except (re.error, RecursionError, AttributeError):
        return False
    if widest > MAX_WIDTH:
        return False
    walk = _Walk(bool(tree.state.flags & re.IGNORECASE))
    walk.read(tree)
    if walk.is_number or walk.is_mixed:
        return True
    # Capitals and digits without a gap: with one digit among them, all are digits or two kinds touch.
    kinds = _all_codes(tree)
    is_token = kinds is not None and kinds <= _UPPER | _DIGITS and narrowest >= ROW
    return is_token and not walk.ignores_case and (has_digit or walk.best > 0)


def literal_of(pattern: str) -> int:
    """How many fixed characters in a row every match of `pattern` holds; a rare one counts as `LITERAL`."""
    try:
        return _longest_literal(parser.parse(pattern))
    except (re.error, RecursionError, AttributeError):
        return 0


def is_key(pattern: str) -> bool:
    """Whether every match of `pattern` holds what `LONG` finds. Says no wherever it does not know."""
    return _longest_run(pattern, _IN_KEY, frozenset()) >= RUN


def is_dense(pattern: str) -> bool:
    """Whether every match of `pattern` holds what `DENSE` finds. Says no wherever it does not know."""
    return _longest_run(pattern, _DIGITS, _IN_CARD) >= CARD


def characters_of(pattern: str) -> frozenset[str] | None:
    """The characters that a match of `pattern` may have; None where that is not known."""
    try:
        codes = _all_codes(parser.parse(pattern))
    except (re.error, RecursionError, AttributeError):
        return None
    return None if codes is None else frozenset(map(chr, codes))


def before_run(pattern: str, run: frozenset[str]) -> int | None:
    """Characters of a match before its longest part, where that part is written in `run`.

    None where it is not, or where more than one character outside of `run` can follow it.

    >>> before_run('"k": ?"[a-z]{20,900}"', frozenset("abcdefghijklmnopqrstuvwxyz"))
    6
    """
    try:
        tree = parser.parse(pattern)
    except (re.error, RecursionError, AttributeError):
        return None
    items = [parser.SubPattern(tree.state, [item]) for item in tree]
    widths = [item.getwidth()[1] for item in items]
    longest = widths.index(max(widths, default=0)) if widths else 0
    last = len(items) - (widths[-1:] == [1])
    for item in items[longest:last]:
        codes = _all_codes(item)
        if codes is None or not set(map(chr, codes)) <= run:
            return None
    return int(sum(widths[:longest]))


def _longest_literal(tree: Any) -> int:
    best = run = 0
    for op, argument in tree:
        if op is ops.LITERAL:
            run = LITERAL if argument in _RARE else run + 1
            best = max(best, run)
            continue
        if op is ops.SUBPATTERN:
            best = max(best, _longest_literal(argument[-1]))
        elif op is ops.BRANCH:
            best = max(best, min(run + _longest_literal(branch) for branch in argument[1]))
        elif op in (ops.MAX_REPEAT, ops.MIN_REPEAT) and argument[0] > 0:
            best = max(best, _longest_literal(argument[2]))
        run = 0
    return best


class _Run(NamedTuple):
    """Characters of a kind in a row that a match surely begins with, holds and ends with, and whether it has no others.

    Characters that may join them are not counted: at most `head` of these stand before the first, `tail` behind the
    last.
    """

    lead: int
    best: int
    trail: int
    is_pure: bool
    head: int = 0
    tail: int = 0

    def then(self, other: _Run) -> _Run:
        head = self.head if self.lead or not self.is_pure else self.head + other.head
        tail = other.tail if other.trail or not other.is_pure else self.tail + other.tail
        if self.tail + other.head > 1:  # two that join have a gap between them
            best = max(self.best, other.best)
            return _Run(self.lead, best, other.trail, False, head, tail)
        return _Run(
            self.lead + other.lead * self.is_pure,
            max(self.best, other.best, self.trail + other.lead),
            other.trail + self.trail * other.is_pure,
            self.is_pure and other.is_pure,
            head,
            tail,
        )

    def times(self, least: int, most: int) -> _Run:
        run = self
        for _ in range(min(max(least, 2), _ENOUGH) - 1):
            run = run.then(self)
        if least > 1 or (least == 1 and most == 1):
            return run if least > 1 else self
        once = self if least else _EMPTY
        # Once or many times, or not at all: what holds for each.
        return run.either(once).either(self) if most > 1 else once.either(self)

    def either(self, other: _Run) -> _Run:
        return _Run(
            min(self.lead, other.lead),
            min(self.best, other.best),
            min(self.trail, other.trail),
            self.is_pure and other.is_pure,
            max(self.head, other.head),
            max(self.tail, other.tail),
        )


_EMPTY = _Run(0, 0, 0, True)
_OTHER = _Run(0, 0, 0, False)
_ENOUGH = 100  # repeats that are counted


def _longest_run(pattern: str, kind: frozenset[int], joining: frozenset[int]) -> int:
    try:
        return _run(parser.parse(pattern), kind, joining).best
    except (re.error, RecursionError, AttributeError):
        return 0


def _run(tree: Any, kind: frozenset[int], joining: frozenset[int]) -> _Run:
    run = _EMPTY
    for op, argument in tree:
        if op is ops.AT or op in (ops.ASSERT, ops.ASSERT_NOT):
            continue
        if op is ops.SUBPATTERN:
            part = _run(argument[-1], kind, joining)
        elif op is ops.BRANCH:
            branches = [_run(branch, kind, joining) for branch in argument[1]]
            part = functools.reduce(_Run.either, branches)
        elif op in (ops.MAX_REPEAT, ops.MIN_REPEAT):
            part = _run(argument[2], kind, joining).times(*argument[:2])
        else:
            codes = codes_of(op, argument)
            if codes is not None and codes <= kind:
                part = _Run(1, 1, 1, True)
            elif codes is not None and codes <= joining:
                part = _Run(0, 0, 0, True, 1, 1)
            else:
                part = _OTHER
        run = run.then(part)
    return run


class _Walk:
    """What is surely there, walking through an expression.

    `run` digits with small gaps up to here, `best` of these so far, `row` digits without gaps; in the present run of
    letters and digits: whether a letter and a digit have been, and whether its letters are capitals; `before`: a
    capital stands directly before (1), or with one joining character at most (2); `is_number` and `is_mixed` once
    what `NUMBER` or `CODE` finds is surely there.
    """

    def __init__(self, caseless: bool) -> None:
        self._caseless = caseless
        self.ignores_case = caseless
        self.run = self.gap = self.best = self.row = self.before = 0
        self.letter = self.digit = self.is_mixed = self.is_number = False
        self.capitals = not caseless

    def read(self, tree: Any) -> None:
        for op, argument in tree:
            self._step(op, argument)

    def _step(self, op: Any, argument: Any) -> None:
        if op is ops.AT or op in (ops.ASSERT, ops.ASSERT_NOT):
            return
        if op is ops.SUBPATTERN:
            self._group(argument)
        elif op is ops.BRANCH:
            self._branch(argument[1])
        elif op in (ops.MAX_REPEAT, ops.MIN_REPEAT):
            self._repeat(*argument)
        else:
            self._char(codes_of(op, argument))

    def _group(self, argument: Any) -> None:
        _, added, _, body = argument
        outer = self._caseless
        self._caseless = outer or bool(added & re.IGNORECASE)
        self.ignores_case |= self._caseless
        self.read(body)
        self._caseless = outer

    def _char(self, codes: frozenset[int] | None) -> None:
        if codes is None or not codes <= _DIGITS:
            self.row = 0
        if codes is None or not codes <= _ALNUM:
            self.gap += 1
            self._end_run()
            joins = self.before == 1 and codes is not None and codes <= _JOINING
            self.before = 2 if joins else 0
        elif codes <= _DIGITS:
            self.run = 1 if self.gap > GAP else self.run + 1
            self.gap = 0
            self.best = max(self.best, self.run)
            self.row += 1
            self.is_number |= self.best >= DIGITS or self.row >= ROW
            self.is_mixed |= self.letter or self.before > 0
            self.digit = True
            self.before = 0
        else:
            self.before = int(codes <= _UPPER and not self._caseless)
            self.gap += 1
            self.capitals &= codes <= _UPPER | _DIGITS and not self._caseless
            if codes <= _LETTERS:
                self.is_mixed |= self.digit and self.capitals
                self.letter = True

    def _end_run(self) -> None:
        self.letter = self.digit = False
        self.capitals = not self._caseless

    def _branch(self, branches: Any) -> None:
        ends = []
        for branch in branches:
            end = self._copy()
            end.read(branch)
            ends.append(end)
        self.run = min(end.run if end.gap <= GAP else 0 for end in ends)
        self.gap = max(end.gap for end in ends)
        self.best = min(end.best for end in ends)
        self.row = min(end.row for end in ends)
        self.before = max(end.before for end in ends) if all(end.before for end in ends) else 0
        for flag in ("letter", "digit", "is_mixed", "is_number", "capitals"):
            setattr(self, flag, all(getattr(end, flag) for end in ends))
        if not self.is_mixed:  # one branch by its digits, another by its mixture
            self.is_mixed = all(end.is_mixed or end.is_number for end in ends)

    def _copy(self) -> _Walk:
        copy = _Walk(self._caseless)
        copy.__dict__.update(self.__dict__)
        return copy

    def _repeat(self, least: int, most: int, body: Any) -> None:
        for _ in range(min(least, DIGITS)):
            self.read(body)
        if most == least and least <= DIGITS:
            return
        kinds = _all_codes(body)
        if self.before == 1 and most == 1 and kinds is not None and kinds <= _JOINING:
            self.before = 2
        elif not least or kinds is None or not kinds <= _UPPER:
            self.before = 0
        if kinds is None or not kinds <= _ALNUM:
            self._end_run()
        elif kinds & _LETTERS:
            self.capitals &= kinds <= _UPPER | _DIGITS and not self._caseless
        if kinds is None or not kinds <= _DIGITS:
            self.row = 0
            self.gap += min(most - min(least, DIGITS), 100) * int(body.getwidth()[1])


def codes_of(op: Any, argument: Any) -> frozenset[int] | None:
    """The characters of a literal or a class; None for what is not a plain list of ASCII ones."""
    if op is ops.LITERAL:
        return frozenset((argument,))
    if op is not ops.IN:
        return None
    codes: set[int] = set()
    for kind, what in argument:
        if kind is ops.LITERAL:
            codes.add(what)
        elif kind is ops.RANGE and what[1] < 128:
            codes |= set(range(what[0], what[1] + 1))
        else:
            return None
    return frozenset(codes)


def _all_codes(body: Any) -> frozenset[int] | None:
    """All characters that may occur in `body`; None where that is not known."""
    found: frozenset[int] = frozenset()
    for op, argument in body:
        if op is ops.AT:
            continue
        if op is ops.SUBPATTERN:
            codes = _all_codes(argument[-1])
        elif op is ops.BRANCH:
            parts = [_all_codes(branch) for branch in argument[1]]
            known = [part for part in parts if part is not None]
            codes = frozenset().union(*known) if len(known) == len(parts) else None
        elif op in (ops.MAX_REPEAT, ops.MIN_REPEAT):
            codes = _all_codes(argument[2])
        else:
            codes = codes_of(op, argument)
        if codes is None:
            return None
        found |= codes
    return found
