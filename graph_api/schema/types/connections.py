"""Pages of long lists: one pair of edge and connection, written once for every kind of record."""

from typing import Generic, TypeAlias, TypeVar

from graph_api.schema.arguments import durations_arguments
from graph_api.schema.decorators import field, graphql_type
from graph_api.schema.types.lazy_types import (
    ActorRef,
    CoDetentionRef,
    DifferenceRef,
    EventRef,
    ExchangeRef,
    FigureRef,
    GroupRef,
    OrganizationRef,
    ParticipationRef,
    PathRef,
    PersonRef,
    PlaceRef,
    ReconciliationRef,
    SearchHitRef,
    SequenceRef,
    SiteRef,
    SourceRef,
    StayRef,
    TotalRef,
)
from graph_api.schema.types.values import DurationStatistics, Quantity

T = TypeVar("T")


@graphql_type
class PageInfo:
    """Where a page lies in its list."""

    has_next_page: bool = field("Whether the list goes on after this page.")
    has_previous_page: bool = field("Whether something comes before this page, that is, whether after was given.")
    start_cursor: str | None = field("The cursor of the first edge; null on an empty page.")
    end_cursor: str | None = field(
        "The cursor of the last edge, to be given as after for the next page; null if empty."
    )


@graphql_type
class Edge(Generic[T]):
    """One row of a page, and where it stands in the list."""

    cursor: str = field("Marks the place of this row in this list; give it as after in order to go on from here.")
    node: T = field("What stands in this row.")


@graphql_type
class Connection(Generic[T]):
    """One page of a list, in an order that does not change while one pages through it."""

    edges: list[Edge[T]] = field("The rows of this page, each with its cursor.")
    nodes: list[T] = field("What stands in the rows of this page, without cursors.")
    page_info: PageInfo = field("Where this page lies in the list, and how to go on.")
    total_count: int = field("How many match in all, over every page. It is computed only when it is asked for.")


@graphql_type
class PersonConnection(Connection[PersonRef]):
    """One page of people. While nobody can say yet whether some of them are one person, they are listed apart."""

    possible_count: Quantity = field(
        "How many persons the records that match can be: at the fewest, where all that may be the same are, and at the most."
    )


GroupConnection: TypeAlias = Connection[GroupRef]
ActorConnection: TypeAlias = Connection[ActorRef]
OrganizationConnection: TypeAlias = Connection[OrganizationRef]
PlaceConnection: TypeAlias = Connection[PlaceRef]
SiteConnection: TypeAlias = Connection[SiteRef]
EventConnection: TypeAlias = Connection[EventRef]
ExchangeConnection: TypeAlias = Connection[ExchangeRef]
ParticipationConnection: TypeAlias = Connection[ParticipationRef]
FigureConnection: TypeAlias = Connection[FigureRef]
SourceConnection: TypeAlias = Connection[SourceRef]
DifferenceConnection: TypeAlias = Connection[DifferenceRef]
ReconciliationConnection: TypeAlias = Connection[ReconciliationRef]
StayConnection: TypeAlias = Connection[StayRef]
CoDetentionConnection: TypeAlias = Connection[CoDetentionRef]
TotalConnection: TypeAlias = Connection[TotalRef]


@graphql_type
class SequenceConnection(Connection[SequenceRef]):
    """One page of sequences, one row a subject."""

    unnamed_groups: int = field(
        "How many groups of unnamed people match as well, so that none is silently missing where only people were "
        "asked for."
    )
    durations: DurationStatistics = field(
        "The days between a step and the next one, over all rows of the list and not only this page; of each the shown chain.",
        arguments_from=durations_arguments,
    )


@graphql_type
class SearchEdge(Edge[SearchHitRef]):
    """One row of a search: a match and where it stands in the list."""


@graphql_type
class SearchConnection:
    """One page of what a search found, the best match first."""

    edges: list[SearchEdge] = field("The rows of this page, each with its cursor.")
    nodes: list[SearchHitRef] = field("The matches of this page, without cursors.")
    page_info: PageInfo = field("Where this page lies in the list, and how to go on.")
    total_count: int = field("How many match in all, over every page. It is computed only when it is asked for.")


@graphql_type
class PathEdge(Edge[PathRef]):
    """One path and where it stands in the list."""


@graphql_type
class PathConnection:
    """One page of the shortest paths between two records."""

    edges: list[PathEdge] = field("The rows of this page, each with its cursor.")
    nodes: list[PathRef] = field("The paths of this page, without cursors.")
    page_info: PageInfo = field("Where this page lies in the list, and how to go on.")
    complete: bool = field("Whether all paths of that length were looked at within the limits of work.")
