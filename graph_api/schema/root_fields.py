"""The root fields: each is one entry, from which the Query type follows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from strawberry.tools import create_type

from graph_api.schema import arguments as args
from graph_api.schema.decorators import query_field
from graph_api.schema.types.actors import Group, Organization, Person
from graph_api.schema.types.connections import (
    ActorConnection,
    EventConnection,
    ExchangeConnection,
    FigureConnection,
    GroupConnection,
    OrganizationConnection,
    PersonConnection,
    PlaceConnection,
    SearchConnection,
    SequenceConnection,
    SiteConnection,
    SourceConnection,
    TotalConnection,
)
from graph_api.schema.types.event_types import Exchange
from graph_api.schema.types.events import Event
from graph_api.schema.types.evidence import Node, Source
from graph_api.schema.types.figures import Figure
from graph_api.schema.types.places import Place, Site


@dataclass(frozen=True, slots=True)
class RootField:
    """A root field: its name, its description, the GraphQL type of its value, and the signature whose arguments it has.

    ``cost`` is what it costs besides its rows, in rows read.
    """

    name: str
    description: str
    type: Any
    arguments_from: Callable[..., Any]
    cost: int = 0


ROOT_FIELDS: Final[Sequence[RootField]] = (
    RootField(
        "node", "Find one record of any kind, by its id; null where there is none.", Node | None, args.id_arguments
    ),
    RootField(
        "person", "Find one person known by name, by id; null where there is none.", Person | None, args.id_arguments
    ),
    RootField(
        "people",
        "List the people known by name that match.",
        PersonConnection,
        args.ordered_arguments(args.WherePeople, args.PeopleOrder),
    ),
    RootField(
        "group", "Find one group of unnamed people, by id; null where there is none.", Group | None, args.id_arguments
    ),
    RootField(
        "groups",
        "List the groups of unnamed people that match.",
        GroupConnection,
        args.filtered_arguments(args.WhereGroups),
    ),
    RootField(
        "organization",
        "Find one organization, by id; null where there is none.",
        Organization | None,
        args.id_arguments,
    ),
    RootField(
        "organizations",
        "List the organizations that match, courts and authorities included.",
        OrganizationConnection,
        args.filtered_arguments(args.WhereOrganizations),
    ),
    RootField(
        "mediators",
        "List every actor that mediated at least one event, according to at least one source.",
        ActorConnection,
        args.page_arguments,
        cost=20,  # every actor is visited
    ),
    RootField("place", "Find one place, by id; null where there is none.", Place | None, args.id_arguments),
    RootField("places", "List the places that match.", PlaceConnection, args.filtered_arguments(args.WherePlaces)),
    RootField("site", "Find one site of detention, by id; null where there is none.", Site | None, args.id_arguments),
    RootField(
        "sites", "List the sites of detention that match.", SiteConnection, args.filtered_arguments(args.WhereSites)
    ),
    RootField("event", "Find one event of any kind, by id; null where there is none.", Event | None, args.id_arguments),
    RootField("events", "List the events that match, of every kind.", EventConnection, args.events_arguments),
    RootField(
        "exchange",
        "Find one exchange, by id; null where there is none, or where the id is that of another event.",
        Exchange | None,
        args.id_arguments,
    ),
    RootField("exchanges", "List the exchanges that match.", ExchangeConnection, args.events_arguments),
    RootField("source", "Find one source, by id; null where there is none.", Source | None, args.id_arguments),
    RootField("sources", "List the sources that match.", SourceConnection, args.filtered_arguments(args.WhereSources)),
    RootField(
        "figure",
        "Find one number that a source states, by id; null where there is none.",
        Figure | None,
        args.id_arguments,
    ),
    RootField(
        "figures",
        "List the numbers that sources state, as far as they match.",
        FigureConnection,
        args.filtered_arguments(args.WhereFigures),
    ),
    RootField(
        "search",
        "Find records by their names, in any script and spelling.",
        SearchConnection,
        args.search_arguments,
        cost=20,
    ),
    RootField(
        "sequences",
        "List those whose events happened in this order, each with the events relied on; one row a subject.\n\nWhat "
        "is asked of people is asked of groups as well: one of which sources do not say it does not match.",
        SequenceConnection,
        args.sequences_arguments,
        cost=20,  # the events of every subject, besides the cost of each step
    ),
    RootField(
        "totals",
        "Count over the events that match and the people who are their subjects.",
        TotalConnection,
        args.totals_arguments,
        cost=100,  # every event that matches, and its participants
    ),
)
"""All root fields, in the order in which they are printed. The schema holds the types that they reach."""


def query_type(root_fields: Sequence[RootField]) -> type:
    """Return the Query type of these root fields."""
    return create_type(
        "Query",
        [query_field(one.name, one.description, one.type, one.arguments_from, one.cost) for one in root_fields],
        description="What can be asked. Nothing is answered without a source, and nothing is silently cut off.",
    )
