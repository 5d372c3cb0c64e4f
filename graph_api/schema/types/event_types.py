"""The event types: those with fields beyond what the ontology declares, and all others as declared.

Recording a judgment recognises neither the court nor its findings.
"""

from typing import Any, Final

from graph_api.ontology.event_types import EVENT_TYPES
from graph_api.ontology.properties import SIDES
from graph_api.schema.arguments import page_arguments, people_arguments
from graph_api.schema.decorators import described_by, field, graphql_type
from graph_api.schema.types.actors import Actor
from graph_api.schema.types.connections import FigureConnection, GroupConnection, PersonConnection
from graph_api.schema.types.declared import event_class, event_object_type
from graph_api.schema.types.events import Event
from graph_api.schema.types.lazy_types import AppealRef, EventRef, FigureRef
from graph_api.schema.types.values import Sentence


@event_object_type
class Conviction(Event):  # noqa: D101 - described by the ontology
    sentence_in_force: Sentence | None = field(
        "The sentence after the appeals that are known; null where none is stated, the decisions differ, the judgment was set aside, or another "
        "judgment takes up its terms. Terms are never added."
    )
    appeals: list[AppealRef] = field("The decisions of higher courts on it.", estimated_length=2)


@graphql_type
@described_by(SIDES.properties)
class ExchangeSide:
    """One direction of an exchange: who was handed over to one side."""

    to: Actor
    from_: Actor | None
    freed: PersonConnection = field(
        "The people known by name who were handed over to this side, in this event or its parts.",
        arguments_from=people_arguments,
    )
    groups: GroupConnection = field(
        "The groups of unnamed people who were handed over to this side.", arguments_from=page_arguments
    )
    figures: FigureConnection = field(
        "The numbers that sources state about this direction.", arguments_from=page_arguments
    )
    totals: list[FigureRef] = field(
        "How many were handed over to this side in this exchange alone: one total for each speaker; no parts, no sums over several "
        "exchanges.",
        estimated_length=3,
    )


@event_object_type
class Exchange(Event):  # noqa: D101 - described by the ontology
    mediators: list[Actor] = field(
        "The actors that mediated it, each according to at least one source.", estimated_length=3
    )
    parties: list[Actor] = field("The sides that agreed on it.", estimated_length=3)
    sides: list[ExchangeSide] = field("Its directions: who was handed over to whom.", estimated_length=2)
    agreement: EventRef | None
    freed: PersonConnection = field(
        "The people known by name who were handed over, in this event or its parts, to any side.",
        arguments_from=people_arguments,
    )


_WRITTEN: Final[dict[str, type[Any]]] = {one.__name__: one for one in (Conviction, Exchange)}
EVENT_CLASSES: Final[dict[str, type[Any]]] = {
    declared.name: _WRITTEN.get(declared.name) or event_class(declared, Event) for declared in EVENT_TYPES
}
"""The GraphQL type of each event type."""

globals().update(EVENT_CLASSES)  # lazy references find a type as an attribute of its module
