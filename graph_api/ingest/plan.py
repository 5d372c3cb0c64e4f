"""What a load changes in the graph, as a value that can be printed, tested and refused; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from graph_api.evidence.claims import Claim
from graph_api.evidence.merging import merged_claim, merges
from graph_api.evidence.projection import ProjectedRecord
from graph_api.ingest.stored_state import StoredState
from graph_api.ingest.validate import LoadBatch


@dataclass(frozen=True, slots=True)
class LoadChanges:
    """The changes of a load by ids: records and claims. ``kinds`` are the kinds of the records that are added.

    ``adopted`` are stored entries that get an owner, ``collections`` those whose declarations change.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: int
    removed: tuple[str, ...]
    withheld: tuple[str, ...]
    new_claims: tuple[str, ...]
    removed_claims: tuple[str, ...]
    kinds: Mapping[str, str]
    adopted: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the graph has all of it already."""
        return not (self.changes_records or self.withheld or self.adopted or self.collections)

    @property
    def changes_records(self) -> bool:
        """Whether a record or a claim changes."""
        return bool(self.added or self.changed or self.removed or self.new_claims or self.removed_claims)


@dataclass(frozen=True, slots=True)
class LoadPlan:
    """The changes of a load with what is written: the new claims, and the records that are added or changed.

    ``into`` has the record that is kept for each one that was merged into it, ``rewritten`` the stored claims that are about another record
    now, by the load that states them.
    """

    changes: LoadChanges
    claims: tuple[Claim, ...]
    records: tuple[ProjectedRecord, ...]
    into: Mapping[str, str] = field(default_factory=dict)
    rewritten: Mapping[str, tuple[Claim, ...]] = field(default_factory=dict)


def plan_load(
    batch: LoadBatch, state: StoredState, adopted: tuple[str, ...] = (), collections: tuple[str, ...] = ()
) -> LoadPlan:
    """Return what loading a batch changes. An entry replaces the claims that it made before; those of other entries stay."""
    stored = {claim.id for claim in state.context.claims}
    stated = {claim.id: claim for claim in batch.claims}
    kept = {claim.id for claim in batch.retained} | stated.keys()
    affected = {claim.record for claim in batch.claims} | state.records
    records = {one: batch.records[one] for one in sorted(affected) if one in batch.records}
    before = state.fingerprints
    added = tuple(one for one in records if one not in before)
    changed = tuple(one for one, record in records.items() if one in before and before[one] != record.fingerprint)
    new_claims = tuple(claim for id_, claim in sorted(stated.items()) if id_ not in stored)
    kinds = {claim.record: claim.kind for claim in stated.values() if not claim.is_of_nested_record}
    changes = LoadChanges(
        added,
        changed,
        len(records) - len(added) - len(changed),
        tuple(sorted(one for one in before if one not in batch.records)),
        tuple(one for one in batch.withheld if one not in state.context.withheld),
        tuple(claim.id for claim in new_claims),
        tuple(sorted(stored - kept)),
        {one: kinds.get(one, "record") for one in added},
        adopted,
        collections,
    )
    return LoadPlan(
        changes,
        new_claims,
        tuple(records[one] for one in (*added, *changed)),
        merges([*batch.retained, *batch.claims]),
    )


def rewritten_claims(batch: LoadBatch, state: StoredState, into: Mapping[str, str]) -> list[Claim]:
    """Return the stored claims that stay, and that are stored about another record after the load."""
    before = merges(state.context.claims)
    if before == into:
        return []
    stored = {claim.id for claim in state.context.claims}
    kept = {claim.id: claim for claim in (*batch.retained, *batch.claims) if claim.id in stored}
    return [one for one in kept.values() if merged_claim(one, before) != merged_claim(one, into)]
