"""The SITs as judging works with them: names resolved, what is dear to build built once, at its first hit."""

from __future__ import annotations

from typing import NamedTuple

from sitclassify.candidates import Primary
from sitclassify.compiler import CompiledRules
from sitclassify.confidence import Rung, rungs_of
from sitclassify.placeholders import ReasonOf
from sitclassify.rules import MAX_PRIMARY, UNLIMITED, Element, Need, Sit
from sitclassify.tables import EXACT, Shape, SitTable, Use, bits_of

# Their form says what they are: a rival's label says nothing against these.
_SELF_TELLING = frozenset(("credential", "network", "contact"))


class KnownSit:
    """What judging a candidate needs of its SIT."""

    __slots__ = (
        "_primaries",
        "_rungs",
        "elements",
        "is_self_telling",
        "number",
        "proximity",
        "reason_of",
        "sit",
        "supporting",
        "test_values",
        "wanted",
    )

    def __init__(self, number: int, sit: Sit, table: SitTable) -> None:
        self.number = number
        self.sit = sit
        self.wanted = sit.wanted
        self.supporting = table.supporting
        self.elements = bits_of(table.supporting.values())
        self.proximity = table.proximity
        self.is_self_telling = sit.category in _SELF_TELLING
        self.test_values = frozenset(sit.test_values)
        self.reason_of = ReasonOf(sit.placeholders, sit.category)
        self._primaries: dict[str, Primary] = {}
        self._rungs: dict[str, tuple[Rung, ...]] = {}

    def primary(self, use: Use) -> Primary:
        """The built form of the element of a use."""
        primary = self._primaries.get(use.element)
        if primary is None:
            element = self._masked() if use.reason else self.sit.element(use.element)
            primary = self._primaries[use.element] = Primary(element)
        return primary

    def _masked(self) -> Element:
        return Element(name="masked", expressions=(self.sit.placeholders.masked or "",))

    def rungs(self, use: Use) -> tuple[Rung, ...]:
        """The tiers that a match of the element of a use may reach, highest first; a masked value fits every one.

        A value that is only looked for near a word needs it in every tier.
        """
        rungs = self._rungs.get(use.element)
        if rungs is None:
            tiers = self.sit.tiers
            if use.reason is None:
                tiers = tuple(tier for tier in tiers if use.element in tier.primary)
                near = self.sit.element(use.element).near
                tiers = tuple(tier.needing(Need(near)) for tier in tiers) if near else tiers
            rungs = self._rungs[use.element] = rungs_of(tiers, self.supporting, self.proximity)
        return rungs


class Case(NamedTuple):
    """One use of a shape with all that judging its hits needs."""

    use: Use
    known: KnownSit
    primary: Primary
    rungs: tuple[Rung, ...]
    mode: int  # of the shape
    needs_word: bool  # its SIT must have a word in the text
    reach: int  # characters around a word in which its value is looked for
    key: tuple[int, str]  # of the SIT's element
    is_told: bool  # by its own form or label: what stands around says nothing against its values
    highest: int  # confidence that it may reach


def case_of(known: KnownSit, use: Use, shape: Shape) -> Case:
    """The case of a use of `shape` by a SIT."""
    primary = known.primary(use)
    near = primary.element.near
    rungs = known.rungs(use)
    return Case(
        use,
        known,
        primary,
        rungs,
        shape.mode,
        not use.is_bare and shape.mode == EXACT,
        known.proximity[near] if near else 0,
        (use.sit, use.element),
        bool(primary.is_grouped or use.reason or known.is_self_telling),
        100 if use.reason else max((rung.confidence for rung in rungs), default=0),
    )


class Known:
    """The loaded SITs and shapes as judging works with them: what is built late, is built whole."""

    def __init__(self, rules: CompiledRules) -> None:
        self.rules = rules
        self._known: list[KnownSit | None] = [None] * len(rules.ids)
        self._cases: list[tuple[Case, ...] | None] = [None] * len(rules.tables.shapes)
        self.words_first: bool | None = None  # tests choose the order; None lets the text decide
        proximities = {p for table in rules.tables.sits for p in table.proximity.values()}
        self.is_unbounded = UNLIMITED in proximities
        self.proximity = max((p for p in proximities if p < UNLIMITED), default=0)
        self.reach = MAX_PRIMARY + self.proximity

    def sit(self, number: int) -> KnownSit:
        """The SIT of a number."""
        known = self._known[number]
        if known is None:
            sit = self.rules.sits[self.rules.ids[number]]
            known = KnownSit(number, sit, self.rules.tables.sits[number])
            self._known[number] = known
        return known

    def cases(self, number: int) -> tuple[Case, ...]:
        """What the hits of a shape may be."""
        cases = self._cases[number]
        if cases is None:
            shape = self.rules.tables.shapes[number]
            cases = tuple([case_of(self.sit(use.sit), use, shape) for use in shape.uses])
            self._cases[number] = cases
        return cases

    def warm(self) -> None:
        """Load every database and build every primary now."""
        for database in self.rules.databases.values():
            database.scan(b"")
        for number in range(len(self._cases)):
            self.cases(number)
