"""A scanner of two toy SITs, and events about what it finds."""

from __future__ import annotations

from typing import Any

import pytest
from events import MakeEvent, WriteTo
from toys import a_sit, scanner_of

from sitclassify import policy
from sitclassify.audit import Message, make_event
from sitclassify.policy import Context, Policy
from sitclassify.results import ScanResult
from sitclassify.scanner import Scanner

RULES = [
    {"id": "block", "when": {"sits": "badge"}, "action": "block", "override": "justified"},
    {"id": "redact", "when": {"sits": "card", "min_count": 3}, "action": "redact"},
    {"id": "warn", "when": {"sits": "card", "min_count": 2}, "action": "warn"},
    {"id": "audit", "when": {"sits": "card"}, "action": "audit"},
    {"id": "later", "when": {"sits": "card"}, "action": "block", "mode": "simulate"},
]


@pytest.fixture(scope="session")
def scanner() -> Scanner:
    """Cards and badges."""
    return scanner_of(
        a_sit("card", r"\bC[0-9]{4}\b", ("card",)), a_sit("badge", r"\bB[0-9]{4}\b", ("badge",))
    )


@pytest.fixture(scope="session")
def policies() -> policy.Policies:
    """All actions, and one rule that is simulated."""
    return policy.load(Policy.model_validate({"id": "test", "rules": RULES}))


@pytest.fixture
def event(scanner: Scanner, policies: policy.Policies) -> MakeEvent:
    """The event about a text, with arguments of `make_event` and fields of `Context` and `Message`."""

    def make(text: str | ScanResult, *, of: Any = None, said: Any = None, **arguments: Any) -> Any:
        result = scanner.scan(text) if isinstance(text, str) else text
        context = Context(**(of or {}))
        decision = policies.evaluate(result, context)
        return make_event(result, decision, context, Message(**(said or {})), **arguments)

    return make


@pytest.fixture
def write(scanner: Scanner, policies: policy.Policies) -> WriteTo:
    """Hand the event about a text to a writer."""

    def hand_over(writer: Any, text: str = "card C1001", **of: Any) -> bool:
        result, context = scanner.scan(text), Context(**of)
        return bool(writer.write(result, policies.evaluate(result, context), context))

    return hand_over
