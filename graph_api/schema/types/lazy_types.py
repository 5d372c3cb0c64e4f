"""The types that other types point at before they are defined: the model is a graph, and imports are not.

Each is a lazy reference: Strawberry looks the type up when the schema is built.
"""

from typing import TYPE_CHECKING, Annotated, TypeAlias

import strawberry

if TYPE_CHECKING:
    from graph_api.schema.types.actors import Actor, Group, Organization, Person
    from graph_api.schema.types.events import Event, Participation
    from graph_api.schema.types.evidence import Citation, Claim, Node, Source
    from graph_api.schema.types.figures import Figure
    from graph_api.schema.types.places import Place, Site
    from graph_api.schema.types.proceedings import Appeal, Trial
    from graph_api.schema.types.releases import Exchange
    from graph_api.schema.types.results import SearchHit, Sequence, Total

NodeRef: TypeAlias = Annotated["Node", strawberry.lazy("graph_api.schema.types.evidence")]
ClaimRef: TypeAlias = Annotated["Claim", strawberry.lazy("graph_api.schema.types.evidence")]
CitationRef: TypeAlias = Annotated["Citation", strawberry.lazy("graph_api.schema.types.evidence")]
SourceRef: TypeAlias = Annotated["Source", strawberry.lazy("graph_api.schema.types.evidence")]
ActorRef: TypeAlias = Annotated["Actor", strawberry.lazy("graph_api.schema.types.actors")]
PersonRef: TypeAlias = Annotated["Person", strawberry.lazy("graph_api.schema.types.actors")]
GroupRef: TypeAlias = Annotated["Group", strawberry.lazy("graph_api.schema.types.actors")]
OrganizationRef: TypeAlias = Annotated["Organization", strawberry.lazy("graph_api.schema.types.actors")]
PlaceRef: TypeAlias = Annotated["Place", strawberry.lazy("graph_api.schema.types.places")]
SiteRef: TypeAlias = Annotated["Site", strawberry.lazy("graph_api.schema.types.places")]
EventRef: TypeAlias = Annotated["Event", strawberry.lazy("graph_api.schema.types.events")]
ParticipationRef: TypeAlias = Annotated["Participation", strawberry.lazy("graph_api.schema.types.events")]
TrialRef: TypeAlias = Annotated["Trial", strawberry.lazy("graph_api.schema.types.proceedings")]
AppealRef: TypeAlias = Annotated["Appeal", strawberry.lazy("graph_api.schema.types.proceedings")]
ExchangeRef: TypeAlias = Annotated["Exchange", strawberry.lazy("graph_api.schema.types.releases")]
FigureRef: TypeAlias = Annotated["Figure", strawberry.lazy("graph_api.schema.types.figures")]
SequenceRef: TypeAlias = Annotated["Sequence", strawberry.lazy("graph_api.schema.types.results")]
TotalRef: TypeAlias = Annotated["Total", strawberry.lazy("graph_api.schema.types.results")]
SearchHitRef: TypeAlias = Annotated["SearchHit", strawberry.lazy("graph_api.schema.types.results")]
