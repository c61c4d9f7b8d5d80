"""Writes `models/words.txt`: the frequent words of the permitted texts, for undoing disguises."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import datasets
import synthetic

from sitclassify.classifiers.features import normal_form

MOST = 20_000


def main() -> None:
    counts: Counter[str] = Counter()
    for source in datasets.TRAINABLE:
        if source.startswith("source_code"):
            continue
        for row in datasets.load(source):
            if row.trainable and not row.held_back:
                counts.update(set(re.findall(r"[a-z]{2,20}", row.text.lower())))
    for kind in ("direct", "indirect", "jailbreak", "foreign", "harmful"):
        for text, _, _ in synthetic.generate(kind, 1500):
            counts.update(set(re.findall(r"[^\W\d_]{2,20}", text.lower())))
    words = ["a", "i"] + [
        word for word, count in counts.most_common(MOST) if count > 3 and normal_form(word) == word
    ]
    (Path(__file__).parents[2] / "models" / "words.txt").write_text(
        "\n".join(words) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
