"""Writes events behind the request path: a bounded queue, one thread, counted losses."""

from __future__ import annotations

import os
import secrets
import threading
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sitclassify.audit.event import COLLECTIONS, DigestKey, Message, Origin, Parts, make_event
from sitclassify.audit.sinks import Sink
from sitclassify.errors import AuditError, ConfigurationError
from sitclassify.policy import Context, Decision
from sitclassify.results import ScanResult

DEFAULT = "*"  # applications that a collection policy does not name
_FIRST_WAIT, _LONGEST_WAIT = 0.1, 5.0  # seconds between attempts at a sink that fails


class Status(NamedTuple):
    """How a writer is doing. `trouble` is why nothing can be written just now; `lost` events never will be."""

    written: int
    waiting: int
    lost: int
    trouble: str | None


class _Waiting:
    """An event to be written, and whether it was."""

    __slots__ = ("arguments", "is_written", "origin", "parts", "size", "time")

    def __init__(self, parts: Parts, arguments: dict[str, Any], size: int, origin: Origin) -> None:
        self.parts, self.arguments, self.size, self.origin = parts, arguments, size, origin
        self.time = datetime.now(UTC)
        self.is_written = False


class Writer:
    """Takes events from any thread and writes them in order in a thread of its own.

    collect: `none`, `metadata`, `redacted` or `full` for all applications, or a mapping of these with `*` for the
    rest. mandatory: `write` returns when the event is written, and raises `AuditError` where that takes longer
    than `timeout` seconds; otherwise it never waits, and what does not fit the queue is counted as lost, which
    the next event tells. queue, queue_characters: events and characters of text that may wait. on_trouble is told
    when writing fails and when it works again.

    What is waiting when the process is killed is lost, and shows as a gap in `origin.sequence`.
    """

    def __init__(
        self,
        sink: Sink,
        *,
        collect: str | Mapping[str, str] = "redacted",
        key: DigestKey | None = None,
        mandatory: bool = False,
        timeout: float = 5.0,
        queue: int = 10_000,
        queue_characters: int = 64_000_000,
        on_trouble: Callable[[str], None] | None = None,
    ) -> None:
        self._collect = {DEFAULT: collect} if isinstance(collect, str) else dict(collect)
        self._collect.setdefault(DEFAULT, "redacted")
        for kind in self._collect.values():
            if kind not in COLLECTIONS:
                raise ConfigurationError(
                    f"collect is one of {', '.join(COLLECTIONS)}, not {kind!r}"
                )
        self._sink, self._key = sink, key
        self._mandatory, self._timeout = mandatory, timeout
        self._most, self._most_characters = queue, queue_characters
        self._on_trouble = on_trouble
        self._begin()

    def _begin(self) -> None:
        self._id = secrets.token_hex(8)
        self._process = os.getpid()
        self._change = threading.Condition()
        self._queue: deque[_Waiting] = deque()
        self._characters = self._sequence = self._written = self._lost = 0
        self._trouble: str | None = None
        self._thread: threading.Thread | None = None
        self._is_closing = False

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def write(
        self,
        parts: Parts,
        decision: Decision,
        context: Context,
        message: Message = Message(),  # noqa: B008 - frozen
        *,
        latency_us: float | None = None,
    ) -> bool:
        """Hand one event over; arguments as those of `make_event`. False where it is not kept.

        Raises `AuditError` only where audit is mandatory.
        """
        collect = self.collects(context)
        if collect == "none":
            return False
        arguments = {
            "decision": decision, "context": context, "message": message, "collect": collect,
            "key": self._key, "latency_us": latency_us,
        }  # fmt: skip
        results = [parts] if isinstance(parts, ScanResult) else parts.values()
        size = sum(result.length for result in results)
        if self._process != os.getpid():
            self._begin()  # a fork has the queue, but not the thread
        with self._change:
            waiting = self._take(parts, arguments, size)
            if self._mandatory:
                self._wait_for(waiting)
        return waiting is not None

    @property
    def is_mandatory(self) -> bool:
        """Whether `write` waits until the event is written."""
        return self._mandatory

    def collects(self, context: Context) -> str:
        """How much of a text from there is kept."""
        return self._collect.get(context.application or DEFAULT, self._collect[DEFAULT])

    def _wait_for(self, waiting: _Waiting | None) -> None:
        """Return when the event is written; `AuditError` where it is not."""
        why = "the queue is full"
        if waiting is not None:
            why = "it cannot be made"
            if not self._change.wait_for(lambda: waiting not in self._queue, self._timeout):
                why = f"not within {self._timeout:g} seconds"
                self._queue.remove(waiting)
                self._characters -= waiting.size
                self._lost += 1
            if waiting.is_written:
                return
        why = self._trouble or why
        raise AuditError(f"the audit event is not written: {why}; do not let the request go on")

    def _take(self, parts: Parts, arguments: dict[str, Any], size: int) -> _Waiting | None:
        self._sequence += 1
        is_full = len(self._queue) >= self._most or (
            self._queue and self._characters + size > self._most_characters
        )
        if is_full or self._is_closing:
            self._lost += 1
            return None
        waiting = _Waiting(parts, arguments, size, Origin(self._id, self._sequence, self._lost))
        self._queue.append(waiting)
        self._characters += size
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="sitclassify-audit", daemon=True)
            self._thread.start()
        self._change.notify_all()
        return waiting

    def status(self) -> Status:
        """How many events were written, wait and were lost, and what is wrong just now."""
        with self._change:
            return Status(self._written, len(self._queue), self._lost, self._trouble)

    def close(self, timeout: float = 5.0) -> Status:
        """Write what is waiting, at most for `timeout` seconds; what then remains is lost and told."""
        with self._change:
            self._is_closing = True
            self._change.notify_all()
            self._change.wait_for(lambda: not self._queue, timeout)
            left = len(self._queue)
            self._lost += left
            self._queue.clear()
            self._change.notify_all()
        if self._thread is not None:
            self._thread.join(timeout)
        self._sink.close()
        if left:
            self._tell(
                f"closed with {left} audit events not written: {self._trouble or 'too slow'}"
            )
        return self.status()

    def _run(self) -> None:
        while True:
            with self._change:
                self._change.wait_for(lambda: self._queue or self._is_closing)
                if not self._queue:
                    return
                waiting = self._queue[0]
            self._write_one(waiting)

    def _write_one(self, waiting: _Waiting) -> None:
        is_written = False
        try:
            event = make_event(
                waiting.parts, **waiting.arguments, origin=waiting.origin, time=waiting.time
            )
            is_written = self._put(event, waiting)
        except Exception as error:  # a broken event must not end this thread
            self._tell(f"an audit event cannot be made or written: {type(error).__name__}")
        with self._change:
            if self._queue and self._queue[0] is waiting:
                self._queue.popleft()
                self._characters -= waiting.size
                self._written += is_written
                self._lost += not is_written
            waiting.is_written = is_written
            self._change.notify_all()

    def _put(self, event: dict[str, Any], waiting: _Waiting) -> bool:
        """Try until the event is written, or given up by `write` or `close`."""
        pause = _FIRST_WAIT
        while True:
            try:
                self._sink.put(event)
                break
            except OSError as error:
                self._fail(error.strerror or type(error).__name__)
            with self._change:
                if self._change.wait_for(lambda: waiting not in self._queue, pause):
                    return False
            pause = min(2 * pause, _LONGEST_WAIT)
        if self._trouble is not None:
            self._trouble = None
            self._tell(f"audit events are written again; lost so far: {self._lost}")
        return True

    def _fail(self, why: str) -> None:
        if self._trouble is None:
            self._tell(f"audit events cannot be written: {why}")
        self._trouble = why

    def _tell(self, what: str) -> None:
        if self._on_trouble is not None:
            with suppress(Exception):  # whatever it does, events go on being written
                self._on_trouble(what)
