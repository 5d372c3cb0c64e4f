"""What to write instead, added to errors of validation that newcomers meet: where a list has its records, and what a filter takes.

::

    {people {name}}                    ──▶  … A list has its records in `nodes`: write `nodes { name }`.
    {people(where: {name: "Anna"})}    ──▶  … Write `{contains: "Anna"}` for a part of it, or `{eq: "Anna"}` for all of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from graphql import (
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
)

UNKNOWN_FIELD: Final = re.compile(r"Cannot query field '(?P<field>\w+)' on type '(?P<type>\w+)'")
NO_OBJECT: Final = re.compile(r"Expected value of type '(?P<type>\w+)!?' to be an object, found: (?P<value>.{1,80})\.$")
UNKNOWN_INPUT: Final = re.compile(r"Expected value of type '(?P<type>\w+)!?' not to include unknown field '\w+'")
UNKNOWN_ARGUMENT: Final = re.compile(r"Unknown argument '(?:name|title)' on field 'Query\.\w+'")


def with_hint(schema: GraphQLSchema, error: GraphQLError) -> GraphQLError:
    """Return an error of validation with what to write instead, where that is known."""
    hint = _hint(schema.type_map, error.message)
    if not hint:
        return error
    return GraphQLError(f"{error.message} {hint}", error.nodes, error.source, error.positions)


def _hint(types: Mapping[str, Any], message: str) -> str:
    if found := UNKNOWN_FIELD.match(message):
        return _of_field(types, found["type"], found["field"])
    if found := NO_OBJECT.match(message):
        return _of_filter(types.get(found["type"]), found["value"])
    if found := UNKNOWN_INPUT.match(message):
        type_ = types.get(found["type"])
        return f"It takes {', '.join(type_.fields)}." if isinstance(type_, GraphQLInputObjectType) else ""
    if UNKNOWN_ARGUMENT.match(message):
        return "A record is asked for by its id; `search(text: …)` finds the id of a name."
    return ""


def _of_field(types: Mapping[str, Any], type_name: str, field: str) -> str:
    type_ = types.get(type_name)
    if not isinstance(type_, GraphQLObjectType) or "nodes" not in type_.fields:
        return ""
    node = get_named_type(type_.fields["nodes"].type)
    has_fields = isinstance(node, GraphQLObjectType | GraphQLInterfaceType)
    if not has_fields or field not in node.fields:
        return "A list has its records in `nodes`."
    return f"A list has its records in `nodes`: write `nodes {{ {field} }}`."


def _of_filter(type_: Any, value: str) -> str:
    if not isinstance(type_, GraphQLInputObjectType):
        return ""
    if "contains" in type_.fields:
        return f"Write `{{contains: {value}}}` for a part of it, or `{{eq: {value}}}` for all of it."
    if "eq" in type_.fields:
        return f"Write `{{eq: {value}}}`."
    if {"from", "until"} <= type_.fields.keys():
        return 'Write `{from: "2024-01-01", until: "2024-12-31"}`.'
    return f"It takes {', '.join(type_.fields)}."
