"""What was measured of the peers, for the terminal."""

from __future__ import annotations

from typing import Any

from rich.table import Table

from benchmarks.peers import compare


def quality(told: dict[str, Any]) -> Table:
    """F1, recall and precision on what both look for."""
    table = Table("peer", "kinds", "F1", "ours", "recall", "ours", "precision", "ours")
    for name, row in told.items():
        if "failed" in row:
            table.add_row(name, row["failed"])
            continue
        theirs, ours = row["peer"], row["sitclassify"]
        cells = [f"{side['f1']:.3f}" for side in (theirs, ours)]
        cells += [f"{s[c]['share']:.3f}" for c in ("recall", "precision") for s in (theirs, ours)]
        table.add_row(name, str(row["kinds"]), *cells)
    return table


def speed(told: dict[str, Any]) -> Table:
    """How many times as long the peer takes."""
    texts = compare.SPEED_TEXTS
    table = Table("peer", *texts, title="times our p50 (under 1: the peer is faster)")
    for name, row in told.items():
        if "failed" in row:
            table.add_row(name, row["failed"])
            continue
        cells = (row["speed"].get(text, {}).get("peer over ours", "") for text in texts)
        table.add_row(name, *map(str, cells))
    return table


TABLES = {"quality": quality, "speed": speed}
