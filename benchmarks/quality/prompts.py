"""Quality on the public corpus: needs no data but what is in the repository."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks import corpus
from benchmarks.corpus.values import kinds
from benchmarks.detectors import Detector, winners
from benchmarks.labels import ANY, StandsFor, meaning, meant
from benchmarks.quality import spans
from benchmarks.quality.spans import Scored, Sits
from benchmarks.scanners import Scanners
from sitclassify.scanner import Scanner

LEVELS = (85, 75, 65)  # thresholds beside every SIT's recommended one
_RECOMMENDED = "recommended"
_SHOWN = 25  # rows of a table on the screen; the record has all


def run(scanners: Scanners, rows: Sequence[Mapping[str, Any]], progress: Console) -> dict[str, Any]:
    """All figures, as the record holds them."""
    right = {kind.name: frozenset(kind.sits) for kind in kinds()}
    thresholds: dict[str, Any] = {}
    for level in (None, *LEVELS):
        progress.print(f"confidence {level or _RECOMMENDED} ...")
        scanner = scanners.load(min_confidence=level)
        sits = {sit: frozenset([sit]) for sit in scanner.sits}
        scored = score(winners(scanner), rows, sits, right)
        thresholds[str(level or _RECOMMENDED)] = spans.figures(scored)
        if level is None:
            recommended = scored
            families = _families(scored, {i: s.category for i, s in scanner.sits.items()}, right)
    return {
        "texts": len(rows),
        "thresholds": thresholds,
        "measured precision by stated confidence": spans.levels(scored),
        "schemas": spans.schemas(recommended),
        "families": families,
        "languages": spans.recall_by(recommended, "language"),
        "genres": spans.recall_by(recommended, "genre"),
        "false alarms by language": spans.alarms_by(recommended, "language"),
        "false alarms by genre": spans.alarms_by(recommended, "genre"),
        "hard negatives taken": spans.lures(recommended),
        "kinds": spans.kinds(recommended),
    }


def score(
    detect: Detector,
    rows: Iterable[Mapping[str, Any]],
    sits: Mapping[str, Sits],
    right: Mapping[str, Sits],
) -> list[Scored]:
    """Ask a detector every row. `sits`: what its labels stand for; spans of other labels are left out."""
    return [
        Scored(row, [f for f in detect(row["text"]) if f.label in sits], sits, right)
        for row in rows
    ]


def credentials(scanner: Scanner) -> Sits:
    """The SITs that are credentials."""
    return frozenset(i for i, sit in scanner.sits.items() if sit.category == "credential")


def right_for(labels: StandsFor, credential: Sits) -> dict[str, Sits]:
    """Kinds that a detector with these labels looks for -> SITs that are right; of credentials each is."""
    if ANY in labels:
        return {k.name: credential for k in kinds() if credential & {*k.sits}}
    known = frozenset().union(*meaning(labels, credential).values())
    return {k.name: frozenset(k.sits) for k in kinds() if known & {*k.sits}}


def asked(rows: Iterable[Mapping[str, Any]], right: Mapping[str, Sits]) -> list[dict[str, Any]]:
    """The rows with the spans of those kinds alone."""
    return [{**r, "spans": [s for s in r["spans"] if s["label"] in right]} for r in rows]


def score_labels(
    detect: Detector,
    rows: Iterable[Mapping[str, Any]],
    labels: StandsFor,
    right: Mapping[str, Sits],
    credential: Sits,
) -> list[Scored]:
    """The same for a detector with labels of its own."""
    meanings, told = meaning(labels, credential), []
    for row in rows:
        found = detect(row["text"])
        sits = {f.label: meant(f.label, meanings) for f in found}
        told.append(Scored(row, [f for f in found if sits[f.label]], sits, right))
    return told


def run_for(
    detect: Detector, labels: StandsFor, scanner: Scanner, rows: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """All figures of a detector that somebody names, on the kinds that its labels stand for."""
    credential = credentials(scanner)
    right = right_for(labels, credential)
    scored = score_labels(detect, asked(rows, right), labels, right, credential)
    return {
        "texts": len(rows),
        "all": spans.figures(scored),
        "languages": spans.recall_by(scored, "language"),
        "genres": spans.recall_by(scored, "genre"),
        "false alarms by language": spans.alarms_by(scored, "language"),
        "hard negatives taken": spans.lures(scored),
        "kinds": spans.kinds(scored),
    }


def _families(
    scored: Sequence[Scored], category: Mapping[str, str], right: Mapping[str, Sits]
) -> dict[str, Any]:
    """Figures with only the labels and the detections of one category of SITs."""
    family = {label: category[min(s)] for label, s in right.items() if min(s) in category}
    told = {}
    for name in sorted(set(family.values())):
        own = [
            Scored(
                {**s.row, "spans": [p for p in s.row["spans"] if family.get(p["label"]) == name]},
                [f for f in s.found if category[f.label] == name],
                s.sits,
                right,
            )
            for s in scored
        ]
        told[name] = spans.figures(own)
    return told


def rows() -> list[dict[str, Any]]:
    """The public corpus."""
    return list(corpus.read())


def tables(figures: Mapping[str, Any]) -> list[Table]:
    """For the terminal."""
    if "thresholds" not in figures:
        return [_table("on what it looks for", {"all": figures["all"]} | figures["kinds"])]
    shown = [_table("confidence at least", figures["thresholds"])]
    shown.append(_table("family", figures["families"]))
    weak = sorted(figures["kinds"].items(), key=lambda item: item[1]["f1"])[:_SHOWN]
    shown.append(_table("kinds with the lowest F1", dict(weak)))
    other = Table(
        "measured precision", "hard negatives taken", "F1 of schemas", title_justify="left"
    )
    precise = _lines(figures["measured precision by stated confidence"], "share")
    taken = _lines(figures["hard negatives taken"], "share")
    other.add_row(precise, taken, _lines(figures["schemas"], "f1"))
    return [*shown, other]


def _lines(told: Mapping[str, Any], name: str) -> str:
    return "\n".join(f"{key}: {value[name]:.4f}" for key, value in told.items())


def _table(title: str, told: Mapping[str, Any]) -> Table:
    table = Table(title, "recall", "precision", "F1", "95 % interval of F1", title_justify="left")
    for name, row in told.items():
        shares = (
            f"{row[c]['share']:.4f} ({row[c]['hits']}/{row[c]['of']})"
            for c in ("recall", "precision")
        )
        low, high = row["interval"]
        table.add_row(name, *shares, f"{row['f1']:.4f}", f"{low:.4f}..{high:.4f}")
    return table
