"""Teaches `source-code` to tell languages: `python kinds.py`, writes `kinds.npz` beside its weights.

Learned from the permitted code that is not held back and from `grammars/code.txt`; `--held-back` measures on
held-back code instead, and adds `kinds` to the record.
"""

from __future__ import annotations

import json
import sys
from collections import Counter

import corpus
import evaluate
import numpy as np
import synthetic
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from specs import SYNTHETIC

from sitclassify.classifiers import model as model_files
from sitclassify.classifiers.features import packaged_vocabulary
from sitclassify.classifiers.kinds import Kinds, KindTeller

SOURCES = ("source_code_linguist", "source_code_completion")
FOLDER = evaluate.MODELS / "source-code"
KEPT = 8_000  # rows of the table with a weight
STRENGTH = 30.0
OURS = {"C#": "csharp", "C++": "cpp", "JavaScript": "javascript", "TypeScript": "typescript", "Objective-C": None, "JSX": "javascript", "TSX": "typescript"}  # fmt: skip


def kind(row: corpus.Row) -> str | None:
    """Our name of the language of a row; None where we do not tell it."""
    if row.source.startswith("synthetic_"):
        return row.extra["kind"]
    language = str(row.extra.get("language"))
    name = OURS.get(language, language.lower())
    return name if name in synthetic.code.PIECES else None


def rows(held_back: bool):
    """Rows and windows of code in the languages that we tell."""
    sources = [corpus.real(source) for source in SOURCES]
    if not held_back:
        made, windows = corpus.made("code", SYNTHETIC["code"])
        sources.append((made, windows))
    for rows_of, windows in sources:
        chosen = [
            i
            for i, row in enumerate(rows_of)
            if row.held_back == held_back and kind(row) is not None
        ]
        yield [rows_of[i] for i in chosen], windows.of(np.array(chosen), 4)


def train() -> Kinds:
    """The rows with the largest weights of a regression over all languages."""
    parts, names, weights = [], [], []
    for found, windows in rows(held_back=False):
        times = Counter(windows.texts.tolist())
        parts.append(windows.windows)
        for text in windows.texts.tolist():
            names.append(kind(found[text]))
            weights.append((1 if found[text].source.startswith("synthetic_") else 3) / times[text])
    matrix = sparse.vstack(parts, format="csr")
    names_of, columns = np.unique(names, return_inverse=True)
    sample = np.array(weights)
    sample *= len(sample) / (len(names_of) * np.bincount(columns, sample)[columns])
    used = np.flatnonzero(np.bincount(matrix.indices, minlength=matrix.shape[1]) >= 3)
    fitted = LogisticRegression(C=STRENGTH, max_iter=300, random_state=0)
    kept = used
    for most in (8 * KEPT, KEPT, None):  # what is left learns what the dropped rows knew
        fitted.fit(matrix[:, kept], columns, sample_weight=sample)
        if most is not None:
            largest = np.argsort(-np.abs(fitted.coef_).max(axis=0), kind="stable")[:most]
            kept = kept[np.sort(largest)]
    return Kinds(
        tuple(map(str, names_of)),
        kept,
        fitted.coef_.T.astype(np.float16),
        fitted.intercept_.astype(np.float32),
    )


def measure() -> dict[str, object]:
    """Share of held-back code whose language is told rightly, wrongly, not at all."""
    teller = KindTeller(model_files.read(FOLDER).kinds, packaged_vocabulary())
    told: dict[str, Counter[str]] = {}
    for found, _ in rows(held_back=True):
        for row in found:
            answer = teller.of(row.text[:1500])
            word = "none" if answer is None else "right" if answer == kind(row) else "wrong"
            told.setdefault(str(kind(row)), Counter())[word] += 1
    every = sum(told.values(), Counter())
    size = sum(every.values())
    return {"rows": size, "all": {word: round(n / size, 4) for word, n in every.items()}} | {
        "languages": {name: dict(counts) for name, counts in sorted(told.items())}
    }


def main() -> None:
    if "--held-back" in sys.argv:
        table = measure()
        evaluate.add_to_record({"kinds": table})
        print(json.dumps(table, indent=1))
    else:
        model_files.write_kinds(FOLDER, train())


if __name__ == "__main__":
    main()
