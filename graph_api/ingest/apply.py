"""Writes a plan to the graph in one transaction: all of it, or nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, TypeAlias

import orjson

from graph_api import __version__
from graph_api.database.driver import Database, Transaction
from graph_api.database.queries import named
from graph_api.errors import DatabaseBusy, IncompatibleGraph
from graph_api.evidence.claims import Claim, links_of
from graph_api.evidence.merging import merged_claim
from graph_api.evidence.projection import PROJECTION_VERSION, Link, ProjectedNode, ProjectedRecord
from graph_api.ingest.differences import write_differences
from graph_api.ingest.plan import LoadPlan
from graph_api.ingest.positions import subjects_of, write_positions
from graph_api.ingest.snapshot import write_snapshot
from graph_api.ingest.statuses import write_statuses
from graph_api.ingest.stays import subjects_at, write_stays
from graph_api.ingest.totals import totals_before, write_totals
from graph_api.ontology.vocabulary import Sensitivity

Progress: TypeAlias = Callable[[str], None]

VERSIONS_AT_ONCE: Final = 20_000
"""Versions of nodes that one statement removes."""


def current_revision(store: Database, audience: Sensitivity) -> int:
    """Return the revision of the graph: how many loads changed it. A plan is made for one revision.

    Raises IncompatibleGraph where the graph was loaded for another audience, or written by a newer version.
    """
    [[stored_audience, revision, version, *_]] = store.read(named("load_state"))
    check_version(version)
    _check_audience(stored_audience, audience)
    return int(revision)


def apply(
    plan: LoadPlan,
    store: Database,
    *,
    load: Mapping[str, Any],
    ownership: OwnershipRows,
    audience: Sensitivity,
    expected_revision: int,
    progress: Progress,
    seconds: float,
) -> None:
    """Write a plan. ``load`` is stored with it: id, files, counts and more; the plan was made for ``expected_revision``.

    Raises IncompatibleGraph where the graph was loaded for another audience, DatabaseBusy where another load changed it meanwhile, and
    every DatabaseError; nothing is changed then.
    """

    def work(tx: Transaction) -> None:
        acquire_lock(tx, audience, expected_revision)
        write_plan(tx, plan, load=load, ownership=ownership, audience=audience, progress=progress)
        progress("committing")

    store.write(work, seconds=seconds)


def write_plan(
    tx: Transaction,
    plan: LoadPlan,
    *,
    load: Mapping[str, Any],
    ownership: OwnershipRows,
    audience: Sensitivity,
    progress: Progress,
) -> None:
    """Write a plan within a transaction that has the lock."""
    changes = plan.changes
    touched = (*changes.added, *changes.changed, *changes.removed)
    subjects = subjects_of(tx, touched)
    totals = totals_before(tx, touched, plan.records, changes.added)
    rewritten = [claim.id for claims in plan.rewritten.values() for claim in claims]
    tx.write("delete_claims", [*changes.removed_claims, *rewritten], key="ids")
    tx.write("delete_records", changes.removed, key="ids")
    tx.write("delete_record_links", changes.changed, key="ids")
    write_records(tx, plan.records, progress)
    write_claims(tx, plan.claims, str(load["id"]), progress, plan.into)
    for of, claims in plan.rewritten.items():
        write_claims(tx, claims, of, progress, plan.into)
    write_claim_decisions(tx, plan.records)
    subjects |= subjects_of(tx, touched)
    write_positions(tx, subjects)
    write_differences(tx, plan.records)
    write_statuses(tx, subjects | {*touched})
    write_former_ids(tx, touched)
    write_stays(tx, subjects | {*touched} | subjects_at(tx, touched), audience)
    write_ownership(tx, ownership)
    before = tx.run(named("stored_content_hash"))[0][0]
    content_hash = write_snapshot(tx)
    progress("totals")
    write_totals(tx, totals, content_hash)
    tx.run(named("create_load", row={**load, "hash_before": before, "hash": content_hash}))


@dataclass(frozen=True, slots=True)
class OwnershipRows:
    """What a load stores of collections, entries and journals: rows of ``upsert_collections``, ``upsert_entries`` and ``write_journals``.

    ``abandoned`` are entries that may have no claim any more,
    ``withheld`` digests of what is withheld now, ``reasons`` rows of ``note_withdrawal``, ``readmitted`` digests of ids that may be
    loaded again, ``silenced`` ids of loads whose messages and files may name somebody.
    """

    collections: Sequence[Mapping[str, Any]] = ()
    entries: Sequence[Mapping[str, Any]] = ()
    abandoned: Sequence[str] = ()
    journals: Sequence[Mapping[str, Any]] = ()
    reasons: Sequence[Mapping[str, str]] = ()
    readmitted: Sequence[str] = ()
    silenced: Sequence[str] = ()
    withheld: Sequence[str] = ()


def write_ownership(tx: Transaction, rows: OwnershipRows) -> None:
    """Write what is stored of collections, entries, journals and withdrawals."""
    tx.write("upsert_collections", rows.collections)
    tx.write("upsert_entries", rows.entries)
    tx.write("delete_entries", rows.abandoned, key="ids")
    tx.write("write_journals", rows.journals)
    tx.write("upsert_withheld_ids", rows.withheld, key="ids")
    tx.write("note_withdrawals", rows.reasons)
    tx.write("delete_withheld_ids", rows.readmitted, key="ids")
    tx.write("forget_messages", rows.silenced, key="ids")


def acquire_lock(tx: Transaction, audience: Sensitivity, expected_revision: int) -> None:
    """Keep other loads out until the transaction ends, and count this one. Versions of nodes go: what changes may be what they must not show.

    Raises IncompatibleGraph where the graph is for another audience, DatabaseBusy where its revision is not the expected one or a new graph
    replaces it.
    """
    [[stored_audience, revision, is_replaced]] = tx.run(
        named("acquire_lock", audience=audience.value.lower(), version=__version__, projection=PROJECTION_VERSION)
    )
    _check_audience(stored_audience, audience)
    if is_replaced:
        raise DatabaseBusy(
            "A load replaces this graph by a new one: nothing was changed, try again once its process has ended."
        )
    if revision != expected_revision:
        raise DatabaseBusy("Another load changed the graph meanwhile: nothing was changed, try again.")
    while tx.run(named("delete_versions", most=VERSIONS_AT_ONCE))[0][0]:
        pass


def check_version(stored: str | None) -> None:
    """Raise IncompatibleGraph where a newer version of the program wrote the graph; ``stored`` is None for versions before 0.1.0."""
    if stored is not None and _numbers(stored) > _numbers(__version__):
        raise IncompatibleGraph(
            f"The graph was written by detention-graph {stored}, this is {__version__}: use {stored} or a newer version."
        )


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(digits) for digits in re.findall(r"\d+", version))


def _check_audience(stored: str | None, audience: Sensitivity) -> None:
    if stored is not None and stored != audience.value.lower():
        raise IncompatibleGraph(
            f"This graph was loaded for the audience {stored}, not {audience.value.lower()}: use another database or data directory."
        )


def write_records(tx: Transaction, records: Sequence[ProjectedRecord], progress: Progress) -> None:
    """Write nodes, then nested records, then links. The links of these records must have been deleted."""
    progress(f"{len(records)} records")
    tx.write("upsert_records", [_node_row(one.node, {"hash": one.fingerprint}) for one in records])
    parts = [part for one in records for part in one.parts]
    tx.write("create_parts", [_node_row(part, {}) for part in parts])
    part_ids = {part.id for part in parts}
    links = [link for one in records for link in one.links]
    progress(f"{len(links)} links")
    tx.write("create_links_to_parts", [_link_row(link) for link in links if link.end in part_ids])
    tx.write("create_links_from_parts", [_link_row(link) for link in links if link.start in part_ids])
    tx.write("create_links", [_link_row(link) for link in links if not {link.start, link.end} & part_ids])


def write_former_ids(tx: Transaction, records: Iterable[str]) -> None:
    """Store the former ids of these records, by which they are found; those of records that are gone are removed."""
    tx.write("write_former_ids", sorted(set(records)), key="ids")


def write_claim_decisions(tx: Transaction, records: Iterable[ProjectedRecord]) -> None:
    """Write on each claim which of its values are shown, and why."""
    decisions = [decision for one in records for decision in one.decisions]
    tx.write(
        "write_claim_decisions",
        [
            {"id": one.claim, "since": one.since, "preferred": list(one.preferred), "because": list(one.because)}
            for one in decisions
        ],
    )


def _node_row(node: ProjectedNode, more: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": node.id, "labels": list(node.labels), "properties": {**node.properties, **more}}


def _link_row(link: Link) -> dict[str, Any]:
    return {"start": link.start, "type": link.type, "end": link.end, "properties": dict(link.properties)}


def write_claims(
    tx: Transaction,
    claims: Sequence[Claim],
    load: str,
    progress: Progress,
    into: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Write claims with their citations, speakers and links; ``load`` is the id of the load that states them.

    ``into`` has the record that is kept for each one that was merged into it.
    """
    progress(f"{len(claims)} claims")
    originals, claims = claims, [merged_claim(one, into) for one in claims] if into else claims
    rows = [
        {"id": c.id, "record": c.record, "properties": claim_properties(c, load) | original_content(own, c)}
        for own, c in zip(originals, claims, strict=True)
    ]
    tx.write("create_claims", rows)
    tx.write(
        "create_claim_citations",
        [
            {
                "id": c.id,
                "source": at.source,
                "properties": {"at": at.at, "quote": at.quote, "quote_language": at.quote_language, "note": at.note},
            }
            for c in claims
            if (at := c.citation) is not None
        ],
    )
    speakers = [{"id": c.id, "who": c.speaker.record} for c in claims if c.speaker and c.speaker.record]
    tx.write("create_claim_speakers", speakers)
    tx.write("create_claim_references", [row for c in claims for row in object_rows(c)])


