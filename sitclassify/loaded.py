"""The SITs of one scanner by id; those that come from a cache are read when they are asked for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from sitclassify.results import Names
from sitclassify.rules import Sit, from_table, to_table


class Row(NamedTuple):
    """What is known of a SIT before it is read; `text` is the whole of it as JSON, or empty."""

    id: str
    name: str
    guid: str | None
    members: tuple[str, ...]  # of a bundle
    text: str


class LoadedSits(Mapping[str, Sit]):
    """SITs by id, bundles among them."""

    __slots__ = ("_read", "_rows")

    def __init__(self, rows: Iterable[Row], read: dict[str, Sit] | None = None) -> None:
        self._rows = {row.id: row for row in rows}
        self._read = {} if read is None else read

    @classmethod
    def of(cls, sits: Iterable[Sit]) -> LoadedSits:
        """These SITs."""
        read = {sit.id: sit for sit in sits}
        rows = [Row(s.id, s.name, s.purview_guid, s.members, "") for s in read.values()]
        return cls(rows, read)

    @classmethod
    def from_json(cls, table: Iterable[Iterable[object]]) -> LoadedSits:
        """What `to_json` gave `table` for."""
        return cls(Row(*row) for row in table)  # type: ignore[arg-type]

    def to_json(self) -> list[Row]:
        """As JSON can hold it."""
        return [
            row._replace(text=json.dumps(to_table(self[row.id]))) for row in self._rows.values()
        ]

    def __getitem__(self, id: str) -> Sit:
        sit = self._read.get(id)
        if sit is None:
            sit = self._read[id] = from_table(json.loads(self._rows[id].text))
        return sit

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, id: object) -> bool:
        return id in self._rows

    def without(self, ids: Iterable[str]) -> LoadedSits:
        """All but these."""
        gone = set(ids)
        return LoadedSits((r for r in self._rows.values() if r.id not in gone), self._read)

    @property
    def numbered(self) -> tuple[str, ...]:
        """Ids of those that are no bundles: the SITs of `Tables`, in its order."""
        return tuple([row.id for row in self._rows.values() if not row.members])

    @property
    def bundles(self) -> dict[str, tuple[str, ...]]:
        """Bundle id -> ids of its loaded members."""
        return {
            row.id: tuple([m for m in row.members if m in self._rows])
            for row in self._rows.values()
            if row.members
        }

    def names(self) -> dict[str, Names]:
        """What results say of each besides its id."""
        return {row.id: Names(row.name, row.guid) for row in self._rows.values()}
