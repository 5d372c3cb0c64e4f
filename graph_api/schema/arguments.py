"""The arguments of fields: each is described once, and signatures combine them.

A signature is never called: the compiler reads arguments from the document.
"""

from collections.abc import Callable
from typing import Annotated, Any, Never, TypeAlias

import strawberry
from strawberry import UNSET

from graph_api.casefile.forms import CaseFileForm
from graph_api.evidence.status_text import Language
from graph_api.schema.enums import DateCertainty, DifferenceKind, Role
from graph_api.schema.inputs import (
    EventFilter,
    FigureFilter,
    GroupFilter,
    OrganizationFilter,
    PersonFilter,
    PlaceFilter,
    SiteFilter,
    SourceFilter,
    StepInput,
)
from graph_api.schema.orders import EventOrder, PersonOrder, SourceOrder, TotalOrder
from graph_api.schema.query_enums import Dimension, NodeKind, SubjectKind
from graph_api.schema.scalars import Date

_described = strawberry.argument

Id: TypeAlias = Annotated[strawberry.ID, _described("The id of the record, which is that of the seed files.")]
First: TypeAlias = Annotated[
    int, _described("How many to return at most. More than the server's limit is an error, never a silent cut.")
]
After: TypeAlias = Annotated[
    str | None, _described("The cursor of an edge or the endCursor of a page; what comes after it is returned.")
]
Property: TypeAlias = Annotated[
    str | None,
    _described(
        "Only what sources say of this property, by its name in seed files (in-absentia) or in this API (inAbsentia)."
    ),
]
InRole: TypeAlias = Annotated[Role | None, _described("Only with this role.")]

WherePeople: TypeAlias = Annotated[PersonFilter | None, _described("Which people; without it, all.")]
WhereGroups: TypeAlias = Annotated[GroupFilter | None, _described("Which groups; without it, all.")]
WhereEvents: TypeAlias = Annotated[EventFilter | None, _described("Which events; without it, all.")]
WhereFigures: TypeAlias = Annotated[FigureFilter | None, _described("Which figures; without it, all.")]
WhereSites: TypeAlias = Annotated[SiteFilter | None, _described("Which sites; without it, all.")]
WhereOrganizations: TypeAlias = Annotated[
    OrganizationFilter | None, _described("Which organizations; without it, all.")
]
WherePlaces: TypeAlias = Annotated[PlaceFilter | None, _described("Which places; without it, all.")]
WhereSources: TypeAlias = Annotated[SourceFilter | None, _described("Which sources; without it, all.")]

PeopleOrder: TypeAlias = Annotated[
    PersonOrder | None, _described("The order; without it, one that stays the same from page to page.")
]
EventsOrder: TypeAlias = Annotated[
    EventOrder | None, _described("The order; without it, one that stays the same from page to page.")
]
SourcesOrder: TypeAlias = Annotated[
    SourceOrder | None, _described("The order; without it, one that stays the same from page to page.")
]

TotalsOrder: TypeAlias = Annotated[TotalOrder | None, _described("The order; without it, that of the keys.")]

Steps: TypeAlias = Annotated[
    list[StepInput], _described("The events in their order, one after another; all are different.")
]
StepsHold: TypeAlias = Annotated[
    DateCertainty, _described("Whether the order has to hold whatever the days are, or for some choice of days.")
]
SameDay: TypeAlias = Annotated[bool, _described("Whether two steps may fall on the same day.")]
Subjects: TypeAlias = Annotated[
    SubjectKind, _described("Whether people, groups of unnamed people or both are asked for.")
]

SequenceStep: TypeAlias = Annotated[
    int, _described("From which step to the next one, counted from 1: 1 is from the first to the second.")
]

SearchText: TypeAlias = Annotated[str, _described("A name or a part of it, in any script and spelling.")]
SearchKinds: TypeAlias = Annotated[list[NodeKind] | None, _described("Only records of these kinds; without it, all.")]
CaseFilePerson: TypeAlias = Annotated[strawberry.ID, _described("The id of the person.")]
WhichForm: TypeAlias = Annotated[CaseFileForm, _described("Which form.")]
InLanguage: TypeAlias = Annotated[Language, _described("The language of the texts.")]
CountedBy: TypeAlias = Annotated[
    list[Dimension], _described("What is counted over; one row for each combination of keys.")
]

DifferenceSubject: TypeAlias = Annotated[
    strawberry.ID | None, _described("Only those on this record and on the events that happened to it, by its id.")
]
PathStart: TypeAlias = Annotated[
    strawberry.ID, strawberry.argument("The id of the record where paths begin.", name="from")
]
PathEnd: TypeAlias = Annotated[strawberry.ID, _described("The id of the record where they end.")]
PathLength: TypeAlias = Annotated[int, _described("How many steps a path has at most, from 1 to 6.")]
FiguresAbout: TypeAlias = Annotated[strawberry.ID | None, _described("Only figures about this record, by its id.")]
OfMeasure: TypeAlias = Annotated[str | None, _described("Only figures of this measure, such as freed.")]
OfDifferenceKind: TypeAlias = Annotated[DifferenceKind | None, _described("Only those of this kind.")]


