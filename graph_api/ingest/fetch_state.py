"""What the graph holds that a batch touches: kinds of what it names, claims that it replaces, events that its order reaches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graph_api.database.driver import Database
from graph_api.database.queries import named
from graph_api.database.stored_claims import pairs, related, stored_claims
from graph_api.evidence.audience import links_of
from graph_api.evidence.claims import Claim
from graph_api.ingest.batch import Statements
from graph_api.ingest.stored_state import Held, Stored
from graph_api.ingest.validate import CONTAINMENT
from graph_api.ontology.vocabulary import Sensitivity


def named_ids(said: Statements) -> set[str]:
    """Return every id that a batch defines or names."""
    return {*said.defined, *(reference.target for reference in said.references), *said.withheld}


def stored_kinds(store: Database, said: Statements) -> dict[str, str]:
    """Return the kinds of those records that a batch names and the graph holds."""
    return pairs(store, "stored_kinds", named_ids(said))


def gather(store: Database, said: Statements, kinds: Mapping[str, str]) -> Held:
    """Return what the graph holds of what a batch touches.

    Touched are the records that it states or stated before, those that rest on a source that it states again, those that name a
    record that goes or changes its kind, and every event that a stated order connects with one of them; their pictures are
    computed again, all others cannot change.
    """
    withheld = frozenset(row[0] for row in store.read(named("withheld_ids")))
    units = pairs(store, "stored_units", {*said.defined, *said.withheld})
    touched = {claim.record for claim in said.claims} | set(units.values()) | (said.withheld.keys() & kinds.keys())
    again = [record for record, defined in said.defined.items() if defined.kind == "source" and record in kinds]
    touched |= related(store, "resting_on", again) | related(store, "naming", _perhaps_going(said, kinds))
    touched |= {one for claim in said.claims for one in claim.values.get("after", ())}
    known = _known(store, touched)
    touched |= known | _ordered(store, known)
    claims = stored_claims(store, touched)
    every = {claim.id: claim for claim in (*claims, *_sources(store, [*claims, *said.claims], touched))}
    stored = Stored(
        kinds, tuple(every.values()), withheld, units, tuple(_above(store, [*every.values(), *said.claims]))
    )
    return Held(stored, frozenset(touched), pairs(store, "fingerprints", touched))


def _known(store: Database, ids: Iterable[str]) -> set[str]:
    return set(pairs(store, "fingerprints", ids))


def _perhaps_going(said: Statements, kinds: Mapping[str, str]) -> set[str]:
    """Return the stored records that this batch may take out or make another kind of."""
    hidden = {claim.record for claim in said.claims if claim.sensitivity is not Sensitivity.PUBLIC}
    changed = {one for one, defined in said.defined.items() if kinds.get(one, defined.kind) != defined.kind}
    return {*said.withheld, *hidden, *changed} & kinds.keys()


def _ordered(store: Database, start: Iterable[str]) -> set[str]:
    found: set[str] = set()
    edge = set(start)
    while edge:
        found |= edge
        edge = related(store, "ordered_with", edge) - found
    return found


def _sources(store: Database, claims: Iterable[Claim], touched: set[str]) -> list[Claim]:
    cited = {claim.citation.source for claim in claims if claim.citation}
    cited |= {one for claim in claims if claim.kind == "source" for one in claim.values.get("derived-from", ())}
    return stored_claims(store, related(store, "derived_sources", cited) - touched)


def _above(store: Database, claims: Iterable[Claim]) -> list[Claim]:
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
