"""The content of a graph as one value: what a backup holds, and what a new graph is built from.

Records are not part of it: they are computed from the claims again. A backup without claims about withheld records leaves no trace of them
in the graph that is built from it, its transaction logs and its indexes included.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from graph_api import __version__
from graph_api.database.driver import Database, Transaction, chunks
from graph_api.database.queries import named
from graph_api.database.stored_claims import all_claims_with_loads, content_hash, graph_hash, pairs
from graph_api.errors import DatabaseBusy, IncompatibleGraph
from graph_api.evidence.audience import without_records
from graph_api.evidence.claims import Claim
from graph_api.evidence.merging import ids_of_people
from graph_api.evidence.projection import PROJECTION_VERSION, ProjectedRecord
from graph_api.ingest.apply import Progress, check_version
from graph_api.ingest.current_rules import project_for, records_are_current
from graph_api.ingest.decisions import decided_id
from graph_api.ingest.history import TELLING
from graph_api.ingest.journal import Forgotten, decode_journal, encode_journal, forget, ids_in
from graph_api.ingest.key_file import KeyFile
from graph_api.ingest.withheld import Withheld
from graph_api.ontology.vocabulary import Sensitivity

CHUNK: Final = 5000
"""Claims, records or entries in one transaction."""
LOADS: Final = 50
"""Loads in one transaction: the journal of each may be long."""


@dataclass(frozen=True, slots=True)
class Archive:
    """Everything that was loaded: claims, the load that wrote each, loads with journals, collections and entries, digests of withheld ids.

    ``reasons`` has the words why ids are withheld, by digest, where they were noted.
    ``content_hash`` is that of the records by version ``projection`` of the rules; ``audience`` is None where nothing was loaded. ``loading``
    is the group of loads in blocks of which the graph holds a part only.
    """

    audience: str | None
    revision: int
    content_version: str | None
    claims: tuple[Claim, ...]
    load_of: Mapping[str, str]
    loads: tuple[Mapping[str, Any], ...]
    withheld: tuple[str, ...]
    content_hash: str
    collections: tuple[Mapping[str, Any], ...] = ()
    entries: tuple[Mapping[str, Any], ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)
    projection: int = PROJECTION_VERSION
    version: str = __version__
    loading: str | None = None


def read_graph(
    store: Database,
    *,
    is_checked: bool = True,
    progress: Progress = lambda _message: None,
    seconds: float = 600.0,
) -> Archive:
    """Return the content of a graph; its content hash is that of the records which follow from the claims, or the stored one without the check.

    Raises IncompatibleGraph where claims or records were changed by hand, or a newer version wrote them; DatabaseBusy where a load changed
    the graph meanwhile; and every other DatabaseError.
    """
    noted = store.read(named("archived_state"))
    [[audience, revision, version, content_version, loading]] = noted
    check_version(version)
    progress("reading claims")
    found = all_claims_with_loads(store, seconds=seconds)
    loads = tuple(row[0] for row in store.read(named("archived_loads"), seconds=60.0))
    withheld = {str(id_): reason for id_, reason in store.read(named("withheld_ids"), seconds=60.0)}
    stored, is_current = graph_hash(store), records_are_current(store)
    if store.read(named("archived_state")) != noted:
        raise DatabaseBusy("A load changed the graph meanwhile: nothing was done, try again.")
    claims = tuple(claim for claim, _ in found)
    expected = stored
    if is_checked:
        progress(f"computing the records of {len(claims)} claims")
        expected = content_hash_of(_project(claims, audience)[1])
    if is_current and stored != expected:
        raise IncompatibleGraph(
            "The records differ from their claims: they were changed in the database. Run `detention-graph rebuild` first."
        )
    load_of = {claim.id: load for claim, load in found}
    collections = tuple(row[1] for row in store.read(named("stored_collections")))
    owned = pairs(store, "stored_entries", {claim.unit for claim in claims})
    entries = tuple({"id": id_, **row} for id_, row in sorted(owned.items()))
    return Archive(
        audience, revision, content_version, claims, load_of, loads, tuple(sorted(withheld)), expected, collections, entries,
        {id_: str(reason) for id_, reason in sorted(withheld.items()) if reason}, loading=loading,
    )  # fmt: skip


def add_withheld(archive: Archive, ids: Collection[str], key: KeyFile | None = None) -> Archive:
    """Return the archive with these ids, or digests of ids, withheld too, and without any claim about a withheld record or that needs one.

    Nor has it anything that the rules of this version withhold from its audience. Raises IncompatibleGraph where digests have a key that is not ``key``.
    """
    known = Withheld.of((*archive.withheld, *ids), key)
    gone = known.among({one for claim in archive.claims for one in (claim.record, claim.unit)})
    gone = frozenset(ids_of_people(gone, archive.claims))
    known = replace(known, stored=known.stored | known.made_for(gone - known.among(gone), archive.claims))
    claims, records = _project(without_records(archive.claims, gone), archive.audience)
    loads = tuple(_without(one, known) for one in archive.loads)
    return with_claims(replace(archive, loads=loads, withheld=tuple(sorted(known.stored))), claims, records)


def with_claims(archive: Archive, claims: Sequence[Claim], records: Mapping[str, ProjectedRecord]) -> Archive:
    """Return the archive with these claims, what is left of its own, from which these records follow by the rules of this version."""
    units = {one.unit for one in claims}
    load_of_unit = {one.unit: archive.load_of[one.id] for one in archive.claims}
    return replace(
        archive,
        claims=tuple(claims),
        load_of={one.id: archive.load_of.get(one.id, load_of_unit[one.unit]) for one in claims},
        entries=tuple(one for one in archive.entries if one["id"] in units),
        content_hash=content_hash_of(records),
        projection=PROJECTION_VERSION,
    )


def _without(load: Mapping[str, Any], withheld: Withheld) -> Mapping[str, Any]:
    """Return a load whose journal and decisions name nothing that is withheld."""
    if (decisions := load.get("decisions")) and (gone := withheld.among(filter(None, map(decided_id, decisions)))):
        load = {**load, "decisions": [one for one in decisions if decided_id(one) not in gone]}
    journal = decode_journal(load.get("journal"))
    left = forget(journal, Forgotten(withheld.among(ids_in(journal))))
    return load if left is journal else {**load, "journal": encode_journal(left)}


def without_empty_loads(archive: Archive) -> Archive:
    """Return the archive without the files, messages and decisions of loads of which no claim is left: they may tell of what was withheld.

    Such a load stays only where later ones may be reverted to what it removed.
    """
    used = {*archive.load_of.values()}
    return replace(
        archive,
        loads=tuple(
            one if one["id"] in used else {key: value for key, value in one.items() if key not in TELLING}
            for one in archive.loads
            if one["id"] in used or decode_journal(one.get("journal")).removed
        ),
    )


def is_empty(store: Database) -> bool:
    """Whether a graph has no records, claims, loads and withheld ids."""
    [[audience, records, claims, _]] = store.read(named("graph_state"), seconds=60.0)
    return not (audience or records or claims or store.read(named("withheld_ids")) or store.read(named("all_loads")))


def write_all_but_evidence(archive: Archive, store: Database, *, seconds: float) -> None:
    """Write all of an archive but claims and records: loads, withheld ids, collections, entries, what is noted of the whole graph.

    What is noted comes last, and each transaction holds a part: who reads meanwhile finds a graph that is not ready.
    """
    loads, withheld = [dict(one) for one in archive.loads], archive.withheld
    reasons = [{"id": id_, "reason": reason} for id_, reason in archive.reasons.items()]
    collections, entries = (
        [{"id": one["id"], "properties": dict(one)} for one in stored]
        for stored in (archive.collections, archive.entries)
    )
    parts: list[Callable[[Transaction], object]] = [
        *(lambda tx, some=some: tx.write("restore_loads", some) for some in chunks(loads, LOADS)),
        *(lambda tx, some=some: tx.write("upsert_withheld_ids", some, key="ids") for some in chunks(withheld, CHUNK)),
        *(lambda tx, some=some: tx.write("note_withdrawals", some) for some in chunks(reasons, CHUNK)),
        *(lambda tx, some=some: tx.write("upsert_collections", some) for some in chunks(collections, CHUNK)),
        *(lambda tx, some=some: tx.write("upsert_entries", some) for some in chunks(entries, CHUNK)),
    ]
    for part in parts:
        store.write(part, seconds=seconds)
    row = {
        "audience": archive.audience,
        "loads": archive.revision,
        "content_version": archive.content_version,
        "version": archive.version,
        "loading": archive.loading,
    }
    if archive.audience is not None:
        store.write(lambda tx: tx.run(named("restore_state", row=row)), seconds=seconds)


def project_archive(archive: Archive) -> tuple[Sequence[Claim], Mapping[str, ProjectedRecord]]:
    """Return the claims of an archive that stay for its audience, and the records that follow from them."""
    return _project(archive.claims, archive.audience)


def _project(claims: Sequence[Claim], audience: str | None) -> tuple[Sequence[Claim], Mapping[str, ProjectedRecord]]:
    return project_for(claims, Sensitivity((audience or Sensitivity.PUBLIC).upper()))


def content_hash_of(records: Mapping[str, ProjectedRecord]) -> str:
    """Return the content hash of these records."""
    return content_hash([one.fingerprint for one in records.values()])
