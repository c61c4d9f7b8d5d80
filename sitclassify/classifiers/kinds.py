"""Which kind a text is that a classifier matched: the language of source code. A second linear model of few rows."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sitclassify.classifiers.features import Index, Vocabulary, feature_rows

LEAST = 0.5  # probability; below it no kind is told


class Kinds(NamedTuple):
    """`names` beside the columns of `weights`; its rows are those of the table in `rows`, which ascend."""

    names: tuple[str, ...]
    rows: Index
    weights: NDArray[np.float16]
    intercepts: NDArray[np.float32]

    def of(self, text: str, vocabulary: Vocabulary) -> str | None:
        """The most probable kind of a text, None where none reaches `LEAST`."""
        found = feature_rows(vocabulary.read(text), vocabulary)
        places = np.searchsorted(self.rows, found).clip(max=len(self.rows) - 1)
        known = places[self.rows[places] == found]
        sums = self.weights[known].sum(axis=0, dtype=np.float64)
        margins = sums / np.sqrt(max(len(found), 1)) + self.intercepts
        shares = np.exp(margins - margins.max())
        best = int(shares.argmax())
        return self.names[best] if shares[best] >= LEAST * shares.sum() else None
