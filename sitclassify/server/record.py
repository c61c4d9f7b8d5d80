"""The audit of one worker: an event per examined text, behind the request or, if mandatory, before its answer."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from sitclassify.audit import JsonLines, Message, Writer
from sitclassify.errors import AuditError
from sitclassify.policy import Context, Decision
from sitclassify.results import ScanResult
from sitclassify.server.calls import Unchecked
from sitclassify.server.logs import Log
from sitclassify.server.metrics import Metrics
from sitclassify.server.settings import Settings

_SECONDS = 2.0  # a mandatory event may take; less than any client waits
_THREADS = 32  # that wait for mandatory events


class Record:
    """Writes events to the file that the settings name."""

    def __init__(self, settings: Settings, metrics: Metrics, log: Log) -> None:
        assert settings.audit is not None
        self._metrics = metrics
        self._mandatory = settings.audit_mandatory
        self._writer = Writer(
            JsonLines(settings.audit),
            collect=settings.audit_collect,
            mandatory=self._mandatory,
            timeout=_SECONDS,
            on_trouble=lambda message: log.failed("audit", message),
        )
        self._threads = ThreadPoolExecutor(_THREADS, "audit")
        self._waiting = 0

    @property
    def trouble(self) -> str | None:
        """Why nothing can be answered just now: no event can be written, and they are mandatory."""
        return self._writer.status().trouble if self._mandatory else None

    async def write(
        self,
        result: ScanResult,
        decision: Decision,
        context: Context,
        message: Message,
        latency_us: float,
    ) -> None:
        """Hand one event over; `Unchecked` where it is mandatory and not written in time."""
        if not self._mandatory:
            is_taken = self._writer.write(result, decision, context, message, latency_us=latency_us)
            self._metrics.audit.labels("taken" if is_taken else "lost").inc()
            return
        if (
            self._waiting and self.trouble
        ):  # one asks whether it works again, the others do not wait
            raise self._lost()
        self._waiting += 1
        try:
            await asyncio.get_running_loop().run_in_executor(
                self._threads,
                lambda: self._writer.write(
                    result, decision, context, message, latency_us=latency_us
                ),
            )
        except AuditError:
            raise self._lost() from None
        finally:
            self._waiting -= 1
        self._metrics.audit.labels("taken").inc()

    def _lost(self) -> Unchecked:
        self._metrics.audit.labels("lost").inc()
        return Unchecked("audit")

    def close(self) -> None:
        """Write what waits; what cannot be written is told in the log."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._writer.close()
