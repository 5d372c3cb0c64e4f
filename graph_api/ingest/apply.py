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
from graph_api.ingest.plan import Plan
from graph_api.ontology.vocabulary import Sensitivity

Progress = Callable[[str], None]


def loads_so_far(store: Database, audience: Sensitivity) -> int:
    """Return how often the graph was changed; what is decided now is for the graph as it is after that.

    Raises IncompatibleGraph where it was loaded for another audience.
    """
    [[held, loads]] = store.read(named("load_state"))
    _refuse_other_audience(held, audience)
    return int(loads)


def apply(
    plan: Plan,
    store: Database,
    *,
    load: Mapping[str, Any],
    audience: Sensitivity,
    after: int,
    progress: Progress,
    seconds: float,
) -> None:
    """Database a plan. ``load`` is noted with it: id, files and counts; ``after`` is the number of loads that it was made for.

    Raises IncompatibleGraph where the graph was loaded for another audience, DatabaseBusy where another load came in between, and every
    DatabaseError; nothing is kept then.
    """

    def work(tx: Transaction) -> None:
        take_lock(tx, audience, after)
        tx.write("drop_claims", plan.old_claims, key="ids")
        tx.write("drop_records", plan.removed, key="ids")
        tx.write("drop_pictures", plan.changed, key="ids")
        put_pictures(tx, plan.pictures.values(), progress)
        _put_claims(tx, plan.new_claims, str(load["id"]), progress)
        put_verdicts(tx, plan.pictures.values())
        tx.write("put_withheld", plan.withheld, key="ids")
        tx.run(named("put_load", row=dict(load)))
        progress("committing")

    store.write(work, seconds=seconds)


def take_lock(tx: Transaction, audience: Sensitivity, after: int) -> None:
    """Keep other loads out until the transaction ends; refuse a graph that is for another audience, or changed since ``after``."""
    [[held, loads]] = tx.run(named("take_lock", audience=audience.value.lower()))
    _refuse_other_audience(held, audience)
    if loads != after:
        raise DatabaseBusy("another load came in between; nothing was changed, try again")


def _refuse_other_audience(held: str | None, audience: Sensitivity) -> None:
    if held is not None and held != audience.value.lower():
        raise IncompatibleGraph(
            f"this graph was loaded for the audience {held}, not {audience.value.lower()}; use another database or home"
        )


def put_pictures(tx: Transaction, pictures: Iterable[ProjectedRecord], progress: Progress) -> None:
    """Database nodes, then parts, then links; the links of a picture must not be there yet."""
    every = list(pictures)
    progress(f"{len(every)} records")
    tx.write("put_records", [_node_row(one.node, {"hash": one.fingerprint}) for one in every])
    parts = [part for one in every for part in one.parts]
    tx.write("put_parts", [_node_row(part, {}) for part in parts])
    part_ids = {part.id for part in parts}
    links = [link for one in every for link in one.links]
    progress(f"{len(links)} links")
    tx.write("put_links_to_parts", [_link_row(link) for link in links if link.end in part_ids])
    tx.write("put_links_of_parts", [_link_row(link) for link in links if link.start in part_ids])
    tx.write("put_links", [_link_row(link) for link in links if not {link.start, link.end} & part_ids])


def put_verdicts(tx: Transaction, pictures: Iterable[ProjectedRecord]) -> None:
    """Database what was found about each claim."""
    verdicts = [verdict for one in pictures for verdict in one.verdicts]
    tx.write(
        "put_verdicts",
        [
            {"id": v.claim, "since": v.since, "preferred": list(v.preferred), "because": list(v.because)}
            for v in verdicts
        ],
    )


def _node_row(node: Node, more: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": node.id, "labels": list(node.labels), "properties": {**node.properties, **more}}


def _link_row(link: Link) -> dict[str, Any]:
    return {"start": link.start, "type": link.type, "end": link.end, "properties": dict(link.properties)}


def _put_claims(tx: Transaction, claims: Sequence[Claim], load: str, progress: Progress) -> None:
    progress(f"{len(claims)} claims")
    tx.write("put_claims", [{"id": c.id, "record": c.record, "properties": claim_properties(c, load)} for c in claims])
    cited = [(c, c.citation) for c in claims if c.citation]
    tx.write(
        "put_claim_citations",
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
        "put_claim_speakers", [{"id": c.id, "who": c.speaker.record} for c in claims if c.speaker and c.speaker.record]
    )
    tx.write("put_claim_objects", [row for c in claims for row in object_rows(c)])


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
