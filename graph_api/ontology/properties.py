"""What a property and a nested record are, and the nested records that kinds of records have.

Names are those of the seed files. ``key`` is the same word as a property in Neo4j, ``field`` the same word in GraphQL.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from graph_api.ontology.names import Rel
from graph_api.ontology.vocabulary import Role
from graph_api.values.countries import COUNTRY
from graph_api.values.dates import DATE
from graph_api.values.flags import FLAG
from graph_api.values.links import LINK
from graph_api.values.quantities import QUANTITY
from graph_api.values.text import TEXT
from graph_api.values.value_type import ValueType
from graph_api.values.words import word_type

ACTORS: Final = ("person", "organization", "state")
SUBJECTS: Final = ("person", "group")
ANY: Final = ("person", "group", "organization", "state", "place", "site", "event", "figure")


@dataclass(frozen=True, slots=True)
class Property:
    """A property of a record. The ``many`` values of different claims are united; of single values one is shown.

    ``default`` is the value of the response where no source states one.

    ``exclusive`` declares whether differing values contradict each other, so that the property is disputed. Undeclared, they do,
    unless the value type is free text; lists do where it is declared only, and unless the one contains the other.
    ``judged`` are properties that no source states, only a steward's judgement; seed files have no key for them.
    """

    name: str
    value_type: ValueType
    description: str
    many: bool = False
    required: bool = False
    rel: Rel | None = None
    targets: tuple[str, ...] = ()
    exclusive: bool | None = None
    judged: bool = False
    default: str | bool | None = None

    @property
    def is_link(self) -> bool:
        """Whether its values are the ids of other records."""
        return self.value_type is LINK

    @property
    def is_exclusive(self) -> bool:
        """Whether differing values contradict each other."""
        if self.exclusive is None:
            return not (self.many or self.value_type.is_free_text)
        return self.exclusive

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


def text(name: str, description: str, *, many: bool = False, required: bool = False) -> Property:
    """Return a property of free text."""
    return Property(name, TEXT, description, many=many, required=required)


def word(
    name: str, vocabulary: type[StrEnum], description: str, *, required: bool = False, default: StrEnum | None = None
) -> Property:
    """Return a property that takes one word of a closed list."""
    return Property(name, word_type(vocabulary), description, required=required, default=default and default.value)


def link(
    name: str,
    rel: Rel | None,
    targets: tuple[str, ...],
    description: str,
    *,
    many: bool = False,
    required: bool = False,
) -> Property:
    """Return a property that names one or ``many`` other records of the ``targets`` kinds."""
    return Property(name, LINK, description, many=many, required=required, rel=rel, targets=targets)


@dataclass(frozen=True, slots=True)
class NestedRecord:
    """A part of a record with its own evidence: somebody's part in an event, an office held, control of a place.

    ``identity`` names the properties that tell one nested record of a record from another; its id is made of them.
    """

    name: str
    properties: tuple[Property, ...]
    identity: tuple[str, ...]

    def find(self, name: str) -> Property | None:
        """Return the property of that name, if there is one."""
        return next((p for p in self.properties if p.name == name), None)


FORMER_IDS: Final = Property(
    "merged-from", TEXT, "Ids that it had before; each leads to it for ever.", many=True, judged=True
)
_FROM: Final = Property("from", DATE, "From when; null where no source says.")
_UNTIL: Final = Property("until", DATE, "Until when; null where no source says, or where it goes on.")

PARTICIPANTS: Final = NestedRecord(
    "participants",
    (
        link("who", Rel.TOOK_PART, ("person", "group", "organization", "state"), "Who took part.", required=True),
        word("role", Role, "The part that they had."),
        link("side", None, ACTORS, "The side to which a person was handed over."),
        Property(
            "alleged",
            FLAG,
            "Whether the part is alleged only. For perpetrators it is, until a final conviction.",
        ),
        Property("age", QUANTITY, "The age at the event, where a source gives it."),
        text("note", "What else sources say of this part."),
    ),
    identity=("role", "who"),
)
PARTICIPATION_INFIX: Final = f"/{PARTICIPANTS.name}/"
"""Separates the id of the event from that of the participant in the id of a participation."""
SIDES: Final = NestedRecord(
    "sides",
    (
        link("to", Rel.SIDE, ACTORS, "The side to which people were handed over.", required=True),
        link("from", None, ACTORS, "The side that handed them over; null where no source says."),
    ),
    identity=("to",),
)
POSITIONS: Final = NestedRecord(
    "positions",
    (
        text("title", "The office or post.", required=True),
        link("of", Rel.OF, ACTORS, "The organization or state in which it is held."),
        _FROM,
        _UNTIL,
    ),
    identity=("title", "of"),
)
CONTROL: Final = NestedRecord(
    "control",
    (
        Property("by", COUNTRY, "The state that holds the ground, as an ISO 3166-1 alpha-2 code.", required=True),
        _FROM,
        _UNTIL,
    ),
    identity=("by", "from"),
)
