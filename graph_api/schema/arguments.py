"""The arguments that fields take, each described once, and the signatures that fields below the roots share.

A signature is never called: the compiler reads what a caller wrote from the document, and rows arrive in their final
shape.
"""

from typing import Annotated, Never, TypeAlias

import strawberry

from graph_api.schema.enums import Holds, Role
from graph_api.schema.inputs import (
    EventFilter,
    EventOrder,
    FigureFilter,
    GroupFilter,
    OrganizationFilter,
    PersonFilter,
    PersonOrder,
    PlaceFilter,
    SiteFilter,
    SourceFilter,
    StepInput,
)
from graph_api.schema.query_enums import Dimension, NodeKind, SubjectKind

_said = strawberry.argument

Id: TypeAlias = Annotated[strawberry.ID, _said("The id of the record, which is that of the seed files.")]
First: TypeAlias = Annotated[
    int, _said("How many to return at most. More than the server's limit is an error, never a silent cut.")
]
After: TypeAlias = Annotated[
    str | None, _said("The cursor of an edge or the endCursor of a page; what comes after it is returned.")
]
Property: TypeAlias = Annotated[str | None, _said("Only what sources say of this property.")]
InRole: TypeAlias = Annotated[Role | None, _said("Only with this role.")]

WherePeople: TypeAlias = Annotated[PersonFilter | None, _said("Which people; without it, all.")]
WhereGroups: TypeAlias = Annotated[GroupFilter | None, _said("Which groups; without it, all.")]
WhereEvents: TypeAlias = Annotated[EventFilter | None, _said("Which events; without it, all.")]
WhereFigures: TypeAlias = Annotated[FigureFilter | None, _said("Which figures; without it, all.")]
WhereSites: TypeAlias = Annotated[SiteFilter | None, _said("Which sites; without it, all.")]
WhereOrganizations: TypeAlias = Annotated[OrganizationFilter | None, _said("Which organizations; without it, all.")]
WherePlaces: TypeAlias = Annotated[PlaceFilter | None, _said("Which places; without it, all.")]
WhereSources: TypeAlias = Annotated[SourceFilter | None, _said("Which sources; without it, all.")]

PeopleOrder: TypeAlias = Annotated[
    PersonOrder | None, _said("The order; without it, one that stays the same from page to page.")
]
EventsOrder: TypeAlias = Annotated[
    EventOrder | None, _said("The order; without it, one that stays the same from page to page.")
]

Steps: TypeAlias = Annotated[list[StepInput], _said("The events in their order, one after another; all are different.")]
StepsHold: TypeAlias = Annotated[
    Holds, _said("Whether the order has to hold whatever the days are, or for some choice of days.")
]
SameDay: TypeAlias = Annotated[bool, _said("Whether two steps may fall on the same day.")]
Subjects: TypeAlias = Annotated[SubjectKind, _said("Whether people, groups of unnamed people or both are asked for.")]

SearchText: TypeAlias = Annotated[str, _said("A name or a part of it, in any script and spelling.")]
SearchKinds: TypeAlias = Annotated[list[NodeKind] | None, _said("Only records of these kinds; without it, all.")]
CountedBy: TypeAlias = Annotated[list[Dimension], _said("What is counted over; one row for each combination of keys.")]


def claims_taken(property: Property = strawberry.UNSET) -> Never:
    """Choose one property, or all."""
    raise NotImplementedError


def page(first: First = 20, after: After = strawberry.UNSET) -> Never:
    """Choose a page."""
    raise NotImplementedError


def page_of_people(where: WherePeople = strawberry.UNSET, first: First = 20, after: After = strawberry.UNSET) -> Never:
    """Choose people, and a page of them."""
    raise NotImplementedError


def page_of_events(
    where: WhereEvents = strawberry.UNSET,
    order_by: EventsOrder = strawberry.UNSET,
    first: First = 20,
    after: After = strawberry.UNSET,
) -> Never:
    """Choose events, and a page of them."""
    raise NotImplementedError


def page_of_events_in_role(
    role: InRole = strawberry.UNSET,
    where: WhereEvents = strawberry.UNSET,
    order_by: EventsOrder = strawberry.UNSET,
    first: First = 20,
    after: After = strawberry.UNSET,
) -> Never:
    """Choose events by the role that the record has in them, and a page of them."""
    raise NotImplementedError


def page_of_participants(role: InRole = strawberry.UNSET, first: First = 50, after: After = strawberry.UNSET) -> Never:
    """Choose participants by role; the page is longer, since an event is rarely read without all of them."""
    raise NotImplementedError
