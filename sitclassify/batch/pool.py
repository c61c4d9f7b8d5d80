"""Shards over processes of this machine: in bounded number, and whatever becomes of a process."""

from __future__ import annotations

import functools
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection
from multiprocessing.connection import Connection
from typing import Any, NamedTuple

from sitclassify.batch.shards import Shard
from sitclassify.batch.summary import Summary

_AHEAD = 2  # shards waiting for each process
_TICK = 0.2  # seconds between two looks at how far they are
Tell = Callable[[int], None]
Scan = Callable[[Shard, Tell], Summary]


class Failed(NamedTuple):
    """A shard that was not scanned, and why."""

    shard: Shard
    reason: str

    @classmethod
    def by(cls, shard: Shard, error: BaseException) -> Failed:
        """A shard that raised; the message of the error may hold scanned text."""
        return cls(shard, f"{type(error).__name__} while it was scanned")


def scan_in_processes(
    scan: Scan, shards: Iterator[Shard], jobs: int, tell: Tell = lambda _: None
) -> Iterator[tuple[Shard, Summary] | Failed]:
    """The numbers of each shard as it is done. Where a process ends, its shards are tried again one by one.

    `tell` is told how many bytes of the shards in work have been read.
    """
    waiting: dict[Future[Summary], tuple[Shard, int]] = {}
    pool = _Pool(jobs)
    alone: list[Shard] = []
    try:
        while True:
            while pool.free and (shard := next(shards, None)) is not None:
                slot = pool.free.pop()
                try:
                    waiting[pool.submit(scan, shard, slot)] = shard, slot
                except BrokenProcessPool:
                    alone.append(shard)
                    break
            if not waiting and not alone:
                return
            for future in wait(waiting, _TICK, FIRST_COMPLETED).done:
                shard, slot = waiting.pop(future)
                pool.done(slot)
                error = future.exception()
                if error is None:
                    yield shard, future.result()
                elif isinstance(error, BrokenProcessPool):
                    alone.append(shard)
                else:
                    yield Failed.by(shard, error)
            tell(pool.position())
            if alone and not waiting:
                pool.close()
                for shard in alone:
                    yield _alone(scan, shard)
                alone, pool = [], _Pool(jobs)
    finally:
        pool.close()


def _alone(scan: Scan, shard: Shard) -> tuple[Shard, Summary] | Failed:
    """A shard in a process of its own, that takes nothing along when it ends."""
    pool = _Pool(1)
    try:
        return shard, pool.submit(scan, shard, 0).result()
    except BrokenProcessPool:
        return Failed(shard, "the process that scanned it ended (out of memory, or killed)")
    except Exception as error:
        return Failed.by(shard, error)
    finally:
        pool.close()


class _Pool:
    """Processes that end when it is closed, in the middle of a shard too.

    Each shard in work has a slot, a number in memory that is shared, in which its process counts its bytes: nothing
    that a process could hold locked when it is killed. `free`: the slots that no shard has.
    """

    def __init__(self, jobs: int) -> None:
        context = multiprocessing.get_context("spawn")  # no thread of this process is copied
        theirs, self._lifeline = context.Pipe(duplex=False)  # they see when it is closed
        self.free = list(range(jobs * _AHEAD))
        self._counts: Any = context.RawArray("q", len(self.free))
        self._executor = ProcessPoolExecutor(
            jobs, mp_context=context, initializer=_begin, initargs=(theirs, self._counts)
        )

    def submit(self, scan: Scan, shard: Shard, slot: int) -> Future[Summary]:
        """Scan a shard in one of them. Raises `BrokenProcessPool` where one has ended."""
        return self._executor.submit(_scan, scan, shard, slot)

    def done(self, slot: int) -> None:
        """The shard of a slot is no longer in work."""
        self._counts[slot] = 0
        self.free.append(slot)

    def position(self) -> int:
        """Bytes of the shards in work that have been read."""
        return sum(self._counts)

    def close(self) -> None:
        """End them."""
        self._executor.shutdown(wait=False, cancel_futures=True)
        self._lifeline.close()


_shared: list[Any] = []  # of a process that scans: shared memory is handed over at its start only


def _scan(scan: Scan, shard: Shard, slot: int) -> Summary:
    (counts,) = _shared
    return scan(shard, functools.partial(counts.__setitem__, slot))


def _begin(lifeline: Connection, counts: Any) -> None:
    """Leave Ctrl-C to the parent, and end with it however it ends."""
    _shared.append(counts)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    assert parent is not None

    def follow() -> None:
        connection.wait([parent.sentinel, lifeline])
        os._exit(1)

    threading.Thread(target=follow, daemon=True).start()
