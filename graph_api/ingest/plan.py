"""What a load would change: a value that can be printed, tested and refused; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph_api.evidence.claims import Claim
from graph_api.evidence.projection import project
from graph_api.evidence.records import ProjectedRecord
from graph_api.ingest.stored_state import LoadBatch, StoredState


@dataclass(frozen=True, slots=True)
class LoadPlan:
    """A load, decided. Records by what happens to them, claims that come and go, the pictures to store."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: int
    removed: tuple[str, ...]
    withheld: tuple[str, ...]
    new_claims: tuple[Claim, ...]
    old_claims: tuple[str, ...]
    pictures: Mapping[str, ProjectedRecord]
    kinds: Mapping[str, str]

    @property
    def changes_nothing(self) -> bool:
        """Whether all of it is stored already."""
        return not (self.added or self.changed or self.removed or self.withheld or self.new_claims or self.old_claims)


def plan_load(batch: LoadBatch, held: StoredState) -> LoadPlan:
    """Return what loading a batch changes.

    A seed entry replaces what it said before; what others said stays. Raises OrderCycle and EmptyBounds, which validation has
    excluded for the same input.
    """
    before = {claim.id for claim in held.stored.claims}
    stated = {claim.id: claim for claim in batch.claims}
    after = {claim.id: claim for claim in batch.retained} | stated
    pictures = project(after.values())
    touched = {claim.record for claim in batch.claims} | held.records
    ours = {record: pictures[record] for record in touched if record in pictures}
    added = tuple(sorted(record for record in ours if record not in held.fingerprints))
    changed = tuple(
        sorted(
            r for r, picture in ours.items() if r in held.fingerprints and held.fingerprints[r] != picture.fingerprint
        )
    )
    removed = tuple(sorted(record for record in held.fingerprints if record not in pictures))
    return LoadPlan(
        added,
        changed,
        len(ours) - len(added) - len(changed),
        removed,
        tuple(one for one in batch.withheld if one not in held.stored.withheld),
        tuple(claim for id_, claim in sorted(stated.items()) if id_ not in before),
        tuple(sorted(before - after.keys())),
        {record: ours[record] for record in (*added, *changed)},
        {claim.record: claim.kind for claim in after.values() if not claim.is_of_part},
    )
