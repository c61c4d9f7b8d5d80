"""JSON Schemas of what people write and what programs read: SIT files, overlays, policies, results.

They are committed in `schemas/`; a test says when they are no longer current, and how to write them again.

>>> sorted(json_schemas())
['overlay', 'policy', 'result', 'sit']
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired

from pydantic import ConfigDict, TypeAdapter, with_config
from typing_extensions import TypedDict  # pydantic asks for this one below Python 3.12

from sitclassify.policy.schema import Percent, Policy
from sitclassify.schema import OverlayModel, SitModel

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_STRICT = ConfigDict(extra="forbid")
Level = Literal["low", "medium", "high"]


@with_config(_STRICT)
class EvidenceTable(TypedDict):
    """A supporting match; offsets are negative in the context before the text."""

    element: str
    start: int
    end: int


@with_config(_STRICT)
class DetectionTable(TypedDict):
    """One value; offsets are code points, half open. `value` only where the caller asked for it."""

    sit: str
    name: str
    guid: str | None
    start: int
    end: int
    confidence: Percent
    level: Level
    evidence: list[EvidenceTable]
    tags: NotRequired[list[str]]
    digest: NotRequired[str]
    value: NotRequired[str]


@with_config(_STRICT)
class DismissedTable(TypedDict):
    """What looked like a finding and is none."""

    sit: str
    start: int
    end: int
    reason: Literal["example", "masked", "template", "allowed"]


@with_config(_STRICT)
class ClassificationTable(TypedDict):
    """A classifier's answer; no score and level under its minimum of words; `kind`: the language of source code."""

    classifier: str
    score: float | None
    level: Level | None
    matched: bool
    start: int
    end: int
    kind: NotRequired[str]


@with_config(_STRICT)
class SkippedTable(TypedDict):
    """A part that was not scanned, and why."""

    pointer: str
    reason: str


@with_config(_STRICT)
class ResultTable(TypedDict):
    """What `ScanResult.to_dict` gives. `complete` and `skipped` only where something was not scanned."""

    id: str | None
    length: int
    catalogue: str
    models: dict[str, str]
    detections: list[DetectionTable]
    counts: dict[str, int]
    dismissed: list[DismissedTable]
    classifications: list[ClassificationTable]
    complete: NotRequired[Literal[False]]
    skipped: NotRequired[list[SkippedTable]]


def json_schemas() -> dict[str, dict[str, Any]]:
    """Name -> JSON Schema, as `schemas/<name>.schema.json` holds it."""
    kinds: dict[str, Any] = {
        "sit": SitModel, "overlay": OverlayModel, "policy": Policy, "result": ResultTable
    }  # fmt: skip
    return {
        name: {"$schema": _DIALECT, **TypeAdapter(kind).json_schema(by_alias=True)}
        for name, kind in kinds.items()
    }
