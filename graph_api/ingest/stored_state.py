"""The stored state that a batch affects, and the ids that it takes to read it; plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from graph_api.evidence.claims import Claim


@dataclass(frozen=True, slots=True)
class BatchScope:
    """The ids of a batch that decide which stored state it affects.

    ``definitions`` are kinds by id, ``referenced`` all ids that it names, ``removed_units`` entries whose claims it removes,
    ``records`` those that it makes claims about,
    ``restricted`` those of them with claims that are not public, ``preceding`` events named by a stated order or as the larger event,
    ``subjects`` those to whom its events happened, ``deceased`` those of whose death, body or burial it tells, ``sources`` those that are
    cited or repeated, ``containers`` records that others are put into, ``merged`` records of which it judges that they are one.
    """

    definitions: Mapping[str, str]
    referenced: frozenset[str]
    withheld: frozenset[str]
    removed_units: frozenset[str]
    records: frozenset[str]
    restricted: frozenset[str]
    preceding: frozenset[str]
    subjects: frozenset[str]
    deceased: frozenset[str]
    sources: frozenset[str]
    containers: frozenset[str]
    merged: frozenset[str] = frozenset()

    def with_merged(self, into: Mapping[str, str]) -> BatchScope:
        """Return the scope with the records that are kept for those that were merged into them."""

        def added(ids: frozenset[str]) -> frozenset[str]:
            return ids | {into[one] for one in ids if one in into}

        sets = {one.name: added(getattr(self, one.name)) for one in fields(self) if one.name != "definitions"}
        kinds = {into[one]: kind for one, kind in self.definitions.items() if one in into}
        return BatchScope(definitions={**kinds, **self.definitions}, **sets) if into else self


@dataclass(frozen=True, slots=True)
class StoredContext:
    """Stored facts that validation needs: kinds of records by id, claims, withheld ids.

    ``units`` maps seed entries to the records that they made claims about; ``ancestors`` are the claims of the records that contain
    those of the batch, level by level. ``people`` are those of whom the claims of all events are there, ``locations`` kinds of sites and
    places that the claims name, ``named_elsewhere`` those of the records that are there only for a public claim that a claim about a record
    outside the context names. ``within`` has the next larger place of every stored place that lies in one, ``moved`` the records of former ids that are named.
    ``unneeded`` are records that the batch refers to and that an earlier load left out of a public graph, since nothing public needed them.
    """

    kinds: Mapping[str, str] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()
    withheld: frozenset[str] = frozenset()
    units: Mapping[str, str] = field(default_factory=dict)
    ancestors: tuple[Claim, ...] = ()
    people: frozenset[str] = frozenset()
    locations: Mapping[str, str] = field(default_factory=dict)
    named_elsewhere: frozenset[str] = frozenset()
    within: Mapping[str, str] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)
    unneeded: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class StoredState:
    """The stored state that a batch affects: the context, the records to project again, the fingerprints of those that exist."""

    context: StoredContext
    records: frozenset[str]
    fingerprints: Mapping[str, str]
