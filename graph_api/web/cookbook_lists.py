"""The lists of the cookbook as sets of ids: who enters and who leaves them when a load is applied."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import graphql
from graphql.language import ast
from strawberry import Schema

from graph_api.database.driver import Transaction
from graph_api.execution.document_limits import DocumentLimits
from graph_api.execution.executor import ExecutionResult, Executor, OperationRequest
from graph_api.execution.operation_planner import ExecutionLimits
from graph_api.ingest.plan_report import ListChange
from graph_api.statement import Statement
from graph_api.web.graphiql_page import cookbook

PAGE: Final = 500
"""How many rows of a list are compared."""

ListContents: TypeAlias = Mapping[str, tuple[int, frozenset[str]]]
"""The total and the ids of each list, by its title."""


@dataclass(frozen=True, slots=True)
class ListOperation:
    """An operation of the cookbook that answers with a list, reduced to the total and the ids of its rows."""

    title: str
    text: str
    variables: Mapping[str, Any]
    key: str


def list_operations(schema: Schema) -> tuple[ListOperation, ...]:
    """Return the operations of the cookbook that answer with one list of records or of people."""
    core = schema._schema  # noqa: SLF001 - the only way to the schema that Strawberry builds
    return tuple(one for text, variables in cookbook() for one in _reduced(core, text, variables))


def read_lists(schema: Schema, operations: Sequence[ListOperation], tx: Transaction) -> ListContents:
    """Return what the lists contain within a transaction."""
    found: dict[str, tuple[int, frozenset[str]]] = {}
    for one, result in zip(
        operations, _executed(schema, [(one.text, one.variables) for one in operations], tx), strict=True
    ):
        rows = (result.data or {}).get(one.key)
        if rows is not None and not result.errors:
            found[one.title] = rows["totalCount"], frozenset(_ids(rows["nodes"]))
    return found


def answer_within(schema: Schema, text: str, tx: Transaction) -> Mapping[str, Any]:
    """Return the answer to an operation without variables within a transaction: its data, and its errors where there are any."""
    [result] = _executed(schema, [(text, {})], tx)
    errors = {"errors": [str(one) for one in result.errors]} if result.errors else {}
    return {"data": result.data, **errors}


def _executed(
    schema: Schema, operations: Sequence[tuple[str, Mapping[str, Any]]], tx: Transaction
) -> list[ExecutionResult]:
    executor = Executor(schema, ExecutionLimits(DocumentLimits(), cost=10**9))

    async def read(statements: Sequence[Statement]) -> Sequence[Any]:
        return [tx.run(one)[0][0] for one in statements]

    async def execute() -> list[ExecutionResult]:
        return [await executor.execute(OperationRequest(text, None, given), read) for text, given in operations]

    return asyncio.run(execute())


def list_changes(before: ListContents, after: ListContents) -> tuple[ListChange, ...]:
    """Return the lists that differ."""
    found = []
    for title in sorted(before.keys() & after.keys()):
        (count, ids), (new_count, new_ids) = before[title], after[title]
        if count != new_count or ids != new_ids:
            entered, left = tuple(sorted(new_ids - ids)), tuple(sorted(ids - new_ids))
            found.append(ListChange(title, entered, left, new_count - count))
    return tuple(found)


def _ids(nodes: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    return (str(node["person"]["id"] if "person" in node else node["id"]) for node in nodes)


def _reduced(core: graphql.GraphQLSchema, text: str, variables: Mapping[str, Any]) -> Iterator[ListOperation]:
    document = graphql.parse(text)
    operations = [one for one in document.definitions if isinstance(one, ast.OperationDefinitionNode)]
    fields = [one for one in operations[0].selection_set.selections if isinstance(one, ast.FieldNode)]
    if len(operations) != 1 or len(fields) != 1 or core.query_type is None:
        return
    [field] = fields
    declared = core.query_type.fields.get(field.name.value)
    answer = graphql.get_named_type(declared.type) if declared else None
    if not isinstance(answer, graphql.GraphQLObjectType) or not {"nodes", "totalCount"} <= answer.fields.keys():
        return
    node = graphql.get_named_type(answer.fields["nodes"].type)
    names = node.fields.keys() if isinstance(node, graphql.GraphQLObjectType | graphql.GraphQLInterfaceType) else ()
    row = "person { id }" if "person" in names else "id" if "id" in names else None
    if row is None:
        return
    arguments = ", ".join(
        f"{one.name.value}: {PAGE if one.name.value == 'first' else graphql.print_ast(one.value)}"
        for one in field.arguments or ()
        if one.name.value not in ("after", "last", "before")
    )
    used = {one.variable.name.value: graphql.print_ast(one) for one in operations[0].variable_definitions or ()}
    needed = {name: declared_text for name, declared_text in used.items() if f"${name}" in arguments}
    head = f"query({', '.join(needed.values())}) " if needed else ""
    title = next((line.lstrip("# ") for line in text.splitlines() if line.startswith("#")), field.name.value)
    reduced = f"{head}{{ {field.name.value}({arguments}) {{ totalCount nodes {{ {row} }} }} }}"
    yield ListOperation(
        title, reduced, {name: variables[name] for name in needed if name in variables}, field.name.value
    )
