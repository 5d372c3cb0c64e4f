"""A load that is larger than a transaction, as a new graph that replaces the present one: everything that was loaded, with what the load changes.

The records of all claims are computed, imported by Neo4j's bulk importer into an empty graph beside the present one, and compared by their
content hash with what the plan says. What follows from all events of a subject is computed in the new graph, a part at a time, by the functions
of a load. The present graph is marked as replaced in the transaction that decides, so that no load is lost with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from graph_api.database.driver import Address, Database, Step, Transaction, chunks, open_database
from graph_api.database.migrations import migrate
from graph_api.database.queries import named
from graph_api.database.stored_claims import graph_hash
from graph_api.embedded import Endpoint, ServedHome
from graph_api.errors import IncompatibleGraph
from graph_api.evidence.claims import Claim
from graph_api.evidence.differences import Difference, value_differences
from graph_api.evidence.merging import merges
from graph_api.evidence.projection import PROJECTION_VERSION, ProjectedRecord
from graph_api.ingest.apply import OwnershipRows, Progress, acquire_lock, write_former_ids
from graph_api.ingest.archive import (
    Archive,
    content_hash_of,
    project_archive,
    read_graph,
    with_claims,
    write_all_but_evidence,
)
from graph_api.ingest.differences import (
    compared_differences,
    create_differences,
    mark_large_exchanges,
    write_family_name_differences,
    write_publication_differences,
)
from graph_api.ingest.garbage import few_collections
from graph_api.ingest.import_files import ImportFiles, restore_empty_lists, write_claim, write_record
from graph_api.ingest.positions import write_positions
from graph_api.ingest.prepare import PreparedLoad
from graph_api.ingest.snapshot import write_snapshot
from graph_api.ingest.statuses import write_statuses
from graph_api.ingest.stays import write_stays
from graph_api.ingest.totals import all_totals, store_totals
from graph_api.ontology.names import Label
from graph_api.ontology.vocabulary import Sensitivity

CHUNK: Final = 1000
"""Subjects, events or differences of one transaction."""
READ_SECONDS: Final = 600.0
"""How long it may take to read what is compared over all records."""
BYTES_ON_DISK: Final = 12_000
"""Bytes that each claim and each link take while a graph is imported, files and indexes included; measured with ``bench.sizes`` and rounded up."""

Records = Mapping[str, ProjectedRecord]


@few_collections()
def replace_graph(
    prepared: PreparedLoad,
    store: Database,
    home: ServedHome,
    row: Mapping[str, Any],
    ownership: OwnershipRows,
    *,
    progress: Progress,
    seconds: float,
) -> str:
    """Apply a load by building a new graph beside the present one; return its content hash.

    The next server of the home has the new graph. ``row`` is what is stored of the load. Raises EmbeddedDatabaseError where another process
    runs the server or the import fails, DataDirectoryUnusable where the disk has not enough space, IncompatibleGraph where the content hash is
    not that of the plan, DatabaseBusy where another load changed the graph meanwhile; the present graph is unchanged then.
    """
    home.check(0)
    present = read_graph(store, progress=progress, seconds=seconds)
    archive = with_load(present, prepared, row, ownership)
    progress(f"computing the records of {len(archive.claims):,} claims")
    records = project_archive(archive)[1] if present.claims else prepared.batch.records
    expected = hash_after(prepared, present.content_hash)
    if (found := content_hash_of(records)) != expected:
        raise IncompatibleGraph(f"Content hash mismatch: the plan has {expected}, the records of all claims {found}.")
    archive = replace(
        archive, content_hash=expected, loads=(*archive.loads[:-1], {**archive.loads[-1], "hash": expected})
    )

    _replace(archive, records, store, home, prepared.revision, progress=progress, seconds=seconds)
    return expected


@few_collections()
def rebuild_as_new_graph(
    claims: Sequence[Claim],
    records: Records,
    store: Database,
    home: ServedHome,
    revision: int,
    *,
    progress: Progress,
    seconds: float,
) -> str:
    """Build a graph of these claims, what is left of those of the present one by the rules of this version; return its content hash.

    ``records`` follow from the claims. Raises as :func:`replace_graph`.
    """
    home.check(0)
    present = read_graph(store, is_checked=False, progress=progress, seconds=seconds)
    archive = replace(with_claims(present, claims, records), revision=revision + 1)
    _replace(archive, records, store, home, revision, progress=progress, seconds=seconds)
    return archive.content_hash


def _replace(
    archive: Archive,
    records: Records,
    store: Database,
    home: ServedHome,
    revision: int,
    *,
    progress: Progress,
    seconds: float,
) -> None:
    """Build the graph of an archive, and replace the present one if that still has this revision."""
    home.check(BYTES_ON_DISK * 2 * len(archive.claims))

    def decide(tx: Transaction) -> None:
        acquire_lock(tx, audience_of(archive), revision)
        tx.run(named("mark_replaced"))
        home.switch()

    with home.building():
        with (
            home.replacement(lambda folder: write_files(archive, records, folder, progress)) as endpoint,
            open_database(address_of(endpoint)) as new,
        ):
            complete(archive, records, new, progress=progress, seconds=seconds)
        progress("replacing the present graph")
        store.write(decide, seconds=seconds)


def address_of(endpoint: Endpoint) -> Address:
    """Return the address of a Neo4j that runs."""
    return Address(endpoint.uri, endpoint.user, endpoint.password.get_secret_value(), endpoint.database)


def audience_of(archive: Archive) -> Sensitivity:
    """Return for whom the graph of an archive is."""
    return Sensitivity((archive.audience or Sensitivity.PUBLIC).upper())


def hash_after(prepared: PreparedLoad, before: str) -> str:
    """Return the content hash of the graph after a planned load; ``before`` is the present one."""
    changes, stored = prepared.plan.changes, prepared.state.fingerprints
    gone = sum(int(stored[one], 16) for one in (*changes.changed, *changes.removed))
    added = sum(int(one.fingerprint, 16) for one in prepared.plan.records)
    return f"{(int(before, 16) - gone + added) % 2**256:064x}"


def with_load(archive: Archive, prepared: PreparedLoad, row: Mapping[str, Any], ownership: OwnershipRows) -> Archive:
    """Return the content of a graph with what a planned load changes, noted as its last load."""
    changes = prepared.plan.changes
    gone = {*changes.removed_claims}
    claims = [one for one in archive.claims if one.id not in gone] + list(prepared.plan.claims)
    journals = {str(one["id"]): one["journal"] for one in ownership.journals}
    loads = [{**one, "journal": journals[one["id"]]} if one["id"] in journals else one for one in archive.loads]
    load = {**row, "at": datetime.now(UTC).isoformat(), "hash_before": archive.content_hash}
    collections = {one["id"]: one for one in archive.collections}
    collections |= {one["id"]: {**one["properties"], "id": one["id"]} for one in ownership.collections}
    entries = {one["id"]: one for one in archive.entries}
    entries |= {one["id"]: {**one["properties"], "id": one["id"]} for one in ownership.entries}
    withheld = ({*archive.withheld} - {*ownership.readmitted}) | {*ownership.withheld}
    reasons = {**archive.reasons, **{one["id"]: one["reason"] for one in ownership.reasons}}
    units = {one.unit for one in claims}
    new = {one.id: str(row["id"]) for one in prepared.plan.claims}
    return replace(
        archive,
        audience=prepared.audience.value.lower(),
        revision=archive.revision + 1,
        claims=tuple(claims),
        load_of={one.id: new.get(one.id) or archive.load_of[one.id] for one in claims},
        loads=(*loads, load),
        withheld=tuple(sorted(withheld)),
        reasons={one: reason for one, reason in reasons.items() if one in withheld},
        collections=tuple(collections.values()),
        entries=tuple(one for id_, one in entries.items() if id_ in units),
    )


def write_files(archive: Archive, records: Records, folder: Path, progress: Progress) -> int:
    """Write records and claims as files for the importer; return how many nodes and relationships they have."""
    decisions = {one.claim: one for record in records.values() for one in record.decisions}
    into = merges(archive.claims)
    progress(f"writing {len(records):,} records and {len(archive.claims):,} claims")
    with ExitStack() as until_the_end:
        files = ImportFiles(folder, until_the_end)
        for record in records.values():
            write_record(record, files)
        for claim in archive.claims:
            write_claim(claim, archive.load_of[claim.id], decisions[claim.id], files, into)
    return files.count


def complete(archive: Archive, records: Records, store: Database, *, progress: Progress, seconds: float) -> None:
    """Make of what was imported the graph of an archive: indexes, loads, and what follows from several records.

    Raises IncompatibleGraph where its content hash is not that of the archive.
    """
    step = partial(store.write, seconds=seconds)
    restore_empty_lists(store)
    progress("creating indexes")
    migrate(store, seconds=3600)
    write_all_but_evidence(archive, store, seconds=seconds)
    step(lambda tx: tx.run(named("record_projection_version", version=PROJECTION_VERSION)))
    former = [id_ for id_, one in records.items() if one.node.properties.get("merged_from")]
    step(lambda tx: write_former_ids(tx, former))
    subjects = sorted(
        id_ for id_, one in records.items() if {Label.PERSON.value, Label.GROUP.value} & {*one.node.labels}
    )
    differences = [one for record in records.values() for one in value_differences(record)]
    write_derived(store, differences, subjects, audience_of(archive), step, progress)
    progress("totals")
    content_hash = store.write(write_snapshot, seconds=seconds)
    store_totals(all_totals(partial(store.read, seconds=seconds)), step, content_hash)
    if (found := graph_hash(store)) != archive.content_hash:
        raise IncompatibleGraph(f"Content hash mismatch: expected {archive.content_hash}, the new graph has {found}.")


def write_derived(
    store: Database,
    differences: Sequence[Difference],
    subjects: Sequence[str],
    audience: Sensitivity,
    step: Step,
    progress: Progress,
) -> None:
    """Compute what depends on several records: differences, and order, status and stays of subjects; ``step`` runs a transaction.

    ``differences`` are those that one record has within itself.
    """
    progress("differences between all records")
    write_compared(store, differences, step)
    [[events]] = store.read(named("all_events"), seconds=READ_SECONDS)
    for some in chunks(events, CHUNK):
        progress(f"differences of {len(events):,} events")
        step(partial(derive_events, events=some))
    for number, some in enumerate(chunks(subjects, CHUNK), 1):
        progress(
            f"order, status and stays: {min(number * CHUNK, len(subjects)):,} of {len(subjects):,} people and groups"
        )
        step(partial(derive_subjects, subjects=some, audience=audience))


def write_compared(store: Database, differences: Sequence[Difference], step: Step) -> None:
    """Store these differences and those between all records; half a million between a million people are more than a transaction holds."""
    compared = compared_differences(partial(store.read, seconds=READ_SECONDS))
    for found, are_compared in ((differences, False), (compared, True)):
        for rows in chunks(found, CHUNK):
            step(partial(create_differences, differences=rows, are_compared=are_compared))
    step(mark_large_exchanges)


def derive_events(tx: Transaction, events: Sequence[str]) -> None:
    """Store what is derived of events: differences from the sources that they cite, and between the names of their subjects."""
    write_publication_differences(tx, events)
    write_family_name_differences(tx, events)


def derive_subjects(tx: Transaction, subjects: Sequence[str], audience: Sensitivity) -> None:
    """Store what is derived of people and groups: the order of their events, status and stays."""
    write_positions(tx, subjects)
    write_statuses(tx, subjects)
    write_stays(tx, subjects, audience)
