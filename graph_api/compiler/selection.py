"""Resolves the selection of an operation: response keys, names and arguments, for each concrete type that a field can return.

Follows CollectFields of the GraphQL specification (October 2021, 6.3.2), for all types at once and before there are rows, because the
fields that a row needs have to be known when the statement is written::

    { node(id: "a") { id ... on Person { name } } }

    {"node": SelectedField("node", "node", {"id": "a"}, {"Person": (id, name), "Group": (id,), "Source": (id,), …})}

Within one operation, equal selections are one object. Later stages can use a selection as a dictionary key and process it once for all
the types of an interface; otherwise three levels of events would be processed 9 × 9 × 9 times.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, TypeVar

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
    is_input_object_type,
    is_list_type,
    is_non_null_type,
    is_object_type,
)
from graphql.execution.values import VariableValues, get_argument_values, get_directive_values
from graphql.type import GraphQLIncludeDirective, GraphQLSkipDirective

from graph_api.compiler.placeholders import Placeholder
from graph_api.values.languages import Language

Check = Callable[[Any], Any]
T = TypeVar("T")


class SelectionSet(Mapping[str, "tuple[SelectedField, ...]"]):
    """The selected fields of each concrete type. Compared and hashed by identity: equal sets of an operation are one object."""

    __slots__ = ("_types",)

    def __init__(self, types: Mapping[str, tuple[SelectedField, ...]] | None = None) -> None:
        self._types = types or {}

    def __getitem__(self, typename: str) -> tuple[SelectedField, ...]:
        return self._types[typename]

    def __iter__(self) -> Iterator[str]:
        return iter(self._types)

    def __len__(self) -> int:
        return len(self._types)

    __eq__ = object.__eq__
    __hash__ = object.__hash__


IN_LANGUAGE: Final = "inLanguage"
"""The directive by which an operation asks for the language of its texts."""
AS_OF: Final = "asOf"
"""The directive by which an operation asks for what was known on a day."""
EMPTY = SelectionSet()
"""The selection set of a field without fields of its own."""


@dataclass(frozen=True, slots=True, eq=False)
class SelectedField:
    """One field of the response, with coerced arguments and the selection ``of`` the values that it returns.

    ``non_null`` is true if the type of the field is. ``check`` converts a stored value to the type of the field and raises ValueError,
    KeyError or TypeError if it cannot; it is None if every stored value is valid. ``input_types`` names the input object type of each
    argument that has one. ``language`` is that of the texts of the operation. Compared and hashed by identity, as selection sets are.
    """

    key: str
    name: str
    arguments: Mapping[str, Any]
    of: SelectionSet = EMPTY
    non_null: bool = False
    check: Check | None = None
    input_types: Mapping[str, str] = field(default_factory=dict)
    language: Language = Language.EN


@dataclass(frozen=True, slots=True)
class ResolvedOperation:
    """The root fields of an operation by response key, or the error of a root field with an invalid argument.

    ``is_valid`` is false if a field below a root field has an invalid argument or directive (a null variable where none is allowed).
    Such a field is left out here; graphql-core reports it if a row reaches it. ``known`` is the day as of which the operation answers.
    """

    roots: Mapping[str, SelectedField | GraphQLError]
    is_valid: bool
    known: dt.date | None = None


def read_operation(
    schema: GraphQLSchema,
    operation: OperationDefinitionNode,
    fragments: Mapping[str, FragmentDefinitionNode],
    variables: Mapping[str, Any],
) -> ResolvedOperation:
    """Return the selection of an operation for coerced variables.

    Fields of introspection have a name only; their selection is left to graphql-core. Raises GraphQLError if the root fields depend on
    an invalid directive.
    """
    query = schema.query_type
    assert query is not None  # noqa: S101 - the schema has a Query type; for the type checker
    values = VariableValues({}, dict(variables))
    reader = _Reader(schema, fragments, values, _language(schema, operation, values))
    roots = reader.roots(query, operation.selection_set)
    return ResolvedOperation(roots, is_valid=not reader.errors, known=_known(schema, operation, values))


def _language(schema: GraphQLSchema, operation: OperationDefinitionNode, variables: VariableValues) -> Language:
    """Return the language that an operation asks for. Raises GraphQLError for a null variable."""
    directive = schema.get_directive(IN_LANGUAGE)
    given = get_directive_values(directive, operation, variables) if directive and operation.directives else None
    return Language(str(given["language"])) if given else Language.EN


def _known(schema: GraphQLSchema, operation: OperationDefinitionNode, variables: VariableValues) -> dt.date | None:
    """Return the day as of which an operation answers. Raises GraphQLError for a null variable."""
    directive = schema.get_directive(AS_OF)
    given = get_directive_values(directive, operation, variables) if directive and operation.directives else None
    return given["known"] if given else None


@dataclass(slots=True)
class _Reader:
    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: VariableValues
    language: Language
    resolved: dict[tuple[str, tuple[int, ...]], SelectionSet] = field(default_factory=dict)
    interned: dict[Hashable, Any] = field(default_factory=dict)
    errors: list[GraphQLError] = field(default_factory=list)

    def roots(self, of: GraphQLObjectType, selected: SelectionSetNode) -> dict[str, SelectedField | GraphQLError]:
        nodes_by_key: dict[str, list[FieldNode]] = {}
        self._collect(of, (selected,), nodes_by_key, set())
        if self.errors:
            raise self.errors[0]
        roots: dict[str, SelectedField | GraphQLError] = {}
        for key, nodes in nodes_by_key.items():
            name = nodes[0].name.value
            try:
                is_meta = name.startswith("__")
                roots[key] = SelectedField(key, name, {}) if is_meta else self._field(key, of.fields[name], nodes)
            except GraphQLError as error:
                roots[key] = error
        return roots

    def fields(self, of: GraphQLObjectType, sets: tuple[SelectionSetNode, ...]) -> Iterator[SelectedField]:
        nodes_by_key: dict[str, list[FieldNode]] = {}
        self._collect(of, sets, nodes_by_key, set())
        for key, nodes in nodes_by_key.items():
            name = nodes[0].name.value
            if name != "__typename":
                try:
                    yield self._field(key, of.fields[name], nodes)
                    continue
                except GraphQLError as error:  # for records of this type only, so their type is read all the same
                    self.errors.append(error)
                    name = "__typename"
            yield self._intern((key, name), SelectedField(key, name, {}))

    def _field(self, key: str, definition: GraphQLField, nodes: list[FieldNode]) -> SelectedField:
        name = nodes[0].name.value
        coerced = get_argument_values(definition, nodes[0], self.variables)
        arguments = {argument: value for argument, value in coerced.items() if value is not None}
        named = {argument: get_named_type(declared.type) for argument, declared in definition.args.items()}
        inputs = {argument: type_.name for argument, type_ in named.items() if is_input_object_type(type_)}
        of = self._selection(definition, tuple(node.selection_set for node in nodes if node.selection_set))
        non_null, check = is_non_null_type(definition.type), _check(get_nullable_type(definition.type))
        content = (key, name, _content(arguments), tuple(inputs.items()), of, non_null, check)
        return self._intern(content, SelectedField(key, name, arguments, of, non_null, check, inputs, self.language))

    def _selection(self, definition: GraphQLField, sets: tuple[SelectionSetNode, ...]) -> SelectionSet:
        named = get_named_type(definition.type)
        if not is_composite_type(named):
            return EMPTY
        key = named.name, tuple(map(_position, sets))
        if key not in self.resolved:
            types = self.schema.get_possible_types(named) if is_abstract_type(named) else [named]
            fields = {one.name: tuple(self.fields(one, sets)) for one in types if is_object_type(one)}
            self.resolved[key] = self._intern(tuple(fields.items()), SelectionSet(fields))
        return self.resolved[key]

    def _intern(self, content: Hashable, value: T) -> T:
        """Return the object of this operation that was made first of equal content."""
        found: T = self.interned.setdefault(content, value)
        return found

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
                    raise TypeError(f"Invalid selection {one.kind!r}: expected a field or a fragment.")

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
        except GraphQLError as error:
            self.errors.append(error)
            return True
        return not (skip and skip["if"]) and not (include and not include["if"])


def _position(node: SelectionSetNode) -> int:
    """Return the position of a selection set in its document, which no other selection set has."""
    if node.loc is None:
        raise TypeError("Invalid document: expected one that was parsed with locations.")
    return node.loc.start


def _content(value: Any) -> Hashable:
    """Return a coerced argument as a hashable value, in which placeholders are represented by their paths."""
    if isinstance(value, Mapping):
        return "object", tuple((name, _content(one)) for name, one in value.items())
    if isinstance(value, list):
        return "list", tuple(map(_content, value))
    if isinstance(value, Placeholder):
        return "variable", value.path
    return type(value), value


# ── types of leaves ────────────────────────────────────────────────────────────────────────────────────────────


def _check(type_: Any) -> Check | None:
    """Return the check of a type; the same function for the same type, so that equal selections have equal content."""
    if is_list_type(type_):
        if is_composite_type(get_named_type(type_)):
            return None
        inner = _check(get_nullable_type(type_.of_type))
        if inner is None:
            return _no_nulls if is_non_null_type(type_.of_type) else None
        return _each(inner)
    if isinstance(type_, GraphQLEnumType):
        return _enum_value(type_)
    return {GraphQLInt.name: _int, GraphQLFloat.name: _float}.get(getattr(type_, "name", ""))


@cache
def _enum_value(type_: GraphQLEnumType) -> Check:
    return {name: name for name in type_.values}.__getitem__


@cache
def _each(inner: Check) -> Check:
    return lambda values: [inner(value) for value in values]


def _no_nulls(values: list[Any]) -> list[Any]:
    if None in values:
        raise ValueError("null in a list of a non-null type")
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
