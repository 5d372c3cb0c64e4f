"""Every identifier that can appear in Cypher: labels, relationship types and property keys.

Nothing outside this module spells one, and none comes from input. The word is the same at every level: the seed key ``from-site``,
the relationship ``FROM_SITE``, the field ``fromSite``.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from graph_api.ontology.vocabulary import EventKind


class Label(StrEnum):
    """Labels of nodes. A record has RECORD, that of its kind and, if it is an event, that of its event kind."""

    RECORD = "Record"
    PERSON = "Person"
    GROUP = "Group"
    ORGANIZATION = "Organization"
    STATE = "State"
    PLACE = "Place"
    SITE = "Site"
    EVENT = "Event"
    FIGURE = "Figure"
    SOURCE = "Source"
    ACTOR = "Actor"
    CLAIM = "Claim"
    PART = "Part"
    POSITION = "Position"
    CONTROL = "Control"
    LOAD = "Load"
    WITHHELD = "Withheld"
    MIGRATION = "Migration"
    GRAPH = "Graph"
    DIFFERENCE = "Difference"
    STAY = "Stay"
    FORMER_ID = "FormerId"
    TOTAL = "Total"


def event_label(kind: EventKind) -> str:
    """Return the label of one kind of event.

    >>> event_label(EventKind.BODY_RETURN)
    'BodyReturn'
    """
    return "".join(part.capitalize() for part in kind.value.split("_"))


class Rel(StrEnum):
    """Relationship types. Each starts at the record that states it, except TOOK_PART, which ends there."""

    TOOK_PART = "TOOK_PART"
    SIDE = "SIDE"
    AT = "AT"
    IN = "IN"
    WITHIN = "WITHIN"
    PART_OF = "PART_OF"
    FOLLOWS = "FOLLOWS"
    ABOUT = "ABOUT"
    COURT = "COURT"
    AUTHORITY = "AUTHORITY"
    TRIAL = "TRIAL"
    OUTCOME = "OUTCOME"
    OF = "OF"
    FROM_SITE = "FROM_SITE"
    TO_SITE = "TO_SITE"
    FROM_PLACE = "FROM_PLACE"
    TO_PLACE = "TO_PLACE"
    AGREEMENT = "AGREEMENT"
    MEMBER = "MEMBER"
    MAY_BE = "MAY_BE"
    MAYBE_SAME = "MAYBE_SAME"
    HOLDS = "HOLDS"
    CONTROLLED = "CONTROLLED"
    FIGURE_SIDE = "FIGURE_SIDE"
    SAID_BY = "SAID_BY"
    TOTAL = "TOTAL"
    INCLUDES = "INCLUDES"
    EXCLUDES = "EXCLUDES"
    UNCLEAR = "UNCLEAR"
    PUBLISHER = "PUBLISHER"
    DERIVED_FROM = "DERIVED_FROM"
    CITES = "CITES"
    NAMES = "NAMES"
    REPLACES = "REPLACES"
    RELIES_ON = "RELIES_ON"
    DIFFERS_ON = "DIFFERS_ON"
    BETWEEN = "BETWEEN"
    STAYED = "STAYED"
    STAY_AT = "STAY_AT"
    FOLLOWS_FROM = "FOLLOWS_FROM"


PLACES_OF_EVENTS: Final = (Rel.AT, Rel.IN, Rel.WITHIN, Rel.FROM_SITE, Rel.TO_SITE, Rel.FROM_PLACE, Rel.TO_PLACE)
"""Relationships from an event to its places and sites, and from these to the places that they lie in."""
SITES_OF_EVENTS: Final = (Rel.AT, Rel.FROM_SITE, Rel.TO_SITE)
MAX_PLACE_DEPTH: Final = 8
"""Bound of the levels of places within places; there are fewer."""
MOST_UNSURE: Final = 7
"""Steps from one person to another of whom nobody can say yet that they are the same."""


class Index(StrEnum):
    """Indexes that a statement asks by name."""

    SPELLINGS = "record_spellings"
    SPELLINGS_AS_OF = "record_spellings_as_of"


# ── versions of nodes ───────────────────────────────────────────────────────────────────────────────────────────────

AS_OF_FROM: Final = "as_of_from"
"""The day number from which a version of a node holds."""
AS_OF_UNTIL: Final = "as_of_until"
"""The day number until which a version of a node holds; it does not hold on that day."""
AS_OF_KEY: Final = "as_of_key"
AS_OF: Final = "AsOf"
"""The label that all versions have, and the suffix of their other labels."""
AS_OF_LABELS: Final = frozenset(
    {
        *(
            one.value
            for one in Label
            if one not in (Label.LOAD, Label.WITHHELD, Label.MIGRATION, Label.GRAPH, Label.FORMER_ID, Label.TOTAL)
        ),
        *(event_label(kind) for kind in EventKind),
    }
)
"""The labels of nodes that have versions."""


def as_of_label(label: str) -> str:
    """Return the label of the versions of nodes with a label.

    >>> as_of_label("Person")
    'PersonAsOf'
    """
    return f"{label}{AS_OF}"
