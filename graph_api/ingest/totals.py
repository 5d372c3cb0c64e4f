"""TotalCounts by one dimension, of all events or of each kind, of all people or of each category: stored, so that pages need not count.

A load changes them by what the people and events that it touches added before it and add after it; that is what a load of everything into an
empty graph stores. They follow from records alone, and are stored with the content hash for which they hold: a graph of another content is
counted (``compiler.stored_totals`` says which totals these are, ``compiler.emit_totals`` reads them).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, TypeAlias

import orjson

from graph_api.compiler.emit_dimensions import keys_of_events, keys_of_people
from graph_api.compiler.stored_totals import (
    DIMENSIONS_OF_EVENTS,
    DIMENSIONS_OF_PEOPLE,
    StoredKey,
    kind_keys,
    stored_keys,
)
from graph_api.database.driver import Database, Run, Step, Transaction, chunks, chunks_of_ids
from graph_api.database.queries import named
from graph_api.evidence.projection import ProjectedRecord
from graph_api.ontology.names import Rel
from graph_api.statement import Statement

CHUNK: Final = 500
ROWS: Final = 20_000
"""Totals stored in one transaction, where there are several."""
_UNSTATED: Final = (None,)

Values: TypeAlias = Sequence[Sequence[str | None]]
"""For each dimension the values of an event or of a person; none where no source states one."""
_NO_SUBJECT: Final[tuple[None, Values]] = (None, [()] * len(DIMENSIONS_OF_PEOPLE))


@dataclass(frozen=True, slots=True)
class TotalCounts:
    """Numbers of different people and events by the totals to which they belong."""

    people: Counter[StoredKey]
    events: Counter[StoredKey]

    def changes_to(self, later: TotalCounts) -> Iterator[dict[str, Any]]:
        """Yield a row of ``add_totals`` for each total that differs later."""
        for key in sorted(
            self.people.keys() | self.events.keys() | later.people.keys() | later.events.keys(), key=repr
        ):
            people, events = later.people[key] - self.people[key], later.events[key] - self.events[key]
            if people or events:
                dimensions, value, kind, category = key
                properties = {"dimensions": dimensions, "value": value, "kind": kind, "category": category}
                yield {"id": orjson.dumps(key).decode(), "properties": properties, "people": people, "events": events}


NONE: Final = TotalCounts(Counter(), Counter())


@dataclass(frozen=True, slots=True)
class TotalsBefore:
    """What the people and events that a load touches added to the totals before it."""

    people: AbstractSet[str]
    events: AbstractSet[str]
    added: TotalCounts


def totals_before(
    tx: Transaction, touched: Collection[str], records: Iterable[ProjectedRecord], added: Collection[str]
) -> TotalsBefore | None:
    """Return what is to be taken from the totals for a load that touches these records and writes ``records``, of which ``added`` are new.

    None where the stored totals are not those of the graph, and have to be counted anew.
    """
    [[are_current]] = tx.run(named("totals_are_current"))
    if not are_current:
        return None
    events = {*touched, *_ids(tx.run, "events_depending_on", touched)}
    named_in_events = {link.start for one in records for link in one.links if link.type == Rel.TOOK_PART.value}
    people = {*touched, *named_in_events, *_ids(tx.run, "subjects_of_events", events)}
    has_stored = not {*people, *events} <= set(added)
    return TotalsBefore(people, events, _added(tx.run, people, events) if has_stored else NONE)


def write_totals(tx: Transaction, before: TotalsBefore | None, content_hash: str) -> None:
    """Store the totals as they are after a load; without ``before``, all are counted anew."""
    if before is None:
        tx.run(named("delete_totals"))
        rows = NONE.changes_to(all_totals(tx.run))
    else:
        rows = before.added.changes_to(_added(tx.run, before.people, before.events))
    tx.write("add_totals", list(rows))
    tx.run(named("record_totals", content_hash=content_hash))


def store_totals(counts: TotalCounts, step: Step, content_hash: str) -> None:
    """Store all totals of a graph that has none, in several transactions, each run by ``step``."""
    for rows in chunks(list(NONE.changes_to(counts)), ROWS):
        step(partial(Transaction.write, name="add_totals", rows=rows))
    step(lambda tx: tx.run(named("record_totals", content_hash=content_hash)))


def have_right_totals(store: Database, *, seconds: float) -> bool:
    """Whether the stored totals are those of the records."""
    run = partial(store.read, seconds=seconds)
    stored = {row[0]: tuple(row[1:]) for row in run(named("stored_totals"))}
    counted = {row["id"]: (row["people"], row["events"]) for row in NONE.changes_to(all_totals(run))}
    [[are_current]] = run(named("totals_are_current"))
    return bool(are_current) and stored == counted


def all_totals(run: Run) -> TotalCounts:
    """Return the totals of all people and events."""
    [[people]], [[events]] = run(named("all_people")), run(named("all_events"))
    return added_totals(run, people, events)


def _added(run: Run, people: AbstractSet[str], events: AbstractSet[str]) -> TotalCounts:
    return added_totals(run, people, {*events, *_ids(run, "events_of_people", people)})


def added_totals(run: Run, people: Iterable[str], events: Iterable[str]) -> TotalCounts:
    """Return what these people and events add to the totals; ids of other records are left out."""
    found = TotalCounts(Counter(), Counter())
    for row in _rows(run, keys_of_people(), people):
        found.people.update(keys_of_person(*row[1:]))
    for row in _rows(run, keys_of_events(), events):
        found.events.update(keys_of_event(*row))
    return found


def keys_of_person(category: str | None, events: Iterable[tuple[str, Values, Values]]) -> set[StoredKey]:
    """Return the totals to which a person belongs by the events, each with its kind, its values, and those of the person in it."""
    return {key for kind, of_event, of_person in events for key in _keys(kind, category, of_event, of_person)}


def keys_of_event(kind: str, of_event: Values, subjects: Sequence[tuple[str | None, Values]]) -> set[StoredKey]:
    """Return the totals to which an event belongs by its subjects, each with category and values."""
    return {
        key for category, of_person in subjects or [_NO_SUBJECT] for key in _keys(kind, category, of_event, of_person)
    }


def _keys(kind: str, category: str | None, of_event: Values, of_person: Values) -> Iterator[StoredKey]:
    yield from kind_keys(kind, category)
    for dimensions, every in ((DIMENSIONS_OF_EVENTS, of_event), (DIMENSIONS_OF_PEOPLE, of_person)):
        for dimension, values in zip(dimensions, every, strict=True):
            for value in values or _UNSTATED:
                yield from stored_keys(dimension, value, kind, category)


def _ids(run: Run, query: str, ids: Iterable[str]) -> set[str]:
    return {row[0] for some in chunks_of_ids(ids, CHUNK) for row in run(named(query, ids=some))}


def _rows(run: Run, statement: Statement, ids: Iterable[str]) -> Iterator[Sequence[Any]]:
    for some in chunks_of_ids(ids, CHUNK):
        yield from run(Statement(statement.text, {**statement.parameters, "ids": some}, statement.name))
