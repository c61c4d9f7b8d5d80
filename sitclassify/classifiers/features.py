"""Hashed features of a text: words, word pairs, runs of signs, characters within words.

All hashes are computed at once: with `S` the running sum of `mix(character) * base**index`, the
hash of a span is `(S[end] - S[start]) * base**-start`, modulo 2**64. No Python loop over words.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sitclassify.classifiers.folding import DIGIT, IDEOGRAPH, SIGN, Folded, fold

SPACE_BITS = 18  # a feature is a row of a table of 2**18; all models share it
FEATURES = "words-pairs-signs-characters4-v1"  # models name what they were trained on
GRAMS = (4,)  # characters; 3 to 5 together gain under 0.002 AUC over 4 (README of the benchmarks)
_SIGNS_HASHED = 3  # characters; longer runs of signs are known by their beginning
_BLANK = np.uint32(32)
_BASE = 0x9E3779B97F4A7C15  # odd, so it has an inverse modulo 2**64
_INVERSE = pow(_BASE, -1, 1 << 64)
_MIX = np.uint64(0xBF58476D1CE4E5B9)  # the two multipliers of splitmix64
_REMIX = np.uint64(0x94D049BB133111EB)
_SHIFT = np.uint64(29)
_TOP = np.uint64(64 - SPACE_BITS)
_ONE = np.uint64(1)
_WORD, _PAIR, _SIGNS, _GRAM = (np.uint64(salt) for salt in (0x1F, 0x2E01, 0x3D55, 0x4B07))
U64 = NDArray[np.uint64]
Index = NDArray[np.intp]


class Features(NamedTuple):
    """Rows of the weight table; the first and last word of each; where the words stand."""

    rows: Index
    firsts: Index
    lasts: Index
    starts: Index
    ends: Index


@lru_cache(maxsize=1)
def _powers_to(length: int) -> tuple[U64, U64]:
    up = np.full(length, _BASE, np.uint64)
    down = np.full(length, _INVERSE, np.uint64)
    up[0] = down[0] = 1
    return np.multiply.accumulate(up), np.multiply.accumulate(down)


def _powers(length: int) -> tuple[U64, U64]:
    """base**i and base**-i for i below `length` or more; kept for the longest text so far."""
    return _powers_to(max(16384, 1 << (length - 1).bit_length()))


def _mix(values: U64) -> U64:
    values = values * _MIX
    values ^= values >> _SHIFT
    values *= _REMIX
    return values


def _rows(hashes: U64, salt: np.uint64) -> Index:
    return (_mix(hashes ^ salt) >> _TOP).view(np.intp)


class _Spans:
    """Hash of any span of folded characters in constant time."""

    def __init__(self, codes: NDArray[np.uint32]) -> None:
        up, self._down = _powers(len(codes) + 1)
        self._sums = np.zeros(len(codes) + 1, np.uint64)
        np.cumsum(_mix(codes.astype(np.uint64) + _ONE) * up[: len(codes)], out=self._sums[1:])

    def hash(self, starts: Index, ends: Index) -> U64:
        hashes: U64 = (self._sums[ends] - self._sums[starts]) * self._down[starts]
        return hashes

    def grams(self, length: int) -> U64:
        """Hashes of all spans of one length."""
        count = len(self._sums) - length
        hashes: U64 = (self._sums[length:] - self._sums[:count]) * self._down[:count]
        return hashes


def extract(text: str) -> Features:
    """Features of any `str`. Linear in the text; never raises."""
    folded = fold(text)
    starts, ends = _words(folded)
    spans = _Spans(folded.codes)
    words = spans.hash(starts, ends)
    order = np.arange(len(starts))
    parts = [
        (_rows(words, _WORD), order, order),
        (_rows(_mix(words[:-1]) + words[1:], _PAIR), order[:-1], order[1:]),
        _signs(folded, spans, starts),
    ]
    if len(starts):
        parts += _grams(folded.codes, starts, ends)
    rows, firsts, lasts = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Features(rows, firsts, lasts, *_in_text(folded, starts, ends))


def runs(inside: NDArray[np.bool_]) -> tuple[Index, Index]:
    """Starts and ends of the runs of True."""
    edges = np.zeros(len(inside) + 2, bool)
    edges[1:-1] = inside
    at = np.flatnonzero(edges[1:] != edges[:-1])
    return at[::2], at[1::2]


def _words(folded: Folded) -> tuple[Index, Index]:
    """Runs of letters and digits; a character of a script without spaces is a word by itself."""
    word = folded.kinds >= DIGIT
    ideograph = folded.kinds == IDEOGRAPH
    if not ideograph.any():
        return runs(word)
    begins = word.copy()
    begins[1:] &= ~word[:-1] | ideograph[1:] | ideograph[:-1]
    closes = word.copy()
    closes[:-1] &= ~word[1:] | ideograph[1:] | ideograph[:-1]
    return np.flatnonzero(begins), np.flatnonzero(closes) + 1


def _signs(folded: Folded, spans: _Spans, words: Index) -> tuple[Index, Index, Index]:
    """Runs of signs; they belong to the words on both sides."""
    starts, ends = runs(folded.kinds == SIGN)
    ends = np.minimum(ends, starts + _SIGNS_HASHED)
    after = np.searchsorted(words, starts)
    last = max(len(words) - 1, 0)
    return (
        _rows(spans.hash(starts, ends), _SIGNS),
        np.maximum(after - 1, 0),
        np.minimum(after, last),
    )


def _grams(
    codes: NDArray[np.uint32], starts: Index, ends: Index
) -> list[tuple[Index, Index, Index]]:
    """Runs of `GRAMS` characters of " word ", a blank inside none of them."""
    lengths = ends - starts
    room = lengths + 1  # a word and the blank after it
    offsets = np.cumsum(room) - room + 1
    owner = np.repeat(np.arange(len(starts)), lengths)
    within = np.arange(len(owner)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    padded = np.full(int(offsets[-1] + room[-1]), _BLANK)
    owners = np.zeros(len(padded), np.intp)
    owners[offsets[1:] - 1] = np.arange(1, len(starts))  # for the blank: the word after it
    at = offsets[owner] + within
    padded[at] = codes[starts[owner] + within]
    owners[at] = owner
    spans = _Spans(padded)
    blanks = np.cumsum(padded == _BLANK)
    grams = []
    for length in GRAMS:
        if len(padded) < length:
            continue
        count = len(padded) - length + 1
        at = np.flatnonzero(blanks[length - 2 : length - 2 + count] == blanks[:count])
        rows = _rows(spans.grams(length)[at], _GRAM)
        grams.append((rows, owners[at], owners[at + length - 2]))
    return grams


def _in_text(folded: Folded, starts: Index, ends: Index) -> tuple[Index, Index]:
    if folded.positions is None:
        return starts, ends
    return folded.positions[starts], folded.positions[ends - 1] + 1
