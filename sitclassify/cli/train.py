"""`sitclassify train`, `evaluate`, `feedback` and `publish`: classifiers of one's own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from sitclassify.cli.options import Quiet
from sitclassify.cli.terminal import Terminal, console_for
from sitclassify.errors import ConfigurationError

if TYPE_CHECKING:
    from sitclassify.classifiers.own.judging import Judgement

_FORMATS = "files or folders of txt, md, jsonl, csv, docx and pdf"
Positive = Annotated[
    list[Path], typer.Option(help=f"Texts of the kind: {_FORMATS}; may be repeated.")
]
Negative = Annotated[
    list[Path], typer.Option(help=f"Other texts, everyday ones too: {_FORMATS}; may be repeated.")
]
Corrected = Annotated[
    list[Path] | None, typer.Option(help=f"Texts with their right label: {_FORMATS}.")
]
Field = Annotated[
    str, typer.Option(help="Key of JSON lines and column of CSV files that holds the text.")
]
Draft = Annotated[Path, typer.Argument(help="Folder that `train` wrote.")]


def train(
    id: Annotated[str, typer.Option("--id", help="Lower-case words joined by '-'.")],
    positive: Positive,
    negative: Negative,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder to write. [default: the id]")
    ] = None,
    name: Annotated[str, typer.Option(help="What people read. [default: from the id]")] = "",
    field: Field = "text",
    quiet: Quiet = False,
) -> None:
    """Train a classifier on texts of your own, and judge it."""
    from sitclassify.classifiers.own import draft, reading

    folder = Path(id) if output is None else output
    if (folder / "model.json").exists():
        raise ConfigurationError(
            f"{folder}: holds a classifier already\n"
            "  `sitclassify feedback` improves it; take it away to begin anew"
        )
    terminal = Terminal(quiet)
    with terminal.steps() as tell:
        tell("reading", 0, 1)
        examples = reading.examples(positive, negative, field)
        trained = draft.train(id, examples, folder, name=name, tell=tell)
    _show(trained.judgement)
    for doubt in trained.doubts:
        terminal.note(f"doubt: {doubt}")
    typer.echo(f"{folder}: trained; look at {folder / draft.PAGE}, which quotes your texts")


def evaluate(
    classifier: Annotated[str, typer.Argument(help="Packaged id, or a folder of a model.")],
    positive: Positive,
    negative: Negative,
    page: Annotated[Path | None, typer.Option(help="HTML page to write.")] = None,
    field: Field = "text",
    quiet: Quiet = False,
) -> None:
    """Judge a classifier on labelled texts that it has not seen."""
    from sitclassify.classifiers import loading
    from sitclassify.classifiers.own import draft, reading
    from sitclassify.classifiers.own.page import page as made

    models = loading.find(classifier)
    if len(models) != 1:
        raise ConfigurationError(f"{classifier}: holds {len(models)} models: name one")
    terminal = Terminal(quiet)
    examples = reading.examples(positive, negative, field)
    with terminal.elapsed("classifying"):
        judgement = draft.evaluate(models[0], examples)
    doubts = []
    if seen := draft.known(Path(classifier), examples):
        doubts.append(f"{seen} of these texts taught the classifier: its figures flatter it")
    if page is not None:
        how = "Texts that were named for the evaluation."
        page.write_text(made(models[0].name, judgement, how, doubts=doubts), encoding="utf-8")
    _show(judgement)
    for doubt in doubts:
        terminal.note(f"doubt: {doubt}")


def feedback(
    draft: Draft,
    positive: Corrected = None,
    negative: Corrected = None,
    field: Field = "text",
    quiet: Quiet = False,
) -> None:
    """Learn from corrected examples; the better of old and new is kept."""
    from sitclassify.classifiers.own import draft as drafts
    from sitclassify.classifiers.own import reading

    corrections = reading.examples(positive or (), negative or (), field)
    if not corrections:
        raise ConfigurationError("no corrected texts: name some by --positive or --negative")
    with Terminal(quiet).steps() as tell:
        found = drafts.feedback(draft, corrections, tell=tell)
    old, new = found.corrected_right
    typer.echo(f"corrected texts judged rightly: {old} of {found.corrected} before, {new} now")
    before, after = found.old.average_precision, found.new.average_precision
    typer.echo(f"average precision: {before:.4f} before, {after:.4f} now")
    _show(found.new if found.kept else found.old)
    kept = "the new model is kept" if found.kept else "the old model is kept: the new one is worse"
    typer.echo(f"{draft}: {kept}")


def publish(
    draft: Draft,
    into: Annotated[Path, typer.Argument(help="Folder of models, for `load(classifiers=...)`.")],
) -> None:
    """Copy a trained model, without the texts, to where scans load it from."""
    from sitclassify.classifiers.own import draft as drafts

    typer.echo(f"{drafts.publish(draft, into)}: published")


def _show(judgement: Judgement) -> None:
    """The table of thresholds on standard output."""
    table = Table(show_edge=False, pad_edge=False, header_style="bold")
    for name in ("level", "score", "recall", "false alarms", "at most (95 %)"):
        table.add_column(name, justify="left" if name == "level" else "right")
    for t in judgement.thresholds:
        share = t.false_alarms
        table.add_row(
            t.level,
            f"{t.score:.3f}",
            f"{t.recall.value:.1%}",
            f"{share.value:.2%}",
            f"{share.high:.2%}",
        )
    console_for(sys.stdout).print(table)
    typer.echo(
        f"{judgement.positives} positives, {judgement.negatives} negatives, ROC AUC {judgement.auc:.4f}"
    )
