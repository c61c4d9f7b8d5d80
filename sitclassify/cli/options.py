"""Options that several commands share, and the scanner they ask for."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import sitclassify
from sitclassify.cli.terminal import Terminal
from sitclassify.errors import ConfigurationError

Sits = Annotated[
    list[str] | None,
    typer.Option(
        "--sits",
        help="SITs to look for: id, name, GUID, category:..., country:...; comma or repeated.",
    ),
]
MinConfidence = Annotated[
    str | None,
    typer.Option(
        "--min-confidence", help="1 to 100, low, medium, high or purview; default: each SIT's own."
    ),
]
CatalogueFolder = Annotated[
    list[str] | None,
    typer.Option(
        "--catalogue",
        help="Folder of SIT files instead of the packaged ones; 'packaged' stands for these.",
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Only errors on standard error.")]
LEVELS = {"low": 1, "medium": 66, "high": 76}  # Purview's, as a lowest confidence


def split(values: list[str] | None) -> list[str] | None:
    """Repeated and comma-separated values as one list; None stays None."""
    if not values:
        return None
    return [part.strip() for value in values for part in value.split(",") if part.strip()]


def confidence(asked: str | None) -> int | str | None:
    """`--min-confidence` as `load` takes it."""
    if asked is None or asked == "purview":
        return asked
    if asked in LEVELS:
        return LEVELS[asked]
    if asked.isdecimal() and 1 <= int(asked) <= 100:
        return int(asked)
    raise ConfigurationError(
        f"--min-confidence is 1 to 100, low, medium, high or purview, not '{asked}'"
    )


def load_scanner(
    terminal: Terminal,
    sits: list[str] | None,
    min_confidence: str | None,
    catalogue: list[str] | None,
    classifiers: list[str] | None = None,
    allow: list[str] | None = None,
    cache: Path | None = None,
) -> sitclassify.Scanner:
    """The scanner the options ask for; says so where it must be compiled first."""
    with terminal.waiting("compiling the catalogue (first run only) ..."):
        return sitclassify.load(
            sits=split(sits),
            min_confidence=confidence(min_confidence),
            catalogue=[c if c == "packaged" else Path(c) for c in catalogue] if catalogue else None,
            classifiers=classifiers,
            allow=allow or (),
            cache=True if cache is None else cache,
        )
