"""Executes an operation without a server, with the response body that a server would give."""

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
from graph_api.web.graph_state import read_sizes
from graph_api.web.response import build_response_body


def execute_locally(
    schema: strawberry.Schema,
    store: Database,
    query: str,
    variables: Mapping[str, Any],
    operation: str | None,
    *,
    bounds: ExecutionLimits,
    seconds: float,
) -> dict[str, Any]:
    """Return the body of the response; ``seconds`` is the time limit in the database."""
    reader = DriverRunner(store)

    async def read(statements: Sequence[Statement]) -> Sequence[Any]:
        return await reader.read(statements, seconds=seconds)

    async def execute() -> ExecutionResult:
        try:
            executor = Executor(schema, bounds)
            executor.planner.sizes = await asyncio.to_thread(read_sizes, store)
            return await executor.execute(OperationRequest(query, operation, variables), read)
        finally:
            await reader.close()

    return build_response_body(asyncio.run(execute()), secrets.token_hex(8), bounds)
