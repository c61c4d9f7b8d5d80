"""What a guard is asked and what it may raise."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from sitclassify.conversation import TURNS
from sitclassify.errors import SitclassifyError
from sitclassify.policy import Decision

_BLOCKED = "Blocked by policy."


class Blocked(SitclassifyError):  # noqa: N818 - an answer, not a fault
    """Policy forbids the text. The message is for the user; `decision` says which rules, without values."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(decision.message or _BLOCKED)
        self.decision = decision


class NotChecked(SitclassifyError):  # noqa: N818 - likewise
    """The text could not be checked, and the guard fails closed. `reason` is never of the text."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"not checked: {reason}; try again, or choose fail_open")
        self.reason = reason


@dataclasses.dataclass(frozen=True, slots=True)
class Text:
    """One text of a request or an answer. `role` is who says it; `pointer` is where it stands, for the audit.

    label: evidence that stands before it, such as the name of its field. can_redact: whether a changed text fits.
    is_binary: an image or file, of which the audit is told that it was not scanned.
    """

    text: str = dataclasses.field(repr=False)
    role: str | None = None
    pointer: str = ""
    label: str | None = None
    can_redact: bool = True
    is_binary: bool = False


class Overload(Exception):  # noqa: N818 - becomes a reason
    """Too much waits for the threads already."""


def with_context(texts: Iterable[Text]) -> Iterable[tuple[Text, str | None]]:
    """Each text and what is evidence for it: the turn before, and its label."""
    before: str | None = None
    for each in texts:
        is_turn = each.role in TURNS
        told = [part for part in (before if is_turn else None, each.label) if part]
        yield each, "\n".join(told) or None
        if is_turn and not (each.label or each.is_binary):
            before = each.text or before


def reason_of(error: Exception) -> str:
    """Why something could not be checked: never the error's own words, which may quote the text."""
    known = {TimeoutError: "timeout", Overload: "overload"}
    return known.get(type(error), type(error).__name__)
