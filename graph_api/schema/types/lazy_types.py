"""References to types that are defined in a later module, by name: the types form a graph, the imports of their modules do not.

Strawberry imports the module of a reference when the schema is built, and a name that does not exist fails there. To a type checker a
reference is ``Any``.
"""

from typing import Annotated, Any, Final, ForwardRef, TypeAlias

from strawberry.types.lazy_type import LazyType, StrawberryLazyReference


class TypeReference(StrawberryLazyReference):
    """A lazy reference that names its type itself, where ``strawberry.lazy`` takes the name from an annotation that has to be imported."""

    def __init__(self, name: str, module: str) -> None:
        super().__init__(f"graph_api.schema.types.{module}")
        self.name = name

    def resolve_forward_ref(self, forward_ref: ForwardRef) -> LazyType[Any, Any]:
        """Return the type under its name, whatever the annotation says."""
        return LazyType(self.name, self.module)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TypeReference) and (self.name, self.module) == (other.name, other.module)

    def __hash__(self) -> int:
        return hash((self.name, self.module))


def reference(target: TypeReference) -> Any:
    """Return the annotation of a reference that is not among those below."""
    return Annotated["Any", target]


# Quoted, since Strawberry resolves lazy references in place of a forward reference only.
ClaimRef: TypeAlias = Annotated["Any", TypeReference("Claim", "evidence")]
CitationRef: TypeAlias = Annotated["Any", TypeReference("Citation", "evidence")]
SourceRef: TypeAlias = Annotated["Any", TypeReference("Source", "evidence")]
ActorRef: TypeAlias = Annotated["Any", TypeReference("Actor", "actors")]
PersonRef: TypeAlias = Annotated["Any", TypeReference("Person", "actors")]
GroupRef: TypeAlias = Annotated["Any", TypeReference("Group", "actors")]
OrganizationRef: TypeAlias = Annotated["Any", TypeReference("Organization", "actors")]
PlaceRef: TypeAlias = Annotated["Any", TypeReference("Place", "places")]
SiteRef: TypeAlias = Annotated["Any", TypeReference("Site", "places")]
EventRef: TypeAlias = Annotated["Any", TypeReference("Event", "events")]
ParticipationRef: TypeAlias = Annotated["Any", TypeReference("Participation", "events")]
TrialRef: TypeAlias = Annotated["Any", TypeReference("Trial", "event_types")]
AppealRef: TypeAlias = Annotated["Any", TypeReference("Appeal", "event_types")]
ExchangeRef: TypeAlias = Annotated["Any", TypeReference("Exchange", "event_types")]
FigureRef: TypeAlias = Annotated["Any", TypeReference("Figure", "figures")]
SequenceRef: TypeAlias = Annotated["Any", TypeReference("Sequence", "results")]
TotalRef: TypeAlias = Annotated["Any", TypeReference("Total", "results")]
DifferenceRef: TypeAlias = Annotated["Any", TypeReference("Difference", "results")]
ReconciliationRef: TypeAlias = Annotated["Any", TypeReference("Reconciliation", "results")]
StayRef: TypeAlias = Annotated["Any", TypeReference("Stay", "stays")]
CoDetentionRef: TypeAlias = Annotated["Any", TypeReference("CoDetention", "stays")]
PathRef: TypeAlias = Annotated["Any", TypeReference("Path", "results")]
SearchHitRef: TypeAlias = Annotated["Any", TypeReference("SearchHit", "results")]

REFERENCES: Final[dict[str, Any]] = {
    name.removesuffix("Ref"): value for name, value in list(globals().items()) if name.endswith("Ref")
}
"""The references above by the names of their types."""
