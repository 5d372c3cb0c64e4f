"""The types that other types point at before they are defined: the model is a graph, and imports are not.

Each is a lazy reference: Strawberry looks the type up when the schema is built.
"""

from typing import TYPE_CHECKING, Annotated, TypeAlias

import strawberry

if TYPE_CHECKING:
    from graph_api.schema.actors import Actor, Group, Organization, Person
    from graph_api.schema.answers import SearchHit, Sequence, Total
    from graph_api.schema.events import Event, Participation
    from graph_api.schema.evidence import Citation, Claim, Node, Source
    from graph_api.schema.figures import Figure
    from graph_api.schema.places import Place, Site
    from graph_api.schema.proceedings import Appeal, Trial
    from graph_api.schema.releases import Exchange

NodeRef: TypeAlias = Annotated["Node", strawberry.lazy("graph_api.schema.evidence")]
ClaimRef: TypeAlias = Annotated["Claim", strawberry.lazy("graph_api.schema.evidence")]
CitationRef: TypeAlias = Annotated["Citation", strawberry.lazy("graph_api.schema.evidence")]
SourceRef: TypeAlias = Annotated["Source", strawberry.lazy("graph_api.schema.evidence")]
ActorRef: TypeAlias = Annotated["Actor", strawberry.lazy("graph_api.schema.actors")]
PersonRef: TypeAlias = Annotated["Person", strawberry.lazy("graph_api.schema.actors")]
GroupRef: TypeAlias = Annotated["Group", strawberry.lazy("graph_api.schema.actors")]
OrganizationRef: TypeAlias = Annotated["Organization", strawberry.lazy("graph_api.schema.actors")]
PlaceRef: TypeAlias = Annotated["Place", strawberry.lazy("graph_api.schema.places")]
SiteRef: TypeAlias = Annotated["Site", strawberry.lazy("graph_api.schema.places")]
EventRef: TypeAlias = Annotated["Event", strawberry.lazy("graph_api.schema.events")]
ParticipationRef: TypeAlias = Annotated["Participation", strawberry.lazy("graph_api.schema.events")]
TrialRef: TypeAlias = Annotated["Trial", strawberry.lazy("graph_api.schema.proceedings")]
AppealRef: TypeAlias = Annotated["Appeal", strawberry.lazy("graph_api.schema.proceedings")]
ExchangeRef: TypeAlias = Annotated["Exchange", strawberry.lazy("graph_api.schema.releases")]
FigureRef: TypeAlias = Annotated["Figure", strawberry.lazy("graph_api.schema.figures")]
SequenceRef: TypeAlias = Annotated["Sequence", strawberry.lazy("graph_api.schema.answers")]
TotalRef: TypeAlias = Annotated["Total", strawberry.lazy("graph_api.schema.answers")]
SearchHitRef: TypeAlias = Annotated["SearchHit", strawberry.lazy("graph_api.schema.answers")]
