"""What the graph holds that a batch touches: kinds of what it names, claims that it replaces, events that its order reaches."""

from __future__ import annotations

from collections.abc import Iterable

from graph_api.evidence.claims import Claim
from graph_api.seeding.entries import Statements
from graph_api.seeding.validate import Held, Stored
from graph_api.store.driver import Store
from graph_api.store.evidence import pairs, related, stored_claims
from graph_api.store.queries import named

NOTHING = Held(Stored(), frozenset(), {})


def named_ids(said: Statements) -> set[str]:
    """Return every id that a batch defines or names."""
    return {*said.defined, *(reference.target for reference in said.references), *said.withheld}


def stored_kinds(store: Store, said: Statements) -> dict[str, str]:
    """Return the kinds of those records that a batch names and the graph holds."""
    return pairs(store, "stored_kinds", named_ids(said))


def gather(store: Store, said: Statements, kinds: dict[str, str]) -> Held:
    """Return what the graph holds of what a batch touches.

    Touched are the records that it states or stated before, those that rest on a source that it states again, and every event
    that a stated order connects with one of them; their pictures are computed again, all others cannot change.
    """
    withheld = frozenset(row[0] for row in store.read(named("withheld_ids")))
    units = _units(store, said.defined)
    touched = {claim.record for claim in said.claims} | set(units.values())
    changed_sources = [
        record for record, defined in said.defined.items() if defined.kind == "source" and record in kinds
    ]
    touched |= related(store, "resting_on", changed_sources)
    reached = touched | {one for claim in said.claims for one in claim.values.get("after", ())}
    touched |= _ordered(store, reached & _known(store, reached)) | (reached & _known(store, reached))
    claims = stored_claims(store, touched)
    sources = _sources(store, [*claims, *said.claims], touched)
    every = {claim.id: claim for claim in (*claims, *sources)}
    stored = Stored(kinds, tuple(every.values()), withheld, units)
    return Held(stored, frozenset(touched), pairs(store, "fingerprints", touched))


def _units(store: Store, ids: Iterable[str]) -> dict[str, str]:
    return pairs(store, "stored_units", ids)


def _known(store: Store, ids: Iterable[str]) -> set[str]:
    return set(pairs(store, "fingerprints", ids))


def _ordered(store: Store, start: Iterable[str]) -> set[str]:
    found: set[str] = set()
    edge = set(start)
    while edge:
        found |= edge
        edge = related(store, "ordered_with", edge) - found
    return found


def _sources(store: Store, claims: Iterable[Claim], touched: set[str]) -> list[Claim]:
    cited = {claim.citation.source for claim in claims if claim.citation}
    cited |= {one for claim in claims if claim.kind == "source" for one in claim.values.get("derived-from", ())}
    return stored_claims(store, related(store, "derived_sources", cited) - touched)
