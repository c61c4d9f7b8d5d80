"""Ours and a peer on the same texts: what both look for is scored alike, and they take turns of the clock."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.corpus.values import kinds
from benchmarks.detectors import winners
from benchmarks.peers.peer import ANY, Peer, Process
from benchmarks.prose import TEXTS
from benchmarks.quality import prompts, spans
from benchmarks.quality.spans import Scored, Sits
from benchmarks.timing import percentile
from sitclassify.scanner import Scanner

_TURN = 20_000_000  # nanoseconds until the other one's turn
TURNS = 25
SPEED_TEXTS = ("short", "clean", "one_value", "three_values", "code", "japanese")


def quality(
    process: Process, scanner: Scanner, rows: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Both on the kinds that the peer's labels stand for; all prompts, and the English ones alone."""
    credential = frozenset(i for i, s in scanner.sits.items() if s.category == "credential")
    right = _right(process.peer, credential)
    asked = [{**r, "spans": [s for s in r["spans"] if s["label"] in right]} for r in rows]
    theirs = [_scored(row, process, right, credential) for row in asked]
    known = frozenset().union(*right.values())
    ours = prompts.score(winners(scanner), asked, {sit: frozenset([sit]) for sit in known}, right)
    told: dict[str, Any] = {"kinds": len(right)}
    for name, scored in (("peer", theirs), ("sitclassify", ours)):
        english = [s for s in scored if s.row["language"] == "en"]
        benign = [s for s in scored if not s.row["spans"]]
        alarms = 1000 * sum(len(s.found) for s in benign) / max(1, len(benign))
        told[name] = {
            **spans.figures(scored),
            "english": spans.figures(english),
            "false alarms per 1,000 texts without a value": round(alarms, 1),
        }
    return told


def _right(peer: Peer, credential: Sits) -> dict[str, Sits]:
    """Kind -> SITs that count as right for it; for a peer of secrets every credential is as right as another."""
    if ANY in peer.labels:
        return {k.name: credential for k in kinds() if credential & {*k.sits}}
    known = {sit for sits in peer.labels.values() for sit in sits}
    return {k.name: frozenset(k.sits) for k in kinds() if known & {*k.sits}}


def _scored(
    row: Mapping[str, Any], process: Process, right: Mapping[str, Sits], credential: Sits
) -> Scored:
    labels, found = process.peer.labels, process.detect(row["text"])
    if ANY in labels:
        return Scored(row, found, {f.label: credential for f in found}, right)
    return Scored(row, found, {label: frozenset(ids) for label, ids in labels.items()}, right)


def speed(
    process: Process, scanner: Scanner, texts: Sequence[str] = SPEED_TEXTS, turns: int = TURNS
) -> dict[str, Any]:
    """Microseconds a call, in turns; each timed in its own process, ours here and theirs there."""
    return {name: _pace(process, scanner, _text(name), turns) for name in texts}


def _text(name: str) -> str:
    return (TEXTS / f"{name}.txt").read_text(encoding="utf-8").rstrip("\n")


def _pace(process: Process, scanner: Scanner, text: str, turns: int) -> dict[str, Any]:
    samples: dict[str, list[int]] = {"peer": [], "sitclassify": []}
    process.time(text, _TURN)
    _own(scanner.scan, text)
    for _ in range(turns):
        samples["peer"] += process.time(text, _TURN)
        samples["sitclassify"] += _own(scanner.scan, text)
    told: dict[str, Any] = {}
    for name, kept in samples.items():
        kept.sort()
        told |= {
            f"{name} p50_us": percentile(kept, 0.5) / 1e3,
            f"{name} p99_us": percentile(kept, 0.99) / 1e3,
        }
    ratio = percentile(samples["peer"], 0.5) / percentile(samples["sitclassify"], 0.5)
    return {k: float(f"{v:.4g}") for k, v in told.items()} | {
        "peer over ours": float(f"{ratio:.3g}")
    }


def _own(scan: Any, text: str) -> list[int]:
    samples: list[int] = []
    clock = time.perf_counter_ns
    end = clock() + _TURN
    while not samples or clock() < end:
        start = clock()
        scan(text)
        samples.append(clock() - start)
    return samples
