"""The application: the door of ``/graphql`` in front, everything else behind it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

from fastapi import FastAPI

from graph_api import __version__
from graph_api.compiler.binder import Limits
from graph_api.database.bolt.client import NativeBoltClient
from graph_api.database.driver import Database
from graph_api.database.runners import choose_runner
from graph_api.database.statement_runner import StatementRunner
from graph_api.execution.document_limits import DocumentLimits
from graph_api.execution.executor import Executor
from graph_api.execution.operation_planner import ExecutionLimits, OperationPlanner
from graph_api.execution.persisted import PersistedOperations, read_manifest, warm_up
from graph_api.schema.build import build_schema
from graph_api.settings import Settings
from graph_api.statement import Statement
from graph_api.web import tracing
from graph_api.web.admission import Gate, Overloaded
from graph_api.web.graphiql_page import ide_routes
from graph_api.web.graphql_endpoint import Door
from graph_api.web.health import health
from graph_api.web.logs import teller
from graph_api.web.metrics import Metrics
from graph_api.web.request_log import Told
from graph_api.web.security_headers import Edge, Receive, Scope, Send


class App:
    """The ASGI application."""

    def __init__(self, door: Door, behind: FastAPI) -> None:
        self._door = door
        self._behind = Edge(behind)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or take part in starting and stopping."""
        if scope["type"] == "http" and scope["path"] == "/graphql":
            await self._door(scope, receive, send)
        else:
            await self._behind(scope, receive, send)


def create_app(store: Database, settings: Settings) -> App:
    """Return the application over an open store.

    Raises InvalidValue and InvalidSettings for persisted operations that cannot be answered, and for traces that cannot be sent.
    """
    schema = build_schema()
    reader = choose_runner(store, native=settings.lean, connections=2 * settings.at_once + 4)

    async def read(statements: Sequence[Statement]) -> Sequence[Any]:
        return await reader.read(statements, seconds=settings.query_seconds)

    gate = Gate(at_once=settings.at_once, waiting=settings.waiting, seconds=settings.wait_seconds, share=settings.share)
    answering = Executor(schema, bounds(settings))
    persisted = _persisted(answering.planner, settings)
    metrics, log = Metrics(), teller(settings.log)

    def tell(told: Told) -> None:
        metrics.tell(told)
        log(told)

    door = Door(answering, read, gate, persisted, settings.body_limit, tell)
    if settings.tracing:
        tracing.set_up()
        door.read, door.span = tracing.traced(read), tracing.span
    _watch(metrics, gate, answering.planner, reader)
    metrics.counter(
        "graph_core_fallbacks", "Operations executed by graphql-core, by reason", "reason", lambda: answering.fallbacks
    )

    async def admit(work: Callable[[], Coroutine[Any, Any, Any]]) -> None:
        with suppress(Overloaded):  # whoever is waiting comes first
            await gate.run(object(), work)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        warming = asyncio.create_task(warm_up(persisted, answering, door.read, admit))
        yield
        warming.cancel()
        await reader.close()

    behind = FastAPI(
        title="detention-graph", version=__version__, openapi_url=None, docs_url=None, redoc_url=None, lifespan=lifespan
    )
    behind.include_router(health(store))
    if settings.ide:
        behind.include_router(ide_routes())
    if settings.metrics:
        behind.include_router(metrics.routes())
    return App(door, behind)


def _persisted(planner: OperationPlanner, settings: Settings) -> PersistedOperations:
    if settings.persisted is None:
        return PersistedOperations(allowlist_only=settings.only_persisted)
    return read_manifest(settings.persisted, planner, allowlist_only=settings.only_persisted)


def _watch(metrics: Metrics, gate: Gate, planner: OperationPlanner, reader: StatementRunner) -> None:
    metrics.watch("running", "Operations that run", lambda: gate.running)
    metrics.watch("waiting", "Operations that wait for their turn", lambda: gate.waiting)
    metrics.watch("shared", "Operations answered with the answer of an equal one so far", lambda: gate.shared)
    metrics.watch("plans", "Plans that are kept", lambda: len(planner.plans))
    metrics.watch("plan_bytes", "What the plans that are kept weigh", lambda: planner.plans.size)
    metrics.watch("documents", "Documents that are kept", lambda: len(planner.documents))
    metrics.watch(
        "native_bolt",
        "1 where reads use the native Bolt client, 0 for the driver",
        lambda: int(isinstance(reader, NativeBoltClient)),
    )
    if isinstance(reader, NativeBoltClient):
        metrics.watch("connections", "Connections to the database", lambda: reader.connections[1])
        metrics.watch("connections_lent", "Connections that are at work", lambda: reader.connections[0])


def bounds(settings: Settings) -> ExecutionLimits:
    """Return what may be asked at most."""
    return ExecutionLimits(
        DocumentLimits(
            tokens=settings.token_limit,
            depth=settings.depth_limit,
            aliases=settings.alias_limit,
            directives=settings.directive_limit,
            fields=settings.field_limit,
        ),
        Limits(settings.page_limit, settings.list_limit),
        settings.cost_limit,
        settings.introspection,
    )
