"""Problems of the order of events in time: cycles, and events that dates and the stated order leave no possible day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from typing import Final

from graph_api.errors import InvalidValue, Problem
from graph_api.evidence.claims import Claim, references_of
from graph_api.evidence.order import EmptyBounds, OrderCycle
from graph_api.evidence.origins import source_facts
from graph_api.evidence.projection import project
from graph_api.ingest.batch import ParsedBatch

STRUCTURAL: Final = frozenset({"circle", "identity", "moved", "unique-id", "withheld"})
"""Codes of problems beside which the order of events is not looked at: it is not clear which records there are."""
MAX_REPORTED: Final = 20
"""How many events without a possible day are reported at once; each takes a projection."""


def order_problems(
    parsed: ParsedBatch, error: OrderCycle | EmptyBounds, claims: Sequence[Claim], within: Mapping[str, str]
) -> Iterator[Problem]:
    """Yield the problem of an error that the projection of these claims raised, and of those that it hides.

    A cycle is one problem. The next event without a possible day is looked for without what is stated of those that were found.
    """
    found: set[str] = set()
    while True:
        yield _problem(parsed, error, claims)
        if isinstance(error, OrderCycle) or error.id in found or len(found) == MAX_REPORTED:
            return
        found.add(error.id)
        try:
            project([*_without(claims, found)], within)
        except (OrderCycle, EmptyBounds) as another:
            error = another
        else:
            return


def hidden_order_problems(
    parsed: ParsedBatch, problems: Sequence[Problem], claims: Sequence[Claim], within: Mapping[str, str]
) -> Iterator[Problem]:
    """Yield the problems of the order beside other problems, as far as these leave entries of which the order can be told."""
    if STRUCTURAL & {one.rule for one in problems}:
        return
    sound = _sound(claims, {*parsed.faulty, *_misreferring(parsed, problems)})
    try:
        project(sound, within)
    except (OrderCycle, EmptyBounds) as error:
        yield from order_problems(parsed, error, sound, within)


def _misreferring(parsed: ParsedBatch, problems: Sequence[Problem]) -> Iterator[str]:
    """Yield the entries with a reference that is a problem."""
    places = {(one.file, one.line, one.column) for one in problems}
    for one in parsed.references:
        if (one.position.file, one.position.line, one.position.column) in places:
            yield one.record


def _sound(claims: Sequence[Claim], faulty: Set[str]) -> list[Claim]:
    """Return the claims of entries without a problem that refer only to records of which such claims are left."""
    left = [one for one in claims if not {one.unit, one.record} & faulty and one.kind != "event" and _is_dated(one)]
    while True:
        records = {one.record for one in left if not one.is_of_nested_record}
        kept = [one for one in left if records.issuperset({one.record, *(target for _, target in references_of(one))})]
        if len(kept) == len(left):
            return kept
        left = kept


def _is_dated(claim: Claim) -> bool:
    """Whether it can be told from when a source is known; true for other records."""
    try:
        return claim.kind != "source" or bool(source_facts(claim))
    except InvalidValue:
        return False


def _without(claims: Sequence[Claim], events: set[str]) -> Iterator[Claim]:
    """Yield the claims, those about these events without their values and participants."""
    for one in claims:
        if one.record not in events:
            yield one
        elif not one.is_of_nested_record:
            yield replace(one, values={name: value for name, value in one.values.items() if name == "kind"}, id="")


def _problem(parsed: ParsedBatch, error: OrderCycle | EmptyBounds, claims: Sequence[Claim]) -> Problem:
    match error:
        case OrderCycle():
            steps = " after ".join([*error.ids, error.ids[0]])
            return parsed.position_of(error.ids).problem("order", f"Cycle in the stated order: {steps}.")
        case EmptyBounds():
            message = (
                f"No possible day for {error.id!r}: {error.hint}. Check its dates, its order, and its sources' dates."
            )
            # a stored event may have lost its last day by what the batch says of its sources, its subjects or other events
            named = [target for one in claims if one.record == error.id for _, target in references_of(one)]
            naming = [one.record for one in claims if error.id in (target for _, target in references_of(one))]
            return parsed.position_of([error.id, *named, *naming]).problem("order", message)
