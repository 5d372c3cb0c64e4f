"""What happened: the interface of every event, who took part, and the events before and outside a court."""

from graph_api.schema.arguments import events_arguments, page_arguments, participants_arguments
from graph_api.schema.decorators import field, graphql_interface, graphql_type
from graph_api.schema.enums import EventKind, Role
from graph_api.schema.types.actors import Actor, Participant
from graph_api.schema.types.connections import EventConnection, FigureConnection, ParticipationConnection
from graph_api.schema.types.evidence import Documented, Node
from graph_api.schema.types.lazy_types import EventRef
from graph_api.schema.types.places import Place, Site
from graph_api.schema.types.values import Quantity, When


@graphql_interface
class Event(Node, Documented):
    """Anything that happened, with who took part, where, when and how it is known."""

    kind: EventKind = field("What happened; the kind fixes the type.")
    title: str = field("The event in a few words.")
    date: When | None = field("When it happened, or began; null where no source says.")
    until: When | None = field("When it ended, for what lasts; null where no source says.")
    description: str | None = field("What sources say of it, in a few sentences.")
    participants: ParticipationConnection = field(
        "Who took part, each with a role.", arguments_from=participants_arguments
    )
    sites: list[Site] = field("The sites at which it is reported to have happened.", estimated_length=2)
    places: list[Place] = field("The places at which it is reported to have happened.", estimated_length=2)
    about: list[Node] = field("What a statement, resolution, report or warrant is about.", estimated_length=3)
    part_of: EventRef | None = field("The larger event of which it is a part.")
    parts: EventConnection = field("The events of which it consists.", arguments_from=events_arguments)
    figures: FigureConnection = field("The numbers that sources state about it.", arguments_from=page_arguments)


@graphql_type
class Participation(Node, Documented):
    """Somebody's part in an event, with its own evidence: a mediator that only one side names is so here."""

    participant: Participant = field("Who took part.")
    event: Event = field("In what.")
    role: Role = field("The part that they had.")
    side: Actor | None = field("The side to which a person was handed over.")
    alleged: bool = field("Whether the part is alleged only. For perpetrators it is, until a final conviction.")
    age: Quantity | None = field("The age at the event, where a source gives it.")
    note: str | None = field("What else sources say of this part.")
