"""The GraphQL route: POST, JSON, no batching, no GET."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

import orjson
import strawberry
from anyio import CapacityLimiter
from fastapi import Request
from strawberry.fastapi import BaseContext, GraphQLRouter
from strawberry.http import GraphQLHTTPResponse
from strawberry.types import ExecutionResult

from graph_api.compiler.bind import Limits
from graph_api.schema.answer import Reading, answering
from graph_api.schema.context import Info
from graph_api.statement import Statement
from graph_api.store.driver import Store
from graph_api.web.problems import public
from graph_api.web.reading import read_in_time


class WebContext(BaseContext):
    """What an operation over HTTP carries: the function that answers its root fields, and the id of the request."""

    def __init__(self, read: Reading, limits: Limits) -> None:
        super().__init__()
        self._answering = answering(read, limits)
        self.request_id = secrets.token_hex(8)

    async def answer(self, info: Info) -> Any:
        """Answer one root field."""
        return await self._answering.answer(info)


class Router(GraphQLRouter[WebContext, None]):
    """Strawberry's route with our errors and our JSON."""

    # ruff: noqa: ARG002, FBT001, FBT002 - the signature is Strawberry's
    async def process_result(
        self, request: Request, result: ExecutionResult, strict: bool = False
    ) -> GraphQLHTTPResponse:
        """Return the body of a response; errors are made public here and nowhere else."""
        body: GraphQLHTTPResponse = {"data": result.data}
        if result.errors:
            body["errors"] = public(result.errors, request.state.request_id)
        return body

    def encode_json(self, data: object) -> str | bytes:
        """Return JSON bytes."""
        return orjson.dumps(data)


def router(schema: strawberry.Schema, store: Store, *, limits: Limits, seconds: float, threads: int = 8) -> Router:
    """Return the route of ``/graphql``. Statements run in a few threads, each with a time limit in the database."""
    limiter = CapacityLimiter(threads)

    async def read(statement: Statement) -> Sequence[Sequence[Any]]:
        return await read_in_time(store, statement, seconds=seconds, limiter=limiter)

    def context(request: Request) -> WebContext:
        made = WebContext(read, limits)
        request.state.request_id = made.request_id
        return made

    return Router(schema, path="/graphql", graphql_ide=None, allow_queries_via_get=False, context_getter=context)
