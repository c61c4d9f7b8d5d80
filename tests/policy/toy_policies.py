"""Two toy SITs, and policies over them made in one line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from toys import a_sit

from sitclassify import policy
from sitclassify.policy import Decision, Policies, Policy

CARD = a_sit(
    "card", r"\bC[0-9]{4}\b", ("card",), tags=["pci"], sensitivity="high", country="DE",
    category="financial", test_values=["C4242"],
)  # fmt: skip
BADGE = a_sit("badge", r"\b[BC][0-9]{4}\b", ("badge",), tags=["hr"], sensitivity="low")
BUNDLE = {
    "id": "both", "name": "Both", "category": "bundle", "description": "Cards and badges.",
    "members": ["card", "badge"],
}  # fmt: skip

Decide = Callable[..., Decision]


def policies_of(*rules: dict[str, Any], of: Any = ()) -> Policies:
    """One policy of these rules, called `rule-0`, `rule-1` ..., and of other fields."""
    named = [{"id": f"rule-{i}"} | rule for i, rule in enumerate(rules)]
    return policy.load(Policy.model_validate({"id": "test", "rules": named} | dict(of)))
