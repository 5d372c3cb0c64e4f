"""Spans for OpenTelemetry: one for a request, one for its statements; names, hashes and codes, no arguments.

Needs the extra ``tracing``; where spans go is said by the usual variables of the environment (OTEL_EXPORTER_OTLP_ENDPOINT, …).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from opentelemetry import trace

from graph_api.errors import InvalidSettings
from graph_api.execution.executor import StatementRunner
from graph_api.statement import Statement
from graph_api.web.request_log import Told


def set_up() -> None:
    """Send spans to where the environment says. Raises InvalidSettings where the packages are not there."""
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415 - optional
        from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
        from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
        from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415
    except ImportError:
        raise InvalidSettings(
            "DETENTION_GRAPH_TRACING: the packages for traces are not installed; right would be pip install 'detention-graph[tracing]'"
        ) from None
    provider = TracerProvider(resource=Resource.create({"service.name": "detention-graph"}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)


def traced(read: StatementRunner) -> StatementRunner:
    """Return a reading that has a span."""
    tracer = trace.get_tracer("graph_api")

    async def reading(statements: Sequence[Statement]) -> Sequence[Any]:
        with tracer.start_as_current_span("neo4j.read", record_exception=False) as span:
            span.set_attribute("db.system.name", "neo4j")
            span.set_attribute("db.operation.name", ",".join(one.name for one in statements))
            return await read(statements)

    return reading


@contextmanager
def span(told: Told) -> Iterator[None]:
    """Have a span around a request, with what is known of it at the end."""
    tracer = trace.get_tracer("graph_api")
    with tracer.start_as_current_span("graphql.request", kind=trace.SpanKind.SERVER, record_exception=False) as current:
        yield
        for name in ("request", "status", "code", "document", "operation", "cost", "statements"):
            current.set_attribute(f"graphql.{name}", getattr(told, name))
        if told.code != "OK":
            current.set_status(trace.StatusCode.ERROR, told.code)
