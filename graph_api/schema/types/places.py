"""Where things happened: places, the sites of detention in them, and who holds the ground."""

import strawberry

from graph_api.ontology.properties import CONTROL
from graph_api.ontology.registry import ONTOLOGY
from graph_api.schema.arguments import events_arguments, held_arguments, page_arguments
from graph_api.schema.decorators import described_by, field, graphql_type
from graph_api.schema.enums import PlaceKind, SiteKind
from graph_api.schema.types.connections import EventConnection, SiteConnection, StayConnection
from graph_api.schema.types.evidence import Citation, Documented, Node
from graph_api.schema.types.lazy_types import PlaceRef, SiteRef
from graph_api.schema.types.values import Name, Point, When


@graphql_type
@described_by(CONTROL.properties)
class Control:
    """Who is reported to hold the ground, from when to when."""

    by: str
    from_: When | None
    until: When | None
    citations: list[Citation] = field("The places in sources where it is said.", estimated_length=5)


@graphql_type
@described_by(ONTOLOGY.kind("place").properties)
class Place(Node, Documented):
    """A settlement, district, region, country or area."""

    name: str
    names: list[Name]
    kind: PlaceKind
    point: Point | None
    within: PlaceRef | None
    merged_from: list[strawberry.ID] = field(estimated_length=2)
    country: str | None
    control: list[Control] = field("Who is reported to have held the ground, and when.", estimated_length=3)
    sites: SiteConnection = field("The sites of detention at this place or within it.", arguments_from=page_arguments)
    events: EventConnection = field(
        "The events reported at this place, or at any place or site within it.", arguments_from=events_arguments
    )


@graphql_type
@described_by(ONTOLOGY.kind("site").properties)
class Site(Node, Documented):
    """A building or compound where people are or were reported held."""

    name: str
    names: list[Name]
    kind: SiteKind
    specific: bool
    may_be: list[SiteRef]
    merged_from: list[strawberry.ID] = field(estimated_length=2)
    place: PlaceRef | None
    control: list[Control] = field("Who is reported to have held the ground, and when.", estimated_length=3)
    events: EventConnection = field("The events reported at this site.", arguments_from=events_arguments)
    held: StayConnection = field("Who is reported to have been held here in that time.", arguments_from=held_arguments)
