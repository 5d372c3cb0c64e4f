"""What happened: the interface of every event, who took part, and the events before and outside a court."""

import strawberry

from graph_api.ontology.event_types import EVENT_PROPERTIES
from graph_api.ontology.properties import PARTICIPANTS
from graph_api.schema.arguments import events_arguments, page_arguments, participants_arguments
from graph_api.schema.decorators import described_by, field, graphql_interface, graphql_type
from graph_api.schema.enums import EventKind, Role
from graph_api.schema.types.actors import Actor, Participant
from graph_api.schema.types.connections import EventConnection, FigureConnection, ParticipationConnection
from graph_api.schema.types.evidence import Documented, Node
from graph_api.schema.types.lazy_types import EventRef
from graph_api.schema.types.places import Place, Site
from graph_api.schema.types.values import DayRange, Quantity, When


@graphql_interface
@described_by(EVENT_PROPERTIES)
class Event(Node, Documented):
    """Anything that happened, with who took part, where, when and how it is known."""

    kind: EventKind
    title: str
    date: When | None
    until: When | None
    announced: bool = field(
        "Whether sources only announce, plan or expect it. Such events match a filter only where `occurrence` asks for them."
    )
    bounds: DayRange = field(
        "The first and last day on which it can have happened or begun: from its date, the order that sources state, what happened to the "
        "same person before and after, and the days on which sources already knew of it."
    )
    merged_from: list[strawberry.ID] = field(estimated_length=2)
    description: str | None
    participants: ParticipationConnection = field(
        "Who took part, each with a role.", arguments_from=participants_arguments
    )
    sites: list[Site] = field(estimated_length=2)
    places: list[Place] = field(estimated_length=2)
    about: list[Node]
    part_of: EventRef | None
    parts: EventConnection = field("The events of which it consists.", arguments_from=events_arguments)
    figures: FigureConnection = field("The numbers that sources state about it.", arguments_from=page_arguments)


@graphql_type
@described_by(PARTICIPANTS.properties)
class Participation(Node, Documented):
    """Somebody's part in an event, with its own evidence: a mediator that only one side names is so here."""

    participant: Participant = field("Who took part.")
    event: Event = field("In what.")
    role: Role
    side: Actor | None
    alleged: bool
    age: Quantity | None
    note: str | None
