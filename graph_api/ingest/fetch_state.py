"""What the graph holds that a batch touches: kinds of what it names, claims that it replaces, events that its order reaches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graph_api.database.driver import Database
from graph_api.database.queries import named
from graph_api.database.stored_claims import pairs, related, stored_claims
from graph_api.evidence.audience import links_of
from graph_api.evidence.claims import Claim
from graph_api.ingest.batch import ParsedBatch
from graph_api.ingest.stored_state import StoredContext, StoredState
from graph_api.ingest.validate import CONTAINMENT
from graph_api.ontology.vocabulary import Sensitivity


def referenced_ids(parsed: ParsedBatch) -> set[str]:
    """Return every id that a batch defines or names."""
    return {*parsed.definitions, *(reference.target for reference in parsed.references), *parsed.withheld}


def stored_kinds(store: Database, parsed: ParsedBatch) -> dict[str, str]:
    """Return the kinds of those records that a batch names and the graph holds."""
    return pairs(store, "stored_kinds", referenced_ids(parsed))


def fetch_state(store: Database, parsed: ParsedBatch, kinds: Mapping[str, str]) -> StoredState:
    """Return what the graph holds of what a batch touches.

    Touched are the records that it states or stated before, those that rest on a source that it states again, those that name a
    record that goes or changes its kind, and every event that a stated order connects with one of them; their pictures are
    computed again, all others cannot change.
    """
    withheld = frozenset(row[0] for row in store.read(named("withheld_ids")))
    units = pairs(store, "stored_units", {*parsed.definitions, *parsed.withheld})
    touched = {claim.record for claim in parsed.claims} | set(units.values()) | (parsed.withheld.keys() & kinds.keys())
    again = [
        record for record, definition in parsed.definitions.items() if definition.kind == "source" and record in kinds
    ]
    touched |= related(store, "records_citing", again) | related(
        store, "records_referencing", _possibly_removed(parsed, kinds)
    )
    touched |= {one for claim in parsed.claims for one in claim.values.get("after", ())}
    known = _known(store, touched)
    touched |= known | _ordered(store, known)
    claims = stored_claims(store, touched)
    every = {claim.id: claim for claim in (*claims, *_sources(store, [*claims, *parsed.claims], touched))}
    stored = StoredContext(
        kinds, tuple(every.values()), withheld, units, tuple(_ancestor_claims(store, [*every.values(), *parsed.claims]))
    )
    return StoredState(stored, frozenset(touched), pairs(store, "fingerprints", touched))


def _known(store: Database, ids: Iterable[str]) -> set[str]:
    return set(pairs(store, "fingerprints", ids))


def _possibly_removed(parsed: ParsedBatch, kinds: Mapping[str, str]) -> set[str]:
    """Return the stored records that this batch may take out or make another kind of."""
    hidden = {claim.record for claim in parsed.claims if claim.sensitivity is not Sensitivity.PUBLIC}
    changed = {
        one for one, definition in parsed.definitions.items() if kinds.get(one, definition.kind) != definition.kind
    }
    return {*parsed.withheld, *hidden, *changed} & kinds.keys()


def _ordered(store: Database, start: Iterable[str]) -> set[str]:
    found: set[str] = set()
    edge = set(start)
    while edge:
        found |= edge
        edge = related(store, "adjacent_events", edge) - found
    return found


def _sources(store: Database, claims: Iterable[Claim], touched: set[str]) -> list[Claim]:
    cited = {claim.citation.source for claim in claims if claim.citation}
    cited |= {one for claim in claims if claim.kind == "source" for one in claim.values.get("derived-from", ())}
    return stored_claims(store, related(store, "origin_sources", cited) - touched)


def _ancestor_claims(store: Database, claims: Iterable[Claim]) -> list[Claim]:
    """Return the claims of what these are put into, and of what that is put into, up to the top."""
    found: list[Claim] = []
    seen = {claim.record for claim in claims}
    level = _parents(claims) - seen
    while level:
        seen |= level
        found += stored_claims(store, level)
        level = _parents(found) - seen
    return found


def _parents(claims: Iterable[Claim]) -> set[str]:
    return {target for claim in claims for prop, target in links_of(claim) if prop.name in CONTAINMENT}
