"""Numbers that sources state."""

import strawberry

from graph_api.ontology.registry import ONTOLOGY
from graph_api.schema.decorators import described_by, field, graphql_type
from graph_api.schema.enums import PersonCategory, Sex
from graph_api.schema.types.actors import Actor
from graph_api.schema.types.evidence import Documented, Node
from graph_api.schema.types.lazy_types import FigureRef
from graph_api.schema.types.values import Quantity, Span, When


@graphql_type
@described_by(ONTOLOGY.kind("figure").properties)
class Figure(Node, Documented):
    """A number as one speaker states it.

    A second speaker's number is a second figure, never a claim on the first: two sides' counts of one exchange do not
    contradict each other.
    """

    measure: str
    quantity: Quantity
    category: PersonCategory | None
    sex: Sex | None
    nationality: str | None
    side: Actor | None
    as_of: When | None
    period: Span | None = field("The span that it counts over.")
    about: list[Node]
    said_by: Actor | None = field("The actor according to whom it is so; null where the source speaks for itself.")
    total: FigureRef | None
    breakdown: list[FigureRef] = field("The figures that are its parts.", estimated_length=5)
    parts_complete: bool | None
    includes: list[Node] = field(estimated_length=5)
    excludes: list[Node] = field(estimated_length=5)
    merged_from: list[strawberry.ID] = field(estimated_length=2)
    unclear: list[Node] = field(estimated_length=5)
