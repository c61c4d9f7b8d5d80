"""Windows of words: a long text is judged in overlapping parts, each as a text of its own."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sitclassify.classifiers.features import Index, Tokens

WORDS = 128  # of one window: a long paragraph
STRIDE = 64  # words from one window to the next, so that every 64 words lie in one window


class Window(NamedTuple):
    """Tokens and pairs of words, half open, that belong to one window."""

    first: int
    last: int
    first_pair: int
    last_pair: int


def cut(tokens: Tokens) -> list[Window]:
    """The windows of a text; one for up to `WORDS` words."""
    words = len(tokens.words)
    if words <= WORDS:
        return [Window(0, len(tokens.numbers), 0, len(tokens.pairs))]
    windows = []
    for begin in range(0, words - WORDS + STRIDE, STRIDE):
        end = min(begin + WORDS, words)
        first = int(tokens.words[begin]) if begin else 0
        last = int(tokens.words[end - 1]) + 1 if end < words else len(tokens.numbers)
        windows.append(Window(first, last, begin, end - 1))
    return windows


def bounds(window: Window, tokens: Tokens, length: int) -> tuple[int, int]:
    """The span of one of several windows in a text of `length` characters, which they cover wholly."""
    start = tokens.spans[window.first, 0] if window.first_pair else 0
    end = tokens.spans[window.last - 1, 1] if window.last < len(tokens.numbers) else length
    return int(start), int(end)


def previous(values: Index) -> Index:
    """For each value the place of the equal one before it, -1 where there is none.

    What stands at `i` is new in a window from `first` on where `previous(values)[i] < first`.
    """
    count = len(values)
    found = np.full(count, -1, np.intp)
    if not count:
        return found
    bits = count.bit_length()
    keys = np.sort((values << bits) | np.arange(count))  # sorts faster than an argsort
    places = keys & ((1 << bits) - 1)
    keys >>= bits
    same = keys[1:] == keys[:-1]
    found[places[1:][same]] = places[:-1][same]
    return found
