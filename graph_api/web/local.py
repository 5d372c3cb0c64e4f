"""An operation answered without a server, with the body that a server would give."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

import strawberry

from graph_api.compiler.bind import Limits
from graph_api.schema.answer import answering, execute
from graph_api.statement import Statement
from graph_api.store.driver import Store
from graph_api.web.problems import public
from graph_api.web.reading import read_in_time


def ask(
    schema: strawberry.Schema,
    store: Store,
    query: str,
    variables: Mapping[str, Any],
    operation: str | None,
    *,
    limits: Limits,
    seconds: float,
) -> dict[str, Any]:
    """Return the body of the response."""

    async def read(statement: Statement) -> Sequence[Sequence[Any]]:
        return await read_in_time(store, statement, seconds=seconds)

    result = asyncio.run(execute(schema, answering(read, limits), query, variables, operation))
    body: dict[str, Any] = {"data": result.data}
    if result.errors:
        body["errors"] = public(result.errors, secrets.token_hex(8))
    return body
