"""Spans and log records through the SDK, as an application exports them."""

from __future__ import annotations

from typing import Any

import pytest
from hooked import ADDRESS, MAIL, MASKED, NUMBER, SSN

from sitclassify.hooks import Guard

pytest.importorskip("opentelemetry.sdk")
from opentelemetry.sdk._logs import LoggerProvider
from opentelemetry.sdk._logs.export import InMemoryLogRecordExporter, SimpleLogRecordProcessor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import Status, StatusCode

from sitclassify.hooks.otel import LogScrubber, SpanScrubber

CHAT = '[{"role": "user", "parts": [{"type": "text", "content": "%s"}]}]'


def exported(guard: Guard, attributes: dict[str, Any]) -> Any:
    kept = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(SpanScrubber(guard, kept)))
    with provider.get_tracer("t").start_as_current_span(f"chat {ADDRESS}") as span:
        span.set_attributes(attributes)
        span.add_event("gen_ai.choice", {"content": MAIL})
        try:
            raise ValueError(SSN)
        except ValueError as error:
            span.record_exception(error)
        span.set_status(Status(StatusCode.ERROR, SSN))
    provider.force_flush()
    [span] = kept.get_finished_spans()
    return span


def test_spans(guard: Guard) -> None:
    given = {
        "gen_ai.input.messages": CHAT % MAIL, "many": [MAIL, "hello"], "customer.ssn": NUMBER,
        "gen_ai.request.model": "echo", "gen_ai.usage.input_tokens": 1234567, "ratio": 0.5,
    }  # fmt: skip
    span = exported(guard, given)
    assert span.name == "chat <EMAIL_ADDRESS>" and span.status.status_code is StatusCode.ERROR
    told = dict(span.attributes)
    assert told.pop("gen_ai.input.messages") == CHAT % MASKED
    assert list(told.pop("many")) == [MASKED, "hello"] and told.pop("customer.ssn") == "<blocked>"
    assert told == {k: given[k] for k in told} and len(told) == 3
    assert span.events[0].attributes["content"] == MASKED
    assert span.events[1].attributes["exception.type"] == "ValueError"
    assert span.context.is_valid and span.end_time > span.start_time
    assert NUMBER not in span.to_json() and ADDRESS not in span.to_json()


def test_spans_of_a_broken_engine(broken: Guard) -> None:
    span = exported(broken, {"content": SSN})
    assert span.attributes["content"] == (SSN if broken.fail_open else "<not checked>")


def test_log_records(guard: Guard) -> None:
    kept = InMemoryLogRecordExporter()
    provider = LoggerProvider()
    provider.add_log_record_processor(SimpleLogRecordProcessor(LogScrubber(guard, kept)))
    provider.get_logger("t").emit(
        body={"content": MAIL}, attributes={"said": SSN, "n": 1}, event_name="e"
    )
    [record] = kept.get_finished_logs()
    log = record.log_record
    assert log.body == {"content": MASKED} and dict(log.attributes) == {"said": "<blocked>", "n": 1}
    assert log.event_name == "e" and NUMBER not in record.to_json()
