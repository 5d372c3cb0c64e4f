"""The case file of a person: everything that the loaded sources say of the person, line by line, with references."""

import strawberry

from graph_api.casefile.gaps import GapKind
from graph_api.casefile.leads import LeadKind
from graph_api.casefile.placement import Placement
from graph_api.schema.arguments import co_detainees_arguments, form_arguments, page_arguments
from graph_api.schema.decorators import field, graphql_type
from graph_api.schema.enums import Modality, Role
from graph_api.schema.scalars import Date
from graph_api.schema.types.actors import Actor, Person, Status
from graph_api.schema.types.connections import CoDetentionConnection, EventConnection, StayConnection
from graph_api.schema.types.events import Event
from graph_api.schema.types.evidence import Source
from graph_api.schema.types.results import Difference
from graph_api.schema.types.values import DayRange, Span, When


@graphql_type
class Clause:
    """A sentence about one event, in neutral words, with the references of just what it says."""

    text: str = field("What it says.")
    references: list[int] = field("The numbers of the references that say just that.")
    modality: Modality = field("How the sources stand behind it: as strongly as the strongest of them.")
    end: int = field("How many characters of the text of the line end with it: where its references belong.")
    said_by: Actor | None = field("Who is said to have said it, where that is one who is named.")
    said_by_role: str | None = field(
        "In which words somebody is spoken of who is said to have said it and is not named."
    )


@graphql_type
class TimelineEntry:
    """A numbered line of a case file, about one event."""

    line: int = field("Its number in the case file, from 1.")
    event: Event = field("The event.")
    role: Role = field("The part that the person had.")
    date: When | None = field("When it happened, or began; null where no source says.")
    placement: Placement = field("How its place in the order is known.")
    bounds: DayRange = field("The first and the last day on which it can have happened.")
    not_ordered_with: list[int] = field("The lines with which no source settles its order.")
    text: str = field("The whole line in words.")
    clauses: list[Clause] = field(
        "What it says, part by part: the date, what happened, and its details.", estimated_length=8
    )
    references: list[int] = field("The numbers of all its references.")
    differences: list[strawberry.ID] = field("The ids of the differences between sources that concern it.")


@graphql_type
class Reference:
    """A source that a case file uses, with its number in the order of first use."""

    number: int = field("Its number, from 1.")
    source: Source = field("The source.")
    locators: list[str] = field("The places in the source that are used.")
    text: str = field("The reference as it is printed.")


@graphql_type
class Lead:
    """What to look for next: a question that the loaded sources leave open, never a finding."""

    kind: LeadKind = field("What the question is about.")
    text: str = field("The question in words.")
    lines: list[int] = field("The lines that it is about; none where it is about the whole file.")


@graphql_type
class Gap:
    """A span of which this edition says nothing. Its words never tell whether something was held back."""

    kind: GapKind = field("What is missing.")
    span: Span = field("The span.")
    text: str = field("The gap in words, the same for everybody.")


@graphql_type
class FormField:
    """A field of a form that lawyers file."""

    label: str = field("Its label.")
    text: str = field("What it says; 'not given in this edition' where this edition has nothing.")
    references: list[int] = field("The numbers of the references that say it.")


@graphql_type
class CaseFile:
    """Everything in the loaded sources about one person."""

    person: Person = field("The person.")
    known_to: Date = field("The day up to which sources were read.")
    status: Status = field("What is last reported of the person.")
    timeline: list[TimelineEntry] = field(
        "What happened, in order; lines without date and order come last, with the placement UNDATED.",
        estimated_length=20,
    )
    about: EventConnection = field(
        "Statements, reports, resolutions and warrants that are about the person or about an event of theirs.",
        arguments_from=page_arguments,
    )
    stays: StayConnection = field(
        "At which sites the person is reported to have been, from when to when.", arguments_from=page_arguments
    )
    co_detainees: CoDetentionConnection = field(
        "Who was at the same site on the same days. People who may be within reach of those who held them are not named here.",
        arguments_from=co_detainees_arguments,
    )
    leads: list[Lead] = field("Questions that the loaded sources leave open; never findings.", estimated_length=10)
    gaps: list[Gap] = field("Spans of which this edition says nothing.", estimated_length=5)
    differences: list[Difference] = field(
        "Where sources cannot all be right about the person or an event of theirs.", estimated_length=5
    )
    form: list[FormField] = field(
        "The same facts in the order of what lawyers file; a field without a source says so.",
        arguments_from=form_arguments,
        estimated_length=30,
    )
    announced: list[TimelineEntry] = field("What sources expected; never part of the timeline.", estimated_length=2)
    notice: list[str] = field("The fixed lines that stand at its head.")
    snapshot: str = field(
        "The content hash of the graph that it was made from: the same hash, day and language give the same file."
    )
    references: list[Reference] = field("The sources used, numbered in the order of first use.", estimated_length=20)
    content_hash: str = field(
        "SHA-256 of the canonical file without `snapshot`: it changes only when this person's file does."
    )
