"""The vocabularies of the ontology as GraphQL enums, with a description of each value.

Enums that only queries use (orders, dimensions of totals) are in ``query_enums``.
"""

from typing import Final

from graph_api.ontology.event_types import KINDS_OF_EVENTS, describe_event_kinds
from graph_api.ontology.vocabulary import (
    AppealResult,
    ClaimScope,
    Custody,
    DateCertainty,
    DifferenceKind,
    EventKind,
    LegalState,
    Modality,
    Occurrence,
    OrderBasis,
    OrganizationKind,
    PersonCategory,
    PlaceKind,
    ReleaseGround,
    Role,
    Sex,
    SiteKind,
    SourceKind,
    Standing,
)
from graph_api.schema.decorators import description_of, graphql_enum
from graph_api.values.quantities import Operator, Unit
from graph_api.values.sentences import SentenceKind
from graph_api.values.words import WordList

__all__ = [
    "AppealResult",
    "ClaimScope",
    "Custody",
    "DateCertainty",
    "DifferenceKind",
    "EventKind",
    "LegalState",
    "Modality",
    "Occurrence",
    "Operator",
    "OrderBasis",
    "OrganizationKind",
    "PersonCategory",
    "PlaceKind",
    "ReleaseGround",
    "Role",
    "SentenceKind",
    "Sex",
    "SiteKind",
    "SourceKind",
    "Standing",
    "Unit",
]

_NAMES: Final[dict[type[WordList], str]] = {ClaimScope: "Basis", DateCertainty: "Holds"}
"""GraphQL names that differ from those of the classes."""

for _words in (
    AppealResult,
    ClaimScope,
    Custody,
    DateCertainty,
    DifferenceKind,
    LegalState,
    Modality,
    Occurrence,
    Operator,
    OrderBasis,
    OrganizationKind,
    PersonCategory,
    PlaceKind,
    ReleaseGround,
    Role,
    SentenceKind,
    Sex,
    SiteKind,
    SourceKind,
    Standing,
    Unit,
):
    graphql_enum(
        _words, description_of(_words), name=_NAMES.get(_words), **{word.name: word.description for word in _words}
    )
graphql_enum(EventKind, describe_event_kinds(), **{kind.name: one.description for kind, one in KINDS_OF_EVENTS.items()})
