"""What was selected of a field: response keys, names and arguments, for each concrete type that the value can have.

Follows CollectFields of the GraphQL specification (October 2021, 6.3.2), but for all types at once and without rows: which fields
a row needs is known before there are rows. Equal selections share one object, so that what follows can do its work once for all the
types of an interface; without that a few levels of events below events would be read nine times nine times nine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLEnumType,
    GraphQLError,
    GraphQLField,
    GraphQLFloat,
    GraphQLInt,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_composite_type,
    is_list_type,
    is_non_null_type,
    is_object_type,
)
from graphql.execution.values import VariableValues, get_argument_values, get_directive_values
from graphql.type import GraphQLIncludeDirective, GraphQLSkipDirective

Check = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Selected:
    """One field of the response. ``of`` is what was selected below it: for each concrete type its fields.

    ``needed`` says that no null may stand here; ``check`` makes of a stored value one of the field's type, and raises ValueError,
    KeyError or TypeError where it cannot be one; None where every stored value is.
    """

    key: str
    name: str
    arguments: Mapping[str, Any]
    of: Selection
    needed: bool = False
    check: Check | None = None


Selection = Mapping[str, tuple[Selected, ...]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What an operation asks for: each root field by its response key, or the error where an argument cannot be what it should be.

    ``is_sound`` is false where something below a root field is an error wherever a row comes there: an argument or a directive
    whose variable is null. Such a field is left out, since graphql-core looks at its arguments before it looks at a row.
    """

    roots: Mapping[str, Selected | GraphQLError]
    is_sound: bool


def read_operation(
    schema: GraphQLSchema,
    operation: OperationDefinitionNode,
    fragments: Mapping[str, FragmentDefinitionNode],
    variables: Mapping[str, Any],
) -> Asked:
    """Return what was selected under each response key of an operation.

    ``variables`` are the coerced values. Fields of introspection have a name, and nothing is read of what was selected below them.
    Raises GraphQLError where it cannot be told which root fields are asked for.
    """
    query = schema.query_type
    assert query is not None  # noqa: S101 - the schema has a Query; said for the type checker
    reader = _Reader(schema, fragments, VariableValues({}, dict(variables)))
    roots = reader.roots(query, operation.selection_set)
    return Asked(roots, is_sound=not reader.problems)


@dataclass(slots=True)
class _Reader:
    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: VariableValues
    read: dict[tuple[str, tuple[int, ...]], Selection] = field(default_factory=dict)
    problems: list[GraphQLError] = field(default_factory=list)

    def roots(self, of: GraphQLObjectType, asked: SelectionSetNode) -> dict[str, Selected | GraphQLError]:
        found: dict[str, list[FieldNode]] = {}
        self._collect(of, (asked,), found, set())
        if self.problems:
            raise self.problems[0]
        roots: dict[str, Selected | GraphQLError] = {}
        for key, nodes in found.items():
            name = nodes[0].name.value
            try:
                is_ours = not name.startswith("__")
                roots[key] = self._field(key, of.fields[name], nodes) if is_ours else Selected(key, name, {}, {})
            except GraphQLError as error:
                roots[key] = error
        return roots

    def fields(self, of: GraphQLObjectType, sets: tuple[SelectionSetNode, ...]) -> Iterator[Selected]:
        found: dict[str, list[FieldNode]] = {}
        self._collect(of, sets, found, set())
        for key, nodes in found.items():
            name = nodes[0].name.value
            if name == "__typename":
                yield Selected(key, name, {}, {})
                continue
            try:
                yield self._field(key, of.fields[name], nodes)
            except GraphQLError as problem:
                self.problems.append(problem)

    def _field(self, key: str, definition: GraphQLField, nodes: list[FieldNode]) -> Selected:
        arguments = get_argument_values(definition, nodes[0], self.variables)
        given = {name: value for name, value in arguments.items() if value is not None}
        sets = tuple(node.selection_set for node in nodes if node.selection_set)
        needed, check = _leaf(definition.type)
        return Selected(key, nodes[0].name.value, given, self._selection(definition, sets), needed, check)

    def _selection(self, definition: GraphQLField, sets: tuple[SelectionSetNode, ...]) -> Selection:
        named = get_named_type(definition.type)
        if not is_composite_type(named):
            return {}
        place = named.name, tuple(map(id, sets))
        if place not in self.read:
            types = self.schema.get_possible_types(named) if is_abstract_type(named) else [named]
            self.read[place] = {one.name: tuple(self.fields(one, sets)) for one in types if is_object_type(one)}
        return self.read[place]

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
                    definition = self.fragments[one.name.value]
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
        if not node.directives:
            return True
        try:
            skip = get_directive_values(GraphQLSkipDirective, node, self.variables)
            include = get_directive_values(GraphQLIncludeDirective, node, self.variables)
        except GraphQLError as problem:
            self.problems.append(problem)
            return True
        return not (skip and skip["if"]) and not (include and not include["if"])


# ── what may stand in a place ───────────────────────────────────────────────────────────────────────────────────


def _leaf(type_: Any) -> tuple[bool, Check | None]:
    """Return whether null may not stand here, and the check of a leaf type."""
    return is_non_null_type(type_), _check(get_nullable_type(type_))


def _check(type_: Any) -> Check | None:
    """Return the check of a type; the same function for the same type, so that equal selections are equal."""
    if is_list_type(type_):
        if is_composite_type(get_named_type(type_)):
            return None
        inner = _check(get_nullable_type(type_.of_type))
        if inner is None:
            return _no_nulls if is_non_null_type(type_.of_type) else None
        return _each(inner)
    if isinstance(type_, GraphQLEnumType):
        return _word(type_)
    return {GraphQLInt.name: _int, GraphQLFloat.name: _float}.get(getattr(type_, "name", ""))


@cache
def _word(type_: GraphQLEnumType) -> Check:
    return {name: name for name in type_.values}.__getitem__


@cache
def _each(inner: Check) -> Check:
    return lambda values: [inner(value) for value in values]


def _no_nulls(values: list[Any]) -> list[Any]:
    if None in values:
        raise ValueError("a null in a list that has none")
    return values


def _int(value: Any) -> int:
    """Return a whole number of 32 bits, the Int of the specification (October 2021, 3.5.1)."""
    if type(value) is not int or not -(2**31) <= value < 2**31:
        raise ValueError("not an Int")
    return value


def _float(value: Any) -> float:
    """Return a finite number (October 2021, 3.5.2)."""
    if type(value) not in (int, float) or value - value != 0:
        raise ValueError("not a Float")
    return float(value)
