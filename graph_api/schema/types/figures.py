"""Numbers that sources state."""

from graph_api.schema.decorators import field, graphql_type
from graph_api.schema.enums import PersonCategory, Sex
from graph_api.schema.types.actors import Actor
from graph_api.schema.types.evidence import Documented, Node
from graph_api.schema.types.lazy_types import FigureRef
from graph_api.schema.types.values import Quantity, Span, When


@graphql_type
class Figure(Node, Documented):
    """A number as one speaker states it.

    A second speaker's number is a second figure, never a claim on the first: two sides' counts of one exchange do not
    contradict each other.
    """

    measure: str = field(
        "What is measured, as a controlled word: freed, held, missing, convicted, verified, sites-found, "
        "bodies-returned and so on."
    )
    quantity: Quantity = field("The number, as the speaker words it.")
    category: PersonCategory | None = field("The category of the people counted; null where it is not limited to one.")
    sex: Sex | None = field("The sex of the people counted; null where it is not limited to one.")
    nationality: str | None = field(
        "The nationality of the people counted, as an ISO 3166-1 alpha-2 code; null where it is not limited to one."
    )
    side: Actor | None = field("The side to which people were handed over.")
    as_of: When | None = field("The day for which it holds, for a running total.")
    period: Span | None = field("The span that it counts over.")
    about: list[Node] = field("The records that it is about.", estimated_length=3)
    said_by: Actor | None = field("The actor according to whom it is so; null where the source speaks for itself.")
    total: FigureRef | None = field("The figure of which it is a part.")
    breakdown: list[FigureRef] = field("The figures that are its parts.", estimated_length=5)
    includes: list[Node] = field("What it says that it counts.", estimated_length=5)
    excludes: list[Node] = field("What it says that it does not count.", estimated_length=5)
    unclear: list[Node] = field("What it leaves unclear whether it counts.", estimated_length=5)
