"""How a root field is answered: what was selected, one statement, the rows in the shape of the response."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import strawberry
from strawberry.types import ExecutionResult

from graph_api.compiler.bind import Limits
from graph_api.compiler.compile import compile
from graph_api.compiler.selection import read_selection
from graph_api.schema.context import Context, Info
from graph_api.statement import Statement

Reading = Callable[[Statement], Awaitable[Sequence[Sequence[Any]]]]
"""What runs a read-only statement and returns its rows."""


def answering(read: Reading, limits: Limits | None = None) -> Context:
    """Return the context of operations whose root fields ``read`` answers, each with exactly one statement."""

    async def answer(info: Info) -> Any:
        compiled = compile(read_selection(info._raw_info), limits)  # noqa: SLF001 - Strawberry has no public name for it
        [[row]] = await read(compiled.statement)
        return compiled.decode(row)

    return Context(answer)


async def execute(
    schema: strawberry.Schema,
    context: Context,
    query: str,
    variables: Mapping[str, Any] | None = None,
    operation: str | None = None,
) -> ExecutionResult:
    """Execute an operation; for callers that have no server."""
    result = await schema.execute(query, dict(variables or {}), context, operation_name=operation)
    if not isinstance(result, ExecutionResult):
        raise TypeError("the schema has queries only")
    return result
