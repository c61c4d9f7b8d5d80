"""Quality of the credentials: found in the examples of secret scanners, refused in their look-alikes.

An example belongs to a rule of its scanner. Which SIT answers for a rule is not written down: it is the one found
in most of the rule's examples, and its recall is counted over all examples of the rules it answers for.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table

from benchmarks.quality import benign
from benchmarks.quality.benign import Flagged
from benchmarks.quality.rows import Data
from benchmarks.quality.share import Share, goal_table, share
from sitclassify.scanner import Scanner
from sitclassify.yaml_file import YamlFile

_JUDGED = Path(__file__).with_name("secrets_judged.yaml")
_SHOWN = 25  # rows of a table on the screen; the record has all
_PRECISION, _RECALL = 0.95, 0.90
_BENIGN = 0.002  # of the benign texts at most, as for the identifiers


class Example(NamedTuple):
    """One labelled text. `is_credential`: as the data says; `is_judged`: what a person who read it says."""

    row: str
    set: str
    rule: str
    is_credential: bool
    is_judged: bool
    sits: tuple[str, ...]  # found in it; where the data says where the secret is, found there


def run(data: Data, scanner: Scanner, progress: Console) -> dict[str, Any]:
    """All figures, as the record holds them."""
    known = frozenset(i for i, sit in scanner.sits.items() if sit.category == "credential")
    progress.print("examples of secret scanners ...")
    examples = list(measure(data, scanner, known))
    others = list(measure(Data(data.folder, not data.tune), scanner, known))
    progress.print("benign texts ...")
    flagged = list(benign.measure(data, scanner, known))
    figures = {
        "sources": {name: _figures(own) for name, own in _by_set(examples).items()},
        "all": _figures(examples),
        "benign": _benign(flagged),
        "sits": _sits(examples, _answers([*examples, *others]), flagged),
        "rules missed": sorted({e.rule for e in examples if e.is_judged and not e.sits}),
        "look-alikes flagged": {
            e.row: [e.rule, *e.sits] for e in examples if not e.is_judged and e.sits
        },
    }
    return {"goals": _goals(figures), **figures}


def measure(data: Data, scanner: Scanner, known: frozenset[str]) -> Iterator[Example]:
    """Scan every labelled text that holds more than the name of an account."""
    judged: Mapping[str, list[str]] = YamlFile(_JUDGED).data
    real, unreal = (frozenset(judged[name]) for name in ("credential", "no-credential"))
    for name in data.names("secrets"):
        for row in data.rows("secrets", name):
            if int(row.get("identifier_only", 0)):
                continue
            names = {row["id"], f"{name}/{row['rule']}"}
            is_credential = bool(row["labels"]["secret"])
            is_judged = not names & unreal if is_credential else bool(names & real)
            sits = tuple(sorted(set(_found(row, scanner, known))))
            yield Example(row["id"], name, row["rule"], is_credential, is_judged, sits)


def _found(row: dict[str, Any], scanner: Scanner, known: frozenset[str]) -> Iterator[str]:
    """The SITs of `known` that were found, at the place of a secret where the data knows it."""
    places = [(span["start"], span["end"]) for span in row.get("secret_spans") or ()]
    for d in scanner.scan(row["text"]).detections:
        if d.sit in known and (
            not places or any(d.start < end and start < d.end for start, end in places)
        ):
            yield d.sit


def _by_set(examples: Iterable[Example]) -> dict[str, list[Example]]:
    sets: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        sets[example.set].append(example)
    return sets


def _figures(examples: Sequence[Example]) -> dict[str, Any]:
    """Recall and precision, as the data has its labels and as they were judged."""
    return {
        "recall": share(bool(e.sits) for e in examples if e.is_judged and e.is_credential),
        "recall as labelled": share(bool(e.sits) for e in examples if e.is_credential),
        "precision": share(e.is_judged for e in examples if e.sits),
        "precision as labelled": share(e.is_credential for e in examples if e.sits),
        "look-alikes flagged": share(bool(e.sits) for e in examples if not e.is_judged),
    }


def _answers(examples: Iterable[Example]) -> dict[tuple[str, str], str]:
    """Rule of a set -> the SIT found in most of its examples."""
    found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for example in examples:
        if example.is_credential:
            found[example.set, example.rule].update(example.sits)
    return {
        rule: min(counts, key=lambda sit: (-counts[sit], sit))
        for rule, counts in found.items()
        if counts
    }


def _sits(
    examples: Sequence[Example], answers: dict[tuple[str, str], str], flagged: Sequence[Flagged]
) -> dict[str, Any]:
    """By SIT: recall over the examples of its rules; precision over all texts in which it was found."""
    own: dict[str, list[bool]] = defaultdict(list)
    for e in examples:
        if e.is_judged and e.is_credential and (e.set, e.rule) in answers:
            sit = answers[e.set, e.rule]
            own[sit].append(sit in e.sits)
    right = Counter(sit for e in examples if e.is_judged for sit in e.sits)
    wrong = Counter(sit for e in examples if not e.is_judged for sit in e.sits)
    false_alarms = Counter(sit for text in flagged for sit in set(text.sits))
    return {
        sit: {
            "recall": share(own[sit]),
            "precision": Share(
                right[sit], right[sit] + wrong[sit] + false_alarms[sit]
            ).told(),
            "look-alikes": wrong[sit],
            "benign": false_alarms[sit],
        }
        for sit in sorted({*own, *right, *wrong, *false_alarms})
    }  # fmt: skip


def _benign(flagged: Sequence[Flagged]) -> dict[str, Any]:
    kinds: dict[str, list[bool]] = defaultdict(list)
    for text in flagged:
        kinds[text.kind].append(bool(text.sits))
    return {
        "all texts flagged": share(bool(text.sits) for text in flagged),
        "kinds": {kind: share(texts) for kind, texts in kinds.items()},
        "flagged": {text.row: sorted(set(text.sits)) for text in flagged if text.sits},
    }


def _goals(figures: dict[str, Any]) -> list[dict[str, Any]]:
    told = figures["all"]
    benign_ = figures["benign"]["all texts flagged"]
    goals = [
        ("recall", _RECALL, told["recall"], told["recall"]["share"] >= _RECALL),
        ("precision", _PRECISION, told["precision"], told["precision"]["share"] >= _PRECISION),
        ("benign texts flagged", _BENIGN, benign_, benign_["share"] <= _BENIGN),
    ]
    return [{"goal": name, "limit": limit, "met": met, **s} for name, limit, s, met in goals]


def tables(figures: dict[str, Any]) -> list[Table]:
    """For the terminal: the goals, the sources, and the SITs that miss most of their rules' examples."""
    sources = Table(title="Sources", title_justify="left")
    columns = ("recall", "precision", "recall as labelled", "precision as labelled")
    for name in ("source", *columns):
        sources.add_column(name)
    for source, told in figures["sources"].items():
        cells = (f"{told[c]['share']:.3f} ({told[c]['hits']}/{told[c]['of']})" for c in columns)
        sources.add_row(source, *cells)
    weak = Table(title="SITs that miss most", title_justify="left")
    for name in ("sit", "recall", "precision", "look-alikes", "benign"):
        weak.add_column(name)
    for sit, told in sorted(figures["sits"].items(), key=lambda item: _weakness(item[1]))[:_SHOWN]:
        cells = (f"{told[c]['hits']}/{told[c]['of']}" for c in ("recall", "precision"))
        weak.add_row(sit, *cells, str(told["look-alikes"]), str(told["benign"]))
    return [goal_table(figures["goals"]), sources, weak]


def _weakness(told: dict[str, Any]) -> int:
    """Minus the texts that a SIT gets wrong."""
    recall, precision = told["recall"], told["precision"]
    return int(recall["hits"] - recall["of"] + precision["hits"] - precision["of"])
