"""SARIF 2.1.0: findings as code scanners tell them.

No value in it, not even a masked one, unless asked for; and never a hash of one.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import quote

import sitclassify
from sitclassify.batch.entries import Unreadable
from sitclassify.batch.findings import Finding, findings_of
from sitclassify.batch.records import Record
from sitclassify.batch.writers import Writer

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"low": "note", "medium": "warning", "high": "error"}
_IN_URI = ":/?#[]@!$&'()*+,;=%"  # what stays as it is in an address
_FINGERPRINT = "sitclassify/place/v1"


class SarifWriter(Writer):
    """Writes results as they come; the rules they name stand behind them."""

    def __init__(self, stream: TextIO, show: bool) -> None:
        super().__init__(stream, show)
        self._rules: dict[str, dict[str, Any]] = {}
        self._indices: dict[str, int] = {}
        self._troubles: list[dict[str, Any]] = []
        self._separator = "\n"
        head = {"$schema": _SCHEMA, "version": "2.1.0"}
        opened = json.dumps(head)[:-1]
        stream.write(f'{opened}, "runs": [{{"columnKind": "unicodeCodePoints", "results": [')

    def write(self, record: Record) -> None:
        """Write a result for each finding of the record."""
        seen: Counter[str] = Counter()
        for finding in findings_of(record, self.show):
            rule = finding.sit or str(finding.classifier)
            if rule not in self._rules:
                self._indices[rule] = len(self._rules)
                self._rules[rule] = _rule(rule, finding, record)
            seen[rule] += 1
            result = _result(rule, self._indices[rule], finding, seen[rule], self.show)
            self.stream.write(self._separator + json.dumps(result, ensure_ascii=False))
            self._separator = ",\n"

    def unreadable(self, item: Unreadable) -> None:
        """Keep it as a notification of the run."""
        region = {"region": {"startLine": item.line}} if item.line else {}
        location = {"artifactLocation": {"uri": _uri(item.file)}, **region}
        self._troubles.append(
            {
                "level": "error",
                "message": {"text": item.reason},
                "locations": [{"physicalLocation": location}],
            }
        )

    def close(self) -> None:
        """Write the rules and how the run went."""
        driver = {
            "name": "sitclassify",
            "semanticVersion": sitclassify.__version__,
            "rules": list(self._rules.values()),
        }
        run = {"executionSuccessful": not self._troubles}
        told = {"toolExecutionNotifications": self._troubles} if self._troubles else {}
        rest = {"tool": {"driver": driver}, "invocations": [run | told]}
        closed = json.dumps(rest, ensure_ascii=False, indent=1)[1:]
        self.stream.write(f"\n],{closed}]}}\n")
        super().close()


def _rule(rule: str, finding: Finding, record: Record) -> dict[str, Any]:
    sit = record.sits.get(rule)
    if sit is None:
        about = f"The classifier '{rule}' judges the text as a whole."
        text = {"text": about}
        return {
            "id": rule,
            "shortDescription": {"text": rule},
            "fullDescription": text,
            "help": text,
        }
    what = f"{sit.description} Category: {sit.category}."
    remedy = "Remove the value, or replace it with a placeholder; revoke a credential."
    told: dict[str, Any] = {
        "id": rule,
        "name": sit.name,
        "shortDescription": {"text": sit.name},
        "fullDescription": {"text": sit.description},
        "help": {"text": f"{what} {remedy}", "markdown": f"**{sit.name}**\n\n{what}\n\n{remedy}"},
        "properties": {"tags": [sit.category, *sit.tags]},
    }
    if sit.sources:
        told["helpUri"] = quote(sit.sources[0], safe=_IN_URI)
    return told


def _result(rule: str, index: int, finding: Finding, number: int, show: bool) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(finding.file)}}
    if finding.column is not None:
        physical["region"] = {
            "startLine": finding.line,
            "startColumn": finding.column,
            "endLine": finding.end_line,
            "endColumn": finding.end_column,
            "charOffset": finding.start,
            "charLength": finding.end - finding.start,
        }
    elif finding.line is not None:
        physical["region"] = {"startLine": finding.line}
    location: dict[str, Any] = {"physicalLocation": physical}
    row = f"row {finding.row}" if finding.row is not None else ""
    told = ", ".join(filter(None, (finding.part, f"{row}{finding.pointer or ''}")))
    if told:
        location["logicalLocations"] = [{"fullyQualifiedName": told}]
    properties: dict[str, Any] = {
        "start": finding.start,
        "end": finding.end,
        "pointer": finding.pointer,
    }
    properties |= {"part": finding.part, "row": finding.row, "id": finding.id}
    properties["evidence"] = finding.evidence or None
    properties |= {"confidence": finding.confidence, "score": finding.score}
    message = f"{finding.name} with {finding.level} confidence"
    if show and finding.value is not None:
        message += f": {finding.value}"
    return {
        "ruleId": rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.level],
        "message": {"text": message},
        "locations": [location],
        "partialFingerprints": {_FINGERPRINT: _fingerprint(rule, finding, number)},
        "properties": {key: value for key, value in properties.items() if value is not None},
    }


def _fingerprint(rule: str, finding: Finding, number: int) -> str:
    """What stays the same while a file changes around a finding: its place, never its value."""
    place = (finding.id or finding.line or finding.row) if finding.pointer is not None else None
    within = () if finding.part is None else (finding.part,)
    told = json.dumps([rule, _uri(finding.file), place, *within, finding.pointer, number])
    return hashlib.blake2b(told.encode(), digest_size=16).hexdigest()


def _uri(file: str) -> str:
    path = Path(file)
    if path.is_absolute():
        return "file://" + quote(path.as_posix(), errors="surrogateescape")
    return quote(path.as_posix(), errors="surrogateescape")
