"""SITs for one test: a dict where a SIT file would be too long, and a scanner over a few of them."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import sitclassify
from sitclassify.results import ScanResult
from sitclassify.scanner import Scanner

TOY = Path(__file__).parent / "toy"
NINE = r"\b[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{3}\b"
Found = tuple[str, int]  # value and confidence


def a_sit(
    name: str = "toy", regex: str = NINE, words: tuple[str, ...] = ("keyword",), **fields: Any
) -> dict[str, Any]:
    """A SIT of nine digits: 85 with a keyword, 65 without; `fields` replace or add fields."""
    return {
        "id": name,
        "name": name.title(),
        "category": "other",
        "description": "A toy.",
        "primary": {"number": {"regex": regex}},
        "evidence": {"words": {"words": list(words)}},
        "tiers": [
            {"confidence": 85, "primary": "number", "all": ["words"]},
            {"confidence": 65, "primary": "number"},
        ],
    } | fields


def write(folder: Path, *sits: dict[str, Any]) -> Path:
    """Files of `sits` in `folder`; JSON is YAML. An overlay is named after what it extends."""
    folder.mkdir(parents=True, exist_ok=True)
    for sit in sits:
        name = sit.get("id") or f"my-{sit['extends']}"
        (folder / f"{name}.yaml").write_text(json.dumps(sit), encoding="utf-8")
    return folder


def scanner_of(*sits: dict[str, Any], **arguments: Any) -> Scanner:
    """A scanner for `sits` at every tier, compiled for the purpose."""
    asked: dict[str, Any] = {"min_confidence": 1, "classifiers": (), "cache": False} | arguments
    with tempfile.TemporaryDirectory() as folder:
        return sitclassify.load(catalogue=write(Path(folder), *sits), **asked)


def found(result: ScanResult) -> list[Found]:
    """Value and confidence of every detection, in order."""
    return [(result.value(d), d.confidence) for d in result.detections]


def values(result: ScanResult) -> list[str]:
    """The value of every detection, in order."""
    return [result.value(d) for d in result.detections]


def dismissed(result: ScanResult) -> list[tuple[str, str]]:
    """Value and reason of everything dismissed, in order."""
    return [(result.value(d), d.reason) for d in result.dismissed]
