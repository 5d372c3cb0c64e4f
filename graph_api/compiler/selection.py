"""What was selected of a field: response keys, names and arguments, for each concrete type that the value can have.

Follows CollectFields of the GraphQL specification (October 2021, 6.3.2), but for all types at once and without values: which fields
a row needs is known before there are rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    InlineFragmentNode,
    SelectionSetNode,
    get_named_type,
    is_abstract_type,
    is_composite_type,
    is_object_type,
)
from graphql.execution.values import VariableValues, get_argument_values, get_directive_values
from graphql.type import GraphQLIncludeDirective, GraphQLSkipDirective


@dataclass(frozen=True, slots=True)
class Selected:
    """One field of the response. ``of`` is what was selected below it: for each concrete type its fields."""

    key: str
    name: str
    arguments: Mapping[str, Any]
    of: Selection


Selection = Mapping[str, tuple[Selected, ...]]


def read_selection(info: GraphQLResolveInfo[Any]) -> Selected:
    """Return what was selected of the root field that is being answered."""
    return _Reader(info).field(str(info.path.key), info.parent_type.fields[info.field_name], list(info.field_nodes))


class _Reader:
    def __init__(self, info: GraphQLResolveInfo[Any]) -> None:
        self.schema: GraphQLSchema = info.schema
        self.fragments = info.fragments
        given: Any = info.variable_values  # Strawberry hands over the coerced values alone
        self.variables = given if isinstance(given, VariableValues) else VariableValues({}, given)

    def field(self, key: str, definition: GraphQLField, nodes: list[FieldNode]) -> Selected:
        arguments = get_argument_values(definition, nodes[0], self.variables)
        given = {name: value for name, value in arguments.items() if value is not None}
        sets = [node.selection_set for node in nodes if node.selection_set]
        return Selected(key, nodes[0].name.value, given, self._selection(definition, sets))

    def _selection(self, definition: GraphQLField, sets: list[SelectionSetNode]) -> Selection:
        named = get_named_type(definition.type)
        if not is_composite_type(named):
            return {}
        types = self.schema.get_possible_types(named) if is_abstract_type(named) else [named]
        return {one.name: tuple(self._fields(one, sets)) for one in types if is_object_type(one)}

    def _fields(self, of: GraphQLObjectType, sets: list[SelectionSetNode]) -> Iterator[Selected]:
        found: dict[str, list[FieldNode]] = {}
        self._collect(of, sets, found, set())
        for key, nodes in found.items():
            name = nodes[0].name.value
            if name == "__typename":
                yield Selected(key, name, {}, {})
            else:
                yield self.field(key, of.fields[name], nodes)

    def _collect(
        self, of: GraphQLObjectType, sets: Iterable[SelectionSetNode], found: dict[str, list[FieldNode]], seen: set[str]
    ) -> None:
        for one in (selection for some in sets for selection in some.selections):
            if not self._is_included(one):
                continue
            match one:
                case FieldNode():
                    found.setdefault(one.alias.value if one.alias else one.name.value, []).append(one)
                case InlineFragmentNode():
                    if one.type_condition is None or self._applies(of, one.type_condition.name.value):
                        self._collect(of, [one.selection_set], found, seen)
                case FragmentSpreadNode():
                    if one.name.value in seen:
                        continue
                    seen.add(one.name.value)
                    fragment: Any = self.fragments[one.name.value]
                    definition = getattr(fragment, "definition", fragment)
                    if self._applies(of, definition.type_condition.name.value):
                        self._collect(of, [definition.selection_set], found, seen)
                case _:
                    raise TypeError(f"no selection is a {one.kind}")

    def _applies(self, of: GraphQLObjectType, condition: str) -> bool:
        named = self.schema.get_type(condition)
        return condition == of.name or (
            named is not None and is_abstract_type(named) and self.schema.is_sub_type(named, of)
        )

    def _is_included(self, node: Any) -> bool:
        skip = get_directive_values(GraphQLSkipDirective, node, self.variables)
        include = get_directive_values(GraphQLIncludeDirective, node, self.variables)
        return not (skip and skip["if"]) and not (include and not include["if"])
