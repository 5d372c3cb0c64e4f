"""Answers that are no records: sequences, totals and what a search found."""

import strawberry

from graph_api.schema.decorators import field, graphql_type
from graph_api.schema.enums import DateCertainty, DifferenceKind, Modality, OrderBasis
from graph_api.schema.query_enums import Dimension, NodeKind
from graph_api.schema.types.actors import Group, Person, Subject
from graph_api.schema.types.events import Event
from graph_api.schema.types.evidence import Node
from graph_api.schema.types.lazy_types import CitationRef, ClaimRef, FigureRef
from graph_api.schema.types.values import DayCount, Quantity


@graphql_type
class Sequence:
    """One subject whose events stand in the order asked for, and the events relied on.

    Of several chains of events it is the best established, then the earliest.
    """

    subject: Subject = field("The person or group to whom it happened.")
    person: Person | None = field("The subject, where it is a person known by name.")
    group: Group | None = field("The subject, where it is a group of unnamed people.")
    events: list[Event] = field(
        "The events relied on, one for each step, in the order of the steps.", estimated_length="steps"
    )
    holds: DateCertainty = field(
        "Whether the order holds whatever the days are, or for some choice of days that the dates allow."
    )
    chains: int = field("How many chains of the subject's events match.")
    order: list[OrderBasis] = field("For each pair of neighbours, how their order is known.")
    between: list[DayCount] = field(
        "For each pair of neighbours, the days from the first to the second. A birth, or the day on which somebody read a source, is no bound."
    )
    modality: Modality = field("The weakest modality of the claims relied on.")
    explanation: str = field(
        "How the order is known, in words: by which dates, by an order that a source states, implied by what sources say, or because a source "
        "knew of the earlier event; and what of this subject no source states."
    )


@graphql_type
class TotalKey:
    """The value of one dimension: a record where it is one, else its text; both null where the sources are silent."""

    dimension: Dimension = field("The dimension.")
    node: Node | None = field("The value, where it is a record.")
    value: str | None = field("The value, where it is a text.")


@graphql_type
class Total:
    """Different named people and events that share these keys; people of unnamed groups are not in it."""

    keys: list[TotalKey] = field("One key for each dimension, in the order asked for.", estimated_length="by")
    people: int = field("How many different people known by name are subjects of the events.")
    events: int = field("How many different events.")


@graphql_type
class SearchHit:
    """A record with a name that matches what was looked for."""

    node: Node = field("The record.")
    kind: NodeKind = field("What sort of record it is.")
    label: str = field("What to call the record in a list or a link.")
    score: float = field("How well it matches; larger is better, and only the order within one search means anything.")
    matched: str = field("The name that matched.")


@graphql_type
class Difference:
    """Where sources, dates or numbers cannot all be right. Values that may both be right are no difference."""

    id: strawberry.ID = field("The id, the same for the same difference in every load.")
    kind: DifferenceKind = field("What cannot all be right.")
    subject: Node = field("The record that it is about.")
    property: str | None = field(
        "The property on which claims differ, by the name that it has in seed files; custody or legal for the last reports of a person."
    )
    claims: list[ClaimRef] = field("The claims that differ, the values that are shown included.", estimated_length=20)
    explanation: str = field("Each value with who reports it, which one is shown, and by which rule.")


@graphql_type
class Reconciliation:
    """A stated total beside what its parts, its events and the named people add up to."""

    figure: FigureRef = field("The figure that states the total.")
    stated: Quantity = field("The total as its speaker words it.")
    sum_of_parts: float | None = field(
        "The sum of its parts; null unless they are said to be all of it, or divide it into all sexes or categories."
    )
    sum_of_events: float | None = field(
        "The sum of what is stated of the events that it counts; null where one of them has no number, or several."
    )
    named_people: int = field("How many of those whom it counts are known by name here.")
    difference: float | None = field("The stated number less the sum of its parts, or else of its events.")
    agrees: bool | None = field(
        "Whether the sum is a number that its words allow; null where both may be right, because the parts are not said "
        "to be all of it."
    )
    explanation: str = field("What was added, and what follows from it.")


@graphql_type
class Path:
    """One of the shortest connections between two records, over people, organizations, events and sites.

    What connects everybody with everybody is not walked: states, governments and armed forces, and exchanges of more than 50 people.
    """

    length: int = field("How many steps it has.")
    nodes: list[Node] = field("The records in their order, both ends included.", estimated_length=5)
    citations: list[CitationRef] = field("Every place in a source that one of its steps rests on.", estimated_length=5)
    text: str = field("The records, and between two of them what connects them.")
