"""Each classifier trained without one data set and measured on that set: a guess for tomorrow's data.

Adds `leave_one_out` to the record: recall at 0.5 % false positives on the set left out, threshold from the
benign prompts that are not held back, as in training.
"""

from __future__ import annotations

import json
import sys

import corpus
import datasets
import evaluate
import numpy as np
import specs
import train
from sklearn.metrics import roc_auc_score

from sitclassify.classifiers import training

LEAST = 20  # positives of a set for its figure to mean something


def left_out(spec: specs.Spec, examples: train.Examples, source: str) -> dict[str, float]:
    """Recall on one set by a model that has never seen any of it."""
    kept = np.array([i for i, row in enumerate(examples.rows) if row.source != source])
    weigh = train.weights_of([examples.rows[i] for i in kept], examples.labels[kept])
    fitted = training.fit(examples.windows.of(kept, 6), examples.labels[kept], spec.strength, weigh)
    rows, windows = corpus.real(source)
    chosen = np.array([i for i, row in enumerate(rows) if specs.label(row, spec.label) == 1])
    margins = training.margins(fitted, windows.of(chosen))
    prompts = train.measured_prompts(spec, fitted)
    both = np.r_[np.ones(len(margins)), np.zeros(len(prompts))]
    return {
        "rows": len(chosen),
        "recall_at_half_percent": round(float((margins >= np.quantile(prompts, 0.995)).mean()), 4),
        "auc_against_prompts": round(float(roc_auc_score(both, np.r_[margins, prompts])), 4),
    }


def _positives(spec: specs.Spec, source: str) -> int:
    return sum(specs.label(row, spec.label) == 1 for row in datasets.load(source))


def main() -> None:
    for name in sys.argv[1:] or [spec.id for spec in specs.SPECS]:
        spec = specs.BY_ID[name]
        asked = [source for source in datasets.TRAINABLE if _positives(spec, source) >= LEAST]
        if not asked:
            continue
        examples = train.gather(spec)
        table = {source: left_out(spec, examples, source) for source in asked}
        print(name, table, flush=True)
        record = json.loads(evaluate.RECORD.read_text(encoding="utf-8"))
        evaluate.add_to_record({"leave_one_out": record.get("leave_one_out", {}) | {name: table}})


if __name__ == "__main__":
    main()
