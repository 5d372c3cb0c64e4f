"""Old copies of files: entries that would return to what a later load replaced or removed; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from graph_api.evidence.claims import Claim
from graph_api.ingest.journal import LoadedClaim, LoadRecord, states_before


@dataclass(frozen=True, slots=True)
class StaleEntry:
    """An entry that returns to what it stated before ``load``, which replaced it."""

    unit: str
    record: str
    load: LoadRecord


def remembered_units(loads: Iterable[LoadRecord], units: Iterable[str]) -> set[str]:
    """Return those of these entries of which a load removed claims that it remembers."""
    removed = {one.claim.unit for load in loads for one in load.journal.removed}
    return removed & {*units}


def stale_entries(
    claims: Iterable[Claim], current: Sequence[LoadedClaim], loads: Sequence[LoadRecord], units: Iterable[str]
) -> Iterator[StaleEntry]:
    """Yield those of these changed entries of which the new claims are exactly those of an earlier state.

    ``current`` are their stored claims, ``claims`` those of the batch. A load that was reverted replaced nothing.
    """
    stated: dict[str, set[str]] = {}
    records: dict[str, str] = {}
    for claim in claims:
        stated.setdefault(claim.unit, set()).add(claim.id)
        records[claim.unit] = claim.record
    for unit in sorted({*units} & stated.keys()):
        for load in reversed([one for one in loads if unit in one.journal.entries]):
            before = {one.claim.id for one in states_before(current, loads, [unit], load.number)}
            if before == stated[unit]:
                yield StaleEntry(unit, records[unit], load)
                break
