"""The commands and their names."""

from __future__ import annotations

from typing import Annotated

import typer

import sitclassify
from sitclassify.cli import policy as policies
from sitclassify.cli.bench import bench
from sitclassify.cli.check import check
from sitclassify.cli.compile import compile_catalogue
from sitclassify.cli.diff import baseline, diff
from sitclassify.cli.explain import explain
from sitclassify.cli.guard import guarded
from sitclassify.cli.listing import list_sits
from sitclassify.cli.scan import scan
from sitclassify.cli.serve import key, serve
from sitclassify.cli.train import evaluate, feedback, publish, train

app = typer.Typer(
    name="sitclassify",
    help="Finds and grades sensitive information in prompts, answers and files.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("scan")(guarded(scan))
app.command("check")(guarded(check))
app.command("list")(guarded(list_sits))
app.command("diff")(guarded(diff))
app.command("baseline")(guarded(baseline))
app.command("explain")(guarded(explain))
app.command("compile")(guarded(compile_catalogue))
policy = typer.Typer(name="policy", help="Check, test and explain policies.", no_args_is_help=True)
policy.command("check")(guarded(policies.check))
policy.command("test")(guarded(policies.test))
policy.command("explain")(guarded(policies.explain))
app.add_typer(policy)
app.command("serve")(guarded(serve))
app.command(
    "bench",
    context_settings={
        "allow_extra_args": True,
        "ignore_unknown_options": True,
        "help_option_names": [],
    },
)(guarded(bench))
app.command("key")(guarded(key))
app.command("train")(guarded(train))
app.command("evaluate")(guarded(evaluate))
app.command("feedback")(guarded(feedback))
app.command("publish")(guarded(publish))


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"sitclassify {sitclassify.__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Finds and grades sensitive information in prompts, answers and files."""
