"""Computes all records again from the stored claims, and writes those that are stored differently."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Final

import orjson

from graph_api.database.driver import Database, Transaction, chunks
from graph_api.database.migrations import migrate, pending
from graph_api.database.queries import named
from graph_api.database.stored_claims import all_claims, all_records, graph_hash, pairs
from graph_api.embedded import ServedHome
from graph_api.errors import IncompatibleGraph
from graph_api.evidence.claims import Claim, count_claims_and_links
from graph_api.evidence.merging import merges
from graph_api.evidence.projection import PROJECTION_VERSION, ProjectedRecord
from graph_api.ingest.apply import (
    Progress,
    acquire_lock,
    check_version,
    write_claim_decisions,
    write_claims,
    write_former_ids,
    write_records,
)
from graph_api.ingest.current_rules import project_for, records_are_current
from graph_api.ingest.differences import write_differences
from graph_api.ingest.load_size import LoadSize, transaction_limit
from graph_api.ingest.new_graph import rebuild_as_new_graph
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


@dataclass(frozen=True, slots=True)
class RebuildPlan:
    """What of a graph of this revision is not what follows from its claims: records without claims, and records that are stored differently.

    ``kept`` are the claims that the rules of this version show, ``withheld`` the ids of others, ``units`` the entries of these, ``reduced`` what is
    left of them, by the load that stated them.
    """

    revision: int
    audience: Sensitivity
    claims: Sequence[Claim]
    kept: Sequence[Claim]
    stored: Sequence[str]
    records: Mapping[str, ProjectedRecord]
    withheld: Sequence[str]
    units: Sequence[str]
    reduced: Mapping[str, Sequence[Claim]]
    unfounded: Sequence[str]
    changed: Sequence[ProjectedRecord]
    is_needed: bool


def rebuild(
    store: Database,
    *,
    home: ServedHome | None = None,
    progress: Progress = lambda _message: None,
    seconds: float = 600.0,
) -> RebuildResult:
    """Compute every record from the stored claims, and write those that are stored differently, all or nothing.

    Migrates the graph first. In the ``home`` of a private Neo4j a graph that no transaction holds becomes a new one, which the next server has
    (``home.is_replaced``). Raises IncompatibleGraph where the graph is of a newer version, or where its claims were changed, which
    only loading the seed files again repairs; DatabaseBusy where a load changed it meanwhile; and every other DatabaseError. Nothing is
    changed then.
    """
    found = plan_rebuild(store, progress=progress, seconds=seconds)
    content_hash = None
    if found.is_needed:
        if home is not None and LoadSize(*count_claims_and_links(found.claims), transaction_limit(store)).is_too_large:
            content_hash = rebuild_as_new_graph(
                found.kept, found.records, store, home, found.revision, progress=progress, seconds=seconds
            )
        else:
            store.write(lambda tx: _write(tx, found, progress), seconds=seconds)
    changed = len(found.unfounded) + len(found.changed)
    return RebuildResult(len(found.records), changed, content_hash or graph_hash(store))


def plan_rebuild(store: Database, *, progress: Progress, seconds: float) -> RebuildPlan:
    """Migrate a graph and compare it with what follows from its claims. Raises as :func:`rebuild`."""
    [[audience, revision, version, *_]] = store.read(named("load_state"))
    check_version(version)
    migrate(store)
    progress("reading claims")
    claims = all_claims(store, seconds=seconds)
    stored = all_records(store)
    _check_evidence(claims, stored, merges(claims))
    progress(f"computing {len(stored)} records")
    seen = Sensitivity((audience or Sensitivity.PUBLIC).upper())
    kept, records = project_for(claims, seen)
    progress("comparing with the graph")
    gone = {claim.id for claim in claims} - {claim.id for claim in kept}
    unfounded = [one for one in stored if one not in records]
    different = [one for one, content in _stored(store, stored, seconds) if content != _expected(records.get(one))]
    changed = [records[one] for one in different if one in records]
    is_needed = bool(unfounded or changed or gone) or not records_are_current(store)
    return RebuildPlan(
        revision,
        seen,
        claims,
        kept,
        stored,
        records,
        sorted(gone),
        sorted({one.unit for one in claims if one.id in gone}),
        _by_load(store, {claim.id for claim in claims}, kept),
        unfounded,
        changed,
        is_needed or not _is_derived_right(store, stored, seconds),
    )


def _write(tx: Transaction, plan: RebuildPlan, progress: Progress) -> None:
    acquire_lock(tx, plan.audience, plan.revision)
    subjects = {*plan.stored} - {*plan.unfounded}
    tx.write("delete_claims", plan.withheld, key="ids")
    tx.write("delete_records", plan.unfounded, key="ids")
    tx.write("delete_record_links", [one.node.id for one in plan.changed], key="ids")
    tx.write("delete_entries", plan.units, key="ids")
    tx.run(named("delete_parts", ids=[part.id for one in plan.changed for part in one.parts]))
    write_records(tx, plan.changed, progress)
    into = merges(plan.claims)
    for load, new in plan.reduced.items():
        write_claims(tx, new, load, progress, into)
    write_claim_decisions(tx, plan.changed)
    write_positions(tx, subjects)
    write_differences(tx, list(plan.records.values()))
    write_statuses(tx, subjects)
    write_former_ids(tx, plan.stored)
    write_stays(tx, {*subjects, *plan.unfounded}, plan.audience)
    write_totals(tx, None, write_snapshot(tx))
    tx.run(named("record_projection_version", version=PROJECTION_VERSION))
    progress("committing")


def _is_derived_right(store: Database, records: Sequence[str], seconds: float) -> bool:
    """Whether what follows from undamaged records is stored as it should be, as far as that is compared: positions and totals."""
    return have_right_positions(store, records, seconds=seconds) and have_right_totals(store, seconds=seconds)


def _by_load(store: Database, stored: AbstractSet[str], claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    """Return the claims that are not stored yet, what is left of others, by the load that stated their entry."""
    new = [claim for claim in claims if claim.id not in stored]
    loads = pairs(store, "loads_of_units", {claim.unit for claim in new})
    found: dict[str, list[Claim]] = {}
    for claim in new:
        found.setdefault(loads[claim.unit], []).append(claim)
    return found


def pending_migrations(store: Database) -> tuple[str, ...]:
    """Return what :func:`migrate_records` would do."""
    rebuilt = () if records_are_current(store) else (f"records by version {PROJECTION_VERSION} of the rules",)
    return (*(one.name for one in pending(store)), *rebuilt)


def migrate_records(
    store: Database,
    *,
    home: ServedHome | None = None,
    progress: Progress = lambda _message: None,
    seconds: float = 600.0,
) -> tuple[str, ...]:
    """Run the migrations that the graph lacks, and compute its records again where older rules did; return the names of what was done.

    ``home`` is as in :func:`rebuild`, which says what is raised.
    """
    done = migrate(store)
    if records_are_current(store):
        return done
    rebuild(store, home=home, progress=progress, seconds=seconds)
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
    for ids in chunks(records, CHUNK):
        for row in store.read(named("stored_records", ids=ids), seconds=seconds):
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
