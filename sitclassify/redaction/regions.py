"""Which stretches of a text are replaced: overlapping detections as their union."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Protocol


class Found(Protocol):
    """A detection, as far as redaction looks at it."""

    @property
    def sit(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def confidence(self) -> int: ...


class Span(NamedTuple):
    """A stretch of the text and the SIT that names it; offsets half open."""

    sit: str
    start: int
    end: int
    confidence: int


def union(found: Iterable[Found]) -> list[Span]:
    """Stretches without overlap that cover all of `found`, in order.

    What overlaps is one stretch, from the first start to the last end, so that no tail of a value stays; the SIT
    with the highest confidence, then the longest value, names it. What only touches stays apart.
    """
    regions: list[Span] = []
    winner: tuple[int, int, int, str] | None = None
    for item in sorted(found, key=lambda f: (f.start, f.end, f.sit)):
        claim = (-item.confidence, item.start - item.end, item.start, item.sit)
        if regions and item.start < regions[-1].end:
            last = regions[-1]
            assert winner is not None
            winner = min(winner, claim)
            regions[-1] = Span(winner[3], last.start, max(last.end, item.end), -winner[0])
        else:
            winner = claim
            regions.append(Span(item.sit, item.start, item.end, item.confidence))
    return regions
