"""The filters and orders of the contract: what a caller may ask of each kind of record.

Everything inside one filter has to hold at once. An explicit null means the same as leaving a field out.
"""

import strawberry

from graph_api.schema.decorators import default_field, graphql_input, optional_field
from graph_api.schema.enums import (
    ClaimScope,
    DateCertainty,
    EventKind,
    OrganizationKind,
    PersonCategory,
    PlaceKind,
    ReleaseGround,
    Role,
    Sex,
    SiteKind,
    SourceKind,
    Standing,
    Unit,
)
from graph_api.schema.query_enums import Direction, EventOrderField, PersonOrderField
from graph_api.schema.scalars import Date, Duration


@graphql_input
class TextFilter:
    """Asks for a text. Of a name, every spelling in every script counts."""

    eq: str | None = optional_field("The text is exactly this.")
    in_: list[str] | None = optional_field("The text is exactly one of these.", name="in")
    contains: str | None = optional_field("The text contains this.")
    starts_with: str | None = optional_field("The text begins with this.")


@graphql_input
class IDFilter:
    """Asks for a record by its id, which is that of the seed files."""

    eq: strawberry.ID | None = optional_field("The id is exactly this.")
    in_: list[strawberry.ID] | None = optional_field("The id is exactly one of these.", name="in")


@graphql_input
class WhenFilter:
    """Asks whether the record's day lies between from and until, for all or some of the days that it allows."""

    from_: Date | None = optional_field(
        "The first day that counts, included; without it, any day up to until.", name="from"
    )
    until: Date | None = optional_field("The last day that counts, included; without it, any later day.")
    holds: DateCertainty = default_field(
        DateCertainty.FOR_SOME_DATES, "Whether it has to be true whatever the days are, or for some choice of days."
    )
    known: bool | None = optional_field("Whether any source states a date at all.")


@graphql_input
class NumberFilter:
    """Asks for a number between two bounds."""

    gte: float | None = optional_field("The number is this or more.")
    lte: float | None = optional_field("The number is this or less.")


@graphql_input
class CategoryFilter:
    """Asks whether somebody is a civilian or a prisoner of war."""

    eq: PersonCategory | None = optional_field("The category is exactly this.")
    in_: list[PersonCategory] | None = optional_field("The category is one of these.", name="in")
    basis: ClaimScope = default_field(ClaimScope.SHOWN, "Which claims count where sources differ.")


@graphql_input
class PersonFilter:
    """Asks for people known by name."""

    and_: list["PersonFilter"] | None = optional_field("Every one of these filters matches.", name="and")
    or_: list["PersonFilter"] | None = optional_field("At least one of these filters matches.", name="or")
    not_: "PersonFilter | None" = optional_field("This filter does not match.", name="not")
    id: IDFilter | None = optional_field("The person's id.")
    name: TextFilter | None = optional_field("Any of the person's names, in any script and spelling.")
    category: CategoryFilter | None = optional_field("Whether sources speak of a civilian or of a prisoner of war.")
    sex: Sex | None = optional_field("The sex that is shown.")
    tag: str | None = optional_field("The person has this tag.")
    nationality: str | None = optional_field("One of the person's nationalities, as an ISO 3166-1 alpha-2 code.")
    born: WhenFilter | None = optional_field("When the person was born.")
    some_event: "EventMatch | None" = optional_field("At least one event matches.", cost=5)
    no_event: "EventMatch | None" = optional_field(
        "No event in the loaded sources matches. That does not mean that nothing happened.", cost=5
    )
    history: "HistoryFilter | None" = optional_field("Different events of the person happened in this order.")


@graphql_input
class GroupFilter:
    """Asks for groups of people whom sources count or describe but do not name."""

    id: IDFilter | None = optional_field("The group's id.")
    name: TextFilter | None = optional_field("What the group is called.")
    category: CategoryFilter | None = optional_field("Whether sources speak of civilians or of prisoners of war.")
    some_event: "EventMatch | None" = optional_field("At least one event matches.", cost=5)
    no_event: "EventMatch | None" = optional_field(
        "No event in the loaded sources matches. That does not mean that nothing happened.", cost=5
    )
    history: "HistoryFilter | None" = optional_field("Different events of the group happened in this order.")


@graphql_input
class EventMatch:
    """An event in which the record has a certain role."""

    role: Role = default_field(Role.SUBJECT, "The role that the record has in the event.")
    where: "EventFilter | None" = optional_field("What else is asked of the event.")


@graphql_input
class HistoryFilter:
    """Asks for different events in this order.

    Events of one day count as ordered only with sameDay, or where a source states the order.
    """

    steps: list["StepInput"] = strawberry.field(description="The events in their order, one after another.")
    holds: DateCertainty = default_field(
        DateCertainty.FOR_SOME_DATES, "Whether the order has to hold whatever the days are, or for some choice of days."
    )
    same_day: bool = default_field(default=False, description="Whether two steps may fall on the same day.")


@graphql_input
class StepInput:
    """One event of a sequence."""

    kind: EventKind = strawberry.field(description="The kind of the event.")
    role: Role = default_field(Role.SUBJECT, "The role that the subject of the sequence has in the event.")
    where: "EventFilter | None" = optional_field("What else is asked of the event.")
    within: Duration | None = optional_field("The event is not later than this after the step before.")