FromDay: TypeAlias = Annotated[
    Date | None, strawberry.argument("The first day of the window; without it, the window is open.", name="from")
]
UntilDay: TypeAlias = Annotated[Date | None, _described("The last day of the window; without it, the window is open.")]
StaysHold: TypeAlias = Annotated[
    DateCertainty, _described("Whether a stay has to overlap whatever the days are, or for some choice of days.")
]


Signature = Callable[..., Never]


def id_arguments(id: Id) -> Never:
    """Take the id of a record."""
    raise NotImplementedError


def case_file_arguments(person: CaseFilePerson, language: InLanguage = Language.EN) -> Never:
    """Take the id of a person and a language."""
    raise NotImplementedError


def form_arguments(form: WhichForm) -> Never:
    """Take a form."""
    raise NotImplementedError


def claims_arguments(property: Property = UNSET) -> Never:
    """Take one property; without it, all."""
    raise NotImplementedError


def page_arguments(first: First = 20, after: After = UNSET) -> Never:
    """Take a page."""
    raise NotImplementedError


def co_detainees_arguments(
    holds: StaysHold = DateCertainty.FOR_SOME_DATES, first: First = 20, after: After = UNSET
) -> Never:
    """Take how stays have to overlap, and a page."""
    raise NotImplementedError


def held_arguments(
    from_: FromDay = UNSET,
    until: UntilDay = UNSET,
    holds: StaysHold = DateCertainty.FOR_SOME_DATES,
    first: First = 20,
    after: After = UNSET,
) -> Never:
    """Take a window, how stays have to overlap it, and a page."""
    raise NotImplementedError


def filtered_arguments(filter_: Any) -> Signature:
    """Return a signature that takes a filter as ``where``, and a page."""

    def arguments(where: Any = UNSET, first: First = 20, after: After = UNSET) -> Never:
        raise NotImplementedError

    arguments.__annotations__["where"] = filter_
    return arguments


def ordered_arguments(filter_: Any, order: Any) -> Signature:
    """Return a signature that takes a filter as ``where``, an order and a page."""

    def arguments(where: Any = UNSET, order_by: Any = UNSET, first: First = 20, after: After = UNSET) -> Never:
        raise NotImplementedError

    arguments.__annotations__ |= {"where": filter_, "order_by": order}
    return arguments


people_arguments = filtered_arguments(WherePeople)
events_arguments = ordered_arguments(WhereEvents, EventsOrder)


def events_in_role_arguments(
    role: InRole = UNSET,
    where: WhereEvents = UNSET,
    order_by: EventsOrder = UNSET,
    first: First = 20,
    after: After = UNSET,
) -> Never:
    """Take the role that the record has in the events, a filter, an order and a page."""
    raise NotImplementedError


def participants_arguments(role: InRole = UNSET, first: First = 50, after: After = UNSET) -> Never:
    """Take a role and a page, which is longer since an event is rarely read without all its participants."""
    raise NotImplementedError


def search_arguments(text: SearchText, kinds: SearchKinds = UNSET, first: First = 20, after: After = UNSET) -> Never:
    """Take the text of a search, the kinds of records and a page."""
    raise NotImplementedError


def sequences_arguments(
    steps: Steps,
    *,
    where: WherePeople = UNSET,
    holds: StepsHold = DateCertainty.FOR_SOME_DATES,
    same_day: SameDay = False,
    subjects: Subjects = SubjectKind.PEOPLE,
    first: First = 20,
    after: After = UNSET,
) -> Never:
    """Take the steps of a sequence, how their order has to hold, who the subjects are, and a page."""
    raise NotImplementedError


def durations_arguments(step: SequenceStep = 1) -> Never:
    """Take the step of a sequence from which days are counted to the next one."""
    raise NotImplementedError


def totals_arguments(
    by: CountedBy,
    people: WherePeople = UNSET,
    events: WhereEvents = UNSET,
    order_by: TotalsOrder = UNSET,
    first: First = 100,
    after: After = UNSET,
) -> Never:
    """Take the dimensions of a table, filters of people and events, an order and a page."""
    raise NotImplementedError


def differences_arguments(
    subject: DifferenceSubject = UNSET, kind: OfDifferenceKind = UNSET, first: First = 20, after: After = UNSET
) -> Never:
    """Take the record that differences are on, their kind, and a page."""
    raise NotImplementedError


def reconcile_arguments(
    about: FiguresAbout = UNSET, measure: OfMeasure = UNSET, first: First = 20, after: After = UNSET
) -> Never:
    """Take the record that figures are about, what they measure, and a page."""
    raise NotImplementedError


def paths_arguments(
    from_: PathStart, to: PathEnd, max_length: PathLength = 4, first: First = 5, after: After = UNSET
) -> Never:
    """Take two records, the length of the longest path, and a page."""
    raise NotImplementedError
