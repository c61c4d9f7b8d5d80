"""Audit events, version 1: who sent what kind of information where, and what was decided. Never values.

>>> import sitclassify
>>> from sitclassify import audit, policy
>>> policies = policy.load("default")
>>> scanner = sitclassify.load(sits="us-social-security-number", classifiers=(), policies=policies)
>>> result = scanner.scan("My SSN is 536-90-4399.")
>>> context = policy.Context(application="chat", user="ada")
>>> event = audit.make_event(result, policies.evaluate(result, context), context)
>>> event["decision"]["action"], event["counts"], event["parts"][0]["text"]
('block', {'us-social-security-number': 1}, 'My SSN is <US_SOCIAL_SECURITY_NUMBER>.')

`Writer` writes events behind the request path: `Writer(JsonLines("audit.jsonl")).write(result, decision, context)`.
The JSON Schema of events is `event-1.schema.json` beside this file (`schema()`).
"""

from __future__ import annotations

from sitclassify.audit.event import COLLECTIONS, DigestKey, Message, make_event, schema
from sitclassify.audit.ocsf import to_ocsf
from sitclassify.audit.sinks import JsonLines, OpenTelemetry, Sink
from sitclassify.audit.writer import Status, Writer

__all__ = [
    "COLLECTIONS",
    "DigestKey",
    "JsonLines",
    "Message",
    "OpenTelemetry",
    "Sink",
    "Status",
    "Writer",
    "make_event",
    "schema",
    "to_ocsf",
]
