"""One audit event, version 1, as JSON types. Its schema is frozen: whatever changes makes a version 2."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from sitclassify.errors import ConfigurationError
from sitclassify.policy import Context, Decision
from sitclassify.policy.conditions import role_of
from sitclassify.results import ScanResult
from sitclassify.rules import distinct

VERSION = "sitclassify-audit/1"
COLLECTIONS = (
    "none",
    "metadata",
    "redacted",
    "full",
)  # how much of a text is kept; each more than the one before
Parts = ScanResult | Mapping[str, ScanResult]


class DigestKey(NamedTuple):
    """The key of the digests in events; only its `id` is written."""

    id: str
    key: bytes

    def __repr__(self) -> str:
        return f"DigestKey({self.id!r})"

    def digest(self, value: str) -> str:
        """HMAC-SHA256 of a value, in hex."""
        return hmac.new(
            self.key, value.encode("utf-8", "surrogatepass"), hashlib.sha256
        ).hexdigest()


@dataclass(frozen=True, slots=True)
class Message:
    """What an event says of a message besides its `Context`. `id` is the message's, `thread` its conversation's."""

    id: str | None = None
    thread: str | None = None
    agent: str | None = None
    model: str | None = None
    provider: str | None = None


class Origin(NamedTuple):
    """Which writer an event comes from: its id, the event's number, and how many were lost before it."""

    writer: str
    sequence: int
    lost: int = 0


def make_event(
    parts: Parts,
    decision: Decision,
    context: Context,
    message: Message = Message(),
    *,
    collect: str = "redacted",
    key: DigestKey | None = None,
    latency_us: float | None = None,
    origin: Origin | None = None,
    time: datetime | None = None,
) -> dict[str, Any]:
    """An event over the parts of one message.

    parts: one result, or pointer into the message (`/content/0/text`) -> result. collect: `metadata` (no text),
    `redacted` or `full`. key: for digests of values and texts; without one there are none. latency_us:
    microseconds that scan and decision took. A user's justification is redacted as the text is.
    """
    if collect not in COLLECTIONS[1:]:
        raise ConfigurationError(f"collect is one of {', '.join(COLLECTIONS[1:])}, not {collect!r}")
    results = {"": parts} if isinstance(parts, ScanResult) else dict(parts)
    about = next(iter(results.values())).about
    return {
        "version": VERSION,
        "id": secrets.token_hex(16),
        "origin": (origin or Origin("none", 0))._asdict(),
        "time": (time or datetime.now(UTC)).isoformat(timespec="microseconds"),
        "tenant": context.tenant,
        "application": context.application,
        "agent": message.agent,
        "provider": message.provider,
        "model": message.model,
        "user": context.user,
        "thread": message.thread,
        "message": message.id,
        "role": role_of(context),
        "activity": context.activity,
        "collected": collect,
        "key_id": None if key is None else key.id,
        "parts": [_part(pointer, result, collect, key) for pointer, result in results.items()],
        "detections": [
            row for i, result in enumerate(results.values()) for row in _detections(i, result, key)
        ],
        "counts": _counts(results),
        "dismissed": _dismissed(results),
        "classifications": [
            {"part": i, "classifier": c.classifier, "score": c.score, "level": c.level, "matched": c.matched}
            for i, result in enumerate(results.values())
            for c in result.classifications
        ],
        "decision": _decision(decision, context, about.rescan, collect),
        "catalogue": about.catalogue,
        "classifiers": dict(about.models),
        "complete": all(result.complete for result in results.values()),
        "latency_us": latency_us,
    }  # fmt: skip


def schema() -> dict[str, Any]:
    """The JSON Schema of events."""
    path = Path(__file__).parent / "event-1.schema.json"
    table: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return table


def _part(pointer: str, result: ScanResult, collect: str, key: DigestKey | None) -> dict[str, Any]:
    text = None
    if collect == "full":
        text = result.text
    elif collect == "redacted":
        text = result.redact("label").text
    return {
        "pointer": pointer,
        "length": result.length,
        "digest": None if key is None else key.digest(result.text),
        "skipped": [skipped._asdict() for skipped in result.skipped],
        "text": text,
    }


def _detections(part: int, result: ScanResult, key: DigestKey | None) -> list[dict[str, Any]]:
    return [
        {
            "part": part,
            "sit": d.sit,
            "guid": result.about.names[d.sit].guid,
            "start": d.start,
            "end": d.end,
            "confidence": d.confidence,
            "level": d.level,
            "tags": sorted(d.tags),
            "digest": None if key is None else key.digest(distinct(result.value(d))),
        }
        for d in result.detections
    ]


def _counts(results: Mapping[str, ScanResult]) -> dict[str, int]:
    """SIT -> distinct values in all parts together."""
    values: dict[str, set[str]] = {}
    for result in results.values():
        for detection in result.detections:
            values.setdefault(detection.sit, set()).add(distinct(result.value(detection)))
    return {sit: len(found) for sit, found in sorted(values.items())}


def _dismissed(results: Mapping[str, ScanResult]) -> list[dict[str, Any]]:
    counted = Counter((d.sit, d.reason) for result in results.values() for d in result.dismissed)
    return [
        {"sit": sit, "reason": reason, "count": n} for (sit, reason), n in sorted(counted.items())
    ]


def _decision(decision: Decision, context: Context, rescan: Any, collect: str) -> dict[str, Any]:
    justification = context.justification
    if collect == "metadata" or (collect == "redacted" and rescan is None):
        justification = None
    elif justification and collect == "redacted":
        justification = rescan(justification).redact("label").text
    return {
        "action": decision.action,
        "simulated": decision.simulated,
        "rules": [
            {"policy": m.policy, "rule": m.rule, "action": m.action, "mode": m.mode} for m in decision.matched
        ],
        "policies": decision.version,
        "overridden": decision.is_overridden,
        "justified": context.justification is not None,
        "justification": justification,
    }  # fmt: skip
