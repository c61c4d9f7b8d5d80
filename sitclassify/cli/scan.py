"""`sitclassify scan`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sitclassify import resources
from sitclassify.batch.baseline import read_baseline, read_key
from sitclassify.batch.facets import Fields
from sitclassify.batch.job import Rows
from sitclassify.batch.report import write_report
from sitclassify.batch.summary import LEVELS
from sitclassify.cli.corpus import Corpus, is_run, scan_corpus, tell_inputs
from sitclassify.cli.options import (
    CacheFolder,
    CatalogueFolder,
    Entities,
    EntitiesFrom,
    MinConfidence,
    Quiet,
    ShowValues,
    Sits,
    confidence,
    scanner_options,
    split,
)
from sitclassify.cli.stream import Stream, default_format, scan_stream
from sitclassify.cli.terminal import Terminal
from sitclassify.errors import ConfigurationError

FOUND, PARTIAL = 1, 3  # exit status: --fail-on met; some input could not be read


def scan(
    paths: Annotated[
        list[str] | None, typer.Argument(help="Files and folders; - for standard input.")
    ] = None,
    sample: Annotated[
        bool, typer.Option("--sample", help="Scan the packaged sample of prompts.")
    ] = False,
    format: Annotated[
        str | None, typer.Option("--format", "-f", help="table, jsonl, csv, parquet or sarif.")
    ] = None,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", help="File to write to; FOLDER/ for a run over a corpus."),
    ] = None,
    field: Annotated[
        str | None, typer.Option("--field", help="Field of a row to scan: text, a.b, a column.")
    ] = None,
    hidden: Annotated[
        bool, typer.Option("--hidden", help="Scan the hidden files of folders too.")
    ] = False,
    sits: Sits = None,
    min_confidence: MinConfidence = None,
    classifiers: Annotated[
        list[str] | None,
        typer.Option("--classifiers", help="Classifiers to run; 'none' for none; default: all."),
    ] = None,
    no_classifiers: Annotated[
        bool, typer.Option("--no-classifiers", help="Run no classifier.")
    ] = False,
    entities: Entities = False,
    entities_from: EntitiesFrom = None,
    catalogue: CatalogueFolder = None,
    cache: CacheFolder = None,
    allow: Annotated[
        list[str] | None,
        typer.Option("--allow", help="A value, or /regex/, that is no finding; may be repeated."),
    ] = None,
    fail_on: Annotated[
        str | None, typer.Option("--fail-on", help="Exit 1 from this level on: low, medium, high.")
    ] = None,
    show_values: ShowValues = False,
    quiet: Quiet = False,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="Scan so many rows at most.")
    ] = None,
    sample_rate: Annotated[
        float | None,
        typer.Option("--sample-rate", help="Scan this share of the rows, always the same ones."),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", min=1, help="Processes of a run; default: one per core."),
    ] = None,
    engine: Annotated[
        str, typer.Option("--engine", help="What runs over a corpus: local, or ray (extra `ray`).")
    ] = "local",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell what would be read, and scan nothing.")
    ] = False,
    user_field: Annotated[
        str | None, typer.Option("--user-field", help="Field of a row that names its user.")
    ] = None,
    application_field: Annotated[
        str | None, typer.Option("--application-field", help="Field that names the application.")
    ] = None,
    time_field: Annotated[
        str | None, typer.Option("--time-field", help="Field that holds the time.")
    ] = None,
    digest_key: Annotated[
        Path | None,
        typer.Option("--digest-key", help="File of a key: findings get keyed hashes of values."),
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option("--baseline", help="Leave out what this baseline accepts.")
    ] = None,
    report: Annotated[
        Path | None, typer.Option("--report", help="Write a page about it all: report.html.")
    ] = None,
) -> None:
    """Scan texts, JSON lines, chats, CSV, Parquet and folders.

    With --output FOLDER/ over all cores, one file of findings per shard; run again, it goes on where it was ended.
    """
    paths = [*(paths or []), *([str(resources.sample())] if sample else [])]
    target = None if output is None else Path(output)
    is_into_folder = is_run(target, output)
    kind = format or ("parquet" if is_into_folder else default_format(target))
    _check(paths, fail_on, sample_rate)
    if report is not None and not report.parent.is_dir():
        raise ConfigurationError(f"--report: no folder '{report.parent}'")
    if dry_run:
        tell_inputs(paths, hidden, target, field)
        return
    options = scanner_options(
        sits,
        confidence(min_confidence),
        catalogue,
        cache,
        [] if no_classifiers or classifiers == ["none"] else split(classifiers),
        allow,
        None if digest_key is None else read_key(digest_key),
        entities_from or entities,
    )
    if baseline is not None:
        read_baseline(baseline, options.digest_key)  # told before anything is scanned
    fields = Fields(user_field, application_field, time_field)
    rows = Rows(field, fields, limit, sample_rate)
    terminal = Terminal(quiet)
    if is_into_folder and target is not None:
        more = {"jobs": jobs, "baseline": baseline, "engine": engine}
        corpus = Corpus(paths, target, kind, hidden, show_values, rows, more)
        summary = scan_corpus(corpus, options, terminal)
    else:
        for name, is_given in (("--jobs", jobs is not None), ("--engine", engine != "local")):
            if is_given:
                raise ConfigurationError(
                    f"{name} is for a run into a folder: give --output FOLDER/"
                )
        stream = Stream(paths, target, kind, hidden, show_values, rows, baseline)
        summary = scan_stream(stream, options, terminal)
    if report is not None:
        write_report(report, summary, options.scanner())
        terminal.note(f"report: {report}")
    if summary.unread:
        raise typer.Exit(PARTIAL)
    if fail_on and summary.reaches(fail_on):
        raise typer.Exit(FOUND)


def _check(paths: list[str], fail_on: str | None, sample_rate: float | None) -> None:
    if not paths:
        raise ConfigurationError(
            "nothing to scan: name files or folders, - for standard input, or --sample"
        )
    if fail_on is not None and fail_on not in LEVELS:
        raise ConfigurationError(f"--fail-on is one of {', '.join(LEVELS)}, not '{fail_on}'")
    if sample_rate is not None and not 0 < sample_rate <= 1:
        raise ConfigurationError(f"--sample-rate is above 0 and up to 1, not {sample_rate}")
