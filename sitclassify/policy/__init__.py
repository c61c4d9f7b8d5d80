"""Policies: what is allowed, audited, warned of, redacted or blocked, decided from scan results in microseconds.

>>> import sitclassify
>>> from sitclassify import policy
>>> policies = policy.load("pci-dss")
>>> scanner = sitclassify.load(sits=(), classifiers=(), policies=policies)
>>> decision = policies.evaluate(scanner.scan("my card number is 5105 1051 0510 5100"))
>>> decision.action, decision.rule.rule, decision.rule.why
('audit', 'low-count', ('credit-card-number: 1 distinct, asked 1 to 9',))
"""

from __future__ import annotations

from sitclassify.policy.check import Report, check, failures
from sitclassify.policy.decision import Context, Counted, Decision, Match, Outcome
from sitclassify.policy.policies import Policies
from sitclassify.policy.reader import load, names
from sitclassify.policy.schema import ACTIONS, Condition, Example, Policy, Rule, Scope

__all__ = [
    "ACTIONS",
    "Condition",
    "Context",
    "Counted",
    "Decision",
    "Example",
    "Match",
    "Outcome",
    "Policies",
    "Policy",
    "Report",
    "Rule",
    "Scope",
    "check",
    "failures",
    "load",
    "names",
]
