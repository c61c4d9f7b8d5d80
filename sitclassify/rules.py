"""What the catalogue says, as plain objects: SITs, elements, tiers.

`catalogue` reads them from YAML, `compiler` turns them into databases, the cache holds them as JSON
(`to_table` / `from_table`). Nothing here touches a file, pydantic or Hyperscan.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

UNLIMITED = 1 << 40  # proximity "unlimited", in characters: longer than any text
MAX_PRIMARY = 16_384  # characters a primary match may be long (contract, rule 8)


class Filters(NamedTuple):
    """Conditions on a primary match and its surroundings; each a `regex` expression, or None.

    `value` expressions are matched against the whole value, its beginning or its end; `before` and `after`
    against the text directly around it. All are caseless.
    """

    required: tuple[tuple[str, str], ...] = ()  # (place, expression): must match
    forbidden: tuple[tuple[str, str], ...] = ()  # (place, expression): must not
    excluded: tuple[str, ...] = ()  # whole values, folded by `distinct`
    not_all_digits_equal: bool = False
    has_digit: bool = False

    def __bool__(self) -> bool:
        return self != Filters()


class Element(NamedTuple):
    """A regex or a word list. `expressions` are plain (see `expressions.plain`)."""

    name: str
    expressions: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    everyday: tuple[str, ...] = ()
    substring: bool = False
    case_sensitive: bool = False
    function: str | None = None  # one of catalogue.TEXT_FUNCTIONS: found without an expression
    validator: Any = None
    soft_validator: Any = None
    filters: Filters = Filters()
    maximal: bool = True
    trigger: str | None = None
    near: str | None = None
    gate: str | None = None  # every match holds a match of this cheap expression
    column: str | None = (
        None  # the name of a column: every value is a whole cell below such a header
    )
    proximity: int | None = None


class Need(NamedTuple):
    """One evidence element of a tier and how many hits of it are needed."""

    element: str
    min_count: int = 1
    unique: bool = False


class Group(NamedTuple):
    """`any` of a tier: between `at_least` and `at_most` of the needs are met."""

    of: tuple[Need, ...]
    at_least: int = 1
    at_most: int | None = None


class Tier(NamedTuple):
    """What must hold for a confidence."""

    confidence: int
    primary: tuple[str, ...]
    all: tuple[Need, ...] = ()
    any: tuple[Group, ...] = ()
    none: tuple[str, ...] = ()

    def needing(self, need: Need) -> Tier:
        """The same tier, holding only where `need` is met too."""
        groups = {n for group in self.any if group.at_least for n in group.of if len(group.of) == 1}
        is_needed = need in self.all or need in groups
        return self if is_needed else self._replace(all=(*self.all, need))


class Placeholders(NamedTuple):
    """Values that look like a finding and are none, and published test values."""

    example: tuple[str, ...] = ()  # whole values, folded by `distinct`
    example_regex: str | None = None
    masked: str | None = None
    template: str | None = None


class Sit(NamedTuple):
    """A sensitive information type."""

    id: str
    name: str
    category: str
    recommended_confidence: int
    description: str
    sources: tuple[str, ...] = ()
    purview_guid: str | None = None
    country: str | None = None
    sensitivity: str = "moderate"
    tags: tuple[str, ...] = ()
    purview_recommended: int | None = None
    aliases: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    primary: tuple[Element, ...] = ()
    evidence: tuple[Element, ...] = ()
    proximity: int = 300
    tiers: tuple[Tier, ...] = ()
    placeholders: Placeholders = Placeholders()
    test_values: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    on_request: bool = (
        False  # left out of `load()` unless it is named: its word lists cost every text
    )
    wanted: int = 1  # lowest confidence asked for when this SIT was loaded

    @property
    def is_bundle(self) -> bool:
        """Whether this SIT stands for its members."""
        return bool(self.members)

    def element(self, name: str) -> Element:
        """The element called `name`; `KeyError` if there is none."""
        for element in (*self.primary, *self.evidence):
            if element.name == name:
                return element
        raise KeyError(name)

    def at_least(self, confidence: int) -> Sit:
        """This SIT with only the tiers of at least `confidence`."""
        kept = tuple(tier for tier in self.tiers if tier.confidence >= confidence)
        return self._replace(tiers=kept, wanted=confidence)


def distinct(value: str) -> str:
    """`value` without separators and case: what makes two values the same."""
    if value.isascii():
        return value.encode().translate(_LOWER, _SEPARATORS).decode()
    return "".join(filter(str.isalnum, value)).casefold()


_LOWER = bytes(range(256)).lower()
_SEPARATORS = bytes(code for code in range(128) if not chr(code).isalnum())


def to_table(sit: Sit) -> list[Any]:
    """`sit` as JSON can hold it: each object as the list of its fields."""
    return [dict(field) if isinstance(field, Mapping) else field for field in sit]


def from_table(table: Iterable[Any]) -> Sit:
    """The SIT that `to_table` gave `table` for."""
    sit = Sit(*table)
    spots = Placeholders(*sit.placeholders)
    return sit._replace(
        sources=tuple(sit.sources),
        tags=tuple(sit.tags),
        aliases={product: tuple(names) for product, names in sit.aliases.items()},
        primary=tuple([_element(e) for e in sit.primary]),
        evidence=tuple([_element(e) for e in sit.evidence]),
        tiers=tuple([_tier(t) for t in sit.tiers]),
        placeholders=spots._replace(example=tuple(spots.example)),
        test_values=tuple(sit.test_values),
        members=tuple(sit.members),
    )


def _element(table: Iterable[Any]) -> Element:
    element = Element(*table)
    filters = Filters(*element.filters)
    return element._replace(
        expressions=tuple(element.expressions),
        words=tuple(element.words),
        everyday=tuple(element.everyday),
        filters=filters._replace(
            required=tuple([(place, text) for place, text in filters.required]),
            forbidden=tuple([(place, text) for place, text in filters.forbidden]),
            excluded=tuple(filters.excluded),
        ),
    )


def _tier(table: Iterable[Any]) -> Tier:
    tier = Tier(*table)
    groups = [Group(*group) for group in tier.any]
    return tier._replace(
        primary=tuple(tier.primary),
        all=tuple([Need(*need) for need in tier.all]),
        any=tuple([g._replace(of=tuple([Need(*need) for need in g.of])) for g in groups]),
        none=tuple(tier.none),
    )
