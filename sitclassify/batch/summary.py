"""A scan in numbers: added up text by text, merged shard by shard, bounded whatever the corpus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sitclassify.batch.entries import Place, Unreadable
from sitclassify.batch.facets import Facet
from sitclassify.batch.findings import detections_of
from sitclassify.batch.records import Record
from sitclassify.results import Detection

LEVELS = ("low", "medium", "high")
_EXAMPLES = 5  # of each SIT
_WHOLE = 0.5  # share of the cells with a value that must be one, for the column to be of values
_MOST = {
    "cube": 20_000, "answers": 5_000, "users": 10_000, "documents": 200, "pairs": 2_000, "columns": 2_000,
}  # fmt: skip
_COUNTS = ("cube", "answers", "users", "documents", "pairs")
OTHER = "(other)"  # what is beyond these
Key = tuple[str, ...]


@dataclass
class Column:
    """Cells of one column and, by SIT, those with a finding and those that are one from end to end."""

    cells: int = 0
    found: Counter[str] = field(default_factory=Counter)
    whole: Counter[str] = field(default_factory=Counter)


class Verdict(NamedTuple):
    """What a column is: of its cells, `found` hold a value of a SIT and `whole` are one from end to end."""

    column: str
    sit: str
    cells: int
    found: int
    whole: int

    def told(self, names: Mapping[str, str]) -> str:
        """The verdict in words; `names`: those of the SITs.

        >>> Verdict("acct", "iban", 200, 197, 196).told({"iban": "IBAN"})
        '98 % are: IBAN'
        >>> Verdict("note", "iban", 2000, 1, 0).told({})
        'less than 1 % hold: iban'
        """
        is_whole = self.whole >= _WHOLE * self.found
        count = self.whole if is_whole else self.found
        percent = 100 if count == self.cells else min(99, round(100 * count / self.cells))
        share = f"{percent} %" if percent else "less than 1 %"
        return f"{share} {'are' if is_whole else 'hold'}: {names.get(self.sit, self.sit)}"


@dataclass
class Summary:
    """What a scan counts. Keys of `cube`: SIT, level, application, day."""

    texts: int = 0
    characters: int = 0
    hits: int = 0  # texts with a detection
    unread: int = 0
    parts: int = 0  # parts of messages that are no text
    accepted: int = 0  # findings that a baseline left out
    names: dict[str, str] = field(default_factory=dict)
    cube: Counter[Key] = field(default_factory=Counter)
    answers: Counter[Key] = field(default_factory=Counter)  # the same of classifiers that matched
    users: Counter[Key] = field(default_factory=Counter)  # user, SIT
    documents: Counter[Key] = field(default_factory=Counter)  # file, place, SIT
    pairs: Counter[Key] = field(default_factory=Counter)
    columns: dict[str, Column] = field(default_factory=dict)
    examples: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def add(self, record: Record, facet_of: Callable[[Record], Facet]) -> None:
        """Count a text and what was found in it."""
        result = record.result
        self.texts += 1
        self.characters += record.length
        column = None
        if record.column is not None:
            column = self.columns.get(record.column)
            if column is None:
                column = self.columns.setdefault(self._column(record.column), Column())
            column.cells += 1
        if result.skipped:
            self.parts += len(result.skipped)
        if result.detections:
            self.hits += 1
            self._detections(record, facet_of(record), column)
        for answer in result.classifications:
            if answer.matched:
                facet = facet_of(record)
                self.names.setdefault(answer.classifier, answer.classifier)
                self.answers[answer.classifier, str(answer.level), *facet[1:]] += 1

    def _column(self, name: str) -> str:
        return name if len(self.columns) < _MOST["columns"] else OTHER

    def _detections(self, record: Record, facet: Facet, column: Column | None) -> None:
        detections = record.result.detections
        for detection in detections:
            self.names.setdefault(detection.sit, record.result.name_of(detection.sit))
            self.cube[detection.sit, detection.level, *facet[1:]] += 1
            if facet.user:
                self.users[facet.user, detection.sit] += 1
            self.documents[record.place.file, _place(record), detection.sit] += 1
        sits = sorted({detection.sit for detection in detections})
        self.pairs.update((a, b) for i, a in enumerate(sits) for b in sits[i + 1 :])
        if column is not None:
            column.found.update(sits)
            column.whole.update({d.sit for d in detections if _is_whole(record, d)})
        few = {sit for sit in sits if len(self.examples.get(sit, ())) < _EXAMPLES}
        if few:
            self._examples(record, [d for d in detections if d.sit in few])
        self._bound(4)

    def _examples(self, record: Record, detections: list[Detection]) -> None:
        for finding in detections_of(record, detections, False):
            kept = self.examples.setdefault(str(finding.sit), [])
            if len(kept) < _EXAMPLES:
                told = (finding.evidence, finding.tags)
                kept.append(
                    {
                        "where": where(record.place, finding.pointer),
                        "value": finding.value,
                        "level": finding.level,
                        "because": ", ".join(part for part in told if part),
                    }
                )

    def _bound(self, slack: int = 1) -> None:
        """Keep the most frequent keys; those beyond, in the cube and by user, become `OTHER`."""
        for name in _COUNTS:
            counts: Counter[Key] = getattr(self, name)
            most = _MOST[name]
            if len(counts) <= slack * most:
                continue
            kept = Counter(dict(counts.most_common(most)))
            if name in ("cube", "answers", "users"):
                for key, count in counts.items():
                    if key not in kept:
                        other = (OTHER, key[1]) if name == "users" else (*key[:2], OTHER, "")
                        kept[other] += count
            setattr(self, name, kept)

    def unreadable(self, item: Unreadable) -> None:
        """Count what could not be read."""
        self.unread += 1

    def merge(self, other: Summary) -> None:
        """Add what another part of the same scan counted."""
        for name in ("texts", "characters", "hits", "unread", "parts", "accepted"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in _COUNTS:
            getattr(self, name).update(getattr(other, name))
        self.names = other.names | self.names
        for key, column in other.columns.items():
            own = self.columns.setdefault(
                key if key in self.columns else self._column(key), Column()
            )
            own.cells += column.cells
            own.found.update(column.found)
            own.whole.update(column.whole)
        for sit, examples in other.examples.items():
            kept = self.examples.setdefault(sit, [])
            kept += examples[: _EXAMPLES - len(kept)]
        self._bound(4)

    def by_level(self) -> dict[str, Counter[str]]:
        """Detections of each SIT by level."""
        sits: dict[str, Counter[str]] = {}
        for (sit, level, *_), count in self.cube.items():
            sits.setdefault(sit, Counter())[level] += count
        return sits

    def verdicts(self) -> list[Verdict]:
        """Columns and the SITs in them, those with the largest share first."""
        verdicts = [
            Verdict(name, sit, column.cells, found, column.whole[sit])
            for name, column in self.columns.items()
            for sit, found in column.found.items()
        ]
        return sorted(verdicts, key=lambda v: (-v.found / v.cells, -v.found, v.column, v.sit))

    def reaches(self, level: str) -> bool:
        """Whether there is a detection of this level or a higher one."""
        wanted = LEVELS[LEVELS.index(level) :]
        return any(levels[name] for levels in self.by_level().values() for name in wanted)

    def to_dict(self) -> dict[str, Any]:
        """As JSON types."""
        self._bound()
        table = {name: getattr(self, name) for name in self.__dataclass_fields__}
        for name in _COUNTS:
            table[name] = [[*key, count] for key, count in table[name].items()]
        table["columns"] = {
            key: {"cells": c.cells, "found": dict(c.found), "whole": dict(c.whole)}
            for key, c in self.columns.items()
        }
        return table

    @classmethod
    def from_dict(cls, table: dict[str, Any]) -> Summary:
        """What `to_dict` told."""
        made = cls(**table)
        for name in _COUNTS:
            rows: Iterable[list[Any]] = table[name]
            setattr(made, name, Counter({tuple(row[:-1]): row[-1] for row in rows}))
        made.columns = {
            key: Column(c["cells"], Counter(c["found"]), Counter(c["whole"]))
            for key, c in table["columns"].items()
        }
        return made

    def told(self, seconds: float, rate: str) -> str:
        """The summary in one line; `rate`: how fast it went, in whatever unit."""
        sits = self.by_level()
        levels = {name: sum(found[name] for found in sits.values()) for name in LEVELS}
        shown = ", ".join(f"{levels[name]:,} {name}" for name in reversed(LEVELS))
        parts = [
            f"{_many(self.texts, 'text')}, {_many(sum(levels.values()), 'finding')} of "
            f"{_many(len(sits), 'type')} ({shown}) in {seconds:.2f} s, {rate}"
        ]
        if self.parts:
            parts.append(f"{_many(self.parts, 'part')} of messages no text")
        if self.accepted:
            parts.append(f"{_many(self.accepted, 'finding')} accepted before")
        if self.unread:
            parts.append(f"{_many(self.unread, 'input')} not read")
        return "; ".join(parts)


def where(place: Place, pointer: str | None) -> str:
    """A place for people."""
    told = place.file
    if place.part is not None:
        told += f" {place.part}"
    if place.row is not None:
        told += f" row {place.row}"
    elif place.line is not None:
        told += f":{place.line}"
    return f"{told} {pointer}" if pointer else told


def _place(record: Record) -> str:
    place = record.place
    if place.part is not None:
        return place.part
    if place.row is not None:
        return f"row {place.row}"
    if place.line is not None:
        return f"line {place.line}"
    first = (place.pointer or "").split("/")[1:2]  # never the id, which may be a value
    return f"item {first[0]}" if first and first[0].isdecimal() else ""


def _is_whole(record: Record, detection: Detection) -> bool:
    """Whether a detection is all that a cell holds, but for blanks and quotes."""
    text = record.result.text
    rest = text[: detection.start] + text[detection.end :]
    return not rest.strip(" \t\r\n\"'")


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
