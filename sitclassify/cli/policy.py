"""`sitclassify policy check`, `test` and `explain`."""

from __future__ import annotations

import sys
import warnings
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

import sitclassify
from sitclassify import catalogue as catalogues
from sitclassify import policy, resources
from sitclassify.cli.explain import standard_input
from sitclassify.cli.guard import WRONG
from sitclassify.cli.options import (
    CacheFolder,
    CatalogueFolder,
    Quiet,
    folders,
    split,
)
from sitclassify.cli.terminal import Terminal, clean, console_for
from sitclassify.policy import Context, Decision, Outcome, Policies

Named = Annotated[
    list[str] | None,
    typer.Argument(help="Names of packaged policies or files; none: every packaged one."),
]


def check(named: Named = None, catalogue: CatalogueFolder = None, quiet: Quiet = False) -> None:
    """Check policies: names, fields, scopes, rules that never hold or never decide."""
    terminal = Terminal(quiet)
    policies = policy.load(named or policy.names())
    with terminal.waiting("reading the catalogue ..."):
        files = catalogues.read(resources.folders_of(folders(catalogue)))
    models = [path.parent.name for path in resources.folder("models").glob("*/model.json")]
    report = policy.check(policies, [file.sit for file in files], models)
    for problem in report.warnings:
        terminal.note(f"warning: {problem}")
    for problem in report.errors:
        terminal.say(str(problem))
    if report.errors:
        terminal.say(_number(len(report.errors), "mistake"), style="red")
        raise typer.Exit(WRONG)
    told = (
        _number(len(policies.policies), "policy", "policies"),
        _number(sum(len(p.rules) for p in policies.policies), "rule"),
        _number(len(report.warnings), "warning"),
    )
    typer.echo(f"ok: {', '.join(told)}")


def test(
    named: Named = None,
    catalogue: CatalogueFolder = None,
    cache: CacheFolder = None,
    quiet: Quiet = False,
) -> None:
    """Run the examples inside policies: each says what is decided, and by which rules."""
    terminal = Terminal(quiet)
    policies = policy.load(named or policy.names())
    scanner = _scanner(terminal, policies, catalogue, cache)
    with terminal.elapsed("running the examples"):
        count, problems = policy.failures(policies, scanner.scan)
    for problem in problems:
        terminal.say(str(problem))
    if problems:
        terminal.say(f"{len(problems)} of {_number(count, 'example')} fail", style="red")
        raise typer.Exit(WRONG)
    for empty in (p.id for p in policies.policies if not p.examples):
        terminal.note(f"warning: policy '{empty}' has no examples")
    typer.echo(f"ok: {_number(count, 'example')}, every decision is as it says")


def explain(
    text: Annotated[str, typer.Argument(help="The text, or - for standard input.")],
    named: Annotated[
        list[str] | None,
        typer.Option("--policy", "-p", help="Name or file, repeated or comma; default: default."),
    ] = None,
    application: Annotated[
        str | None, typer.Option(help="Application that sends the text.")
    ] = None,
    user: Annotated[str | None, typer.Option(help="User who sends it.")] = None,
    group: Annotated[list[str] | None, typer.Option(help="Group of the user; repeated.")] = None,
    tenant: Annotated[str | None, typer.Option(help="Tenant.")] = None,
    activity: Annotated[
        str, typer.Option(help="uploadText, downloadText, uploadFile or downloadFile.")
    ] = "uploadText",
    role: Annotated[str | None, typer.Option(help="Role of the message.")] = None,
    redact: Annotated[
        bool, typer.Option("--redact/--no-redact", help="Whether the caller can redact.")
    ] = True,
    override: Annotated[bool, typer.Option("--override", help="The user goes on anyway.")] = False,
    justification: Annotated[str | None, typer.Option(help="Why the user goes on.")] = None,
    catalogue: CatalogueFolder = None,
    cache: CacheFolder = None,
    quiet: Quiet = False,
) -> None:
    """What policies decide about one text, and why each rule matched or did not."""
    terminal = Terminal(quiet)
    context = Context(
        application,
        user,
        tuple(group or ()),
        activity,
        role,
        tenant,
        redact,
        override,
        justification,
    )
    policies = policy.load(split(named) or "default")
    scanner = _scanner(terminal, policies, catalogue, cache)
    result = scanner.scan(standard_input(terminal) if text == "-" else text)
    _show(policies.evaluate(result, context), policies.explain(result, context))


def _show(decision: Decision, outcomes: list[Outcome]) -> None:
    console = console_for(sys.stdout)
    over = ", the user may go on" if decision.can_override else ""
    over += (
        " with a justification" if decision.can_override and decision.needs_justification else ""
    )
    console.print(Text(f"{decision.action}{over}", style="bold"))
    if decision.message:
        console.print(Text(f"says: {clean(decision.message)}"))
    if decision.simulated != decision.action:
        console.print(Text(f"with simulated rules: {decision.simulated}"))
    table = Table("policy", "rule", "outcome", "because", box=None, pad_edge=False)
    for outcome in outcomes:
        table.add_row(*outcome)
    console.print(table)


def _scanner(
    terminal: Terminal, policies: Policies, catalogue: list[str] | None, cache: Path | None
) -> sitclassify.Scanner:
    """A scanner for what `policies` need: the whole catalogue only where a rule is for every SIT."""
    is_for_all = any("*" in (c.sits or ()) for s in policies.sources for _, c in s.conditions())
    with (
        warnings.catch_warnings(record=True) as caught,
        terminal.waiting("compiling the catalogue for these policies ..."),
    ):
        warnings.simplefilter("always", sitclassify.PolicyWarning)
        scanner = sitclassify.load(
            sits=None if is_for_all else (),
            classifiers=(),
            policies=policies,
            catalogue=folders(catalogue),
            cache=True if cache is None else cache,
        )
    for warning in caught:
        terminal.note(f"warning: {warning.message}")
    return scanner


def _number(count: int, one: str, many: str | None = None) -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"
