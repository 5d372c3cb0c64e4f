"""The root fields. Each is one entry: the Query type, the binders of the compiler and the costs of operations follow from them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from strawberry.tools import create_type

from graph_api.casefile.selection import bind_case_file
from graph_api.compiler import roots as bind
from graph_api.compiler.binder import FieldBinder
from graph_api.compiler.comparisons import differences, paths, reconcile
from graph_api.compiler.search import search
from graph_api.compiler.sequences import sequences
from graph_api.compiler.totals import totals
from graph_api.schema import arguments as args
from graph_api.schema.decorators import query_field
from graph_api.schema.types.actors import Group, Organization, Person
from graph_api.schema.types.case_file import CaseFile
from graph_api.schema.types.connections import (
    ActorConnection,
    DifferenceConnection,
    EventConnection,
    ExchangeConnection,
    FigureConnection,
    GroupConnection,
    OrganizationConnection,
    PathConnection,
    PersonConnection,
    PlaceConnection,
    ReconciliationConnection,
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
    """A root field: its name, its description, the GraphQL type of its value, the signature whose arguments it has, and its binder.

    ``cost`` is what it costs besides its rows, in rows read.
    """

    name: str
    description: str
    type: Any
    arguments_from: Callable[..., Any]
    bind: FieldBinder
    cost: int = 0


ROOT_FIELDS: Final[Sequence[RootField]] = (
    RootField(
        "node",
        "Find one record of any kind, by its id; null where there is none.",
        Node | None,
        args.id_arguments,
        bind.node,
    ),
    RootField(
        "person",
        "Find one person known by name, by id; null where there is none.",
        Person | None,
        args.id_arguments,
        bind.by_id("Person"),
    ),
    RootField(
        "people",
        "List the people known by name that match.",
        PersonConnection,
        args.ordered_arguments(args.WherePeople, args.PeopleOrder),
        bind.people,
    ),
    RootField(
        "group",
        "Find one group of unnamed people, by id; null where there is none.",
        Group | None,
        args.id_arguments,
        bind.by_id("Group"),
    ),
    RootField(
        "groups",
        "List the groups of unnamed people that match.",
        GroupConnection,
        args.filtered_arguments(args.WhereGroups),
        bind.filtered_list("Group"),
    ),
    RootField(
        "organization",
        "Find one organization, by id; null where there is none.",
        Organization | None,
        args.id_arguments,
        bind.by_id("Organization"),
    ),
    RootField(
        "organizations",
        "List the organizations that match, courts and authorities included.",
        OrganizationConnection,
        args.filtered_arguments(args.WhereOrganizations),
        bind.filtered_list("Organization"),
    ),
    RootField(
        "mediators",
        "List every actor that mediated at least one event, according to at least one source.",
        ActorConnection,
        args.page_arguments,
        bind.mediators,
        cost=20,  # every actor is visited
    ),
    RootField(
        "place",
        "Find one place, by id; null where there is none.",
        Place | None,
        args.id_arguments,
        bind.by_id("Place"),
    ),
    RootField(
        "places",
        "List the places that match.",
        PlaceConnection,
        args.filtered_arguments(args.WherePlaces),
        bind.filtered_list("Place"),
    ),
    RootField(
        "site",
        "Find one site of detention, by id; null where there is none.",
        Site | None,
        args.id_arguments,
        bind.by_id("Site"),
    ),
    RootField(
        "sites",
        "List the sites of detention that match.",
        SiteConnection,
        args.filtered_arguments(args.WhereSites),
        bind.filtered_list("Site"),
    ),
    RootField(
        "event",
        "Find one event of any kind, by id; null where there is none.",
        Event | None,
        args.id_arguments,
        bind.by_id("Event"),
    ),
    RootField(
        "events",
        "List the events that match, of every kind.",
        EventConnection,
        args.events_arguments,
        bind.event_list("Event"),
    ),
    RootField(
        "exchange",
        "Find one exchange, by id; null where there is none, or where the id is that of another event.",
        Exchange | None,
        args.id_arguments,
        bind.by_id("Exchange"),
    ),
    RootField(
        "exchanges",
        "List the exchanges that match.",
        ExchangeConnection,
        args.events_arguments,
        bind.event_list("Exchange"),
    ),
    RootField(
        "source",
        "Find one source, by id; null where there is none.",
        Source | None,
        args.id_arguments,
        bind.by_id("Source"),
    ),
    RootField(
        "sources",
        "List the sources that match.",
        SourceConnection,
        args.ordered_arguments(args.WhereSources, args.SourcesOrder),
        bind.filtered_list("Source", bind.source_order),
    ),
    RootField(
        "figure",
        "Find one number that a source states, by id; null where there is none.",
        Figure | None,
        args.id_arguments,
        bind.by_id("Figure"),
    ),
    RootField(
        "figures",
        "List the numbers that sources state, as far as they match.",
        FigureConnection,
        args.filtered_arguments(args.WhereFigures),
        bind.filtered_list("Figure"),
    ),
    RootField(
        "search",
        "Find records by their names, in any script and spelling.",
        SearchConnection,
        args.search_arguments,
        search,
        cost=20,  # four queries of the full-text index
    ),
    RootField(
        "sequences",
        "List those whose events happened in this order, each with the events relied on; one row a subject.\n\nWhat "
        "is asked of people is asked of groups as well: one of which sources do not say it does not match.",
        SequenceConnection,
        args.sequences_arguments,
        sequences,
        cost=20,  # the events of every subject, besides the cost of each step
    ),
    RootField(
        "totals",
        "Count over the events that match and the people who are their subjects.",
        TotalConnection,
        args.totals_arguments,
        totals,
        cost=100,  # every event that matches, and its participants
    ),
    RootField(
        "paths",
        "Find the shortest ways between two records, over people, organizations, events and sites.",
        PathConnection,
        args.paths_arguments,
        paths,
        cost=1000,  # the neighbours of both records, and theirs
    ),
    RootField(
        "reconcile",
        "Set stated totals beside what their parts, their events and the named people add up to.",
        ReconciliationConnection,
        args.reconcile_arguments,
        reconcile,
        cost=20,  # of each figure, its parts, events and the people in them
    ),
    RootField(
        "differences",
        "List where sources, dates or numbers cannot all be right.",
        DifferenceConnection,
        args.differences_arguments,
        differences,
    ),
    RootField(
        "caseFile",
        "Everything in the loaded sources about one person: numbered lines in order, each part with its references; null where there is no "
        "such person.",
        CaseFile | None,
        args.case_file_arguments,
        bind_case_file,
        cost=200,  # the claims about every event of the person
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
