"""What changed between two scans of the same inputs: with another catalogue, other models, other options."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from sitclassify.batch.earlier import Row, files_of, read_findings
from sitclassify.batch.folder import read_json
from sitclassify.errors import ConfigurationError

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
_KEY = ("file", "part", "row", "line", "pointer", "id", "start", "end", "sit", "classifier")


class Change(NamedTuple):
    """A finding of one scan alone, or one of both with another confidence; `before`: that of the first."""

    kind: str
    finding: Row
    before: int | None = None

    @property
    def what(self) -> str:
        """The SIT, or the classifier."""
        return str(self.finding["sit"] or self.finding["classifier"])


def differences(first: Path, second: Path) -> Iterator[Change]:
    """Every finding that only one of two scans has, or has with another confidence.

    Runs in folders are compared shard by shard, so what is held is one shard's findings. Raises
    `ConfigurationError` where two runs read different inputs: that would tell nothing of catalogue or models.
    """
    left, right = files_of(first), files_of(second)
    if first.is_dir() and second.is_dir() and not _is_comparable(first, second):
        left_all, right_all = [left], [right]
    elif len(left) == len(right):
        left_all, right_all = [[file] for file in left], [[file] for file in right]
    else:
        left_all, right_all = [left], [right]
    for some, others in zip(left_all, right_all, strict=True):
        yield from _compare(some, others)


def _is_comparable(first: Path, second: Path) -> bool:
    """Whether two runs have the same shards."""
    one, other = read_json(first / "run.json"), read_json(second / "run.json")
    if one.get("inputs") != other.get("inputs"):
        raise ConfigurationError(
            f"'{first}' and '{second}' read different inputs: scan the same ones for both"
        )
    sizes = [run.get("arguments", {}).get("shard_bytes") for run in (one, other)]
    return bool(sizes[0] == sizes[1])


def _compare(left: list[Path], right: list[Path]) -> Iterator[Change]:
    before = {_key(row): row for file in left for row in read_findings(file)}
    for file in right:
        for row in read_findings(file):
            known = before.pop(_key(row), None)
            if known is None:
                yield Change(ADDED, row)
            elif known["confidence"] != row["confidence"]:
                yield Change(CHANGED, row, known["confidence"])
    for row in before.values():
        yield Change(REMOVED, row)


def _key(row: Row) -> tuple[Any, ...]:
    return tuple(row.get(name) for name in _KEY)
