"""The root fields. Each declares its arguments and hands its info to the one function that answers; ROOTS opens them.

A docstring here is what callers read. Annotations are the GraphQL types; what is returned are rows, plain dicts.
"""

# The arguments are only declared, since they are read from the document, and rows are not what the annotations say.
# ruff: noqa: ARG001
# mypy: no-warn-return-any

from collections.abc import Callable
from typing import Any, Final

from strawberry import UNSET
from strawberry.tools import create_type

from graph_api.schema import arguments as args
from graph_api.schema.actors import Group, Organization, Person
from graph_api.schema.choices import SubjectKind
from graph_api.schema.connections import (
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
from graph_api.schema.context import Info
from graph_api.schema.enums import Holds
from graph_api.schema.events import Event
from graph_api.schema.evidence import Node, Source
from graph_api.schema.figures import Figure
from graph_api.schema.places import Place, Site
from graph_api.schema.releases import Exchange
from graph_api.schema.words import root


async def node(info: Info, id: args.Id) -> Node | None:
    """Find one record of any kind, by its id; null where there is none."""
    return await info.context.answer(info)


async def person(info: Info, id: args.Id) -> Person | None:
    """Find one person known by name, by id; null where there is none."""
    return await info.context.answer(info)


async def people(
    info: Info,
    where: args.WherePeople = UNSET,
    order_by: args.PeopleOrder = UNSET,
    first: args.First = 20,
    after: args.After = UNSET,
) -> PersonConnection:
    """List the people known by name that match."""
    return await info.context.answer(info)


async def group(info: Info, id: args.Id) -> Group | None:
    """Find one group of unnamed people, by id; null where there is none."""
    return await info.context.answer(info)


async def groups(
    info: Info, where: args.WhereGroups = UNSET, first: args.First = 20, after: args.After = UNSET
) -> GroupConnection:
    """List the groups of unnamed people that match."""
    return await info.context.answer(info)


async def organization(info: Info, id: args.Id) -> Organization | None:
    """Find one organization, by id; null where there is none."""
    return await info.context.answer(info)


async def organizations(
    info: Info, where: args.WhereOrganizations = UNSET, first: args.First = 20, after: args.After = UNSET
) -> OrganizationConnection:
    """List the organizations that match, courts and authorities included."""
    return await info.context.answer(info)


async def mediators(info: Info, first: args.First = 20, after: args.After = UNSET) -> ActorConnection:
    """List every actor that mediated at least one event, according to at least one source."""
    return await info.context.answer(info)


async def place(info: Info, id: args.Id) -> Place | None:
    """Find one place, by id; null where there is none."""
    return await info.context.answer(info)


async def places(
    info: Info, where: args.WherePlaces = UNSET, first: args.First = 20, after: args.After = UNSET
) -> PlaceConnection:
    """List the places that match."""
    return await info.context.answer(info)


async def site(info: Info, id: args.Id) -> Site | None:
    """Find one site of detention, by id; null where there is none."""
    return await info.context.answer(info)


async def sites(
    info: Info, where: args.WhereSites = UNSET, first: args.First = 20, after: args.After = UNSET
) -> SiteConnection:
    """List the sites of detention that match."""
    return await info.context.answer(info)


async def event(info: Info, id: args.Id) -> Event | None:
    """Find one event of any kind, by id; null where there is none."""
    return await info.context.answer(info)


async def events(
    info: Info,
    where: args.WhereEvents = UNSET,
    order_by: args.EventsOrder = UNSET,
    first: args.First = 20,
    after: args.After = UNSET,
) -> EventConnection:
    """List the events that match, of every kind."""
    return await info.context.answer(info)


async def exchange(info: Info, id: args.Id) -> Exchange | None:
    """Find one exchange, by id; null where there is none, or where the id is that of another event."""
    return await info.context.answer(info)


async def exchanges(
    info: Info,
    where: args.WhereEvents = UNSET,
    order_by: args.EventsOrder = UNSET,
    first: args.First = 20,
    after: args.After = UNSET,
) -> ExchangeConnection:
    """List the exchanges that match."""
    return await info.context.answer(info)


async def source(info: Info, id: args.Id) -> Source | None:
    """Find one source, by id; null where there is none."""
    return await info.context.answer(info)


async def sources(
    info: Info, where: args.WhereSources = UNSET, first: args.First = 20, after: args.After = UNSET
) -> SourceConnection:
    """List the sources that match."""
    return await info.context.answer(info)


async def figure(info: Info, id: args.Id) -> Figure | None:
    """Find one number that a source states, by id; null where there is none."""
    return await info.context.answer(info)


async def figures(
    info: Info, where: args.WhereFigures = UNSET, first: args.First = 20, after: args.After = UNSET
) -> FigureConnection:
    """List the numbers that sources state, as far as they match."""
    return await info.context.answer(info)


async def search(
    info: Info,
    text: args.SearchText,
    kinds: args.SearchKinds = UNSET,
    first: args.First = 20,
    after: args.After = UNSET,
) -> SearchConnection:
    """Find records by their names, in any script and spelling."""
    return await info.context.answer(info)


async def sequences(
    info: Info,
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
    return await info.context.answer(info)


async def totals(
    info: Info,
    by: args.CountedBy,
    people: args.WherePeople = UNSET,
    events: args.WhereEvents = UNSET,
    first: args.First = 100,
    after: args.After = UNSET,
) -> TotalConnection:
    """Count over the events that match and the people who are their subjects."""
    return await info.context.answer(info)


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
