"""Measures the packaged classifiers on held-back rows: `python evaluate.py`, writes the record.

Per classifier: ROC AUC, recall at the shipped levels and at 0.5 % false positives; per data set: the share
flagged. All on clusters that no training has seen; sets that may not be trained on count as a whole
only with their held-back part too, so that development can look at the rest.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import corpus
import datasets
import numpy as np
import specs
from sklearn.metrics import roc_auc_score
from train import NEGATIVES

from sitclassify.classifiers import model as model_files

MODELS = Path(__file__).parents[2] / "models"
RECORD = Path(__file__).parents[1] / "records" / "classifiers.json"


class Scores:
    """Probabilities of all models for all rows of a set (strongest window)."""

    def __init__(self, names: list[str]) -> None:
        self.models = [model_files.read(MODELS / name) for name in names]
        self.weights = np.zeros((1 << 18, len(names)))
        for column, model in enumerate(self.models):
            self.weights[model.rows, column] = model.weights
        self.intercepts = np.array([model.intercept for model in self.models])

    def of(self, source: str) -> np.ndarray:
        rows, windows = corpus.real(source)
        margins = windows.windows @ self.weights + self.intercepts
        best = np.full((len(rows), len(self.models)), -np.inf)
        np.maximum.at(best, windows.texts, margins)
        return 1 / (1 + np.exp(-best))


def evaluate(names: list[str], held_back: bool = True) -> dict[str, object]:
    """Figures per classifier and the union of false alarms per benign set."""
    scores = Scores(names)
    by_source = {}
    for source in datasets.sources():
        rows, _ = corpus.real(source)
        chosen = np.array([row.held_back == held_back for row in rows])
        by_source[source] = (
            [row for row, c in zip(rows, chosen, strict=True) if c],
            scores.of(source)[chosen],
        )
    report = {"held_back": held_back, "classifiers": {}, "benign": _benign(scores, by_source)}
    for column, model in enumerate(scores.models):
        report["classifiers"][model.id] = _one(model, column, by_source)
    return report


def _one(model: model_files.Model, column: int, by_source: dict) -> dict[str, object]:
    name = specs.BY_ID[model.id].label
    half = model.about["false_positive_rates"]["0.005"]
    per_set, labels, values, prompts, known, ways = {}, [], [], [], [], []
    for source, (rows, probabilities) in by_source.items():
        marks = np.array([-1 if (v := specs.label(row, name)) is None else v for row in rows])
        score = probabilities[:, column]
        if source in datasets.PROMPTS:
            prompts.append(score[marks == 0])
        entry = {}
        for value, word in ((1, "positive"), (0, "negative")):
            part = score[marks == value]
            if len(part):
                entry[word] = {"rows": len(part)} | _shares(model, part, half)
        if entry:
            entry["trainable"] = source in datasets.TRAINABLE
            if {"positive", "negative"} <= entry.keys():
                entry["auc"] = _round(roc_auc_score(marks[marks >= 0], score[marks >= 0]))
            per_set[source] = entry
        if (
            source in datasets.PROMPTS
            or any(name in row.labels or specs.SAME.get(name) in row.labels for row in rows)
            or "positive" in entry
        ):
            labels.append(marks[marks >= 0])
            values.append(score[marks >= 0])
            ways += [specs.way(row) for row, mark in zip(rows, marks, strict=True) if mark >= 0]
            is_known = source in datasets.TRAINABLE or source in datasets.PROMPTS
            known.append(np.full(len(values[-1]), is_known))
    benign = np.concatenate(prompts)
    every, score = np.concatenate(labels), np.concatenate(values)
    result = {
        "benign_prompts": _shares(model, benign, half) | {"rows": len(benign)},
        "sets": per_set,
    }
    if every.any():
        flagged = score >= model.thresholds["medium"]
        recall, wrong = flagged[every == 1].mean(), flagged[every == 0].mean()
        precision = recall / max(recall + NEGATIVES * wrong, 1e-9)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        threshold = np.quantile(benign, 0.995)
        is_known = np.concatenate(known)
        result |= {"auc": _round(roc_auc_score(every, score)), "precision": _round(precision), "recall": _round(recall), "f1": _round(f1),
                   "recall_at_half_percent": _round((score[every == 1] >= threshold).mean()), "positives": int(every.sum())}  # fmt: skip
        if name == "prompt_injection":
            result["ways"] = _ways(np.array(ways)[every == 1], score[every == 1] >= threshold)
        if every[is_known].any():
            result["auc_of_known_sets"] = _round(roc_auc_score(every[is_known], score[is_known]))
        positives = score[every == 1]
        result["auc_against_prompts"] = _round(
            roc_auc_score(
                np.r_[np.ones(len(positives)), np.zeros(len(benign))], np.r_[positives, benign]
            )
        )
    return result


def _ways(ways: np.ndarray, hits: np.ndarray) -> dict[str, object]:
    """Recall at 0.5 % false positives of direct and indirect injections, and of questions that only break a rule."""
    return {
        way: {"rows": int((ways == way).sum()), "recall_at_half_percent": _round(hits[ways == way].mean())}
        for way in np.unique(ways).tolist()
    }  # fmt: skip


def _shares(model: model_files.Model, score: np.ndarray, half: float) -> dict[str, float]:
    levels = model.thresholds | {"at_half_percent": half}
    return {level: _round((score >= threshold).mean()) for level, threshold in levels.items()}


def _benign(scores: Scores, by_source: dict) -> dict[str, object]:
    """Share of benign texts that any default classifier flags; documents' own kinds do not count."""
    defaults = [i for i, model in enumerate(scores.models) if not model.experimental]
    result, everything = {}, []
    for source, (rows, probabilities) in by_source.items():
        if (
            not (
                source in datasets.PROMPTS
                or source.startswith("ud_")
                or source in ("csv_tables", "lock_files", "log_lines", "wikipedia_sentences")
            )
            or not rows
        ):
            continue
        wrong = {}
        for level in ("medium", "high"):
            marks = np.array(
                [
                    [
                        specs.label(row, specs.BY_ID[scores.models[i].id].label) == 0
                        for i in defaults
                    ]
                    for row in rows
                ]
            )
            least = np.array([scores.models[i].thresholds[level] for i in defaults])
            hit = (probabilities[:, defaults] >= least) & marks
            wrong[level] = hit.any(axis=1)
            if level == "medium":
                by = {
                    scores.models[i].id: int(hit[:, k].sum())
                    for k, i in enumerate(defaults)
                    if hit[:, k].any()
                }
        if source in datasets.PROMPTS:
            everything.append((len(rows), wrong["medium"].sum(), wrong["high"].sum()))
        result[source] = {
            "rows": len(rows),
            "medium": _round(wrong["medium"].mean()),
            "high": _round(wrong["high"].mean()),
            "by": by,
        }
    total = np.array(everything).sum(axis=0)
    result["all_prompts"] = {
        "rows": int(total[0]),
        "medium": _round(total[1] / total[0]),
        "high": _round(total[2] / total[0]),
    }
    return result


