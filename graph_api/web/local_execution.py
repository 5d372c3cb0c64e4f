"""An operation answered without a server, with the body that a server would give."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

import strawberry

from graph_api.database.driver import Database
from graph_api.database.driver_runner import DriverRunner
from graph_api.execution.executor import ExecutionResult, Executor, OperationRequest
from graph_api.execution.operation_planner import ExecutionLimits
from graph_api.statement import Statement
from graph_api.web.response import body


def ask(
    schema: strawberry.Schema,
    store: Database,
    query: str,
    variables: Mapping[str, Any],
    operation: str | None,
    *,
    bounds: ExecutionLimits,
    seconds: float,
) -> dict[str, Any]:
    """Return the body of the response."""
    reader = DriverRunner(store)

    async def read(statements: Sequence[Statement]) -> Sequence[Any]:
        return await reader.read(statements, seconds=seconds)

    async def execute() -> ExecutionResult:
        try:
            return await Executor(schema, bounds).execute(OperationRequest(query, operation, variables), read)
        finally:
            await reader.close()

    return body(asyncio.run(execute()), secrets.token_hex(8), bounds.cost)
