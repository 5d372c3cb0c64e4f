"""The position of each event among the events of a person or group, stored on the part that they had in it.

A position depends on all events of a subject, and an event on all its subjects: stored with the records, one new event would mean writing
those of everybody who was handed over with somebody. So positions are computed from what is stored, for the subjects of what a load
changed, and are no part of the content hash, which covers all that they follow from.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, Final

from graph_api.database.driver import Database, Run, Transaction, chunks_of_ids
from graph_api.database.queries import named
from graph_api.evidence.bounds import OwnEvent, linear_extension
from graph_api.ontology.event_types import KINDS_OF_EVENTS
from graph_api.ontology.vocabulary import EventKind

CHUNK: Final = 500


def subjects_of(tx: Transaction, events: Iterable[str]) -> set[str]:
    """Return the people and groups with a part in these events."""
    return {row[0] for ids in chunks_of_ids(events, CHUNK) for row in tx.run(named("subjects_of_events", ids=ids))}


def write_positions(tx: Transaction, subjects: Iterable[str]) -> int:
    """Store the positions of the events of these people and groups where they differ; return how many did."""
    rows = _different(tx.run, subjects)
    tx.write("write_positions", rows)
    return len(rows)


def have_right_positions(store: Database, subjects: Iterable[str], *, seconds: float) -> bool:
    """Whether the positions of all events of these people and groups are stored as they should be."""
    return not _different(partial(store.read, seconds=seconds), subjects)


def _different(run: Run, subjects: Iterable[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for ids in chunks_of_ids(subjects, CHUNK):
        for subject, events in run(named("events_of_subjects", ids=ids)):
            position = event_positions(events)
            found += [
                {"subject": subject, "part": part, "position": position[event]}
                for part, stored, event, *_ in events
                if stored != position[event]
            ]
    return found


def event_positions(events: Sequence[Sequence[Any]]) -> dict[str, int | None]:
    """Return the position of each event of one subject, from rows of ``events_of_subjects``; None for those without date and order."""
    own: dict[str, OwnEvent] = {}
    stated: set[tuple[str, str]] = set()
    for _part, _stored, id_, kind, lo, hi, is_dated, shown_hi, earlier in events:
        own[id_] = OwnEvent(id_, KINDS_OF_EVENTS[EventKind(kind)].stage, lo, hi, is_dated, shown_hi)
        stated |= {(id_, before) for before in earlier}
    ordered, apart = linear_extension(list(own.values()), stated)
    return dict(zip(ordered, range(len(ordered)), strict=True)) | dict.fromkeys(apart)
