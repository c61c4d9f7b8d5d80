"""Confidence of a candidate: the highest tier whose demands are met."""

from __future__ import annotations

from collections.abc import Callable

from sitclassify.rules import Group, Need, Tier

Hits = list[tuple[int, int]]
Find = Callable[[Need], Hits | None]  # the hits that meet a need, or None


def grade(tiers: tuple[Tier, ...], find: Find) -> tuple[int, dict[str, Hits]] | None:
    """The confidence of the first tier that holds, and the evidence that made it hold.

    `tiers` are those of the primary's element, highest first.
    """
    for tier in tiers:
        evidence = _evidence(tier, find)
        if evidence is not None:
            return tier.confidence, evidence
    return None


def _evidence(tier: Tier, find: Find) -> dict[str, Hits] | None:
    evidence: dict[str, Hits] = {}
    for need in tier.all:
        hits = find(need)
        if hits is None:
            return None
        evidence[need.element] = hits
    for group in tier.any:
        met = _met(group, find)
        if len(met) < group.at_least or (group.at_most is not None and len(met) > group.at_most):
            return None
        evidence.update(met)
    for name in tier.none:
        if find(Need(name)) is not None:
            return None
    return evidence


def _met(group: Group, find: Find) -> dict[str, Hits]:
    met: dict[str, Hits] = {}
    for need in group.of:
        hits = find(need)
        if hits is not None:
            met[need.element] = hits
            if group.at_most is None and len(met) >= group.at_least:
                break
    return met


def one_level_lower(confidence: int) -> int:
    """What is left of a confidence when a public check digit that Purview does not test is wrong."""
    return max(1, confidence - 10)
