"""Where things happened: places, the sites of detention in them, and who holds the ground."""

from graph_api.schema.arguments import events_arguments, page_arguments
from graph_api.schema.decorators import field, graphql_type
from graph_api.schema.enums import PlaceKind, SiteKind
from graph_api.schema.types.connections import EventConnection, SiteConnection
from graph_api.schema.types.evidence import Citation, Documented, Node
from graph_api.schema.types.lazy_types import PlaceRef, SiteRef
from graph_api.schema.types.values import Name, When


@graphql_type
class Control:
    """Who is reported to hold the ground, from when to when."""

    by: str = field("The state that holds the ground, as an ISO 3166-1 alpha-2 code.")
    from_: When | None = field("From when; null where no source says.", name="from")
    until: When | None = field("Until when; null where no source says, or where it goes on.")
    citations: list[Citation] = field("The places in sources where it is said.", estimated_length=5)


@graphql_type
class Place(Node, Documented):
    """A settlement, district, region, country or area."""

    name: str = field("The name that is shown.")
    names: list[Name] = field("Every name that sources use, in every script and spelling.")
    kind: PlaceKind = field("How large the place is.")
    within: PlaceRef | None = field("The next larger place in which it lies.")
    country: str | None = field(
        "The state that it belongs to in international law, as an ISO 3166-1 alpha-2 code, whoever holds the ground."
    )
    control: list[Control] = field("Who is reported to have held the ground, and when.", estimated_length=3)
    sites: SiteConnection = field("The sites of detention at this place or within it.", arguments_from=page_arguments)
    events: EventConnection = field(
        "The events reported at this place, or at any place or site within it.", arguments_from=events_arguments
    )


@graphql_type
class Site(Node, Documented):
    """A building or compound where people are or were reported held."""

    name: str = field("The name that is shown.")
    names: list[Name] = field("Every name that sources use, in every script and spelling.")
    kind: SiteKind = field("What the site is used as.")
    specific: bool = field(
        "Whether sources name one site. False where they say 'a SIZO in Rostov': "
        "nobody is ever held together there for all dates."
    )
    may_be: list[SiteRef] = field(
        "The specific sites that this one may be, according to the sources.", estimated_length=3
    )
    place: PlaceRef | None = field("The place where it is.")
    control: list[Control] = field("Who is reported to have held the ground, and when.", estimated_length=3)
    events: EventConnection = field("The events reported at this site.", arguments_from=events_arguments)
