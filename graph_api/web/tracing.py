"""OpenTelemetry spans: one for each request, one for its statements; names, hashes and codes, no arguments.

Imported only where tracing is on, because its packages are those of the extra ``tracing``. The usual environment variables
(OTEL_EXPORTER_OTLP_ENDPOINT, …) say where spans are sent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

from graph_api.statement import Statement, StatementRunner
from graph_api.web.request_log import RequestLog


def configure() -> None:
    """Export spans to where the environment says."""
    provider = TracerProvider(resource=Resource.create({"service.name": "detention-graph"}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)


def traced(read: StatementRunner) -> StatementRunner:
    """Return ``read`` with a span around each call."""
    tracer = trace.get_tracer("graph_api")

    async def traced_read(statements: Sequence[Statement]) -> Sequence[Any]:
        with tracer.start_as_current_span("neo4j.read", record_exception=False) as span:
            span.set_attribute("db.system.name", "neo4j")
            span.set_attribute("db.operation.name", ",".join(one.name for one in statements))
            return await read(statements)

    return traced_read


@contextmanager
def request_span(request_log: RequestLog) -> Iterator[None]:
    """Open a span around a request, with the fields of its record as attributes."""
    tracer = trace.get_tracer("graph_api")
    with tracer.start_as_current_span("graphql.request", kind=trace.SpanKind.SERVER, record_exception=False) as span:
        try:
            yield
        finally:
            for name in ("request", "status", "code", "document", "operation", "cost", "statements"):
                span.set_attribute(f"graphql.{name}", getattr(request_log, name))
            if request_log.code != "OK":
                span.set_status(trace.StatusCode.ERROR, request_log.code)
