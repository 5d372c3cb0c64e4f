"""The cost of an operation depends on its selection only, multiplies page sizes, and is computed in linear time."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from graphql import (
    GraphQLInputObjectType,
    GraphQLObjectType,
    get_named_type,
    get_nullable_type,
    is_composite_type,
    is_list_type,
)
from hypothesis import given
from hypothesis import strategies as st

from graph_api.compiler.selection import SelectedField, SelectionSet
from graph_api.execution.cost import DEFAULT_MAX_COST, cost_model
from graph_api.schema.build import build_schema, graphql_schema
from tests.compiler.test_canonical import QUESTION
from tests.helpers.cookbook import recipes
from tests.helpers.costs import costs
from tests.helpers.variations import written
from tests.integration.graphql.test_depth import DEEP
from tests.integration.graphql.test_readme import QUESTIONS

SCHEMA = graphql_schema(build_schema())
MODEL = cost_model(SCHEMA)
cost = MODEL.cost
LISTS_WITHOUT_PAGES = sorted(name for name, length in MODEL.lengths.items() if isinstance(length, int))
TYPES: dict[str, GraphQLObjectType] = {
    name: one
    for name, one in SCHEMA.type_map.items()
    if isinstance(one, GraphQLObjectType) and not name.startswith("__")
}
HEAVIEST = 20
"""The limit is below this multiple of the most expensive operation of the cookbook."""


# ── selections by hand ──────────────────────────────────────────────────────────────────────────────────────────


def scalar(key: str) -> SelectedField:
    return SelectedField(key, key, {})


def page(name: str, kind: str, first: int, *fields: SelectedField, **more: Any) -> SelectedField:
    nodes = SelectedField("nodes", "nodes", {}, SelectionSet({kind: fields}))
    return SelectedField(name, name, {"first": first, **more}, SelectionSet({f"{kind}Connection": (nodes,)}))


NAMES = st.sampled_from(("id", "name", "title", "role"))
LINKS = st.sampled_from(("court", "place", "saidBy", "event"))
LISTS = st.sampled_from(LISTS_WITHOUT_PAGES)
KINDS = ("Person", "Conviction", "Exchange", "Site")
SCALARS = st.builds(scalar, NAMES)


def fields_of(below: st.SearchStrategy[SelectedField]) -> st.SearchStrategy[tuple[SelectedField, ...]]:
    return st.lists(below, max_size=4).map(tuple)


def selections(below: st.SearchStrategy[SelectedField]) -> st.SearchStrategy[SelectedField]:
    of = st.dictionaries(st.sampled_from(KINDS), fields_of(below), min_size=1, max_size=3)
    return st.one_of(
        st.builds(lambda name, of: SelectedField(name, name, {}, SelectionSet(of)), st.one_of(LINKS, LISTS), of),
        st.builds(lambda first, fields: page("events", "Event", first, *fields), st.integers(0, 500), fields_of(below)),
    )


TREES = st.recursive(SCALARS, selections, max_leaves=20)
PAGES = st.builds(lambda first, fields: page("people", "Person", first, *fields), st.integers(0, 500), fields_of(TREES))


def everywhere(one: SelectedField, change: Callable[[SelectedField], SelectedField]) -> SelectedField:
    """Return a selection with each field changed, the deepest first; nothing is shared any more."""
    return change(
        replace(
            one,
            of=SelectionSet(
                {name: tuple(everywhere(field, change) for field in fields) for name, fields in one.of.items()}
            ),
        )
    )


@given(PAGES, st.integers(0, 2**31), st.integers(1, 2**31 - 1))
def test_adding_a_field_or_enlarging_a_page_never_lowers_the_cost(one: SelectedField, seed: int, rows: int) -> None:
    random = Random(seed)  # noqa: S311 - a test that can be run again

    def more(field: SelectedField) -> SelectedField:
        if "first" in field.arguments and random.random() < 0.5:
            return replace(field, arguments={"first": field.arguments["first"] + random.randint(0, rows)})
        if field.of and not next(iter(field.of)).endswith("Connection") and random.random() < 0.5:
            extra = random.choice((scalar("note"), page("mediated", "Event", 20, scalar("id"))))
            return replace(field, of=SelectionSet({name: (*fields, extra) for name, fields in field.of.items()}))
        return field

    assert cost(everywhere(one, more)) >= cost(one)


@given(PAGES, st.integers(0, 2**31))
def test_the_cost_does_not_depend_on_keys_order_or_shared_objects(one: SelectedField, seed: int) -> None:
    random = Random(seed)  # noqa: S311 - a test that can be run again

    def shuffled(field: SelectedField) -> SelectedField:
        of = {name: tuple(random.sample(fields, len(fields))) for name, fields in field.of.items()}
        kinds = random.sample(list(of), len(of))
        return replace(field, key=f"k{random.randint(0, 9)}", of=SelectionSet({name: of[name] for name in kinds}))

    assert cost(everywhere(one, shuffled)) == cost(one)


@given(st.lists(st.integers(0, 500), min_size=1, max_size=6))
def test_nested_pages_multiply(firsts: list[int]) -> None:
    asked, expected = scalar("id"), 0
    for first in firsts:
        asked = page("events", "Event", first, asked)
        expected = 1 + first * (1 + expected)
    assert cost(asked) == expected


@pytest.mark.parametrize("first", [-1, -(2**31)])
def test_a_negative_page_size_counts_as_zero(first: int) -> None:
    assert cost(page("people", "Person", first, scalar("id"))) == 1


def test_deeply_nested_small_pages_exceed_the_limit() -> None:
    asked = scalar("id")
    for _ in range(8):
        asked = page("sites", "Site", 10, page("events", "Event", 10, page("participants", "Participation", 10, asked)))
    assert cost(asked) > 10**24 > DEFAULT_MAX_COST


def test_shared_selections_are_computed_once() -> None:
    below = SelectionSet({"Person": (scalar("id"),)})
    for _ in range(60):
        twice = (SelectedField("a", "partOf", {}, below), SelectedField("b", "trial", {}, below))
        below = SelectionSet({f"Type{n}": twice for n in range(11)})
    start = time.process_time()
    found = cost(SelectedField("event", "event", {}, below))
    seconds = time.process_time() - start
    sys.stdout.write(f"\n22 to the power of 60 ways to one cost in {1000 * seconds:.1f} ms\n")
    assert found == 2**61 - 1
    assert seconds < 0.5


# ── questions ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_equivalent_documents_cost_the_same() -> None:
    assert len({tuple(costs(written(QUESTION, number))) for number in range(100)}) == 1


def test_every_operation_of_the_cookbook_and_the_readme_is_within_the_limit_and_twenty_times_the_most_expensive_is_not() -> (
    None
):
    found = {one.name: sum(costs(one.text, one.variables)) for one in recipes()}
    found |= {question: sum(costs(asked)) for question, asked, _ in QUESTIONS}
    name, heaviest = max(found.items(), key=lambda item: item[1])
    sys.stdout.write(f"\nthe heaviest question costs {heaviest} of {DEFAULT_MAX_COST}: {name}\n")
    assert heaviest < DEFAULT_MAX_COST / 3
    assert HEAVIEST * heaviest > DEFAULT_MAX_COST


def test_three_levels_below_fifty_people_are_within_the_limit_and_below_five_hundred_are_not() -> None:
    [fifty] = costs(DEEP)
    [many] = costs(DEEP.replace("first: 50", "first: 500"))
    sys.stdout.write(f"\nthree levels below fifty people cost {fifty} of {DEFAULT_MAX_COST}\n")
    assert fifty < DEFAULT_MAX_COST / 2
    assert many > DEFAULT_MAX_COST


# ── the tables ──────────────────────────────────────────────────────────────────────────────────────────────────


def lists_without_pages() -> dict[str, set[str]]:
    """Return each field that is a list of records, with the types that have it."""
    found: dict[str, set[str]] = {}
    for name, one in TYPES.items():
        for field, definition in one.fields.items():
            named = get_named_type(definition.type)
            is_list = is_list_type(get_nullable_type(definition.type)) and is_composite_type(named)
            if is_list and not name.endswith("Connection") and named.name not in MODEL.value_types:
                found.setdefault(field, set()).add(name)
    return found


def test_every_list_without_pages_declares_its_length_and_nothing_else_does() -> None:
    assert set(lists_without_pages()) | {"mergedFrom"} == set(MODEL.lengths)  # a list of ids, each of a node of its own
    assert {name: length for name, length in MODEL.lengths.items() if isinstance(length, str)} == {
        "events": "steps",
        "keys": "by",
    }


def test_a_field_with_an_estimated_length_is_a_list_or_has_pages_in_every_type() -> None:
    for name, one in TYPES.items():
        for field, definition in one.fields.items():
            named = get_named_type(definition.type)
            is_record = is_composite_type(named)  # what is no record costs nothing, whatever its name
            if field in LISTS_WITHOUT_PAGES and is_record and not named.name.endswith("Connection"):
                assert is_list_type(get_nullable_type(definition.type)), f"{name}.{field}"


def test_values_are_types_without_arguments_and_links_to_records() -> None:
    for name in MODEL.value_types:
        for definition in TYPES[name].fields.values():
            named = get_named_type(definition.type)
            assert not definition.args
            assert not is_composite_type(named) or named.name in MODEL.value_types


def test_every_root_field_and_every_input_field_has_a_cost() -> None:
    assert set(MODEL.root_fields) == set(TYPES["Query"].fields)
    inputs = [one for one in SCHEMA.type_map.values() if isinstance(one, GraphQLInputObjectType)]
    assert set(MODEL.conditions) == {name for one in inputs for name in one.fields}
    assert {name for name, cost in MODEL.conditions.items() if cost > 1} == {"place", "someEvent", "noEvent"}


def test_the_types_of_values_are_found() -> None:
    assert MODEL.value_types == {
        "DayCount",
        "DayRange",
        "DurationStatistics",
        "Name",
        "Offence",
        "PageInfo",
        "Point",
        "Quantity",
        "Sentence",
        "Span",
        "When",
    }
