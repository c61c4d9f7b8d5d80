"""Conditions as closures: bound once to the SITs of a scanner, asked in microseconds.

A bound condition takes `Facts` and returns what held (`Counted` parts), or None where it does not hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from sitclassify.policy.decision import Context, Counted
from sitclassify.results import Detection, ScanResult
from sitclassify.rules import Sit, distinct

if TYPE_CHECKING:
    from sitclassify.policy.schema import Condition, Scope

TEST_VALUE = "test-value"
EVERY = "*"  # every SIT that the text was scanned for
_LEVELS = ("low", "medium", "high")

Holds = Callable[["Facts"], tuple[Counted, ...] | None]
Find = Callable[[str], Iterable[str]]  # the loaded SITs behind a name in a condition


class Facts:
    """What conditions ask of one result: detections by SIT, and their distinct values."""

    __slots__ = ("_plain", "by_sit", "result")

    def __init__(self, result: ScanResult, detections: Iterable[Detection]) -> None:
        self.result = result
        self.by_sit: dict[str, list[Detection]] = {}
        for detection in detections:
            self.by_sit.setdefault(detection.sit, []).append(detection)
        self._plain: dict[tuple[int, int], str] = {}

    def distinct(self, detections: Iterable[Detection]) -> int:
        """How many distinct values there are, compared without separators and case."""
        return len({self._value(d) for d in detections})

    def _value(self, detection: Detection) -> str:
        span = detection.start, detection.end
        plain = self._plain.get(span)
        if plain is None:
            plain = self._plain[span] = distinct(self.result.value(detection))
        return plain


def bind(condition: Condition | None, sits: Mapping[str, Sit], find: Find) -> Holds:
    """`condition` over the loaded `sits`; None holds always."""
    if condition is None:
        return lambda facts: ()
    if condition.sits is not None:
        return _of_sits(condition, _bounds(condition, sits, find))
    if condition.classifier is not None:
        return _of_classifier(condition)
    if condition.incomplete:
        return _of_incomplete
    if condition.not_ is not None:
        inner = bind(condition.not_, sits, find)
        return lambda facts: () if inner(facts) is None else None
    if condition.all is not None:
        return _all([bind(c, sits, find) for c in condition.all])
    return _any([bind(c, sits, find) for c in condition.any or ()])


def _bounds(
    condition: Condition, sits: Mapping[str, Sit], find: Find
) -> dict[str, tuple[int, int]]:
    """SIT -> lowest and highest confidence that counts."""
    bounds: dict[str, tuple[int, int]] = {}
    for name in condition.sits or ():
        for sit in sits if name == EVERY else find(name):
            least = sits[sit].recommended_confidence
            if condition.min_confidence is not None:
                least = (
                    max(least, condition.min_confidence)
                    if name == EVERY
                    else condition.min_confidence
                )
            bounds[sit] = min(least, bounds.get(sit, (101, 0))[0]), condition.max_confidence
    return bounds


def _of_sits(condition: Condition, bounds: dict[str, tuple[int, int]]) -> Holds:
    least, most = condition.min_count, condition.max_count
    is_each = condition.count == "each"
    wanted = f"{least} or more" if most is None else f"{least} to {most}"

    def holds(facts: Facts) -> tuple[Counted, ...] | None:
        found: list[tuple[str, list[Detection]]] = []
        for sit, detections in facts.by_sit.items():
            bound = bounds.get(sit)
            if bound is not None:
                low, high = bound
                counting = [d for d in detections if low <= d.confidence <= high]
                if counting:
                    found.append((sit, counting))
        if not found:
            return None
        numbers = [facts.distinct(detections) for _, detections in found]
        if not is_each:
            total = facts.distinct(d for _, detections in found for d in detections)
            if total < least or (most is not None and total > most):
                return None
        held = tuple(
            Counted(sit, f"{number} distinct, asked {wanted}", tuple(detections))
            for (sit, detections), number in zip(found, numbers, strict=True)
            if not is_each or (number >= least and (most is None or number <= most))
        )
        return held or None

    return holds


def _of_classifier(condition: Condition) -> Holds:
    name, least = condition.classifier, condition.min_score
    levels = _LEVELS[_LEVELS.index(condition.level) :]

    def holds(facts: Facts) -> tuple[Counted, ...] | None:
        for answer in facts.result.classifications:
            if answer.classifier == name:
                if answer.score is None:
                    return None
                if answer.level in levels if least is None else answer.score >= least:
                    return (
                        Counted(answer.classifier, f"score {answer.score:.2f}, {answer.level}"),
                    )
        return None

    return holds


def _of_incomplete(facts: Facts) -> tuple[Counted, ...] | None:
    skipped = facts.result.skipped
    return (Counted("incomplete", f"{len(skipped)} parts not scanned"),) if skipped else None


def _all(parts: list[Holds]) -> Holds:
    def holds(facts: Facts) -> tuple[Counted, ...] | None:
        told: tuple[Counted, ...] = ()
        for part in parts:
            held = part(facts)
            if held is None:
                return None
            told += held
        return told

    return holds


def _any(parts: list[Holds]) -> Holds:
    def holds(facts: Facts) -> tuple[Counted, ...] | None:
        told: tuple[Counted, ...] = ()
        is_held = False
        for part in parts:  # all of them: a redact rule replaces what any of them counted
            held = part(facts)
            if held is not None:
                is_held = True
                told += held
        return told if is_held else None

    return holds


def bind_scope(*scopes: Scope | None) -> Callable[[Context], bool] | None:
    """Whether a context is in all of `scopes`; None where none of them asks anything."""
    tests = [test for scope in scopes if scope is not None for test in _tests(scope)]
    if not tests:
        return None
    return lambda context: all(test(context) for test in tests)


def _tests(scope: Scope) -> list[Callable[[Context], bool]]:
    tests: list[Callable[[Context], bool]] = []
    if scope.applications:
        application = _named(scope.applications)
        tests.append(lambda c: application(c.application))
    if scope.users or scope.groups:
        user, group = _named(scope.users or ()), _named(scope.groups or ())
        tests.append(lambda c: user(c.user) or any(group(g) for g in c.groups))
    if scope.tenants:
        tenant = _named(scope.tenants)
        tests.append(lambda c: tenant(c.tenant))
    if scope.activities:
        activities = frozenset(scope.activities)
        tests.append(lambda c: c.activity in activities)
    if scope.roles:
        roles = frozenset(scope.roles)
        tests.append(lambda c: role_of(c) in roles)
    return tests


def role_of(context: Context) -> str:
    """The role of the message, told or supposed."""
    return context.role or ("assistant" if context.activity.startswith("download") else "user")


def _named(names: Iterable[str]) -> Callable[[str | None], bool]:
    """Whether a name is one of `names`, caseless, `*` standing for any characters."""
    plain = frozenset(n.casefold() for n in names if "*" not in n)
    bodies = [".*".join(map(re.escape, n.casefold().split("*"))) for n in names if "*" in n]
    pattern = re.compile("|".join(bodies), re.DOTALL) if bodies else None

    def is_named(name: str | None) -> bool:
        if name is None:
            return False
        folded = name.casefold()
        return folded in plain or (pattern is not None and pattern.fullmatch(folded) is not None)

    return is_named
