"""Near-duplicates: texts that say nearly the same belong to one group, and to one fold.

MinHash over the features of each text (Broder 1997, "On the resemblance and containment of documents"),
with bands to find the pairs (Leskovec, Rajaraman, Ullman, "Mining of Massive Datasets", 3.4): linear in the texts.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from sitclassify.classifiers.training import WindowRows

BANDS, ROWS = 32, 4  # two texts that share 0.7 of their features meet in a band with 0.9998
_ALIKE = 0.7  # estimated share of features from which on texts are near-duplicates
_MOST = 20_000  # features of one text that are looked at


def near_duplicates(texts: Sequence[str]) -> NDArray[np.intp]:
    """For each text the number of its group, counted from 0."""
    random = np.random.default_rng(0)
    factors = random.integers(1, 1 << 62, BANDS * ROWS, dtype=np.uint64) | np.uint64(1)
    salts = random.integers(0, 1 << 62, BANDS * ROWS, dtype=np.uint64)
    of = WindowRows()
    signatures = np.empty((len(texts), BANDS * ROWS), np.uint64)
    for signature, text in zip(signatures, texts, strict=True):
        rows = np.unique(of.of(text, whole=True)[0])[:_MOST].astype(np.uint64)
        if not len(rows):
            rows = np.zeros(1, np.uint64)
        signature[:] = [
            (((rows + salt) * factor) >> np.uint64(20)).min()
            for factor, salt in zip(factors, salts, strict=True)
        ]
    every = np.arange(len(texts))
    pairs = []
    for band in np.split(signatures, BANDS, axis=1):
        _, first, back = np.unique(band, axis=0, return_index=True, return_inverse=True)
        others = first[back.reshape(-1)]
        alike = (signatures == signatures[others]).mean(axis=1) >= _ALIKE
        pairs.append(np.stack((every[alike], others[alike])))
    ones, twos = np.concatenate(pairs, axis=1)
    links = coo_matrix((np.ones(len(ones), bool), (ones, twos)), shape=(len(texts), len(texts)))
    found: NDArray[np.intp] = connected_components(links, directed=False)[1].astype(np.intp)
    return found
