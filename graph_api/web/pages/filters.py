"""Filters as query parameters, named like the fields of the GraphQL filters; which ones there are follows from the schema.

::

    ?place=kherson-oblast&kind=DETENTION&kind=TRANSFER&date_from=2022-03-01
    {place: {eq: "kherson-oblast"}, kinds: [DETENTION, TRANSFER], date: {from: "2022-03-01"}}

A parameter ``x`` is the field itself or its ``eq``; given twice it is ``in``, or the list field that is its plural; ``x_y`` is the part ``y`` of
the field. ``event_x`` is ``x`` of an event that the people of a list are in. Names and titles are no parameters, since addresses are written to
logs: they go through ``/find``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_list_type,
)

from graph_api.errors import InvalidQuery

FREE_TEXT: Final = frozenset({"name", "title"})
"""Fields that hold words which a reader types about people; never in an address."""
NESTED: Final = frozenset({"EventMatch", "HistoryFilter", "PersonFilter", "EventFilter", "SiteFilter", "GroupFilter"})
"""Types of filters with filters inside: questions of that kind are asked in GraphQL."""
SOME_EVENT: Final = "someEvent"
"""The field of a filter of people that asks for an event."""
PAGING: Final = frozenset({"first", "after", "orderBy"})
MAX_VALUES: Final = 50
"""Limit of the values of one parameter."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A query parameter: the field of the filter and the part of it that it sets, the type of the value, and where repeated values go.

    With ``of_event`` the filter is that of an event; all such parameters are asked of one event.
    """

    name: str
    field: str
    part: str | None
    type: GraphQLInputType
    plural: tuple[str, str | None] | None = None
    of_event: bool = False

    @property
    def choices(self) -> Sequence[str]:
        """The values of a closed list; empty for other types."""
        named = get_named_type(self.type)
        return tuple(named.values) if isinstance(named, GraphQLEnumType) else ()


def parameters_of(schema: GraphQLSchema, filter_type: str) -> dict[str, Parameter]:
    """Return the query parameters of a filter of the schema, or of the arguments of a root field (``Query.differences``)."""
    owner, _, name = filter_type.partition(".")
    type_ = schema.type_map[owner]
    if isinstance(type_, GraphQLObjectType):
        return argument_parameters(type_.fields[name])
    if not isinstance(type_, GraphQLInputObjectType):
        raise TypeError(f"{filter_type} is no input type")
    return filter_parameters(type_)


def filter_parameters(type_: GraphQLInputObjectType) -> dict[str, Parameter]:
    """Return the parameters of a filter by name."""
    found = {one.name: one for name in type_.fields if name not in FREE_TEXT for one in _of_field(type_, name)}
    if SOME_EVENT not in type_.fields:
        return found
    events = get_named_type(get_named_type(type_.fields[SOME_EVENT].type).fields["where"].type)
    of_event = (replace(one, name=f"event_{one.name}", of_event=True) for one in filter_parameters(events).values())
    return found | {one.name: one for one in of_event}


def argument_parameters(field: GraphQLField) -> dict[str, Parameter]:
    """Return the parameters of a root field whose arguments are its filter, by name."""
    return {
        name: Parameter(name, name, None, one.type)
        for name, one in field.args.items()
        if name not in PAGING and not is_list_type(one.type)
    }


def _of_field(type_: GraphQLInputObjectType, name: str) -> Iterator[Parameter]:
    field = type_.fields[name].type
    named = get_named_type(field)
    if is_list_type(field) or named.name in NESTED:
        return
    if not isinstance(named, GraphQLInputObjectType):
        plural = f"{name}s" if f"{name}s" in type_.fields else None
        yield Parameter(name, name, None, field, (plural, None) if plural else None)
        return
    for part, inner in named.fields.items():
        if part == "eq":
            yield Parameter(name, name, "eq", inner.type, (name, "in") if "in" in named.fields else None)
        elif not is_list_type(inner.type):
            yield Parameter(f"{name}_{part}", name, part, inner.type)


def parse_filter(parameters: Mapping[str, Parameter], given: Sequence[tuple[str, str]]) -> dict[str, Any] | None:
    """Return the value of a filter, None without conditions. Raises InvalidQuery for unknown parameters and invalid values."""
    values: dict[str, list[str]] = {}
    for name, value in given:
        if name not in parameters:
            raise InvalidQuery(f"Unknown parameter '{name[:60]}': expected one of {', '.join(sorted(parameters))}.")
        if value.strip():
            values.setdefault(name, []).append(value.strip())
    found: dict[str, Any] = {}
    for name, texts in values.items():
        _place(found, parameters[name], [_value(parameters[name], text) for text in texts])
    return found or None


def _place(found: dict[str, Any], parameter: Parameter, values: list[Any]) -> None:
    field, part, value = parameter.field, parameter.part, values[0]
    if len(values) > 1:
        if parameter.plural is None:
            raise InvalidQuery(f"Parameter '{parameter.name}' is given {len(values)} times: expected one value.")
        if len(values) > MAX_VALUES:
            raise InvalidQuery(f"Parameter '{parameter.name}' has {len(values)} values: expected at most {MAX_VALUES}.")
        (field, part), value = parameter.plural, values
    target = found.setdefault(SOME_EVENT, {}).setdefault("where", {}) if parameter.of_event else found
    if part is None:
        target[field] = value
    else:
        target.setdefault(field, {})[part] = value


def _value(parameter: Parameter, text: str) -> Any:
    """Return a value of the type of its parameter; what only the server can check is checked when the operation runs."""
    named = get_named_type(parameter.type)
    if parameter.choices:
        if text not in parameter.choices:
            raise InvalidQuery(
                f"Invalid {parameter.name} '{text[:60]}': expected one of {', '.join(parameter.choices)}."
            )
        return text
    if named.name == "Boolean":
        if text not in {"true", "false"}:
            raise InvalidQuery(f"Invalid {parameter.name} '{text[:60]}': expected true or false.")
        return text == "true"
    if named.name in {"Float", "Int"}:
        try:
            return float(text) if named.name == "Float" else int(text)
        except ValueError:
            raise InvalidQuery(f"Invalid {parameter.name} '{text[:60]}': expected a number.") from None
    return text
