"""What Prometheus is told; no content, no user, no application.

With several workers prometheus-client adds their figures up through files in the folder that
`PROMETHEUS_MULTIPROC_DIR` names, which `sitclassify serve` makes before they start.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TypeVar

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

_SECONDS = (0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 1, 5)
MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"


K = TypeVar("K", Counter, Histogram)


def _of(figure: K) -> Callable[..., K]:
    """The figure of given labels, looked up once: `labels` takes as long as all the rest of counting."""
    return functools.cache(figure.labels)


class Metrics:
    """The figures of one worker process; those with labels are asked for by them."""

    def __init__(self, *, shared: bool = False) -> None:
        """`shared`: several workers write to common files."""
        self._shared = shared
        self._registry = registry = CollectorRegistry()
        self.requests = _of(Counter(
            "sitclassify_requests", "Requests answered.", ["dialect", "operation", "status"],
            registry=registry,
        ))  # fmt: skip
        self.seconds = _of(Histogram(
            "sitclassify_request_seconds", "From the head of a request to its answer.",
            ["dialect"], buckets=_SECONDS, registry=registry,
        ))  # fmt: skip
        self.unchecked = _of(Counter(
            "sitclassify_unchecked", "Contents that could not be checked, and what became of them.",
            ["dialect", "reason", "outcome"], registry=registry,
        ))  # fmt: skip
        self.decisions = _of(Counter(
            "sitclassify_decisions", "What was to be done with examined texts.", ["action"],
            registry=registry,
        ))  # fmt: skip
        self.audit = _of(Counter(
            "sitclassify_audit_events", "Audit events: taken to be written, or lost.", ["outcome"],
            registry=registry,
        ))  # fmt: skip
        self.reloads = _of(Counter(
            "sitclassify_reloads", "Reloads of catalogue and policies.", ["outcome"],
            registry=registry,
        ))  # fmt: skip
        self.in_progress = Gauge(
            "sitclassify_requests_in_progress", "Requests being answered.",
            registry=registry, multiprocess_mode="livesum",
        )  # fmt: skip

    def exposition(self) -> bytes:
        """All figures in Prometheus' text format."""
        registry = self._registry
        if self._shared:
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        told: bytes = generate_latest(registry)
        return told
