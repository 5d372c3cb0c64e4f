"""Which variables shape an operation and which only fill it.

Texts and ids are filled in with each request (``compiler.placeholders``); whether they are there, and every other value (a page size, a switch,
a word of a closed list), belongs to the plan.
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

from graph_api.compiler.placeholders import Fact, Late, Path, at

Facts = Mapping[tuple[Path, Fact], Any]
LATE: Final = frozenset({"ID", "String"})


@dataclass(frozen=True, slots=True)
class _Kind:
    """Values of one type: what of them belongs to a plan, and what stands for them while it is made."""

    key: Callable[[Any], Hashable]
    placed: Callable[[Any, Path, Facts], Any]


class Variables:
    """The variables of one operation. A plan is made for a key, with placed values."""

    def __init__(self, schema: GraphQLSchema, definitions: Sequence[VariableDefinitionNode]) -> None:
        kinds: dict[str, _Kind] = {}
        self._kinds = {one.variable.name.value: _kind(type_from_ast(schema, one.type), kinds) for one in definitions}

    def key(self, given: Mapping[str, Any]) -> Hashable:
        """Return what of coerced values belongs to the plan."""
        return tuple([(name, self._kinds[name].key(value)) for name, value in given.items()])

    def placed(self, given: Mapping[str, Any], facts: Facts) -> dict[str, Any]:
        """Return the values with those that are filled in later as ``Late``."""
        return {name: self._kinds[name].placed(value, (name,), facts) for name, value in given.items()}


def facts_of(given: Mapping[str, Any], asked: Sequence[tuple[Path, Fact]]) -> dict[tuple[Path, Fact], Any]:
    """Return what is known of coerced values, as far as they are there."""
    found = {}
    for path, fact in asked:
        try:
            value = at(given, path)
        except (KeyError, IndexError, TypeError):
            continue
        if value is not None:
            found[path, fact] = fact(value)
    return found


def _kind(type_: Any, kinds: dict[str, _Kind]) -> _Kind:
    type_ = get_nullable_type(type_)
    if getattr(type_, "name", "") in LATE:
        return FILLED
    if is_list_type(type_):
        inner = _kind(type_.of_type, kinds)
        return FILLED if inner is FILLED else _listed(inner)
    if isinstance(type_, GraphQLInputObjectType):
        return _object(type_, kinds)
    return _Kind(lambda value: value, lambda value, _path, _facts: value)


def _object(type_: GraphQLInputObjectType, kinds: dict[str, _Kind]) -> _Kind:
    if type_.name in kinds:
        return kinds[type_.name]
    fields: dict[str, _Kind] = {}

    def key(value: Any) -> Hashable:
        return None if value is None else tuple([(name, fields[name].key(one)) for name, one in value.items()])

    def placed(value: Any, path: Path, facts: Facts) -> Any:
        return (
            None
            if value is None
            else {name: fields[name].placed(one, (*path, name), facts) for name, one in value.items()}
        )

    kinds[type_.name] = _Kind(key, placed)
    fields |= {name: _kind(one.type, kinds) for name, one in type_.fields.items()}
    return kinds[type_.name]


def _listed(inner: _Kind) -> _Kind:
    def key(value: Any) -> Hashable:
        return None if value is None else tuple([inner.key(one) for one in value])

    def placed(value: Any, path: Path, facts: Facts) -> Any:
        return None if value is None else [inner.placed(one, (*path, place), facts) for place, one in enumerate(value)]

    return _Kind(key, placed)


FILLED: Final = _Kind(
    lambda value: value is None, lambda value, path, facts: None if value is None else Late(path, facts)
)
