"""The audit of one worker: an event per examined text, behind the request or, if mandatory, before its answer."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

from sitclassify.audit import (
    COLLECTIONS,
    DigestKey,
    JsonLines,
    Message,
    OpenTelemetry,
    Sink,
    Writer,
    to_ocsf,
)
from sitclassify.errors import AuditError, ConfigurationError
from sitclassify.policy import Context, Decision
from sitclassify.results import ScanResult
from sitclassify.server.calls import Unchecked
from sitclassify.server.logs import Log
from sitclassify.server.metrics import Metrics
from sitclassify.server.settings import Settings

FORMS = ("event", "ocsf", "otel")
_SECONDS = 2.0  # a mandatory event may take; less than any client waits
_THREADS = 32  # that wait for mandatory events
_LEAST_KEY = 16  # bytes; a shorter one could be tried out


def check(settings: Settings) -> None:
    """Raise `ConfigurationError` for settings of the audit that do not fit together."""
    if settings.audit_form not in FORMS:
        told = ", ".join(FORMS)
        raise ConfigurationError(f"--audit-form is one of {told}, not '{settings.audit_form}'")
    for kind in settings.audit_collect.values():
        if kind not in COLLECTIONS:
            told = ", ".join(COLLECTIONS)
            raise ConfigurationError(f"--audit-collect is one of {told}, not '{kind}'")
    if settings.audit is not None and not settings.audit.parent.is_dir():
        raise ConfigurationError(f"no folder {settings.audit.parent} for the audit file")
    if settings.audit is not None and settings.audit_form == "otel":
        raise ConfigurationError("--audit-form otel goes to OpenTelemetry: leave out --audit FILE")
    if _sink(settings) is None and (settings.audit_mandatory or settings.audit_key):
        raise ConfigurationError("--audit-mandatory and --audit-key need --audit FILE")
    _key(settings)


def record(settings: Settings, metrics: Metrics, log: Log) -> Record | None:
    """What writes the events; None where the settings ask for none."""
    sink = _sink(settings)
    return None if sink is None else Record(sink, settings, metrics, log)


def _sink(settings: Settings) -> Sink | None:
    if settings.audit_form == "otel":
        return OpenTelemetry()
    if settings.audit is None:
        return None
    return JsonLines(settings.audit, to_ocsf if settings.audit_form == "ocsf" else None)


def _key(settings: Settings) -> DigestKey | None:
    path = settings.audit_key
    if path is None:
        return None
    try:
        name, told = path.read_text(encoding="utf-8").split()
        key = bytes.fromhex(told)
    except (OSError, ValueError):
        key = b""
    if len(key) < _LEAST_KEY:
        raise ConfigurationError(
            f"{path}: expected an id and a key in hex, as `echo 2026-11 $(openssl rand -hex 32)` writes them"
        )
    return DigestKey(name, key)


class Record:
    """Writes events as the settings say."""

    def __init__(self, sink: Sink, settings: Settings, metrics: Metrics, log: Log) -> None:
        self._metrics = metrics
        self._mandatory = settings.audit_mandatory
        self._writer = Writer(
            sink,
            collect=settings.audit_collect,
            key=_key(settings),
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
        parts: Mapping[str, ScanResult],
        decision: Decision,
        context: Context,
        message: Message,
        latency_us: float,
    ) -> None:
        """Hand one event over; `Unchecked` where it is mandatory and not written in time."""
        if self._writer.collects(context) == "none":
            return
        if not self._mandatory:
            is_taken = self._writer.write(parts, decision, context, message, latency_us=latency_us)
            self._metrics.audit("taken" if is_taken else "lost").inc()
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
                    parts, decision, context, message, latency_us=latency_us
                ),
            )
        except AuditError:
            raise self._lost() from None
        finally:
            self._waiting -= 1
        self._metrics.audit("taken").inc()

    def _lost(self) -> Unchecked:
        self._metrics.audit("lost").inc()
        return Unchecked("audit")

    def close(self) -> None:
        """Write what waits; what cannot be written is told in the log."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._writer.close()
