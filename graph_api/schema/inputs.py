"""The filters and orders of the contract: what a caller may ask of each kind of record.

Everything inside one filter has to hold at once. An explicit null means the same as leaving a field out. A field of a filter declares its
predicate (``where``) and its cost beside its description; ``FILTERS`` hands the predicates to the compiler.
"""

from typing import Final

import strawberry

from graph_api.compiler import date_filters as when
from graph_api.compiler import filters as where
from graph_api.compiler.claim_properties import EVENT_TYPE_NAMES, any_property
from graph_api.compiler.ir import Hop
from graph_api.ontology.names import MAX_PLACE_DEPTH, PLACES_OF_EVENTS, SITES_OF_EVENTS, Rel
from graph_api.schema.decorators import conditions_of, default_field, filter_field, graphql_input, optional_field
from graph_api.schema.enums import (
    Custody,
    DateCertainty,
    EventKind,
    LegalState,
    Occurrence,
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
from graph_api.schema.scalars import Duration
from graph_api.schema.value_inputs import CategoryFilter, IDFilter, NumberFilter, TextFilter, WhenFilter
from graph_api.values.countries import parse_country

CITED: Final = Hop((Rel.CITES,), forward=True, label="Source")


@graphql_input
class PersonFilter:
    """Asks for people known by name."""

    and_: list["PersonFilter"] | None = filter_field(
        "Every one of these filters matches.", name="and", where=where.all_of("PersonFilter")
    )
    or_: list["PersonFilter"] | None = filter_field(
        "At least one of these filters matches.", name="or", where=where.any_of("PersonFilter")
    )
    not_: "PersonFilter | None" = filter_field(
        "This filter does not match.", name="not", where=where.none_of("PersonFilter")
    )
    id: IDFilter | None = filter_field("The person's id.", where=where.has_id())
    name: TextFilter | None = filter_field(
        "Any of the person's names, in any script and spelling.", where=where.matches_name()
    )
    category: CategoryFilter | None = filter_field(
        "Whether sources speak of a civilian or of a prisoner of war.", where=where.category
    )
    sex: Sex | None = filter_field("The sex that is shown.", where=where.equals("sex", unstated="UNKNOWN"))
    tag: str | None = filter_field("The person has this tag.", where=where.has("tags"))
    occupation: TextFilter | None = filter_field(
        "One of the person's occupations, in the words of the sources.", where=where.matches_text(None, "occupations")
    )
    nationality: str | None = filter_field(
        "One of the person's nationalities, as an ISO 3166-1 alpha-2 code.",
        where=where.has("nationalities", parse=parse_country),
    )
    born: WhenFilter | None = filter_field("When the person was born.", where=when.date("born"))
    custody: Custody | None = filter_field(
        "Whether the person was in custody, as last reported (type Status).",
        where=where.equals("custody", unstated="UNKNOWN"),
    )
    legal: LegalState | None = filter_field(
        "The last step of proceedings that sources report (type Status).",
        where=where.equals("legal", unstated="UNKNOWN"),
    )
    custody_reported: WhenFilter | None = filter_field(
        "The last possible day of the last report of whether the person was held.", where=when.day("custody_reported")
    )
    source: IDFilter | None = filter_field(
        "The record of the person rests on this source, perhaps among others.", where=where.reaches(CITED)
    )
    source_count: NumberFilter | None = filter_field(
        "On how many different sources the record of the person rests.", where=where.counts(CITED)
    )
    disputed: bool | None = filter_field(
        "Whether sources cannot all be right about some property of the person.", where=where.disputed
    )
    disputed_property: str | None = filter_field(
        "Sources cannot all be right about this property, by its name in seed files or in this API.",
        where=where.has("disputed", parse=any_property("Person")),
    )
    group: IDFilter | None = filter_field(
        "The person is reported to belong to this group.",
        where=where.reaches(Hop((Rel.MEMBER,), forward=False, label="Group")),
    )
    some_event: "EventMatch | None" = filter_field("At least one event matches.", cost=5, where=where.event)
    no_event: "EventMatch | None" = filter_field(
        "No event in the loaded sources matches. That does not mean that nothing happened.",
        cost=5,
        where=where.no_event,
    )
    history: "HistoryFilter | None" = filter_field(
        "Different events of the person happened in this order.", where=where.history
    )


@graphql_input
class GroupFilter:
    """Asks for groups of people whom sources count or describe but do not name."""

    id: IDFilter | None = filter_field("The group's id.", where=where.has_id())
    name: TextFilter | None = filter_field("What the group is called.", where=where.matches_name())
    category: CategoryFilter | None = filter_field(
        "Whether sources speak of civilians or of prisoners of war.", where=where.category
    )
    some_event: "EventMatch | None" = filter_field("At least one event matches.", cost=5, where=where.event)
    no_event: "EventMatch | None" = filter_field(
        "No event in the loaded sources matches. That does not mean that nothing happened.",
        cost=5,
        where=where.no_event,
    )
    history: "HistoryFilter | None" = filter_field(
        "Different events of the group happened in this order.", where=where.history
    )


@graphql_input
class EventMatch:
    """An event in which the record has a certain role."""

    role: Role | None = default_field(Role.SUBJECT, "The role that the record has in the event.")
    where: "EventFilter | None" = optional_field("What else is asked of the event.")


@graphql_input
class HistoryFilter:
    """Asks for different events in this order.

    Events of one day count as ordered only with sameDay, or where a source states the order.
    """

    steps: list["StepInput"] = strawberry.field(description="The events in their order, one after another.")
    holds: DateCertainty | None = default_field(
        DateCertainty.FOR_SOME_DATES, "Whether the order has to hold whatever the days are, or for some choice of days."
    )
    same_day: bool | None = default_field(default=False, description="Whether two steps may fall on the same day.")


@graphql_input
class StepInput:
    """One event of a sequence."""

    kind: EventKind = strawberry.field(description="The kind of the event.")
    role: Role | None = default_field(Role.SUBJECT, "The role that the subject of the sequence has in the event.")
    where: "EventFilter | None" = optional_field("What else is asked of the event.")
    within: Duration | None = optional_field("The event is not later than this after the step before.")


@graphql_input
class EventFilter:
    """Asks for events, whoever took part in them."""

    occurrence: Occurrence | None = filter_field(
        "Wherever events are matched, listed or counted, those that are only announced are left out unless this asks for them. Read once, "
        "at the outermost EventFilter; below `and`, `or` and `not` it is an error. A record asked for by id is found either way.",
        default=Occurrence.REPORTED,
        cost=0,
        where=where.occurrence,
    )

    and_: list["EventFilter"] | None = filter_field(
        "Every one of these filters matches.", name="and", where=where.all_of("EventFilter")
    )
    or_: list["EventFilter"] | None = filter_field(
        "At least one of these filters matches.", name="or", where=where.any_of("EventFilter")
    )
    not_: "EventFilter | None" = filter_field(
        "This filter does not match.", name="not", where=where.none_of("EventFilter")
    )
    id: IDFilter | None = filter_field("The event's id.", where=where.has_id())
    kind: EventKind | None = filter_field("The event is of this kind.", where=where.kind)
    kinds: list[EventKind] | None = filter_field("The event is of one of these kinds.", where=where.kinds)
    date: WhenFilter | None = filter_field("When the event happened, or began.", where=when.bounded_date("date"))
    during: WhenFilter | None = filter_field(
        "The time from the event's date to its end overlaps this.", where=when.bounded_date("date", "until")
    )
    participant: IDFilter | None = filter_field(
        "Somebody took part in the event, in any role, or it names them as its court or authority.",
        where=where.reaches(where.acted()),
    )
    mediator: IDFilter | None = filter_field(
        "This actor mediated the event, according to at least one source.",
        where=where.reaches(where.participants(Role.MEDIATOR.value)),
    )
    handed_to: IDFilter | None = filter_field("Somebody was handed over to this actor.", where=where.handed_to)
    site: IDFilter | None = filter_field(
        "The event is reported to have happened at this site.",
        where=where.reaches(Hop(SITES_OF_EVENTS, forward=True, label="Site")),
    )
    place: IDFilter | None = filter_field(
        "The event is reported at this place, or at any place or site within it.",
        cost=5,
        where=where.reaches(Hop(PLACES_OF_EVENTS, forward=True, label="Place", max_length=MAX_PLACE_DEPTH)),
    )
    court: IDFilter | None = filter_field(
        "This court decided.", where=where.reaches(Hop((Rel.COURT,), forward=True, label="Organization"))
    )
    standing: Standing | None = filter_field(
        "The court or authority that acted has this standing.", where=where.standing_of_court
    )
    offence: TextFilter | None = filter_field(
        "The controlled word of an offence, such as ESPIONAGE.",
        where=where.matches_text(None, "offence_codes", "offence_texts"),
    )
    article: TextFilter | None = filter_field(
        "The article of an offence, such as 'RU-UK 276'.", where=where.matches_text(None, "offence_articles")
    )
    sentence_years: NumberFilter | None = filter_field(
        "The pronounced term in years. LIFE matches every gte; an unstated sentence matches none.",
        where=where.sentence_years,
    )
    in_absentia: bool | None = filter_field(
        "Whether the person was reported absent from the proceedings.", where=where.is_true("in_absentia")
    )
    ground: ReleaseGround | None = filter_field("The ground on which somebody was let go.", where=where.ground)
    part_of: IDFilter | None = filter_field(
        "The event is part of this event.", where=where.reaches(Hop((Rel.PART_OF,), forward=True, label="Event"))
    )
    source: IDFilter | None = filter_field(
        "The event rests on this source, perhaps among others.", where=where.reaches(CITED)
    )
    source_kind: SourceKind | None = filter_field(
        "The event rests on at least one source of this kind.", where=where.reaches_property(CITED, "kind")
    )
    source_count: NumberFilter | None = filter_field(
        "On how many different sources the event rests.", where=where.counts(CITED)
    )
    disputed: bool | None = filter_field(
        "Whether sources cannot all be right about some property of the event.", where=where.disputed
    )
    disputed_property: str | None = filter_field(
        "Sources cannot all be right about this property, by its name in seed files or in this API.",
        where=where.has("disputed", parse=any_property(*EVENT_TYPE_NAMES)),
    )
    about: IDFilter | None = filter_field(
        "The event, such as a statement, resolution, report or warrant, is about this record.",
        where=where.reaches(Hop((Rel.ABOUT,), forward=True)),
    )
    from_site: IDFilter | None = filter_field(
        "Somebody was taken away or let go from this site.",
        where=where.reaches(Hop((Rel.FROM_SITE,), forward=True, label="Site")),
    )
    to_site: IDFilter | None = filter_field(
        "Somebody was taken to this site.", where=where.reaches(Hop((Rel.TO_SITE,), forward=True, label="Site"))
    )
    known_from: WhenFilter | None = filter_field(
        "When the first source of it was known.", where=when.known_from("since")
    )


@graphql_input
class FigureFilter:
    """Asks for numbers that sources state."""

    id: IDFilter | None = filter_field("The figure's id.", where=where.has_id())
    measure: TextFilter | None = filter_field(
        "What is measured, such as held or missing.", where=where.matches_text("measure")
    )
    unit: Unit | None = filter_field("What is counted.", where=where.equals("quantity_unit"))
    about: IDFilter | None = filter_field(
        "The record that the figure is about.", where=where.reaches(Hop((Rel.ABOUT,), forward=True))
    )
    side: IDFilter | None = filter_field(
        "The side to which people were handed over.", where=where.reaches(Hop((Rel.FIGURE_SIDE,), forward=True))
    )
    category: PersonCategory | None = filter_field(
        "The category of the people counted.", where=where.equals("category")
    )
    sex: Sex | None = filter_field("The sex of the people counted.", where=where.equals("sex"))
    said_by: IDFilter | None = filter_field(
        "The actor according to whom it is so.", where=where.reaches(Hop((Rel.SAID_BY,), forward=True))
    )
    source: IDFilter | None = filter_field("The source that states it.", where=where.reaches(CITED))
    as_of: WhenFilter | None = filter_field("The day for which a running total holds.", where=when.date("as_of"))
    during: WhenFilter | None = filter_field(
        "The figure counts over a span that overlaps this, or holds for a day in it. A span without an end ends on the day for which it holds.",
        where=when.span_or_day("from", "until", "as_of"),
    )


@graphql_input
class SiteFilter:
    """Asks for sites of detention."""

    and_: list["SiteFilter"] | None = filter_field(
        "Every one of these filters matches.", name="and", where=where.all_of("SiteFilter")
    )
    or_: list["SiteFilter"] | None = filter_field(
        "At least one of these filters matches.", name="or", where=where.any_of("SiteFilter")
    )
    not_: "SiteFilter | None" = filter_field(
        "This filter does not match.", name="not", where=where.none_of("SiteFilter")
    )
    id: IDFilter | None = filter_field("The site's id.", where=where.has_id())
    name: TextFilter | None = filter_field(
        "Any of the site's names, in any script and spelling.", where=where.matches_name()
    )
    kind: SiteKind | None = filter_field("What the site is used as.", where=where.equals("kind"))
    place: IDFilter | None = filter_field(
        "The site is at this place, or at any place within it.",
        cost=5,
        where=where.reaches(Hop((Rel.IN, Rel.WITHIN), forward=True, label="Place", max_length=MAX_PLACE_DEPTH)),
    )
    controlled_by: str | None = filter_field(
        "At some time the ground was reported held by this state, an ISO 3166-1 alpha-2 code.",
        where=where.reaches_property(Hop((Rel.CONTROLLED,), forward=True, label="Control"), "by", parse=parse_country),
    )
    specific: bool | None = filter_field(
        "Whether sources name one site, or only say what sort of site it was.",
        where=where.is_true_unless_stated("specific"),
    )


@graphql_input
class OrganizationFilter:
    """Asks for organizations, courts and authorities included."""

    id: IDFilter | None = filter_field("The organization's id.", where=where.has_id())
    name: TextFilter | None = filter_field("Any of its names, in any script and spelling.", where=where.matches_name())
    kind: OrganizationKind | None = filter_field("What the organization is.", where=where.equals("kind"))
    standing: Standing | None = filter_field(
        "On whose ground it acts.", where=where.equals("standing", unstated="UNSTATED")
    )
    country: str | None = filter_field(
        "The state that it belongs to, as an ISO 3166-1 alpha-2 code.",
        where=where.equals("country", parse=parse_country),
    )


@graphql_input
class PlaceFilter:
    """Asks for places."""

    id: IDFilter | None = filter_field("The place's id.", where=where.has_id())
    name: TextFilter | None = filter_field(
        "Any of the place's names, in any script and spelling.", where=where.matches_name()
    )
    kind: PlaceKind | None = filter_field("How large the place is.", where=where.equals("kind"))
    within: IDFilter | None = filter_field(
        "The place lies within this place, at any level.",
        where=where.reaches(Hop((Rel.WITHIN,), forward=True, label="Place", max_length=MAX_PLACE_DEPTH)),
    )


@graphql_input
class SourceFilter:
    """Asks for sources."""

    id: IDFilter | None = filter_field("The source's id.", where=where.has_id())
    title: TextFilter | None = filter_field("The source's title.", where=where.matches_name())
    kind: SourceKind | None = filter_field("What sort of publication it is.", where=where.equals("kind"))
    publisher: IDFilter | None = filter_field(
        "The organization that published it.",
        where=where.reaches(Hop((Rel.PUBLISHER,), forward=True, label="Organization")),
    )
    published: WhenFilter | None = filter_field(
        "When it was published.", where=when.date("published", latest="known_from")
    )


FILTERS: Final = where.Filters(
    {
        one.__name__: conditions_of(one)
        for one in (
            PersonFilter,
            GroupFilter,
            EventFilter,
            FigureFilter,
            SiteFilter,
            OrganizationFilter,
            PlaceFilter,
            SourceFilter,
        )
    }
)
"""The condition of every field of every filter on records."""
