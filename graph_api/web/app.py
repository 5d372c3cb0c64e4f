"""The application: the door of ``/graphql`` in front, everything else behind it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI

from graph_api import __version__
from graph_api.compiler.bind import Limits
from graph_api.schema.answer import Answering
from graph_api.schema.build import build_schema, graphql_schema
from graph_api.settings import Settings
from graph_api.statement import Statement
from graph_api.store.bolt import BoltReader
from graph_api.store.driver import Store
from graph_api.store.reading import Reader, ThreadedReader
from graph_api.web.door import Door, Receive, Scope, Send, Told
from graph_api.web.gate import Gate
from graph_api.web.health import health
from graph_api.web.persisted import Persisted, read_manifest


class App:
    """The ASGI application."""

    def __init__(self, door: Door, behind: FastAPI) -> None:
        self._door = door
        self._behind = behind

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or take part in starting and stopping."""
        if scope["type"] == "http" and scope["path"] == "/graphql":
            await self._door(scope, receive, send)
        else:
            await self._behind(scope, receive, send)


def create_app(store: Store, settings: Settings) -> App:
    """Return the application over an open store."""
    schema = build_schema()
    reader = _reader(store, settings)

    async def read(statements: Sequence[Statement]) -> Sequence[Any]:
        return await reader.read(statements, seconds=settings.query_seconds)

    door = Door(
        Answering(schema, Limits(settings.page_limit, settings.list_limit)),
        read,
        Gate(at_once=settings.at_once, waiting=settings.waiting, seconds=settings.wait_seconds),
        Persisted()
        if settings.persisted is None
        else read_manifest(settings.persisted, graphql_schema(schema), only=settings.only_persisted),
        settings.body_limit,
        _tell,
    )

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        await reader.close()

    behind = FastAPI(
        title="detention-graph", version=__version__, openapi_url=None, docs_url=None, redoc_url=None, lifespan=lifespan
    )
    behind.include_router(health(store))
    return App(door, behind)


def _reader(store: Store, settings: Settings) -> Reader:
    if settings.lean and BoltReader.can_read(store.address):
        return BoltReader(store.address, connections=2 * settings.at_once + 4)
    return ThreadedReader(store, settings.at_once)


def _tell(told: Told) -> None:
    """Say nothing yet."""
