"""Which kind a text is that a classifier matched: the language of source code. A second linear model of few rows."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sitclassify.classifiers.features import Index, Vocabulary, token_sums

LEAST = 0.5  # probability; below it no kind is told
Floats = NDArray[np.float32]


class Kinds(NamedTuple):
    """`names` beside the columns of `weights`; its rows are those of the table in `rows`, which ascend."""

    names: tuple[str, ...]
    rows: Index
    weights: NDArray[np.float16]
    intercepts: NDArray[np.float32]


class KindTeller:
    """Tells the kinds of texts; what known tokens weigh is added up when the first text comes."""

    def __init__(self, kinds: Kinds, vocabulary: Vocabulary) -> None:
        self._kinds, self._vocabulary = kinds, vocabulary
        self._table = np.ones((len(kinds.rows) + 1, len(kinds.names) + 1), np.float32)
        self._table[:-1, :-1], self._table[-1, :-1] = kinds.weights, 0  # the last row is unknown

    @cached_property
    def _sums(self) -> Floats:
        return token_sums(self._vocabulary.tokens, self._vocabulary.hashes, self._take)

    def _take(self, rows: Index) -> Floats:
        """What table rows weigh: rows x (kinds + 1), the last column counts features."""
        known = self._kinds.rows
        places = np.searchsorted(known, rows)
        places[known.take(places, mode="clip") != rows] = len(known)
        return self._table.take(places, axis=0)

    def of(self, text: str) -> str | None:
        """The most probable kind of a text, None where none reaches `LEAST`."""
        tokens = self._vocabulary.read(text)
        numbers = np.unique(tokens.numbers)
        sums = self._sums[numbers[numbers < len(self._sums)]].sum(axis=0)
        sums += self._take(np.unique(tokens.pairs)).sum(axis=0)
        if tokens.outside:
            sums += token_sums(tokens.outside, tokens.hashes_outside, self._take).sum(axis=0)
        margins = sums[:-1] / np.sqrt(max(sums[-1], 1)) + self._kinds.intercepts
        shares = np.exp(margins - margins.max())
        best = int(shares.argmax())
        return self._kinds.names[best] if shares[best] >= LEAST * shares.sum() else None
