"""One page with every figure; it loads nothing from elsewhere."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from benchmarks.report import figures
from benchmarks.report.records import Records

_TITLES = {
    "peers": "Beside other detectors",
    "quality": "What is found, and what is not",
    "robustness": "When somebody hides a value",
    "speed": "How fast",
}


def build(records: Records) -> str:
    """The page as HTML."""
    files = FileSystemLoader(Path(__file__).parent)
    templates = Environment(
        loader=files, autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    told = figures.of(records)
    page = templates.get_template("page.html").render(
        digest=records.digest,
        headlines=headlines(records),
        sections=[(name, _TITLES[name], told[name]) for name in told],
        taken=records.taken,
    )
    return page + "\n"


def headlines(records: Records) -> list[tuple[str, str]]:
    """The figures that a reader asks for first, and what each is."""
    told: list[tuple[str, str]] = []
    rows, corpus = records.rows("speed"), records["quality-corpus"]
    if "clean-prompt" in rows:
        clean = rows["clean-prompt"]["figures"]
        told.append((f"{clean['p50_us']:.1f} µs", "a clean prompt of 0.7 KB, median"))
    if "prompt-with-three" in rows:
        three = rows["prompt-with-three"]["figures"]
        told.append((f"{three['p50_us']:.0f} µs", "a prompt with three values, median"))
    if corpus:
        whole = corpus["thresholds"]["recommended"]
        told.append((f"{whole['f1']:.3f}", f"F1 on {corpus['texts']:,} public prompts"))
        told.append((str(corpus["catalogue"]["sits"]), "types loaded"))
    peers = [row for row in records["peers-quality"].get("peers", {}).values() if "peer" in row]
    if peers:
        better = sum(row["sitclassify"]["f1"] > row["peer"]["f1"] for row in peers)
        told.append((f"{better} of {len(peers)}", "peers with a lower F1 on what they look for"))
    return told
