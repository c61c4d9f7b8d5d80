"""A detector that somebody names - a callable or an address - where the suite has a peer."""

from __future__ import annotations

from types import TracebackType

from benchmarks import detectors
from benchmarks.detectors import Found
from benchmarks.labels import StandsFor
from benchmarks.peers.peer import longest
from benchmarks.timing import samples


class Local:
    """As `Process`, in this process; what it is asked over HTTP is timed with its way there and back."""

    def __init__(self, name: str, labels: StandsFor) -> None:
        self.labels = labels
        self._name = name
        self._detect = detectors.named(name)

    def __enter__(self) -> Local:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        """Nothing to end."""

    def detect(self, text: str) -> list[Found]:
        """What it finds of what its labels stand for; of spans that overlap, the longest."""
        return longest(self._detect(text), self.labels)

    def time(self, text: str, nanoseconds: int) -> list[int]:
        """Nanoseconds of every call in about so many."""
        return samples(lambda: self._detect(text), nanoseconds)

    def version(self) -> str:
        """What it is called."""
        return self._name
