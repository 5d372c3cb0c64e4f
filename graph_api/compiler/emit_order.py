"""Emits sequences of events: the rules of ``evidence.order`` in Cypher. Tests compare the two.

::

    InOrder((Step("Detention", "SUBJECT", None), Step("Exchange", "SUBJECT", None)), FOR_ALL_DATES, same_day=False)

    EXISTS { MATCH (n0)-[n1:TOOK_PART {role: $p0}]->(n2:Detention), (n0)-[n3:TOOK_PART {role: $p1}]->(n4:Exchange)
             WHERE n2.date_lo <= n4.date_hi
             WITH n0, n2, n4 WHERE NOT EXISTS { (n2)-[:FOLLOWS]->(n4) }
                               AND (n2.date_hi < n4.date_lo OR EXISTS { (n4)-[:FOLLOWS]->(n2) }) }

One pattern matches all steps, with the condition that is cheap: bounds that can be in order at all. For longer sequences the ids that each
remaining event follows are collected once, and the rules are expressions over them (FOLLOWS is stored transitively closed, so that a
stated order is one relationship). With a subquery for each pair and rule, planning took ten times as long as the execution.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from graph_api.compiler.cypher_writer import CypherWriter, EmitPredicate, EmitProjection, Scope, claims_about
from graph_api.compiler.ir import InOrder, Sequences, Step
from graph_api.ontology.names import Label, Rel
from graph_api.ontology.vocabulary import DateCertainty
from graph_api.values.dates import OPEN_HI
from graph_api.values.durations import Duration

MAX_INLINE_STEPS = 2
"""Most steps whose rules are subqueries; for longer sequences the ids of earlier events are collected first."""


def chain_condition(where: InOrder, scope: Scope, writer: CypherWriter, predicate: EmitPredicate) -> str:
    """Return the expression of whether the row has events in that order."""
    match, _ = _event_chain(where.steps, where.holds, scope["self"], writer, predicate, same_day=where.same_day)
    return f"EXISTS {{ {match} }}"


@dataclass(frozen=True, slots=True)
class _EventChain:
    """Variables of the events of a chain, and of the ids that each event follows.

    ``before`` is empty for two events: their subqueries are cheap to plan, and cheaper to run than collecting ids.
    """

    events: tuple[str, ...]
    before: tuple[str, ...]

    def stated(self, later: int, earlier: int) -> str:
        """Return the expression of whether sources state that one event followed another, by their indexes in the chain."""
        if not self.before:
            return f"EXISTS {{ ({self.events[later]})-[:{Rel.FOLLOWS}]->({self.events[earlier]}) }}"
        return f"{self.events[earlier]}.id IN {self.before[later]}"

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """All pairs of an earlier and a later index."""
        return list(combinations(range(len(self.events)), 2))

    @property
    def neighbours(self) -> list[tuple[int, int]]:
        """All pairs of neighbouring indexes."""
        return list(pairwise(range(len(self.events))))


def _event_chain(
    steps: Sequence[Step],
    holds: DateCertainty,
    subject: str,
    writer: CypherWriter,
    predicate: EmitPredicate,
    *,
    same_day: bool,
) -> tuple[str, _EventChain]:
    """Return a MATCH of all steps with its conditions, and the variables of the events."""
    patterns, conditions, events = [], [], []
    for step in steps:
        part, event = writer.variable(), writer.variable()
        patterns.append(
            f"({subject})-[{part}:{Rel.TOOK_PART} {{role: {writer.parameter(step.role)}}}]->({event}:{step.label})"
        )
        events.append(event)
        if step.where is not None:
            conditions.append(predicate(step.where, {"self": event, "link": part, "parent": subject}, writer))
    for (a, first), (b, second) in combinations(zip(events, steps, strict=True), 2):
        conditions += [f"{a} <> {b}"] if first.label == second.label else []
        conditions.append(f"{a}.date_lo <= {b}.date_hi")
    text = f"MATCH {', '.join(patterns)}" + (f" WHERE {' AND '.join(conditions)}" if conditions else "")
    chain = _EventChain(tuple(events), tuple(writer.variable() for _ in steps) if len(steps) > MAX_INLINE_STEPS else ())
    if len(events) > 1:
        text += _ordered(steps, chain, holds, subject, writer, same_day=same_day)
    return text, chain


def _ordered(
    steps: Sequence[Step],
    chain: _EventChain,
    holds: DateCertainty,
    subject: str,
    writer: CypherWriter,
    *,
    same_day: bool,
) -> str:
    """Return the conditions on the order of the events that a MATCH found."""
    collected = [
        f"[({event})-[:{Rel.FOLLOWS}]->({other}:{Label.EVENT}) | {other}.id] AS {before}"
        for event, before in zip(chain.events, chain.before, strict=bool(chain.before))
        for other in [writer.variable()]
    ]
    conditions = [f"NOT {chain.stated(earlier, later)}" for earlier, later in chain.pairs]
    windows = ""
    if holds is DateCertainty.FOR_ALL_DATES:
        conditions += _certain(steps, chain, writer, same_day=same_day)
    elif any(step.within for step in steps):
        windows = _time_windows(steps, chain, subject, writer, same_day=same_day)
    else:
        conditions += _possible(chain, same_day=same_day)
    return f" WITH {', '.join([subject, *chain.events, *collected])} WHERE {' AND '.join(conditions)}{windows}"


def _certain(steps: Sequence[Step], chain: _EventChain, writer: CypherWriter, *, same_day: bool) -> list[str]:
    sign = "<=" if same_day else "<"
    found = []
    for earlier, later in chain.neighbours:
        a, b, within = chain.events[earlier], chain.events[later], steps[later].within
        found.append(f"({a}.date_hi {sign} {b}.date_lo OR {chain.stated(later, earlier)})")
        if within is not None:
            found.append(f"{_added(f'{a}.date_lo', within, writer)} >= {b}.date_hi")
    return found


def _gap(chain: _EventChain, earlier: int, later: int) -> str:
    return f"CASE WHEN {chain.stated(later, earlier)} THEN 0 ELSE 1 END"


def _possible(chain: _EventChain, *, same_day: bool) -> list[str]:
    """Return the conditions that for all i < j the first day of i plus the gaps between is at most the last day of j.

    Without gaps there are none, since the MATCH has that condition already.
    """
    if same_day:
        return []
    found = []
    for first, last in chain.pairs:
        a, b = chain.events[first], chain.events[last]
        if last == first + 1:
            found.append(f"({a}.date_lo < {b}.date_hi OR {chain.stated(last, first)})")
        else:
            gaps = " + ".join(_gap(chain, x, x + 1) for x in range(first, last))
            found.append(f"{a}.date_lo + {gaps} <= {b}.date_hi")
    return found


def _time_windows(
    steps: Sequence[Step], chain: _EventChain, subject: str, writer: CypherWriter, *, same_day: bool
) -> str:
    """Return the conditions that narrow, step by step, the range of days on which each event can have happened after the one before."""
    kept = ", ".join([subject, *chain.events, *chain.before])
    text = f" WITH {kept}, {chain.events[0]}.date_lo AS lo, {chain.events[0]}.date_hi AS hi"
    for earlier, later in chain.neighbours:
        b, within = chain.events[later], steps[later].within
        lo = "lo" if same_day else f"lo + {_gap(chain, earlier, later)}"
        hi = f"{b}.date_hi" if within is None else _minimum(f"{b}.date_hi", _added("hi", within, writer))
        text += f" WITH {kept}, {_maximum(f'{b}.date_lo', lo)} AS lo, {hi} AS hi WHERE lo <= hi"
    return text


def _minimum(a: str, b: str) -> str:
    return f"reduce(least = {a}, one IN [{b}] | CASE WHEN one < least THEN one ELSE least END)"


def _maximum(a: str, b: str) -> str:
    return f"reduce(most = {a}, one IN [{b}] | CASE WHEN one > most THEN one ELSE most END)"


def _added(day: str, within: Duration, writer: CypherWriter) -> str:
    """Return the expression of a day number plus a duration, by the calendar; an open end stays open."""
    if not within.months:
        return f"({day} + {writer.parameter(within.days)})"
    start = "date({year: 1970, month: 1, day: 1})"
    moved = f"{start} + duration({{days: {day}}}) + duration({{months: {writer.parameter(within.months)}, days: {writer.parameter(within.days)}}})"
    return f"CASE WHEN {day} >= {writer.parameter(OPEN_HI)} THEN {day} ELSE duration.inDays({start}, {moved}).days END"


# ── the root field ──────────────────────────────────────────────────────────────────────────────────────────────


def emit_sequences(query: Sequences, writer: CypherWriter, predicate: EmitPredicate, projection: EmitProjection) -> str:
    """Return an expression: a page of subjects, each with its best chain and the number of chains, then the selected counts."""
    counts = [_count(query, query.labels, writer, predicate) if query.count else "null"]
    counts.append(_count(query, (Label.GROUP.value,), writer, predicate) if query.count_groups else "null")
    rows = _rows(query, writer, predicate, projection) if query.rows else "[]"
    return f"[{rows}, {', '.join(counts)}]"


def _subject(
    query: Sequences, labels: tuple[str, ...], writer: CypherWriter, predicate: EmitPredicate
) -> tuple[str, str, list[str]]:
    """Return the MATCH of a subject, its variable, and the conditions of the filter."""
    subject = writer.variable()
    conditions = [predicate(query.where, {"self": subject}, writer)] if query.where is not None else []
    return f"MATCH ({subject}:{'|'.join(labels)})", subject, conditions


def _count(query: Sequences, labels: tuple[str, ...], writer: CypherWriter, predicate: EmitPredicate) -> str:
    match, subject, conditions = _subject(query, labels, writer, predicate)
    order = InOrder(query.steps, query.holds, query.same_day)
    conditions.append(chain_condition(order, {"self": subject}, writer, predicate))
    return f"COUNT {{ {match} WHERE {' AND '.join(conditions)} }}"


def _rows(query: Sequences, writer: CypherWriter, predicate: EmitPredicate, projection: EmitProjection) -> str:
    match, subject, filters = _subject(query, query.labels, writer, predicate)
    conditions = [f"{subject}.id > {writer.parameter('' if query.after is None else query.after)}", *filters]
    matched, chain = _event_chain(query.steps, query.holds, subject, writer, predicate, same_day=query.same_day)
    best = _best(query, chain, writer)
    limit = writer.parameter(query.first + 1)
    shown = ", ".join(projection(query.event, {"self": event, "parent": subject}, writer) for event in chain.events)
    facts = ", ".join(_facts(event) for event in chain.events) if query.explain else ""
    named = [f"best[{place}] AS {event}" for place, event in enumerate(chain.events)]
    return (
        f"COLLECT {{ {match} WHERE {' AND '.join(conditions)} CALL ({subject}) {{ {matched} {best} }}"
        f" WITH {subject}, chains, best WHERE chains > 0 ORDER BY {subject}.id LIMIT {limit}"
        f" WITH {subject}, chains, {', '.join(named)}, best[{len(named)}] AS sure, best[{len(named) + 1}] AS stated"
        f" RETURN [{projection(query.subject, {'self': subject}, writer)}, [chains, sure, [{shown}], [{facts}], stated]] }}"
    )


def _best(query: Sequences, chain: _EventChain, writer: CypherWriter) -> str:
    """Return the number of chains and the best one: the best established, then the earliest.

    The number is 1 unless it is selected: collecting all chains costs more for subjects without one than finding the best for the others.
    """
    sure = " AND ".join(_certain(query.steps, chain, writer, same_day=query.same_day)) or "true"
    stated = (
        ", ".join(_stated_by(chain, later, earlier) for earlier, later in chain.neighbours) if query.explain else ""
    )
    undated = " + ".join(f"CASE WHEN {event}.date IS NULL THEN 1 ELSE 0 END" for event in chain.events)
    rank = [
        "sure DESC",
        undated,
        *(f"{event}.date_lo" for event in chain.events),
        *(f"{event}.id" for event in chain.events),
    ]
    names = ", ".join(chain.events)
    ordered = f"WITH {names}, {sure} AS sure, [{stated}] AS stated ORDER BY {', '.join(rank)}"
    if not query.chains:
        return f"{ordered} LIMIT 1 RETURN 1 AS chains, [{names}, sure, stated] AS best"
    return f"{ordered} WITH collect([{names}, sure, stated]) AS found RETURN size(found) AS chains, found[0] AS best"


def _stated_by(chain: _EventChain, later: int, earlier: int) -> str:
    """Return the expression of how the order of two events is known from sources: STATED or IMPLIED; null where it is not."""
    return f"head([({chain.events[later]})-[follows:{Rel.FOLLOWS}]->({chain.events[earlier]}) | follows.modality])"


def _facts(event: str) -> str:
    implied = f"COLLECT {{ {claims_about(event, 'c')} RETURN DISTINCT c.modality }} = ['IMPLIED']"
    return f"[{event}.kind, {event}.date, {event}.date_lo, {event}.date_hi, {implied}]"
