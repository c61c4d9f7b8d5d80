"""What a scan reads besides the SITs: shapes, words and elements by number, as the compiler leaves them.

Made by `plan` when a catalogue is compiled, kept in the cache as JSON, read by every stage. A number is an index into
the list of that name.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

# How a hit becomes candidates: as it is; tried from; searched around; the cells below it.
EXACT, TRIGGER, NEAR, COLUMN = range(4)


_SHARD = 64  # shapes of one database: eight of them compile in a fifth of the time of one, and scan as fast


class Use(NamedTuple):
    """A SIT that a shape is a primary of."""

    sit: int
    element: str
    reason: str | None  # "masked": the match is dismissed for it
    is_bare: bool  # some tier takes it without a word


class Shape(NamedTuple):
    """One expression of primaries, and the SITs it belongs to.

    `width` is the most bytes a match has; `is_fixed` where every match has just so many.
    """

    mode: int
    width: int
    is_fixed: bool
    uses: tuple[Use, ...]


class Word(NamedTuple):
    """One keyword, or one evidence regex (asked only where a tier comes to it).

    `lead` and `trail` are the bytes of boundary inside its hits. `is_open` words have a letter at an edge that the
    expression does not bound; `label_only` ones count as a label only.
    """

    lead: int
    trail: int
    is_bounded: bool
    is_open: bool
    label_only: bool


class Supporting(NamedTuple):
    """One distinct evidence element: its words, and a SIT and the name it has there."""

    words: frozenset[int]
    sit: int
    element: str
    has_regex: bool
    is_picky: bool  # it has filters or a validator


class SitTable(NamedTuple):
    """The names of one SIT's elements, resolved; `needs`: per tier, sets of supporting elements as bits.

    Of each set one must be seen for the tier to hold; elements that are looked for late are in none.
    """

    supporting: Mapping[str, int]
    proximity: Mapping[str, int]
    needs: tuple[tuple[int, ...], ...]

    @property
    def bits(self) -> int:
        """All elements of `needs`."""
        return functools.reduce(operator.or_, (bits for tier in self.needs for bits in tier), 0)

    def can_hold(self, seen: int) -> bool:
        """Whether some tier can hold in a text with the supporting elements `seen`: a necessary condition."""
        for tier in self.needs:
            for bits in tier:
                if not bits & seen:
                    break
            else:
                return True
        return False


class Demand(NamedTuple):
    """A need of a tier, its element resolved: the number of the supporting one; None for a primary."""

    element: str
    min_count: int
    unique: bool
    supporting: int | None
    proximity: int  # characters


class Tables(NamedTuple):
    """All of it."""

    shapes: tuple[Shape, ...]
    open: tuple[int, ...]  # shapes of the database "open", in its order; behind them come marks
    keys: tuple[int, ...]  # shapes asked where there is a long run of letters and digits
    spans: tuple[int, ...]  # those of both that are asked once more for their start
    near: tuple[str, ...]  # the values looked for near a word, in the order of their database
    # Words that values are looked for near, and names of columns; behind them come `calls`.
    callers: tuple[int, ...]
    columns: tuple[int, ...]  # the names of columns among them, also in a database of their own
    calls: tuple[tuple[int, ...], ...]  # per calling word, which of `called` it speaks for
    called: tuple[tuple[int, ...], ...]  # per SIT, shapes asked around the words that call for it
    reaches: tuple[int, ...]  # per SIT of `called`: characters around a word of a value
    gated: tuple[int, ...]  # shapes asked around such places only
    wide: tuple[int, ...]  # the same, long ones
    bare: tuple[int, ...]  # of both: those that may be taken without a word
    guarded: tuple[tuple[int, ...], ...]  # the same, a set for each gate that their elements name
    cards: tuple[int, ...]  # the same, of those that are one long row of digits
    waiting: tuple[tuple[int, ...], ...]  # of both: sets that wait for the words of a SIT
    waiting_of_sit: Mapping[int, int]  # the set of each SIT that has one
    words: tuple[Word, ...]
    keywords: tuple[int, ...]  # words of the database "words", in its order
    regexes: tuple[int, ...]  # words asked late
    supporting: tuple[Supporting, ...]
    elements_of_word: tuple[int, ...]  # as bits
    sits: tuple[SitTable, ...]

    @property
    def gated_shards(self) -> list[tuple[int, ...]]:
        """The gated shapes by database: together they take many times as long to compile."""
        return [self.gated[i : i + _SHARD] for i in range(0, len(self.gated), _SHARD)]

    def width(self, shapes: Iterable[int]) -> int:
        """The most bytes that a match of `shapes` has."""
        return max((self.shapes[i].width for i in shapes), default=0)

    def to_json(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return self._asdict() | {
            "supporting": [(sorted(s.words), *s[1:]) for s in self.supporting],
            "sits": [
                (s.supporting, s.proximity, [[hex(bits) for bits in tier] for tier in s.needs])
                for s in self.sits
            ],
            "elements_of_word": [hex(bits) for bits in self.elements_of_word],
        }

    @classmethod
    def from_json(cls, table: Mapping[str, Any]) -> Tables:
        """What `to_json` gave `table` for."""
        made = {name: _tuple(value) for name, value in table.items()}
        made["shapes"] = tuple(
            Shape(mode, width, is_fixed, tuple(map(Use._make, uses)))
            for mode, width, is_fixed, uses in table["shapes"]
        )
        made["words"] = tuple(map(Word._make, table["words"]))
        for name in ("calls", "called", "waiting", "guarded"):
            made[name] = tuple(map(tuple, table[name]))
        made["waiting_of_sit"] = {int(sit): i for sit, i in table["waiting_of_sit"].items()}
        made["supporting"] = tuple(
            Supporting(frozenset(words), *rest) for words, *rest in table["supporting"]
        )
        made["elements_of_word"] = tuple([int(bits, 16) for bits in table["elements_of_word"]])
        made["sits"] = tuple(
            SitTable(
                names, near, tuple([tuple([int(bits, 16) for bits in tier]) for tier in needs])
            )
            for names, near, needs in table["sits"]
        )
        return cls(**made)


def bits_of(numbers: Iterable[int]) -> int:
    """A set of numbers as the bits of an integer."""
    bits = 0
    for number in numbers:
        bits |= 1 << number
    return bits


def called_name(number: int) -> str:
    """The database of a SIT's shapes that are called for."""
    return f"called {number}"


def gated_name(number: int) -> str:
    """The database of a shard of the gated shapes."""
    return f"gated {number}"


def guarded_name(number: int) -> str:
    """The database of the bare shapes behind a gate."""
    return f"guarded {number}"


def waiting_name(number: int) -> str:
    """The database of a set of waiting shapes."""
    return f"waiting {number}"


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, Sequence) else value
