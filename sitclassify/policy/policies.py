"""Loaded policies: what they need of a scanner, and what they decide about a result."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from sitclassify import choice
from sitclassify.checked import nearest
from sitclassify.errors import PolicyError, Problem, UnknownSitError
from sitclassify.policy.binding import Bound, BoundRule, bind_all
from sitclassify.policy.conditions import EVERY, TEST_VALUE, Facts
from sitclassify.policy.decision import Context, Decision, Match, Outcome
from sitclassify.policy.schema import ACTIONS, Policy
from sitclassify.policy.source import Source
from sitclassify.results import About, Detection, ScanResult
from sitclassify.rules import Sit

_RANK = {action: rank for rank, action in enumerate(ACTIONS)}
_SAID = {
    "warn": "This text contains {}. Check whether it may be shared.",
    "redact": "Values in this text were replaced: {}.",
    "block": "This text was blocked: it contains {}.",
}
_SCANNERS = 8  # scanners whose binding is kept; a reload makes a new one
_ANYBODY = Context()


class Policies:
    """Policies that are applied together. Immutable; safe to share between threads; made by `load`."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._sources = tuple(sources)
        self._bound: dict[int, tuple[About, Bound]] = {}
        self.policies = tuple(source.policy for source in sources)
        self.version = "+".join(f"{p.id}@{_version(p)}" for p in self.policies)
        self.needs = _needs(self._sources)
        self._nothing = Decision("allow", self.version)

    @property
    def sources(self) -> tuple[Source, ...]:
        """The policies and their files."""
        return self._sources

    @property
    def sits(self) -> frozenset[str]:
        """Names of the SITs, bundles too, that a scanner must look for, as `sitclassify.load(sits=)` takes them."""
        return frozenset(self.needs.confidences)

    @property
    def confidences(self) -> dict[str, int]:
        """The lowest confidence that counts, for names where a rule states one."""
        asked = {name: [c for c in cs if c] for name, cs in self.needs.confidences.items()}
        return {name: min(stated) for name, stated in asked.items() if stated}

    @property
    def classifiers(self) -> frozenset[str]:
        """Ids of the classifiers that must be run."""
        return self.needs.classifiers

    def __repr__(self) -> str:
        return f"Policies({self.version})"

    def __reduce__(self) -> tuple[type[Policies], tuple[tuple[Source, ...]]]:
        return Policies, (self._sources,)

    def check_names(self, catalogue: Iterable[Sit]) -> None:
        """Raise `PolicyError` with the address of every SIT that `catalogue` does not have."""
        problems = self.unknown_names(catalogue)
        if problems:
            raise PolicyError("\n".join(str(problem) for problem in problems))

    def unknown_names(self, catalogue: Iterable[Sit]) -> list[Problem]:
        """Every name of a SIT that `catalogue` does not have and the policy does not await."""
        known = list(catalogue)
        problems: list[Problem] = []
        for source in self._sources:
            for address, condition in source.conditions():
                for i, name in enumerate(condition.sits or ()):
                    if name == EVERY or name in source.policy.awaits:
                        continue
                    try:
                        choice.resolve(known, name)
                    except UnknownSitError:
                        remedy = nearest(name, [sit.id for sit in known])
                        what = f"unknown SIT '{name}'"
                        problems.append(source.problem((*address, "sits", i), what, remedy))
        return problems

    def missing(self, sits: Iterable[str]) -> dict[str, list[str]]:
        """Policy -> the awaited SITs that are not among `sits`; conditions on them never hold."""
        there = set(sits)
        found = {p.id: sorted(set(p.awaits) - there) for p in self.policies}
        return {policy: names for policy, names in found.items() if names}

    def evaluate(self, result: ScanResult, context: Context = _ANYBODY) -> Decision:
        """What is to be done with the text of `result`.

        All matching rules apply; the most restrictive action wins, the lowest priority number breaks ties.
        Raises `PolicyError` for a result that was scanned without what a rule needs, and `TextNotKept` for one
        that has values but no longer holds its text.
        """
        rules = self._rules_for(result)
        if not rules:
            return self._nothing
        facts = Facts(result, result.detections)
        real = facts
        if any(TEST_VALUE in d.tags for d in result.detections):
            real = Facts(result, [d for d in result.detections if TEST_VALUE not in d.tags])
        matched: list[tuple[BoundRule, Match]] = []
        for rule in rules:
            if rule.in_scope is not None and not rule.in_scope(context):
                continue
            if rule.is_exempt is not None and rule.is_exempt(context):
                continue
            match = _match(rule, facts, real, context)
            if match is not None:
                matched.append((rule, match))
        return self._decide(result, context, matched) if matched else self._nothing

    def explain(self, result: ScanResult, context: Context = _ANYBODY) -> list[Outcome]:
        """What became of every rule, in the order they are written; without values."""
        matches = {(m.policy, m.rule): m for m in self.evaluate(result, context).matched}
        bound = {(rule.policy, rule.id): rule for rule in self._bound_to(result.about).rules}
        outcomes = []
        for policy in self.policies:
            for rule in policy.rules:
                key = policy.id, rule.id
                told = _outcome(matches.get(key), bound.get(key), context)
                outcomes.append(Outcome(*key, *told))
        return outcomes

    def _rules_for(self, result: ScanResult) -> Sequence[BoundRule]:
        return self._bound_to(result.about).rules_for(frozenset(d.sit for d in result.detections))

    def _bound_to(self, about: About) -> Bound:
        kept = self._bound.get(id(about))
        if kept is None:
            if len(self._bound) >= _SCANNERS:
                self._bound.clear()
            kept = self._bound[id(about)] = about, bind_all(self._sources, about)
        return kept[1]

    def _decide(
        self, result: ScanResult, context: Context, matched: list[tuple[BoundRule, Match]]
    ) -> Decision:
        matched.sort(
            key=lambda item: (item[1].mode != "enforce", -_RANK[item[1].action], item[0].order)
        )
        enforced = [item for item in matched if item[1].mode == "enforce"]
        matches = tuple(match for _, match in matched)
        action = enforced[0][1].action if enforced else "allow"
        hindering = [rule for rule, match in enforced if match.action in ("warn", "block")]
        redacting = [item for item in enforced if item[1].action == "redact"]
        ways: dict[Detection, str] = {}
        for rule, match in redacting:  # the first rule that counted a value says how it is replaced
            for detection in (d for part in match.counted for d in part.detections):
                ways.setdefault(detection, rule.method)
        detections = tuple(sorted(ways, key=lambda d: (d.start, d.end, d.sit)))
        told = next((m for _, m in enforced if m.action == action), None)
        return Decision(
            action,
            self.version,
            matches,
            _message(told, result) if told else None,
            detections,
            redacting[0][0].method if redacting else "label",
            tuple(ways[detection] for detection in detections),
            max((m.action for m in matches), key=_RANK.__getitem__),
            action in ("warn", "block") and all(rule.override != "never" for rule in hindering),
            any(rule.override == "justified" for rule in hindering),
            any(match.is_overridden for _, match in enforced),
        )


