"""The status of people, stored with them so that lists can be filtered, counted and sorted by it.

A status depends on all events of a person, and an event has many subjects: statuses are computed from what is stored, in the transaction of the
load, for the subjects of what it changed. They are no part of the content hash, which covers all that they follow from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from graph_api.database.driver import Transaction, chunks_of_ids
from graph_api.database.queries import named
from graph_api.evidence.differences import ClaimSet, Difference, status_differences
from graph_api.evidence.life_events import life_events
from graph_api.evidence.status import Axis, PersonStatus, person_status
from graph_api.evidence.status_text import Language, status_text
from graph_api.ingest.differences import create_differences

CHUNK: Final = 500

_AXIS_KEYS: Final = ("", "_since", "_reported", "_reported_for")
STATUS_KEYS: Final = frozenset(
    {
        *(f"{axis}{key}" for axis in ("custody", "legal") for key in _AXIS_KEYS),
        "custody_reported_lo",
        "custody_reported_hi",
        "sentence_in_force",
        "returned",
        "status_text",
        "status_text_uk",
    }
)
"""The stored properties of a person that are the status."""


def write_statuses(tx: Transaction, people: Iterable[str]) -> None:
    """Compute and store the status of these people; ids of other records are left out."""
    for ids in chunks_of_ids(people, CHUNK):
        found = [
            (person, events, person_status(life_events(events), nationalities or ()))
            for person, nationalities, events in tx.run(named("life_events", ids=ids))
        ]
        tx.write("write_statuses", [_row(*one) for one in found])
        tx.write("delete_status_differences", [person for person, _, _ in found], key="ids")
        create_differences(
            tx, (one for person, events, status in found for one in _differences(person, events, status))
        )


def _differences(person: str, events: Sequence[Mapping[str, Any]], status: PersonStatus) -> Sequence[Difference]:
    claims = {one["id"]: ClaimSet(one["id"], "date") if one["date"] else ClaimSet(one["part"], "who") for one in events}
    return status_differences(person, status, claims)


def _row(person: str, events: Sequence[Mapping[str, Any]], found: PersonStatus) -> dict[str, Any]:
    relied = [one for one in events if one["id"] in found.events]
    return {
        "person": person,
        "properties": status_properties(found),
        "subjects": [
            subject for one in relied for subject in ((one["part"], one["id"]) if one["alone"] else (one["part"],))
        ],
    }


def status_properties(found: PersonStatus) -> dict[str, Any]:
    """Return what is stored of a status."""
    reported = found.custody.reported
    return {
        **_axis("custody", found.custody),
        **_axis("legal", found.legal),
        "custody_reported_lo": reported,
        "custody_reported_hi": reported,
        "sentence_in_force": found.sentence,
        "returned": found.returned.value if found.returned else None,
        "status_text": status_text(found),
        "status_text_uk": status_text(found, Language.UK),
    }


def _axis(name: str, axis: Axis) -> dict[str, Any]:
    values = (axis.value.value, axis.since, axis.reported, axis.reported_for)
    return {f"{name}{key}": value for key, value in zip(_AXIS_KEYS, values, strict=True)}
