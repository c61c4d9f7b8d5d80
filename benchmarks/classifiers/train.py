"""Trains the packaged classifiers: `python train.py [id ...]`, into `models/`.

Only rows of sets in `datasets.TRAINABLE` that are not held back, and synthetic rows. Thresholds come from
out-of-fold scores of the same rows, so nothing held back is ever looked at here.
"""

from __future__ import annotations

import random
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import corpus
import datasets
import numpy as np
from scipy import sparse
from specs import BY_ID, SAME, SPECS, SYNTHETIC, Spec, is_taught, label

from sitclassify.classifiers import model as model_files
from sitclassify.classifiers import training
from sitclassify.classifiers.features import FEATURES

MODELS = Path(__file__).parents[2] / "models"
MOST_POSITIVE, MOST_NEGATIVE = 6000, 2500  # real rows of one source and class
KEPT = 80_000  # weights of one model; the smallest others are dropped
VERSION = "1"
HIGH = 0.9  # probability of the level high at least, whatever the false alarms allow
PRECISION = 0.92  # of the level medium, out of fold, on real rows that carry the label
NEGATIVES = 4  # for each positive, where precision is computed
REAL = 3.0  # what a real positive weighs, in synthetic ones


@dataclass
class Examples:
    """Rows that teach one classifier, with their windows."""

    rows: list[datasets.Row]
    labels: np.ndarray
    windows: training.Corpus


def gather(spec: Spec) -> Examples:
    """All rows that may teach a classifier, with their windows."""
    rng = random.Random(spec.id)
    rows, labels, parts, owners, total = [], [], [], [], 0
    for rows_of, windows in _sources(spec):
        picked = _picked(spec, rows_of, rng)
        if picked:
            part = windows.of(np.array(picked))
            rows += [rows_of[i] for i in picked]
            labels += [label(rows_of[i], spec.label) for i in picked]
            parts.append(part.windows)
            owners.append(part.texts + total)
            total += len(picked)
    windows = training.Corpus(sparse.vstack(parts, format="csr"), np.concatenate(owners))
    return Examples(rows, np.array(labels), windows)


def _picked(spec: Spec, rows: tuple[datasets.Row, ...], rng: random.Random) -> list[int]:
    """The rows of one source that teach a classifier: of real ones not too many."""
    chosen: dict[int, list[int]] = {0: [], 1: []}
    for number, row in enumerate(rows):
        if is_taught(row):
            value = label(row, spec.label)
            if value is not None:
                chosen[value].append(number)
    if not rows[0].source.startswith("synthetic_"):
        for value, most in ((1, MOST_POSITIVE), (0, MOST_NEGATIVE)):
            chosen[value] = rng.sample(chosen[value], min(most, len(chosen[value])))
    return sorted(chosen[0] + chosen[1])


def _sources(spec: Spec):
    """Real and synthetic rows; the short texts that people type also with typing errors."""
    for source in datasets.TRAINABLE:
        yield corpus.real(source)
        if spec.category != "business":
            yield corpus.typed(source)
    for kind, count in SYNTHETIC.items():
        yield corpus.made(kind, count)
        if spec.category != "business":
            yield corpus.typed(kind, count)


def weights_of(rows: list[datasets.Row], labels: np.ndarray) -> np.ndarray:
    """What each text weighs: real positives more than what a grammar repeats."""
    is_real = np.array([not row.source.startswith("synthetic_") for row in rows])
    return np.where(is_real & (labels == 1), REAL, 1.0)


def thresholds(
    spec: Spec,
    margins: np.ndarray,
    examples: Examples,
    measured: np.ndarray,
    judged: tuple[np.ndarray, np.ndarray],
    slope: float,
    offset: float,
) -> tuple[dict[str, float], dict[str, float]]:
    """Margins per level, and the margin at each stated rate of false alarms on benign prompts.

    Medium: the tolerated share of false alarms, at least `spec.least` as a probability, and precise on real labelled rows.
    `measured`: margins of benign prompts that may be measured on but not learned from; `judged`: margins and labels of
    the labelled rows of which the same is true.
    """
    source = np.array([row.source for row in examples.rows])
    typed = np.array(["typed" in row.extra for row in examples.rows])
    benign = np.isin(source, datasets.PROMPTS) & (examples.labels == 0) & ~typed
    scores = np.concatenate([margins[benign], measured])
    at_rate = {
        name: float(np.quantile(scores, 1 - float(name))) for name in ("0.01", "0.005", "0.001")
    }
    allowed = float(np.quantile(scores, 1 - spec.share / 10_000, method="higher"))
    rare = float(np.quantile(scores, 1 - spec.share / 100_000, method="higher"))
    labelled = np.array([_is_labelled(row, spec) for row in examples.rows]) & ~typed | benign
    precise = _precise(
        np.concatenate([margins[labelled], judged[0]]),
        np.concatenate([examples.labels[labelled], judged[1]]),
    )
    medium = max(allowed, precise, (_logit(spec.least) - offset) / slope)
    high = max(rare + 0.1, medium + 0.5, (_logit(HIGH) - offset) / slope)
    return {"low": min(at_rate["0.01"], medium), "medium": medium, "high": high}, at_rate


def _is_labelled(row: datasets.Row, spec: Spec) -> bool:
    return not row.source.startswith("synthetic_") and (
        spec.label in row.labels or spec.label in ("business_email", "indirect_injection")
    )


