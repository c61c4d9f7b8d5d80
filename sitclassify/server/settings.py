"""What a server is told when it starts. Every limit is per worker process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Settings:
    """Where to listen, what to load, and what to refuse."""

    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    load: Mapping[str, Any] = field(default_factory=dict)  # arguments of `sitclassify.load`
    policies: tuple[str, ...] = ("default",)  # names or files
    redaction_key: Path | None = None  # file with the key, in hex, of policies that hash or encrypt
    audit: Path | None = (
        None  # file of audit events; None: none are written, unless to OpenTelemetry
    )
    audit_form: str = "event"  # of audit.FORMS
    audit_collect: Mapping[str, str] = field(
        default_factory=dict
    )  # application -> one of COLLECTIONS
    audit_key: Path | None = None  # file with the id and the key of digests; None: there are none
    audit_mandatory: bool = False  # nothing is answered before its event is written
    keys: Path | None = None  # who may ask; None: everybody who reaches the port
    tenants: frozenset[str] = frozenset()  # that Graph's dialect answers; empty: all of them
    fail_open: frozenset[str] = frozenset()  # dialects that let pass what could not be checked
    max_body: int = 10 * MEGABYTE  # bytes of one request
    max_held: int = 256 * MEGABYTE  # bytes of all request bodies that are held at a time
    max_connections: int = 10_000  # open connections; the next one is closed at once
    max_requests: int = 1_000  # requests in progress; the next one is told to come back
    header_seconds: float = 10.0  # for a request's head to arrive
    body_seconds: float = 30.0  # for its body
    answer_seconds: float = 5.0  # for its answer; the clients of the dialects give up after 6 to 10
    stop_seconds: float = 30.0  # for requests in progress when the server is told to stop
    thread_from: int = 10_000  # bytes from which a body is worked on in a thread
    threads: int = 2
    log_requests: bool = False
