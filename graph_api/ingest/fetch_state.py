"""Reads the stored state that a batch affects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graph_api.database.driver import Database, chunks_of_ids
from graph_api.database.queries import named
from graph_api.database.stored_claims import CHUNK, pairs, related, stored_claims, stored_merges
from graph_api.evidence.audience import KINDS_OF_WHEREABOUTS, NEEDED_KINDS
from graph_api.evidence.claims import Claim, links_of, references_of
from graph_api.evidence.merging import cluster
from graph_api.ingest.stored_state import BatchScope, StoredContext, StoredState
from graph_api.ingest.validate import cited_sources, containers
from graph_api.ingest.withheld import Withheld
from graph_api.ontology.vocabulary import Sensitivity


def stored_kinds(store: Database, ids: Iterable[str]) -> dict[str, str]:
    """Return the kinds of those of these records that are stored, those included that were merged into others."""
    wanted = set(ids)
    into = stored_merges(store)
    found = pairs(store, "stored_kinds", wanted | {into[one] for one in wanted if one in into})
    return {one: found[kept] for one in wanted if (kept := into.get(one, one)) in found}


def fetch_state(store: Database, scope: BatchScope, audience: Sensitivity, known: Withheld) -> StoredState:
    """Return the stored state that a batch affects; ``known`` is what the graph withholds.

    Affected are the records that it states or stated before, those that rest on a source that it states again, those that refer to
    a record that it may remove or change the kind of, and every event whose bounds depend on one of them: by a stated order, as a part,
    or because somebody lived through both; and events at several places, of which one may come to lie in another. In a public graph, what
    links the people concerned to a site is affected as well, and so is what may be needed no longer. These are projected again; no other
    can change.
    """
    into = stored_merges(store)
    scope = scope.with_merged(into)
    kinds = stored_kinds(store, {*scope.definitions, *scope.referenced, *scope.withheld, *scope.removed_units})
    named_ids = {*scope.definitions, *scope.referenced, *scope.withheld}
    withheld = known.among(named_ids)
    replaced = {*scope.definitions, *scope.withheld, *scope.removed_units}
    units = pairs(store, "stored_units", replaced)
    stated = related(store, "records_of_units", replaced)
    affected = {*scope.records, *stated, *(scope.withheld & kinds.keys()), *scope.preceding, *scope.subjects}
    if one := scope.merged | (cluster(affected, into) & cluster(into, into)):
        affected |= one | related(store, "records_referencing", one)
    affected |= related(store, "records_citing", _restated(scope, kinds, "source"))
    affected |= related(store, "records_referencing", _possibly_removed(scope, kinds))
    affected |= related(store, "lived_events", _people_with_lives(scope, kinds))
    people = _people(store, scope, kinds, affected) if audience is Sensitivity.PUBLIC else frozenset()
    affected |= _links_to_sites(store, people)
    affected |= related(store, "events_at_several_places", _restated(scope, kinds, "place"))
    existing = set(pairs(store, "fingerprints", affected))
    affected |= existing | _connected_events(store, existing)
    read = affected | related(store, "subjects_of_events", affected) | {*into.values()}
    claims = stored_claims(store, read)
    needed = _needed_claims(store, scope, claims) if audience is Sensitivity.PUBLIC else []
    affected |= {claim.record for claim in needed}
    claims += [claim for claim in needed if claim.record not in read]
    read |= affected
    sources = stored_claims(store, related(store, "origin_sources", scope.sources | cited_sources(claims)) - read)
    found = {claim.id: claim for claim in (*claims, *sources)}
    targets = {target for claim in found.values() for _, target in links_of(claim)}
    context = StoredContext(
        kinds,
        tuple(found.values()),
        withheld,
        units,
        tuple(_ancestor_claims(store, scope, found.values())),
        people,
        pairs(store, "location_kinds", scope.referenced | targets) if people else {},
        _named_elsewhere(store, needed, read),
        {row[0]: row[1] for row in store.read(named("place_containment"))},
        pairs(store, "former_ids", scope.referenced),
    )
    return StoredState(context, frozenset(affected), pairs(store, "fingerprints", affected))


def _people(store: Database, scope: BatchScope, kinds: Mapping[str, str], affected: Iterable[str]) -> frozenset[str]:
    """Return the stored people whom a batch names, or who have a part in what it changes: it may bring them within reach."""
    named = {one for one in (*scope.definitions, *scope.referenced) if kinds.get(one) == "person"}
    return frozenset(named | related(store, "subjects_of_events", affected))


def _links_to_sites(store: Database, people: Iterable[str]) -> set[str]:
    """Return what can link these people to a site, and what refers to an event that says no more than that."""
    found = related(store, "records_naming_people", people)
    kinds = stored_kinds(store, found)
    return found | related(
        store, "records_referencing", {one for one in found if kinds.get(one) in KINDS_OF_WHEREABOUTS}
    )


def _needed_claims(store: Database, scope: BatchScope, claims: Iterable[Claim]) -> list[Claim]:
    """Return the claims of the stored records that are there only for a public claim, and that the batch or these claims are about or name.

    So are the claims of those that such a record names: with it, nothing may need them any more.
    """
    found: list[Claim] = []
    seen: set[str] = set()
    level = {*scope.definitions, *scope.referenced, *_records_of(claims)}
    while level := {one for one, kind in stored_kinds(store, level - seen).items() if kind in NEEDED_KINDS}:
        seen |= level
        added = stored_claims(store, level)
        found += added
        level = _records_of(added)
    return found


def _records_of(claims: Iterable[Claim]) -> set[str]:
    """Return the records that these claims are about, name, cite or let speak."""
    return {one for claim in claims for one in (claim.record, *(target for _, target in references_of(claim)))}


def _named_elsewhere(store: Database, needed: Iterable[Claim], read: set[str]) -> frozenset[str]:
    """Return those of the needed records that claims about other records than those that were read name."""
    return frozenset(
        row[0]
        for ids in chunks_of_ids((claim.record for claim in needed), CHUNK)
        for row in store.read(named("named_elsewhere", ids=ids, read=sorted(read)))
    )


def _restated(scope: BatchScope, kinds: Mapping[str, str], kind: str) -> set[str]:
    """Return the stored records of a kind of which a batch states anything again, or which it removes."""
    return {one for one in (*scope.definitions, *scope.records, *scope.removed_units) if kinds.get(one) == kind}


def _people_with_lives(scope: BatchScope, kinds: Mapping[str, str]) -> set[str]:
    """Return the stored people whose birth or death a batch may state, change or remove."""
    stated = {*scope.definitions, *scope.removed_units, *scope.withheld}
    return {one for one in stated if kinds.get(one) == "person"} | scope.deceased


def _possibly_removed(scope: BatchScope, kinds: Mapping[str, str]) -> set[str]:
    """Return the stored records that a batch may remove or change the kind of."""
    changed = {one for one, kind in scope.definitions.items() if kinds.get(one, kind) != kind}
    return {*scope.withheld, *scope.removed_units, *scope.restricted, *changed} & kinds.keys()


def _connected_events(store: Database, start: Iterable[str]) -> set[str]:
    found: set[str] = set()
    frontier = set(start)
    while frontier:
        found |= frontier
        frontier = related(store, "adjacent_events", frontier) - found
    return found


def _ancestor_claims(store: Database, scope: BatchScope, claims: Iterable[Claim]) -> list[Claim]:
    """Return the claims of the records that contain those of the batch, of those that contain these, up to the top."""
    found: list[Claim] = []
    seen = {*scope.records, *(claim.record for claim in claims)}
    level = {*scope.containers, *containers(claims)} - seen
    while level:
        seen |= level
        found += stored_claims(store, level)
        level = containers(found) - seen
    return found
