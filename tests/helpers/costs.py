"""What an operation costs: each of its root fields is read as for an answer, and nothing is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphql import FragmentDefinitionNode, OperationDefinitionNode, parse
from graphql.execution.values import get_variable_values

from graph_api.compiler.selection import SelectedField, read_operation
from graph_api.execution.cost import cost_model
from graph_api.schema.build import build_schema, graphql_schema


def selected(query: str, variables: Mapping[str, Any] | None = None) -> list[SelectedField]:
    """Return the selected root fields of a valid document with one operation."""
    schema = graphql_schema(build_schema())
    definitions = parse(query).definitions
    [operation] = [one for one in definitions if isinstance(one, OperationDefinitionNode)]
    fragments = {one.name.value: one for one in definitions if isinstance(one, FragmentDefinitionNode)}
    given = get_variable_values(schema, operation.variable_definitions or (), dict(variables or {}))
    assert not isinstance(given, list), given
    roots = read_operation(schema, operation, fragments, given.coerced).roots.values()
    assert all(isinstance(one, SelectedField) for one in roots)
    return [one for one in roots if isinstance(one, SelectedField)]


def costs(query: str, variables: Mapping[str, Any] | None = None) -> list[int]:
    """Return the cost of each root field of a valid document with one operation."""
    model = cost_model(graphql_schema(build_schema()))
    return [model.cost(one) for one in selected(query, variables)]
