"""What every dialect asks: scan, on the event loop or on a thread; and a reload in between."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple, TypeVar

import sitclassify
from sitclassify.errors import SitclassifyError
from sitclassify.scanner import Scanner
from sitclassify.server.calls import Refused, Unchecked
from sitclassify.server.logs import Log
from sitclassify.server.metrics import Metrics
from sitclassify.server.settings import Settings

T = TypeVar("T")
_WAITING = 16  # texts that may wait for one thread; the next one is told to come back


class Engine(NamedTuple):
    """What a reload replaces, as a whole: a request keeps the one it began with."""

    scanner: Scanner
    version: str


def load(settings: Settings) -> Engine:
    """The catalogue that the settings name. Raises `SitclassifyError`."""
    scanner = sitclassify.load(**settings.load)
    scanner.warm()
    about = scanner.scan("").to_dict()
    return Engine(scanner, about["catalogue"])


class Core:
    """One worker's engine, and where its work is done."""

    def __init__(self, settings: Settings, metrics: Metrics, log: Log) -> None:
        """Raises `SitclassifyError` where the catalogue cannot be loaded."""
        self.settings = settings
        self.metrics = metrics
        self.log = log
        self.engine = load(settings)
        self._threads = ThreadPoolExecutor(settings.threads, "scan")
        self._submitted = 0

    async def run(self, size: int, work: Callable[[], T]) -> T:
        """`work` on `size` characters: at once where that takes no time to speak of, else on a thread.

        `Unchecked` when too much waits already, or when the answer is not there in time; the thread then finishes
        for nobody, and counts as busy until it has.
        """
        if size < self.settings.thread_from:
            return work()
        if self._submitted >= self.settings.threads * _WAITING:
            raise Unchecked("overload")
        self._submitted += 1
        future = self._threads.submit(work)
        loop = asyncio.get_running_loop()
        future.add_done_callback(lambda _: loop.call_soon_threadsafe(self._finished))
        try:
            async with asyncio.timeout(self.settings.answer_seconds):
                return await asyncio.wrap_future(future)
        except TimeoutError:
            raise Unchecked("timeout") from None

    def _finished(self) -> None:
        self._submitted -= 1

    async def reload(self) -> Engine:
        """The catalogue read again; requests go on with the old one until the new one is there.

        `Refused` 422 with the reason where it cannot be loaded: the old one stays.
        """
        try:
            engine = await asyncio.to_thread(load, self.settings)
        except SitclassifyError as error:
            self.metrics.reloads.labels("failed").inc()
            self.log.failed("reload", str(error))
            raise Refused(422, f"the old catalogue stays: {error}") from None
        self.engine = engine
        self.metrics.reloads.labels("done").inc()
        self.log.state("reload", version=engine.version)
        return engine

    def close(self) -> None:
        """Let the threads end; what waits for them is dropped."""
        self._threads.shutdown(wait=False, cancel_futures=True)
