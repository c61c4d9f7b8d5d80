"""Spans that a detector found, held against the labelled ones: per kind, per place, exact and partial."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.detectors import Found
from benchmarks.quality.share import Share, share

Sits = frozenset[str]
_NOTHING = "nothing"


@dataclass(frozen=True)
class Scored:
    """One text and what was found in it. `right` maps its labels to the SITs that are right for them."""

    row: Mapping[str, Any]
    found: Sequence[Found]
    sits: Mapping[str, Sits]  # label of `found` -> SITs it stands for
    right: Mapping[str, Sits]

    def is_hit(self, span: Mapping[str, Any]) -> bool:
        """Whether a labelled span was found as what it is."""
        return any(_overlap(f, span) and self._is_right(f, span) for f in self.found)

    def truth(self, found: Found) -> str | None:
        """The label that a found span is right about; None: it is a false alarm."""
        spans = (s for s in self.row["spans"] if _overlap(found, s) and self._is_right(found, s))
        return next((str(s["label"]) for s in spans), None)

    def confused(self, found: Found) -> str:
        """What a false alarm took for something: another kind, a lure, or nothing labelled."""
        places = (*self.row["spans"], *self.row.get("lures", ()))
        return next((str(s["label"]) for s in places if _overlap(found, s)), _NOTHING)

    def _is_right(self, found: Found, span: Mapping[str, Any]) -> bool:
        return bool(self.sits[found.label] & self.right[span["label"]])


def _overlap(found: Found, span: Mapping[str, Any]) -> bool:
    return bool(found.start < span["end"] and span["start"] < found.end)


def f1(right: int, false: int, missed: int) -> dict[str, Any]:
    """F1 with the exact interval of its share: it rises with right / (right + false + missed)."""
    counted = Share(right, right + false + missed)
    low, high = (2 * bound / (1 + bound) for bound in counted.interval)
    value = 2 * counted.value / (1 + counted.value)
    return {"f1": round(value, 5), "interval": [round(low, 5), round(high, 5)]}


def figures(scored: Sequence[Scored]) -> dict[str, Any]:
    """Recall, precision and F1 over all texts."""
    hits = [s.is_hit(span) for s in scored for span in s.row["spans"]]
    truths = [s.truth(f) is not None for s in scored for f in s.found]
    return {
        "recall": share(hits),
        "precision": share(truths),
        **f1(sum(hits), len(truths) - sum(truths), len(hits) - sum(hits)),
    }


def kinds(scored: Iterable[Scored]) -> dict[str, Any]:
    """The same per label; a false alarm counts for every label that its SIT is right for."""
    hits: dict[str, list[bool]] = defaultdict(list)
    right: Counter[str] = Counter()
    false: dict[str, Counter[str]] = defaultdict(Counter)
    for s in scored:
        for span in s.row["spans"]:
            hits[span["label"]].append(s.is_hit(span))
        for found in s.found:
            truth = s.truth(found)
            if truth is not None:
                right[truth] += 1
                continue
            for label, sits in s.right.items():
                if sits & s.sits[found.label]:
                    false[label][s.confused(found)] += 1
    told = {}
    for label in sorted(hits):
        alarms = false[label].total()
        told[label] = {
            "recall": share(hits[label]),
            "precision": Share(right[label], right[label] + alarms).told(),
            **f1(sum(hits[label]), alarms, len(hits[label]) - sum(hits[label])),
            "false alarms on": dict(false[label].most_common()),
        }
    return told


def recall_by(scored: Iterable[Scored], name: str) -> dict[str, Any]:
    """Recall by a field of the rows: language, genre."""
    hits: dict[str, list[bool]] = defaultdict(list)
    for s in scored:
        hits[s.row[name]] += [s.is_hit(span) for span in s.row["spans"]]
    return {value: share(hits[value]) for value in sorted(hits)}


def alarms_by(scored: Iterable[Scored], name: str) -> dict[str, Any]:
    """Texts without any value that were flagged, by a field of the rows, and alarms per 1,000 texts."""
    texts: dict[str, list[int]] = defaultdict(list)
    for s in scored:
        if not s.row["spans"]:
            texts[s.row[name]].append(len(s.found))
    return {
        value: share(bool(n) for n in counts)
        | {"per 1,000 texts": round(1000 * sum(counts) / len(counts), 2)}
        for value, counts in sorted(texts.items())
    }


def lures(scored: Iterable[Scored]) -> dict[str, Any]:
    """By kind of hard negative: the share that was taken for a value."""
    taken: dict[str, list[bool]] = defaultdict(list)
    for s in scored:
        for lure in s.row["lures"]:
            is_taken = any(_overlap(f, lure) and s.truth(f) is None for f in s.found)
            taken[lure["label"]].append(is_taken)
    return {kind: share(taken[kind]) for kind in sorted(taken)}


def levels(scored: Iterable[Scored]) -> dict[str, Any]:
    """Measured precision of the detections of each stated confidence."""
    right: dict[int, list[bool]] = defaultdict(list)
    for s in scored:
        for found in s.found:
            right[found.confidence].append(s.truth(found) is not None)
    return {str(level): share(right[level]) for level in sorted(right, reverse=True)}


def schemas(scored: Sequence[Scored]) -> dict[str, Any]:
    """Exact, partial, type and strict scores of nervaluate over all kinds."""
    from nervaluate.evaluator import Evaluator

    true = [
        [{"label": s["label"], "start": s["start"], "end": s["end"]} for s in one.row["spans"]]
        for one in scored
    ]
    found = [
        [
            {"label": one.truth(f) or f"not {f.label}", "start": f.start, "end": f.end}
            for f in one.found
        ]
        for one in scored
    ]
    tags = sorted({span["label"] for spans in (*true, *found) for span in spans})
    overall = Evaluator(true, found, tags=tags, loader="dict").evaluate()["overall"]
    names = {"ent_type": "type", "exact": "exact", "partial": "partial", "strict": "strict"}
    return {
        name: {
            "precision": round(overall[schema].precision, 5),
            "recall": round(overall[schema].recall, 5),
            "f1": round(overall[schema].f1, 5),
        }
        for schema, name in names.items()
    }