def original_content(own: Claim, stored: Claim) -> dict[str, str]:
    """Return the property with what a claim is about and says itself, where it is stored about the record into which its own was merged."""
    if own is stored:
        return {}
    who = own.speaker.record if own.speaker else None
    return {
        "original": orjson.dumps([own.subject, own.record, who, dict(own.values)], option=orjson.OPT_SORT_KEYS).decode()
    }


def claim_properties(claim: Claim, load: str) -> dict[str, Any]:
    """Return the stored properties of a claim; ``load`` is the id of the load that wrote it."""
    names = sorted(claim.values)
    return {
        "subject": claim.subject,
        "record": claim.record,
        "kind": claim.kind,
        "unit": claim.unit,
        "properties": names,
        "values": [orjson.dumps(claim.values[name], option=orjson.OPT_SORT_KEYS).decode() for name in names],
        "modality": claim.modality.value,
        "sensitivity": claim.sensitivity.value,
        "announced": claim.announced,
        "role": claim.speaker.role if claim.speaker else None,
        "reason": claim.reason,
        "load": load,
    }


def object_rows(claim: Claim) -> Iterable[dict[str, str]]:
    """Return a row for each record that the values of a claim refer to: {id, property, object}. One that was merged is none any more."""
    return (
        {"id": claim.id, "property": prop.name, "object": target} for prop, target in links_of(claim) if not prop.judged
    )