def _round(value: float) -> float:
    return round(float(value), 4)


def add_to_record(part: dict[str, object]) -> None:
    """Writes a part of the record; the other parts stay as they are."""
    record = json.loads(RECORD.read_text(encoding="utf-8")) if RECORD.exists() else {}
    RECORD.write_text(json.dumps(record | part, indent=1) + "\n", encoding="utf-8")


def show(report: dict) -> None:
    """A short table on standard output."""
    for name, entry in report["classifiers"].items():
        line = {
            key: entry.get(key)
            for key in (
                "positives",
                "auc",
                "auc_of_known_sets",
                "auc_against_prompts",
                "precision",
                "recall",
                "f1",
                "recall_at_half_percent",
                "ways",
            )
        }
        print(
            f"{name:20}",
            " ".join(f"{k} {v}" for k, v in line.items()),
            "| benign",
            entry["benign_prompts"]["medium"],
            entry["benign_prompts"]["at_half_percent"],
        )
        for source, figures in entry["sets"].items():
            if "positive" in figures:
                p = figures["positive"]
                n = figures.get("negative", {})
                print(
                    f"      {source:26}{'' if figures['trainable'] else '(measured only) '} n {p['rows']} half% {p['at_half_percent']} medium {p['medium']} high {p['high']} auc {figures.get('auc')} neg {n.get('medium')}"
                )
    for source, figures in report["benign"].items():
        print(f"benign {source:24} {figures}")


if __name__ == "__main__":
    held = "--development" not in sys.argv
    names = [spec.id for spec in specs.SPECS if (MODELS / spec.id / "model.json").exists()]
    report = evaluate(names, held)
    show(report)
    if held and "--record" in sys.argv:
        add_to_record(report)
