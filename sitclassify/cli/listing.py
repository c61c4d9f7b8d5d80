"""`sitclassify list`."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer
from rich.table import Table

import sitclassify
from sitclassify.cli.options import CatalogueFolder, Sits, load_scanner
from sitclassify.cli.terminal import Terminal, console_for
from sitclassify.errors import ConfigurationError

_FORMATS = ("table", "json")


def list_sits(
    sits: Sits = None,
    category: Annotated[str | None, typer.Option("--category", help="Only this category.")] = None,
    country: Annotated[
        str | None, typer.Option("--country", help="Only this country, as DE.")
    ] = None,
    alias: Annotated[
        str | None, typer.Option("--alias", help="Names in presidio, google or macie.")
    ] = None,
    format: Annotated[str | None, typer.Option("--format", "-f", help="table or json.")] = None,
    catalogue: CatalogueFolder = None,
) -> None:
    """List the SITs that can be looked for."""
    kind = format or ("table" if sys.stdout.isatty() else "json")
    if kind not in _FORMATS:
        raise ConfigurationError(f"--format is one of {', '.join(_FORMATS)}, not '{kind}'")
    scanner = load_scanner(Terminal(), sits, None, catalogue, [])
    found = [
        sit
        for sit in scanner.sits.values()
        if (category is None or sit.category == category.lower())
        and (country is None or sit.country == country.upper())
        and (alias is None or sit.aliases.get(alias.lower()))
    ]
    if kind == "json":
        for sit in found:
            typer.echo(json.dumps(_row(sit, alias), ensure_ascii=False))
        return
    table = Table(show_edge=False, pad_edge=False, header_style="bold")
    for name in _row(found[0], alias) if found else ("id",):
        table.add_column(name, overflow="fold")
    for sit in found:
        table.add_row(*("" if v is None else str(v) for v in _row(sit, alias).values()))
    console_for(sys.stdout).print(table)
    typer.echo(f"{len(found)} SITs")


def _row(sit: sitclassify.Sit, alias: str | None) -> dict[str, object]:
    row: dict[str, object] = {
        "id": sit.id,
        "name": sit.name,
        "category": sit.category,
        "country": sit.country,
        "recommended": sit.recommended_confidence,
        "guid": sit.purview_guid,
    }
    if alias is not None:
        row[alias.lower()] = ", ".join(sit.aliases.get(alias.lower(), ()))
    return row
