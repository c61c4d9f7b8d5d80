"""Shards over a Ray cluster: Ray Data gives them to actors, each of which loads the scanner once.

Inputs and output are where every node sees them: URLs, or a folder that all share. What is written, and how a run
goes on where it was ended, is as in a run on one machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sitclassify.batch.folder import RunFolder
from sitclassify.batch.job import Job
from sitclassify.batch.pool import Failed
from sitclassify.batch.shards import Shard
from sitclassify.batch.summary import Summary
from sitclassify.errors import ConfigurationError


def scan_on_ray(
    job: Job, shards: Iterator[Shard], jobs: int | None, tell: Callable[[int], None]
) -> Iterator[tuple[Shard, Summary] | Failed]:
    """The numbers of each shard as it is done. `jobs`: actors, one core each; None: one per core of the cluster.

    Raises `ConfigurationError` where Ray is not installed.
    """
    try:
        import ray
        import ray.data
    except ImportError:
        raise ConfigurationError(
            "the engine 'ray' needs Ray: pip install 'sitclassify[ray]'"
        ) from None
    left = {shard.number: shard for shard in shards}
    if not left:
        return
    if not ray.is_initialized():
        ray.init(log_to_driver=False, logging_level="warning")
    cores = max(1, int(ray.cluster_resources().get("CPU", 1)))
    ray.data.DataContext.get_current().enable_progress_bars = False
    numbers = [{"number": number} for number in left]
    rows = ray.data.from_items(numbers, override_num_blocks=len(numbers)).map_batches(
        _Actor,
        fn_constructor_args=(job, dict(left)),
        batch_size=1,
        compute=ray.data.ActorPoolStrategy(size=min(jobs or cores, cores, len(left))),
        num_cpus=1,
    )
    folder = RunFolder(job.folder)
    try:
        for row in rows.iter_rows():
            shard = left.pop(int(row["number"]))
            if row["reason"]:
                yield Failed(shard, str(row["reason"]))
            else:
                yield shard, folder.shard_summary(shard.number)
    except ray.exceptions.RayError as error:
        for shard in left.values():
            yield Failed(shard, f"Ray gave up ({type(error).__name__})")


class _Actor:
    """Scans shards by their numbers, in a process of the cluster."""

    def __init__(self, job: Job, shards: Mapping[int, Shard]) -> None:
        self._job, self._shards = job, shards
        job.options.scanner()

    def __call__(self, batch: dict[str, Any]) -> dict[str, Any]:
        return {
            "number": batch["number"],
            "reason": [self._scan(int(number)) for number in batch["number"]],
        }

    def _scan(self, number: int) -> str:
        """Why a shard was not scanned; empty where it was."""
        try:
            self._job.scan(self._shards[number])
        except Exception as error:  # its message may hold scanned text
            return f"{type(error).__name__} while it was scanned"
        return ""
