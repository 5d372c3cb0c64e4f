"""The root fields: their arguments and types, and never called, since ``answer`` reads what they need all at once.

A docstring here is what callers read. Annotations are the GraphQL types.
"""

# The arguments are only declared: they are read from the document.

from collections.abc import Callable
from typing import Any, Final

from strawberry import UNSET
from strawberry.tools import create_type

from graph_api.schema import arguments as args
from graph_api.schema.decorators import root
from graph_api.schema.enums import Holds
from graph_api.schema.query_enums import SubjectKind
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
from graph_api.schema.types.events import Event
from graph_api.schema.types.evidence import Node, Source
from graph_api.schema.types.figures import Figure
from graph_api.schema.types.places import Place, Site
from graph_api.schema.types.releases import Exchange


def node(id: args.Id) -> Node | None:
    """Find one record of any kind, by its id; null where there is none."""
    raise NotImplementedError


def person(id: args.Id) -> Person | None:
    """Find one person known by name, by id; null where there is none."""
    raise NotImplementedError


def people(
    where: args.WherePeople = UNSET,
    order_by: args.PeopleOrder = UNSET,
    first: args.First = 20,
    after: args.After = UNSET,
) -> PersonConnection:
    """List the people known by name that match."""
    raise NotImplementedError


def group(id: args.Id) -> Group | None:
    """Find one group of unnamed people, by id; null where there is none."""
    raise NotImplementedError


def groups(where: args.WhereGroups = UNSET, first: args.First = 20, after: args.After = UNSET) -> GroupConnection:
    """List the groups of unnamed people that match."""
    raise NotImplementedError


def organization(id: args.Id) -> Organization | None:
    """Find one organization, by id; null where there is none."""
    raise NotImplementedError


def organizations(
    where: args.WhereOrganizations = UNSET, first: args.First = 20, after: args.After = UNSET
) -> OrganizationConnection:
    """List the organizations that match, courts and authorities included."""
    raise NotImplementedError


def mediators(first: args.First = 20, after: args.After = UNSET) -> ActorConnection:
    """List every actor that mediated at least one event, according to at least one source."""
    raise NotImplementedError


def place(id: args.Id) -> Place | None:
    """Find one place, by id; null where there is none."""
    raise NotImplementedError


def places(where: args.WherePlaces = UNSET, first: args.First = 20, after: args.After = UNSET) -> PlaceConnection:
    """List the places that match."""
    raise NotImplementedError


def site(id: args.Id) -> Site | None:
    """Find one site of detention, by id; null where there is none."""
    raise NotImplementedError


def sites(where: args.WhereSites = UNSET, first: args.First = 20, after: args.After = UNSET) -> SiteConnection:
    """List the sites of detention that match."""
    raise NotImplementedError


def event(id: args.Id) -> Event | None:
    """Find one event of any kind, by id; null where there is none."""
    raise NotImplementedError


def events(
    where: args.WhereEvents = UNSET,
    order_by: args.EventsOrder = UNSET,
    first: args.First = 20,
    after: args.After = UNSET,
) -> EventConnection:
    """List the events that match, of every kind."""
    raise NotImplementedError


def exchange(id: args.Id) -> Exchange | None:
    """Find one exchange, by id; null where there is none, or where the id is that of another event."""
    raise NotImplementedError


def exchanges(
    where: args.WhereEvents = UNSET,
    order_by: args.EventsOrder = UNSET,
    first: args.First = 20,
    after: args.After = UNSET,
) -> ExchangeConnection:
    """List the exchanges that match."""
    raise NotImplementedError


def source(id: args.Id) -> Source | None:
    """Find one source, by id; null where there is none."""
    raise NotImplementedError


def sources(where: args.WhereSources = UNSET, first: args.First = 20, after: args.After = UNSET) -> SourceConnection:
    """List the sources that match."""
    raise NotImplementedError


def figure(id: args.Id) -> Figure | None:
    """Find one number that a source states, by id; null where there is none."""
    raise NotImplementedError


def figures(where: args.WhereFigures = UNSET, first: args.First = 20, after: args.After = UNSET) -> FigureConnection:
    """List the numbers that sources state, as far as they match."""
    raise NotImplementedError


def search(
    text: args.SearchText,
    kinds: args.SearchKinds = UNSET,
    first: args.First = 20,
    after: args.After = UNSET,
) -> SearchConnection:
    """Find records by their names, in any script and spelling."""
    raise NotImplementedError


def sequences(
    steps: args.Steps,
    *,
    where: args.WherePeople = UNSET,
    holds: args.StepsHold = Holds.FOR_SOME_DATES,
    same_day: args.SameDay = False,
    subjects: args.Subjects = SubjectKind.PEOPLE,
    first: args.First = 20,
    after: args.After = UNSET,
) -> SequenceConnection:
    """List those whose events happened in this order, each with the events relied on; one row a subject.

    What is asked of people is asked of groups as well: one of which sources do not say it does not match.
    """
    raise NotImplementedError


def totals(
    by: args.CountedBy,
    people: args.WherePeople = UNSET,
    events: args.WhereEvents = UNSET,
    first: args.First = 100,
    after: args.After = UNSET,
) -> TotalConnection:
    """Count over the events that match and the people who are their subjects."""
    raise NotImplementedError


ROOTS: Final[tuple[Callable[..., Any], ...]] = (
    node,
    person,
    people,
    group,
    groups,
    organization,
    organizations,
    mediators,
    place,
    places,
    site,
    sites,
    event,
    events,
    exchange,
    exchanges,
    source,
    sources,
    figure,
    figures,
    search,
    sequences,
    totals,
)
"""The root fields, in the order in which they are printed. The schema holds what they reach, no more."""


def query_type(roots: tuple[Callable[..., Any], ...]) -> type:
    """Make the Query of these root fields."""
    return create_type(
        "Query",
        [root(function) for function in roots],
        description="What can be asked. Nothing is answered without a source, and nothing is silently cut off.",
    )
