"""What was known on each day, as versions of nodes: a version holds from the day on which it became known until that of the next one.

::

    versions_of(claims)   ──▶   {("Record", "a"): [Version(19_000, 19_500, …), Version(19_500, ALWAYS, …)], …}

The nodes that hold on a day, with the relationships between them, are exactly what a load of the claims known by that day stores. So an
operation as of a day is the same operation over the versions that hold on it (``compiler.as_of``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from graph_api.evidence.claims import Claim
from graph_api.evidence.known import days_of, project_known
from graph_api.evidence.projection import ProjectedRecord, project
from graph_api.evidence.projection_cache import ProjectionCache
from graph_api.evidence.withholding import PublicClaims, people_within_reach, project_public
from graph_api.ingest.derived_nodes import derived_nodes
from graph_api.ingest.stored_graph import Key, StoredNode, stored_graph
from graph_api.ontology.names import Rel
from graph_api.ontology.vocabulary import Sensitivity
from graph_api.values.dates import OPEN_HI

ALWAYS: Final = OPEN_HI
"""The day until which the last version of a node holds."""


@dataclass(frozen=True, slots=True)
class Version:
    """A node as it was known from a day number until another one, which is not included."""

    since: int
    until: int
    node: StoredNode


@dataclass(frozen=True, slots=True)
class VersionLink:
    """A relationship between two versions, each by key and first day."""

    start: tuple[Key, int]
    type: str
    end: tuple[Key, int]
    properties: Mapping[str, Any]


Versions: TypeAlias = Mapping[Key, Sequence[Version]]


def known_graph(claims: Sequence[Claim], day: int, audience: Sensitivity) -> dict[Key, StoredNode]:
    """Return all that a load for an audience stores of the claims that were known by a day. Raises OrderCycle and EmptyBounds."""
    return _known_graph(claims, day, audience, people_apart(claims, audience))


def _known_graph(
    claims: Sequence[Claim],
    day: int,
    audience: Sensitivity,
    apart: AbstractSet[str],
    cache: ProjectionCache[ProjectedRecord] | None = None,
) -> dict[Key, StoredNode]:
    found = known_records(claims, day, audience, cache)
    derived = derived_nodes(found.claims, found.records, audience, apart)
    return {**stored_graph(found.claims, found.records), **derived}


def people_apart(claims: Sequence[Claim], audience: Sensitivity) -> AbstractSet[str]:
    """Return the people who by all claims may be within reach: a public graph compares their stays with those of nobody, on any day.

    Raises OrderCycle and EmptyBounds.
    """
    if audience is Sensitivity.RESTRICTED:
        return frozenset()
    return people_within_reach(known_records(claims, ALWAYS, audience).records)


def known_records(
    claims: Sequence[Claim], day: int, audience: Sensitivity, cache: ProjectionCache[ProjectedRecord] | None = None
) -> PublicClaims:
    """Return the claims that were known by a day and their records.

    A public graph withholds by the status of people on that day; ``claims`` are those that it holds today, without what is withheld today.
    Raises OrderCycle and EmptyBounds.
    """

    def projected(known: Sequence[Claim]) -> PublicClaims:
        if audience is Sensitivity.PUBLIC:
            return project_public(known, known, cache=cache)
        return PublicClaims(list(known), project(known, cache=cache))

    return project_known(claims, day, projected)


def versions_of(
    claims: Sequence[Claim], audience: Sensitivity, progress: Callable[[str], None] = lambda _message: None
) -> dict[Key, list[Version]]:
    """Return the versions of every node, the earliest first. Raises OrderCycle and EmptyBounds."""
    found: dict[Key, list[Version]] = {}
    holding: dict[Key, tuple[int, StoredNode]] = {}
    days = days_of(claims)
    apart = people_apart(claims, audience)
    cache: ProjectionCache[ProjectedRecord] = ProjectionCache()
    for count, day in enumerate(days):
        if count % 20 == 0:
            progress(f"day {count + 1} of {len(days)}")
        graph = _known_graph(claims, day, audience, apart, cache)
        ended = [key for key, (_, node) in holding.items() if graph.get(key) != node]
        for key in ended:
            since, node = holding.pop(key)
            found.setdefault(key, []).append(Version(since, day, node))
        holding |= {key: (day, node) for key, node in graph.items() if key not in holding}
    for key, (since, node) in holding.items():
        found.setdefault(key, []).append(Version(since, ALWAYS, node))
    return found


def at(versions: Versions, day: int) -> dict[Key, StoredNode]:
    """Return the nodes that hold on a day."""
    return {key: one.node for key, every in versions.items() for one in every if one.since <= day < one.until}


def links(versions: Versions) -> Iterator[VersionLink]:
    """Yield the relationships between versions that hold on a common day."""
    for key, every in versions.items():
        for one in every:
            for link in one.node.links:
                other = link.start if link.end == key and link.start != key else link.end
                for each in _overlapping(versions.get(other, ()), one):
                    ends = {key: one.since, other: each.since}
                    properties = dict(link.properties)
                    if link.type == Rel.TOOK_PART.value and each.node.positions:
                        properties["position"] = each.node.positions.get(properties["id"])
                    yield VersionLink((link.start, ends[link.start]), link.type, (link.end, ends[link.end]), properties)


def _overlapping(versions: Iterable[Version], with_: Version) -> Iterator[Version]:
    return (one for one in versions if one.since < with_.until and with_.since < one.until)
