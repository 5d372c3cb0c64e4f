"""The stays and differences that a load stores, as values: they follow from many records at once.

What a load reads from the graph to find them is read here from the records themselves, for the same functions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Final

import orjson

from graph_api.evidence.claims import Claim
from graph_api.evidence.differences import (
    ClaimSet,
    Count,
    Difference,
    count_differences,
    family_name_differences,
    is_dated_after_publication,
    name_differences,
    publication_difference,
    status_differences,
    sum_difference,
    value_differences,
)
from graph_api.evidence.life_events import life_events
from graph_api.evidence.projection import ProjectedRecord
from graph_api.evidence.status import person_status
from graph_api.evidence.withholding import life_rows
from graph_api.ingest.stays import stays_of_subject
from graph_api.ingest.stored_graph import Key, StoredLink, StoredNode
from graph_api.ontology.names import Label, Rel
from graph_api.ontology.vocabulary import Role, Sensitivity
from graph_api.values.sums import Part

_SITES: Final = {"sites": Rel.AT, "to_sites": Rel.TO_SITE, "from_sites": Rel.FROM_SITE}
_SUBJECTS: Final = frozenset({Label.PERSON.value, Label.GROUP.value})
_COUNTED: Final = ("measure", "category", "sex", "nationality", "as_of", "from", "until")
"""The properties of a figure that are what it counts."""

Records = Mapping[str, ProjectedRecord]


def derived_nodes(
    claims: Iterable[Claim], records: Records, audience: Sensitivity, apart: AbstractSet[str] = frozenset()
) -> dict[Key, StoredNode]:
    """Return every stay and difference that a load of these claims stores; ``records`` is their projection.

    ``apart`` are people whose stays are not compared with those of others, whatever these claims say of them.
    """
    by_subject: dict[str, list[Claim]] = {}
    for claim in claims:
        if not claim.is_choice:
            by_subject.setdefault(claim.subject, []).append(claim)
    found: dict[Key, StoredNode] = {}
    lives = life_rows(records, _SUBJECTS)
    for one, event, is_compared in _differences(records, by_subject, lives):
        found[Label.DIFFERENCE.value, one.id] = _difference_node(one, by_subject, event, is_compared=is_compared)
    for subject, rows in lives.items():
        if subject not in records:
            continue
        is_person = Label.PERSON.value in records[subject].node.labels
        events = [{**row, **_sites(records, row["id"])} for row in rows]
        stays, two_places = stays_of_subject(
            subject, events, audience, is_person=is_person, may_be_compared=subject not in apart
        )
        for stay in stays:
            found[Label.STAY.value, stay["properties"]["id"]] = _stay_node(stay, by_subject)
        for one in two_places:
            found[Label.DIFFERENCE.value, one.id] = _difference_node(one, by_subject)
    return found


# ── stays ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _sites(records: Records, event: str) -> dict[str, list[dict[str, Any]]]:
    """Return the sites of an event as ``stay_events`` reads them."""
    return {
        name: [
            {"id": site.node.id, "exact": site.node.properties.get("specific") is not False and not _may_be(site)}
            for site in map(records.get, _ends(records[event], rel))
            if site is not None and Label.SITE.value in site.node.labels
        ]
        for name, rel in _SITES.items()
    }


def _may_be(site: ProjectedRecord) -> bool:
    return any(link.type == Rel.MAY_BE.value and link.start == site.node.id for link in site.links)


def _stay_node(row: Mapping[str, Any], by_subject: Mapping[str, Sequence[Claim]]) -> StoredNode:
    key = (Label.STAY.value, row["properties"]["id"])
    relied = dict.fromkeys(
        claim.id
        for one in row["claims"]
        for claim in by_subject.get(one["subject"], ())
        if not one["properties"] or claim.values.keys() & one["properties"]
    )
    links = (
        StoredLink((Label.RECORD.value, row["subject"]), Rel.STAYED, key, {}),
        StoredLink(key, Rel.STAY_AT, (Label.RECORD.value, row["site"]), {}),
        *(StoredLink(key, Rel.FOLLOWS_FROM, (Label.RECORD.value, event), {}) for event in row["events"]),
        *(StoredLink(key, Rel.RELIES_ON, (Label.CLAIM.value, claim), {}) for claim in relied),
    )
    return StoredNode((Label.STAY,), {**row["properties"], "subject": row["subject"]}, links)


# ── differences ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _difference_node(
    one: Difference,
    by_subject: Mapping[str, Sequence[Claim]],
    event: str | None = None,
    *,
    is_compared: bool = False,
) -> StoredNode:
    key = (Label.DIFFERENCE.value, one.id)
    between = {
        claim.id: sorted(claim.values).index(each.name)
        for each in one.between
        for claim in by_subject.get(each.subject, ())
        if each.name in claim.values and each.claim in (None, claim.id)
    }
    links = (
        StoredLink(key, Rel.DIFFERS_ON, (Label.RECORD.value, one.subject), {}),
        *(StoredLink(key, Rel.BETWEEN, (Label.CLAIM.value, id_), {"index": at}) for id_, at in between.items()),
    )
    properties = {"id": one.id, "kind": one.kind.value, "property": one.name, "event": event, "compared": is_compared}
    return StoredNode((Label.DIFFERENCE,), properties, links)


def _differences(
    records: Records, by_subject: Mapping[str, Sequence[Claim]], lives: Mapping[str, list[dict[str, Any]]]
) -> Iterator[tuple[Difference, str | None, bool]]:
    """Yield each difference, the event between whose subjects it is, and whether it was found by comparing all records."""
    for id_, record in records.items():
        yield from ((one, None, False) for one in value_differences(record))
        labels = record.node.labels
        if Label.PERSON.value in labels:
            yield from ((one, None, False) for one in _of_status(record, lives.get(id_, [])))
        elif Label.EVENT.value in labels:
            yield from ((one, None, False) for one in _publications(id_, by_subject, records))
            yield from ((one, id_, False) for one in family_name_differences(id_, _named_subjects(record, records)))
    figures = [one for one in records.values() if Label.FIGURE.value in one.node.labels]
    compared = [
        *count_differences(_count(one, records) for one in figures if _ends(one, Rel.ABOUT)),
        *_sums(figures),
        *name_differences(_people_of_one_name(records)),
    ]
    yield from ((one, None, True) for one in compared)


def _of_status(person: ProjectedRecord, rows: Sequence[Mapping[str, Any]]) -> Sequence[Difference]:
    status = person_status(life_events(rows), person.node.properties.get("nationalities") or ())
    claims = {
        one["id"]: ClaimSet(one["id"], "date") if one.get("date") else ClaimSet(one["part"], "who") for one in rows
    }
    return status_differences(person.node.id, status, claims)


def _publications(event: str, by_subject: Mapping[str, Sequence[Claim]], records: Records) -> Iterator[Difference]:
    for claim in by_subject.get(event, ()):
        if claim.announced or claim.citation is None or "date" not in claim.values:
            continue
        source = records.get(claim.citation.source)
        published = source.node.properties.get("published") if source else None
        if published and is_dated_after_publication(claim.values["date"], published):
            yield publication_difference(event, claim.id)


def _named_subjects(event: ProjectedRecord, records: Records) -> list[tuple[str, str]]:
    found = [
        records[link.start]
        for link in event.links
        if link.type == Rel.TOOK_PART.value
        and link.properties["role"] == Role.SUBJECT.value
        and link.start in records
        and Label.PERSON.value in records[link.start].node.labels
    ]
    people = sorted((one.node.id, one.node.properties["name"]) for one in found)
    return people if len(people) > 1 else []


def _people_of_one_name(records: Records) -> list[list[str]]:
    people: dict[str, dict[str, None]] = {}
    for id_, one in records.items():
        if Label.PERSON.value in one.node.labels:
            for name in one.node.properties.get("fold") or ():
                people.setdefault(name, {})[id_] = None
    return [list(same) for _, same in sorted(people.items()) if len(same) > 1]


def _count(figure: ProjectedRecord, records: Records) -> Count:
    node = figure.node.properties
    scope = (
        *(node.get(name) for name in _COUNTED),
        *(sorted(_ends(figure, rel)) for rel in (Rel.FIGURE_SIDE, Rel.INCLUDES, Rel.EXCLUDES)),
    )
    about = sorted(_ends(figure, Rel.ABOUT))
    return Count(
        figure.node.id,
        orjson.loads(node["quantity"]),
        tuple(orjson.dumps(one) for one in scope),
        tuple(about),
        next(iter(_ends(figure, Rel.TOTAL)), None),
        _side_of_speaker(figure, about, records),
    )


def _side_of_speaker(figure: ProjectedRecord, about: Iterable[str], records: Records) -> str | None:
    """Return the side of an exchange that a figure is about for which its speaker speaks."""
    speakers = [records[one] for one in _ends(figure, Rel.SAID_BY) if one in records]
    exchanges = [records[one] for one in about if one in records and "Exchange" in records[one].node.labels]
    sides = {side for one in exchanges for side in _ends(one, Rel.SIDE) if side in records}
    return min((side for side in sides for who in speakers if _speaks_for(who, records[side])), default=None)


def _speaks_for(who: ProjectedRecord, side: ProjectedRecord) -> bool:
    country = who.node.properties.get("country") or who.node.properties.get("code")
    return who is side or (country is not None and country == side.node.properties.get("code"))


def _sums(figures: Sequence[ProjectedRecord]) -> Iterator[Difference]:
    parts: dict[str, dict[str, Part]] = {}
    for one in sorted(figures, key=lambda one: one.node.id):
        node = one.node.properties
        part = Part(orjson.loads(node["quantity"]), node.get("sex"), node.get("category"))
        for total in _ends(one, Rel.TOTAL):
            parts.setdefault(total, {})[one.node.id] = part
    for one in figures:
        if one.node.properties.get("parts_complete"):
            stated = orjson.loads(one.node.properties["quantity"])
            difference = sum_difference(one.node.id, stated, parts.get(one.node.id, {}))
            if difference is not None:
                yield difference


def _ends(record: ProjectedRecord, rel: Rel) -> list[str]:
    """Return where the relationships of a type lead that start at the record."""
    return [link.end for link in record.links if link.type == rel.value and link.start == record.node.id]
