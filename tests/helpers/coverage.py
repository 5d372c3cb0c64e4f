"""What of a schema operations exercise: fields of concrete types as they were really answered, arguments, input fields, words of lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    EnumValueNode,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    ObjectFieldNode,
    OperationDefinitionNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_named_type,
    type_from_ast,
    visit,
)
from graphql.language import ArgumentNode, FieldNode


@dataclass
class Seen:
    """What was exercised, as texts such as ``Person.events(role)`` and ``EventKind.TRIAL``; ``valued`` are fields that held a value once."""

    things: set[str] = field(default_factory=set)
    valued: set[str] = field(default_factory=set)

    def given(self, schema: GraphQLSchema, document: DocumentNode, variables: Mapping[str, Any]) -> None:
        """Note what a document and its variables give: input fields, words, and the fields and arguments of the root."""
        info = TypeInfo(schema)
        visit(document, TypeInfoVisitor(info, _Given(self, info)))
        for operation in document.definitions:
            if isinstance(operation, OperationDefinitionNode):
                for one in operation.variable_definitions or ():
                    self.value(type_from_ast(schema, one.type), variables.get(one.variable.name.value))

    def value(self, type_: Any, value: Any) -> None:
        """Note the input fields and words of a value of a variable."""
        named = get_named_type(type_)
        match value:
            case None:
                return
            case list():
                for one in value:
                    self.value(type_, one)
            case dict() if isinstance(named, GraphQLInputObjectType):
                for key, one in value.items():
                    self.things.add(f"{named.name}.{key}")
                    self.value(named.fields[key].type, one)
            case _:
                if isinstance(named, GraphQLEnumType):
                    self.things.add(f"{named.name}.{value}")

    @contextmanager
    def answered(self, schema: GraphQLSchema) -> Iterator[None]:
        """Note every field that is answered below the root, with its arguments and, of a list of words, the word."""
        kept = []
        for named in schema.type_map.values():
            if isinstance(named, GraphQLObjectType) and named.name != "Query" and not named.name.startswith("__"):
                for one in named.fields.values():
                    kept.append((one, one.resolve))
                    one.resolve = self._noting(one.resolve)
        try:
            yield
        finally:
            for one, resolve in kept:
                one.resolve = resolve

    def _noting(self, resolve: Any) -> Any:
        def noting(source: Any, info: Any, **given: Any) -> Any:
            value = resolve(source, info, **given)
            at = f"{info.parent_type.name}.{info.field_name}"
            self.things.add(at)
            self.things |= {
                f"{at}({argument.name.value})" for node in info.field_nodes for argument in node.arguments or ()
            }
            if value not in (None, [], ""):
                self.valued.add(at)
                named = get_named_type(info.return_type)
                if isinstance(named, GraphQLEnumType):
                    self.things |= {f"{named.name}.{one}" for one in (value if isinstance(value, list) else [value])}
            return value

        return noting


class _Given(Visitor):
    def __init__(self, seen: Seen, info: TypeInfo) -> None:
        super().__init__()
        self.seen = seen
        self.info = info

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        parent = self.info.get_parent_type()
        if parent is not None and parent.name == "Query":
            self.seen.things.add(f"Query.{node.name.value}")
            self.seen.things |= {f"Query.{node.name.value}({one.name.value})" for one in node.arguments or ()}

    def enter_object_field(self, node: ObjectFieldNode, *_: Any) -> None:
        parent = get_named_type(self.info.get_parent_input_type())
        if parent is not None:
            self.seen.things.add(f"{parent.name}.{node.name.value}")

    def enter_argument(self, node: ArgumentNode, *_: Any) -> None:
        """Nothing to note: arguments below the root are noted as they are answered."""

    def enter_enum_value(self, node: EnumValueNode, *_: Any) -> None:
        named = get_named_type(self.info.get_input_type())
        if named is not None:
            self.seen.things.add(f"{named.name}.{node.value}")


def everything(schema: GraphQLSchema) -> set[str]:
    """Return all that a schema has: fields and arguments of object types, fields of inputs, words of lists."""
    found: set[str] = set()
    for named in schema.type_map.values():
        if named.name.startswith("__"):
            continue
        match named:
            case GraphQLObjectType():
                for name, one in named.fields.items():
                    found |= {f"{named.name}.{name}", *(f"{named.name}.{name}({argument})" for argument in one.args)}
            case GraphQLInputObjectType():
                found |= {f"{named.name}.{name}" for name in named.fields}
            case GraphQLEnumType():
                found |= {f"{named.name}.{name}" for name in named.values}
            case _:
                pass
    return found


def fields_to_value(schema: GraphQLSchema) -> Iterator[set[str]]:
    """Return sets of fields of which one has to hold a value: those of an interface on any of its types, others on their own type."""
    for named in schema.type_map.values():
        if isinstance(named, GraphQLInterfaceType):
            owners = schema.get_implementations(named).objects
            for name in named.fields:
                yield {f"{owner.name}.{name}" for owner in owners}
        elif isinstance(named, GraphQLObjectType) and named.name != "Query" and not named.name.startswith("__"):
            shared = {name for interface in named.interfaces for name in interface.fields}
            for name in named.fields:
                if name not in shared:
                    yield {f"{named.name}.{name}"}
