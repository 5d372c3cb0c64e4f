"""Resolvers for graphql-core: a root field is built on demand, and every other field reads a row in the shape of the response."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import strawberry
from graphql import (
    GraphQLAbstractType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    GraphQLUnionType,
    is_introspection_type,
)

from graph_api.compiler.response_codegen import TYPENAME_KEY
from graph_api.schema.build import graphql_schema


def resolve_root(source: Mapping[str, Callable[[], Any]], info: GraphQLResolveInfo[Any], **_: Any) -> Any:
    """Return the value of a root field, or raise the error in its place."""
    return source[str(info.path.key)]()


def resolve_field(source: Mapping[str | int, Any], info: GraphQLResolveInfo[Any], **_: Any) -> Any:
    """Return the value of a field from its row, by response key. Its arguments were applied when the row was read."""
    return source[info.path.key]


def resolve_type(value: Mapping[str, Any], _info: GraphQLResolveInfo[Any], _type: GraphQLAbstractType) -> str:
    """Return the name of the concrete type of a row."""
    return str(value[TYPENAME_KEY])


@cache
def executable_schema(schema: strawberry.Schema) -> GraphQLSchema:
    """Return the graphql-core schema with these resolvers. The root value of an operation maps response keys to functions."""
    executable = graphql_schema(schema)
    for named in executable.type_map.values():
        match named:
            case GraphQLObjectType() if not is_introspection_type(named):
                named.is_type_of = None
                for field in named.fields.values():
                    field.resolve = resolve_root if named.name == "Query" else resolve_field
            case GraphQLInterfaceType() | GraphQLUnionType():
                named.resolve_type = resolve_type
            case _:
                pass
    return executable
