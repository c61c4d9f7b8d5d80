"""Records to findings: flat rows with their places, values masked."""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sitclassify.batch.names import masked
from sitclassify.batch.records import Piece, Record, moved
from sitclassify.results import Classification, Detection, Evidence
from sitclassify.rules import distinct

_MAX_WORD = 64  # characters of a word that speaks for a finding


class Finding(NamedTuple):
    """A detection, or a classifier that matched: one flat row."""

    file: str
    part: str | None
    line: int | None
    column: int | None
    end_line: int | None
    end_column: int | None
    row: int | None
    pointer: str | None
    id: str | None
    sit: str | None
    classifier: str | None
    name: str
    confidence: int | None
    score: float | None
    level: str
    start: int
    end: int
    value: str | None
    evidence: str
    tags: str
    digest: str | None


def findings_of(record: Record, show: bool) -> Iterator[Finding]:
    """The detections of a record and the classifiers that matched."""
    yield from detections_of(record, record.result.detections, show)
    for answer in record.result.classifications:
        if answer.matched:
            told = _Told(
                None, answer.classifier, answer.classifier, None, answer.score, str(answer.level)
            )
            yield _finding(record, answer, told, None)


def detections_of(record: Record, detections: Sequence[Detection], show: bool) -> Iterator[Finding]:
    """Detections of a record."""
    lines = _Lines(record) if record.is_plain and detections else None
    for detection in detections:
        value = record.result.value(detection)
        told = _Told(
            detection.sit,
            None,
            record.result.name_of(detection.sit),
            detection.confidence,
            None,
            detection.level,
            value if show else masked(value, _is_secret(record, detection)),
            ", ".join(dict.fromkeys(word for _, word in evidence_of(record, detection))),
            ", ".join(sorted(detection.tags)),
            detection.digest,
        )
        yield _finding(record, detection, told, lines)


def _is_secret(record: Record, detection: Detection) -> bool:
    """Whether a value is a credential, or stands in text that was decoded."""
    sit = record.sits.get(detection.sit)
    is_decoded = any(tag.startswith("decoded:") for tag in detection.tags)
    return sit is None or sit.category in ("credential", "bundle") or is_decoded


class _Told(NamedTuple):
    """What a finding says of itself, without its place."""

    sit: str | None
    classifier: str | None
    name: str
    confidence: int | None
    score: float | None
    level: str
    value: str | None = None
    evidence: str = ""
    tags: str = ""
    digest: str | None = None


def _finding(
    record: Record, found: Detection | Classification, told: _Told, lines: _Lines | None
) -> Finding:
    place, piece = record.place, record.piece(found.start)
    line: int | None = place.line
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    if lines is not None:
        line, column = lines.at(found.start)
        end_line, end_column = lines.at(found.end)
    return Finding(
        file=place.file,
        part=place.part,
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        row=place.row,
        pointer=None if place.pointer is None else piece.pointer,
        id=record.result.id,
        start=found.start - piece.start,
        end=min(found.end, piece.end) - piece.start,
        **told._asdict(),
    )


def evidence_of(record: Record, detection: Detection) -> Iterator[tuple[Evidence, str]]:
    """What speaks for a detection: its word, or its element's name where it is no word of a list."""
    sit = record.sits.get(detection.sit)
    whole, base = record.result.text, 0
    if any(e.start < 0 for e in detection.evidence):
        whole, base = f"{record.context}\n{whole}", len(record.context) + 1
    for found in detection.evidence:
        element = next((e for e in sit.evidence if e.name == found.element), None) if sit else None
        word = whole[max(0, found.start + base) : found.end + base][:_MAX_WORD]
        known = element is not None and distinct(word) in _known(element.words, element.everyday)
        yield found, f'"{word}"' if known else found.element


@functools.lru_cache(4096)
def _known(*lists: tuple[str, ...]) -> frozenset[str]:
    return frozenset(distinct(word) for words in lists for word in words)


class _Lines:
    """Line and column, both from 1, of offsets of a record's text."""

    def __init__(self, record: Record) -> None:
        text, window = record.result.text, record.window
        self._line, self._column = (window.line, window.column) if window else (0, 0)
        self._ends: list[int] = []
        end = text.find("\n")
        while end >= 0:
            self._ends.append(end)
            end = text.find("\n", end + 1)

    def at(self, offset: int) -> tuple[int, int]:
        """The line and the column of an offset."""
        line = bisect_left(self._ends, offset)
        before = self._ends[line - 1] if line else -1 - self._column
        return self._line + line + 1, offset - before


def table_of(record: Record, show: bool) -> dict[str, Any]:
    """The record as the JSON of the contract, with its place; offsets are those at each pointer."""
    table = record.result.to_dict(include_values=show)
    table["length"] = record.length
    place = record.place
    only = record.pieces[0].pointer if len(record.pieces) == 1 else place.pointer
    told = {
        "file": place.file,
        "part": place.part,
        "line": place.line,
        "row": place.row,
        "pointer": only,
    }
    table |= {key: value for key, value in told.items() if value is not None}
    if record.is_plain and table["detections"]:
        lines = _Lines(record)
        for row in table["detections"]:
            row["line"], row["column"] = lines.at(row["start"])
    for row in (*table["detections"], *table["dismissed"], *table["classifications"]):
        piece = record.piece(row["start"])
        if record.pieces:
            row["pointer"] = piece.pointer
        if record.pieces or record.window:
            _move(row, piece)
    for row in table.get("skipped", ()):
        holder = (place.pointer or "").rpartition("/")[0]
        row["pointer"] = moved(row["pointer"], holder)
    return table


def _move(row: dict[str, Any], piece: Piece) -> None:
    """Tell a row of the message's text as one of the string it stands in."""
    row["start"], row["end"] = row["start"] - piece.start, min(row["end"], piece.end) - piece.start
    for evidence in row.get("evidence", ()):
        evidence["start"] -= piece.start
        evidence["end"] -= piece.start
