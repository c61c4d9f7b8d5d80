"""Shards over processes of this machine: in bounded number, and whatever becomes of a process."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection
from multiprocessing.connection import Connection
from typing import NamedTuple

from sitclassify.batch.shards import Shard
from sitclassify.batch.summary import Summary

_AHEAD = 2  # shards waiting for each process
Scan = Callable[[Shard], Summary]


class Failed(NamedTuple):
    """A shard that was not scanned, and why."""

    shard: Shard
    reason: str


def scan_in_processes(
    scan: Scan, shards: Iterator[Shard], jobs: int
) -> Iterator[tuple[Shard, Summary] | Failed]:
    """The numbers of each shard as it is done. Where a process ends, its shards are tried again one by one."""
    waiting: dict[Future[Summary], Shard] = {}
    pool = _Pool(jobs)
    alone: list[Shard] = []
    try:
        while True:
            while len(waiting) < jobs * _AHEAD and (shard := next(shards, None)) is not None:
                try:
                    waiting[pool.submit(scan, shard)] = shard
                except BrokenProcessPool:
                    alone.append(shard)
                    break
            if not waiting and not alone:
                return
            for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                shard = waiting.pop(future)
                error = future.exception()
                if error is None:
                    yield shard, future.result()
                elif isinstance(error, BrokenProcessPool):
                    alone.append(shard)
                else:
                    yield Failed(shard, f"{type(error).__name__} while it was scanned")
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
        return shard, pool.submit(scan, shard).result()
    except BrokenProcessPool:
        return Failed(shard, "the process that scanned it ended (out of memory, or killed)")
    except Exception as error:  # its message may hold scanned text
        return Failed(shard, f"{type(error).__name__} while it was scanned")
    finally:
        pool.close()


class _Pool:
    """Processes that end when it is closed, in the middle of a shard too."""

    def __init__(self, jobs: int) -> None:
        context = multiprocessing.get_context("spawn")  # no thread of this process is copied
        theirs, self._lifeline = context.Pipe(duplex=False)  # they see when it is closed
        self._executor = ProcessPoolExecutor(
            jobs, mp_context=context, initializer=_begin, initargs=(theirs,)
        )

    def submit(self, scan: Scan, shard: Shard) -> Future[Summary]:
        """Scan a shard in one of them. Raises `BrokenProcessPool` where one has ended."""
        return self._executor.submit(scan, shard)

    def close(self) -> None:
        """End them."""
        self._executor.shutdown(wait=False, cancel_futures=True)
        self._lifeline.close()


def _begin(lifeline: Connection) -> None:
    """Leave Ctrl-C to the parent, and end with it however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    assert parent is not None

    def follow() -> None:
        connection.wait([parent.sentinel, lifeline])
        os._exit(1)

    threading.Thread(target=follow, daemon=True).start()
