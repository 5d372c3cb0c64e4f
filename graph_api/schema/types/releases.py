"""How people left custody: handed over between sides, or let go."""

from graph_api.schema.arguments import page_arguments, people_arguments
from graph_api.schema.decorators import field, graphql_type
from graph_api.schema.enums import ReleaseGround
from graph_api.schema.types.actors import Actor
from graph_api.schema.types.connections import FigureConnection, GroupConnection, PersonConnection
from graph_api.schema.types.events import Event
from graph_api.schema.types.places import Site


@graphql_type
class Release(Event):
    """Being let go without an exchange; being reunited with family where the kind is REUNIFICATION."""

    ground: ReleaseGround = field("Why the person was let go, as sources give it.")
    from_site: Site | None = field("The site from which the person was let go.")


@graphql_type
class ExchangeSide:
    """One direction of an exchange: who was handed over to one side."""

    to: Actor = field("The side to which people were handed over.")
    from_: Actor | None = field("The side that handed them over; null where no source says.", name="from")
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


@graphql_type
class Exchange(Event):
    """A handover agreed between sides, or one stage of a series."""

    mediators: list[Actor] = field("The actors that mediated it, each according to at least one source.")
    parties: list[Actor] = field("The sides that agreed on it.")
    sides: list[ExchangeSide] = field("Its directions: who was handed over to whom.")
    agreement: Event | None = field("The agreement that it carries out.")
    freed: PersonConnection = field(
        "The people known by name who were handed over, in this event or its parts, to any side.",
        arguments_from=people_arguments,
    )
