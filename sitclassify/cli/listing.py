"""`sitclassify list`."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from sitclassify import catalogue as catalogues
from sitclassify import choice, resources
from sitclassify.candidates import Primary
from sitclassify.cli.options import CatalogueFolder, Sits, folders, split
from sitclassify.cli.terminal import console_for
from sitclassify.errors import ConfigurationError
from sitclassify.rules import Sit

_FORMATS = ("table", "json", "markdown")
_PRODUCTS = {"presidio": "Presidio", "google": "Google DLP", "macie": "Macie"}


def list_sits(
    sits: Sits = None,
    category: Annotated[str | None, typer.Option("--category", help="Only this category.")] = None,
    country: Annotated[
        str | None, typer.Option("--country", help="Only this country, as DE.")
    ] = None,
    alias: Annotated[
        str | None, typer.Option("--alias", help="Names in presidio, google or macie.")
    ] = None,
    format: Annotated[
        str | None, typer.Option("--format", "-f", help="table, json or markdown.")
    ] = None,
    catalogue: CatalogueFolder = None,
) -> None:
    """List the SITs that can be looked for, bundles among them."""
    kind = format or ("table" if sys.stdout.isatty() else "json")
    if kind not in _FORMATS:
        raise ConfigurationError(f"--format is one of {', '.join(_FORMATS)}, not '{kind}'")
    every = catalogues.read(resources.folders_of(folders(catalogue)))
    known = [file.sit for file in every]
    asked = split(sits)
    named = None if asked is None else {i for name in asked for i in choice.resolve(known, name)}
    for told, wanted, values in (
        ("category", category, {sit.category for sit in known}),
        ("country", country, {sit.country.lower() for sit in known if sit.country}),
        ("alias", alias, {product for sit in known for product in sit.aliases}),
    ):
        if wanted is not None and wanted.lower() not in values:
            among = ", ".join(sorted(values))
            raise ConfigurationError(f"--{told}: no SIT has '{wanted}'; there are: {among}")
    found = [
        sit
        for sit in known
        if (named is None or sit.id in named)
        and (category is None or sit.category == category.lower())
        and (country is None or sit.country == country.upper())
        and (alias is None or sit.aliases.get(alias.lower()))
    ]
    if kind == "markdown":
        typer.echo(markdown(found), nl=False)
        return
    rows = [_row(sit, alias) for sit in found]
    if kind == "json":
        for row in rows:
            typer.echo(json.dumps(row, ensure_ascii=False))
    else:
        _show(rows)


def _show(rows: list[dict[str, object]]) -> None:
    table = Table(show_edge=False, pad_edge=False, header_style="bold")
    shown = [name for name in rows[0] if name != "guid"] if rows else []
    for name in shown:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(Text(_told(row[name])) for name in shown))
    console = console_for(sys.stdout)
    if rows:
        console.print(table)
    console.print(f"{len(rows)} SITs")


def _told(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _row(sit: Sit, alias: str | None) -> dict[str, object]:
    row: dict[str, object] = {
        "id": sit.id,
        "name": sit.name,
        "country": sit.country,
        "category": sit.category,
        "confidence": sit.recommended_confidence,
        "checksum": has_checksum(sit),
        "guid": sit.purview_guid,
    }
    if alias is not None:
        row[alias.lower()] = ", ".join(sit.aliases.get(alias.lower(), ()))
    return row


def markdown(sits: Sequence[Sit]) -> str:
    """A page with one row a SIT: what it is, and what it is called elsewhere (`patterns/CATALOGUE.md`)."""
    heads = ["SIT", "name", "country", "GUID of Purview", "checksum", "tiers", *_PRODUCTS.values()]
    lines = [
        "# The catalogue",
        "",
        f"{len(sits)} SITs. Written by `sitclassify list --format markdown`; a test holds it current.",
        "In bold the tier from which on a SIT is reported by default. The last columns are its names",
        "in other products, which `load(sits=...)` knows too: `presidio:US_SSN`, or `US_SSN` alone",
        "where it has one meaning.",
        "",
        *(f"| {' | '.join(row)} |" for row in (heads, ["---"] * len(heads))),
    ]  # fmt: skip
    for sit in sorted(sits, key=lambda sit: (sit.country or "", sit.id)):
        cells = [
            f"`{sit.id}`", sit.name.replace("|", "\\|"), sit.country or "", sit.purview_guid or "",
            "yes" if has_checksum(sit) else "", _tiers(sit),
            *(", ".join(sit.aliases.get(product, ())) for product in _PRODUCTS),
        ]  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _tiers(sit: Sit) -> str:
    if sit.is_bundle:
        return "bundle"
    confidences = sorted({tier.confidence for tier in sit.tiers}, reverse=True)
    lowest = min((c for c in confidences if c >= sit.recommended_confidence), default=None)
    return " ".join(f"**{c}**" if c == lowest else str(c) for c in confidences)


def has_checksum(sit: Sit) -> bool:
    """Whether a check digit speaks for or against a value of this SIT."""
    return any(
        e.soft_validator is not None or (e.validator is not None and Primary(e).has_checksum)
        for e in sit.primary
    )