def _match(rule: BoundRule, facts: Facts, real: Facts, context: Context) -> Match | None:
    action = rule.action
    counted = rule.holds(facts if rule.test_values == "count" else real)
    if counted is None and rule.test_values == "audit" and real is not facts:
        counted, action = rule.holds(facts), "audit"  # it holds by test values only
    if counted is None:
        return None
    if action == "redact" and not context.can_redact:
        action = rule.otherwise
    is_overridden = action in ("warn", "block") and _is_overridden(rule, context)
    if is_overridden:
        action = "audit"
    return Match(rule.policy, rule.id, action, rule.mode, counted, rule.message, is_overridden)


def _is_overridden(rule: BoundRule, context: Context) -> bool:
    if not context.override or rule.override == "never":
        return False
    return rule.override == "allowed" or bool(context.justification)


def _outcome(match: Match | None, rule: BoundRule | None, context: Context) -> tuple[str, str]:
    """What came of a rule, and why."""
    if rule is None:
        return "off", "its mode is off"
    if match is not None:
        way = "simulated " if match.mode == "simulate" else ""
        over = ", overridden" if match.is_overridden else ""
        return f"{way}{match.action}{over}", "; ".join(match.why) or "it always holds"
    if rule.in_scope is not None and not rule.in_scope(context):
        return "no match", "out of scope"
    if rule.is_exempt is not None and rule.is_exempt(context):
        return "no match", "exempt"
    return "no match", "its condition does not hold"


def _message(match: Match, result: ScanResult) -> str | None:
    if match.action not in _SAID:
        return None
    if match.message is not None:
        return match.message
    names = result.about.names
    subjects = [names[c.subject].name if c.subject in names else c.subject for c in match.counted]
    return _SAID[match.action].format(", ".join(dict.fromkeys(subjects)) or "what a rule forbids")


def _needs(sources: Iterable[Source]) -> choice.Needs:
    confidences: dict[str, set[int]] = {}
    classifiers: set[str] = set()
    awaited: set[str] = set()
    for source in sources:
        awaited |= set(source.policy.awaits)
        for _, condition in source.conditions():
            if condition.classifier is not None:
                classifiers.add(condition.classifier)
            for name in condition.sits or ():
                if name != EVERY:
                    least = condition.min_confidence or choice.RECOMMENDED
                    confidences.setdefault(name, set()).add(least)
    told = {name: tuple(sorted(asked)) for name, asked in confidences.items()}
    return choice.Needs(told, frozenset(classifiers), frozenset(awaited))


def _version(policy: Policy) -> str:
    if policy.version:
        return policy.version
    return hashlib.blake2b(policy.model_dump_json().encode(), digest_size=4).hexdigest()
