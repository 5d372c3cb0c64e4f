"""A plan into the graph, in one transaction: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import orjson

from graph_api.database.driver import Database, Transaction
from graph_api.database.queries import named
from graph_api.errors import DatabaseBusy, IncompatibleGraph
from graph_api.evidence.audience import links_of
from graph_api.evidence.claims import Claim
from graph_api.evidence.records import Link, Node, ProjectedRecord
from graph_api.ingest.plan import LoadPlan
from graph_api.ontology.vocabulary import Sensitivity

Progress = Callable[[str], None]


def current_revision(store: Database, audience: Sensitivity) -> int:
    """Return how often the graph was changed; what is decided now is for the graph as it is after that.

    Raises IncompatibleGraph where it was loaded for another audience.
    """
    [[loaded_for, loads]] = store.read(named("load_state"))
    _check_audience(loaded_for, audience)
    return int(loads)


def apply(
    plan: LoadPlan,
    store: Database,
    *,
    load: Mapping[str, Any],
    audience: Sensitivity,
    expected_revision: int,
    progress: Progress,
    seconds: float,
) -> None:
    """Database a plan. ``load`` is noted with it: id, files and counts; ``expected_revision`` is the number of loads that it was made for.

    Raises IncompatibleGraph where the graph was loaded for another audience, DatabaseBusy where another load came in between, and every
    DatabaseError; nothing is kept then.
    """

    def work(tx: Transaction) -> None:
        acquire_lock(tx, audience, expected_revision)
        tx.write("delete_claims", plan.old_claims, key="ids")
        tx.write("delete_records", plan.removed, key="ids")
        tx.write("delete_record_links", plan.changed, key="ids")
        write_records(tx, plan.pictures.values(), progress)
        _write_claims(tx, plan.new_claims, str(load["id"]), progress)
        write_claim_decisions(tx, plan.pictures.values())
        tx.write("upsert_withheld_ids", plan.withheld, key="ids")
        tx.run(named("create_load", row=dict(load)))
        progress("committing")

    store.write(work, seconds=seconds)


def acquire_lock(tx: Transaction, audience: Sensitivity, expected_revision: int) -> None:
    """Keep other loads out until the transaction ends; refuse a graph that is for another audience, or changed since ``expected_revision``."""
    [[loaded_for, loads]] = tx.run(named("acquire_lock", audience=audience.value.lower()))
    _check_audience(loaded_for, audience)
    if loads != expected_revision:
        raise DatabaseBusy("another load came in between; nothing was changed, try again")


def _check_audience(loaded_for: str | None, audience: Sensitivity) -> None:
    if loaded_for is not None and loaded_for != audience.value.lower():
        raise IncompatibleGraph(
            f"this graph was loaded for the audience {loaded_for}, not {audience.value.lower()}; use another database or home"
        )


def write_records(tx: Transaction, pictures: Iterable[ProjectedRecord], progress: Progress) -> None:
    """Database nodes, then parts, then links; the links of a picture must not be there yet."""
    every = list(pictures)
    progress(f"{len(every)} records")
    tx.write("upsert_records", [_node_row(one.node, {"hash": one.fingerprint}) for one in every])
    parts = [part for one in every for part in one.parts]
    tx.write("create_parts", [_node_row(part, {}) for part in parts])
    part_ids = {part.id for part in parts}
    links = [link for one in every for link in one.links]
    progress(f"{len(links)} links")
    tx.write("create_links_to_parts", [_link_row(link) for link in links if link.end in part_ids])
    tx.write("create_links_from_parts", [_link_row(link) for link in links if link.start in part_ids])
    tx.write("create_links", [_link_row(link) for link in links if not {link.start, link.end} & part_ids])


def write_claim_decisions(tx: Transaction, pictures: Iterable[ProjectedRecord]) -> None:
    """Database what was found about each claim."""
    verdicts = [verdict for one in pictures for verdict in one.verdicts]
    tx.write(
        "write_claim_decisions",
        [
            {"id": v.claim, "since": v.since, "preferred": list(v.preferred), "because": list(v.because)}
            for v in verdicts
        ],
    )


def _node_row(node: Node, more: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": node.id, "labels": list(node.labels), "properties": {**node.properties, **more}}


def _link_row(link: Link) -> dict[str, Any]:
    return {"start": link.start, "type": link.type, "end": link.end, "properties": dict(link.properties)}


def _write_claims(tx: Transaction, claims: Sequence[Claim], load: str, progress: Progress) -> None:
    progress(f"{len(claims)} claims")
    tx.write(
        "create_claims", [{"id": c.id, "record": c.record, "properties": claim_properties(c, load)} for c in claims]
    )
    cited = [(c, c.citation) for c in claims if c.citation]
    tx.write(
        "create_claim_citations",
        [
            {
                "id": c.id,
                "source": at.source,
                "properties": {"at": at.at, "quote": at.quote, "quote_language": at.quote_language, "note": at.note},
            }
            for c, at in cited
        ],
    )
    tx.write(
        "create_claim_speakers",
        [{"id": c.id, "who": c.speaker.record} for c in claims if c.speaker and c.speaker.record],
    )
    tx.write("create_claim_references", [row for c in claims for row in object_rows(c)])


def claim_properties(claim: Claim, load: str) -> dict[str, Any]:
    """Return what is stored of a claim itself; ``load`` is the id of the load that brought it in."""
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
    """Return a row for each record that the values of a claim name: {id, property, object}."""
    return ({"id": claim.id, "property": prop.name, "object": target} for prop, target in links_of(claim))
