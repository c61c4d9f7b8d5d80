"""The matching text of a scan, its UTF-8 bytes, and the way back to the caller's offsets.

The matching text is the scanned text with every way of writing a character folded into one: full-width forms and
other single-character compatibility forms, decimal digits of every script, all spaces, dashes and quotes,
letters of other scripts that stand for Latin ones inside ids; invisible characters are gone, combining marks composed.
Most texts need nothing of this: one Hyperscan pass (`FOLDS`) over a text that is not ASCII says what is there.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from sitclassify.confusables import LATIN

_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d\u058a\u05be"
_QUOTES = {
    "\u2018": "'",
    "\u2019": "'",
    "\u201b": "'",
    "\u02bc": "'",
    "\u2032": "'",
    "\u201c": '"',
    "\u201d": '"',
}
_DIGIT_ZEROS = "\u0660\u06f0\u07c0\u0966\u09e6\u0a66\u0ae6\u0b66\u0be6\u0c66\u0ce6\u0d66\u0e50\u0ed0\u0f20\u1040\u17e0"
# Not folded: their compatibility forms are other writing, not another spelling of it.
_HANGUL_JAMO = range(0x3131, 0x318F)
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff"
)
_MAX_MARKS = 8  # combining marks composed onto one base: ordering longer runs costs the square of their length
_HIDDEN = re.compile(
    "[\U000e0020-\U000e007e]{3,}\U000e007f?|[\ufe00-\ufe0f\U000e0100-\U000e01ef]{3,}"
)
_FLAG = "\U0001f3f4"  # a black flag before tag characters is the flag of England, Scotland or Wales
_LONE = re.compile("[\ud800-\udfff]")
# A line break in a number or code: with its blanks, quote marks and indent it is one separator, and none behind one.
# Behind a full stop it is in a value where the stop is, before or behind, among others like it.
_INDENT = r"[ \t>|*\-]{0,12}"
_BREAK = rf"(?: \r?\n{_INDENT}|\r\n{_INDENT}|\n[ \t>|*\-]{{1,12}})"  # more than a line break
_AFTER_JOINT = rf" ?\r?\n{_INDENT}"
_CODE = "[A-Z]{0,3}[0-9]"  # how the next line begins
_DOTTED = (  # before the break, and behind it
    (r"[^0-9.][0-9]{2}\.[0-9]{2,3}\.", r"[0-9]{2,4}(?![0-9])"),
    (r"[^0-9.][0-9]{3}\.[0-9]{2,3}\.", r"[0-9]{2,4}(?![0-9])"),
    (r"[^0-9][0-9]{2,4}\.", r"[0-9]{1,4}[.\-/][0-9]"),
)
_LINES = re.compile(rf"(?<=[0-9A-Z]){_BREAK}(?={_CODE})")
_JOINTS = re.compile(rf"(?<=[0-9A-Z][\-/.]){_AFTER_JOINT}(?=[0-9A-Z])")
_BEHIND_JOINT = re.compile(rf"{_CODE}|[A-Z]\b")
_DOTS = [(re.compile(rf"(?s:.*){before}$"), re.compile(behind)) for before, behind in _DOTTED]
_NUMBER = 16  # characters before a joint that are looked at
LINES = "|".join(  # a text has one of these
    (
        rf"[0-9A-Z]{_BREAK}{_CODE}",
        rf"[0-9A-Z][\-/]{_AFTER_JOINT}[0-9A-Z]",
        *(
            f"{before}{_AFTER_JOINT}{behind.removesuffix('(?![0-9])')}"
            for before, behind in _DOTTED
        ),
    )
)


def fold(char: str) -> str:
    """The one character that `char` stands for in matching text; itself for most."""
    if char in _QUOTES:
        return _QUOTES[char]
    if char in _DASHES:
        return "-"
    if ord(char) in _HANGUL_JAMO:
        return char
    compatible = unicodedata.normalize("NFKC", char)
    if len(compatible) == 1:
        char = compatible
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    category = unicodedata.category(char)
    if category == "Zs":
        return " "
    return "\n" if category in ("Zl", "Zp") or char == "\x85" else char


def fold_word(word: str) -> str:
    """A word of the catalogue as the matching text writes it."""
    if word.isascii():
        return word
    return _MIXED_TOKEN.sub(_latin, "".join(map(fold, unicodedata.normalize("NFC", word))))


class _Folding(dict[int, str]):
    """`str.translate` table that learns each character when it meets it."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = fold(chr(code))
        return folded


_FOLDING = _Folding()


def _common() -> dict[str, str]:
    chars = [*_SPACES, *_DASHES, *_QUOTES, *map(chr, range(0xFF01, 0xFF5F))]
    chars += [chr(ord(zero) + i) for zero in _DIGIT_ZEROS for i in range(10)]
    return {char: fold(char) for char in chars}


