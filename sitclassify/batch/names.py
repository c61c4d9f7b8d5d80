"""Names that come from the inputs - keys, columns, parts, ids, users - as they can be told: no value in them.

A key of JSON is written by whoever wrote the text, so it may be a value itself. What is a finding in a name is
masked, unless values are to be shown.
"""

from __future__ import annotations

from collections.abc import Callable

from sitclassify.batch.entries import Place, step
from sitclassify.results import ScanResult

_KEPT = 100_000  # names that are remembered
_SHOWN_PART = 4  # a masked value shows a quarter of itself at most
_SHOWN_MOST = 4  # and never more characters than these
_STARS = 12  # that stand for what is hidden of a secret, however long it is
_MAX_MASK = 32  # characters of a value whose length and groups are shown
_SEPARATORS = " -./"


def masked(value: str, is_secret: bool = False) -> str:
    """A value with everything but its last few characters hidden.

    What separates groups of letters and digits is left, but not in a secret or in a long value.

    >>> masked("536-90-4399"), masked("hunter2-hunter2", is_secret=True), masked("abc")
    ('***-**-**99', '************er2', '***')
    """
    shown = min(_SHOWN_MOST, len(value) // _SHOWN_PART)
    hidden, tail = value[: len(value) - shown], value[len(value) - shown :]
    if is_secret or len(hidden) > _MAX_MASK:
        return "*" * min(len(hidden), _STARS) + tail
    return "".join(c if c in _SEPARATORS else "*" for c in hidden) + tail


class Names:
    """Names with what is a finding in them masked; each is looked at once."""

    def __init__(self, scan: Callable[..., ScanResult]) -> None:
        self._scan = scan
        self._shown: dict[tuple[str, str], str] = {}
        self._columns: dict[str, str] = {}

    def shown(self, name: str, context: str = "") -> str:
        """The name as it can be told; `context`: what stands before it, as `Scanner.scan` takes it."""
        known = self._shown.get((name, context))
        if known is None:
            if len(self._shown) >= _KEPT:
                self._shown.clear()
            known = self._shown[name, context] = self._masked(name, context)
        return known

    def _masked(self, name: str, context: str) -> str:
        shown, end = "", 0
        for found in self._scan(name, context=context or None).best():
            shown += name[end : found.start] + masked(name[found.start : found.end])
            end = found.end
        return shown + name[end:]

    def place(self, place: Place) -> Place:
        """A place whose keys and part can be told."""
        pointer, part = self._pointer(place.pointer), place.part and self.shown(place.part)
        if pointer == place.pointer and part == place.part:
            return place
        return place._replace(pointer=pointer, part=part)

    def _pointer(self, pointer: str | None) -> str | None:
        if not pointer:
            return pointer
        return "".join(step(shown) for _, shown in self._keys(pointer))

    def _keys(self, pointer: str) -> list[tuple[str, str]]:
        """Each key of a JSON pointer, and as it can be told: below its own label, as a value is."""
        keys: list[tuple[str, str]] = []
        above = ""
        for one in pointer.split("/")[1:]:
            key = one.replace("~1", "/").replace("~0", "~")
            keys.append((key, self.shown(key, above and f"{above}:")))
            above = key
        return keys

    def column(self, column: str, pointer: str | None) -> str:
        """The name of a column, whose values stand at `pointer`, as it can be told."""
        known = self._columns.get(column)
        if known is None:
            if len(self._columns) >= _KEPT:
                self._columns.clear()
            known = column
            for key, shown in self._keys(pointer or ""):
                known = known.replace(key, shown) if key else known
            known = self._columns[column] = self.shown(known)
        return known
