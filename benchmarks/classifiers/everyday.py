"""Everyday prompts, written apart from the grammars, that no attack or abuse classifier should flag: `probes/everyday.txt`.

Adds `everyday` to the record: per genre the share flagged at medium, and by which classifiers. Every second prompt
(odd places) was never looked at while training text was written: `unseen` counts these alone.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import evaluate
import specs

from sitclassify.classifiers.loading import find
from sitclassify.classifiers.runtime import ClassifierSet

PROBES = Path(__file__).parent / "probes" / "everyday.txt"
MEANT = (
    "prompt-attack",
    "content-safety",
)  # what a prompt must not be called; what it is about may be right


def prompts() -> list[tuple[str, str]]:
    """Genre and text of every prompt."""
    genre, found = "", []
    for line in PROBES.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            genre = line[2:]
        else:
            found.append((genre, line.replace("\\n", "\n")))
    return found


def main() -> None:
    models = ClassifierSet(find("packaged"))
    rows, flagged, by, unseen = Counter(), Counter(), Counter(), [0, 0]
    for number, (genre, text) in enumerate(prompts()):
        wrong = [answer.classifier for answer in models.classify(text) if answer.matched
                 and specs.BY_ID[answer.classifier].category in MEANT]  # fmt: skip
        rows[genre] += 1
        flagged[genre] += bool(wrong)
        by.update(wrong)
        if number % 2 == 0:
            unseen = [unseen[0] + 1, unseen[1] + bool(wrong)]
        elif wrong and "--show" in sys.argv:
            print(genre, "|", text[:100].replace("\n", " / "), wrong)
    table = {
        "rows": rows.total(), "flagged": flagged.total(), "unseen": {"rows": unseen[0], "flagged": unseen[1]},
        "genres": {genre: {"rows": rows[genre], "flagged": flagged[genre]} for genre in rows}, "by": dict(by),
    }  # fmt: skip
    print(json.dumps(table, indent=1))
    evaluate.add_to_record({"everyday": table})


if __name__ == "__main__":
    main()
