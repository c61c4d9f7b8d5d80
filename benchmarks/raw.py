"""The limit: the Hyperscan calls that a scan makes, without everything around them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from unittest import mock

from sitclassify.matcher import Database, Hit
from sitclassify.scanner import Scanner


@dataclass(frozen=True)
class RawCalls:
    """The calls of `Database.scan` that a scan of some texts made, with the same data."""

    calls: tuple[tuple[Database, bytes], ...]
    hits: int

    @property
    def size(self) -> int:
        """Bytes given to Hyperscan."""
        return sum(len(data) for _, data in self.calls)

    def repeat(self) -> Callable[[], object]:
        """A callable that makes the calls once more."""
        if len(self.calls) == 1:
            database, data = self.calls[0]
            return partial(database.scan, data)
        scans = [(database.scan, data) for database, data in self.calls]

        def repeat() -> None:
            for scan, data in scans:
                scan(data)

        return repeat


def record(scanner: Scanner, texts: Sequence[str]) -> RawCalls:
    """Scan `texts` once, untimed and warm, noting each call."""
    calls: list[tuple[Database, bytes]] = []
    hits = 0
    scan = Database.scan

    def noting(database: Database, data: bytes) -> list[Hit]:
        nonlocal hits
        found = scan(database, data)
        calls.append((database, data))
        hits += len(found)
        return found

    for text in texts:
        scanner.scan(text)
    with mock.patch.object(Database, "scan", noting):
        for text in texts:
            scanner.scan(text)
    return RawCalls(tuple(calls), hits)
