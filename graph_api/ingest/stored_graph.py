"""All that a load stores of claims and their records, as values: nodes and relationships by key, without writing them.

What a load computes from what it has stored (positions of events, status of people, exchanges that paths do not walk) is computed here
from the records themselves, by the same functions; ``derived_nodes`` has the stays and differences.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from graph_api.evidence.claims import Claim
from graph_api.evidence.life_events import life_events
from graph_api.evidence.merging import merged
from graph_api.evidence.projection import Link, ProjectedNode, ProjectedRecord
from graph_api.evidence.status import person_status
from graph_api.evidence.withholding import life_rows
from graph_api.ingest.apply import claim_properties, object_rows
from graph_api.ingest.differences import MOST_WALKED
from graph_api.ingest.positions import event_positions
from graph_api.ingest.statuses import status_properties
from graph_api.ontology.names import Label, Rel
from graph_api.ontology.vocabulary import Role

Key = tuple[str, str]
"""The first label of a node, which is that of its namespace (RECORD, PART, CLAIM), and its id."""

_HAS_POSITIONS: Final = {Label.PERSON.value, Label.GROUP.value}


@dataclass(frozen=True, slots=True)
class StoredLink:
    """A relationship between two nodes by their keys."""

    start: Key
    type: str
    end: Key
    properties: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StoredNode:
    """A node with all that changes with it.

    ``links`` are the relationships that it states: those that start at it, and of an event also the parts that others had in it.
    ``positions`` has the position of each event among its own, by the id of its part.
    """

    labels: tuple[str, ...]
    properties: Mapping[str, Any]
    links: tuple[StoredLink, ...]
    positions: Mapping[str, int | None] = field(default_factory=dict)


def stored_graph(claims: Iterable[Claim], records: Mapping[str, ProjectedRecord]) -> dict[Key, StoredNode]:
    """Return every node that a load of these claims stores; ``records`` is their projection."""
    by_subject: dict[str, list[str]] = {}
    decisions = {one.claim: one for record in records.values() for one in record.decisions}
    found: dict[Key, StoredNode] = {}
    for claim in merged(tuple(claims)):
        by_subject.setdefault(claim.subject, []).append(claim.id)
        decided = decisions[claim.id]
        properties = claim_properties(claim, "") | {
            "id": claim.id,
            "since": decided.since,
            "preferred": list(decided.preferred),
            "because": list(decided.because),
        }
        found[Label.CLAIM, claim.id] = StoredNode((Label.CLAIM,), properties, tuple(_claim_links(claim)))
    statuses = {person: (status, relied) for person, status, relied in _statuses(records, by_subject)}
    positions, large = _positions(records), _large_exchanges(records)
    for id_, record in records.items():
        parts = {part.id for part in record.parts}
        links = [_stored_link(link, parts) for link in record.links]
        own = [one for one in links if one.start not in {(Label.PART.value, part) for part in parts}]
        status, relied = statuses.get(id_, ({}, []))
        own += [StoredLink((Label.RECORD, id_), Rel.RELIES_ON, (Label.CLAIM, claim), {}) for claim in relied]
        more = status | ({"is_large": True} if id_ in large else {})
        found[Label.RECORD, id_] = _node(record.node, own, more, positions.get(id_, {}))
        for part in record.parts:
            of_part = [one for one in links if one.start == (Label.PART, part.id)]
            found[Label.PART, part.id] = _node(part, of_part, {}, {})
    return found


def _node(
    node: ProjectedNode, links: Iterable[StoredLink], more: Mapping[str, Any], positions: Mapping[str, int | None]
) -> StoredNode:
    properties = {key: value for key, value in {**node.properties, **more, "id": node.id}.items() if value is not None}
    return StoredNode(node.labels, properties, tuple(links), positions)


def _stored_link(link: Link, parts: set[str]) -> StoredLink:
    start = (Label.PART if link.start in parts else Label.RECORD).value, link.start
    end = (Label.PART if link.end in parts else Label.RECORD).value, link.end
    return StoredLink(start, link.type, end, link.properties)


def _claim_links(claim: Claim) -> Iterator[StoredLink]:
    start = (Label.CLAIM.value, claim.id)
    yield StoredLink(start, Rel.ABOUT, (Label.RECORD, claim.record), {})
    if (at := claim.citation) is not None:
        place = {"at": at.at, "quote": at.quote, "quote_language": at.quote_language, "note": at.note}
        yield StoredLink(start, Rel.CITES, (Label.RECORD, at.source), place)
    if claim.speaker and claim.speaker.record:
        yield StoredLink(start, Rel.SAID_BY, (Label.RECORD, claim.speaker.record), {})
    for row in object_rows(claim):
        yield StoredLink(start, Rel.NAMES, (Label.RECORD, row["object"]), {"property": row["property"]})


def _statuses(
    records: Mapping[str, ProjectedRecord], by_subject: Mapping[str, list[str]]
) -> Iterator[tuple[str, dict[str, Any], list[str]]]:
    """Yield each person with the properties of the status and the claims that it relies on.

    Of an event with several subjects it relies on the person's part only.
    """
    rows = life_rows(records)
    for person in (one.node for one in records.values() if Label.PERSON in one.node.labels):
        own = rows.get(person.id, [])
        status = person_status(life_events(own), person.properties.get("nationalities") or ())
        relied: list[str] = []
        for event in (event for event in own if event["id"] in status.events):
            subjects = [link for link in _parts(records[event["id"]]) if link.properties["role"] == Role.SUBJECT.value]
            for subject in (event["part"], event["id"]) if len(subjects) == 1 else (event["part"],):
                relied += by_subject.get(subject, ())
        yield person.id, status_properties(status), relied


def _parts(event: ProjectedRecord) -> list[Link]:
    return [link for link in event.links if link.type == Rel.TOOK_PART.value]


def _positions(records: Mapping[str, ProjectedRecord]) -> dict[str, dict[str, int | None]]:
    """Return the position of each event among those of a person or group, by the id of the part in it."""
    own: dict[str, list[list[Any]]] = {}
    for id_, record in records.items():
        node = record.node.properties
        earlier = [link.end for link in record.links if link.type == Rel.FOLLOWS.value and link.end in records]
        for link in _parts(record):
            if link.start in records and _HAS_POSITIONS & {*records[link.start].node.labels}:
                days = [node["date_lo"], node["date_hi"], node.get("date") is not None, node["shown_hi"]]
                own.setdefault(link.start, []).append([link.properties["id"], None, id_, node["kind"], *days, earlier])
    return {
        subject: {row[0]: position[row[2]] for row in rows}
        for subject, rows in own.items()
        for position in [event_positions(rows)]
    }


def _large_exchanges(records: Mapping[str, ProjectedRecord]) -> set[str]:
    """Return the exchanges of more people than paths walk: by their parts, or by a number of people freed that is of this exchange only."""
    exchanges = {id_ for id_, one in records.items() if "Exchange" in one.node.labels}
    parts = Counter({id_: len(_parts(records[id_])) for id_ in exchanges})
    found = {id_ for id_, count in parts.items() if count > MOST_WALKED}
    for one in records.values():
        node = one.node.properties
        if (
            Label.FIGURE in one.node.labels
            and node.get("measure") == "freed"
            and node.get("quantity_low", 0) > MOST_WALKED
        ):
            about = [link.end for link in one.links if link.type == Rel.ABOUT.value and link.end in exchanges]
            found |= set(about) if len(about) == 1 else set()
    return found
