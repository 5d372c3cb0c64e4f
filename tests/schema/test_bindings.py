"""Completeness of the bindings: every root field has a binder, and every field of every filter has a condition that works."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    get_named_type,
    is_required_input_field,
)

from graph_api.compiler.filters import has
from graph_api.compiler.ir import Predicate
from graph_api.schema.bindings import BINDINGS
from graph_api.schema.build import build_schema, graphql_schema
from graph_api.schema.decorators import conditions_of, filter_field, graphql_input, optional_field

SCHEMA = graphql_schema(build_schema())
INPUTS = {name: one for name, one in SCHEMA.type_map.items() if isinstance(one, GraphQLInputObjectType)}
CONDITIONS = [(name, field) for name, fields in BINDINGS.filters.conditions.items() for field in fields]
SAMPLES = {
    "ID": "a",
    "String": "UA",  # some texts are codes of countries
    "Boolean": True,
    "Int": 1,
    "Float": 1.0,
    "Date": dt.date(2024, 9, 1),
    "Duration": "P1D",
}


def sample(type_: Any) -> Any:
    """Return a coerced value of an input type."""
    match type_:
        case GraphQLNonNull():
            return sample(type_.of_type)
        case GraphQLList():
            return [sample(type_.of_type)]
        case GraphQLEnumType():
            return next(iter(type_.values.values())).value
        case GraphQLInputObjectType():
            required = {name: one for name, one in type_.fields.items() if is_required_input_field(one)}
            first = dict(
                [next(iter((name, one) for name, one in type_.fields.items() if name not in {"and", "or", "not"}))]
            )
            return {name: sample(one.type) for name, one in {**first, **required}.items()}
        case _:
            return SAMPLES[type_.name]


def filter_arguments() -> set[str]:
    """Return the input types of the filter arguments of all fields."""
    arguments = [
        (name, get_named_type(argument.type).name)
        for one in SCHEMA.type_map.values()
        for field in getattr(one, "fields", {}).values()
        for name, argument in getattr(field, "args", {}).items()
    ]
    return {type_ for name, type_ in arguments if type_ in INPUTS and name not in {"orderBy", "steps"}}


def test_every_root_field_has_a_binder() -> None:
    assert SCHEMA.query_type is not None
    assert set(BINDINGS.roots) == set(SCHEMA.query_type.fields)


def test_every_filter_and_every_field_of_it_has_a_condition() -> None:
    assert filter_arguments() <= set(BINDINGS.filters.conditions)
    for name, conditions in BINDINGS.filters.conditions.items():
        assert set(conditions) == set(INPUTS[name].fields), name


@pytest.mark.parametrize(("name", "field"), CONDITIONS, ids=[f"{name}.{field}" for name, field in CONDITIONS])
def test_a_condition_gives_a_predicate_for_a_value_of_its_field(name: str, field: str) -> None:
    value = "description" if field == "disputedProperty" else sample(INPUTS[name].fields[field].type)
    assert isinstance(BINDINGS.filters.predicate(name, {field: value}), Predicate)


def test_a_field_of_a_filter_without_a_condition_is_rejected() -> None:
    @graphql_input
    class ExampleFilter:
        """Asks for examples."""

        first_tag: str | None = filter_field("The example has this tag.", where=has("tags"))
        second_tag: str | None = optional_field("The example has this tag as well.")

    with pytest.raises(
        TypeError, match="Invalid field 'secondTag' of ExampleFilter: expected filter_field with `where`"
    ):
        conditions_of(ExampleFilter)
