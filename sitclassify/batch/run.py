"""A run: inputs to shards, shards over all cores, findings and numbers into a folder."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import sitclassify
from sitclassify import resources
from sitclassify.batch.baseline import Baseline, read_baseline
from sitclassify.batch.entries import Unreadable
from sitclassify.batch.facets import Fields
from sitclassify.batch.folder import RunFolder
from sitclassify.batch.job import Job, Rows
from sitclassify.batch.options import Options
from sitclassify.batch.pool import Failed, scan_in_processes
from sitclassify.batch.readers import documents
from sitclassify.batch.readers.storage import File, Files
from sitclassify.batch.shards import Shard, shards_of, size_of_shards
from sitclassify.batch.summary import Summary
from sitclassify.errors import ConfigurationError

ENGINES = ("local", "ray")
FORMATS = ("parquet", "jsonl", "csv")
Tell = Callable[[int], None]
Done = tuple[Shard, Summary] | Failed
Engine = Callable[[Job, Iterator[Shard], int | None, Tell], Iterator[Done]]


class Progress(NamedTuple):
    """How far a run is: bytes of the inputs, and the numbers so far; `resumed` bytes were done before."""

    position: int
    total: int
    resumed: int
    summary: Summary


class Outcome(NamedTuple):
    """How a run ended. `failed`: shards to be tried again by running it again; `troubles`: inputs not found.

    `left_out`: hidden files; `resumed`: texts that an earlier run had scanned.
    """

    summary: Summary
    failed: list[Failed]
    troubles: list[Unreadable]
    left_out: int
    resumed: int

    @property
    def is_complete(self) -> bool:
        """Whether every shard is done."""
        return not self.failed


def run(
    inputs: Iterable[str | Path] | str | Path,
    output: str | Path,
    *,
    options: Options | None = None,
    format: str = "parquet",
    field: str | None = None,
    fields: Fields = Fields(),  # noqa: B008 - immutable
    jobs: int | None = None,
    limit: int | None = None,
    sample: float | None = None,
    hidden: bool = False,
    show_values: bool = False,
    baseline: Path | None = None,
    shard_bytes: int | None = None,
    engine: str = "local",
    on_progress: Callable[[Progress], None] | None = None,
) -> Outcome:
    """Scan files, folders, globs and URLs into the folder `output`; go on where an earlier run was ended.

    format: of the findings: parquet, jsonl or csv, one file per shard in `output/findings`. field: what to scan of a
    row (a column or a dotted path); None: every text in it. fields: those that hold user, application and time.
    jobs: processes; None: one per core (`ray`: of the cluster). limit: rows; sample: share of the rows, the same
    ones every time.
    baseline: a file of findings that are accepted and left out; `options.digest_key` is its key.
    shard_bytes: bytes of a shard; None: by those of the inputs.
    engine: `local`, the processes of this machine; `ray`, those of a cluster (extra `ray`).

    Raises `ConfigurationError` where `output` holds another run, or none of the inputs is there.
    """
    if format not in FORMATS:
        raise ConfigurationError(f"format is one of {', '.join(FORMATS)}, not '{format}'")
    scan = engine_of(engine)
    if sample is not None and not 0 < sample <= 1:
        raise ConfigurationError(f"sample is a share of the rows above 0 and up to 1, not {sample}")
    paths = [inputs] if isinstance(inputs, (str, Path)) else list(inputs)
    output = Path(output)
    files, troubles, left_out = find_files(paths, hidden, output)
    options = options or Options()
    rows = Rows(field, fields, limit, sample)
    job = Job(
        output.absolute(), options, format, rows, show_values, baseline and baseline.absolute()
    )
    folder = RunFolder(job.folder)
    with folder.locked():
        total = sum(file.size for file in files)
        shard_bytes = shard_bytes or size_of_shards(total)
        folder.begin(identity(job, files, shard_bytes))
        work = _Work(folder, shards_of(files, shard_bytes, limit), total, on_progress)
        for done in scan(job, work.left(), jobs, work.tell):
            work.finish(done)
        outcome = Outcome(work.summary, work.failed, troubles, left_out, work.resumed_texts)
        if outcome.is_complete:
            folder.finish(work.summary, about(job))
    return outcome


def cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def find_files(
    paths: Iterable[str | Path], hidden: bool, output: Path | None
) -> tuple[list[File], list[Unreadable], int]:
    """The files of inputs, what is none, and how many hidden ones were left out."""
    finder = Files(hidden, output)
    files: list[File] = []
    troubles: list[Unreadable] = []
    for item in finder.all(str(path) for path in paths):
        if isinstance(item, File):
            files.append(item)
        else:
            troubles.append(item)
    return files, troubles, finder.left_out


def identity(job: Job, files: list[File], shard_bytes: int) -> dict[str, Any]:
    """What makes two runs the same: inputs, catalogue, models, arguments."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(
            f"{file.name}\0{file.size}\0{file.stamp}\n".encode("utf-8", "backslashreplace")
        )
    scanner, options = job.options.scanner(), job.options
    arguments = {
        "sits": options.sits and sorted(scanner.sits),
        "min_confidence": options.min_confidence,
        "allow": [str(value) for value in options.allow],
        "rows": [job.rows.field, list(job.rows.fields), job.rows.limit, job.rows.sample],
        "format": job.format,
        "show_values": job.show_values,
        "shard_bytes": shard_bytes,
        "digests": options.digest_key is not None,
        "baseline": _digest(read_baseline(job.baseline, options.digest_key))
        if job.baseline
        else None,
    }
    return {
        "version": sitclassify.__version__,
        "inputs": {
            "files": len(files),
            "bytes": sum(f.size for f in files),
            "digest": digest.hexdigest(),
        },
        "catalogue": resources.digest(resources.folders_of(options.catalogue)),
        "documents": documents.kinds(),  # what can be read: more, once the extra is installed
        "models": {name: model.version for name, model in sorted(scanner.classifiers.items())},
        "arguments": arguments,
    }


