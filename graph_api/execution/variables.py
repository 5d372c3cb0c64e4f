"""Which parts of the variables determine a plan, and which are only parameters of its statements.

Strings and ids become parameters of a cached plan (``graph_api.compiler.placeholders``). Whether they are null, and every other value
(page sizes, booleans, enum values), is part of the plan's key.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from graphql import (
    GraphQLInputObjectType,
    GraphQLSchema,
    VariableDefinitionNode,
    get_nullable_type,
    is_list_type,
    type_from_ast,
)

from graph_api.compiler.placeholders import Guard, Placeholder, VariablePath, get_path

GuardValues = Mapping[tuple[VariablePath, Guard], Any]
PLACEHOLDER_TYPES: Final = frozenset({"ID", "String"})


@dataclass(frozen=True, slots=True)
class _InputShape:
    """How values of one input type contribute to the key of a plan, and what replaces them while it is compiled."""

    key: Callable[[Any], Hashable]
    with_placeholders: Callable[[Any, VariablePath, GuardValues], Any]


class VariableShape:
    """The declared variables of one operation. A plan is compiled for a shape key, from values with placeholders."""

    def __init__(self, schema: GraphQLSchema, definitions: Sequence[VariableDefinitionNode]) -> None:
        shapes: dict[str, _InputShape] = {}
        types = {one.variable.name.value: type_from_ast(schema, one.type) for one in definitions}
        self._shapes = {name: _input_shape(type_, shapes) for name, type_ in types.items()}
        self._are_texts = all(_is_text(type_) for type_ in types.values())

    def as_texts(self, variables: Mapping[str, Any]) -> dict[str, str] | None:
        """Return variables that need no coercion: a string for each declared one, of types that take any string. None for all others."""
        if not self._are_texts or len(variables) != len(self._shapes):
            return None
        texts = {name: value for name in self._shapes if type(value := variables.get(name)) is str}
        return texts if len(texts) == len(self._shapes) else None

    def shape_key(self, variables: Mapping[str, Any]) -> Hashable:
        """Return the part of coerced variables that determines the plan."""
        return tuple([(name, self._shapes[name].key(value)) for name, value in variables.items()])

    def with_placeholders(self, variables: Mapping[str, Any], guards: GuardValues) -> dict[str, Any]:
        """Return coerced variables with a placeholder in place of every string and id."""
        return {name: self._shapes[name].with_placeholders(value, (name,), guards) for name, value in variables.items()}


def exceeds_size(value: Any, limit: int) -> bool:
    """Return whether a JSON value contains more than ``limit`` values, nested ones included. Stops counting at the limit."""
    pending, size = [value], 0
    while pending and size <= limit:
        one = pending.pop()
        if isinstance(one, dict | list):
            size += len(one)
            if size <= limit:
                pending += one.values() if isinstance(one, dict) else one
    return size > limit


def evaluate_guards(
    variables: Mapping[str, Any], guards: Sequence[tuple[VariablePath, Guard]]
) -> dict[tuple[VariablePath, Guard], Any]:
    """Return the result of each guard whose value is present and not null."""
    results = {}
    for path, guard in guards:
        try:
            value = get_path(variables, path)
        except (KeyError, IndexError, TypeError):
            continue
        if value is not None:
            results[path, guard] = guard(value)
    return results


def _is_text(type_: Any) -> bool:
    return getattr(get_nullable_type(type_), "name", "") in PLACEHOLDER_TYPES


def _input_shape(type_: Any, shapes: dict[str, _InputShape]) -> _InputShape:
    type_ = get_nullable_type(type_)
    if _is_text(type_):
        return PLACEHOLDER
    if is_list_type(type_):
        item = _input_shape(type_.of_type, shapes)
        return PLACEHOLDER if item is PLACEHOLDER else _list_shape(item)
    if isinstance(type_, GraphQLInputObjectType):
        return _object_shape(type_, shapes)
    return _InputShape(lambda value: value, lambda value, _path, _guards: value)


def _object_shape(type_: GraphQLInputObjectType, shapes: dict[str, _InputShape]) -> _InputShape:
    if type_.name in shapes:
        return shapes[type_.name]
    fields: dict[str, _InputShape] = {}

    def key(value: Any) -> Hashable:
        return None if value is None else tuple([(name, fields[name].key(one)) for name, one in value.items()])

    def with_placeholders(value: Any, path: VariablePath, guards: GuardValues) -> Any:
        return (
            None
            if value is None
            else {name: fields[name].with_placeholders(one, (*path, name), guards) for name, one in value.items()}
        )

    shapes[type_.name] = _InputShape(key, with_placeholders)  # before its fields, since input types may be recursive
    fields |= {name: _input_shape(one.type, shapes) for name, one in type_.fields.items()}
    return shapes[type_.name]


def _list_shape(item: _InputShape) -> _InputShape:
    def key(value: Any) -> Hashable:
        return None if value is None else tuple([item.key(one) for one in value])

    def with_placeholders(value: Any, path: VariablePath, guards: GuardValues) -> Any:
        return (
            None
            if value is None
            else [item.with_placeholders(one, (*path, index), guards) for index, one in enumerate(value)]
        )

    return _InputShape(key, with_placeholders)


PLACEHOLDER: Final = _InputShape(
    lambda value: value is None, lambda value, path, guards: None if value is None else Placeholder(path, guards)
)
"""The shape of strings, ids and lists of them."""
