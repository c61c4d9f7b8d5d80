"""Confidence of a candidate: the highest tier whose demands are met."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from sitclassify.rules import Need, Tier
from sitclassify.tables import Demand

Hits = list[tuple[int, int]]


class Rung(NamedTuple):
    """A tier with its needs resolved; `any`: (demands, at least, at most) of them are met."""

    confidence: int
    all: tuple[Demand, ...]
    any: tuple[tuple[tuple[Demand, ...], int, int | None], ...]
    none: tuple[Demand, ...]


Find = Callable[[Demand], Hits | None]  # the hits that meet a demand, or None


def rungs_of(
    tiers: Iterable[Tier], supporting: Mapping[str, int], proximity: Mapping[str, int]
) -> tuple[Rung, ...]:
    """`tiers` with the numbers of their elements."""

    def resolved(needs: Iterable[Need]) -> tuple[Demand, ...]:
        return tuple(
            Demand(*need, supporting.get(need.element), proximity[need.element]) for need in needs
        )

    return tuple(
        Rung(
            tier.confidence,
            resolved(tier.all),
            tuple((resolved(group.of), group.at_least, group.at_most) for group in tier.any),
            resolved(map(Need, tier.none)),
        )
        for tier in tiers
    )


def grade(rungs: tuple[Rung, ...], find: Find) -> tuple[int, dict[str, Hits]] | None:
    """The confidence of the first tier that holds, and the evidence that made it hold.

    `rungs` are those of the primary's element, highest first.
    """
    for rung in rungs:
        evidence: dict[str, Hits] = {}
        for demand in rung.all:
            hits = find(demand)
            if hits is None:
                break
            evidence[demand.element] = hits
        else:
            if _any_met(rung, find, evidence) and not any(map(find, rung.none)):
                return rung.confidence, evidence
    return None


def _any_met(rung: Rung, find: Find, evidence: dict[str, Hits]) -> bool:
    """Whether every group of a tier is met; what meets it goes into `evidence`."""
    for demands, at_least, at_most in rung.any:
        met = 0
        for demand in demands:
            hits = find(demand)
            if hits is not None:
                met += 1
                evidence[demand.element] = hits
                if at_most is None and met >= at_least:
                    break
        if met < at_least or (at_most is not None and met > at_most):
            return False
    return True


def one_level_lower(confidence: int) -> int:
    """What is left of a confidence when a public check digit that Purview does not test is wrong."""
    return max(1, confidence - 10)
