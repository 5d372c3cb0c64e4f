"""Who was at which site from when to when, and who was there on the same days."""

from graph_api.schema.decorators import field, graphql_type
from graph_api.schema.enums import DateCertainty
from graph_api.schema.types.actors import Person, Subject
from graph_api.schema.types.events import Event
from graph_api.schema.types.evidence import Citation
from graph_api.schema.types.places import Site
from graph_api.schema.types.values import Span


@graphql_type
class Stay:
    """One participant at one site for one span, as far as events bound it.

    A stay that no source states holds whatever the days are only on days on which a source has the participant there: the arrival, a
    sighting, a departure from the site. It ends with the next event that surely leaves the site; a death ends every stay.
    """

    participant: Subject = field("The person or group.")
    site: Site = field("The site.")
    span: Span = field("When it began and when it ended, each as closely as dates and the order of events bound it.")
    stated: bool = field(
        "True where a source states the stay; false where it follows from arrivals, sightings and departures."
    )
    events: list[Event] = field("The events that it follows from.", estimated_length="steps")
    citations: list[Citation] = field(
        "The places in sources that it rests on: of the part in these events, their sites and their dates.",
        estimated_length=5,
    )


@graphql_type
class CoDetention:
    """Stays of two people at one site that coincide. "At the same site" does not say together: cells are not known.

    People who may be within reach of those who held them are not named beside others in a public graph; the rule is the same for all.
    """

    person: Person = field("The other person.")
    site: Site = field("The site.")
    holds: DateCertainty = field(
        "Whether they were there on the same day whatever the days are, or for some choice of days that the dates allow."
    )
    surely: int = field("For how many days they were both there, whatever the days are.")
    at_most: int | None = field("For how many days they were both there at most; null where nothing bounds it.")
    stays: list[Stay] = field(
        "The two stays: that of the person asked about, then that of the other.", estimated_length=2
    )
