"""The picture from the evidence, again: what is stored is compared with what the claims say, and put right where it differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from graph_api.database.driver import Database, Transaction
from graph_api.database.migrations import migrate
from graph_api.database.queries import named
from graph_api.database.stored_claims import all_claims, all_records, graph_hash
from graph_api.errors import IncompatibleGraph
from graph_api.evidence.claims import Claim
from graph_api.evidence.projection import project
from graph_api.evidence.records import ProjectedRecord
from graph_api.ingest.apply import Progress, acquire_lock, write_claim_decisions, write_records
from graph_api.ontology.vocabulary import Sensitivity

CHUNK = 500


@dataclass(frozen=True, slots=True)
class RebuildResult:
    """What a rebuild found: how many records there are, which were stored otherwise than their claims say, the content hash now."""

    records: int
    changed: int
    content_hash: str


def rebuild(store: Database, *, progress: Progress = lambda _message: None, seconds: float = 600.0) -> RebuildResult:
    """Compute every picture from the stored claims, compare it with what is stored, and write those that differ, all or nothing.

    A graph of an older version is migrated before. Raises IncompatibleGraph where the graph is of a newer version, whose picture follows
    other rules, or where the evidence itself was damaged, which only loading the seed files again can mend; DatabaseBusy where a load
    came in between; and the other StoreErrors. Nothing is changed then.
    """
    migrate(store)
    [[audience, loads]] = store.read(named("load_state"))
    progress("reading claims")
    claims = all_claims(store, seconds=seconds)
    records = all_records(store)
    _check_evidence(claims, records)
    progress(f"computing {len(records)} records")
    pictures = project(claims)
    progress("comparing with what is stored")
    idle = [record for record in records if record not in pictures]
    differ = [record for record, was in _stored(store, records, seconds) if was != _expected(pictures.get(record))]
    changed = [record for record in differ if record in pictures]
    if idle or changed:

        def work(tx: Transaction) -> None:
            acquire_lock(tx, Sensitivity((audience or Sensitivity.PUBLIC).upper()), loads)
            tx.write("delete_records", idle, key="ids")
            tx.write("delete_record_links", changed, key="ids")
            tx.run(named("delete_parts", ids=[part.id for record in changed for part in pictures[record].parts]))
            write_records(tx, [pictures[record] for record in changed], progress)
            write_claim_decisions(tx, [pictures[record] for record in changed])
            progress("committing")

        store.write(work, seconds=seconds)
    return RebuildResult(len(pictures), len(idle) + len(changed), graph_hash(store))


def _check_evidence(claims: Sequence[Claim], records: Sequence[str]) -> None:
    there = set(records)
    for claim in claims:
        if claim.record not in there:
            raise IncompatibleGraph(
                f"the record {claim.record!r} is gone from the database and its claims are not; "
                "load the seed files again into an empty database"
            )


def _stored(store: Database, records: Sequence[str], seconds: float) -> Iterator[tuple[str, bytes]]:
    for at in range(0, len(records), CHUNK):
        for row in store.read(named("stored_records", ids=records[at : at + CHUNK]), seconds=seconds):
            id_, labels, properties, links, parts, verdicts = row
            yield id_, _canonical([id_, labels, properties], parts, links, verdicts)


def _expected(picture: ProjectedRecord | None) -> bytes:
    if picture is None:
        return b""
    node = picture.node
    return _canonical(
        [node.id, node.labels, {**node.properties, "id": node.id, "hash": picture.fingerprint}],
        [[part.id, part.labels, {**part.properties, "id": part.id}] for part in picture.parts],
        [[link.start, link.type, link.end, dict(link.properties)] for link in picture.links],
        [[v.claim, v.since, v.preferred, v.because] for v in picture.verdicts],
    )


def _canonical(node: Sequence[Any], parts: Sequence[Any], links: Sequence[Any], verdicts: Sequence[Any]) -> bytes:
    """Return what is stored of a record in one form: properties without value left out, everything sorted."""
    return _json([_node(*node), _sorted(_node(*part) for part in parts), _sorted(map(_link, links)), _sorted(verdicts)])


def _node(id_: str, labels: Sequence[str], properties: Mapping[str, Any]) -> list[Any]:
    return [id_, sorted(labels), {key: value for key, value in properties.items() if value is not None}]


def _link(link: Sequence[Any]) -> list[Any]:
    start, type_, end, properties = link
    return [start, type_, end, {key: value for key, value in properties.items() if value is not None}]


def _sorted(rows: Any) -> list[str]:
    return sorted(_json(row).decode() for row in rows)


def _json(value: Any) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
