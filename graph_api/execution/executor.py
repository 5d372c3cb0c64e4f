"""How an operation is answered: its plan, one statement a root field in one transaction, and the rows in the shape of the response.

Where rows cannot simply become the answer (introspection, an argument that cannot be, a null where none may stand, a database that fails)
the same rows are handed to graphql-core, so that errors, their places and what becomes null are as the specification has it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import strawberry
from graphql import ExecutionResult, GraphQLError, execute

from graph_api.compiler.response_codegen import shaper
from graph_api.compiler.response_shape import Connection
from graph_api.errors import GraphApiError
from graph_api.execution.operation_planner import Bounds, Document, Plan, Planner, RequestErrors, Root
from graph_api.schema.build import graphql_schema
from graph_api.statement import Statement

SHORT: Final = 1500
"""Characters of a document that is read in a few milliseconds."""
Reading = Callable[[Sequence[Statement]], Awaitable[Sequence[Any]]]
"""What runs read-only statements in one transaction and returns the one value of each."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: a document, which of its operations, and the variables."""

    query: str
    operation: str | None
    variables: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a request.

    ``data`` is not there where the operation was not executed; ``plan_hit``: it was planned before; ``rows`` are those that its root
    fields found.
    """

    data: Mapping[str, Any] | None
    errors: Sequence[GraphQLError] = ()
    executed: bool = True
    document: Document | None = None
    plan: Plan | None = None
    plan_hit: bool = False
    rows: int = 0


class Answering:
    """Answers operations over a schema; used from one thread."""

    def __init__(self, schema: strawberry.Schema, bounds: Bounds | None = None) -> None:
        self.schema = graphql_schema(schema)
        self.planner = Planner(self.schema, bounds)

    async def answer(self, asked: Asked, read: Reading) -> Answer:
        """Answer a request with what ``read`` gives."""
        document = None
        try:
            document = await self._document(asked.query)
            operation = document.operation(asked.operation)
            given = self.planner.coerced(operation, asked.variables)
            plan, hit = self.planner.plan(document, operation, given)
        except RequestErrors as request:
            return Answer(None, request.errors, executed=False, document=document)
        found = await _found(plan, given, read)
        rows = _rows(plan, found)
        if plan.is_plain:
            try:
                return Answer(_data(plan, found), (), True, document, plan, hit, rows)  # noqa: FBT003 - executed
            except Exception:  # noqa: BLE001, S110 - whatever it is, graphql-core says it
                pass
        if plan.statements or any(found.values()):
            result = self._by_core(asked, document, plan, found)
        else:  # nothing but the schema is asked for; that can take a while, and others are answered meanwhile
            result = await asyncio.to_thread(self._by_core, asked, document, plan, found)
        return Answer(result.data, result.errors or (), True, document, plan, hit, rows)  # noqa: FBT003 - executed

    async def _document(self, text: str) -> Document:
        """Return a document; a long one that is new is read beside, so that others are answered meanwhile."""
        if len(text) > SHORT and self.planner.documents.get(text) is None:
            self.planner.keep(await asyncio.to_thread(self.planner.read, text))
        return self.planner.document(text)

    def _by_core(self, asked: Asked, document: Document, plan: Plan, found: Mapping[str, Any]) -> ExecutionResult:
        """Execute an operation on what was found, root fields one after another, so that errors come in the order of the document."""
        values = {root.key: partial(_value, root, found.get(root.key)) for root in plan.roots}
        result = execute(
            self.schema,
            document.node,
            values,
            variable_values=dict(asked.variables),
            operation_name=asked.operation,
        )
        if not isinstance(result, ExecutionResult):
            raise TypeError("nothing here is awaited")
        return result


def _value(root: Root, found: Any) -> Any:
    """Make the value of a root field for graphql-core. Raises what was found in its place."""
    if isinstance(found, Exception):
        raise found
    assert root.compiled is not None  # noqa: S101 - what was found was read by its statement
    return shaper(root.compiled.shape, checked=False)(found)


async def _found(plan: Plan, given: Mapping[str, Any], read: Reading) -> dict[str, Any]:
    """Return what the database has for each root field, or the error that stands for it."""
    found: dict[str, Any] = {}
    statements: dict[str, Statement] = {}
    for root in plan.roots:
        if root.compiled is None:
            found[root.key] = root.problem
            continue
        try:
            statements[root.key] = root.compiled.bound(given)
        except GraphApiError as problem:
            found[root.key] = problem
    if statements:
        try:
            found |= zip(statements, await read(list(statements.values())), strict=True)
        except Exception as problem:  # noqa: BLE001 - it is told, in public words or none
            found |= dict.fromkeys(statements, problem)
    return found


def _data(plan: Plan, found: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data of an answer. Raises whatever comes up where that is not what was found."""
    data = {}
    for root in plan.roots:
        value = found[root.key]
        data[root.key] = root.typename if root.shaped is None else root.shaped(value)
    return data


def _rows(plan: Plan, found: Mapping[str, Any]) -> int:
    """Return how many rows the root fields have: those of a page, or the one record."""
    rows = 0
    for root in plan.roots:
        value = found[root.key]
        if isinstance(value, list) and root.compiled is not None:
            shape = root.compiled.shape
            rows += min(len(value[0]), shape.first) if isinstance(shape, Connection) else len(value)
    return rows
