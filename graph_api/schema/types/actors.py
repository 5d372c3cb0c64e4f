"""Who: people, groups of people without names, organizations and states."""

from typing import Annotated, TypeAlias

import strawberry

from graph_api.schema.arguments import events_arguments, events_in_role_arguments, page_arguments
from graph_api.schema.decorators import field, graphql_interface, graphql_type
from graph_api.schema.enums import OrganizationKind, PersonCategory, Sex, Standing
from graph_api.schema.types.connections import EventConnection, FigureConnection, PersonConnection
from graph_api.schema.types.evidence import Citation, Documented, Node
from graph_api.schema.types.lazy_types import ActorRef
from graph_api.schema.types.places import Place
from graph_api.schema.types.values import Name, Quantity, When


@graphql_type
class Position:
    """An office or post that somebody is reported to hold or to have held."""

    title: str = field("The office or post.")
    of: ActorRef | None = field("The organization or state in which it is held.")
    from_: When | None = field("From when; null where no source says.", name="from")
    until: When | None = field("Until when; null where no source says, or where it goes on.")
    citations: list[Citation] = field("The places in sources where it is said.", estimated_length=5)


@graphql_interface
class Actor(Node):
    """Whoever can act: a person, an organization or a state."""

    name: str = field("The name that is shown.")
    names: list[Name] = field("Every name that sources use, in every script and spelling.")
    positions: list[Position] = field(
        "The offices and posts that it is reported to hold or to have held.", estimated_length=3
    )
    mediated: EventConnection = field(
        "The events in which it acted as a mediator, according to at least one source.", arguments_from=events_arguments
    )


@graphql_type
class Person(Actor, Documented):
    """A person known by name."""

    category: PersonCategory | None = field("Civilian or prisoner of war; null for people who were never detained.")
    sex: Sex = field("The sex that sources give.")
    born: When | None = field("When the person was born; null where no source says.")
    nationalities: list[str] = field("The nationalities that sources give, as ISO 3166-1 alpha-2 codes.")
    occupations: list[str] = field("Free words of the sources: journalist, civic activist, priest.")
    tags: list[str] = field("Words by which the project groups people.")
    description: str | None = field("A few sentences about the person.")
    events: EventConnection = field(
        "The events in which the person took part, in any role or in the one asked for.",
        arguments_from=events_in_role_arguments,
    )


@graphql_type
class Group(Node, Documented):
    """People whom sources count or describe but do not name."""

    name: str = field("What the group is called here.")
    size: Quantity | None = field("How many people, as the sources word it; null where none says.")
    category: PersonCategory | None = field("Civilians or prisoners of war; null where no source says.")
    sex: Sex = field("The sex that sources give, where it is the same for all.")
    description: str | None = field("What sources say of the group.")
    members: PersonConnection = field(
        "The people known by name who are reported to belong to it.", arguments_from=page_arguments
    )
    events: EventConnection = field(
        "The events in which the group took part, in any role or in the one asked for.",
        arguments_from=events_in_role_arguments,
    )


@graphql_type
class Organization(Actor, Documented):
    """An organization, court, authority, armed force or medium."""

    kind: OrganizationKind = field("What the organization is.")
    standing: Standing = field(
        "On whose ground a court or authority acts. Recording its act recognises neither it nor its findings."
    )
    country: str | None = field("The state that it belongs to, as an ISO 3166-1 alpha-2 code.")
    place: Place | None = field("Where it has its seat.")
    events: EventConnection = field(
        "The events in which it took part, in any role or in the one asked for.",
        arguments_from=events_in_role_arguments,
    )
    figures: FigureConnection = field("The numbers that sources state about it.", arguments_from=page_arguments)


@graphql_type
class State(Actor, Documented):
    """A state that takes part in events."""

    code: str = field("The state's ISO 3166-1 alpha-2 code.")
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
