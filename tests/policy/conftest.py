"""A scanner of two toy SITs that every policy of these tests is asked about."""

from __future__ import annotations

from typing import Any

import pytest
from toy_policies import BADGE, CARD, Decide, policies_of
from toys import scanner_of

from sitclassify.policy import Context, Decision
from sitclassify.scanner import Scanner


@pytest.fixture(scope="session")
def scanner() -> Scanner:
    """Both SITs at every tier."""
    return scanner_of(CARD, BADGE)


@pytest.fixture
def decide(scanner: Scanner) -> Decide:
    """What policies of these rules decide about a text, in a context of these fields."""

    def evaluate(text: str, *rules: dict[str, Any], of: Any = (), **context: Any) -> Decision:
        return policies_of(*rules, of=of).evaluate(scanner.scan(text), Context(**context))

    return evaluate
