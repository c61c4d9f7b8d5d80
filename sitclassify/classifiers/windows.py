"""Windows of words: a long text is judged in overlapping parts, each as a text of its own."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sitclassify.classifiers.features import SPACE_BITS, Features, Index

WORDS = 128  # of one window: a long paragraph
STRIDE = 64  # words from one window to the next, so that every 64 words lie in one window


class Windows(NamedTuple):
    """Spans of the text, and the distinct feature rows of each: `rows[first[i]:first[i + 1]]`."""

    starts: Index
    ends: Index
    rows: Index
    firsts: Index

    def counts(self) -> Index:
        """How many distinct features each window has."""
        return np.diff(self.firsts, append=len(self.rows))


def cut(features: Features, length: int) -> Windows:
    """Windows of a text of `length` characters; one for up to `WORDS` words.

    The features of a window are those of its text alone, whatever stands around it.
    """
    words = len(features.starts)
    if words <= WORDS:
        rows = distinct(features.rows)
        return Windows(np.array([0]), np.array([length]), rows, np.array([0]))
    count = -(-(words - WORDS) // STRIDE) + 1
    begins = np.arange(count) * STRIDE
    starts = features.starts[begins]
    ends = features.ends[np.minimum(begins + WORDS, words) - 1]
    starts[0], ends[-1] = 0, length
    keys = np.concatenate([_inside(features, count, shift) for shift in range(WORDS // STRIDE)])
    keys = distinct(keys)
    firsts = np.searchsorted(keys, np.arange(count) << SPACE_BITS)
    return Windows(starts, ends, keys & ((1 << SPACE_BITS) - 1), firsts)


def _inside(features: Features, count: int, shift: int) -> Index:
    """Window and row, as one number, of the features in the `shift`-th window around their word."""
    window = features.firsts // STRIDE - shift
    inside = (window >= 0) & (features.lasts < window * STRIDE + WORDS)
    if shift == 0:
        inside &= window < count
    keys: Index = (window[inside] << SPACE_BITS) + features.rows[inside]
    return keys


def distinct(rows: Index) -> Index:
    """Sorted distinct rows, as int64."""
    if not len(rows):
        return rows
    ordered = rows.astype(np.uint32)  # sorts in half the time of int64
    ordered.sort()
    kept = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=kept[1:])
    return ordered[kept].astype(np.intp)