def _precise(margins: np.ndarray, labels: np.ndarray) -> float:
    """The lowest margin from which on `PRECISION` of the flagged are right, of one positive in five."""
    order = np.argsort(-margins)
    right = np.cumsum(labels[order]) / max(labels.sum(), 1)
    wrong = np.cumsum(labels[order] == 0) / max((labels == 0).sum(), 1)
    precision = right / np.maximum(right + NEGATIVES * wrong, 1e-9)
    enough = np.flatnonzero((precision >= PRECISION) & (right > 0.02))
    return float(margins[order][enough[-1]]) if len(enough) else -np.inf


def _logit(probability: float) -> float:
    return float(np.log(probability / (1 - probability)))


def measured_prompts(spec: Spec, fitted) -> np.ndarray:
    """Margins of the benign prompts that no weights may be learned from and that are not held back."""
    return np.concatenate(
        [
            _measured(spec, fitted, source, lambda row: label(row, spec.label) == 0)[0]
            for source in datasets.PROMPTS
        ]
    )


def judged_rows(spec: Spec, fitted) -> tuple[np.ndarray, np.ndarray]:
    """Margins and labels of the labelled rows that no weights may be learned from and that are not held back."""
    own = SAME.get(spec.label, spec.label)
    found = [
        _measured(spec, fitted, source, lambda row: own in row.labels)
        for source in datasets.sources()
        if source not in (*datasets.PROMPTS, *datasets.NOISY)
    ]
    return np.concatenate([m for m, _ in found]), np.concatenate([y for _, y in found])


def _measured(spec: Spec, fitted, source: str, is_asked) -> tuple[np.ndarray, np.ndarray]:
    rows, windows = corpus.real(source)
    chosen = [
        i for i, row in enumerate(rows) if not row.trainable and not row.held_back and is_asked(row)
    ]
    if not chosen:
        return np.zeros(0), np.zeros(0, int)
    labels = np.array([label(rows[i], spec.label) for i in chosen])
    return training.margins(fitted, windows.of(np.array(chosen))), labels


def train(spec: Spec) -> dict[str, object]:
    """Fits, calibrates and writes one model."""
    started = time.time()
    examples = gather(spec)
    groups = [
        f"{row.source if row.source.startswith('synthetic') else ''}{row.cluster}"
        for row in examples.rows
    ]
    weigh = weights_of(examples.rows, examples.labels)
    found = training.out_of_fold(
        examples.windows,
        examples.labels,
        training.hashed_folds(groups, 3),
        spec.strength,
        weights=weigh,
    )
    slope, offset = training.platt(found, examples.labels)
    everything = np.arange(len(examples.rows))
    fitted = training.fit(examples.windows.of(everything, 6), examples.labels, spec.strength, weigh)
    levels, at_rate = thresholds(
        spec,
        found,
        examples,
        measured_prompts(spec, fitted),
        judged_rows(spec, fitted),
        slope,
        offset,
    )
    weights = fitted.coef_[0]
    least = np.sort(np.abs(weights))[-KEPT] if (weights != 0).sum() > KEPT else 0
    weights = np.where(np.abs(weights) >= least, weights, 0) * slope
    probability = lambda margin: round(float(1 / (1 + np.exp(-(slope * margin + offset)))), 6)  # noqa: E731
    sources = sorted({row.source for row in examples.rows})
    about = {
        "id": spec.id, "name": spec.name, "version": VERSION, "purview_guid": spec.purview_guid, "category": spec.category,
        "description": spec.description, "experimental": spec.experimental, "minimum_words": spec.minimum_words, "features": FEATURES,
        "intercept": float(slope * fitted.intercept_[0] + offset),
        "thresholds": {level: probability(value) for level, value in levels.items()},
        "false_positive_rates": {name: probability(value) for name, value in at_rate.items()},
        "training": {
            "positive": int(examples.labels.sum()), "negative": int((examples.labels == 0).sum()),
            "positive_real": sum(1 for row, y in zip(examples.rows, examples.labels, strict=True) if y and not row.source.startswith("synthetic_") and "typed" not in row.extra),
            "prior": 0.1, "sources": {name: datasets.licence(name) for name in sources},
        },
    }  # fmt: skip
    model_files.write(MODELS / spec.id, about, weights)
    size = (MODELS / spec.id / "weights.npz").stat().st_size
    print(
        f"{spec.id:20} pos {examples.labels.sum():6} neg {(examples.labels == 0).sum():6} {size / 1e3:5.0f} KB {time.time() - started:4.0f} s",
        about["thresholds"],
        flush=True,
    )
    _show(found, examples, levels["medium"], at_rate["0.005"])
    return about


def _show(margins: np.ndarray, examples: Examples, medium: float, half: float) -> None:
    """Out-of-fold recall and false alarms by source: what development may look at."""
    source = np.array([row.source for row in examples.rows])
    for value, word in ((1, "recall"), (0, "false alarms")):
        cells = []
        for name in dict.fromkeys(source.tolist()):
            chosen = (source == name) & (examples.labels == value)
            if chosen.any():
                share = (margins[chosen] >= medium).mean()
                if value or share >= 0.002:
                    cells.append(
                        f"{name} {share:.3f}"
                        + (f"/{(margins[chosen] >= half).mean():.3f}" if value else "")
                    )
        print(f"    {word}:", ", ".join(cells), flush=True)


if __name__ == "__main__":
    for chosen in [BY_ID[name] for name in sys.argv[1:]] or SPECS:
        train(chosen)
