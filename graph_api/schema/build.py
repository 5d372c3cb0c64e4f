"""Building the schema from its root fields and printing it; ``graph_api.execution.resolvers`` makes it executable."""

from collections.abc import Sequence
from functools import cache
from typing import Final

import strawberry
from graphql import GraphQLSchema
from strawberry.schema.config import StrawberryConfig

from graph_api.schema.directives import DIRECTIVES
from graph_api.schema.root_fields import ROOT_FIELDS, RootField, query_type
from graph_api.schema.scalars import SCALARS
from graph_api.schema.types.actors import Group, Organization, Person, State
from graph_api.schema.types.event_types import EVENT_CLASSES
from graph_api.schema.types.events import Participation
from graph_api.schema.types.evidence import Source
from graph_api.schema.types.figures import Figure
from graph_api.schema.types.places import Place, Site

EXTRA_TYPES: Final[tuple[type, ...]] = (
    Person,
    Group,
    Organization,
    State,
    Place,
    Site,
    Source,
    Figure,
    Participation,
    *EVENT_CLASSES.values(),
)
"""Types that are reached through an interface only, which Strawberry does not find by itself."""


@cache
def build_schema(root_fields: Sequence[RootField] = ROOT_FIELDS) -> strawberry.Schema:
    """Return the schema with these root fields."""
    return strawberry.Schema(
        query=query_type(root_fields),
        types=EXTRA_TYPES,
        directives=DIRECTIVES,
        config=StrawberryConfig(scalar_map=SCALARS),
    )


def graphql_schema(schema: strawberry.Schema) -> GraphQLSchema:
    """Return the graphql-core schema, which Strawberry has no public name for."""
    return schema._schema  # noqa: SLF001


def print_sdl() -> str:
    """Return the schema in the schema definition language, as it is committed beside this file."""
    return build_schema().as_str() + "\n"
