"""What each kind of record can state: its properties, links and nested records.

A record kind is data; validators, constraints, the projection, the compiler, the descriptions of the API and the data dictionary are
derived from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from graph_api.ontology import vocabulary as words
from graph_api.ontology.event_types import EVENT_PROPERTIES, EVENT_TYPE_OF, event_properties
from graph_api.ontology.names import Label, Rel
from graph_api.ontology.properties import (
    ACTORS,
    ANY,
    CONTROL,
    FORMER_IDS,
    PARTICIPANTS,
    POSITIONS,
    NestedRecord,
    Property,
    link,
    text,
    word,
)
from graph_api.ontology.vocabulary import EventKind
from graph_api.values.checksums import SHA256
from graph_api.values.countries import COUNTRY
from graph_api.values.dates import DATE
from graph_api.values.days import DAY
from graph_api.values.flags import FLAG
from graph_api.values.languages import LANGUAGE
from graph_api.values.names import NAME
from graph_api.values.points import POINT
from graph_api.values.quantities import QUANTITY
from graph_api.values.urls import URL


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: its section in seed files, its label, what it can say."""

    name: str
    section: str
    label: Label
    properties: tuple[Property, ...]
    parts: tuple[NestedRecord, ...] = ()
    is_actor: bool = False

    def find(self, name: str) -> Property | None:
        """Return the property of that name, if there is one."""
        return next((p for p in self.properties if p.name == name), None)

    def part(self, name: str) -> NestedRecord | None:
        """Return the part of that name, if there is one."""
        return next((p for p in self.parts if p.name == name), None)

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key that a record of this kind may have besides those of evidence."""
        return tuple(p.name for p in self.properties if not p.judged) + tuple(p.name for p in self.parts)


NAMES: Final = (
    text("name", "The name that is shown.", required=True),
    Property("names", NAME, "Every name that sources use, in every script and spelling.", many=True),
)


def event_kind(kind: EventKind) -> Kind:
    """Return what one kind of event can state."""
    declared = EVENT_TYPE_OF[kind]
    return Kind("event", "events", Label.EVENT, event_properties(kind), declared.nested)


KINDS: Final[tuple[Kind, ...]] = (
    Kind(
        "source",
        "sources",
        Label.SOURCE,
        (
            text("title", "The title as published.", required=True),
            word("kind", words.SourceKind, "What sort of publication it is.", required=True),
            link("publisher", Rel.PUBLISHER, ("organization",), "The organization that published it."),
            text("author", "Who wrote it, as named in it."),
            Property("url", URL, "Where it was read."),
            text("carried-by", "Where the text was read, when that is not the publisher's own site."),
            Property("archived", URL, "Where a copy is archived."),
            Property("language", LANGUAGE, "The language that it is in, as a BCP-47 tag."),
            Property("published", DATE, "When it was published; null where it does not say."),
            Property("retrieved", DAY, "The day on which somebody of the project read it."),
            Property("sha256", SHA256, "The SHA-256 of the archived text, in lower-case hexadecimal digits."),
            link(
                "derived-from",
                Rel.DERIVED_FROM,
                ("source",),
                "The sources that this one repeats; it adds no origin to theirs.",
                many=True,
            ),
            Property("origin-checked", FLAG, "Whether anybody has looked at which sources it repeats.", default=False),
            text("note", "A remark on the source, such as that the page showed no date."),
        ),
    ),
    Kind(
        "person",
        "people",
        Label.PERSON,
        (
            *NAMES,
            word(
                "category",
                words.PersonCategory,
                "Civilian or prisoner of war; null for people who were never detained.",
            ),
            word("sex", words.Sex, "The sex that sources give.", default=words.Sex.UNKNOWN),
            Property("born", DATE, "When the person was born; null where no source says."),
            Property(
                "nationalities",
                COUNTRY,
                "The nationalities that sources give, as ISO 3166-1 alpha-2 codes.",
                many=True,
            ),
            text("occupations", "Free words of the sources: journalist, civic activist, priest.", many=True),
            text("tags", "Words by which the project groups people.", many=True),
            text("description", "A few sentences about the person."),
            link(
                "maybe-same",
                Rel.MAYBE_SAME,
                ("person",),
                "People of whom nobody can say yet whether they are this person; only where both are public by name.",
                many=True,
            ),
            FORMER_IDS,
        ),
        (POSITIONS,),
        is_actor=True,
    ),
    Kind(
        "group",
        "groups",
        Label.GROUP,
        (
            text("name", "What the group is called here.", required=True),
            Property(
                "names", NAME, "What the group is called here in other languages; no source gives it a name.", many=True
            ),
            Property("size", QUANTITY, "How many people, as the sources word it; null where none says."),
            word("category", words.PersonCategory, "Civilians or prisoners of war; null where no source says."),
            word(
                "sex",
                words.Sex,
                "The sex that sources give, where it is the same for all.",
                default=words.Sex.UNKNOWN,
            ),
            text("description", "What sources say of the group."),
            link(
                "members",
                Rel.MEMBER,
                ("person",),
                "The people known by name who are reported to belong to it.",
                many=True,
            ),
            FORMER_IDS,
        ),
    ),
    Kind(
        "organization",
        "organizations",
        Label.ORGANIZATION,
        (
            *NAMES,
            word("kind", words.OrganizationKind, "What the organization is.", required=True),
            word(
                "standing",
                words.Standing,
                "On whose ground a court or authority acts. Recording its act recognises neither it nor its findings.",
                default=words.Standing.UNSTATED,
            ),
            Property("country", COUNTRY, "The state that it belongs to, as an ISO 3166-1 alpha-2 code."),
            link("place", Rel.IN, ("place",), "Where it has its seat."),
            text("description", "What the organization is, in a few words."),
            FORMER_IDS,
        ),
        (POSITIONS,),
        is_actor=True,
    ),
    Kind(
        "state",
        "states",
        Label.STATE,
        (*NAMES, Property("code", COUNTRY, "The state's ISO 3166-1 alpha-2 code.", required=True), FORMER_IDS),
        (POSITIONS,),
        is_actor=True,
    ),
    Kind(
        "place",
        "places",
        Label.PLACE,
        (
            *NAMES,
            word("kind", words.PlaceKind, "How large the place is.", required=True),
            Property(
                "point",
                POINT,
                "The centre of a settlement, in WGS 84; null for regions and where no source gives it.",
            ),
            link("within", Rel.WITHIN, ("place",), "The next larger place in which it lies."),
            Property(
                "country",
                COUNTRY,
                "The state that it belongs to in international law, as an ISO 3166-1 alpha-2 code, whoever holds the ground.",
            ),
            FORMER_IDS,
        ),
        (CONTROL,),
    ),
    Kind(
        "site",
        "sites",
        Label.SITE,
        (
            *NAMES,
            word("kind", words.SiteKind, "What the site is used as.", required=True),
            Property(
                "specific",
                FLAG,
                "Whether sources name one site. False where they say 'a SIZO in Rostov': nobody is ever held together there for all "
                "dates.",
                default=True,
            ),
            link(
                "may-be",
                Rel.MAY_BE,
                ("site",),
                "The specific sites that this one may be, according to the sources.",
                many=True,
            ),
            link("place", Rel.IN, ("place",), "The place where it is."),
            FORMER_IDS,
        ),
        (CONTROL,),
    ),
    Kind("event", "events", Label.EVENT, EVENT_PROPERTIES, (PARTICIPANTS,)),
    Kind(
        "figure",
        "figures",
        Label.FIGURE,
        (
            text(
                "measure",
                "What is measured, as a controlled word: freed, held, missing, convicted, verified, sites-found, bodies-returned and "
                "so on.",
                required=True,
            ),
            Property("quantity", QUANTITY, "The number, as the speaker words it.", required=True),
            word(
                "category",
                words.PersonCategory,
                "The category of the people counted; null where it is not limited to one.",
            ),
            word("sex", words.Sex, "The sex of the people counted; null where it is not limited to one."),
            Property(
                "nationality",
                COUNTRY,
                "The nationality of the people counted, as an ISO 3166-1 alpha-2 code; null where it is not limited to one.",
            ),
            link("side", Rel.FIGURE_SIDE, ACTORS, "The side to which people were handed over."),
            Property("as-of", DATE, "The day for which it holds, for a running total."),
            Property("from", DATE, "The beginning of the time for which it holds."),
            Property("until", DATE, "The end of the time for which it holds."),
            link("about", Rel.ABOUT, ANY, "The records that it is about.", many=True),
            link("total", Rel.TOTAL, ("figure",), "The figure of which it is a part."),
            Property(
                "parts-complete",
                FLAG,
                "Whether the parts are said to be all of it; null where no source says.",
            ),
            link("includes", Rel.INCLUDES, ANY, "What it says that it counts.", many=True),
            link("excludes", Rel.EXCLUDES, ANY, "What it says that it does not count.", many=True),
            link("unclear", Rel.UNCLEAR, ANY, "What it leaves unclear whether it counts.", many=True),
            FORMER_IDS,
        ),
    ),
)
"""All kinds of records, in the order of their sections in a seed file."""
