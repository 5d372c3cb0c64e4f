"""What each kind of record can say: its properties, links and parts.

A record kind is data; validators, constraints, the projection, the compiler and the data dictionary are derived from it. Names are
those of the seed files. ``key`` is the same word as a property in Neo4j, ``field`` the same word in GraphQL.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from typing import Final

from graph_api.ontology import vocabulary as words
from graph_api.ontology.names import Label, Rel
from graph_api.ontology.vocabulary import EventKind, event_type


class Shape(Enum):
    """What sort of value a property holds, and so how it is read, stored and compared."""

    TEXT = auto()
    FLAG = auto()
    DATE = auto()  # an EDTF point: model.dates.When
    DAY = auto()  # YYYY-MM-DD
    WORD = auto()  # of a closed vocabulary
    COUNTRY = auto()  # ISO 3166-1 alpha-2
    LANGUAGE = auto()  # BCP-47
    URL = auto()
    SHA256 = auto()
    QUANTITY = auto()
    SENTENCE = auto()
    OFFENCE = auto()
    NAME = auto()
    LINK = auto()  # the id of another record


@dataclass(frozen=True, slots=True)
class Property:
    """One thing that a record can say. ``many`` values of different claims are united, single ones compete."""

    name: str
    shape: Shape
    many: bool = False
    required: bool = False
    vocabulary: type[StrEnum] | None = None
    rel: Rel | None = None
    targets: tuple[str, ...] = ()

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
    return Property(name, Shape.TEXT, many=many, required=required)


def word(name: str, vocabulary: type[StrEnum], *, required: bool = False) -> Property:
    """Make a property that takes one word of a closed list."""
    return Property(name, Shape.WORD, vocabulary=vocabulary, required=required)


def link(name: str, rel: Rel, *targets: str, many: bool = False) -> Property:
    """Make a property that names one or ``many`` other records of the ``targets`` kinds."""
    return Property(name, Shape.LINK, many=many, rel=rel, targets=targets)


ACTORS: Final = ("person", "organization", "state")
SUBJECTS: Final = ("person", "group")
ANY: Final = ("person", "group", "organization", "state", "place", "site", "event", "figure")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a record with its own evidence: somebody's part in an event, an office held, control of a place.

    ``identity`` names the properties that tell one part of a record from another; the id of a part is made of them.
    """

    name: str
    properties: tuple[Property, ...]
    identity: tuple[str, ...]

    def find(self, name: str) -> Property | None:
        """Return the property of that name, if there is one."""
        return next((p for p in self.properties if p.name == name), None)


PARTICIPANTS: Final = Part(
    "participants",
    (
        Property(
            "who", Shape.LINK, required=True, rel=Rel.TOOK_PART, targets=("person", "group", "organization", "state")
        ),
        word("role", words.Role),
        Property("side", Shape.LINK, targets=ACTORS),
        Property("alleged", Shape.FLAG),
        Property("age", Shape.QUANTITY),
        text("note"),
    ),
    identity=("role", "who"),
)
SIDES: Final = Part(
    "sides",
    (
        Property("to", Shape.LINK, required=True, rel=Rel.SIDE, targets=ACTORS),
        Property("from", Shape.LINK, targets=ACTORS),
    ),
    identity=("to",),
)
POSITIONS: Final = Part(
    "positions",
    (
        Property("title", Shape.TEXT, required=True),
        Property("of", Shape.LINK, rel=Rel.OF, targets=ACTORS),
        Property("from", Shape.DATE),
        Property("until", Shape.DATE),
    ),
    identity=("title", "of"),
)
CONTROL: Final = Part(
    "control",
    (
        Property("by", Shape.COUNTRY, required=True),
        Property("from", Shape.DATE),
        Property("until", Shape.DATE),
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
    parts: tuple[Part, ...] = ()
    is_actor: bool = False

    def find(self, name: str) -> Property | None:
        """Return the property of that name, if there is one."""
        return next((p for p in self.properties if p.name == name), None)

    def part(self, name: str) -> Part | None:
        """Return the part of that name, if there is one."""
        return next((p for p in self.parts if p.name == name), None)

    @property
    def words(self) -> tuple[str, ...]:
        """Every key that a record of this kind may have besides those of evidence."""
        return tuple(p.name for p in self.properties) + tuple(p.name for p in self.parts)


NAMES: Final = (text("name", required=True), Property("names", Shape.NAME, many=True))
DESCRIPTION: Final = text("description")

_EVENT: Final = (
    word("kind", EventKind, required=True),
    text("title"),
    Property("date", Shape.DATE),
    Property("until", Shape.DATE),
    DESCRIPTION,
    link("sites", Rel.AT, "site", many=True),
    link("places", Rel.IN, "place", many=True),
    link("about", Rel.ABOUT, *ANY, many=True),
    link("part-of", Rel.PART_OF, "event"),
    link("after", Rel.FOLLOWS, "event", many=True),
)
_COURT: Final = link("court", Rel.COURT, "organization")
_OFFENCES: Final = Property("offences", Shape.OFFENCE, many=True)
_ABSENT: Final = Property("in-absentia", Shape.FLAG)
_CLOSED: Final = Property("closed", Shape.FLAG)
_TRIAL: Final = link("trial", Rel.TRIAL, "event/TRIAL")
_SENTENCE: Final = Property("sentence", Shape.SENTENCE)

EVENT_PROPERTIES: Final[dict[str, tuple[Property, ...]]] = {
    "Detention": (text("stated-reason"), Property("incommunicado", Shape.FLAG)),
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
            Property("url", Shape.URL),
            Property("language", Shape.LANGUAGE),
            Property("published", Shape.DATE),
            Property("retrieved", Shape.DAY),
            Property("sha256", Shape.SHA256),
            link("derived-from", Rel.DERIVED_FROM, "source", many=True),
            Property("origin-checked", Shape.FLAG),
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
            Property("born", Shape.DATE),
            Property("nationalities", Shape.COUNTRY, many=True),
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
            Property("size", Shape.QUANTITY),
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
            Property("country", Shape.COUNTRY),
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
        (*NAMES, Property("code", Shape.COUNTRY, required=True)),
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
            Property("country", Shape.COUNTRY),
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
            Property("specific", Shape.FLAG),
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
            Property("quantity", Shape.QUANTITY, required=True),
            word("category", words.PersonCategory),
            word("sex", words.Sex),
            Property("nationality", Shape.COUNTRY),
            link("side", Rel.FIGURE_SIDE, *ACTORS),
            Property("as-of", Shape.DATE),
            Property("from", Shape.DATE),
            Property("until", Shape.DATE),
            link("about", Rel.ABOUT, *ANY, many=True),
            link("total", Rel.TOTAL, "figure"),
            link("includes", Rel.INCLUDES, *ANY, many=True),
            link("excludes", Rel.EXCLUDES, *ANY, many=True),
            link("unclear", Rel.UNCLEAR, *ANY, many=True),
        ),
    ),
)
"""All kinds of records, in the order of their sections in a seed file."""
