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

from sitclassify.classifiers import training

LEAST = 20  # positives of a set for its figure to mean something


def left_out(spec: specs.Spec, source: str) -> dict[str, float]:
    """Recall on one set by a model that has never seen any of it."""
    examples = train.gather(spec, frozenset((source,)))
    weigh = np.array(
        [
            train.REAL if y and not row.source.startswith("synthetic_") else 1.0
            for row, y in zip(examples.rows, examples.labels, strict=True)
        ]
    )
    fitted = training.fit(
        examples.windows.of(np.arange(len(examples.rows)), 6), examples.labels, spec.strength, weigh
    )
    rows, windows = corpus.real(source)
    chosen = np.array([i for i, row in enumerate(rows) if specs.label(row, spec.label) == 1])
    margins = training.margins(fitted, windows.of(chosen))
    measured = train.measured_prompts(spec, fitted)
    threshold = np.quantile(measured, 0.995)
    return {
        "rows": len(chosen),
        "recall_at_half_percent": round(float((margins >= threshold).mean()), 4),
    }


def main() -> None:
    table: dict[str, dict] = {}
    for name in sys.argv[1:] or [spec.id for spec in specs.SPECS]:
        spec = specs.BY_ID[name]
        for source in datasets.TRAINABLE:
            if source in ("wnut17", "wikigold"):
                continue
            if sum(specs.label(row, spec.label) == 1 for row in datasets.load(source)) >= LEAST:
                table.setdefault(name, {})[source] = left_out(spec, source)
                print(name, source, table[name][source], flush=True)
    record = json.loads(evaluate.RECORD.read_text(encoding="utf-8"))
    record.setdefault("leave_one_out", {}).update(table)
    evaluate.RECORD.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
