"""Policies bound to one scanner: every name resolved, every condition a closure, rules found by SIT."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from sitclassify import choice
from sitclassify.errors import PolicyError, UnknownSitError
from sitclassify.policy.conditions import EVERY, Facts, Holds, bind, bind_scope
from sitclassify.policy.decision import Context
from sitclassify.policy.source import Source, inside
from sitclassify.results import About, ScanResult

if TYPE_CHECKING:
    from collections.abc import Callable

    from sitclassify.policy.schema import Condition, Policy, Rule

_COMBINATIONS = 4096  # sets of SITs whose rules are remembered


class BoundRule(NamedTuple):
    """One rule, ready to be asked. `order` is its place among rules with the same action."""

    policy: str
    id: str
    action: str
    mode: str
    order: tuple[int, int]
    in_scope: Callable[[Context], bool] | None
    is_exempt: Callable[[Context], bool] | None
    holds: Holds
    test_values: str
    override: str
    otherwise: str
    method: str
    message: str | None


class Bound:
    """The rules of all policies over one scanner's SITs."""

    def __init__(self, rules: Iterable[tuple[BoundRule, frozenset[str], bool]]) -> None:
        self._rules = tuple(rules)
        self.rules = tuple(rule for rule, _, _ in self._rules)
        self._by_sits: dict[frozenset[str], tuple[BoundRule, ...]] = {}

    def rules_for(self, sits: frozenset[str]) -> Sequence[BoundRule]:
        """The rules that can match a result with detections of exactly these `sits`."""
        found = self._by_sits.get(sits)
        if found is None:
            if len(self._by_sits) >= _COMBINATIONS:
                self._by_sits.clear()
            found = self._by_sits[sits] = tuple(
                rule for rule, own, is_always in self._rules if is_always or own & sits
            )
        return found


def bind_all(sources: Iterable[Source], about: About) -> Bound:
    """`PolicyError` where the scanner that `about` tells of lacks what a rule needs."""
    rules: list[tuple[BoundRule, frozenset[str], bool]] = []
    for source in sources:
        finder = _Finder(source, about)
        for rule in source.policy.rules:
            if (rule.mode or source.policy.mode) != "off":
                rules.append(_bound(source.policy, rule, len(rules), finder))
    return Bound(rules)


class _Finder:
    """Resolves the names in one policy's conditions to what the scanner looks for."""

    def __init__(self, source: Source, about: About) -> None:
        self._source, self.about = source, about

    def check(self, condition: Condition, where: str) -> None:
        """Whether the scanner found everything that `condition` counts."""
        about = self.about
        if condition.classifier is not None and condition.classifier not in about.models:
            raise self._lacks(f"classifier '{condition.classifier}'", where)
        for name in condition.sits or ():
            if name == EVERY:
                continue
            for sit in self.find(name, where):
                self._check_confidence(sit, condition.min_confidence, where)

    def _check_confidence(self, sit: str, asked: int | None, where: str) -> None:
        """Whether `sit`, or each member of a bundle, was looked for from the confidence on that counts."""
        loaded = self.about.loaded
        for part in (sit, *loaded[sit].members):
            least = asked or loaded[part].recommended_confidence
            if loaded[part].wanted > least:
                of = "" if part == sit else f" of '{sit}'"
                raise self._lacks(f"'{part}'{of} from confidence {least} on", where)

    def find(self, name: str, where: str) -> set[str]:
        """The loaded SITs called `name`; none for an awaited one that does not exist."""
        about = self.about
        is_selection = ":" in name
        if is_selection and name not in about.needs and EVERY not in about.needs:
            raise self._lacks(f"all of '{name}'", where)
        if name in about.sits:
            return {name}
        if name in self._source.policy.awaits:
            return set()
        try:
            return choice.resolve(about.sits.values(), name)
        except UnknownSitError:
            raise self._lacks(f"SIT '{name}'", where) from None

    def _lacks(self, what: str, where: str) -> PolicyError:
        return PolicyError(
            f"policy '{self._source.policy.id}', rule '{where}': the text was scanned without {what}; load the "
            "scanner with `sitclassify.load(policies=...)`"
        )


def _bound(
    policy: Policy, rule: Rule, order: int, finder: _Finder
) -> tuple[BoundRule, frozenset[str], bool]:
    sits: set[str] = set()

    def find(name: str) -> set[str]:
        return finder.find(name, rule.id)

    for _, condition in inside(rule.when):
        finder.check(condition, rule.id)
        for name in condition.sits or ():
            sits |= set(finder.about.sits) if name == EVERY else find(name)
    holds = bind(rule.when, finder.about.sits, find)
    bound = BoundRule(
        policy.id,
        rule.id,
        rule.action,
        rule.mode or policy.mode,
        (rule.priority, order),
        bind_scope(policy.scope, rule.scope),
        _either(bind_scope(policy.exempt), bind_scope(rule.exempt)),
        holds,
        policy.test_values,
        rule.override or ("allowed" if _warns(rule) else "never"),
        rule.otherwise,
        rule.method,
        rule.message,
    )
    return bound, frozenset(sits), _can_hold_without(rule.when, holds)


def _warns(rule: Rule) -> bool:
    return rule.action == "warn" or (rule.action == "redact" and rule.otherwise == "warn")


def _can_hold_without(condition: Condition | None, holds: Holds) -> bool:
    """Whether a rule can match a text without any of the SITs it names."""
    nothing = Facts(ScanResult("", About("", {}, {})), ())
    if holds(nothing) is not None:
        return True
    return any(c.classifier or c.incomplete for _, c in inside(condition))


def _either(
    first: Callable[[Context], bool] | None, second: Callable[[Context], bool] | None
) -> Callable[[Context], bool] | None:
    if first is None or second is None:
        return first or second
    return lambda context: first(context) or second(context)
