"""Event types: what kinds of events there are, and what each can state. Each is declared here and nowhere else.

An event type is a GraphQL type with one or more kinds of events. Labels, seed keys, fields of the API and their bindings, the words of
the enum ``EventKind`` and the data dictionary follow from its declaration. A new kind needs its word in ``vocabulary.EventKind`` as well.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum
from types import MappingProxyType
from typing import Final

from graph_api.ontology import vocabulary as words
from graph_api.ontology.names import Rel
from graph_api.ontology.properties import ANY, FORMER_IDS, PARTICIPANTS, SIDES, NestedRecord, Property, link, text, word
from graph_api.ontology.vocabulary import EventKind
from graph_api.values.dates import DATE
from graph_api.values.flags import FLAG
from graph_api.values.offences import OFFENCE
from graph_api.values.sentences import SENTENCE


class Stage(IntEnum):
    """Stages of a case, in the order in which they usually come. Lists use it where no source settles an order."""

    MISSING = 1
    TAKEN = 2
    HELD = 3
    CHARGED = 4
    REMAND = 5
    TRIAL = 6
    JUDGMENT = 7
    APPEAL = 8
    RETURN = 9
    DEATH = 10
    BODY = 11
    BURIAL = 12
    OTHER = 13


LIVED_THROUGH: Final = frozenset({Stage.MISSING, Stage.TAKEN, Stage.HELD, Stage.CHARGED, Stage.REMAND, Stage.RETURN})
"""Stages that nobody can be the subject of after their death. Courts have judged the dead."""


@dataclass(frozen=True, slots=True)
class KindOfEvent:
    """One kind of event.

    ``is_at_one_place`` says that it happened at one place, so that different places exclude each other unless one contains the other.
    ``stage`` places it where no source settles an order. An event that ``is_lasting`` goes on until its stated end, and where none is
    stated it may go on still; any other ends on the day on which it happens.
    """

    kind: EventKind
    description: str
    is_lasting: bool = False
    is_at_one_place: bool = False
    stage: Stage = Stage.OTHER


@dataclass(frozen=True, slots=True)
class EventType:
    """The kinds of events of one GraphQL type, and what they state beyond what every event states."""

    name: str
    description: str
    kinds: tuple[KindOfEvent, ...]
    properties: tuple[Property, ...] = ()
    nested: tuple[NestedRecord, ...] = (PARTICIPANTS,)


EVENT_PROPERTIES: Final = (
    word("kind", EventKind, "What happened; the kind fixes the type.", required=True),
    text("title", "The event in a few words."),
    Property("date", DATE, "When it happened, or began; null where no source says."),
    Property("until", DATE, "When it ended, for what lasts; null where no source says."),
    text("description", "What sources say of it, in a few sentences."),
    link("sites", Rel.AT, ("site",), "The sites at which it is reported to have happened.", many=True),
    link("places", Rel.IN, ("place",), "The places at which it is reported to have happened.", many=True),
    link("about", Rel.ABOUT, ANY, "What a statement, resolution, report or warrant is about.", many=True),
    link("part-of", Rel.PART_OF, ("event",), "The larger event of which it is a part."),
    link("after", Rel.FOLLOWS, ("event",), "The events that it came after, as sources state the order.", many=True),
    FORMER_IDS,
)
"""What every event can state."""

_SITE: Final = ("site",)
_PLACE: Final = ("place",)
_IN_ABSENTIA: Final = Property(
    "in-absentia", FLAG, "Whether the person was reported absent from the proceedings; null where no source says."
)
_CLOSED: Final = Property("closed", FLAG, "Whether the public was reported kept out; null where no source says.")


def _court(description: str) -> Property:
    return link("court", Rel.COURT, ("organization",), description)


def _offences(description: str) -> Property:
    return Property("offences", OFFENCE, description, many=True)


def _trial(description: str) -> Property:
    return link("trial", Rel.TRIAL, ("event/TRIAL",), description)


EVENT_TYPES: Final[tuple[EventType, ...]] = (
    EventType(
        "Detention",
        "Being taken, or a stay at one site with its span (CONFINEMENT).",
        (
            KindOfEvent(EventKind.DETENTION, "Somebody was taken.", is_at_one_place=True, stage=Stage.TAKEN),
            KindOfEvent(
                EventKind.CONFINEMENT,
                "A stay at one site, with the span that sources state.",
                is_lasting=True,
                stage=Stage.HELD,
            ),
        ),
        (
            text("stated-reason", "The reason that the detaining side gives, to be printed with 'according to'."),
            Property(
                "incommunicado",
                FLAG,
                "Whether the person was reported held without contact to the outside; null where no source says.",
            ),
        ),
    ),
    EventType(
        "Transfer",
        "Being moved from one site or place to another; across a border where the kind is DEPORTATION.",
        (
            KindOfEvent(EventKind.TRANSFER, "Somebody was moved from one site or place to another.", stage=Stage.HELD),
            KindOfEvent(EventKind.DEPORTATION, "Somebody was moved across a border.", stage=Stage.HELD),
        ),
        (
            link("from-site", Rel.FROM_SITE, _SITE, "The site from which the person was moved."),
            link("to-site", Rel.TO_SITE, _SITE, "The site to which the person was moved."),
            link("from-place", Rel.FROM_PLACE, _PLACE, "The place from which the person was moved."),
            link("to-place", Rel.TO_PLACE, _PLACE, "The place to which the person was moved."),
        ),
    ),
    EventType(
        "Charge",
        "Being accused.",
        (KindOfEvent(EventKind.CHARGE, "Somebody was accused of an offence.", stage=Stage.CHARGED),),
        (
            _offences("What the person was accused of."),
            link("authority", Rel.AUTHORITY, ("organization",), "The authority that made the accusation."),
        ),
    ),
    EventType(
        "Ruling",
        "A decision of a court that is no conviction: custody, an acquittal, a compulsory measure.",
        (
            KindOfEvent(
                EventKind.REMAND,
                "A court ordered or prolonged custody before a judgment.",
                is_at_one_place=True,
                stage=Stage.REMAND,
            ),
            KindOfEvent(
                EventKind.ACQUITTAL, "A court found somebody not guilty.", is_at_one_place=True, stage=Stage.JUDGMENT
            ),
            KindOfEvent(
                EventKind.COMPULSORY_MEASURE,
                "A court ordered compulsory medical or other measures instead of a sentence.",
                stage=Stage.JUDGMENT,
            ),
        ),
        (
            _court("The court that decided."),
            _offences("The offences of which the court spoke."),
            _trial("The proceedings to which it belongs."),
            _IN_ABSENTIA,
        ),
    ),
    EventType(
        "Trial",
        "Proceedings before a court.",
        (KindOfEvent(EventKind.TRIAL, "Proceedings before a court.", is_lasting=True, stage=Stage.TRIAL),),
        (
            _court("The court before which they took place."),
            _offences("The offences of which they treated."),
            _CLOSED,
            _IN_ABSENTIA,
            link("outcome", Rel.OUTCOME, ("event",), "The decision in which they ended."),
        ),
    ),
    EventType(
        "Conviction",
        "A judgment of guilt as reported, by the court named, whatever its standing.",
        (
            KindOfEvent(
                EventKind.CONVICTION,
                "A judgment of guilt, as reported, by the court named.",
                is_at_one_place=True,
                stage=Stage.JUDGMENT,
            ),
        ),
        (
            _court("The court that pronounced the judgment."),
            _offences("The offences for which it was pronounced."),
            Property("sentence", SENTENCE, "The sentence as pronounced, before any appeal."),
            _CLOSED,
            _IN_ABSENTIA,
            _trial("The proceedings in which it was pronounced."),
            word(
                "court-standing",
                words.Standing,
                "On whose ground the court acted, where a source says so without naming the court. Recording its act recognises neither it "
                "nor its findings.",
            ),
            link(
                "replaces",
                Rel.REPLACES,
                ("event/CONVICTION",),
                "Earlier judgments whose terms this one takes up, where a source says so. Terms are never added.",
                many=True,
            ),
        ),
    ),
    EventType(
        "Appeal",
        "The decision of a higher court on a judgment.",
        (KindOfEvent(EventKind.APPEAL, "A higher court decided on a judgment.", stage=Stage.APPEAL),),
        (
            _court("The court that decided."),
            link("of", Rel.OF, ("event",), "The judgment or earlier appeal on which it decided."),
            word(
                "result",
                words.AppealResult,
                "What the court did to the judgment.",
                default=words.AppealResult.UNSTATED,
            ),
            Property("sentence", SENTENCE, "The sentence after this decision; null where no source states it."),
        ),
    ),
    EventType(
        "Exchange",
        "A handover agreed between sides, or one stage of a series.",
        (
            KindOfEvent(
                EventKind.EXCHANGE, "People were handed over under an agreement between sides.", stage=Stage.RETURN
            ),
        ),
        (link("agreement", Rel.AGREEMENT, ("event",), "The agreement that it carries out."),),
        (PARTICIPANTS, SIDES),
    ),
    EventType(
        "Release",
        "Being let go without an exchange; being reunited with family where the kind is REUNIFICATION.",
        (
            KindOfEvent(EventKind.RELEASE, "Somebody was let go without an exchange.", stage=Stage.RETURN),
            KindOfEvent(
                EventKind.REUNIFICATION, "A child was reunited with its family or legal guardian.", stage=Stage.RETURN
            ),
        ),
        (
            word(
                "ground",
                words.ReleaseGround,
                "Why the person was let go, as sources give it.",
                default=words.ReleaseGround.UNSTATED,
            ),
            link("from-site", Rel.FROM_SITE, _SITE, "The site from which the person was let go."),
            link(
                "to-place",
                Rel.TO_PLACE,
                _PLACE,
                "The place to which the person returned, outside the territory of those who held them.",
            ),
        ),
    ),
    EventType(
        "GenericEvent",
        "Every kind of event that needs no fields of its own.",
        (
            KindOfEvent(
                EventKind.DISAPPEARANCE,
                "Somebody was reported missing, without news of where they were.",
                is_lasting=True,
                stage=Stage.MISSING,
            ),
            KindOfEvent(
                EventKind.SIGHTING, "Somebody was reported seen on certain days, and only on those.", stage=Stage.HELD
            ),
            KindOfEvent(
                EventKind.PROOF_OF_LIFE,
                "A sign that somebody was alive: a call, a letter, a recording.",
                stage=Stage.HELD,
            ),
            KindOfEvent(EventKind.ILL_TREATMENT, "Torture or other ill-treatment, as reported."),
            KindOfEvent(EventKind.ADOPTION, "A child was placed with a family, under guardianship or adoption."),
            KindOfEvent(EventKind.DEATH, "Somebody was reported dead.", is_at_one_place=True, stage=Stage.DEATH),
            KindOfEvent(EventKind.BODY_RETURN, "Bodies were handed over.", stage=Stage.BODY),
            KindOfEvent(EventKind.BURIAL, "Somebody was buried.", is_at_one_place=True, stage=Stage.BURIAL),
            KindOfEvent(EventKind.NEGOTIATION, "Sides talked, directly or through others.", is_lasting=True),
            KindOfEvent(EventKind.AGREEMENT, "Sides agreed on something."),
            KindOfEvent(EventKind.RESOLUTION, "A body of an organization or state adopted a decision."),
            KindOfEvent(EventKind.WARRANT, "A court issued a warrant of arrest."),
            KindOfEvent(EventKind.STATEMENT, "Somebody made a public statement."),
            KindOfEvent(EventKind.CAMPAIGN, "A public campaign for somebody or for a group.", is_lasting=True),
            KindOfEvent(EventKind.REPORT, "A report was published."),
            KindOfEvent(EventKind.OTHER, "Anything else that happened."),
        ),
    ),
)
"""All event types. ``GenericEvent`` is the last."""

EVENT_TYPE_OF: Final = MappingProxyType({one.kind: declared for declared in EVENT_TYPES for one in declared.kinds})
"""The type of each kind of event."""

KINDS_OF_EVENTS: Final = MappingProxyType({one.kind: one for declared in EVENT_TYPES for one in declared.kinds})
"""The declaration of each kind of event."""


def event_properties(kind: EventKind) -> tuple[Property, ...]:
    """Return what an event of a kind can state: different places of what happened at one place exclude each other."""
    is_at_one_place = KINDS_OF_EVENTS[kind].is_at_one_place
    shared = tuple(
        replace(one, exclusive=True) if one.name == "places" and is_at_one_place else one for one in EVENT_PROPERTIES
    )
    return shared + EVENT_TYPE_OF[kind].properties


def event_type(kind: EventKind) -> str:
    """Return the name of the type of a kind of event.

    >>> event_type(EventKind.REMAND), event_type(EventKind.DEATH)
    ('Ruling', 'GenericEvent')
    """
    return EVENT_TYPE_OF[kind].name


def describe_event_kinds() -> str:
    """Return the description of the enum of the kinds of events, with the type of each."""
    *declared, rest = EVENT_TYPES
    clauses = [
        f"{_listed([one.kind.value for one in of.kinds])}{_verb(place, of)} {of.name}"
        for place, of in enumerate(declared)
    ]
    return f"What happened. The type of each kind is fixed: {'; '.join(clauses)}; every other kind is {rest.name}."


def _verb(place: int, declared: EventType) -> str:
    return "" if place else " are" if len(declared.kinds) > 1 else " is"


def _listed(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]
