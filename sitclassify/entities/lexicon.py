"""What a word may be - a given name, a family name, an everyday word, a place - by the lists in this folder."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

GIVEN, FAMILY, EVERYDAY, PROPER, KNOWN = 1, 2, 4, 8, 16  # as bits
TITLE, ROLE, ELSE = 32, 64, 128  # what stands before a person; beside a place, a company, a thing
OTHER = EVERYDAY | PROPER
_FOLDER = Path(__file__).parent
_LISTS = {
    "given": GIVEN, "family": FAMILY, "everyday": EVERYDAY, "proper": PROPER, "known": GIVEN | KNOWN,
    "titles": TITLE, "roles": ROLE, "places_and_things": ELSE,
}  # fmt: skip
_PREFIXES = (
    "Mc",
    "Mac",
    "De",
    "Di",
    "Du",
    "La",
    "Le",
    "Van",
    "Fitz",
)  # of names with a capital inside
_ENDED = 6  # letters of a word of no list that ends as a family name
_SUFFIXES = frozenset(("s", "m", "ll", "re", "ve", "d", "t"))  # after an apostrophe


class Word(NamedTuple):
    """A word of a text; `kind` has its bits, `has_dot` says that a dot follows."""

    span: tuple[int, int]
    plain: str  # in lower case, without 's
    kind: int
    has_dot: bool
    is_shouted: bool  # in capitals


def words(text: str, start: int, end: int) -> Iterator[Word]:
    """The words of a part of a text."""
    position = start
    for part in text[start:end].split():
        position = text.index(part, position)
        bare = part.rstrip(".")
        plain = bare.lower()
        for mark in "'’":
            stem, _, rest = plain.partition(mark)
            if rest in _SUFFIXES:
                plain, bare = stem, bare[: len(stem)]
        found = PROPER if _is_mixed(bare) else kind(plain)
        span = position, position + len(bare)
        yield Word(span, plain, found, len(part) > len(bare), bare.isupper())
        position += len(part)


def _is_mixed(word: str) -> bool:
    """Whether a word is written as `RoBERTa` is, which no name but McDonald is."""
    inner = word[1:].replace("'", "-").replace("’", "-").partition("-")[0]
    is_mixed = inner != inner.lower() and inner != inner.upper()
    return is_mixed and not word.startswith(_PREFIXES)


def kind(plain: str) -> int:
    """The bits of a word in lower case; of a hyphenated one its first part counts when the whole is in no list."""
    if len(plain) < 2:
        return 0
    lists, endings = _lexicon()
    found = lists.get(plain) or lists.get(plain.partition("-")[0], 0)
    return found or (FAMILY if len(plain) >= _ENDED and plain.endswith(endings) else 0)


@functools.cache
def _lexicon() -> tuple[dict[str, int], tuple[str, ...]]:
    """Every word of the lists with the bits of its lists; the endings of family names."""
    known: dict[str, int] = {}
    for name, bit in _LISTS.items():
        for word in _read(name):
            known[word] = known.get(word, 0) | bit
    return known, tuple(_read("endings"))


def _read(name: str) -> list[str]:
    return (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").split()