def _digest(baseline: Baseline) -> str:
    return hashlib.sha256(repr(sorted(baseline.accepted)).encode()).hexdigest()


def about(job: Job) -> dict[str, Any]:
    """What a summary says of its run."""
    return {"version": sitclassify.__version__, "format": job.format}


def engine_of(name: str) -> Engine:
    """What scans the shards."""
    if name == "local":
        return _local
    if name == "ray":
        from sitclassify.batch.cluster import scan_on_ray

        return scan_on_ray
    raise ConfigurationError(f"engine is one of {', '.join(ENGINES)}, not '{name}'")


def _local(job: Job, shards: Iterator[Shard], jobs: int | None, tell: Tell) -> Iterator[Done]:
    jobs = jobs or cores()
    if jobs > 1:
        yield from scan_in_processes(job.scan, shards, jobs, tell)
        return
    for shard in shards:
        try:
            yield shard, job.scan(shard, tell)
        except Exception as error:
            yield Failed.by(shard, error)


class _Work:
    """Which shards are left, and what those that are done add up to."""

    def __init__(
        self,
        folder: RunFolder,
        shards: Iterator[Shard],
        total: int,
        on_progress: Callable[[Progress], None] | None,
    ) -> None:
        self._folder, self._shards, self._total = folder, shards, total
        self._on_progress = on_progress
        self._position = self._in_work = self._resumed = 0
        self.resumed_texts = 0
        self.summary = Summary()
        self.failed: list[Failed] = []

    def left(self) -> Iterator[Shard]:
        """The shards that are not done yet; the numbers of the others are added."""
        for shard in self._shards:
            if self._folder.is_done(shard.number):
                summary = self._folder.shard_summary(shard.number)
                self._resumed += shard.size
                self.resumed_texts += summary.texts
                self._add(shard, summary)
            else:
                yield shard

    def finish(self, done: Done) -> None:
        """Add what a shard counted."""
        if isinstance(done, Failed):
            self.failed.append(done)
            self._position += done.shard.size
        else:
            self._add(*done)

    def _add(self, shard: Shard, summary: Summary) -> None:
        self.summary.merge(summary)
        self._position += shard.size
        self._in_work = max(0, self._in_work - shard.size)
        self._tell()

    def tell(self, size: int) -> None:
        """Tell how far it is: `size` bytes of the shards in work have been read."""
        if size != self._in_work:
            self._in_work = size
            self._tell()

    def _tell(self) -> None:
        if self._on_progress is not None:
            position = min(self._position + self._in_work, self._total)
            self._on_progress(Progress(position, self._total, self._resumed, self.summary))
