"""What is planned once: which values of variables share a plan, what a plan has to know of texts, and how much is kept."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import OperationDefinitionNode, parse

from graph_api.compiler.placeholders import Placeholder, as_key, bind_value, map_value
from graph_api.execution.lru_cache import LruCache
from graph_api.execution.operation_planner import ExecutionLimits, OperationPlanner, RequestError
from graph_api.execution.variables import VariableShape, evaluate_guards
from graph_api.schema.build import build_schema, graphql_schema

SCHEMA = graphql_schema(build_schema())


def variables(declared: str) -> VariableShape:
    [operation] = parse(f"query ({declared}) {{ __typename }}").definitions
    assert isinstance(operation, OperationDefinitionNode)
    return VariableShape(SCHEMA, operation.variable_definitions or ())


def keys(declared: str, *values: Any) -> set[Any]:
    return {variables(declared).shape_key({"x": value}) for value in values}


# ── which values share a plan ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("declared", "values", "plans"),
    [
        ("$x: ID", ["a", "b", ""], 1),
        ("$x: ID", ["a", None], 2),
        ("$x: [ID!]", [["a"], ["a", "b"], []], 1),
        ("$x: Int", [1, 2], 2),
        ("$x: IDFilter", [{"eq": "a"}, {"eq": "b"}], 1),
        ("$x: IDFilter", [{"eq": "a"}, {"eq": None}, {}, {"in": ["a"]}, None], 5),
        ("$x: [EventFilter!]", [[{"id": {"eq": "a"}}], [{"id": {"eq": "b"}}]], 1),
        ("$x: [EventFilter!]", [[{"id": {"eq": "a"}}], [{"id": {"eq": "b"}}] * 2], 2),
        ("$x: EventFilter", [{"disputed": True}, {"disputed": False}], 2),
        ("$x: PersonFilter", [{"not": {"not": {"tag": "a"}}}, {"not": {"not": {"tag": "b"}}}], 1),
    ],
)
def test_texts_and_ids_share_a_plan_and_whatever_else_differs_does_not(
    declared: str, values: list[Any], plans: int
) -> None:
    assert len(keys(declared, *values)) == plans


def test_texts_and_ids_stand_in_as_late_values_and_everything_else_as_it_is() -> None:
    given = {"x": {"id": {"eq": "a", "in": ["b"]}, "disputed": True, "kind": None}}
    placed = variables("$x: EventFilter").with_placeholders(given, {})["x"]
    assert isinstance(placed["id"]["eq"], Placeholder)
    assert bind_value(map_value(placed["id"]["in"], list), given) == ["b"]
    assert (placed["disputed"], placed["kind"]) == (True, None)


def test_facts_are_of_the_values_that_are_there() -> None:
    asked = [(("x", "eq"), len), (("x", "in", 1), as_key), (("y",), len)]
    assert evaluate_guards({"x": {"eq": "abc", "in": ["a"]}}, asked) == {(("x", "eq"), len): 3}
    assert evaluate_guards({"x": {"eq": None}, "y": "ab"}, asked) == {(("y",), len): 2}


# ── what a plan has to know ─────────────────────────────────────────────────────────────────────────────────────


def hits(planner: OperationPlanner, query: str, *values: Any) -> list[bool]:
    document = planner.document(query)
    operation = document.operation(None)
    return [planner.plan(document, operation, planner.coerce_variables(operation, {"x": value}))[1] for value in values]


def test_a_record_and_a_participation_are_planned_apart_and_each_once() -> None:
    query = "query ($x: ID!) { node(id: $x) { id } }"
    part = "event/participants/subject/person"
    assert hits(OperationPlanner(SCHEMA), query, "a", part, "b", f"{part}-2", "a") == [False, False, True, True, True]


def test_cursors_share_a_plan_as_far_as_the_same_keys_are_null() -> None:
    query = "query ($x: String) { events(orderBy: {field: DATE}, after: $x) { nodes { id } } }"
    with_day, without, bad = "WzEsImEiXQ", "W251bGwsImEiXQ", "nonsense"
    assert hits(OperationPlanner(SCHEMA), query, None, with_day, without, bad, "WzIsImIiXQ") == [
        False,
        False,
        False,
        False,
        True,
    ]


def test_equal_documents_are_read_once_and_operations_of_different_ones_share_no_plan() -> None:
    planner = OperationPlanner(SCHEMA)
    query = "query ($x: ID!) { person(id: $x) { id } }"
    assert planner.document(query) is planner.document(query)
    assert hits(planner, query, "a") == [False]
    assert hits(planner, f"{query} ", "a") == [False]
    assert (len(planner.documents), len(planner.plans)) == (2, 2)


def test_what_is_refused_leaves_nothing_behind() -> None:
    planner = OperationPlanner(SCHEMA, ExecutionLimits(cost=10))
    with pytest.raises(RequestError, match="Query cost 22 exceeds the limit of 10"):
        hits(planner, "query ($x: ID!) { people { nodes { id } } person(id: $x) { id } }", "a")
    with pytest.raises(RequestError, match="Syntax"):
        planner.document("{")
    assert (len(planner.documents), len(planner.plans)) == (1, 0)


@pytest.mark.parametrize("name", ["", "Nowhere", "q"])
def test_an_operation_has_to_be_called_by_its_name(name: str) -> None:
    planner = OperationPlanner(SCHEMA)
    for query in ("{ __typename }", "query Q { __typename }"):
        with pytest.raises(RequestError, match=f"Unknown operation named '{name}'"):
            planner.document(query).operation(name)


# ── how much is kept ────────────────────────────────────────────────────────────────────────────────────────────


def test_what_was_used_longest_ago_goes_first() -> None:
    cache: LruCache[str] = LruCache(max_items=2, max_bytes=100)
    cache.put("a", "A", 1)
    cache.put("b", "B", 1)
    assert cache.get("a") == "A"
    cache.put("c", "C", 1)
    assert (cache.get("a"), cache.get("b"), cache.get("c"), len(cache)) == ("A", None, "C", 2)


def test_the_weight_is_bounded_too_and_kept_right_when_a_value_is_replaced() -> None:
    cache: LruCache[str] = LruCache(max_items=100, max_bytes=10)
    cache.put("a", "A", 4)
    cache.put("a", "AA", 6)
    assert (cache.size, cache.get("a")) == (6, "AA")
    cache.put("b", "B", 5)
    assert (cache.size, cache.get("a"), cache.get("b")) == (5, None, "B")


def test_what_is_heavier_than_all_that_may_be_kept_is_not_kept_and_pushes_nothing_out() -> None:
    cache: LruCache[str] = LruCache(max_items=100, max_bytes=10)
    cache.put("a", "A", 4)
    cache.put("b", "B", 4)
    cache.put("a", "heavy", 11)
    assert (len(cache), cache.size, cache.get("a"), cache.get("b")) == (1, 4, None, "B")
