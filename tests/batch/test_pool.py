"""Processes that end by themselves, and those that are ended."""

from __future__ import annotations

import os
import time
from functools import partial
from multiprocessing import active_children
from pathlib import Path

import pytest

from sitclassify.batch.pool import Failed, Tell, scan_in_processes
from sitclassify.batch.shards import Shard
from sitclassify.batch.summary import Summary

SHARDS = [Shard(number, ()) for number in range(8)]


def ends(shard: Shard, _: Tell) -> Summary:
    """Shard 3 takes its process along, shard 5 is an error whose message nobody may see."""
    if shard.number == 3:
        os._exit(9)
    if shard.number == 5:
        raise ValueError("536-90-4399")
    return Summary(texts=shard.number)


def ends_once(marks: Path, shard: Shard, _: Tell) -> Summary:
    """As if the system had been short of memory for a moment."""
    mark = marks / str(shard.number)
    if shard.number % 3 == 0 and not mark.exists():
        mark.touch()
        os._exit(9)
    return Summary(texts=shard.number)


def waits(shard: Shard, _: Tell) -> Summary:
    """A shard that takes long, but for the first."""
    time.sleep(60 if shard.number else 0)
    return Summary()


def counts(shard: Shard, tell: Tell) -> Summary:
    """A shard that says how far it is, until somebody has had time to look."""
    tell(100 + shard.number)
    time.sleep(0.5)
    return Summary()


def test_how_far_shards_in_work_are() -> None:
    told: list[int] = []
    done = list(scan_in_processes(counts, iter(SHARDS[:2]), 2, told.append))
    assert len(done) == 2
    assert max(told) in (100, 101, 201), "one of them, or both at once"
    assert told[-1] == 0, "what is done is no longer in work"


def test_a_process_that_ends_takes_its_own_shard_along_only() -> None:
    done = list(scan_in_processes(ends, iter(SHARDS), 2))
    failed = {item.shard.number: item.reason for item in done if isinstance(item, Failed)}
    assert failed == {
        3: "the process that scanned it ended (out of memory, or killed)",
        5: "ValueError while it was scanned",
    }
    scanned = sorted(item[1].texts for item in done if not isinstance(item, Failed))
    assert scanned == [0, 1, 2, 4, 6, 7]


def test_a_shard_whose_process_ended_is_tried_again(tmp_path: Path) -> None:
    done = list(scan_in_processes(partial(ends_once, tmp_path), iter(SHARDS), 2))
    scanned = [item[1].texts for item in done if not isinstance(item, Failed)]
    failed = [item.shard.number for item in done if isinstance(item, Failed)]
    assert sorted(scanned + failed) == list(range(8)), "each exactly once"
    assert len(failed) <= 2, "only what ended the process twice"


@pytest.mark.parametrize("jobs", [1, 2])
def test_shards_in_work_are_ended_with_the_run(jobs: int) -> None:
    before = {child.pid for child in active_children()}
    run = scan_in_processes(waits, iter(SHARDS), jobs)
    next(run)
    run.close()  # type: ignore[attr-defined]
    deadline = time.monotonic() + 60
    while {c.pid for c in active_children()} - before and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not {c.pid for c in active_children()} - before
