"""Builds the application: GraphQL endpoint, health, metrics, GraphiQL, and the middleware around them."""

from __future__ import annotations

import asyncio
import importlib
import os
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from functools import partial
from types import MappingProxyType
from typing import Any, Final

from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Route
from starlette.types import ASGIApp, Lifespan, Receive, Scope, Send

from graph_api import __version__
from graph_api.compiler.binder import RowLimits
from graph_api.database.bolt.client import NativeBoltClient
from graph_api.database.driver import Database
from graph_api.database.queries import named
from graph_api.database.runners import choose_runner
from graph_api.database.statement_runner import StatementRunner
from graph_api.errors import DatabaseError, InvalidSettings
from graph_api.execution.document_limits import DocumentLimits
from graph_api.execution.executor import Executor
from graph_api.execution.operation_planner import ExecutionLimits, OperationPlanner
from graph_api.execution.persisted import PersistedOperations, read_manifest, warm_up
from graph_api.schema.build import build_schema
from graph_api.settings import Settings
from graph_api.statement import Statement
from graph_api.statement import StatementRunner as RunStatements
from graph_api.values.languages import Language
from graph_api.web.admission import ConcurrencyLimiter
from graph_api.web.graph_state import GraphState
from graph_api.web.graphiql_page import cookbook, graphiql_routes
from graph_api.web.graphql_endpoint import GraphQLEndpoint
from graph_api.web.health import health_routes
from graph_api.web.logs import request_logger
from graph_api.web.metrics import Metrics
from graph_api.web.pages.known import VARIABLE, operation_as_of
from graph_api.web.pages.operations import page_operations
from graph_api.web.pages.page_cache import PageCache
from graph_api.web.pages.routes import SERVED, add_pages
from graph_api.web.pages.server import PageServer
from graph_api.web.request_checks import RequestChecksMiddleware
from graph_api.web.request_log import RequestLog
from graph_api.web.security_headers import SecurityHeadersMiddleware

PATH: Final = "/graphql"

GZIP_SIZE: Final = 1024
"""Responses of fewer bytes are not compressed."""
GZIP_THREAD_SIZE: Final = 65_536
"""Responses of more bytes are compressed in a thread; smaller ones take less than a millisecond."""

