"""Real and synthetic texts of all sets, featurised once and kept in a scratch file."""

from __future__ import annotations

import hashlib
import tempfile
from functools import cache
from pathlib import Path

import datasets
import numpy as np
import synthetic
from scipy import sparse

from sitclassify.classifiers.features import FEATURES
from sitclassify.classifiers.training import Corpus, corpus

Row = datasets.Row


@cache
def real(source: str) -> tuple[tuple[Row, ...], Corpus]:
    """Rows of one data set and their windows."""
    rows = datasets.load(source)
    return rows, _windows([row.text for row in rows])


@cache
def made(kind: str, count: int, seed: int = 0) -> tuple[tuple[Row, ...], Corpus]:
    """Synthetic rows of one kind (see `synthetic.KINDS`) and their windows."""
    rows = tuple(
        Row(f"synthetic_{kind}", text, labels, group, False, True)
        for text, labels, group in synthetic.generate(kind, count, seed)
    )
    return rows, _windows([row.text for row in rows])


def _windows(texts: list[str]) -> Corpus:
    key = hashlib.sha256((FEATURES + "\0".join(texts)).encode("utf-8", "surrogatepass"))
    path = Path(tempfile.gettempdir()) / "sitclassify-corpus" / f"{key.hexdigest()[:24]}.npz"
    path.parent.mkdir(exist_ok=True)
    if path.exists():
        with np.load(path, allow_pickle=False) as kept:
            columns, ends, owners = kept["columns"], kept["ends"], kept["owners"]
        counts = np.diff(ends)
        values = np.repeat(1 / np.sqrt(np.maximum(counts, 1)), counts)
        shape = (len(counts), 1 << 18)
        return Corpus(sparse.csr_matrix((values, columns, ends), shape=shape), owners)
    windows = corpus(texts)
    np.savez(
        path, columns=windows.windows.indices, ends=windows.windows.indptr, owners=windows.texts
    )
    return windows
