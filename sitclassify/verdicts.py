"""The texts of one request, decided about and redacted: what the server and the hooks have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sitclassify.audit import Message
from sitclassify.policy import Context, Decision, Policies
from sitclassify.redaction import Redacted, Vault
from sitclassify.results import ScanResult


class Sender(NamedTuple):
    """Who sends a text where, and what else the audit is to know of it: where in the message the text stands."""

    context: Context = Context()
    message: Message = Message()
    pointer: str = ""


class Verdict(NamedTuple):
    """What was found in a text, what is to be done with it, and the text to go on with where that is `redact`."""

    result: ScanResult
    decision: Decision
    redacted: Redacted | None


def judge(
    policies: Policies,
    results: Sequence[ScanResult],
    senders: Sequence[Sender],
    *,
    key: bytes | None = None,
    vault: Vault | None = None,
) -> list[Verdict]:
    """What is to be done with each text, one sender each. One value has one placeholder in all of them."""
    verdicts = []
    vault = Vault() if vault is None else vault
    for result, sender in zip(results, senders, strict=True):
        decision = policies.evaluate(result, sender.context)
        redacted = None
        if decision.action == "redact":
            redacted = decision.redact(result, key=key, vault=vault)
        verdicts.append(Verdict(result, decision, redacted))
    return verdicts
