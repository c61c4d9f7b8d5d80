"""One peer: its environment, its process, what its labels stand for."""

from __future__ import annotations

import json
import select
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from benchmarks.detectors import Found
from benchmarks.labels import ANY, OR, StandsFor
from sitclassify.yaml_file import YamlFile

_FOLDER = Path(__file__).parent
LIMIT = 60.0  # seconds for one answer, the first of which waits for the peer's start


@dataclass(frozen=True)
class Peer:
    """What is known of a peer before it is installed."""

    name: str
    install: str
    labels: dict[str, tuple[str, ...]]
    is_prerelease: bool = False
    beside: tuple[str, ...] = ()  # packages installed with it

    @property
    def adapter(self) -> Path:
        """The file that speaks to it."""
        return _FOLDER / "adapters" / f"{self.name}.py"

    def python(self, environments: Path) -> Path:
        """The interpreter of its environment; installed where it is not there yet. Raises `OSError`."""
        python = environments / self.name / "bin" / "python"
        if python.exists():
            return python
        _run(sys.executable, "-m", "venv", str(environments / self.name))
        prerelease = ("--pre",) if self.is_prerelease else ()
        _run(
            str(python), "-m", "pip", "install", "--quiet", *prerelease, self.install, *self.beside
        )
        return python


def read() -> list[Peer]:
    """The peers of `peers.yaml`."""
    data: dict[str, dict[str, Any]] = YamlFile(_FOLDER / "peers.yaml").data
    return [
        Peer(
            name,
            told["install"],
            {label: tuple(sits) for label, sits in told["labels"].items()},
            told.get("is_prerelease", False),
            tuple(told.get("beside", ())),
        )
        for name, told in data.items()
    ]


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        told = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        raise OSError(f"'{' '.join(command[1:])}' failed: {told[0] if told else 'no message'}")


class Process:
    """A peer at work: `with Process(peer, environments) as process:`.

    Raises `OSError` when it ends early or is silent for `limit` seconds.
    """

    def __init__(self, peer: Peer, environments: Path, limit: float = LIMIT) -> None:
        self.labels = peer.labels
        self._peer, self._limit = peer, limit
        worker = str(_FOLDER / "worker.py")
        self._python = peer.python(environments)
        self._process = subprocess.Popen(
            [str(self._python), worker, str(peer.adapter)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
        )

    def __enter__(self) -> Process:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def detect(self, text: str) -> list[Found]:
        """What the peer finds of what its labels stand for; of spans that overlap, the longest."""
        told = (Found(start, end, label) for start, end, label in self._ask(text=text)["spans"])
        return longest(told, self.labels)

    def time(self, text: str, nanoseconds: int) -> list[int]:
        """Nanoseconds of every call in about so many."""
        samples: list[int] = self._ask(time=text, ns=nanoseconds)["samples"]
        return samples

    def version(self) -> str:
        """The installed package and its version."""
        install = self._peer.install
        code = f"from importlib.metadata import version; print(version({install!r}))"
        done = subprocess.run(
            [str(self._python), "-c", code], capture_output=True, text=True, check=True
        )
        return f"{install} {done.stdout.strip()}"

    def _ask(self, **asked: Any) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            print(json.dumps(asked), file=self._process.stdin, flush=True)
            is_told, _, _ = select.select([self._process.stdout], [], [], self._limit)
            line = self._process.stdout.readline() if is_told else None
        except BrokenPipeError:
            line = ""
        if line is None:
            raise TimeoutError(f"{self._peer.name} gave no answer in {self._limit:g} seconds")
        if not line:
            adapter = self._peer.adapter.name
            raise OSError(f"{self._peer.name} ended; run its adapter alone to see why: {adapter}")
        answer: dict[str, Any] = json.loads(line)
        return answer


def longest(found: Iterable[Found], labels: StandsFor) -> list[Found]:
    """Spans whose labels stand for something; of those that overlap, the longest.

    Several labels of one span stand together (`SSN or NPI`): the peer is right when one of them is.
    """
    places: dict[tuple[int, int], set[str]] = defaultdict(set)
    for one in found:
        if ANY in labels or one.label in labels:
            places[one.start, one.end].add(one.label)
    kept: list[Found] = []
    for start, end in sorted(places, key=lambda place: (place[0] - place[1], place)):
        if all(end <= k.start or k.end <= start for k in kept):
            kept.append(Found(start, end, OR.join(sorted(places[start, end]))))
    return sorted(kept)
