"""From words to a schema that executes: rows arrive in the shape of the response, and a field takes its value out."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

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
from strawberry.schema.config import StrawberryConfig

from graph_api.compiler.response_codegen import TYPE
from graph_api.schema.root_fields import ROOTS, query_type
from graph_api.schema.scalars import SCALARS
from graph_api.schema.types.actors import Group, Organization, Person, State
from graph_api.schema.types.events import Detention, GenericEvent, Participation, Transfer
from graph_api.schema.types.evidence import Source
from graph_api.schema.types.figures import Figure
from graph_api.schema.types.places import Place, Site
from graph_api.schema.types.proceedings import Appeal, Charge, Conviction, Ruling, Trial
from graph_api.schema.types.releases import Exchange, Release

BEHIND_INTERFACES: Final = (
    Person,
    Group,
    Organization,
    State,
    Place,
    Site,
    Source,
    Figure,
    Participation,
    Detention,
    Transfer,
    Charge,
    Ruling,
    Trial,
    Conviction,
    Appeal,
    Exchange,
    Release,
    GenericEvent,
)
"""Types that a field may reach through an interface only; Strawberry does not look for them by itself."""


def by_response_key(source: dict[str | int, Any], info: GraphQLResolveInfo[Any], **_: Any) -> Any:
    """Take the value of a field out of its row, by alias or name; its arguments were heeded when the row was made."""
    return source[info.path.key]


def at_root(source: Mapping[str, Callable[[], Any]], info: GraphQLResolveInfo[Any], **_: Any) -> Any:
    """Make the value of a root field, or raise what stands in its place."""
    return source[str(info.path.key)]()


def by_typename(value: dict[str, Any], _info: GraphQLResolveInfo[Any], _type: GraphQLAbstractType) -> str:
    """Return the type of a row, which carries it."""
    return str(value[TYPE])


@cache
def build_schema(roots: tuple[Callable[..., Any], ...] = ROOTS) -> strawberry.Schema:
    """Build the schema. The root value says of each response key how its value is made; every other field reads the row that it is given."""
    schema = strawberry.Schema(
        query=query_type(roots), types=BEHIND_INTERFACES, config=StrawberryConfig(scalar_map=SCALARS)
    )
    for named in graphql_schema(schema).type_map.values():
        match named:
            case GraphQLObjectType() as object_type if not is_introspection_type(named):
                object_type.is_type_of = None
                for field in object_type.fields.values():
                    field.resolve = at_root if object_type.name == "Query" else by_response_key
            case GraphQLInterfaceType() | GraphQLUnionType() as abstract_type:
                abstract_type.resolve_type = by_typename
            case _:
                pass
    return schema


def graphql_schema(schema: strawberry.Schema) -> GraphQLSchema:
    """Return the graphql-core schema, which parses, validates and executes; Strawberry has no public name for it."""
    return schema._schema  # noqa: SLF001


def print_sdl() -> str:
    """Return the schema in the schema definition language, as it is committed beside this file."""
    return build_schema().as_str() + "\n"
