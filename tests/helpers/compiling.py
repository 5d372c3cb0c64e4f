"""Operations to statements without a database: what would be sent is kept, and nothing is answered."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from graphql import GraphQLError

from graph_api.errors import GraphApiError
from graph_api.execution.document_limits import DocumentLimits
from graph_api.execution.executor import Executor, OperationRequest
from graph_api.execution.operation_planner import ExecutionLimits
from graph_api.schema.build import build_schema
from graph_api.statement import Statement

EXECUTOR = Executor(
    build_schema(), ExecutionLimits(DocumentLimits(aliases=1000), cost=10**9, planning=10**9)
)  # what is compiled, not what is refused


class _NotSentError(Exception):
    """Stands for the answer."""


def compiled(query: str, variables: Mapping[str, Any] | None = None) -> tuple[list[Statement], list[GraphQLError]]:
    """Return the statements of an operation, one a root field, and the errors of those that cannot be asked."""
    sent: list[Statement] = []

    async def read(statements: Sequence[Statement]) -> Sequence[Any]:
        sent.extend(statements)
        raise _NotSentError

    result = asyncio.run(EXECUTOR.execute(OperationRequest(query, None, variables or {}), read))
    errors = [one for one in result.errors or () if not isinstance(_cause(one), _NotSentError)]
    unexpected = [one for one in errors if one.original_error and not isinstance(_cause(one), GraphApiError)]
    assert not unexpected, unexpected
    return sent, errors


def statement(query: str, variables: Mapping[str, Any] | None = None) -> Statement:
    """Return the one statement of an operation with one root field."""
    sent, errors = compiled(query, variables)
    assert not errors, errors
    [one] = sent
    return one


def _cause(error: GraphQLError) -> BaseException | None:
    cause: BaseException | None = error.original_error
    while isinstance(cause, GraphQLError) and cause.original_error is not None:
        cause = cause.original_error
    return cause
