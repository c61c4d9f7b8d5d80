"""One SIT as the detector works with it: names resolved, what is dear to build built once, at its first hit."""

from __future__ import annotations

from typing import NamedTuple

from sitclassify.candidates import Primary
from sitclassify.confidence import Rung, rungs_of
from sitclassify.placeholders import ReasonOf
from sitclassify.rules import Element, Need, Sit
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
    is_sure: bool  # a label of another type says nothing against its values
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
        bool(primary.has_checksum or primary.is_grouped or use.reason or known.is_self_telling),
        100 if use.reason else max((rung.confidence for rung in rungs), default=0),
    )
