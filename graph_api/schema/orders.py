"""The orders in which people, events, sources and totals can be asked for."""

import strawberry

from graph_api.schema.decorators import default_field, graphql_input
from graph_api.schema.query_enums import Direction, EventOrderField, PersonOrderField, SourceOrderField, TotalOrderField


@graphql_input
class PersonOrder:
    """The order of people. Nulls come last in both directions; ties are broken by id."""

    field: PersonOrderField = strawberry.field(description="What people are ordered by.")
    direction: Direction | None = default_field(Direction.ASC, "Which end comes first.")


@graphql_input
class EventOrder:
    """The order of events. Nulls come last in both directions; ties are broken by id."""

    field: EventOrderField = strawberry.field(description="What events are ordered by.")
    direction: Direction | None = default_field(Direction.ASC, "Which end comes first.")


@graphql_input
class SourceOrder:
    """The order of sources. Nulls come last in both directions; ties are broken by id."""

    field: SourceOrderField = strawberry.field(description="What sources are ordered by.")
    direction: Direction | None = default_field(Direction.ASC, "Which end comes first.")


@graphql_input
class TotalOrder:
    """The order of totals. Keys that are null come last in both directions; equal numbers are ordered by the keys."""

    field: TotalOrderField = strawberry.field(description="What totals are ordered by.")
    direction: Direction | None = default_field(Direction.ASC, "Which end comes first.")
