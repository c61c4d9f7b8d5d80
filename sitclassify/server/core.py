"""What every dialect asks: scan, decide, redact and tell the audit, on the event loop or on a thread; and a reload."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple, TypeVar

import sitclassify
from sitclassify import policy
from sitclassify.errors import ConfigurationError, SitclassifyError
from sitclassify.redaction.methods import KEYED
from sitclassify.results import ScanResult
from sitclassify.scanner import Scanner
from sitclassify.server.calls import Refused, Unchecked
from sitclassify.server.logs import Log
from sitclassify.server.metrics import Metrics
from sitclassify.server.record import record
from sitclassify.server.settings import Settings
from sitclassify.verdicts import Sender, Verdict, judge

T = TypeVar("T")
_WAITING = 16  # texts that may wait for one thread; the next one is told to come back


class Engine(NamedTuple):
    """What a reload replaces, as a whole: a request keeps the one it began with."""

    scanner: Scanner
    policies: policy.Policies
    catalogue: str
    key: bytes | None = None

    @property
    def version(self) -> str:
        """Of everything that an answer depends on."""
        return f"{self.catalogue} {self.policies.version}"

    def judge(self, results: Sequence[ScanResult], senders: Sequence[Sender]) -> list[Verdict]:
        """What is to be done with each text of one request."""
        return judge(self.policies, results, senders, key=self.key)

    def options(self, method: str) -> dict[str, Any]:
        """What `ScanResult.redact` is told besides `method`. Raises `ConfigurationError` without the key."""
        if method not in KEYED:
            return {}
        if self.key is None:
            raise ConfigurationError(f"method '{method}' needs a key: pass --redaction-key FILE")
        return {"key": self.key}


def load(settings: Settings) -> Engine:
    """The catalogue and the policies that the settings name. Raises `SitclassifyError`."""
    policies = policy.load(settings.policies)
    scanner = sitclassify.load(**settings.load, policies=policies)
    scanner.warm()
    scanner.stream()  # of answers that grow: takes a second the first time
    nothing = scanner.scan("")
    policies.evaluate(nothing)  # binds them to the scanner, so that no request waits for it
    engine = Engine(scanner, policies, nothing.about.catalogue, _key(settings))
    for rule in (rule for each in policies.policies for rule in each.rules):
        if rule.action == "redact":
            engine.options(rule.method)
    return engine


def _key(settings: Settings) -> bytes | None:
    path = settings.redaction_key
    if path is None:
        return None
    try:
        return bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        raise ConfigurationError(
            f"{path}: expected a key in hex, as `openssl rand -hex 32` writes it"
        ) from None


class Core:
    """One worker's engine, and where its work is done."""

    def __init__(self, settings: Settings, metrics: Metrics, log: Log) -> None:
        """Raises `SitclassifyError` where the catalogue or a policy cannot be loaded."""
        self.settings = settings
        self.metrics = metrics
        self.log = log
        self.engine = load(settings)
        self.record = record(settings, metrics, log)
        self._threads = ThreadPoolExecutor(settings.threads, "scan")
        self._submitted = 0
        _keep()

    async def examine(
        self, size: int, scan: Callable[[Scanner], Sequence[ScanResult]], senders: Sequence[Sender]
    ) -> list[Verdict]:
        """What is to be done with each text that `scan` finds something in, one per sender; every one is audited.

        Raises `Unchecked` for what `run` does, and where audit is mandatory and cannot be written.
        """
        engine = self.engine
        started = time.perf_counter()
        verdicts = await self.run(size, lambda: engine.judge(scan(engine.scanner), senders))
        if self.record is not None:
            each = (time.perf_counter() - started) * 1e6 / max(1, len(verdicts))
            for verdict, sender in zip(verdicts, senders, strict=True):
                parts = {sender.pointer: verdict.result}
                await self.record.write(
                    parts, verdict.decision, sender.context, sender.message, each
                )
        for verdict in verdicts:
            self.metrics.decisions(verdict.decision.action).inc()
        return verdicts

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
        """Catalogue and policies read again; requests go on with the old ones until the new ones are there.

        `Refused` 422 with the reason where they cannot be loaded: the old ones stay.
        """
        try:
            engine = await asyncio.to_thread(load, self.settings)
        except SitclassifyError as error:
            self.metrics.reloads("failed").inc()
            self.log.failed("reload", str(error))
            raise Refused(422, f"the old catalogue and policies stay: {error}") from None
        self.engine = engine
        await asyncio.to_thread(_keep)
        self.metrics.reloads("done").inc()
        self.log.state("reload", version=engine.version)
        return engine

    def close(self) -> None:
        """Let the threads end; what waits for them is dropped, what waits for the audit is written."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        if self.record is not None:
            self.record.close()


def _keep() -> None:
    """Spare what stays loaded the garbage collector's looks, which stop every answer for a tenth of a second."""
    gc.unfreeze()  # what a reload has replaced
    gc.collect()
    gc.freeze()
