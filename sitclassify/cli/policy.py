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
from sitclassify import classifiers, policy, resources
from sitclassify.cli.guard import WRONG
from sitclassify.cli.options import (
    CacheFolder,
    CatalogueFolder,
    Quiet,
    folders,
    load_scanner,
    scanner_options,
    split,
)
from sitclassify.cli.terminal import Terminal, clean, console_for
from sitclassify.errors import ConfigurationError
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
    report = policy.check(policies, [file.sit for file in files], classifiers.names())
    for problem in report.warnings:
        terminal.note(f"warning: {problem}")
    for problem in report.errors:
        terminal.say(str(problem))
    if report.errors:
        terminal.say(f"{_number(report.errors, 'mistake')}", style="red")
        raise typer.Exit(WRONG)
    rules = [rule for p in policies.policies for rule in p.rules]
    told = f"{_number(policies.policies, 'policy', 'policies')}, {_number(rules, 'rule')}"
    typer.echo(f"ok: {told}, {_number(report.warnings, 'warning')}")


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
        terminal.say(f"{len(problems)} of {_number(range(count), 'example')} fail", style="red")
        raise typer.Exit(WRONG)
    for empty in (p.id for p in policies.policies if not p.examples):
        terminal.note(f"warning: policy '{empty}' has no examples")
    typer.echo(f"ok: {_number(range(count), 'example')}, every decision is as it says")


def explain(
    text: Annotated[str, typer.Argument(help="The text, or - for standard input.")],
    named: Annotated[
        list[str] | None,
        typer.Option("--policy", "-p", help="Name or file, repeated or comma; default: default."),
    ] = None,
    application: Annotated[str | None, typer.Option(help="Application that sends the text.")] = None,
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
        application, user, tuple(group or ()), activity, role, tenant, redact, override, justification
    )
    policies = policy.load(split(named) or "default")
    scanner = _scanner(terminal, policies, catalogue, cache)
    result = scanner.scan(sys.stdin.read() if text == "-" else text)
    _show(policies.evaluate(result, context), policies.explain(result, context))


def _show(decision: Decision, outcomes: list[Outcome]) -> None:
    console = console_for(sys.stdout)
    over = ", the user may go on" if decision.can_override else ""
    over += " with a justification" if decision.can_override and decision.needs_justification else ""
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
    options = scanner_options(None, None, catalogue, cache, [])
    options = options._replace(sits=None if is_for_all else (), policies=policies)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", sitclassify.PolicyWarning)
        scanner = load_scanner(terminal, options)
    for warning in caught:
        terminal.note(f"warning: {warning.message}")
    return scanner


def _number(things: object, one: str, many: str | None = None) -> str:
    count = len(things)  # type: ignore[arg-type]
    return f"{count} {one if count == 1 else many or one + 's'}"
