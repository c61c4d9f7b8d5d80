"""SARIF 2.1.0: findings as code scanners tell them."""

from __future__ import annotations

import json
from typing import Any, TextIO

import sitclassify
from sitclassify.cli.findings import Record, masked

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"low": "note", "medium": "warning", "high": "error"}


class SarifWriter:
    """Collects the findings and writes one document at the end."""

    def __init__(self, stream: TextIO, show: bool) -> None:
        self._stream, self._show = stream, show
        self._rules: dict[str, dict[str, Any]] = {}
        self._results: list[dict[str, Any]] = []

    def write(self, record: Record) -> None:
        for detection in record.result.detections:
            name = record.result.name_of(detection.sit)
            self._rules.setdefault(
                detection.sit,
                {"id": detection.sit, "name": name, "shortDescription": {"text": name}},
            )
            place, start = record.where(detection.start)
            value = record.result.value(detection)
            shown = value if self._show else masked(value)
            region: dict[str, Any] = {}
            if place.pointer is None and place.row is None:
                line, column = record.line_and_column(detection.start)
                region = {"startLine": line, "startColumn": column, "charOffset": start}
                region["charLength"] = detection.end - detection.start
            elif place.line is not None:
                region = {"startLine": place.line}
            location: dict[str, Any] = {"artifactLocation": {"uri": place.file.replace("\\", "/")}}
            if region:
                location["region"] = region
            whole: dict[str, Any] = {"physicalLocation": location}
            if place.pointer is not None:
                told = place.pointer if place.row is None else f"row {place.row}{place.pointer}"
                whole["logicalLocations"] = [{"fullyQualifiedName": told}]
            self._results.append(
                {
                    "ruleId": detection.sit,
                    "level": _LEVELS[detection.level],
                    "message": {"text": f"{name} ({detection.confidence} %): {shown}"},
                    "locations": [whole],
                    "properties": {
                        "confidence": detection.confidence,
                        "start": start,
                        "end": start + detection.end - detection.start,
                    },
                }
            )

    def close(self) -> None:
        driver = {
            "name": "sitclassify",
            "version": sitclassify.__version__,
            "rules": [self._rules[key] for key in sorted(self._rules)],
        }
        run = {
            "tool": {"driver": driver},
            "columnKind": "unicodeCodePoints",
            "results": self._results,
        }
        document = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
        json.dump(document, self._stream, ensure_ascii=False, indent=1)
        self._stream.write("\n")
        self._stream.flush()
