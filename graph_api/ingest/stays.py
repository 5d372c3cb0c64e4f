"""The stays of people and groups, stored as nodes between them and the sites, so that they can be paged and compared in the database.

Stays depend on all events of a subject: they are computed from what is stored, in the transaction of the load, for the subjects of what it
changed, and are no part of the content hash, which covers all that they follow from. A public graph has no link from an event of
somebody within reach to a site unless a court or an official source published it (``evidence.withholding``), so that no other stay of theirs
follows; the published ones are not compared with those of others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, Final

from graph_api.database.driver import Transaction, chunks_of_ids
from graph_api.database.queries import named
from graph_api.evidence.differences import ClaimSet, Difference
from graph_api.evidence.life_events import life_events
from graph_api.evidence.stays import Stay, StayEvent, is_at_two_sites, span_of_stay, stay_events, stays, stays_of_group
from graph_api.evidence.within_reach import is_within_reach
from graph_api.ingest.differences import create_differences
from graph_api.ontology.vocabulary import DifferenceKind, EventKind, Sensitivity

CHUNK: Final = 500

_SITE_PROPERTIES: Final = ("sites", "to-site", "from-site", "date", "until")
"""What claims about an event state of the stays that follow from it; claims about the part of a subject state whose they are."""


def write_stays(tx: Transaction, subjects: Iterable[str], audience: Sensitivity) -> None:
    """Compute and store the stays of these people and groups, and where theirs overlap at two sites; ids of other records are left out."""
    for ids in chunks_of_ids(subjects, CHUNK):
        tx.write("delete_stays", ids, key="ids")
        rows: list[dict[str, Any]] = []
        differences: list[Difference] = []
        for subject, is_person, events in tx.run(named("stay_events", ids=ids)):
            own, between = stays_of_subject(subject, events, audience, is_person=is_person)
            rows += own
            differences += between
        tx.write("create_stays", rows)
        create_differences(tx, differences)


def stays_of_subject(
    subject: str,
    events: Sequence[Mapping[str, Any]],
    audience: Sensitivity,
    *,
    is_person: bool,
    may_be_compared: bool = True,
) -> tuple[list[dict[str, Any]], list[Difference]]:
    """Return the rows of ``create_stays`` of a person or group, and where a person was at two sites at once.

    ``events`` are rows of ``stay_events``. Only stays of people are compared with those of others; in a public graph not those of somebody
    within reach.
    """
    read = stay_events(events)
    found = stays(read) if is_person else stays_of_group(read)
    if not found:
        return [], []
    is_compared = (
        is_person
        and may_be_compared
        and (audience is Sensitivity.RESTRICTED or not is_within_reach(life_events(events)))
    )
    rows = [_row(subject, one, read, events, is_compared=is_compared) for one in found]
    return rows, list(_two_places(subject, found, read)) if is_person else []


def subjects_at(tx: Transaction, sites: Iterable[str]) -> set[str]:
    """Return the people and groups whose stays depend on these sites; ids of other records are left out."""
    return {row[0] for ids in chunks_of_ids(sites, CHUNK) for row in tx.run(named("subjects_at_sites", ids=ids))}


def _row(
    subject: str, stay: Stay, read: Sequence[StayEvent], events: Sequence[Mapping[str, Any]], *, is_compared: bool
) -> dict[str, Any]:
    start, end = span_of_stay(stay, read)
    return {
        "subject": subject,
        "site": stay.site,
        "events": list(stay.events),
        "properties": {
            "id": f"{stay.events[0]}/stay/{subject}",
            "start": start,
            "start_lo": stay.start[0],
            "start_hi": stay.start[1],
            "end": end,
            "end_lo": stay.end[0],
            "end_hi": stay.end[1],
            "stated": stay.is_stated,
            "compared": is_compared,
        },
        "claims": [row for one in events if one["id"] in stay.events for row in _claims(one)],
    }


def _claims(event: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    yield {"subject": event["part"], "properties": []}
    yield {"subject": event["id"], "properties": list(_SITE_PROPERTIES)}


def _two_places(person: str, found: Sequence[Stay], read: Iterable[StayEvent]) -> Iterator[Difference]:
    """Yield a difference for each two stays at two sites that overlap whatever the days are."""
    kinds = {one.id: one.kind for one in read}
    for a, b in combinations(found, 2):
        if is_at_two_sites(a, b):
            first, second = sorted((a.events[0], b.events[0]))
            between = tuple(
                ClaimSet(one, "to-site" if kinds[one] is EventKind.TRANSFER else "sites") for one in (first, second)
            )
            yield Difference(DifferenceKind.TWO_PLACES, person, "sites", between, f"{first}:{second}")
