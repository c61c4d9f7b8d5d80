"""Draws the record: `python plots.py` writes `../records/classifiers-*.svg`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

import evaluate

_LEFT, _WIDTH, _ROW, _TOP, _RIGHT = 330, 520, 16, 56, 90  # pixels
COLOURS = ("#2563a8", "#c4521b", "#6b7280")  # apart for the colour-blind too


class Line(NamedTuple):
    """A row of dots from 0 to 1; without dots a heading."""

    name: str
    dots: Sequence[float | None] = ()
    note: str = ""


def chart(title: str, series: Sequence[str], lines: Sequence[Line], most: float = 1.0) -> str:
    """Dots of several series, a line a name; `most` is the right end of the axis."""
    height = _TOP + _ROW * len(lines) + 24
    drawn = [f'<text x="8" y="18" class="head">{escape(title)}</text>']
    for number, (name, colour) in enumerate(zip(series, COLOURS, strict=False)):
        x = _LEFT + number * 190
        drawn.append(f'<circle cx="{x}" cy="34" r="4" fill="{colour}"/>')
        drawn.append(f'<text x="{x + 9}" y="38">{escape(name)}</text>')
    for step in range(6):
        x = _LEFT + _WIDTH * step / 5
        drawn.append(f'<line x1="{x}" x2="{x}" y1="{_TOP - 8}" y2="{height - 20}" class="grid"/>')
        drawn.append(f'<text x="{x}" y="{height - 6}" text-anchor="middle">{most * step / 5:g}</text>')  # fmt: skip
    for number, line in enumerate(lines):
        y = _TOP + _ROW * number + 4
        kind = "" if line.dots else ' class="head"'
        drawn.append(f'<text x="{20 if line.dots else 8}" y="{y + 4}"{kind}>{escape(line.name)}</text>')  # fmt: skip
        drawn.append(f'<text x="{_LEFT + _WIDTH + 10}" y="{y + 4}">{escape(line.note)}</text>')
        for value, colour in zip(line.dots, COLOURS, strict=False):
            if value is not None:
                x = _LEFT + _WIDTH * min(value / most, 1)
                drawn.append(f'<circle cx="{x:.1f}" cy="{y}" r="4" fill="{colour}" fill-opacity="0.8"/>')  # fmt: skip
    style = "text{font:11px sans-serif;fill:#222}.head{font-weight:bold}.grid{stroke:#ddd}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_LEFT + _WIDTH + _RIGHT}" height="{height}">'
        f'<style>{style}</style><rect width="100%" height="100%" fill="#fff"/>{"".join(drawn)}</svg>\n'
    )


def quality(record: dict) -> Iterable[Line]:
    """Recall per model and data set."""
    left_out = record.get("leave_one_out", {})
    for name, figures in record["classifiers"].items():
        yield Line(name)
        for source, entry in figures["sets"].items():
            if "positive" in entry:
                part, out = entry["positive"], left_out.get(name, {}).get(source)
                third = out["recall_at_half_percent"] if out else None
                mark = "" if entry["trainable"] else " (measured only)"
                yield Line(source + mark, (part["medium"], part["at_half_percent"], third), f"n {part['rows']}")  # fmt: skip


def benign(record: dict) -> Iterable[Line]:
    """Share of benign texts that any default classifier flags."""
    for source, entry in record["benign"].items():
        yield Line(source, (entry["medium"], entry["high"]), f"n {entry['rows']}")
    yield Line("everyday prompts, written apart, flagged as attack or abuse")
    for genre, entry in record["everyday"]["genres"].items():
        yield Line(genre, (entry["flagged"] / entry["rows"],), f"n {entry['rows']}")


def evasion(record: dict) -> Iterable[Line]:
    """Recall after each disguise as a share of the plain recall."""
    for name, entry in record["evasion"].items():
        yield Line(f"{name}: {entry['plain']:.3f} of {entry['texts']} texts as they are")
        for how, figures in entry["disguised"].items():
            yield Line(how, (min(figures["of_plain"], 1.0),), f"{figures['of_plain']:.2f}")


def main() -> None:
    record = json.loads(evaluate.RECORD.read_text(encoding="utf-8"))
    three = (
        "recall at medium",
        "recall at 0.5 % false positives",
        "the same, set left out of training",
    )
    for name, drawn in (
        ("quality", chart("Recall on held-back texts", three, [*quality(record)])),
        ("benign", chart("Benign texts flagged by any default classifier", ("medium", "high"), [*benign(record)], 0.1)),
        ("evasion", chart("Recall after disguise, as a share of the plain recall", ("share",), [*evasion(record)])),
    ):  # fmt: skip
        path = evaluate.RECORD.with_name(f"classifiers-{name}.svg")
        path.write_text(drawn, encoding="utf-8")


if __name__ == "__main__":
    main()
