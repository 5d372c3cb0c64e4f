"""Stores where sources, dates or numbers cannot all be right, each difference with the claims that differ.

Differences on one record follow from its projection, those of a status from the status. Counts and names are compared over all records, so
that these differences are found anew in every load. None is part of the content hash, which covers all that they follow from.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import orjson

from graph_api.database.driver import Run, Transaction, chunks_of_ids
from graph_api.database.queries import named
from graph_api.evidence.differences import (
    Count,
    Difference,
    count_differences,
    family_name_differences,
    is_dated_after_publication,
    name_differences,
    publication_difference,
    sum_difference,
    value_differences,
)
from graph_api.evidence.projection import ProjectedRecord
from graph_api.ontology.names import Label
from graph_api.ontology.vocabulary import DifferenceKind
from graph_api.values.sums import Part

CHUNK: Final = 500
MOST_WALKED: Final = 50
"""People of the largest exchange that connects those who were handed over in it (``compiler.emit_paths``)."""
COMPARED: Final = (DifferenceKind.COUNT, DifferenceKind.SUM, DifferenceKind.IDENTITY)
"""Kinds of differences that are found by comparing records with each other."""


def write_differences(tx: Transaction, records: Sequence[ProjectedRecord]) -> None:
    """Store the differences on records that were written, and compare the counts and names of all records again."""
    ids = [one.node.id for one in records]
    events = [one.node.id for one in records if Label.EVENT in one.node.labels]
    people = [one.node.id for one in records if Label.PERSON in one.node.labels]
    tx.write("delete_differences", ids, key="ids")
    create_differences(tx, (one for record in records for one in value_differences(record)))
    compare_records(tx)
    write_publication_differences(tx, events)
    theirs = {row[0] for ids in chunks_of_ids(people, CHUNK) for row in tx.run(named("events_of_people", ids=ids))}
    write_family_name_differences(tx, theirs.union(events))


def compare_records(tx: Transaction) -> None:
    """Compare the counts and names of all records, and find the exchanges that paths do not walk."""
    tx.write("delete_compared_differences", [kind.value for kind in COMPARED], key="kinds")
    create_differences(tx, compared_differences(tx.run), are_compared=True)
    mark_large_exchanges(tx)


def compared_differences(run: Run) -> list[Difference]:
    """Return the differences that are found by comparing the counts and names of all records."""
    return [*_counts(run), *_sums(run), *_names(run)]


def mark_large_exchanges(tx: Transaction) -> None:
    """Mark the exchanges that paths do not walk."""
    tx.run(named("mark_large_exchanges", most=MOST_WALKED))


def write_publication_differences(tx: Transaction, events: Iterable[str]) -> None:
    """Store which of these events are dated after the publication of a source that reports them as past."""
    create_differences(tx, _publications(tx, events))


def create_differences(
    tx: Transaction, differences: Iterable[Difference], *, are_compared: bool = False, event: str | None = None
) -> None:
    """Store differences. ``are_compared``: they were found by comparing all records; ``event``: between the subjects of this event."""
    rows = [_row(one) for one in differences]
    tx.write("create_differences", [{**row, "compared": are_compared, "event": event} for row in rows])


def _row(one: Difference) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind.value,
        "record": one.subject,
        "property": one.name,
        "between": [{"subject": each.subject, "property": each.name, "claim": each.claim} for each in one.between],
    }


def _publications(tx: Transaction, events: Iterable[str]) -> list[Difference]:
    return [
        publication_difference(event, claim)
        for ids in chunks_of_ids(events, CHUNK)
        for event, claim, date, published in tx.run(named("dated_claims", ids=ids))
        if is_dated_after_publication(orjson.loads(date), published)
    ]


def _counts(run: Run) -> list[Difference]:
    return count_differences(_count(*row) for row in run(named("counts")))


def _count(figure: str, quantity: str, scope: Sequence[Any], about: Sequence[str], *of: str | None) -> Count:
    return Count(figure, orjson.loads(quantity), tuple(orjson.dumps(one) for one in scope), tuple(about), *of)


def _sums(run: Run) -> list[Difference]:
    found = [
        sum_difference(
            figure, orjson.loads(quantity), {id_: Part(orjson.loads(number), *words) for id_, number, *words in parts}
        )
        for figure, quantity, parts in run(named("complete_sums"))
    ]
    return [one for one in found if one is not None]


def _names(run: Run) -> list[Difference]:
    return name_differences([row[0] for row in run(named("people_of_one_name"))])


def write_family_name_differences(tx: Transaction, events: Iterable[str]) -> None:
    """Store which subjects of each of these events have the same family name in different spellings."""
    for ids in chunks_of_ids(events, CHUNK):
        tx.write("delete_namesakes", ids, key="ids")
        for event, people in tx.run(named("named_subjects", ids=ids)):
            create_differences(tx, family_name_differences(event, people), event=event)
