"""Parts of a text that a database is asked for instead of the whole, and the way back to the text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from sitclassify.matcher import Database, Hit

Windows = list[tuple[int, int]]  # in bytes, half open, rising, apart
EDGE = 2  # bytes beyond the longest match: a match that touches a cut is none of the whole text
_CALL_COST = 100  # bytes of scanning that one more call costs


class Excerpt:
    """Windows of a text in one piece, so far apart that no match of `width` bytes reaches from one to the next.

    All of the text where that is less work.
    """

    __slots__ = ("_positions", "_size", "_windows", "data")

    def __init__(self, data: bytes, windows: Windows | None = None, width: int = 1) -> None:
        self.data = data
        self._size = len(data)
        self._positions: list[int] = []  # where each window begins in the piece
        self._windows = windows or []
        if windows is None or sum(high - low + width for low, high in windows) >= len(data) + width:
            return
        gap = b"\x01" * (width + 1)  # a character of no value and no word
        self.data = gap.join([data[low:high] for low, high in windows])
        position = 0
        for low, high in windows:
            self._positions.append(position)
            position += high - low + len(gap)

    def scan(self, database: Database, names: Sequence[int]) -> list[Hit]:
        """Hits of expressions in the text, under their `names`."""
        hits = database.scan(self.data)
        if hits and self._positions:
            hits = self.back(hits)
        return [(names[i], start, end) for i, start, end in hits] if hits else hits

    def back(self, hits: list[Hit]) -> list[Hit]:
        """Hits in the piece as hits in the text, without those that a cut may have made."""
        positions = self._positions
        if not positions:
            return hits
        found: list[Hit] = []
        for i, start, end in hits:
            k = bisect_right(positions, start) - 1
            low, high = self._windows[k]
            shift = low - positions[k]
            if _is_inside(start + shift, end + shift, low, high, self._size):
                found.append((i, start + shift, end + shift))
        return found


def scan_windows(
    database: Database, names: Sequence[int], data: bytes, windows: Windows
) -> list[Hit]:
    """Hits in `windows`, each asked by itself: for matches of any width; of the whole text where that is less work."""
    if sum(high - low + _CALL_COST for low, high in windows) >= len(data) + _CALL_COST:
        return [(names[i], start, end) for i, start, end in database.scan(data)]
    return [
        (names[i], start + low, end + low)
        for low, high in windows
        for i, start, end in database.scan(data[low:high])
        if _is_inside(start + low, end + low, low, high, len(data))
    ]


def _is_inside(start: int, end: int, low: int, high: int, size: int) -> bool:
    """Whether a match in the window `[low, high)` is one of the whole text: those lie well inside."""
    return (end < high or high == size) and (start > low or not low)


def around(places: Iterable[int], width: int, data: bytes) -> Windows:
    """The surroundings of `places`, which rise, in which a match of `width` bytes beside one of them lies."""
    reach = width + EDGE
    windows: Windows = []
    low, high = 0, -1
    for place in places:
        if place - reach > high:
            if high >= 0:
                windows.append((low, high))
            low = place - reach
        high = place + reach
    windows.append((low, min(high, len(data))))
    return windows if data.isascii() else merged(windows, data)


def merged(windows: Windows, data: bytes) -> Windows:
    """`windows` sorted, those that touch made one, cut at whole characters."""
    found: Windows = []
    is_ascii = data.isascii()
    for low, high in sorted(windows):
        if not is_ascii:
            while low > 0 and data[low] & 0xC0 == 0x80:
                low -= 1
            while high < len(data) and data[high] & 0xC0 == 0x80:
                high += 1
        if found and low <= found[-1][1]:
            found[-1] = (found[-1][0], max(high, found[-1][1]))
        else:
            found.append((low, high))
    return found
