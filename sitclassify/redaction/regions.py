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


class Region(NamedTuple):
    """A stretch that is replaced as one; `winner` of what was found in it says how."""

    start: int
    end: int
    winner: Found


def union(found: Iterable[Found]) -> list[Region]:
    """Stretches without overlap that cover all of `found`, in order.

    What overlaps is one stretch, from the first start to the last end, so that no tail of a value stays; the SIT
    with the highest confidence, then the longest value, names it. What only touches stays apart.
    """
    regions: list[Region] = []
    for item in sorted(found, key=lambda f: (f.start, f.end, f.sit)):
        if regions and item.start < regions[-1].end:
            last = regions[-1]
            winner = min(last.winner, item, key=_claim)
            regions[-1] = Region(last.start, max(last.end, item.end), winner)
        else:
            regions.append(Region(item.start, item.end, item))
    return regions


def _claim(item: Found) -> tuple[int, int, int, str]:
    return (-item.confidence, item.start - item.end, item.start, item.sit)
