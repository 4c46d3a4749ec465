"""What this process counts for Prometheus. Labels have few values: route templates, never paths or texts."""

from __future__ import annotations

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120)


class Metrics:
    """The metrics of one running service, each listed in docs/operations.md."""

    def __init__(self, version: str) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        PlatformCollector(registry=self._registry)
        build = Gauge("finecut_build", "1, labelled with the version.", ["version"], registry=self._registry)
        build.labels(version).set(1)
        self.requests = Counter(
            "finecut_http_requests",
            "Requests answered.",
            ["method", "route", "status"],
            registry=self._registry,
        )
        self.seconds = Histogram(
            "finecut_http_request_seconds",
            "Seconds until an answer was sent whole.",
            ["method", "route"],
            buckets=SECONDS,
            registry=self._registry,
        )
        self.in_progress = Gauge(
            "finecut_http_requests_in_progress", "Requests being answered.", registry=self._registry
        )
        self.runs = Counter(
            "finecut_runs", "Runs that this process ended.", ["state"], registry=self._registry
        )
        self.deliveries = Counter(
            "finecut_webhook_deliveries",
            "Attempts to deliver a webhook, by what came of them.",
            ["outcome"],
            registry=self._registry,
        )

    def exposition(self) -> bytes:
        """Return all of them in Prometheus's text format."""
        return generate_latest(self._registry)
