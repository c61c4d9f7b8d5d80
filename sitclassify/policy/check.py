"""What is wrong with a policy before it is used: names that do not exist, rules that never decide, wrong examples."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import combinations
from typing import NamedTuple

from sitclassify import choice
from sitclassify.checked import nearest
from sitclassify.errors import Problem, UnknownSitError
from sitclassify.policy.conditions import EVERY
from sitclassify.policy.policies import Policies
from sitclassify.policy.schema import ACTIONS, Condition, Policy, Rule, Scope
from sitclassify.policy.source import Source
from sitclassify.results import ScanResult
from sitclassify.rules import Sit
from sitclassify.yaml_file import Address

_SCOPES = ("applications", "users", "groups", "tenants", "activities", "roles")


class Report(NamedTuple):
    """Errors must be mended; warnings say that a rule does less than it seems to."""

    errors: list[Problem]
    warnings: list[Problem]


def check(policies: Policies, catalogue: Iterable[Sit], classifiers: Iterable[str]) -> Report:
    """Every mistake in `policies`, with file and line. catalogue: all SITs; classifiers: all ids."""
    report = Report(policies.unknown_names(known := list(catalogue)), [])
    names = list(classifiers)
    for source in policies.sources:
        report.errors.extend(_unknown_classifiers(source, names))
        report.errors.extend(_never_holding(source))
        report.errors.extend(_empty_scopes(source))
        _out_of_reach(source, known, report)
        report.warnings.extend(_without_effect(source))
        report.warnings.extend(_not_there_yet(source, {sit.id for sit in known}))
    return report


def failures(policies: Policies, scan: Callable[[str], ScanResult]) -> tuple[int, list[Problem]]:
    """How many examples the policies hold, and those that are decided otherwise than they say.

    Each policy is asked alone. `scan` is of a scanner that was loaded with `policies`.
    """
    count, problems = 0, []
    for source in policies.sources:
        alone = Policies([source])
        for i, example in enumerate(source.policy.examples):
            count += 1
            decision = alone.evaluate(scan(example.text), example.context.context())
            rules = sorted(match.rule for match in decision.matched)
            told = f"the decision is {decision.action} by {', '.join(rules) or 'no rule'}"
            if decision.action != example.action:
                remedy = f"the example says {example.action}"
            elif example.rules is not None and rules != sorted(example.rules):
                remedy = f"the example says {', '.join(sorted(example.rules)) or 'no rule'}"
            else:
                continue
            problems.append(source.problem(("examples", i), told, remedy))
    return count, problems


def _unknown_classifiers(source: Source, known: list[str]) -> Iterator[Problem]:
    for address, condition in source.conditions():
        name = condition.classifier
        if name is not None and name not in known:
            told = f"unknown classifier '{name}'"
            yield source.problem((*address, "classifier"), told, nearest(name, known))


def _never_holding(source: Source) -> Iterator[Problem]:
    """Parts of an `all` of which one excludes another."""
    for address, condition in source.conditions():
        for (i, one), (j, other) in combinations(enumerate(condition.all or ()), 2):
            if _exclude_each_other(one, other):
                told = f"never holds: parts {i} and {j} of `all` exclude each other"
                yield source.problem((*address, "all", j), told, "mend one of them, or say `any`")


def _exclude_each_other(one: Condition, other: Condition) -> bool:
    if one == other.not_ or other == one.not_:
        return True
    if one.sits is None or other.sits is None or _counting(one) != _counting(other):
        return False
    if len(one.sits) > 1 and one.count == "each":
        return False  # one SIT may be in the one range, one in the other
    return _ends_before(one, other) or _ends_before(other, one)


def _counting(condition: Condition) -> tuple[object, ...]:
    """What a condition counts, without how many there must be."""
    sits = frozenset(condition.sits or ())
    return sits, condition.count, condition.min_confidence, condition.max_confidence


def _ends_before(one: Condition, other: Condition) -> bool:
    return one.max_count is not None and one.max_count < other.min_count


def _empty_scopes(source: Source) -> Iterator[Problem]:
    """Rules whose scope is outside the policy's, or wholly exempt."""
    policy = source.policy
    for i, rule in enumerate(policy.rules):
        for name in _SCOPES:
            one, other = getattr(policy.scope, name), getattr(rule.scope, name)
            if one and other and _are_apart(one, other) and name not in ("users", "groups"):
                told = f"rule '{rule.id}' never applies: its {name} are none of the policy's"
                yield source.problem(("rules", i, "scope", name), told, "name one of both")
        for exempt, address in (
            (rule.exempt, ("rules", i, "exempt")),
            (policy.exempt, ("exempt",)),
        ):
            if exempt is not None and _is_within(_joined(policy.scope, rule.scope), exempt):
                told = f"rule '{rule.id}' never applies: all of its scope is exempt"
                yield source.problem(address, told, "make the exemption narrower than the scope")


