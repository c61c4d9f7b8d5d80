"""What Prometheus is told; no content, no user, no application.

With several workers prometheus-client adds their figures up through files in the folder that
`PROMETHEUS_MULTIPROC_DIR` names, which `sitclassify serve` makes before they start.
"""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

_SECONDS = (0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 1, 5)
MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """The figures of one worker process."""

    def __init__(self, *, shared: bool = False) -> None:
        """`shared`: several workers write to common files."""
        self._shared = shared
        self._registry = registry = CollectorRegistry()
        self.requests = Counter(
            "sitclassify_requests", "Requests answered.", ["dialect", "operation", "status"],
            registry=registry,
        )  # fmt: skip
        self.seconds = Histogram(
            "sitclassify_request_seconds", "From the head of a request to its answer.",
            ["dialect"], buckets=_SECONDS, registry=registry,
        )  # fmt: skip
        self.unchecked = Counter(
            "sitclassify_unchecked", "Contents that could not be checked, and what became of them.",
            ["dialect", "reason", "outcome"], registry=registry,
        )  # fmt: skip
        self.decisions = Counter(
            "sitclassify_decisions", "What was to be done with examined texts.", ["action"],
            registry=registry,
        )  # fmt: skip
        self.audit = Counter(
            "sitclassify_audit_events", "Audit events: taken to be written, or lost.", ["outcome"],
            registry=registry,
        )  # fmt: skip
        self.reloads = Counter(
            "sitclassify_reloads", "Reloads of catalogue and policies.", ["outcome"],
            registry=registry,
        )  # fmt: skip
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
