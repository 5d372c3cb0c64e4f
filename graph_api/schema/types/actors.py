"""Who: people, groups of people without names, organizations and states."""

from typing import Annotated, TypeAlias

import strawberry

from graph_api.ontology.kinds import NAMES
from graph_api.ontology.properties import POSITIONS
from graph_api.ontology.registry import ONTOLOGY
from graph_api.schema.arguments import (
    co_detainees_arguments,
    events_arguments,
    events_in_role_arguments,
    page_arguments,
)
from graph_api.schema.decorators import described_by, field, graphql_interface, graphql_type
from graph_api.schema.enums import Custody, EventKind, LegalState, OrganizationKind, PersonCategory, Sex, Standing
from graph_api.schema.scalars import Date
from graph_api.schema.types.connections import (
    CoDetentionConnection,
    EventConnection,
    FigureConnection,
    GroupConnection,
    PersonConnection,
    StayConnection,
)
from graph_api.schema.types.evidence import Citation, Documented, Node
from graph_api.schema.types.lazy_types import ActorRef, PersonRef
from graph_api.schema.types.places import Place
from graph_api.schema.types.values import Name, Quantity, Sentence, When


@graphql_type
@described_by(POSITIONS.properties)
class Position:
    """An office or post that somebody is reported to hold or to have held."""

    title: str
    of: ActorRef | None
    from_: When | None
    until: When | None
    citations: list[Citation] = field("The places in sources where it is said.", estimated_length=5)


@graphql_interface
@described_by(NAMES)
class Actor(Node):
    """Whoever can act: a person, an organization or a state."""

    name: str
    names: list[Name]
    positions: list[Position] = field(
        "The offices and posts that it is reported to hold or to have held.", estimated_length=3
    )
    mediated: EventConnection = field(
        "The events in which it acted as a mediator, according to at least one source.", arguments_from=events_arguments
    )


@graphql_type
class Status:
    """The last that sources report, each axis by itself; absence of news is not news."""

    custody: Custody = field(
        "Whether the person is in custody, as last reported; it does not say that there is a legal basis."
    )
    custody_since: When | None = field("When that began; null where nothing tells.")
    custody_reported: Date | None = field(
        "The last possible day of the last report of it, by dates and days of publication; null where neither is stated."
    )
    custody_reported_for: When | None = field("The time that the last report speaks of, as written.")
    legal: LegalState = field("The last step of proceedings, whatever the standing of the court.")
    legal_since: When | None = field("When that began; null where nothing tells.")
    legal_reported: Date | None = field(
        "The last possible day of the last report of it, by dates and days of publication; null where neither is stated."
    )
    legal_reported_for: When | None = field("The time that the last report speaks of, as written.")
    sentence_in_force: Sentence | None = field(
        "The last sentence reported, after the appeals that are reported; null where none is shown to be the last, and after a pardon."
    )
    returned: EventKind | None = field(
        "The kind of the last return that is reported: EXCHANGE, RELEASE, REUNIFICATION or BODY_RETURN."
    )
    text: str = field("In neutral words, such as 'Last reported in custody in March 2023'.")
    citations: list[Citation] = field("The places in sources of just the reports relied on.", estimated_length=5)


@graphql_type
@described_by(ONTOLOGY.kind("person").properties)
class Person(Actor, Documented):
    """A person known by name."""

    category: PersonCategory | None
    sex: Sex
    born: When | None
    nationalities: list[str]
    occupations: list[str]
    tags: list[str]
    description: str | None
    maybe_same: list[PersonRef]
    merged_from: list[strawberry.ID] = field(estimated_length=2)
    status: Status = field("What is last reported of the person, from the events in which they are the subject.")
    events: EventConnection = field(
        "The events in which the person took part, in any role or in the one asked for.",
        arguments_from=events_in_role_arguments,
    )
    about: EventConnection = field(
        "Statements, reports and resolutions about the person, or about an event or group of theirs.",
        arguments_from=events_arguments,
    )
    groups: GroupConnection = field(
        "The groups to which the person is reported to belong.", arguments_from=page_arguments
    )
    stays: StayConnection = field(
        "At which sites the person is reported to have been, from when to when.", arguments_from=page_arguments
    )
    co_detainees: CoDetentionConnection = field(
        "Who was at the same site on the same days, one row for each two stays. People who may be within reach of those who held them "
        "are not named here.",
        arguments_from=co_detainees_arguments,
    )


@graphql_type
@described_by(ONTOLOGY.kind("group").properties)
class Group(Node, Documented):
    """People whom sources count or describe but do not name."""

    name: str
    names: list[Name]
    size: Quantity | None
    category: PersonCategory | None
    sex: Sex
    merged_from: list[strawberry.ID] = field(estimated_length=2)
    description: str | None
    members: PersonConnection = field(arguments_from=page_arguments)
    events: EventConnection = field(
        "The events in which the group took part, in any role or in the one asked for.",
        arguments_from=events_in_role_arguments,
    )


@graphql_type
@described_by(ONTOLOGY.kind("organization").properties)
class Organization(Actor, Documented):
    """An organization, court, authority, armed force or medium."""

    kind: OrganizationKind
    standing: Standing
    country: str | None
    place: Place | None
    merged_from: list[strawberry.ID] = field(estimated_length=2)
    description: str | None
    events: EventConnection = field(
        "The events in which it took part, in any role or in the one asked for, and those that name it as their court or authority.",
        arguments_from=events_in_role_arguments,
    )
    figures: FigureConnection = field("The numbers that sources state about it.", arguments_from=page_arguments)


@graphql_type
@described_by(ONTOLOGY.kind("state").properties)
class State(Actor, Documented):
    """A state that takes part in events."""

    merged_from: list[strawberry.ID] = field(estimated_length=2)
    code: str
    events: EventConnection = field(
        "The events in which it took part, in any role or in the one asked for.",
        arguments_from=events_in_role_arguments,
    )
    figures: FigureConnection = field("The numbers that sources state about it.", arguments_from=page_arguments)


Participant: TypeAlias = Annotated[
    Person | Group | Organization | State,
    strawberry.union(
        "Participant", description="Whoever can take part in an event: a person, a group, an organization or a state."
    ),
]

Subject: TypeAlias = Annotated[
    Person | Group,
    strawberry.union("Subject", description="Those to whom things happen: a person known by name, or a group."),
]