def _are_apart(one: list[str], other: list[str]) -> bool:
    if any("*" in name for name in (*one, *other)):
        return False
    return not {n.casefold() for n in one} & {n.casefold() for n in other}


def _joined(outer: Scope, inner: Scope) -> Scope:
    """A scope that is in neither wider than both: the rule's own names where it has some."""
    named = {n: getattr(inner, n) or getattr(outer, n) for n in _SCOPES}
    return Scope(**named)


def _is_within(inner: Scope, outer: Scope) -> bool:
    """Whether all that `inner` is for `outer` is for, too."""
    for names in (("users", "groups"), *((n,) for n in _SCOPES if n not in ("users", "groups"))):
        if not any(getattr(outer, n) for n in names):
            continue
        if not any(getattr(inner, n) for n in names):
            return False
        if any(set(getattr(inner, n) or ()) - set(getattr(outer, n) or ()) for n in names):
            return False
    return True


def _out_of_reach(source: Source, known: list[Sit], report: Report) -> None:
    """Conditions that ask for a confidence no tier of a SIT has."""
    tiers = {sit.id: max((t.confidence for t in sit.tiers), default=0) for sit in known}
    tiers |= {sit.id: max(tiers[m] for m in sit.members) for sit in known if sit.is_bundle}
    for address, condition in source.conditions():
        least = condition.min_confidence
        if least is None or not condition.sits or EVERY in condition.sits:
            continue
        found = _found(known, condition.sits)
        short = sorted(sit for sit in found if tiers[sit] < least)
        if short:
            told = f"no tier of {', '.join(short)} reaches confidence {least}"
            remedy = f"the highest is {max(tiers[sit] for sit in short)}"
            problem = source.problem((*address, "min_confidence"), told, remedy)
            (report.errors if len(short) == len(found) else report.warnings).append(problem)


def _found(known: list[Sit], names: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for name in names:
        with suppress(UnknownSitError):  # told already, or awaited
            found |= choice.resolve(known, name)
    return found


def _not_there_yet(source: Source, known: set[str]) -> Iterator[Problem]:
    gone = [name for name in source.policy.awaits if name not in known]
    if gone:
        told = "awaited SITs do not exist yet: conditions on them never hold"
        yield source.problem(("awaits",), told, ", ".join(gone))


def _without_effect(source: Source) -> Iterator[Problem]:
    """Rules that never change what is decided, because another one holds whenever they do and asks for more."""
    policy = source.policy
    for i, rule in enumerate(policy.rules):
        address: Address = ("rules", i)
        if (rule.mode or policy.mode) == "off":
            if policy.mode != "off":
                yield source.problem((*address, "mode"), f"rule '{rule.id}' is off")
            continue
        for other in policy.rules:
            if other is not rule and _is_shadowed(rule, other, policy):
                told = f"rule '{rule.id}' never decides: '{other.id}' holds whenever it does"
                remedy = f"{other.action} wins over {rule.action}"
                if other.action == rule.action:
                    remedy = "it has the same action and comes first"
                yield source.problem(address, told, remedy)
                break


def _is_shadowed(rule: Rule, other: Rule, policy: Policy) -> bool:
    ranks = ACTIONS.index(other.action), ACTIONS.index(rule.action)
    order = [(r.priority, policy.rules.index(r)) for r in (other, rule)]
    if ranks[0] < ranks[1] or (ranks[0] == ranks[1] and order[0] > order[1]):
        return False
    if rule.action in ("audit", "redact") or other.override not in (None, "never"):
        return False  # an audit is a record of its own; what redact replaces adds up; an override lets go on
    if other.action in ("redact", "warn"):
        return False  # not the last word: a caller may be unable to redact, a user may go on
    return (
        (other.mode or policy.mode) == "enforce"
        and other.exempt is None
        and _is_within(rule.scope, other.scope)
        and _covers(other.when, rule.when)
    )


def _covers(wide: Condition | None, narrow: Condition | None) -> bool:
    """Whether `wide` surely holds where `narrow` does."""
    if wide is None or wide == narrow:
        return True
    if narrow is None:
        return False
    if narrow.all is not None and any(_covers(wide, part) for part in narrow.all):
        return True
    if wide.any is not None and any(_covers(part, narrow) for part in wide.any):
        return True
    return _counts_more(wide, narrow)


def _counts_more(wide: Condition, narrow: Condition) -> bool:
    if wide.sits is None or narrow.sits is None or wide.max_count is not None:
        return False
    if not set(narrow.sits) <= set(wide.sits) or wide.min_count > narrow.min_count:
        return False
    if wide.min_confidence != narrow.min_confidence and (
        wide.min_confidence is None
        or narrow.min_confidence is None
        or wide.min_confidence > narrow.min_confidence
    ):
        return False
    is_alike = wide.count == narrow.count or wide.min_count == 1
    return is_alike and wide.max_confidence >= narrow.max_confidence
