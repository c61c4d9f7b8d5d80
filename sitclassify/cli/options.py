"""Options that several commands share, and the scanner they ask for."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

import sitclassify
from sitclassify import loading
from sitclassify.batch.options import Options
from sitclassify.cli.terminal import Terminal
from sitclassify.errors import ConfigurationError
from sitclassify.resources import PACKAGED

Sits = Annotated[
    list[str] | None,
    typer.Option(
        "--sits",
        "--sit",
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
CacheFolder = Annotated[
    Path | None,
    typer.Option(
        "--cache",
        envvar="SITCLASSIFY_CACHE",
        help="Folder that `sitclassify compile` wrote to, instead of the user's cache.",
    ),
]
ShowValues = Annotated[bool, typer.Option("--show-values", help="Show the values themselves.")]
Entities = Annotated[
    bool,
    typer.Option("--entities", help="Read context for person names and addresses, with spaCy."),
]
EntitiesFrom = Annotated[
    str | None,
    typer.Option(
        "--entities-from", help="The same with this installed spaCy pipeline, or a folder."
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


def folders(catalogue: list[str] | None) -> list[str | Path] | None:
    """`--catalogue` as `load` takes it."""
    return [c if c == PACKAGED else Path(c) for c in catalogue] if catalogue else None


def allowed(values: list[str] | None) -> list[str | re.Pattern[str]]:
    """`--allow` as `load` takes it: `/.../` is a regular expression."""
    found: list[str | re.Pattern[str]] = []
    for value in values or ():
        if len(value) > 2 and value.startswith("/") and value.endswith("/"):
            try:
                found.append(re.compile(value[1:-1]))
            except re.error as error:
                told = f"--allow: no regular expression: {error.msg} at {error.pos}"
                raise ConfigurationError(told) from None
        else:
            found.append(value)
    return found


def scanner_options(
    sits: list[str] | None,
    min_confidence: int | str | None,
    catalogue: list[str] | None,
    cache: Path | None = None,
    classifiers: list[str] | None = None,
    allow: list[str] | None = None,
    digest_key: bytes | None = None,
    entities: bool | str = False,
) -> Options:
    """What the scanner is loaded with, as the options say it."""
    return Options.of(
        sits=split(sits),
        min_confidence=min_confidence,
        catalogue=folders(catalogue),
        classifiers=classifiers,
        allow=allowed(allow),
        cache=True if cache is None else cache,
        digest_key=digest_key,
        entities=entities,
    )


def load_scanner(terminal: Terminal, options: Options) -> sitclassify.Scanner:
    """The scanner; says so where it must be compiled first."""
    folder = loading.cache_folder() if options.cache is True else Path(str(options.cache))
    patience = None if any(folder.glob("*.sits")) else 0.0
    with terminal.waiting("compiling the catalogue (first run only) ...", patience):
        return options.scanner()
