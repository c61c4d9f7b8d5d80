"""The folder of a run: what is in it, and that a run which was interrupted goes on.

    run.json                     what is scanned, with what: another run is refused
    findings/00000.parquet       findings of each shard
    unreadable/00000.jsonl       what could not be read in it, and why (only where there is something)
    shards/00000.json            its numbers; written last: from then on the shard is done
    summary.json                 all numbers, when the run is complete

Every file is written under another name and renamed into place, and a shard always has the same findings. So the
findings of all shards are complete and without repetition whenever a run was ended and started again.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from sitclassify.batch.summary import Summary
from sitclassify.errors import ConfigurationError

_RUN, _SUMMARY = "run.json", "summary.json"
_FOLDERS = ("findings", "unreadable", "shards")
_UNFINISHED = ".tmp"


class RunFolder:
    """The folder that a run writes to."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def begin(self, identity: dict[str, Any]) -> None:
        """Make it the folder of this run, or go on with it.

        Raises `ConfigurationError` where it holds another run or other files.
        """
        told = self.path / _RUN
        if told.exists():
            self._compare(read_json(told), identity)
        elif self.path.is_dir() and any(self.path.iterdir()):
            raise ConfigurationError(
                f"'{self.path}' holds other files: a run writes to a new or empty folder"
            )
        for name in _FOLDERS:
            (self.path / name).mkdir(parents=True, exist_ok=True)
            for left in (self.path / name).glob(f"*{_UNFINISHED}"):
                left.unlink(missing_ok=True)
        with self.writing(told) as stream:
            stream.write(json.dumps(identity, indent=1).encode() + b"\n")

    def _compare(self, there: dict[str, Any], identity: dict[str, Any]) -> None:
        differs = sorted(key for key in {*there, *identity} if there.get(key) != identity.get(key))
        if differs:
            raise ConfigurationError(
                f"'{self.path}' holds another run ({', '.join(differs)} differ): give another "
                "folder, or remove this one"
            )

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other processes from running into the same folder meanwhile."""
        self.path.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.path, os.O_RDONLY)
        try:
            _lock(descriptor, self.path)
            yield
        finally:
            os.close(descriptor)

    def findings(self, number: int, kind: str) -> Path:
        """The file of a shard's findings."""
        return self.path / "findings" / f"{number:05}.{kind}"

    def unreadable(self, number: int) -> Path:
        """The file of what could not be read in a shard."""
        return self.path / "unreadable" / f"{number:05}.jsonl"

    def is_done(self, number: int) -> bool:
        """Whether a shard is done."""
        return self._shard(number).exists()

    def _shard(self, number: int) -> Path:
        return self.path / "shards" / f"{number:05}.json"

    def finish_shard(self, number: int, summary: Summary) -> None:
        """Write a shard's numbers: it is done."""
        with self.writing(self._shard(number)) as stream:
            stream.write(
                json.dumps(summary.to_dict(), ensure_ascii=False).encode("utf-8", "replace")
            )

    def shard_summary(self, number: int) -> Summary:
        """The numbers of a shard that is done."""
        return Summary.from_dict(read_json(self._shard(number)))

    def finish(self, summary: Summary, about: dict[str, Any]) -> None:
        """Write the numbers of the whole run."""
        verdicts = [v._asdict() | {"told": v.told(summary.names)} for v in summary.verdicts()]
        table = {**about, "verdicts": verdicts, **summary.to_dict()}
        told = json.dumps(table, ensure_ascii=False)
        with self.writing(self.path / _SUMMARY) as stream:
            stream.write(told.encode("utf-8", "replace"))

    @contextmanager
    def writing(self, path: Path) -> Iterator[BinaryIO]:
        """A file that is there when it is complete, whatever happens meanwhile."""
        unfinished = path.with_name(f"{path.name}.{uuid.uuid4().hex}{_UNFINISHED}")
        try:
            with unfinished.open("wb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            unfinished.replace(path)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise


def _lock(descriptor: int, path: Path) -> None:
    try:
        import fcntl
    except ImportError:  # a system without; two runs into one folder are the user's care there
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise ConfigurationError(f"another process is running into '{path}'") from None


def read_json(path: Path) -> dict[str, Any]:
    """A JSON file of a run. Raises `ConfigurationError` where it is none."""
    try:
        with path.open("rb") as stream:
            table = json.load(stream)
    except (OSError, ValueError):
        raise ConfigurationError(f"'{path}' is no file of a run: remove the folder") from None
    if not isinstance(table, dict):
        raise ConfigurationError(f"'{path}' is no file of a run: remove the folder")
    return table


def read_summary(path: Path) -> tuple[Summary, dict[str, Any]]:
    """The numbers of a complete run, and what it says of itself."""
    table = read_json(path / _SUMMARY)
    names = Summary.__dataclass_fields__
    about = {key: value for key, value in table.items() if key not in names}
    return Summary.from_dict({key: table[key] for key in names}), about
