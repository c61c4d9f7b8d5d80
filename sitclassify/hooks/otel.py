"""OpenTelemetry: exporters that scrub spans and log records before the exporter inside sees them.

`BatchSpanProcessor(SpanScrubber(guard, OTLPSpanExporter()))`. What policy redacts is redacted, in names, attributes,
events, links, the status and bodies; what it blocks, and what cannot be checked where the guard fails closed, is left
out. A telemetry guard wants no audit of its own.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from opentelemetry.sdk._logs import ReadableLogRecord
from opentelemetry.sdk._logs.export import LogRecordExporter, LogRecordExportResult
from opentelemetry.sdk.trace import Event, ReadableSpan
from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult
from opentelemetry.trace import Link, Status

from sitclassify.hooks.bodies import Body
from sitclassify.hooks.guard import Guard
from sitclassify.hooks.texts import Blocked, NotChecked

BLOCKED, UNCHECKED = "<blocked>", "<not checked>"  # stand for what is left out


class SpanScrubber(SpanExporter):
    """Around another exporter of spans."""

    def __init__(self, guard: Guard, inner: SpanExporter) -> None:
        self._guard, self._inner = guard, inner

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Hand scrubbed copies on."""
        return self._inner.export([_span(self._guard, span) for span in spans])

    def shutdown(self) -> None:
        """Shut the exporter inside down."""
        self._inner.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        """Flush the exporter inside."""
        return self._inner.force_flush(timeout_millis)


class LogScrubber(LogRecordExporter):
    """Around another exporter of log records."""

    def __init__(self, guard: Guard, inner: LogRecordExporter) -> None:
        self._guard = guard
        self._inner: Any = inner  # some of its methods have no types

    def export(self, batch: Sequence[ReadableLogRecord]) -> LogRecordExportResult:
        """Hand scrubbed copies on."""
        told: LogRecordExportResult = self._inner.export([_record(self._guard, r) for r in batch])
        return told

    def shutdown(self) -> None:
        """Shut the exporter inside down."""
        self._inner.shutdown()

    def force_flush(self, timeout_millis: int = 10_000) -> bool:
        """Flush the exporter inside."""
        return bool(self._inner.force_flush(timeout_millis))


def _span(guard: Guard, span: ReadableSpan) -> ReadableSpan:
    told = _scrubbed(
        guard,
        {
            "content": span.name,
            "attributes": _plain(span.attributes),
            "status": {"content": span.status.description},
            "events": [
                {"content": e.name, "attributes": _plain(e.attributes)} for e in span.events
            ],
            "links": [_plain(link.attributes) for link in span.links],
        },
    )
    events = [
        Event(new["content"], new["attributes"], old.timestamp)
        for old, new in zip(span.events, told["events"], strict=True)
    ]
    links = [Link(old.context, new) for old, new in zip(span.links, told["links"], strict=True)]
    return ReadableSpan(
        name=told["content"],
        context=span.context,
        parent=span.parent,
        resource=span.resource,
        attributes=told["attributes"],
        events=events,
        links=links,
        kind=span.kind,
        status=Status(span.status.status_code, told["status"]["content"]),
        start_time=span.start_time,
        end_time=span.end_time,
        instrumentation_scope=span.instrumentation_scope,
    )


def _record(guard: Guard, record: ReadableLogRecord) -> ReadableLogRecord:
    log = record.log_record
    told = _scrubbed(guard, {"content": _plain(log.body), "attributes": _plain(log.attributes)})
    changed = type(log)(
        timestamp=log.timestamp,
        observed_timestamp=log.observed_timestamp,
        context=log.context,
        severity_text=log.severity_text,
        severity_number=log.severity_number,
        body=told["content"],
        attributes=told["attributes"],
        event_name=log.event_name,
    )
    return dataclasses.replace(record, log_record=changed)


def _plain(value: Any) -> Any:
    """A copy of maps and sequences as dicts and lists."""
    if isinstance(value, Mapping):
        return {str(name): _plain(inner) for name, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, (list, tuple)) else value


def _scrubbed(guard: Guard, content: dict[str, Any]) -> dict[str, Any]:
    body = Body(content)
    texts = []
    for each in body.texts:
        try:
            texts += guard.check([each])
        except Blocked:
            texts.append(BLOCKED)
        except NotChecked:
            texts.append(UNCHECKED)
    body.replace(texts)
    return content
