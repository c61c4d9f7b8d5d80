"""Ours and a peer on the same texts: what both look for is scored alike, and they take turns of the clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.detectors import winners
from benchmarks.peers.local import Local
from benchmarks.peers.peer import Process
from benchmarks.prose import TEXTS
from benchmarks.quality import prompts, spans
from benchmarks.quality.spans import Scored
from benchmarks.timing import percentile, samples
from sitclassify.scanner import Scanner

_TURN = 20_000_000  # nanoseconds until the other one's turn
TURNS = 25
SPEED_TEXTS = ("short", "clean", "one_value", "three_values", "code", "japanese")


def quality(
    process: Process | Local, scanner: Scanner, rows: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Both on the kinds that the peer's labels stand for; all prompts, and the English ones alone."""
    credential = prompts.credentials(scanner)
    right = prompts.right_for(process.labels, credential)
    asked = prompts.asked(rows, right)
    theirs = prompts.score_labels(process.detect, asked, process.labels, right, credential)
    known = frozenset().union(*right.values())
    ours = prompts.score(winners(scanner), asked, {sit: frozenset([sit]) for sit in known}, right)
    return {"kinds": len(right), "peer": _side(theirs), "sitclassify": _side(ours)}


def _side(scored: Sequence[Scored]) -> dict[str, Any]:
    english = [s for s in scored if s.row["language"] == "en"]
    benign = [s for s in scored if not s.row["spans"]]
    alarms = 1000 * sum(len(s.found) for s in benign) / max(1, len(benign))
    return {
        **spans.figures(scored),
        "english": spans.figures(english),
        "false alarms per 1,000 texts without such a value": round(alarms, 1),
    }


def speed(
    process: Process | Local,
    scanner: Scanner,
    texts: Sequence[str] = SPEED_TEXTS,
    turns: int = TURNS,
) -> dict[str, Any]:
    """Microseconds a call, in turns; each timed in its own process, ours here and theirs there."""
    return {"speed": {name: _pace(process, scanner, _text(name), turns) for name in texts}}


def _text(name: str) -> str:
    return (TEXTS / f"{name}.txt").read_text(encoding="utf-8").rstrip("\n")


def _pace(process: Process | Local, scanner: Scanner, text: str, turns: int) -> dict[str, Any]:
    kept: dict[str, list[int]] = {"peer": [], "sitclassify": []}
    process.time(text, _TURN)
    samples(lambda: scanner.scan(text), _TURN)
    for _ in range(turns):
        kept["peer"] += process.time(text, _TURN)
        kept["sitclassify"] += samples(lambda: scanner.scan(text), _TURN)
    told: dict[str, Any] = {}
    for name, taken in kept.items():
        taken.sort()
        told |= {
            f"{name} p50_us": percentile(taken, 0.5) / 1e3,
            f"{name} p99_us": percentile(taken, 0.99) / 1e3,
        }
    ratio = percentile(kept["peer"], 0.5) / percentile(kept["sitclassify"], 0.5)
    return {k: float(f"{v:.4g}") for k, v in told.items()} | {
        "peer over ours": float(f"{ratio:.3g}")
    }
