"""Cached plans: which variable values share a plan, which guards a plan depends on, and how much is cached."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import OperationDefinitionNode, parse
from graphql.execution.values import get_variable_values
from hypothesis import given
from hypothesis import strategies as st

from graph_api.compiler.cursors import cursor
from graph_api.compiler.placeholders import Placeholder, as_key, bind_value, map_value
from graph_api.execution.note_lookups import NEAREST, RECORD, LookupPlanner
from graph_api.execution.operation_planner import ExecutionLimits, LruCache, OperationPlanner, RequestError
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
def test_strings_and_ids_share_a_plan_and_other_differences_do_not(
    declared: str, values: list[Any], plans: int
) -> None:
    assert len(keys(declared, *values)) == plans


def test_strings_and_ids_become_placeholders_and_other_values_do_not() -> None:
    given = {"x": {"id": {"eq": "a", "in": ["b"]}, "disputed": True, "kind": None}}
    placed = variables("$x: EventFilter").with_placeholders(given, {})["x"]
    assert isinstance(placed["id"]["eq"], Placeholder)
    assert bind_value(map_value(placed["id"]["in"], list), given) == ["b"]
    assert (placed["disputed"], placed["kind"]) == (True, None)


@given(
    st.dictionaries(st.sampled_from("abcd"), st.text() | st.none() | st.integers() | st.lists(st.text(), max_size=2))
)
def test_variables_that_are_all_strings_are_what_graphql_core_makes_of_them(given_values: dict[str, Any]) -> None:
    declared = '($a: ID!, $b: String, $c: String! = "x")'
    [operation] = parse(f"query {declared} {{ __typename }}").definitions
    assert isinstance(operation, OperationDefinitionNode)
    texts = VariableShape(SCHEMA, operation.variable_definitions or ()).as_texts(given_values)
    coerced = get_variable_values(SCHEMA, operation.variable_definitions or (), given_values)
    are_texts = set(given_values) == {"a", "b", "c"} and all(isinstance(one, str) for one in given_values.values())
    assert (texts is not None) == are_texts
    if texts is not None:
        assert not isinstance(coerced, list)
        assert texts == coerced.coerced


@pytest.mark.parametrize("declared", ["$a: [ID!]", "$a: Date", "$a: NodeKind", "$a: ID, $b: Int"])
def test_variables_of_other_types_are_coerced(declared: str) -> None:
    assert variables(declared).as_texts({"a": "2024-01-01", "b": "1"}) is None
    assert variables(declared).as_texts({"a": "PERSON"}) is None


def test_look_ups_of_notes_are_compiled_once() -> None:
    planner = LookupPlanner(SCHEMA)
    (one, build), (other, same_build) = (planner.read(RECORD, {"id": id_}) for id_ in ("nobody", "someone-else"))
    assert build is same_build
    assert (one.text, one.parameters["p0"], other.parameters["p0"]) == (other.text, "nobody", "someone-else")
    assert planner.read(RECORD, {"id": "an-event/participants/x"})[1] is not build
    (near, _), (far, _) = (planner.read(NEAREST, {"text": text, "kinds": ["PERSON"]}) for text in ("Olena", "Maksym"))
    assert near.parameters != far.parameters


def test_guards_are_evaluated_for_values_that_are_present() -> None:
    asked = [(("x", "eq"), len), (("x", "in", 1), as_key), (("y",), len)]
    assert evaluate_guards({"x": {"eq": "abc", "in": ["a"]}}, asked) == {(("x", "eq"), len): 3}
    assert evaluate_guards({"x": {"eq": None}, "y": "ab"}, asked) == {(("y",), len): 2}


# ── guards of a plan ───────────────────────────────────────────────────────────────────────────────────────────


def hits(planner: OperationPlanner, query: str, *values: Any) -> list[bool]:
    document = planner.document(query)
    operation = document.operation(None)
    return [planner.plan(document, operation, planner.coerce_variables(operation, {"x": value}))[1] for value in values]


def test_records_and_participations_have_one_plan_each() -> None:
    query = "query ($x: ID!) { node(id: $x) { id } }"
    part = "event/participants/subject/person"
    assert hits(OperationPlanner(SCHEMA), query, "a", part, "b", f"{part}-2", "a") == [False, False, True, True, True]


def test_cursors_with_the_same_null_keys_share_a_plan() -> None:
    query = "query ($x: String) { events(orderBy: {field: DATE}, after: $x) { nodes { id } } }"
    with_day, without, bad, another_day = (
        cursor(["x", 1, "a"]),
        cursor(["x", None, "a"]),
        "nonsense",
        cursor(["x", 2, "b"]),
    )
    assert hits(OperationPlanner(SCHEMA), query, None, with_day, without, bad, another_day) == [
        False,
        False,
        False,
        False,
        True,
    ]


def test_equal_documents_are_parsed_once_and_different_ones_share_no_plan() -> None:
    planner = OperationPlanner(SCHEMA)
    query = "query ($x: ID!) { person(id: $x) { id } }"
    assert planner.document(query) is planner.document(query)
    assert hits(planner, query, "a") == [False]
    assert hits(planner, f"{query} ", "a") == [False]
    assert (len(planner.documents), len(planner.plans)) == (2, 2)


def test_rejected_operations_are_not_cached() -> None:
    planner = OperationPlanner(SCHEMA, ExecutionLimits(cost=10))
    with pytest.raises(RequestError, match="Query cost 22 exceeds the limit of 10"):
        hits(planner, "query ($x: ID!) { people { nodes { id } } person(id: $x) { id } }", "a")
    with pytest.raises(RequestError, match="Syntax"):
        planner.document("{")
    assert (len(planner.documents), len(planner.plans)) == (1, 0)


@pytest.mark.parametrize("name", ["", "Nowhere", "q"])
def test_an_unknown_operation_name_is_an_error(name: str) -> None:
    planner = OperationPlanner(SCHEMA)
    for query in ("{ __typename }", "query Q { __typename }"):
        with pytest.raises(RequestError, match=f"Unknown operation named '{name}'"):
            planner.document(query).operation(name)


# ── cache limits ───────────────────────────────────────────────────────────────────────────────────────────────


def test_the_least_recently_used_item_is_evicted_first() -> None:
    cache: LruCache[str] = LruCache(max_items=2, max_bytes=100)
    cache.put("a", "A", 1)
    cache.put("b", "B", 1)
    assert cache.get("a") == "A"
    cache.put("c", "C", 1)
    assert (cache.get("a"), cache.get("b"), cache.get("c"), len(cache)) == ("A", None, "C", 2)


def test_the_total_size_is_limited_and_updated_when_an_item_is_replaced() -> None:
    cache: LruCache[str] = LruCache(max_items=100, max_bytes=10)
    cache.put("a", "A", 4)
    cache.put("a", "AA", 6)
    assert (cache.size, cache.get("a")) == (6, "AA")
    cache.put("b", "B", 5)
    assert (cache.size, cache.get("a"), cache.get("b")) == (5, None, "B")


def test_an_item_larger_than_the_cache_is_not_stored_and_evicts_nothing() -> None:
    cache: LruCache[str] = LruCache(max_items=100, max_bytes=10)
    cache.put("a", "A", 4)
    cache.put("b", "B", 4)
    cache.put("a", "heavy", 11)
    assert (len(cache), cache.size, cache.get("a"), cache.get("b")) == (1, 4, None, "B")
