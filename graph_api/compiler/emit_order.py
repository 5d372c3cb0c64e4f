"""Sequences as Cypher: the rules of ``model.order`` in the words of the database; ``tests`` hold the two against each other.

All steps stand in one pattern, so that the planner may begin at a selective place, mediator or date. FOLLOWS is stored closed, so that a
stated order is one relationship however long the way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations, pairwise

from graph_api.compiler.ir import InOrder, Read, Sequences, Step, Where
from graph_api.compiler.printer import Printer, Scope
from graph_api.model.dates import OPEN_HI
from graph_api.model.durations import Duration
from graph_api.model.names import Label, Rel
from graph_api.model.vocabulary import Holds

Predicate = Callable[[Where, Scope, Printer], str]
Reader = Callable[[Read, Scope, Printer], str]


def in_order(where: InOrder, scope: Scope, printer: Printer, predicate: Predicate) -> str:
    """Return whether the row has events in that order."""
    match, _ = _chain(where.steps, where.holds, scope["self"], printer, predicate, same_day=where.same_day)
    return f"EXISTS {{ {match} }}"


def _chain(
    steps: Sequence[Step], holds: Holds, subject: str, printer: Printer, predicate: Predicate, *, same_day: bool
) -> tuple[str, list[str]]:
    """Return a MATCH of all steps with its conditions, and the variables of the events."""
    patterns, conditions, events = [], [], []
    for step in steps:
        part, event = printer.variable(), printer.variable()
        patterns.append(
            f"({subject})-[{part}:{Rel.TOOK_PART} {{role: {printer.parameter(step.role)}}}]->({event}:{step.label})"
        )
        events.append(event)
        if step.where is not None:
            conditions.append(predicate(step.where, {"self": event, "link": part, "parent": subject}, printer))
    conditions += [f"{a} <> {b}" for a, b in combinations(events, 2)]
    conditions += [f"NOT {_follows(earlier, later)}" for earlier, later in combinations(events, 2)]
    if holds is Holds.FOR_ALL_DATES:
        conditions += _surely(steps, events, printer, same_day=same_day)
    else:
        conditions += _possibly(events, same_day=same_day)
    text = f"MATCH {', '.join(patterns)}" + (f" WHERE {' AND '.join(conditions)}" if conditions else "")
    if holds is Holds.FOR_SOME_DATES and any(step.within for step in steps):
        text += _windows(steps, events, subject, printer, same_day=same_day)
    return text, events


def _follows(later: str, earlier: str) -> str:
    return f"EXISTS {{ ({later})-[:{Rel.FOLLOWS}]->({earlier}) }}"


def _surely(steps: Sequence[Step], events: Sequence[str], printer: Printer, *, same_day: bool) -> list[str]:
    sign = "<=" if same_day else "<"
    found = []
    for (a, b), step in zip(pairwise(events), steps[1:], strict=True):
        found.append(f"({a}.date_hi {sign} {b}.date_lo OR {_follows(b, a)})")
        if step.within is not None:
            found.append(f"{_added(f'{a}.date_lo', step.within, printer)} >= {b}.date_hi")
    return found


def _gap(earlier: str, later: str, *, same_day: bool) -> str:
    return "0" if same_day else f"CASE WHEN {_follows(later, earlier)} THEN 0 ELSE 1 END"


def _possibly(events: Sequence[str], *, same_day: bool) -> list[str]:
    """For all i < j the first day of i, and the gaps between, is at most the last day of j."""
    found = []
    for first, last in combinations(range(len(events)), 2):
        a, b = events[first], events[last]
        if same_day:
            found.append(f"{a}.date_lo <= {b}.date_hi")
        elif last == first + 1:
            found.append(f"({a}.date_lo < {b}.date_hi OR {_follows(b, a)})")
        else:
            gaps = " + ".join(_gap(x, y, same_day=same_day) for x, y in pairwise(events[first : last + 1]))
            found.append(f"{a}.date_lo + {gaps} <= {b}.date_hi")
    return found


def _windows(steps: Sequence[Step], events: Sequence[str], subject: str, printer: Printer, *, same_day: bool) -> str:
    """Walk along the steps with the window of days on which each can have been, given those before it."""
    kept = ", ".join([subject, *events])
    text = f" WITH {kept}, {events[0]}.date_lo AS lo, {events[0]}.date_hi AS hi"
    for (a, b), step in zip(pairwise(events), steps[1:], strict=True):
        lo = f"lo + {_gap(a, b, same_day=same_day)}"
        hi = f"{b}.date_hi" if step.within is None else _least(f"{b}.date_hi", _added("hi", step.within, printer))
        text += f" WITH {kept}, {_greatest(f'{b}.date_lo', lo)} AS lo, {hi} AS hi WHERE lo <= hi"
    return text


def _least(a: str, b: str) -> str:
    return f"reduce(least = {a}, one IN [{b}] | CASE WHEN one < least THEN one ELSE least END)"


def _greatest(a: str, b: str) -> str:
    return f"reduce(most = {a}, one IN [{b}] | CASE WHEN one > most THEN one ELSE most END)"


def _added(day: str, within: Duration, printer: Printer) -> str:
    """Return a day number plus a duration by the calendar; an open end stays open."""
    if not within.months:
        return f"({day} + {printer.parameter(within.days)})"
    start = "date({year: 1970, month: 1, day: 1})"
    moved = f"{start} + duration({{days: {day}}}) + duration({{months: {printer.parameter(within.months)}, days: {printer.parameter(within.days)}}})"
    return f"CASE WHEN {day} >= {printer.parameter(OPEN_HI)} THEN {day} ELSE duration.inDays({start}, {moved}).days END"


# ── the root field ──────────────────────────────────────────────────────────────────────────────────────────────


def sequences(wanted: Sequences, printer: Printer, predicate: Predicate, read: Reader) -> str:
    """Return an expression: a page of subjects, each with its best chain and the number of chains; the counts where asked."""
    counts = [_count(wanted, wanted.labels, printer, predicate) if wanted.count else "null"]
    counts.append(_count(wanted, (Label.GROUP.value,), printer, predicate) if wanted.count_groups else "null")
    rows = _rows(wanted, printer, predicate, read) if wanted.rows else "[]"
    return f"[{rows}, {', '.join(counts)}]"


def _subject(
    wanted: Sequences, labels: tuple[str, ...], printer: Printer, predicate: Predicate, *, after: bool
) -> tuple[str, str]:
    subject = printer.variable()
    conditions = [f"{subject}.id > {printer.parameter(wanted.after or '')}"] if after else []
    if wanted.where is not None and labels != (Label.GROUP.value,):
        asked = predicate(wanted.where, {"self": subject}, printer)
        people_only = len(labels) == 1
        conditions.append(asked if people_only else f"({subject}:{Label.GROUP} OR {asked})")
    conditions.append(
        in_order(InOrder(wanted.steps, wanted.holds, wanted.same_day), {"self": subject}, printer, predicate)
    )
    return f"MATCH ({subject}:{'|'.join(labels)}) WHERE {' AND '.join(conditions)}", subject


def _count(wanted: Sequences, labels: tuple[str, ...], printer: Printer, predicate: Predicate) -> str:
    match, _ = _subject(wanted, labels, printer, predicate, after=False)
    return f"COUNT {{ {match} }}"


def _rows(wanted: Sequences, printer: Printer, predicate: Predicate, read: Reader) -> str:
    match, subject = _subject(wanted, wanted.labels, printer, predicate, after=True)
    limit = printer.parameter(wanted.first + 1)
    chain, events = _chain(wanted.steps, wanted.holds, subject, printer, predicate, same_day=wanted.same_day)
    sure = " AND ".join(_surely(wanted.steps, events, printer, same_day=wanted.same_day)) or "true"
    undated = " + ".join(f"CASE WHEN {event}.date IS NULL THEN 1 ELSE 0 END" for event in events)
    rank = ", ".join(
        ["sure DESC", undated, *(f"{event}.date_lo" for event in events), *(f"{event}.id" for event in events)]
    )
    shown = ", ".join(read(wanted.event, {"self": event, "parent": subject}, printer) for event in events)
    reasons = ", ".join(_facts(event) for event in events)
    stated = ", ".join(_follows(b, a) for a, b in pairwise(events))
    return (
        f"COLLECT {{ {match} WITH {subject} ORDER BY {subject}.id LIMIT {limit}"
        f" CALL ({subject}) {{ {chain} WITH {', '.join(events)}, {sure} AS sure ORDER BY {rank}"
        f" WITH collect([{', '.join(events)}, sure]) AS chains"
        f" WITH size(chains) AS chains, {', '.join(f'chains[0][{i}] AS {event}' for i, event in enumerate(events))}, chains[0][{len(events)}] AS sure"
        f" RETURN [chains, sure, [{shown}], [{reasons}], [{stated}]] AS best }}"
        f" RETURN [{read(wanted.subject, {'self': subject}, printer)}, best] }}"
    )


def _facts(event: str) -> str:
    implied = f"EXISTS {{ (c:{Label.CLAIM} {{subject: {event}.id}}) }} AND NOT EXISTS {{ MATCH (c:{Label.CLAIM} {{subject: {event}.id}}) WHERE c.modality <> 'IMPLIED' }}"
    return f"[{event}.kind, {event}.date, {event}.date_lo, {event}.date_hi, {implied}]"