@graphql_input
class EventFilter:
    """Asks for events, whoever took part in them."""

    and_: list["EventFilter"] | None = optional_field("Every one of these filters matches.", name="and")
    or_: list["EventFilter"] | None = optional_field("At least one of these filters matches.", name="or")
    not_: "EventFilter | None" = optional_field("This filter does not match.", name="not")
    id: IDFilter | None = optional_field("The event's id.")
    kind: EventKind | None = optional_field("The event is of this kind.")
    kinds: list[EventKind] | None = optional_field("The event is of one of these kinds.")
    date: WhenFilter | None = optional_field("When the event happened, or began.")
    during: WhenFilter | None = optional_field("The time from the event's date to its end overlaps this.")
    participant: IDFilter | None = optional_field("Somebody took part in the event, in any role.")
    mediator: IDFilter | None = optional_field("This actor mediated the event, according to at least one source.")
    handed_to: IDFilter | None = optional_field("Somebody was handed over to this actor.")
    site: IDFilter | None = optional_field("The event is reported to have happened at this site.")
    place: IDFilter | None = optional_field(
        "The event is reported at this place, or at any place or site within it.", cost=5
    )
    court: IDFilter | None = optional_field("This court decided.")
    standing: Standing | None = optional_field("The court or authority that acted has this standing.")
    offence: TextFilter | None = optional_field("The controlled word of an offence, such as ESPIONAGE.")
    article: TextFilter | None = optional_field("The article of an offence, such as 'RU-UK 276'.")
    sentence_years: NumberFilter | None = optional_field(
        "The pronounced term in years. LIFE matches every gte; an unstated sentence matches none."
    )
    in_absentia: bool | None = optional_field("Whether the person was reported absent from the proceedings.")
    ground: ReleaseGround | None = optional_field("The ground on which somebody was let go.")
    part_of: IDFilter | None = optional_field("The event is part of this event.")
    source: IDFilter | None = optional_field("The event rests on this source, perhaps among others.")
    source_kind: SourceKind | None = optional_field("The event rests on at least one source of this kind.")
    disputed: bool | None = optional_field("Whether sources cannot all be right about some property of the event.")


@graphql_input
class FigureFilter:
    """Asks for numbers that sources state."""

    id: IDFilter | None = optional_field("The figure's id.")
    measure: TextFilter | None = optional_field("What is measured, such as held or missing.")
    unit: Unit | None = optional_field("What is counted.")
    about: IDFilter | None = optional_field("The record that the figure is about.")
    side: IDFilter | None = optional_field("The side to which people were handed over.")
    category: PersonCategory | None = optional_field("The category of the people counted.")
    said_by: IDFilter | None = optional_field("The actor according to whom it is so.")
    source: IDFilter | None = optional_field("The source that states it.")
    as_of: WhenFilter | None = optional_field("The day for which a running total holds.")


@graphql_input
class SiteFilter:
    """Asks for sites of detention."""

    and_: list["SiteFilter"] | None = optional_field("Every one of these filters matches.", name="and")
    or_: list["SiteFilter"] | None = optional_field("At least one of these filters matches.", name="or")
    not_: "SiteFilter | None" = optional_field("This filter does not match.", name="not")
    id: IDFilter | None = optional_field("The site's id.")
    name: TextFilter | None = optional_field("Any of the site's names, in any script and spelling.")
    kind: SiteKind | None = optional_field("What the site is used as.")
    place: IDFilter | None = optional_field("The site is at this place, or at any place within it.", cost=5)
    controlled_by: str | None = optional_field(
        "At some time the ground was reported held by this state, an ISO 3166-1 alpha-2 code."
    )
    specific: bool | None = optional_field("Whether sources name one site, or only say what sort of site it was.")


@graphql_input
class OrganizationFilter:
    """Asks for organizations, courts and authorities included."""

    id: IDFilter | None = optional_field("The organization's id.")
    name: TextFilter | None = optional_field("Any of its names, in any script and spelling.")
    kind: OrganizationKind | None = optional_field("What the organization is.")
    standing: Standing | None = optional_field("On whose ground it acts.")
    country: str | None = optional_field("The state that it belongs to, as an ISO 3166-1 alpha-2 code.")


@graphql_input
class PlaceFilter:
    """Asks for places."""

    id: IDFilter | None = optional_field("The place's id.")
    name: TextFilter | None = optional_field("Any of the place's names, in any script and spelling.")
    kind: PlaceKind | None = optional_field("How large the place is.")
    within: IDFilter | None = optional_field("The place lies within this place, at any level.")


@graphql_input
class SourceFilter:
    """Asks for sources."""

    id: IDFilter | None = optional_field("The source's id.")
    title: TextFilter | None = optional_field("The source's title.")
    kind: SourceKind | None = optional_field("What sort of publication it is.")
    publisher: IDFilter | None = optional_field("The organization that published it.")
    published: WhenFilter | None = optional_field("When it was published.")


@graphql_input
class PersonOrder:
    """The order of people. Nulls come last in both directions; ties are broken by id."""

    field: PersonOrderField = strawberry.field(description="What people are ordered by.")
    direction: Direction = default_field(Direction.ASC, "Which end comes first.")


@graphql_input
class EventOrder:
    """The order of events. Nulls come last in both directions; ties are broken by id."""

    field: EventOrderField = strawberry.field(description="What events are ordered by.")
    direction: Direction = default_field(Direction.ASC, "Which end comes first.")
