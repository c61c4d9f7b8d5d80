"""Writes `models/entities/clusters.txt`: words by Brown cluster, those that stand between the same neighbours.

pip install spacy-lookups-data    # MIT
python -m benchmarks.entities.clusters models/entities
"""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.vocabularies.name_lists import table

_RARE = -16.9  # natural logarithm of a word's share in all text


def main(folder: Path) -> None:
    clusters, chances = table("en_lexeme_cluster"), table("en_lexeme_prob")
    told: dict[int, list[str]] = {}
    for word, cluster in clusters.items():
        is_word = len(word) > 1 and all(c.isalpha() or c in "'-" for c in word)
        if cluster and is_word and chances.get(word, -99.0) > _RARE:
            told.setdefault(cluster, []).append(word)
    lines = (f"{cluster} {' '.join(sorted(words))}\n" for cluster, words in sorted(told.items()))
    (folder / "clusters.txt").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
