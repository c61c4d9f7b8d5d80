"""One peer: its environment, its process, what its labels stand for."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from benchmarks.detectors import Found
from sitclassify.yaml_file import YamlFile

_FOLDER = Path(__file__).parent
ANY = "*"  # a label that stands for any credential


@dataclass(frozen=True)
class Peer:
    """What is known of a peer before it is installed."""

    name: str
    install: str
    labels: dict[str, tuple[str, ...]]
    is_prerelease: bool = False

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
        _run(str(python), "-m", "pip", "install", "--quiet", *prerelease, self.install)
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
        )
        for name, told in data.items()
    ]


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        told = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        raise OSError(f"'{' '.join(command[1:])}' failed: {told[0] if told else 'no message'}")


class Process:
    """A peer at work. `with Process(peer, environments) as process:`. Raises `OSError` when it ends early."""

    def __init__(self, peer: Peer, environments: Path) -> None:
        self.peer = peer
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
        labels, kept = self.peer.labels, list[Found]()
        known = (f for f in told if ANY in labels or f.label in labels)
        for found in sorted(known, key=lambda f: f.start - f.end):
            if all(found.end <= k.start or k.end <= found.start for k in kept):
                kept.append(found)
        return sorted(kept)

    def time(self, text: str, nanoseconds: int) -> list[int]:
        """Nanoseconds of every call in about so many."""
        samples: list[int] = self._ask(time=text, ns=nanoseconds)["samples"]
        return samples

    def version(self) -> str:
        """Of the installed package."""
        code = f"from importlib.metadata import version; print(version({self.peer.install!r}))"
        done = subprocess.run(
            [str(self._python), "-c", code], capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    def _ask(self, **asked: Any) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            print(json.dumps(asked), file=self._process.stdin, flush=True)
            line = self._process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            raise OSError(
                f"{self.peer.name} ended; run its adapter alone to see why: {self.peer.adapter.name}"
            )
        answer: dict[str, Any] = json.loads(line)
        return answer
