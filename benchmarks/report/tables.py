"""Tables of the READMEs, written from the records: each stands between `<!-- table: NAME -->` and `<!-- end -->`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from benchmarks import speed as speed_suite
from benchmarks.report.records import Records

_ROOT = Path(__file__).parents[2]
FILES = (_ROOT / "README.md", _ROOT / "benchmarks" / "README.md")
_PLACE = re.compile(r"(<!-- table: (?P<name>[a-z-]+) -->\n).*?(<!-- end -->)", re.DOTALL)
_SPEED = (
    "clean-prompt", "clean-prompt-curly-quote", "clean-prompt-japanese", "clean-prompt-arabic", "prompt-with-one",
    "prompt-with-three", "prompt-with-classifiers", "bulk-prose", "finding-per-kilobyte", "numbers",
    "numbers-with-harmless-words", "stream-prose", "stream-values", "stream-numbers", "load", "memory",
)  # fmt: skip


def speed(records: Records) -> str:
    """The budgets that a reader asks for first."""
    known = records.rows("stream") | records.rows("speed")
    rows = [
        (
            name.replace("-", " "),
            speed_suite.measured(known[name]),
            speed_suite.budget(known[name]),
            f"{known[name]['ratio']:.1f}" if known[name]["ratio"] else "",
        )
        for name in _SPEED
        if name in known
    ]
    head = ("text", "measured", "goal", "times the raw Hyperscan calls")
    return _table(head, rows) + f"\n{records.taken('speed')}."


def server(records: Records) -> str:
    """Requests a second, and the delay that scanning adds."""
    rows = [
        (
            row["text"],
            f"{row['per_second']:,}",
            f"{row['times_constant']:.2f} times (goal 1.5)",
        )
        for row in records["server"]["rows"]
    ]
    head = (
        "text",
        "requests a second",
        "p99 at half of it, beside a server that answers a constant",
    )
    load = records["server"]["load_average"][0]
    return _table(head, rows) + f"\nTaken at a load of {load:.0f} on two cores."


def quality(records: Records) -> str:
    """The public corpus as a whole, by confidence."""
    rows = [
        (
            f"at least {level}" if level.isdigit() else level,
            f"{told['recall']['share']:.3f}",
            f"{told['precision']['share']:.3f}",
            f"{told['f1']:.3f}",
            "{:.3f} to {:.3f}".format(*told["interval"]),
        )
        for level, told in records["quality-corpus"]["thresholds"].items()
    ]
    head = ("confidence", "recall", "precision", "F1", "95 % interval")
    texts = f"{records['quality-corpus']['texts']:,} made-up prompts"
    return _table(head, rows) + f"\n{texts}, {records.taken('quality-corpus')}."


def peers(records: Records) -> str:
    """Each peer beside ours, on the kinds that both look for."""
    paces = records["peers-speed"].get("peers", {})
    rows = []
    for name, row in records["peers-quality"].get("peers", {}).items():
        if "failed" in row:
            rows.append((name, row["failed"]))
            continue
        pace = paces.get(name, {}).get("speed", {})
        times = (
            f"{pace[text]['peer over ours']:g}" if text in pace else "-"
            for text in ("clean", "three_values")
        )
        scores = (f"{row[side]['f1']:.2f}" for side in ("peer", "sitclassify"))
        rows.append((row["package"], str(row["kinds"]), *scores, *times))
    head = ("peer", "kinds", "its F1", "ours", "its time over ours: clean", "three values")
    return _table(head, rows)


TABLES: Mapping[str, Callable[[Records], str]] = {
    "speed": speed,
    "server": server,
    "quality": quality,
    "peers": peers,
}


def written(text: str, records: Records) -> str:
    """A README with its tables as the records have them."""
    return _PLACE.sub(lambda place: f"{place[1]}{TABLES[place['name']](records)}\n{place[3]}", text)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
    lines += [f"| {' | '.join(cells)} |" for cells in rows]
    return "\n".join(lines) + "\n"