COMMON = _common()  # folded one by one where they occur; everything else through `_FOLDING`
_COMMON_ITEMS = tuple(COMMON.items())
_USUAL = "\ufe0f\u200d\u200b\u200c\u00ad\ufeff\u2060\u200e\u200f"  # invisible ones worth an id each
_FIRST_USUAL = len(COMMON)
OTHER, INVISIBLE, COMPOSING, HIDDEN, ALIKE = range(
    _FIRST_USUAL + len(_USUAL), _FIRST_USUAL + len(_USUAL) + 5
)


@lru_cache(maxsize=1)
def fold_expressions() -> tuple[str, ...]:
    """Expressions of the fold database (UTF-8, each reported once); the index is the id.

    Costs a pass over Unicode: called when the database is compiled, not when it is loaded.
    """
    every = [chr(code) for code in range(0x80, 0x110000) if not 0xD800 <= code < 0xE000]
    other = [c for c in every if c not in COMMON and fold(c) != c]
    marks = sorted({unicodedata.normalize("NFD", c)[-1] for c in every if _is_composed(c)})
    unusual = re.sub(f"[{_USUAL}]", "", "".join(c for c in every if _INVISIBLE_RUN.match(c)))
    return (
        *COMMON,
        *_USUAL,
        _class(other),
        _class(list(unusual)),
        _class([m for m in marks if unicodedata.combining(m)]),
        "[\U000e0020-\U000e007e]{3}|[\ufe00-\ufe0f\U000e0100-\U000e01ef]{3}",
        f"[{''.join(LATIN)}]",
    )


def mixed_expression() -> str:
    """A letter of another script that looks Latin, beside an ASCII letter or digit.

    Dear on Cyrillic and Greek, so asked only of texts with such a letter (`ALIKE`).
    """
    alike = "".join(LATIN)
    return f"[0-9A-Za-z][{alike}]|[{alike}][0-9A-Za-z]"


def _is_composed(char: str) -> bool:
    parts = unicodedata.normalize("NFD", char)
    return len(parts) > 1 and unicodedata.normalize("NFC", parts) == char


def _class(chars: Sequence[str]) -> str:
    """A character class of `chars`, runs as ranges."""
    out: list[str] = []
    codes = sorted(map(ord, chars))
    start = 0
    for i in range(1, len(codes) + 1):
        if i == len(codes) or codes[i] != codes[i - 1] + 1:
            out.append(f"\\x{{{codes[start]:x}}}-\\x{{{codes[i - 1]:x}}}")
            start = i
    return "[" + "".join(out) + "]"


class OffsetMap:
    """From a shortened text back to the one before it: `(start, end, replacement length)` of each change."""

    __slots__ = ("_after", "_delta", "_wide")

    def __init__(self, changes: Iterable[tuple[int, int, int]]) -> None:
        self._after: list[int] = []  # offset behind each change in the shortened text
        self._delta: list[int] = []  # what to add from there on
        self._wide: dict[int, tuple[int, int]] = {}  # replaced character -> its original span
        delta = 0
        for start, end, length in changes:
            for i in range(length):
                self._wide[start - delta + i] = (start, end)
            self._after.append(start - delta + length)
            delta += end - start - length
            self._delta.append(delta)

    def start(self, offset: int) -> int:
        """Original offset of the character at `offset`."""
        if offset in self._wide:
            return self._wide[offset][0]
        i = bisect_right(self._after, offset) - 1
        return offset + (self._delta[i] if i >= 0 else 0)

    def end(self, offset: int) -> int:
        """Original end of a span that ends before `offset`: behind the character before it."""
        if offset == 0:
            return 0
        last = offset - 1
        return self._wide[last][1] if last in self._wide else self.start(last) + 1


