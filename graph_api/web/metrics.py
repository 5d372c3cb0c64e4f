"""Prometheus metrics: request count, latency, cost and utilisation. Labels are codes and names of persisted operations, never ids."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter, Response
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

from graph_api.web.request_log import RequestLog

SECONDS: Final = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
COSTS: Final = (1, 10, 100, 1_000, 10_000, 100_000, 1_000_000)


@dataclass(frozen=True, slots=True)
class _Children:
    """What counts requests of the same operation and outcome; ``plans`` is None where nothing was planned."""

    requests: Counter
    seconds: Histogram
    plans: Counter | None


class Metrics:
    """The metrics of one application, in a registry of its own; ``exposed`` is the registry that ``/metrics`` shows."""

    def __init__(self) -> None:
        self.registry = self.exposed = CollectorRegistry()
        self._children: dict[tuple[str, str, bool | None], _Children] = {}
        self._requests = Counter(
            "detention_graph_requests", "Requests by outcome", ("operation", "code"), registry=self.registry
        )
        self._seconds = Histogram(
            "detention_graph_request_seconds",
            "Time to the response",
            ("operation",),
            buckets=SECONDS,
            registry=self.registry,
        )
        self._cost = Histogram(
            "detention_graph_cost", "Estimated cost of operations", buckets=COSTS, registry=self.registry
        )
        self._plans = Counter(
            "detention_graph_plan_lookups",
            "Lookups in the plan cache, by whether the plan was found",
            ("found",),
            registry=self.registry,
        )

    def observe(self, request_log: RequestLog) -> None:
        """Count a completed request. What counts those of the same labels is looked up once."""
        key = (request_log.operation, request_log.code, request_log.plan_hit)
        if (found := self._children.get(key)) is None:
            plans = None if key[2] is None else self._plans.labels("yes" if key[2] else "no")
            found = _Children(self._requests.labels(*key[:2]), self._seconds.labels(key[0]), plans)
            self._children[key] = found
        found.requests.inc()
        found.seconds.observe(request_log.seconds)
        if found.plans is not None:
            self._cost.observe(request_log.cost)
            found.plans.inc()

    def gauge(self, name: str, description: str, value: Callable[[], float], *, formerly: str = "") -> None:
        """Expose a value that is read whenever metrics are collected; for one version also under its former name."""
        Gauge(f"detention_graph_{name}", description, registry=self.registry).set_function(value)
        if formerly:
            deprecated = f"Deprecated: use detention_graph_{name}"
            Gauge(f"detention_graph_{formerly}", deprecated, registry=self.registry).set_function(value)

    def counter(self, name: str, description: str, label: str, values: Callable[[], Mapping[str, int]]) -> None:
        """Show a counter that is kept elsewhere, with one label."""
        self.registry.register(_Counts(f"detention_graph_{name}", description, label, values))

    def routes(self) -> APIRouter:
        """Return ``/metrics``."""
        routes = APIRouter()

        @routes.api_route("/metrics", methods=["GET", "HEAD"])
        def metrics() -> Response:
            """Return the metrics in the text format of Prometheus."""
            return Response(generate_latest(self.exposed), headers={"content-type": CONTENT_TYPE_LATEST})

        return routes


@dataclass(frozen=True, slots=True)
class _Counts(Collector):
    """Reads the values of a counter when they are collected."""

    name: str
    description: str
    label: str
    values: Callable[[], Mapping[str, int]]

    def collect(self) -> Iterable[CounterMetricFamily]:
        """Yield the counter with its current values."""
        family = CounterMetricFamily(self.name, self.description, labels=[self.label])
        for value, count in self.values().items():
            family.add_metric([str(value)], count)
        yield family
