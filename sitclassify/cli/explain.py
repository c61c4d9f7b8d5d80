"""`sitclassify explain`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Annotated

import typer
from rich.text import Text
from rich.tree import Tree

from sitclassify.batch.entries import Place, Unreadable
from sitclassify.batch.findings import evidence_of
from sitclassify.batch.names import masked
from sitclassify.batch.readers.source import Meter, Source
from sitclassify.batch.records import Record
from sitclassify.cli.options import (
    CacheFolder,
    CatalogueFolder,
    MinConfidence,
    Quiet,
    ShowValues,
    Sits,
    confidence,
    load_scanner,
    scanner_options,
)
from sitclassify.cli.terminal import Terminal, clean, console_for
from sitclassify.errors import ConfigurationError
from sitclassify.results import Detection
from sitclassify.rules import Sit, Tier
from sitclassify.scanner import Explanation, Scanner

Span = tuple[int, int]
Line = tuple[Span, Text]
_FOUND = "confidence "  # what the outcome of a candidate that counts begins with
_MISSING = "no tier holds"


def explain(
    text: Annotated[str, typer.Argument(help="The text, or - for standard input.")],
    sits: Sits = None,
    min_confidence: MinConfidence = None,
    context: Annotated[
        str | None, typer.Option("--context", help="Text that stands just before.")
    ] = None,
    catalogue: CatalogueFolder = None,
    cache: CacheFolder = None,
    show_values: ShowValues = False,
    quiet: Quiet = False,
) -> None:
    """Every candidate of one text: what it had, what failed and why.

    With --sits every tier of these is tried, also below the recommended confidence.
    """
    terminal = Terminal(quiet)
    if text == "-":
        text = standard_input(terminal)
    least = confidence(min_confidence) or (1 if sits else None)
    scanner = load_scanner(terminal, scanner_options(sits, least, catalogue, cache, []))
    record = Record(Place("text"), scanner.scan(text, context=context), scanner.sits, context or "")
    nodes: dict[Span, list[Text]] = {}
    for span, line in sorted(_lines(scanner, record), key=lambda item: item[0]):
        nodes.setdefault(span, []).append(line)
    console = console_for(sys.stdout)
    for (start, end), lines in nodes.items():
        value = text[start:end] if show_values else masked(text[start:end])
        tree = Tree(Text(f"{start}-{end} {clean(value)}", style="bold"))
        for line in lines:
            tree.add(line)
        console.print(tree)
    if not nodes:
        console.print("no candidate: no value of a SIT, or none with a word that speaks for it")


def standard_input(terminal: Terminal) -> str:
    """The text of standard input; `ConfigurationError` where there is none."""
    text = None
    for item in Source("<stdin>", sys.stdin.buffer, Meter()).text():
        if isinstance(item, Unreadable):
            terminal.say(f"sitclassify: {item}", style="yellow")
        else:
            text = item
    if text is None:
        raise ConfigurationError("no text on standard input")
    return text


def _lines(scanner: Scanner, record: Record) -> Iterator[Line]:
    """What to say of each candidate, and of what was found under another span or id."""
    result = record.result
    found = {(d.sit, d.start, d.end): d for d in result.detections}
    gone = {(d.sit, d.start, d.end): d for d in result.dismissed}
    for item in scanner.explain(result.text, context=record.context or None):
        key = (item.sit, item.start, item.end)
        detection = found.pop(key, None)
        if item.outcome.startswith(_FOUND) and detection is not None:
            yield (item.start, item.end), _found(record, detection, item.element)
        else:
            gone.pop(key, None)
            yield (item.start, item.end), _refused(scanner.sits.get(item.sit), item)
    for detection in found.values():  # of a bundle, hidden, or in text that was decoded
        yield (detection.start, detection.end), _found(record, detection, "")
    for dismissed in gone.values():
        told = f"{dismissed.sit}: dismissed: {dismissed.reason}"
        yield (dismissed.start, dismissed.end), Text(told, style="dim")


def _found(record: Record, detection: Detection, element: str) -> Text:
    sit = record.sits[detection.sit]
    parts = [f"confidence {detection.confidence} ({detection.level})"]
    for evidence, word in evidence_of(record, detection):
        parts.append(f"{evidence.element} {word} at {evidence.start}-{evidence.end}")
    if not detection.evidence:
        parts.append("needs no evidence")
    parts += sorted(detection.tags)
    if detection.confidence < sit.recommended_confidence:
        parts.append(f"below the recommended {sit.recommended_confidence}: left out by default")
    name = f"{sit.id} {element}".rstrip()
    return Text(clean(f"{name}: {'; '.join(parts)}"), style="green")


def _refused(sit: Sit | None, item: Explanation) -> Text:
    outcome = item.outcome
    if outcome.startswith(_FOUND):
        outcome += ", but a stronger one counts here, or it is allowed, or lies in decoded text"
    elif outcome.startswith(_MISSING) and sit is not None:
        tiers = [_told(tier) for tier in sit.tiers if item.element in tier.primary]
        outcome += f" ({'; '.join(tiers)})" if tiers else ""
    return Text(f"{item.sit} {item.element}: {outcome}", style="dim")


def _told(tier: Tier) -> str:
    """What a tier asks for."""
    needs = [need.element for need in tier.all]
    for group in tier.any:
        names = ", ".join(need.element for need in group.of)
        least = f"{group.at_least} of " if group.at_least > 1 else "any of "
        most = f", at most {group.at_most}" if group.at_most is not None else ""
        needs.append(f"{least}{names}{most}")
    needs += [f"no {name}" for name in tier.none]
    return f"{tier.confidence} asks for {' and '.join(needs) or 'nothing more'}"
