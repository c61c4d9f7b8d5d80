"""The figures of the page: what each is called, what it says, and the rows it is drawn and told of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from benchmarks.definition import AT_LEAST
from benchmarks.report import plots
from benchmarks.report.plots import Row
from benchmarks.report.records import Records

_WEAKEST, _DEAREST = 20, 20  # rows of kinds, and of expressions
_CASES = 20  # fewer say nothing of a goal
_OURS = "sitclassify"


class Figure(NamedTuple):
    """One plot, and its rows for those who would rather read."""

    title: str
    says: str
    record: str
    rows: Sequence[Row]
    draw: Callable[[], str]  # its SVG


def peers_quality(records: Records) -> Figure:
    """F1 on what both look for."""
    rows = [
        {
            "name": name,
            "value": row[_OURS]["f1"],
            "other": row["peer"]["f1"],
            "kinds": row["kinds"],
            "its recall": row["peer"]["recall"]["share"],
            "its precision": row["peer"]["precision"]["share"],
            "its F1 in English": row["peer"]["english"]["f1"],
            "ours in English": row[_OURS]["english"]["f1"],
        }
        for name, row in records["peers-quality"]["peers"].items()
        if "failed" not in row
    ]
    says = (
        "F1 on the kinds of values that a peer and we both look for, in the same 5,000 prompts. A secret scanner is"
        " right when it finds any credential where there is one. The prompts are ours: we could learn from what we"
        " missed there, a peer could not."
    )
    draw = partial(plots.pairs, rows, "F1", (_OURS, "peer"))
    return Figure("Quality", says, "peers-quality", rows, draw)


def peers_speed(records: Records) -> Figure:
    """How many times as long a peer takes."""
    rows = [
        {"name": name, "kind": text.replace("_", " "), "value": pace["peer over ours"]}
        | {key: pace[key] for key in ("peer p50_us", "sitclassify p50_us")}
        for name, row in records["peers-speed"]["peers"].items()
        for text, pace in row.get("speed", {}).items()
    ]
    says = (
        "A peer's median time over ours, in turns on the same texts. Left of the line it is faster."
    )
    draw = partial(plots.scattered, rows, "times our time", 1)
    return Figure("Time", says, "peers-speed", rows, draw)


def budgets(records: Records) -> Figure:
    """Each budget's worst figure over its limit."""
    rows = []
    for name, row in (records.rows("stream") | records.rows("speed")).items():
        over = {
            figure: limit / row["figures"][figure]
            if figure in AT_LEAST
            else row["figures"][figure] / limit
            for figure, limit in row["budget"].items()
        }
        if over:
            worst = max(over, key=lambda figure: over[figure])
            figures = {"figure": worst, "measured": row["figures"][worst]}
            told = {"name": name.replace("-", " "), "value": round(over[worst], 3)}
            rows.append(told | figures | {"budget": row["budget"][worst]})
    says = "Every budget of the contract: what was measured over the limit. Left of the line it is kept."
    draw = partial(plots.amounts, rows, "times the budget", 1, log=True)
    return Figure("Speed, by the budgets", says, "speed", rows, draw)


def growth(records: Records) -> Figure:
    """MB/s by the length of a text."""
    rows = [
        {
            "name": name.removeprefix("growth-"),
            "kind": figure.removeprefix("mb_per_s_").replace("_", " "),
            "value": value,
        }
        for name, row in records.rows("speed").items()
        for figure, value in row["figures"].items()
        if name.startswith("growth-") and figure.startswith("mb_per_s_")
    ]
    says = "MB a second for one text of each length; the line is the budget of a document with a finding in every KB."
    draw = partial(plots.scattered, rows, "MB a second", 100)
    return Figure("Does time grow with the length only?", says, "speed", rows, draw)


def expressions(records: Records) -> Figure:
    """The dearest expressions, by SIT."""
    cost: dict[str, float] = {}
    for row in records["expressions"]["expressions"]:
        sit = row["owner"].partition(" ")[0]
        cost[sit] = cost.get(sit, 0) + 1000 / row["mb_per_s"]
    dearest = sorted(cost.items(), key=lambda item: -item[1])[:_DEAREST]
    rows = [{"name": sit, "value": round(nanoseconds, 3)} for sit, nanoseconds in dearest]
    says = "What a type's expressions cost when each is asked alone, in nanoseconds per byte; together they cost less."
    draw = partial(plots.amounts, rows, "ns per byte")
    return Figure("The dearest types", says, "expressions", rows, draw)


def families(records: Records) -> Figure:
    """F1 by family."""
    rows = [
        _row(name, {"share": told["f1"], "interval": told["interval"]})
        for name, told in records["quality-corpus"]["families"].items()
    ]
    says = "F1 by family of types on the public corpus, with its interval of 95 %."
    draw = partial(plots.shares, rows, "F1", _domain(rows))
    return Figure("Quality by family", says, "quality-corpus", rows, draw)


def weakest(records: Records) -> Figure:
    """The kinds with the lowest F1."""
    kinds = sorted(records["quality-corpus"]["kinds"].items(), key=lambda item: item[1]["f1"])
    rows = [
        _row(name, {"share": told["f1"], "interval": told["interval"]})
        | {"recall": told["recall"]["share"], "precision": told["precision"]["share"]}
        for name, told in kinds[:_WEAKEST]
    ]
    says = f"The {_WEAKEST} kinds of values that we find worst on the public corpus."
    draw = partial(plots.shares, rows, "F1")
    return Figure("Where we are weak", says, "quality-corpus", rows, draw)


