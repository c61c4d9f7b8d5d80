"""One SIT as the detector works with it: names resolved, what is dear to build built once, at its first hit."""

from __future__ import annotations

from sitclassify.candidates import Primary
from sitclassify.placeholders import ReasonOf
from sitclassify.rules import Element, Need, Sit, Tier
from sitclassify.tables import SitTable, Use, bits_of

# Their form says what they are: a rival's label says nothing against these.
_SELF_TELLING = frozenset(("credential", "network", "contact"))


class KnownSit:
    """What judging a candidate needs of its SIT."""

    __slots__ = (
        "_primaries",
        "_tiers",
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
        self._tiers: dict[str, tuple[Tier, ...]] = {}

    def primary(self, use: Use) -> Primary:
        """The built form of the element of a use."""
        primary = self._primaries.get(use.element)
        if primary is None:
            element = self._masked() if use.reason else self.sit.element(use.element)
            primary = self._primaries[use.element] = Primary(element)
        return primary

    def _masked(self) -> Element:
        return Element(name="masked", expressions=(self.sit.placeholders.masked or "",))

    def tiers(self, use: Use) -> tuple[Tier, ...]:
        """The tiers that a match of the element of a use may reach, highest first; a masked value fits every one.

        A value that is only looked for near a word needs it in every tier.
        """
        tiers = self._tiers.get(use.element)
        if tiers is None:
            tiers = self.sit.tiers
            if use.reason is None:
                tiers = tuple(tier for tier in tiers if use.element in tier.primary)
                near = self.sit.element(use.element).near
                tiers = tuple(tier.needing(Need(near)) for tier in tiers) if near else tiers
            self._tiers[use.element] = tiers
        return tiers
