"""How long does classifying take? All default classifiers, beside scikit-learn's own pipeline per model.

Adds `speed` to the record: median and 99th percentile of single calls in microseconds, load time and memory. Times
are of the processor, not of the clock on the wall: on a machine with other work that is what a call takes alone.
"""

from __future__ import annotations

import subprocess
import sys
import time

import datasets
import evaluate
import numpy as np

from sitclassify.classifiers.loading import find
from sitclassify.classifiers.runtime import ClassifierSet


def texts(size: int) -> list[str]:
    """Held-back assistant answers and prompts joined to texts of a size."""
    rows = [
        row.text
        for source in ("assistant_answers", "coding_prompts", "gsm8k")
        for row in datasets.load(source)
        if row.held_back
    ]
    whole = "\n".join(rows)
    return [whole[at : at + size] for at in range(0, min(len(whole) - size, size * 200), size)]


def percentiles(call, samples: list[str], rounds: int) -> dict[str, float]:
    """Of every single call, in microseconds."""
    times = []
    for sample in samples:
        call(sample)
    for _ in range(rounds):
        for sample in samples:
            started = time.process_time_ns()
            call(sample)
            times.append((time.process_time_ns() - started) / 1000)
    return {
        "p50": round(float(np.percentile(times, 50)), 1),
        "p99": round(float(np.percentile(times, 99)), 1),
    }


def fresh() -> dict[str, float]:
    """Load time and memory in a new process."""
    code = (
        "import time, numpy; from sitclassify.classifiers import loading, runtime;"
        "rss = lambda: int(open('/proc/self/statm').read().split()[1]) * 4 / 1024;"
        "m0 = rss(); t = time.process_time(); models = runtime.ClassifierSet(loading.find('packaged'));"
        "load = (time.process_time() - t) * 1000; models.classify('some words to warm up ' * 20);"
        "print(load, rss() - m0)"
    )
    out = subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        text=True,
    )
    load, memory = map(float, out.stdout.split())
    return {"load_ms": round(load), "memory_mb": round(memory, 1)}


def main() -> None:
    from sklearn.feature_extraction.text import HashingVectorizer

    models = ClassifierSet(find("packaged"))
    table: dict[str, object] = {"classifiers": len(models.models)} | fresh()
    words, grams = (
        HashingVectorizer(ngram_range=(1, 2), n_features=1 << 18),
        HashingVectorizer(analyzer="char_wb", ngram_range=(4, 4), n_features=1 << 18),
    )
    weights = np.zeros((1 << 18, len(models.models)))
    for size, rounds in ((100, 10), (1000, 10), (10_000, 3), (100_000, 1)):
        samples = texts(size)
        table[f"{size}"] = {
            "ours": percentiles(models.classify, samples, rounds),
            "scikit-learn": percentiles(
                lambda text: (words.transform([text]) @ weights, grams.transform([text]) @ weights),
                samples[:50],
                2,
            ),
        }
        print(size, table[f"{size}"], flush=True)
    print({key: table[key] for key in ("classifiers", "load_ms", "memory_mb")})
    evaluate.add_to_record({"speed": table})


if __name__ == "__main__":
    main()
