"""`sitclassify bench`: the benchmarks, which lie in the source and not in the package."""

from __future__ import annotations

import importlib
from typing import Annotated

import typer

from sitclassify.errors import ConfigurationError


def bench(
    context: typer.Context,
    suite: Annotated[
        str, typer.Argument(help="speed, quality, robustness, peers, report ...")
    ] = "speed",
) -> None:
    """Run a suite of benchmarks, in a checkout of the source; everything after its name goes to it."""
    try:
        benchmarks = importlib.import_module("benchmarks.__main__")
    except ModuleNotFoundError as error:
        if str(error.name).split(".")[0] != "benchmarks":
            raise
        raise ConfigurationError(
            "the benchmarks are in the source, not in the package: run this with the checkout installed"
            " (pip install -e '.[test]')"
        ) from None
    raise typer.Exit(benchmarks.main([suite, *context.args]))
