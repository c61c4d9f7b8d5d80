"""`sitclassify explain`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from sitclassify.cli.findings import masked
from sitclassify.cli.options import CatalogueFolder, Sits, load_scanner
from sitclassify.cli.terminal import Terminal, clean, console_for


def explain(
    text: Annotated[str, typer.Argument(help="The text, or - for standard input.")],
    sits: Sits = None,
    context: Annotated[
        str | None, typer.Option("--context", help="Text that stands just before.")
    ] = None,
    catalogue: CatalogueFolder = None,
    show_values: Annotated[
        bool, typer.Option("--show-values", help="Show the values themselves.")
    ] = False,
) -> None:
    """Every candidate of one text: what it had, what failed and why."""
    if text == "-":
        text = sys.stdin.read()
    scanner = load_scanner(Terminal(), sits, None, catalogue, [])
    result = scanner.scan(text, context=context)
    evidence = {(d.sit, d.start, d.end): d.evidence for d in result.detections}
    table = Table(show_edge=False, pad_edge=False, header_style="bold")
    for name in ("at", "value", "SIT", "element", "what became of it"):
        table.add_column(name, overflow="fold")
    told = scanner.explain(text, context=context)
    for item in told:
        value = text[item.start : item.end]
        found = evidence.get((item.sit, item.start, item.end))
        outcome = item.outcome
        if found:
            words = (
                f"{e.element} '{text[max(0, e.start) : e.end]}'" for e in found if e.start >= 0
            )
            outcome += "; evidence: " + ", ".join(dict.fromkeys(words))
        table.add_row(
            f"{item.start}-{item.end}",
            Text(clean(value if show_values else masked(value))),
            item.sit,
            item.element,
            Text(clean(outcome), style="" if outcome.startswith("confidence") else "dim"),
        )
    console = console_for(sys.stdout)
    if told:
        console.print(table)
    for gone in result.dismissed:
        console.print(f"dismissed {gone.start}-{gone.end} {gone.sit}: {gone.reason}")
    if not told and not result.dismissed:
        console.print("nothing in this text looks like a value of any SIT")
