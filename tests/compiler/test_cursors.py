"""Cursors are checked against the type that each sort key declares, whatever the key is called."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from graph_api.compiler.binder import connection
from graph_api.compiler.compile import compile_field
from graph_api.compiler.cursors import cursor
from graph_api.compiler.ir import LabelScan, OrderKey
from graph_api.errors import InvalidCursor
from graph_api.schema.bindings import BINDINGS
from tests.helpers.costs import selected

INTEGER, TEXT = OrderKey("count", value_type=int), OrderKey("motto_lo")
QUERY = "query ($after: String) { people(after: $after) { nodes { id } } }"


def parameters(key: OrderKey, value: Any) -> list[Any]:
    """Return the parameters of a page of people that are ordered by a key, after a row with this value."""
    bindings = replace(BINDINGS, roots={"people": connection(LabelScan("Person"), (key, OrderKey("id")))})
    [root] = selected(QUERY, {"after": cursor([value, "a"])})
    return list(compile_field(root, bindings).statement.parameters.values())


@pytest.mark.parametrize(("key", "value"), [(INTEGER, 5), (TEXT, "free")])
def test_a_cursor_with_the_declared_type_is_accepted(key: OrderKey, value: Any) -> None:
    assert value in parameters(key, value)


@pytest.mark.parametrize(("key", "value"), [(INTEGER, "5"), (TEXT, 5), (INTEGER, None)])
def test_a_cursor_with_another_type_is_rejected(key: OrderKey, value: Any) -> None:
    with pytest.raises(InvalidCursor, match="expected a cursor or endCursor of this list"):
        parameters(key, value)


def test_the_sort_key_of_days_is_an_integer() -> None:
    query = "query ($after: String) { events(orderBy: {field: DATE}, after: $after) { nodes { id } } }"
    [root] = selected(query, {"after": cursor([19113, "a"])})
    assert 19113 in compile_field(root, BINDINGS).statement.parameters.values()
    [root] = selected(query, {"after": cursor(["19113", "a"])})
    with pytest.raises(InvalidCursor):
        compile_field(root, BINDINGS)
