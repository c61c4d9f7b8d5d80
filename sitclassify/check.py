"""Runs the examples inside SIT files and says what does not hold, with file and line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sitclassify import catalogue, choice, compiler, resources
from sitclassify.detector import Detector
from sitclassify.errors import Problem, RuleError
from sitclassify.results import About, Names, ScanResult
from sitclassify.scanner import Scanner
from sitclassify.selection import Selection

if TYPE_CHECKING:
    from sitclassify.catalogue import SitFile
    from sitclassify.schema import MatchModel, NoMatchModel

MIN_EXAMPLES = 3  # of each kind, for every SIT


def check(paths: Sequence[Path], catalogue_folder: Path | None = None) -> tuple[int, list[Problem]]:
    """Check files or folders (none: the packaged catalogue); the number of SITs and every problem."""
    try:
        files = _read(paths, catalogue_folder)
    except RuleError as error:
        return 0, error.problems
    problems: list[Problem] = []
    for file in files:
        problems += check_one(file)
    return len(files), problems


def _read(paths: Sequence[Path], catalogue_folder: Path | None) -> list[SitFile]:
    around = [catalogue_folder] if catalogue_folder else resources.folders_of(None)
    if not paths:
        return catalogue.read(around)
    files = [
        file
        for path in paths
        for file in (sorted(path.rglob("*.yaml")) if path.is_dir() else [path])
    ]
    return catalogue.read_files(files, around)


def check_one(file: SitFile) -> list[Problem]:
    """Problems of one SIT: examples that do not come out as they say, tiers without an example."""
    sit = file.sit
    if sit.is_bundle:
        return []
    scanner = scanner_for(file)
    problems: list[Problem] = []
    reached: set[int] = set()
    for i, example in enumerate(file.examples.match):
        result = scanner.scan(example.text, context=example.context)
        told = _match_problem(example, result, sit.id)
        if told:
            problems += file.file.error(("examples", "match", i), f"{sit.id}: {told}").problems
        reached.add(example.confidence)
    for j, negative in enumerate(file.examples.no_match):
        result = scanner.scan(negative.text, context=negative.context)
        told = _no_match_problem(negative, result, sit.id)
        if told:
            problems += file.file.error(("examples", "no_match", j), f"{sit.id}: {told}").problems
    return problems + list(_too_few(file, reached))


def scanner_for(file: SitFile) -> Scanner:
    """A scanner for one SIT at every tier, compiled for the purpose."""
    loaded = choice.choose([file.sit], [file.sit.id], 1)
    rules = compiler.compile_rules(loaded, "check")
    names = {file.sit.id: Names(file.sit.name, file.sit.purview_guid)}
    return Scanner(
        Detector(rules),
        Selection(rules.ids, {}, (), None, None, rules.sits),
        About("check", {}, names),
        {file.sit.id: file.sit},
        None,
        {},
        lambda: scanner_for(file),
    )


def _match_problem(example: MatchModel, result: ScanResult, sit: str) -> str | None:
    found = [d for d in result.detections if d.sit == sit]
    exact = [d for d in found if result.value(d) == example.span]
    if not exact:
        near = [(result.value(d), d.confidence) for d in found]
        gone = [(result.value(d), d.reason) for d in result.dismissed]
        return f"'{example.span}' is not found; found: {near or 'nothing'}" + (
            f", dismissed: {gone}" if gone else ""
        )
    if exact[0].confidence != example.confidence:
        told = [e.element for e in exact[0].evidence]
        return f"'{example.span}' has confidence {exact[0].confidence}, not {example.confidence}; evidence: {told}"
    missing = set(example.tags) - exact[0].tags
    return f"'{example.span}' lacks the tags {sorted(missing)}" if missing else None


def _no_match_problem(example: NoMatchModel, result: ScanResult, sit: str) -> str | None:
    limit = example.below or 1
    found = [d for d in result.detections if d.sit == sit and d.confidence >= limit]
    if found:
        return f"'{result.value(found[0])}' is found with confidence {found[0].confidence}, though: {example.why}"
    if example.dismissed and not any(d.reason == example.dismissed for d in result.dismissed):
        return f"nothing is dismissed as '{example.dismissed}'"
    return None


def _too_few(file: SitFile, reached: set[int]) -> Iterator[Problem]:
    sit = file.sit
    for name, count in (
        ("match", len(file.examples.match)),
        ("no_match", len(file.examples.no_match)),
    ):
        if count < MIN_EXAMPLES:
            what = f"{sit.id}: {count} {name} examples"
            yield from file.file.error(
                ("examples",), what, f"write {MIN_EXAMPLES} at least"
            ).problems
    for tier in sit.tiers:
        if tier.confidence not in reached:
            what = f"{sit.id}: no match example reaches the tier {tier.confidence}"
            yield from file.file.error(("tiers",), what, "add one").problems
