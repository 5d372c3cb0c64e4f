"""Computes all records again from the stored claims, and writes those that are stored differently."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Final

import orjson

from graph_api.database.driver import Database, Transaction
from graph_api.database.migrations import migrate, pending
from graph_api.database.queries import named
from graph_api.database.stored_claims import all_claims, all_records, graph_hash, pairs
from graph_api.errors import IncompatibleGraph
from graph_api.evidence.claims import Claim
from graph_api.evidence.merging import merges
from graph_api.evidence.projection import PROJECTION_VERSION, ProjectedRecord, project
from graph_api.evidence.withholding import project_public
from graph_api.ingest.apply import (
    Progress,
    acquire_lock,
    check_version,
    write_claim_decisions,
    write_claims,
    write_former_ids,
    write_records,
)
from graph_api.ingest.differences import write_differences
from graph_api.ingest.positions import have_right_positions, write_positions
from graph_api.ingest.snapshot import write_snapshot
from graph_api.ingest.statuses import STATUS_KEYS, write_statuses
from graph_api.ingest.stays import write_stays
from graph_api.ingest.totals import have_right_totals, write_totals
from graph_api.ontology.names import Rel
from graph_api.ontology.vocabulary import Sensitivity

CHUNK: Final = 500

LARGE: Final = "is_large"
"""The property of exchanges that paths do not walk, which figures decide."""

_POSITION: Final = (Rel.TOOK_PART.value, "position")


@dataclass(frozen=True, slots=True)
class RebuildResult:
    """The result of a rebuild: how many records there are, how many were stored differently, the content hash now."""

    records: int
    changed: int
    content_hash: str


def rebuild(store: Database, *, progress: Progress = lambda _message: None, seconds: float = 600.0) -> RebuildResult:
    """Compute every record from the stored claims, and write those that are stored differently, all or nothing.

    Migrates the graph first. Raises IncompatibleGraph where the graph is of a newer version, or where its claims were changed, which
    only loading the seed files again repairs; DatabaseBusy where a load changed it meanwhile; and every other DatabaseError. Nothing is
    changed then.
    """
    [[audience, revision, version]] = store.read(named("load_state"))
    check_version(version)
    migrate(store)
    progress("reading claims")
    claims = all_claims(store, seconds=seconds)
    stored = all_records(store)
    into = merges(claims)
    _check_evidence(claims, stored, into)
    progress(f"computing {len(stored)} records")
    seen = Sensitivity((audience or Sensitivity.PUBLIC).upper())
    kept, records = project_for(claims, seen)
    progress("comparing with the graph")
    withheld = sorted(gone := {claim.id for claim in claims} - {claim.id for claim in kept})
    reduced = _by_load(store, {claim.id for claim in claims}, kept)
    unfounded = [one for one in stored if one not in records]
    different = [one for one, content in _stored(store, stored, seconds) if content != _expected(records.get(one))]
    changed = [records[one] for one in different if one in records]
    is_outdated = not records_are_current(store)
    is_damaged = bool(unfounded or changed or withheld)
    if is_damaged or is_outdated or not _is_derived_right(store, stored, seconds):

        def work(tx: Transaction) -> None:
            acquire_lock(tx, seen, revision)
            subjects = {*stored} - {*unfounded}
            tx.write("delete_claims", withheld, key="ids")
            tx.write("delete_records", unfounded, key="ids")
            tx.write("delete_record_links", [one.node.id for one in changed], key="ids")
            tx.write("delete_entries", sorted({one.unit for one in claims if one.id in gone}), key="ids")
            tx.run(named("delete_parts", ids=[part.id for one in changed for part in one.parts]))
            write_records(tx, changed, progress)
            for load, new in reduced.items():
                write_claims(tx, new, load, progress, into)
            write_claim_decisions(tx, changed)
            write_positions(tx, subjects)
            write_differences(tx, list(records.values()))
            write_statuses(tx, subjects)
            write_former_ids(tx, stored)
            write_stays(tx, {*subjects, *unfounded}, seen)
            write_totals(tx, None, write_snapshot(tx))
            tx.run(named("record_projection_version", version=PROJECTION_VERSION))
            progress("committing")

        store.write(work, seconds=seconds)
    return RebuildResult(len(records), len(unfounded) + len(changed), graph_hash(store))


def _is_derived_right(store: Database, records: Sequence[str], seconds: float) -> bool:
    """Whether what follows from undamaged records is stored as it should be, as far as that is compared: positions and totals."""
    return have_right_positions(store, records, seconds=seconds) and have_right_totals(store, seconds=seconds)


def project_for(
    claims: Sequence[Claim], audience: Sensitivity
) -> tuple[Sequence[Claim], Mapping[str, ProjectedRecord]]:
    """Return the claims that stay for the audience and the records that follow from them: earlier rules withheld less."""
    if audience is Sensitivity.RESTRICTED:
        return claims, project(claims)
    found = project_public(claims, claims)
    return found.claims, found.records


def _by_load(store: Database, stored: AbstractSet[str], claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    """Return the claims that are not stored yet, what is left of others, by the load that stated their entry."""
    new = [claim for claim in claims if claim.id not in stored]
    loads = pairs(store, "loads_of_units", {claim.unit for claim in new})
    found: dict[str, list[Claim]] = {}
    for claim in new:
        found.setdefault(loads[claim.unit], []).append(claim)
    return found


def records_are_current(store: Database) -> bool:
    """Whether the records were computed by the rules of this version; so it is for a graph without records."""
    [[version, records]] = store.read(named("projection_version"))
    return version == PROJECTION_VERSION or not records


def pending_migrations(store: Database) -> tuple[str, ...]:
    """Return what :func:`migrate_records` would do."""
    rebuilt = () if records_are_current(store) else (f"records by version {PROJECTION_VERSION} of the rules",)
    return (*(one.name for one in pending(store)), *rebuilt)


def migrate_records(
    store: Database, *, progress: Progress = lambda _message: None, seconds: float = 600.0
) -> tuple[str, ...]:
    """Run the migrations that the graph lacks, and compute its records again where older rules did; return the names of what was done.

    Raises as :func:`rebuild`.
    """
    done = migrate(store)
    if records_are_current(store):
        return done
    rebuild(store, progress=progress, seconds=seconds)
    return (*done, f"records by version {PROJECTION_VERSION} of the rules")


def _check_evidence(claims: Sequence[Claim], records: Sequence[str], into: Mapping[str, str]) -> None:
    stored = set(records)
    for claim in claims:
        if into.get(claim.record, claim.record) not in stored:
            raise IncompatibleGraph(
                f"Record {claim.record!r} is missing in the database, its claims are not. "
                "Load the seed files again into an empty database."
            )


def _stored(store: Database, records: Sequence[str], seconds: float) -> Iterator[tuple[str, bytes]]:
    for at in range(0, len(records), CHUNK):
        for row in store.read(named("stored_records", ids=records[at : at + CHUNK]), seconds=seconds):
            id_, labels, properties, links, parts, decisions = row
            yield id_, _canonical([id_, labels, properties], parts, links, decisions)


def _expected(record: ProjectedRecord | None) -> bytes:
    if record is None:
        return b""
    node = record.node
    return _canonical(
        [node.id, node.labels, {**node.properties, "id": node.id, "hash": record.fingerprint}],
        [[part.id, part.labels, {**part.properties, "id": part.id}] for part in record.parts],
        [[link.start, link.type, link.end, dict(link.properties)] for link in record.links],
        [[one.claim, one.since, one.preferred, one.because] for one in record.decisions],
    )


def _canonical(node: Sequence[Any], parts: Sequence[Any], links: Sequence[Any], decisions: Sequence[Any]) -> bytes:
    """Return what is stored of a record in one form: properties without value left out, everything sorted."""
    return _json(
        [_node(*node), _sorted(_node(*part) for part in parts), _sorted(map(_link, links)), _sorted(decisions)]
    )


def _node(id_: str, labels: Sequence[str], properties: Mapping[str, Any]) -> list[Any]:
    """Return a node without the status of a person, which is computed from other records."""
    kept = {key: value for key, value in properties.items() if value is not None and key not in (*STATUS_KEYS, LARGE)}
    return [id_, sorted(labels), kept]


def _link(link: Sequence[Any]) -> list[Any]:
    start, type_, end, properties = link
    """Return a link without the position of an event among those of a subject, which is compared by itself."""
    return [
        start, type_, end,
        {key: value for key, value in properties.items() if value is not None and (type_, key) != _POSITION},
    ]  # fmt: skip


def _sorted(rows: Any) -> list[str]:
    return sorted(_json(row).decode() for row in rows)


def _json(value: Any) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
