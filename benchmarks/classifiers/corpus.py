"""Real and synthetic texts of all sets, featurised once and kept in a scratch file."""

from __future__ import annotations

import hashlib
import random
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path

import datasets
import numpy as np
import synthetic
from scipy import sparse

from sitclassify.classifiers.features import FEATURES, SPACE_BITS
from sitclassify.classifiers.training import Corpus, corpus

Row = datasets.Row
TYPED = 3  # one row in so many is learned from with typing errors too


@cache
def real(source: str) -> tuple[tuple[Row, ...], Corpus]:
    """Rows of one data set and their windows."""
    rows = datasets.load(source)
    return rows, _windows([row.text for row in rows])


@cache
def made(kind: str, count: int, seed: int = 0) -> tuple[tuple[Row, ...], Corpus]:
    """Synthetic rows of one kind (see `synthetic.KINDS`) and their windows."""
    rows = tuple(
        Row(
            f"synthetic_{kind}",
            text,
            labels,
            group,
            False,
            True,
            {"kind": group.split("-")[1]} if kind == "code" else {},
        )
        for text, labels, group in synthetic.generate(kind, count, seed)
    )
    return rows, _windows([row.text for row in rows])


@cache
def typed(source: str, count: int = 0) -> tuple[tuple[Row, ...], Corpus]:
    """Every `TYPED`th row of a set, or of `count` synthetic rows of a kind, with typing errors."""
    rows = (made(source, count) if count else real(source))[0][::TYPED]
    found = tuple(
        replace(
            row, text=_with_errors(row.text, random.Random(i)), extra=row.extra | {"typed": True}
        )
        for i, row in enumerate(rows)
    )
    return found, _windows([row.text for row in found])


def _with_errors(text: str, rng: random.Random) -> str:
    """One letter in about 15 is left out, doubled, exchanged with the next or mistyped."""
    letters = list(text)
    for i in range(len(letters) - 1):
        if letters[i].isalpha() and rng.random() < 1 / 15:
            roll = rng.random()
            if roll < 0.5:
                letters[i] = ""
            elif roll < 0.65:
                letters[i] *= 2
            elif roll < 0.85:
                letters[i], letters[i + 1] = letters[i + 1], letters[i]
            else:
                letters[i] = rng.choice("aeiourstnlmpcd")
    return "".join(letters)


def _windows(texts: list[str]) -> Corpus:
    key = hashlib.sha256((FEATURES + "\0".join(texts)).encode("utf-8", "surrogatepass"))
    path = Path(tempfile.gettempdir()) / "sitclassify-corpus" / f"{key.hexdigest()[:24]}.npz"
    path.parent.mkdir(exist_ok=True)
    if path.exists():
        with np.load(path, allow_pickle=False) as kept:
            values = kept["values"].astype(np.float64)
            shape = (len(kept["ends"]) - 1, 1 << SPACE_BITS)
            matrix = sparse.csr_matrix((values, kept["columns"], kept["ends"]), shape=shape)
            return Corpus(matrix, kept["owners"])
    windows = corpus(texts)
    matrix = windows.windows
    values = matrix.data.astype(np.float32)
    matrix.data[:] = values  # as it is read again: the weights must not depend on what was kept
    np.savez(path, columns=matrix.indices, ends=matrix.indptr, values=values, owners=windows.texts)
    return windows
