"""Timing in process: every call warmed up, calls interleaved, all samples kept."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator, Mapping

Call = Callable[[], object]
_BATCH = 2_000_000  # nanoseconds one call is repeated for before the next has its turn
_MAX_SAMPLES = 100_000  # per call
_WARM_UP = 0.1  # of the time given


def interleave(calls: Mapping[str, Call], seconds: float, least: int = 5) -> dict[str, list[int]]:
    """Nanoseconds of every sample of each call, rising.

    The calls take turns of about two milliseconds, so that a noisy machine bends all of them alike.
    Ends after `seconds`, warming up apart, and not before each call was timed `least` times.
    """
    repeats = {
        name: _warm_up(call, seconds * _WARM_UP / len(calls)) for name, call in calls.items()
    }
    samples: dict[str, list[int]] = {name: [] for name in calls}
    clock = time.perf_counter_ns
    end = clock() + int(seconds * 1e9)
    while min(map(len, samples.values())) < least or (
        clock() < end and max(map(len, samples.values())) < _MAX_SAMPLES
    ):
        for name, call in calls.items():
            kept = samples[name]
            for _ in range(repeats[name]):
                start = clock()
                call()
                kept.append(clock() - start)
    return {name: sorted(kept) for name, kept in samples.items()}


def _warm_up(call: Call, seconds: float) -> int:
    """Call until `seconds` are over, at least twice; how often one batch repeats it."""
    clock = time.perf_counter_ns
    begin = clock()
    count = 0
    while count < 2 or clock() - begin < seconds * 1e9:
        call()
        count += 1
    return max(1, _BATCH * count // (clock() - begin))


def cpu_time(call: Call, seconds: float) -> list[int]:
    """Nanoseconds of processor time of every sample, rising: what a busy machine does not bend."""
    clock = time.thread_time_ns
    end = time.perf_counter_ns() + int(seconds * 1e9)
    kept: list[int] = []
    while time.perf_counter_ns() < end or len(kept) < 2:
        start = clock()
        call()
        kept.append(clock() - start)
    return sorted(kept)


def samples(call: Call, nanoseconds: int) -> list[int]:
    """Nanoseconds of every call in about so many; at least one."""
    kept: list[int] = []
    clock = time.perf_counter_ns
    end = clock() + nanoseconds
    while not kept or clock() < end:
        start = clock()
        call()
        kept.append(clock() - start)
    return kept


def percentile(rising: list[int], share: float) -> int:
    """The sample that `share` of all are not above."""
    return rising[min(len(rising) - 1, int(share * len(rising)))]


@contextlib.contextmanager
def one_core() -> Iterator[None]:
    """Stay on one core meanwhile, child processes too, where the platform knows how."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