COMPRESSED: Final = ("application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
"""Media types of responses that are compressed already. Starlette reads its list anew for every response: its own has twenty."""

NO_FRAMEWORK_TELEMETRY: Final[TelemetryConfig] = {
    "tracing": False,
    "metrics": False,
    "logs": False,
    "operation_spans": False,
    "auto_configure": False,
}
"""FastAPI's own spans contain paths and query strings, and with them variables of persisted operations."""


PLANNED_AT_ONCE: Final = max(1, (os.cpu_count() or 2) // 2)
"""Operations not seen before that are planned at the same time. The database plans each on one processor; half of them stay free."""


PLANNING_SECONDS: Final = 60.0
"""The time limit of statements that are planned before they are requested."""
VERSIONS_EVERY: Final = 20.0
"""Seconds between two looks whether the graph holds what was known on each day: pages as of a day are planned then."""
A_DAY: Final = "2026-01-01"
"""Any day: the database plans the same text for all."""


def create_app(store: Database, settings: Settings) -> FastAPI:
    """Return the application over an open store.

    Raises InvalidValue and InvalidSettings for persisted operations that cannot be executed, and where the packages for tracing are missing.
    """
    reader = choose_runner(store, native=settings.native_bolt, connections=2 * settings.max_concurrent_operations + 8)

    async def read(statements: Sequence[Statement]) -> Sequence[Any]:
        return await reader.read(statements, seconds=settings.query_seconds)

    async def plan_ahead() -> None:
        explain = partial(reader.plan, seconds=PLANNING_SECONDS)
        await warm_up(examples, executor, explain, planning.run_when_idle)
        await _versions_stored(read)
        await warm_up(_page_operations_of_a_day(), executor, explain, planning.run_when_idle)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        await graph.start()
        watching = asyncio.create_task(graph.watch())
        warming = asyncio.create_task(plan_ahead())
        yield
        warming.cancel()
        watching.cancel()
        await asyncio.gather(warming, watching, return_exceptions=True)
        await reader.close()

    limiter, planning = _limiters(settings)
    executor = Executor(build_schema(), bounds(settings))
    persisted = _persisted(executor.planner, settings)
    examples = [*page_operations(), *((one, None) for one in persisted.documents.values()), *cookbook()]
    examples += page_operations(Language.UK)
    metrics, log_request = Metrics(), request_logger(settings.log)

    def observe(request_log: RequestLog) -> None:
        metrics.observe(request_log)
        log_request(request_log)

    graph = GraphState(store, refuse_restricted=not (settings.allow_restricted or settings.is_loopback))
    graph.resized = partial(setattr, executor.planner, "sizes")
    endpoint = GraphQLEndpoint(
        executor,
        read,
        limiter,
        persisted,
        settings.body_limit,
        observe,
        graph,
        query_get=settings.get,
        planning=planning,
        trusted_proxies=settings.proxies,
        cors_origins=frozenset(one.encode() for one in settings.cors_origins),
    )
    if settings.tracing:
        _trace(endpoint)
    _register_metrics(metrics, limiter, planning, executor, reader)
    app = _application(settings, endpoint, lifespan)
    _add_routes(app, endpoint, graph, settings, metrics)
    app.state.metrics = metrics
    return app


def _add_routes(
    app: FastAPI, endpoint: GraphQLEndpoint, graph: GraphState, settings: Settings, metrics: Metrics
) -> None:
    """Add everything beside the GraphQL endpoint, as far as settings ask for it."""
    app.include_router(health_routes(graph.store))
    if settings.graphiql:
        app.include_router(graphiql_routes())
    if settings.pages:
        _add_pages(app, endpoint, graph, settings, metrics)
    if settings.metrics and settings.metrics_port is None:
        app.include_router(metrics.routes())


def _add_pages(
    app: FastAPI, endpoint: GraphQLEndpoint, graph: GraphState, settings: Settings, metrics: Metrics
) -> None:
    """Add the pages for readers, and the metrics of those that are kept."""
    cache = PageCache(graph, settings.page_cache_mb * 2**20)
    server = PageServer(
        endpoint,
        graph,
        settings.page_limit,
        cache,
        is_indexed=settings.index_people,
        served=SERVED,
        has_graphiql=settings.graphiql,
        operator=settings.operator,
        contact=settings.contact,
    )
    add_pages(app, server)
    metrics.counter("pages", "Pages sent, by where they came from", "source", lambda: cache.lookups)
    metrics.gauge("page_cache_bytes", "Size of the pages that are kept until the graph changes", lambda: cache.size)


class Application(FastAPI):
    """FastAPI whose GraphQL route is reached without the layers of the framework, which have nothing to do for it (docs/decisions/0017).

    ``shortcuts`` answer requests to ``PATH`` of clients that accept compressed responses (True) and of others; empty where all requests go
    the way of other routes.
    """

    shortcuts: Mapping[bool, ASGIApp] = MappingProxyType({})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if self.shortcuts and scope["type"] == "http" and scope["path"] == PATH:
            await self.shortcuts[accepts_gzip(scope)](scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


def accepts_gzip(scope: Scope) -> bool:
    """Return whether a client takes compressed responses, as Starlette reads it."""
    return any(name == b"accept-encoding" and b"gzip" in value for name, value in scope["headers"])


def _application(settings: Settings, endpoint: GraphQLEndpoint, lifespan: Lifespan[FastAPI]) -> FastAPI:
    """Return an application with the GraphQL endpoint and the middleware, of which the innermost is added first."""
    app = Application(
        title="detention-graph",
        version=__version__,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,  # such redirects name the host
        lifespan=lifespan,
        routes=[Route(PATH, endpoint)],
        telemetry=NO_FRAMEWORK_TELEMETRY,
    )
    compressed = partial(
        GZipMiddleware,
        minimum_size=GZIP_SIZE,
        compresslevel=1,
        thread_minimum_size=GZIP_THREAD_SIZE,
        exclude_content_types=COMPRESSED,
    )
    app.add_middleware(compressed)
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=["GET", "POST"],
            allow_headers=["content-type", "apollo-require-preflight", "graphql-preflight"],
            expose_headers=["x-request-id", "retry-after"],
        )
    else:
        app.shortcuts = {
            is_compressed: SecurityHeadersMiddleware(RequestChecksMiddleware(one, settings.allowed_hosts))
            for is_compressed, one in ((True, compressed(endpoint)), (False, endpoint))
        }
    app.add_middleware(RequestChecksMiddleware, allowed_hosts=settings.allowed_hosts)
    app.add_middleware(SecurityHeadersMiddleware)
    return app


def _page_operations_of_a_day() -> list[tuple[str, dict[str, Any]]]:
    return [(operation_as_of(text), {**given, VARIABLE: A_DAY}) for text, given in page_operations()]


async def _versions_stored(read: RunStatements) -> None:
    """Wait until the graph holds what was known on each day."""
    while True:
        with suppress(DatabaseError):
            [[is_stored, _]] = await read([named("as_of_state")])
            if is_stored:
                return
        await asyncio.sleep(VERSIONS_EVERY)


def _limiters(settings: Settings) -> tuple[ConcurrencyLimiter, ConcurrencyLimiter]:
    """Return what limits all operations that are known, and what limits those that the database has to plan."""
    queued = settings.max_queued_operations
    return ConcurrencyLimiter(
        max_concurrent=settings.max_concurrent_operations, max_queued=queued, queue_timeout=settings.queue_timeout
    ), ConcurrencyLimiter(max_concurrent=PLANNED_AT_ONCE, max_queued=queued, queue_timeout=settings.planning_timeout)


def _trace(endpoint: GraphQLEndpoint) -> None:
    try:
        tracing = importlib.import_module("graph_api.web.tracing")
    except ImportError:
        raise InvalidSettings(
            "DETENTION_GRAPH_TRACING needs packages that are not installed: pip install 'detention-graph[tracing]'"
        ) from None
    tracing.configure()
    endpoint.read, endpoint.span = tracing.traced(endpoint.read), tracing.request_span


def _persisted(planner: OperationPlanner, settings: Settings) -> PersistedOperations:
    if settings.persisted is None:
        return PersistedOperations(allowlist_only=settings.persisted_only)
    return read_manifest(settings.persisted, planner, allowlist_only=settings.persisted_only)


def _register_metrics(
    metrics: Metrics,
    limiter: ConcurrencyLimiter,
    planning: ConcurrencyLimiter,
    executor: Executor,
    reader: StatementRunner,
) -> None:
    planner = executor.planner
    metrics.counter(
        "core_fallbacks", "Operations executed by graphql-core, by reason", "reason", lambda: executor.fallbacks
    )
    metrics.gauge("operations_planning", "Operations that the database has to plan, running", lambda: planning.running)
    metrics.gauge("operations_to_plan", "Operations that wait to be planned", lambda: planning.queued)
    metrics.gauge("operations_in_progress", "Operations that run", lambda: limiter.running, formerly="running")
    metrics.gauge("operations_queued", "Operations that wait to run", lambda: limiter.queued, formerly="waiting")
    metrics.gauge("plans", "Plans in the cache", lambda: len(planner.plans))
    metrics.gauge("plan_bytes", "Estimated plan cache size in bytes", lambda: planner.plans.size)
    metrics.gauge("documents", "Documents in the cache", lambda: len(planner.documents))
    metrics.gauge(
        "native_bolt",
        "1 where reads use the native Bolt client, 0 for the driver",
        lambda: int(isinstance(reader, NativeBoltClient)),
    )
    if isinstance(reader, NativeBoltClient):
        metrics.gauge(
            "db_connections", "Connections to the database", lambda: reader.connections[1], formerly="connections"
        )
        metrics.gauge(
            "db_connections_in_use",
            "Connections to the database that run a statement",
            lambda: reader.connections[0],
            formerly="connections_lent",
        )


def bounds(settings: Settings) -> ExecutionLimits:
    """Return the limits of operations."""
    return ExecutionLimits(
        DocumentLimits(
            tokens=settings.token_limit,
            depth=settings.depth_limit,
            aliases=settings.alias_limit,
            directives=settings.directive_limit,
            fields=settings.field_limit,
        ),
        RowLimits(settings.page_limit, settings.list_limit),
        settings.cost_limit,
        settings.introspection,
        settings.planning_limit,
    )
