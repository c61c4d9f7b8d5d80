"""`sitclassify compile`."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from sitclassify import loading
from sitclassify.cli.options import (
    CatalogueFolder,
    Entities,
    MinConfidence,
    Quiet,
    Sits,
    confidence,
    folders,
    split,
)
from sitclassify.cli.terminal import Terminal


def compile_catalogue(
    output: Annotated[
        Path,
        typer.Option("--output", "-o", help="Folder to write to; `--cache FOLDER` reads it."),
    ],
    sits: Sits = None,
    min_confidence: MinConfidence = None,
    entities: Entities = False,
    catalogue: CatalogueFolder = None,
    quiet: Quiet = False,
) -> None:
    """Compile the catalogue for an image or a machine that cannot write its own cache."""
    started = time.perf_counter()
    with Terminal(quiet).waiting("compiling the catalogue ...", patience=0):
        path = loading.compile_into(
            output,
            sits=split(sits),
            min_confidence=confidence(min_confidence),
            catalogue=folders(catalogue),
            entities=entities,
        )
    size = path.stat().st_size / 1e6
    typer.echo(f"{path}: {size:.1f} MB in {time.perf_counter() - started:.1f} s")
