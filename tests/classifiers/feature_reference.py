"""The features of a text once more, in plain Python: slow and obvious."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from zlib import crc32

from sitclassify.classifiers.features import SPACE_BITS

_MASK = (1 << 64) - 1
_STEP, _MIX, _REMIX = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
_SALTS = {"word": 0x1F << 32, "pair": 0x2E01 << 32, "gram": 0x4B07 << 32}
_STANDS_FOR = dict(zip("0134578@$!|", "oieastbasii", strict=True))


def rows(text: str) -> Counter[int]:
    """Rows of the weight table for ASCII text, with how often each counts."""
    found: Counter[int] = Counter()
    words = []
    for token in tokens(text.lower()):
        word = normal(token)
        if word[0].isalnum():
            words.append(word)
    for word in {normal(token) for token in tokens(text.lower())}:
        found[_row(_hash(word), "word")] += 1
        if word[0].isalnum():
            padded = f" {word} "
            for i in range(len(padded) - 3):
                found[_row(_gram(padded[i : i + 4]), "gram")] += 1
    pairs = {_row((_hash(a) * _STEP + _hash(b)) & _MASK, "pair") for a, b in pairwise(words)}
    return found + Counter(pairs)


def tokens(text: str) -> list[str]:
    """Words, with signs inside that stand for letters, and runs of other signs."""
    word = r"[a-z0-9]+(?:[@$!|*]{1,2}[a-z][a-z0-9]*)*"
    return [
        m.group() for m in re.finditer(rf"{word}|[^a-z0-9\s]+", text) if m.group().isprintable()
    ]


def normal(token: str) -> str:
    token = token[:40]
    if not token[0].isalnum():
        return token[:3]
    if token.isdigit():
        return "0" * len(token)
    cut = re.sub(r"([a-z])\1\1+", r"\1\1", token)
    return "".join(_STANDS_FOR.get(c, c) for c in cut)


def _hash(token: str) -> int:
    single = len(token) == 1
    return crc32(token.encode()) << 2 | single << 1 | token[0].isalnum()


def _gram(characters: str) -> int:
    value = 0
    for character in characters:
        value = (value * _STEP + ord(character)) & _MASK
    return value


def _mix(value: int) -> int:
    value = value * _MIX & _MASK
    value ^= value >> 29
    return value * _REMIX & _MASK


def _row(value: int, salt: str) -> int:
    return _mix(value ^ _SALTS[salt]) >> (64 - SPACE_BITS)
