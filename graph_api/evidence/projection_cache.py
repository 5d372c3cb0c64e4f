"""What several projections have in common: the projection of what was known on each of many days repeats nearly all of its work.

::

    cache = ProjectionCache()
    for day in days:
        project(known_by(claims, day), cache=cache)
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from graph_api.evidence.bounds import EventBounds
from graph_api.evidence.claims import Claim, links_of, properties_of
from graph_api.evidence.list_resolution import Within
from graph_api.evidence.origins import SourceFacts
from graph_api.evidence.resolved_record import ResolvedRecord, resolve
from graph_api.ontology.vocabulary import Modality

Projected = TypeVar("Projected")


@dataclass(frozen=True, slots=True)
class ProjectionCache(Generic[Projected]):
    """Records as former projections resolved and projected them, by all that they follow from. Grows with every projection; not for threads."""

    _resolved: dict[Hashable, ResolvedRecord] = field(default_factory=dict)
    _projected: dict[Hashable, Projected] = field(default_factory=dict)

    def copy(self) -> ProjectionCache[Projected]:
        """Return a cache that knows the same, and grows apart from this one."""
        return ProjectionCache(dict(self._resolved), dict(self._projected))

    def resolved(
        self, subject: str, own: Sequence[Claim], sources: Mapping[str, SourceFacts], larger: Within
    ) -> ResolvedRecord:
        """Return what :func:`~graph_api.evidence.resolved_record.resolve` does: the same object for the same claims, sources and places."""
        places = tuple(sorted(larger.items())) if _compares_places(own) else ()
        key = (subject, own[0].record, tuple(map(_said, own)), tuple(_facts(own, sources)), places)
        found = self._resolved.get(key)
        if found is None:
            found = self._resolved[key] = resolve(subject, own, sources, larger)
        return found

    def projected(
        self,
        one: ResolvedRecord,
        parts: Sequence[ResolvedRecord],
        bounds: EventBounds | None,
        earlier: Mapping[str, Modality],
        in_force: str | None,
        project: Callable[[], Projected],
    ) -> Projected:
        """Return what ``project`` makes of a record, which this cache resolved, as its parts; they stand for the sources they rest on."""
        key = (id(one), tuple(map(id, parts)), bounds, tuple(earlier.items()), in_force)
        found = self._projected.get(key)
        if found is None:
            found = self._projected[key] = project()
        return found


def _compares_places(own: Sequence[Claim]) -> bool:
    """Whether lists of places that exclude each other unless one lies in the other are stated by several claims."""
    exclusive = {one.name for one in properties_of(own[0]) if one.many and one.exclusive}
    return any(sum(name in claim.values for claim in own) > 1 for name in exclusive)


def _said(claim: Claim) -> Hashable:
    """Return what a claim says: its id stands for its values, but for the records that it names, which a judgement of that day may have merged."""
    return claim.id, claim.speaker, tuple(target for _, target in links_of(claim))


def _facts(own: Sequence[Claim], sources: Mapping[str, SourceFacts]) -> Iterator[SourceFacts]:
    """Yield what is known of the sources that claims rest on, and of those that they repeat."""
    todo = sorted({claim.citation.source if claim.citation else claim.record for claim in own})
    seen: set[str] = set()
    while todo:
        id_ = todo.pop()
        if id_ not in seen and id_ in sources:
            seen.add(id_)
            yield sources[id_]
            todo += sources[id_].derived_from
