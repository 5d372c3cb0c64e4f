"""What each kind of record can say: its properties, links and parts.

A record kind is data; validators, constraints, the projection, the compiler and the data dictionary are derived from it. Names are
those of the seed files. ``key`` is the same word as a property in Neo4j, ``field`` the same word in GraphQL.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from graph_api.ontology import vocabulary as words
from graph_api.ontology.names import Label, Rel
from graph_api.ontology.vocabulary import EventKind, event_type
from graph_api.values.checksums import SHA256
from graph_api.values.countries import COUNTRY
from graph_api.values.dates import DATE
from graph_api.values.days import DAY
from graph_api.values.flags import FLAG
from graph_api.values.languages import LANGUAGE
from graph_api.values.links import LINK
from graph_api.values.names import NAME
from graph_api.values.offences import OFFENCE
from graph_api.values.quantities import QUANTITY
from graph_api.values.sentences import SENTENCE
from graph_api.values.text import TEXT
from graph_api.values.urls import URL
from graph_api.values.value_type import ValueType
from graph_api.values.words import word_type


@dataclass(frozen=True, slots=True)
class Property:
    """A property of a record. The ``many`` values of different claims are united; of single values one is shown.

    ``exclusive`` declares whether differing values contradict each other, so that the property is disputed. Undeclared, they do,
    unless the value type is free text.
    """

    name: str
    value_type: ValueType
    many: bool = False
    required: bool = False
    rel: Rel | None = None
    targets: tuple[str, ...] = ()
    exclusive: bool | None = None

    @property
    def is_link(self) -> bool:
        """Whether its values are the ids of other records."""
        return self.value_type is LINK

    @property
    def is_exclusive(self) -> bool:
        """Whether differing values contradict each other."""
        return not self.value_type.is_free_text if self.exclusive is None else self.exclusive

    @property
    def vocabulary(self) -> type[StrEnum] | None:
        """The closed list of its words; None where it takes no words of a list."""
        return self.value_type.vocabulary

    @property
    def key(self) -> str:
        """The name as a Neo4j property."""
        return self.name.replace("-", "_")

    @property
    def field(self) -> str:
        """The name as a GraphQL field."""
        head, *rest = self.name.split("-")
        return head + "".join(word.capitalize() for word in rest)


def text(name: str, *, many: bool = False, required: bool = False) -> Property:
    """Make a property of plain words."""
    return Property(name, TEXT, many=many, required=required)


def word(name: str, vocabulary: type[StrEnum], *, required: bool = False) -> Property:
    """Make a property that takes one word of a closed list."""
    return Property(name, word_type(vocabulary), required=required)


def link(name: str, rel: Rel, *targets: str, many: bool = False) -> Property:
    """Make a property that names one or ``many`` other records of the ``targets`` kinds."""
    return Property(name, LINK, many=many, rel=rel, targets=targets)


ACTORS: Final = ("person", "organization", "state")
SUBJECTS: Final = ("person", "group")
ANY: Final = ("person", "group", "organization", "state", "place", "site", "event", "figure")


@dataclass(frozen=True, slots=True)
class NestedRecord:
    """A part of a record with its own evidence: somebody's part in an event, an office held, control of a place.

    ``identity`` names the properties that tell one part of a record from another; the id of a part is made of them.
    """

    name: str
    properties: tuple[Property, ...]
    identity: tuple[str, ...]

    def find(self, name: str) -> Property | None:
        """Return the property of that name, if there is one."""
        return next((p for p in self.properties if p.name == name), None)


PARTICIPANTS: Final = NestedRecord(
    "participants",
    (
        Property("who", LINK, required=True, rel=Rel.TOOK_PART, targets=("person", "group", "organization", "state")),
        word("role", words.Role),
        Property("side", LINK, targets=ACTORS),
        Property("alleged", FLAG),
        Property("age", QUANTITY),
        text("note"),
    ),
    identity=("role", "who"),
)
SIDES: Final = NestedRecord(
    "sides",
    (
        Property("to", LINK, required=True, rel=Rel.SIDE, targets=ACTORS),
        Property("from", LINK, targets=ACTORS),
    ),
    identity=("to",),
)
POSITIONS: Final = NestedRecord(
    "positions",
    (
        Property("title", TEXT, required=True),
        Property("of", LINK, rel=Rel.OF, targets=ACTORS),
        Property("from", DATE),
        Property("until", DATE),
    ),
    identity=("title", "of"),
)
CONTROL: Final = NestedRecord(
    "control",
    (
        Property("by", COUNTRY, required=True),
        Property("from", DATE),
        Property("until", DATE),
    ),
    identity=("by", "from"),
)


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
        return tuple(p.name for p in self.properties) + tuple(p.name for p in self.parts)


NAMES: Final = (text("name", required=True), Property("names", NAME, many=True))
DESCRIPTION: Final = text("description")

_EVENT: Final = (
    word("kind", EventKind, required=True),
    text("title"),
    Property("date", DATE),
    Property("until", DATE),
    DESCRIPTION,
    link("sites", Rel.AT, "site", many=True),
    link("places", Rel.IN, "place", many=True),
    link("about", Rel.ABOUT, *ANY, many=True),
    link("part-of", Rel.PART_OF, "event"),
    link("after", Rel.FOLLOWS, "event", many=True),
)
_COURT: Final = link("court", Rel.COURT, "organization")
_OFFENCES: Final = Property("offences", OFFENCE, many=True)
_ABSENT: Final = Property("in-absentia", FLAG)
_CLOSED: Final = Property("closed", FLAG)
_TRIAL: Final = link("trial", Rel.TRIAL, "event/TRIAL")
_SENTENCE: Final = Property("sentence", SENTENCE)

EVENT_PROPERTIES: Final[dict[str, tuple[Property, ...]]] = {
    "Detention": (text("stated-reason"), Property("incommunicado", FLAG)),
    "Transfer": (
        link("from-site", Rel.FROM_SITE, "site"),
        link("to-site", Rel.TO_SITE, "site"),
        link("from-place", Rel.FROM_PLACE, "place"),
        link("to-place", Rel.TO_PLACE, "place"),
    ),
    "Charge": (_OFFENCES, link("authority", Rel.AUTHORITY, "organization")),
    "Ruling": (_COURT, _OFFENCES, _TRIAL, _ABSENT),
    "Trial": (_COURT, _OFFENCES, _CLOSED, _ABSENT, link("outcome", Rel.OUTCOME, "event")),
    "Conviction": (_COURT, _OFFENCES, _SENTENCE, _CLOSED, _ABSENT, _TRIAL),
    "Appeal": (_COURT, link("of", Rel.OF, "event"), word("result", words.AppealResult), _SENTENCE),
    "Exchange": (link("agreement", Rel.AGREEMENT, "event"),),
    "Release": (word("ground", words.ReleaseGround), link("from-site", Rel.FROM_SITE, "site")),
    "GenericEvent": (),
}
"""What the kinds of events of one GraphQL type say beyond what every event says."""


def event_kind(kind: EventKind) -> Kind:
    """Return what one kind of event can say."""
    of_type = event_type(kind)
    parts = (PARTICIPANTS, SIDES) if of_type == "Exchange" else (PARTICIPANTS,)
    return Kind("event", "events", Label.EVENT, _EVENT + EVENT_PROPERTIES[of_type], parts)


KINDS: Final[tuple[Kind, ...]] = (
    Kind(
        "source",
        "sources",
        Label.SOURCE,
        (
            text("title", required=True),
            word("kind", words.SourceKind, required=True),
            link("publisher", Rel.PUBLISHER, "organization"),
            text("author"),
            Property("url", URL),
            Property("language", LANGUAGE),
            Property("published", DATE),
            Property("retrieved", DAY),
            Property("sha256", SHA256),
            link("derived-from", Rel.DERIVED_FROM, "source", many=True),
            Property("origin-checked", FLAG),
            text("note"),
        ),
    ),
    Kind(
        "person",
        "people",
        Label.PERSON,
        (
            *NAMES,
            word("category", words.PersonCategory),
            word("sex", words.Sex),
            Property("born", DATE),
            Property("nationalities", COUNTRY, many=True),
            text("occupations", many=True),
            text("tags", many=True),
            DESCRIPTION,
        ),
        (POSITIONS,),
        is_actor=True,
    ),
    Kind(
        "group",
        "groups",
        Label.GROUP,
        (
            text("name", required=True),
            Property("size", QUANTITY),
            word("category", words.PersonCategory),
            word("sex", words.Sex),
            DESCRIPTION,
            link("members", Rel.MEMBER, "person", many=True),
        ),
    ),
    Kind(
        "organization",
        "organizations",
        Label.ORGANIZATION,
        (
            *NAMES,
            word("kind", words.OrganizationKind, required=True),
            word("standing", words.Standing),
            Property("country", COUNTRY),
            link("place", Rel.IN, "place"),
            DESCRIPTION,
        ),
        (POSITIONS,),
        is_actor=True,
    ),
    Kind(
        "state",
        "states",
        Label.STATE,
        (*NAMES, Property("code", COUNTRY, required=True)),
        (POSITIONS,),
        is_actor=True,
    ),
    Kind(
        "place",
        "places",
        Label.PLACE,
        (
            *NAMES,
            word("kind", words.PlaceKind, required=True),
            link("within", Rel.WITHIN, "place"),
            Property("country", COUNTRY),
        ),
        (CONTROL,),
    ),
    Kind(
        "site",
        "sites",
        Label.SITE,
        (
            *NAMES,
            word("kind", words.SiteKind, required=True),
            Property("specific", FLAG),
            link("may-be", Rel.MAY_BE, "site", many=True),
            link("place", Rel.IN, "place"),
        ),
        (CONTROL,),
    ),
    Kind("event", "events", Label.EVENT, _EVENT, (PARTICIPANTS,)),
    Kind(
        "figure",
        "figures",
        Label.FIGURE,
        (
            text("measure", required=True),
            Property("quantity", QUANTITY, required=True),
            word("category", words.PersonCategory),
            word("sex", words.Sex),
            Property("nationality", COUNTRY),
            link("side", Rel.FIGURE_SIDE, *ACTORS),
            Property("as-of", DATE),
            Property("from", DATE),
            Property("until", DATE),
            link("about", Rel.ABOUT, *ANY, many=True),
            link("total", Rel.TOTAL, "figure"),
            link("includes", Rel.INCLUDES, *ANY, many=True),
            link("excludes", Rel.EXCLUDES, *ANY, many=True),
            link("unclear", Rel.UNCLEAR, *ANY, many=True),
        ),
    ),
)
"""All kinds of records, in the order of their sections in a seed file."""