class SourceText:
    """Matching text, its bytes, and the way back. Offsets are characters of the matching text."""

    __slots__ = ("_maps", "data", "hidden", "is_ascii", "text")

    def __init__(self, text: str, data: bytes, is_ascii: bool) -> None:
        self.text = text
        self.data = data
        self.is_ascii = is_ascii
        self._maps: tuple[OffsetMap, ...] = ()
        self.hidden: tuple[tuple[int, int, str], ...] = ()  # original span, what is hidden there

    @classmethod
    def of(cls, text: str, find_folds: Callable[[bytes], set[int]]) -> SourceText:
        """Fold `text`; `find_folds` is the pass of the fold database over UTF-8 bytes.

        What it returns has `ALIKE` in it only where `mixed_expression` matches too.
        """
        if text.isascii():
            return cls(text, text.encode(), True)
        try:
            data = text.encode()
        except UnicodeEncodeError:
            text = _LONE.sub("\ufffd", text)
            data = text.encode()
        found = find_folds(data)
        if not found:
            return cls(text, data, False)
        return cls._folded(text, found)

    @classmethod
    def _folded(cls, text: str, found: set[int]) -> SourceText:
        hidden = _decode_hidden(text) if HIDDEN in found else ()
        maps: list[OffsetMap] = []
        if INVISIBLE in found:
            text = _change(text, _INVISIBLE_RUN, _nothing, maps)
        elif any(_FIRST_USUAL <= i < OTHER for i in found):
            text = _without(
                text, [_USUAL[i - _FIRST_USUAL] for i in found if _FIRST_USUAL <= i < OTHER], maps
            )
        if COMPOSING in found:
            text = _change(text, _CLUSTER, _composed, maps)
        for i in found:
            if i < _FIRST_USUAL:
                text = text.replace(*_COMMON_ITEMS[i])
        if OTHER in found:
            text = text.translate(_FOLDING)
        if ALIKE in found:
            text = _MIXED_TOKEN.sub(_latin, text)
        source = cls(text, text.encode(), text.isascii())
        source._maps = tuple(maps)
        source.hidden = hidden
        return source

    @property
    def is_identity(self) -> bool:
        """Whether offsets of the matching text are those of the scanned text."""
        return not self._maps

    def with_joined_lines(self) -> SourceText:
        """The same with a line break, its quote marks and indent in numbers made one separator."""
        maps = list(self._maps)
        text = _change(self.text, _LINES, _line_break, maps)
        text = _change(text, _JOINTS, _nothing, maps, _is_joint)
        source = SourceText(text, text.encode(), self.is_ascii)
        source._maps = tuple(maps)
        source.hidden = self.hidden
        return source

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span in the scanned text of a span of the matching text."""
        for step in reversed(self._maps):
            start, end = step.start(start), step.end(end)
        return start, end


_INVISIBLE_RUN = re.compile(f"[{_INVISIBLE}]+")
_MARKS = (
    "[\u0300-\u0345\u0653-\u0655\u093c\u09be\u09d7\u0b3e\u0b56\u0b57\u0bbe\u0bd7\u0c56"
    "\u0cc2\u0cd5\u0cd6\u0d3e\u0d57\u0dca\u0dcf\u0ddf\u102e\u3099\u309a]"
)
_CLUSTER = re.compile(f"[^\u0300-\u036f]{_MARKS}{{1,{_MAX_MARKS}}}(?!{_MARKS})")
_MIXED_TOKEN = re.compile(r"\w+")


def _change(
    text: str,
    what: re.Pattern[str],
    to: Callable[[str], str],
    maps: list[OffsetMap],
    accepts: Callable[[str, int, int], bool] | None = None,
) -> str:
    """`text` with each match of `what` replaced by `to(match)`; the way back is added to `maps`."""
    changes: list[tuple[int, int, int]] = []
    pieces: list[str] = []
    last = 0
    for match in what.finditer(text):
        start, end = match.span()
        new = to(match.group())
        if len(new) == end - start or (accepts is not None and not accepts(text, start, end)):
            continue
        changes.append((start, end, len(new)))
        pieces += (text[last:start], new)
        last = end
    if not changes:
        return text
    maps.append(OffsetMap(changes))
    return "".join(pieces) + text[last:]


def _without(text: str, invisible: Iterable[str], maps: list[OffsetMap]) -> str:
    """`text` without the characters `invisible`; what `_change` does, quicker where they are few."""
    changes: list[tuple[int, int, int]] = []
    for char in invisible:
        at = text.find(char)
        while at >= 0:
            changes.append((at, at + 1, 0))
            at = text.find(char, at + 1)
    maps.append(OffsetMap(sorted(changes)))
    for char in invisible:
        text = text.replace(char, "")
    return text


def _nothing(_: str) -> str:
    return ""


def _is_joint(text: str, start: int, end: int) -> bool:
    """Whether a line break behind `-`, `/` or `.` is in a number or code."""
    if text[start - 1] != ".":
        return _BEHIND_JOINT.match(text, end) is not None
    before = text[max(0, start - _NUMBER) : start]
    return any(left.match(before) and right.match(text, end) for left, right in _DOTS)


def _line_break(_: str) -> str:
    return "\n"


def _composed(cluster: str) -> str:
    return unicodedata.normalize("NFC", cluster)


def _latin(token: re.Match[str]) -> str:
    """A token of ASCII and look-alikes only, in Latin; a real word of another script stays."""
    word = token.group()
    if word.isascii():
        return word
    letters = [c for c in word if not c.isascii()]
    if len(letters) == len(word) or not all(c in LATIN for c in letters):
        return word
    return "".join(LATIN.get(c, c) for c in word)


def _decode_hidden(text: str) -> tuple[tuple[int, int, str], ...]:
    """Runs of tag characters (ASCII shifted by U+E0000) and of variation selectors (one byte each)."""
    runs: list[tuple[int, int, str]] = []
    for match in _HIDDEN.finditer(text):
        start, end = match.span()
        if text[start] >= "\U000e0020" and text[start] <= "\U000e007f":
            if text[start - 1 : start] == _FLAG:
                continue
            decoded = "".join(chr(ord(c) - 0xE0000) for c in match.group() if c != "\U000e007f")
        else:
            codes = bytes(_selector(c) for c in match.group())
            decoded = codes.decode("utf-8", "replace")
        runs.append((start, end, decoded))
    return tuple(runs)


def _selector(char: str) -> int:
    code = ord(char)
    return code - 0xFE00 if code < 0xFE10 else code - 0xE0100 + 16
