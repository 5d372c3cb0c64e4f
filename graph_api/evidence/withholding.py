"""What a public graph holds back of everybody who may be within reach of those who held them: no link to a site, no stay.

A record that names somebody within reach, or an event of theirs, names no site, and an event of their custody no place finer than a region. A
value that a court or an official source published stays. Free words beside a value that was removed, quotes and notes are removed with it. All
of it is removed from the claims before anything is stored, so that no value, filter, order, count, search hit, id or error depends on it.

Source of the rules: "Attacks on the public edition" in the rules on doing no harm; ``docs/data-protection.md`` has what they protect.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final

from graph_api.evidence.audience import (
    PLACE_LINKS,
    SITE_LINKS,
    stated_choices,
    with_unnamed_speakers,
    without_remains,
    without_values,
)
from graph_api.evidence.claims import Claim, links_of
from graph_api.evidence.life_events import life_events
from graph_api.evidence.merging import merges
from graph_api.evidence.projection import ProjectedRecord, project
from graph_api.evidence.projection_cache import ProjectionCache
from graph_api.evidence.within_reach import IN_CUSTODY, is_within_reach
from graph_api.ontology.names import Label, Rel
from graph_api.ontology.vocabulary import EventKind, PlaceKind, Role, SourceKind

PUBLISHING_KINDS: Final = frozenset({SourceKind.COURT_RECORD.value, SourceKind.OFFICIAL.value})
"""Kinds of sources whose word on a site is public already."""

COARSE_PLACES: Final = frozenset({PlaceKind.REGION.value, PlaceKind.COUNTRY.value, PlaceKind.AREA.value})
"""Kinds of places that are shown of custody."""

SITE: Final = "SITE"
"""The kind of a site among the kinds of places."""

CUSTODY_EVENTS: Final = frozenset(f"event/{kind.value}" for kind in IN_CUSTODY | {EventKind.DEATH})
"""Kinds of events of which the place is one where somebody was held. Where somebody was taken may be a settlement."""

_NAMING: Final = frozenset(
    {"who", "about", "part-of", "of", "trial", "outcome", "includes", "excludes", "unclear", "derived-from"}
)
"""Properties by which a record names somebody, or an event of theirs."""

_FREE_WORDS: Final = frozenset({"title", "description", "note"})


@dataclass(frozen=True, slots=True)
class PublicClaims:
    """What the public may see: claims, and the records that follow from them."""

    claims: list[Claim]
    records: Mapping[str, ProjectedRecord]


def project_public(
    claims: Sequence[Claim],
    every: Sequence[Claim],
    needed: AbstractSet[str] = frozenset(),
    examined: AbstractSet[str] | None = None,
    locations: Mapping[str, str] = MappingProxyType({}),
    containers: Mapping[str, str] = MappingProxyType({}),
    cache: ProjectionCache[ProjectedRecord] | None = None,
) -> PublicClaims:
    """Return the public claims without what is held back of people within reach, and their projection.

    ``claims`` are the public ones, ``every`` those and the ones that were removed before; ``needed`` are records that other claims of the
    graph name, ``locations`` kinds of sites and places that are not among the claims, ``containers`` the next larger place
    of places. ``examined`` are the people of whom all events are
    there; None for everybody. ``cache`` is that of former projections; without one
    the projections made here share one. Raises as :func:`graph_api.evidence.projection.project`.
    """
    cache = ProjectionCache() if cache is None else cache
    every = with_unnamed_speakers(every)
    kept = list(with_unnamed_speakers(claims))
    people: set[str] = set()
    into = merges(claims)
    while True:
        records = project(kept, containers, cache)
        within = people_within_reach(records)
        people |= within if examined is None else within & {into.get(one, one) for one in examined}
        people |= {one for one, kept_as in into.items() if kept_as in people}
        reduced = withhold(kept, people, locations)
        if all(a is b for a, b in zip(reduced, kept, strict=False)) and len(reduced) == len(kept):
            return PublicClaims(kept, records)
        kept = stated_choices(without_remains(every, reduced, (), needed))


def people_within_reach(records: Mapping[str, ProjectedRecord]) -> set[str]:
    """Return the people who may be within reach, by all events that these records have of them."""
    return {person for person, rows in life_rows(records).items() if is_within_reach(life_events(rows))}


def life_rows(
    records: Mapping[str, ProjectedRecord], subjects: AbstractSet[str] = frozenset({Label.PERSON.value})
) -> dict[str, list[dict[str, Any]]]:
    """Return the events of every person who is the subject of one, as :func:`graph_api.evidence.life_events.life_events` reads them.

    ``subjects`` are the labels of other subjects whose events are returned.
    """
    found: dict[str, list[dict[str, Any]]] = {}
    for id_, record in records.items():
        if Label.EVENT.value not in record.node.labels:
            continue
        targets: dict[str, list[str]] = {}
        for link in record.links:
            targets.setdefault(link.type, []).append(link.end)
        for link in record.links:
            if link.type != Rel.TOOK_PART.value or link.properties.get("role") != Role.SUBJECT.value:
                continue
            if link.start in records and subjects.isdisjoint(records[link.start].node.labels):
                continue
            side = link.properties.get("side")
            kind = record.node.properties["kind"]
            found.setdefault(link.start, []).append(
                {
                    **record.node.properties,
                    "id": id_,
                    "part": link.properties["id"],
                    "follows": targets.get(Rel.FOLLOWS.value, []),
                    "of": next(iter(targets.get(Rel.OF.value, [])), None),
                    "replaces": targets.get(Rel.REPLACES.value, []),
                    "to_place": kind == EventKind.RELEASE.value and Rel.TO_PLACE.value in targets,
                    "side": side,
                    "side_code": records[side].node.properties.get("code") if side and side in records else None,
                }
            )
    return found


def withhold(
    claims: Sequence[Claim], people: AbstractSet[str], locations: Mapping[str, str] = MappingProxyType({})
) -> list[Claim]:
    """Return the claims without what links these people to a site, or to a place of custody finer than a region."""
    if not people:
        return list(claims)
    named = _Named.of(claims, locations)
    events = {claim.record for claim in claims if claim.kind == "participants" and claim.values["who"] in people}
    reached = {*people, *events}
    tied = events | {claim.record for claim in claims if reached & set(_names(claim))}
    lost = {record: values for record in tied if (values := named.lost(record))}
    kept: list[Claim] = []
    for claim in claims:
        if claim.speaker and claim.speaker.record in people and named.tells_of_site(claim):
            continue
        removed = lost.get(claim.record, {})
        if claim.record in named.groups_at_sites:
            removed = {**removed, "members": people}
        kept += _without(claim, removed, is_silent=claim.record in lost and not named.is_published(claim))
    return kept


def _names(claim: Claim) -> Iterable[str]:
    return (target for prop, target in links_of(claim) if prop.name in _NAMING)


def _without(claim: Claim, removed: Mapping[str, AbstractSet[str]], *, is_silent: bool) -> list[Claim]:
    """Return the claim without these values, and without free words, quote and note where it ``is_silent``."""
    found: list[Claim] = []
    for one in without_values(claim, removed):
        values = {name: value for name, value in one.values.items() if name not in _FREE_WORDS or not is_silent}
        cited = (
            replace(one.citation, quote=None, quote_language=None, note=None)
            if one.citation and is_silent
            else one.citation
        )
        if values == dict(one.values) and cited == one.citation:
            found.append(one)
        elif values:
            found.append(replace(one, values=values, citation=cited, id=""))
    return found


@dataclass(frozen=True, slots=True)
class _Named:
    """What claims name: the claims of each record, and which records are sites, coarse places, or sources that publish.

    ``located`` are the records that name a site or are part of one that does, ``groups_at_sites`` the groups with a part in one.
    ``published`` has the sites and places of a record that a court or official source gives.
    """

    own: Mapping[str, Sequence[Claim]]
    sites: AbstractSet[str]
    coarse: AbstractSet[str]
    publishing: AbstractSet[str]
    located: AbstractSet[str]
    groups_at_sites: AbstractSet[str]
    published: Mapping[str, AbstractSet[str]]

    @staticmethod
    def of(claims: Sequence[Claim], locations: Mapping[str, str]) -> _Named:
        """Return what these claims name. ``locations`` has the kinds of other sites and places."""
        own: dict[str, list[Claim]] = {}
        words: dict[str, set[str]] = {one: {kind} for one, kind in locations.items()}
        for claim in claims:
            own.setdefault(claim.record, []).append(claim)
            if claim.kind in ("site", "place", "source") and "kind" in claim.values:
                words.setdefault(claim.record, set()).add(SITE if claim.kind == "site" else str(claim.values["kind"]))
        sites = {one for one, kinds in words.items() if SITE in kinds}
        publishing = {one for one, kinds in words.items() if kinds <= PUBLISHING_KINDS}
        located = _contained({claim.record for claim in claims if _site_links(claim, sites)}, claims)
        published: dict[str, set[str]] = {}
        for claim in claims:
            if claim.citation and claim.citation.source in publishing:
                published.setdefault(claim.record, set()).update(target for _, target in links_of(claim))
        groups = {claim.values["who"] for claim in claims if claim.kind == "participants" and claim.record in located}
        coarse = {one for one, kinds in words.items() if kinds <= COARSE_PLACES}
        return _Named(own, sites, coarse, publishing, located, groups, published)

    def lost(self, record: str) -> dict[str, AbstractSet[str]]:
        """Return the values that a record which names somebody within reach, or an event of theirs, must not have, by property."""
        allowed = self.published.get(record, frozenset())
        found: dict[str, set[str]] = {}
        for claim in self.own.get(record, ()):
            for prop, target in links_of(claim):
                if target not in allowed and self._is_lost(claim, prop.name, target):
                    found.setdefault(prop.name, set()).add(target)
        return dict(found)

    def _is_lost(self, claim: Claim, name: str, target: str) -> bool:
        if name == "part-of":
            return target in self.located
        if name in PLACE_LINKS:
            return claim.kind in CUSTODY_EVENTS and target not in self.coarse
        return name in SITE_LINKS or target in self.sites

    def tells_of_site(self, claim: Claim) -> bool:
        """Whether a claim is about a site, or names one."""
        return claim.record in self.sites or bool(_site_links(claim, self.sites))

    def is_published(self, claim: Claim) -> bool:
        """Whether a court or official source states the claim."""
        return claim.citation is not None and claim.citation.source in self.publishing


def _site_links(claim: Claim, sites: AbstractSet[str]) -> list[str]:
    return [target for prop, target in links_of(claim) if prop.name in SITE_LINKS or target in sites]


def _contained(records: AbstractSet[str], claims: Iterable[Claim]) -> set[str]:
    """Return these records and those that are part of them, however deep."""
    parts: dict[str, set[str]] = {}
    for claim in claims:
        if (above := claim.values.get("part-of")) is not None:
            parts.setdefault(above, set()).add(claim.record)
    found, frontier = set(records), set(records)
    while frontier:
        frontier = {part for one in frontier for part in parts.get(one, ())} - found
        found |= frontier
    return found