def goals_found(records: Records) -> Figure:
    """Goals of recall and precision on labelled data of others."""
    says = (
        "Held-back rows of data that others labelled: test values of python-stdnum and Presidio, telephone numbers,"
        " examples of secret scanners. A goal is kept where the point is right of its red bar."
    )
    rows = [row for row in _goals(records) if row["limit"] >= 0.5]
    draw = partial(plots.shares, rows, "share", _domain(rows))
    return Figure("Goals: found, and right", says, "quality-identifiers", rows, draw)


def goals_alarms(records: Records) -> Figure:
    """Goals of false alarms on benign texts of others."""
    says = "The same, for benign texts and values with a wrong check digit. A goal is kept left of its bar."
    rows = [row for row in _goals(records) if row["limit"] < 0.5]
    draw = partial(plots.shares, rows, "flagged", _domain(rows))
    return Figure("Goals: false alarms", says, "quality-identifiers", rows, draw)


def _goals(records: Records) -> list[dict[str, Any]]:
    told = (
        (prefix, goal)
        for record, prefix in (("quality-identifiers", ""), ("quality-secrets", "secrets: "))
        for goal in records[record]["goals"]
        if goal["of"] >= _CASES
    )
    return [
        _row(prefix + g["goal"].replace("_", " "), g) | {"limit": g["limit"]} for prefix, g in told
    ]


def _of_corpus(key: str, title: str, says: str, x: str) -> Callable[[Records], Figure]:
    def figure(records: Records) -> Figure:
        rows = [_row(name, told) for name, told in records["quality-corpus"][key].items()]
        draw = partial(plots.shares, rows, x, _domain(rows))
        return Figure(title, says, "quality-corpus", rows, draw)

    return figure


def transformations(records: Records) -> Figure:
    """Recall by the way a value is written."""
    told = records["robustness"]["transformations"]
    rows = sorted((_row(name, share) for name, share in told.items()), key=lambda r: -r["value"])
    says = (
        f"The same {records['robustness']['values']} values beside their words, written as people and attackers"
        " write them: how many are still found."
    )
    draw = partial(plots.shares, rows, "found")
    return Figure("Robustness", says, "robustness", rows, draw)


def hostile(records: Records) -> Figure:
    """Seconds of hostile texts."""
    rows = [
        {"name": name, "value": told["seconds"], "times half": told["times half"]}
        for name, told in records["robustness"]["hostile"].items()
    ]
    rows.sort(key=lambda row: -row["value"])
    says = "Texts of a million characters made to be slow. Past the line a text takes more than a second."
    draw = partial(plots.amounts, rows, "seconds", 1, log=True)
    return Figure("Hostile texts", says, "robustness", rows, draw)


def classifiers(records: Records) -> Figure:
    """Recall of the classifiers at few false alarms."""
    rows = [
        {"name": name, "value": told["recall_at_half_percent"], "other": told["auc"]}
        | {"positives": told["positives"]}
        for name, told in records["classifiers"]["classifiers"].items()
        if told.get("auc") is not None
    ]
    says = (
        "On held-back texts: the share that is found where half a percent of harmless prompts is flagged, and the"
        " area under the ROC curve. Some have few texts: see the numbers."
    )
    draw = partial(plots.pairs, rows, "share", ("found at 0.5 % false alarms", "ROC AUC"))
    return Figure("Trained classifiers", says, "classifiers", rows, draw)


FIGURES: Mapping[str, Sequence[Callable[[Records], Figure]]] = {
    "peers": [peers_quality, peers_speed],
    "quality": [
        families,
        weakest,
        goals_found,
        goals_alarms,
        _of_corpus("languages", "Quality by language", "Share of the planted values that is found.", "recall"),
        _of_corpus("false alarms by language", "False alarms by language",
                   "Share of texts without any value that is flagged all the same.", "flagged"),
        _of_corpus("measured precision by stated confidence", "Is a confidence what it says?",
                   "Share of the detections of each stated confidence that is right.", "precision"),
        _of_corpus("hard negatives taken", "Hard negatives",
                   "Share of what only looks like a value that is taken for one.", "taken"),
        classifiers,
    ],
    "robustness": [transformations, hostile],
    "speed": [budgets, growth, expressions],
}  # fmt: skip


def of(records: Records) -> dict[str, list[Figure]]:
    """All figures whose record is there, by section."""
    told: dict[str, list[Figure]] = {}
    for section, makers in FIGURES.items():
        told[section] = list(_drawn(makers, records))
    return {section: figures for section, figures in told.items() if figures}


def _drawn(makers: Iterable[Callable[[Records], Figure]], records: Records) -> Iterable[Figure]:
    for make in makers:
        try:
            figure = make(records)
        except KeyError:  # the record, or this part of it, was not taken yet
            continue
        if figure.rows:
            yield figure


def _row(name: str, told: Mapping[str, Any]) -> dict[str, Any]:
    low, high = told["interval"]
    counts = {key: told[key] for key in ("hits", "of") if key in told}
    return {"name": name, "value": told["share"], "low": low, "high": high, **counts}


def _domain(rows: Sequence[Row]) -> tuple[float, float]:
    low = min(row["low"] for row in rows)
    high = max(row["high"] for row in rows)
    around = 0.05 * (high - low)
    return max(0.0, low - around), min(1.0, high + around)
