"""What the plan is made of: the tables that stages read beside the SITs themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sitclassify.expressions import Expression
from sitclassify.rules import Element, Sit, Tier

EXACT, TRIGGER, NEAR = range(
    3
)  # how a hit becomes candidates: as it is; tried from; searched around


class Use(NamedTuple):
    """A SIT that a shape is a primary of."""

    sit: int
    element: Element
    reason: str | None  # "masked": the match is dismissed for it


@dataclass(frozen=True, slots=True)
class Shape:
    """One expression of the first pass and the SITs it belongs to."""

    expression: Expression
    mode: int
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """One keyword of the second pass, or one evidence regex, asked only where a tier comes to it.

    `lead` and `trail` are the bytes of the boundary inside its hits; `label_only` words count as a label only.
    """

    expression: Expression
    lead: int
    trail: int
    is_bounded: bool
    label_only: bool


@dataclass(slots=True)
class EvidencePlan:
    """One distinct evidence element: its words, and for a regex the element that confirms it."""

    words: frozenset[int]
    element: Element

    @property
    def has_regex(self) -> bool:
        """Whether it is looked for late."""
        return bool(self.element.expressions)


@dataclass(slots=True)
class SitPlan:
    """What grading needs of one SIT, names resolved."""

    sit: Sit
    evidence: dict[str, int]  # element name -> index into Plan.evidence
    proximity: dict[str, int]  # element name -> characters
    tiers: tuple[Tier, ...]
    bare: frozenset[str] = frozenset()  # primary elements that some tier takes without a word
    own_words: frozenset[int] = frozenset()  # all words of its evidence
    needs: tuple[
        tuple[frozenset[int], ...], ...
    ] = ()  # per tier: sets of words of which each must be seen

    def can_hold(self, seen: set[int]) -> bool:
        """Whether some tier can hold in a text where the words `seen` are: a necessary condition."""
        return any(all(not words.isdisjoint(seen) for words in tier) for tier in self.needs)
