"""Emits sequences of events: the rules of ``evidence.order`` in Cypher. Tests compare the two.

::

    InOrder((Step("Detention", "SUBJECT", None), Step("Exchange", "SUBJECT", None)), FOR_ALL_DATES, same_day=False)

    EXISTS { (n0)-[:TOOK_PART {role: $p0}]->(:Detention) } AND EXISTS { (n0)-[:TOOK_PART {role: $p0}]->(:Exchange) }
    AND any(n4 IN [[(n0)-[n1:TOOK_PART]->(n2:Detention|Exchange) | {id: n2.id, lo: n2.date_lo, …, s0: n2:Detention, s1: n2:Exchange}]] WHERE
        any(n5 IN n4 WHERE n5.s0 AND any(n6 IN n4 WHERE n6.s1 AND n5.lo <= n6.hi AND NOT n6.id IN n5.before AND …)))

The events of a record are collected once for all histories of a filter, with the ids that they follow (FOLLOWS is stored transitively
closed, so that a stated order is one relationship). The rules are list predicates over them, which the database need not plan: joins for
twelve histories of five steps took it more than 10 s. The single hops before them leave out records for which nothing has to be collected.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from graph_api.compiler.cypher_writer import CypherWriter, EmitPredicate, EmitProjection, Scope, scan
from graph_api.compiler.ir import AllOf, AnyOf, InOrder, Predicate, Sequences, Step
from graph_api.ontology.names import Label, Rel
from graph_api.ontology.vocabulary import DateCertainty
from graph_api.values.dates import OPEN_HI, OPEN_LO
from graph_api.values.durations import Duration

EVENTS = "events"
"""The name in a scope under which the collected events of the row are found."""
Match = tuple[str, str, Predicate | None]
"""What an event matches in a step: the role, the label, and the filter."""


def filter_with_histories(
    parts: Sequence[Predicate],
    histories: Iterable[InOrder],
    scope: Scope,
    writer: CypherWriter,
    predicate: EmitPredicate,
) -> str:
    """Return the expression that all parts of a filter hold; the events that its histories need are collected once, and are in their scope."""
    matches = tuple(dict.fromkeys(_match(step) for one in histories for step in one.steps))
    required = dict.fromkeys(one for part in parts for one in _required(part))
    hops, collected = _candidates(matches, required, scope["self"], writer, predicate)
    events = writer.variable()
    writer.collected[events] = matches
    inner = " AND ".join(predicate(part, {**scope, EVENTS: events}, writer) for part in parts)
    return " AND ".join([*hops, f"any({events} IN [{collected}] WHERE {inner})"])


def _match(step: Step) -> Match:
    return step.role, step.label, step.where


def _required(where: Predicate) -> dict[tuple[str, str], None]:
    """Return roles and labels of events without which a filter cannot hold, in the order of the steps."""
    match where:
        case InOrder(steps=steps):
            return dict.fromkeys((step.role, step.label) for step in steps)
        case AllOf(of=parts):
            return dict.fromkeys(one for part in parts for one in _required(part))
        case AnyOf(of=(first, *rest)):
            return {one: None for one in _required(first) if all(one in _required(part) for part in rest)}
        case _:
            return {}


def chain_condition(where: InOrder, scope: Scope, writer: CypherWriter) -> str:
    """Return the expression of whether the row has events in that order, over those that were collected for it."""
    events = scope[EVENTS]
    matches = writer.collected[events]
    chain = _EventChain(where.steps, tuple(writer.variable() for _ in where.steps), same_day=where.same_day)
    rules = _rules(chain, where.holds, writer)
    text = ""
    for step, event, rule in reversed(list(zip(where.steps, chain.events, rules, strict=True))):
        is_match = f"{event}.s{matches.index(_match(step))}"
        text = f"any({event} IN {events} WHERE {' AND '.join([is_match, *rule.nested(text)])})"
    return text


def _candidates(
    matches: Sequence[Match],
    required: Iterable[tuple[str, str]],
    subject: str,
    writer: CypherWriter,
    predicate: EmitPredicate,
    *,
    record: bool = False,
) -> tuple[list[str], str]:
    """Return the conditions that a subject has the required events, and the list of its events that may match.

    An event is a map of its id, the bounds of its date, the ids of the events that it follows, and whether it matches each step
    (``s0``, ``s1``, …); with ``record`` also of the node, and of the modality of the subject's part.
    """
    part, event, other = (writer.variable() for _ in range(3))
    roles = {role: writer.parameter(role) for role in dict.fromkeys(role for role, _, _ in matches)}
    hops = [
        f"EXISTS {{ ({subject})-[:{Rel.TOOK_PART} {{role: {roles[role]}}}]->(:{label}) }}" for role, label in required
    ]
    scope = {"self": event, "link": part, "parent": subject}
    entries = {"record": event, "part": f"{part}.modality"} if record else {}
    entries |= {"id": f"{event}.id", "lo": f"{event}.date_lo", "hi": f"{event}.date_hi"}
    entries["before"] = f"[({event})-[:{Rel.FOLLOWS}]->({other}:{Label.EVENT}) | {other}.id]"
    for place, (role, label, where) in enumerate(matches):
        tests = [f"{part}.role = {roles[role]}"] if len(roles) > 1 else []
        tests += [f"{event}:{label}"]
        tests += [predicate(where, scope, writer)] if where is not None else []
        entries[f"s{place}"] = " AND ".join(tests)
    pattern = f"({subject})-[{part}:{Rel.TOOK_PART}]->({event}:{'|'.join(sorted({label for _, label, _ in matches}))})"
    has_role = f"{part}.role IN [{', '.join(roles.values())}]"
    return hops, f"[{pattern} WHERE {has_role} | {{{', '.join(f'{key}: {value}' for key, value in entries.items())}}}]"


@dataclass(frozen=True, slots=True)
class _EventChain:
    """The steps of a chain, and the variables of their events."""

    steps: Sequence[Step]
    events: tuple[str, ...]
    same_day: bool

    def stated(self, later: int, earlier: int) -> str:
        """Return the expression of whether sources state that one event followed another, by their indexes in the chain."""
        return f"{self.events[earlier]}.id IN {self.events[later]}.before"

    def gap(self, earlier: int) -> str:
        """Return the expression of the days that lie at least between an event and the next one."""
        return f"CASE WHEN {self.stated(earlier + 1, earlier)} THEN 0 ELSE 1 END"

    @property
    def neighbours(self) -> list[tuple[int, int]]:
        """All pairs of neighbouring indexes."""
        return list(pairwise(range(len(self.events))))


@dataclass(frozen=True, slots=True)
class _Rule:
    """The conditions on an event and those before it; and the range of days in which it can have happened, as a variable and its map."""

    conditions: tuple[str, ...]
    window: tuple[str, str] | None = None

    def nested(self, inner: str) -> list[str]:
        """Return the conditions, and ``inner`` within them."""
        found = [*self.conditions, *([inner] if inner else [])]
        if self.window is None:
            return found
        name, value = self.window
        return [f"any({name} IN [{value}] WHERE {' AND '.join([f'{name}.lo <= {name}.hi', *found])})"]


def _rules(chain: _EventChain, holds: DateCertainty, writer: CypherWriter) -> list[_Rule]:
    """Return the rule of each event of a chain."""
    has_windows = holds is not DateCertainty.FOR_ALL_DATES and any(step.within for step in chain.steps)
    rules, window = [], chain.events[0]
    for later, event in enumerate(chain.events):
        conditions = []
        for earlier in range(later):
            first = chain.events[earlier]
            conditions += (
                [f"{first}.id <> {event}.id"] if chain.steps[earlier].label == chain.steps[later].label else []
            )
            conditions.append(f"NOT {chain.stated(earlier, later)}")
            if chain.same_day and not has_windows and holds is not DateCertainty.FOR_ALL_DATES:
                conditions.append(f"{first}.lo <= {event}.hi")  # the other rules imply it
            if not has_windows and holds is not DateCertainty.FOR_ALL_DATES and not chain.same_day:
                conditions.append(_possible(chain, earlier, later))
        if later and holds is DateCertainty.FOR_ALL_DATES:
            conditions += _certain(chain, later - 1, later, writer)
        if not later or not has_windows:
            rules.append(_Rule(tuple(conditions)))
            continue
        name = writer.variable()
        rules.append(_Rule(tuple(conditions), (name, _window(chain, later, window, writer))))
        window = name
    return rules


def _certain(chain: _EventChain, earlier: int, later: int, writer: CypherWriter) -> list[str]:
    """Return the conditions that neighbouring events happened in this order for all dates, and within the time of the step."""
    a, b, within = chain.events[earlier], chain.events[later], chain.steps[later].within
    found = [f"({a}.hi {'<=' if chain.same_day else '<'} {b}.lo OR {chain.stated(later, earlier)})"]
    return found if within is None else [*found, f"{_added(f'{a}.lo', within, writer)} >= {b}.hi"]


def _possible(chain: _EventChain, earlier: int, later: int) -> str:
    """Return the condition that the first day of an event plus the gaps between is at most the last day of a later one."""
    a, b = chain.events[earlier], chain.events[later]
    if later == earlier + 1:
        return f"({a}.lo < {b}.hi OR {chain.stated(later, earlier)})"
    return f"{a}.lo + {' + '.join(chain.gap(each) for each in range(earlier, later))} <= {b}.hi"


def _window(chain: _EventChain, later: int, before: str, writer: CypherWriter) -> str:
    """Return the range of days on which an event can have happened after the one before, whose range is that of ``before``."""
    event, within = chain.events[later], chain.steps[later].within
    lo = f"{before}.lo" if chain.same_day else f"{before}.lo + {chain.gap(later - 1)}"
    hi = f"{event}.hi" if within is None else _minimum(f"{event}.hi", _added(f"{before}.hi", within, writer))
    return f"{{lo: {_maximum(f'{event}.lo', lo)}, hi: {hi}}}"


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
    counts += [_durations(query, step, writer, predicate) for step in query.durations]
    return f"[{rows}, {', '.join(counts)}]"


def _count(query: Sequences, labels: tuple[str, ...], writer: CypherWriter, predicate: EmitPredicate) -> str:
    order = InOrder(query.steps, query.holds, query.same_day)
    where = order if query.where is None else AllOf((query.where, order))
    subject = writer.variable()
    match, _ = scan(subject, "|".join(labels), query.where, writer, query.steps)
    return f"COUNT {{ {match} WHERE {predicate(where, {'self': subject}, writer)} RETURN {subject} }}"


def _rows(query: Sequences, writer: CypherWriter, predicate: EmitPredicate, projection: EmitProjection) -> str:
    subject = writer.variable()
    match, _ = scan(subject, "|".join(query.labels), query.where, writer, query.steps)
    conditions, best = _best_of(query, subject, writer, predicate)
    after = f"{subject}.id > {writer.parameter('' if query.after is None else query.after)}"
    limit = writer.parameter(query.first + 1)
    events = [writer.variable() for _ in query.steps]
    shown = ", ".join(projection(query.event, {"self": event, "parent": subject}, writer) for event in events)
    parts = [writer.variable() for _ in query.steps] if query.basis else []
    facts = ", ".join(map(_facts, events, parts)) if query.basis else ""
    stated = ", ".join(_stated_by(later, earlier) for earlier, later in pairwise(events)) if query.basis else ""
    named = [f"best[{place}] AS {name}" for place, name in enumerate([*events, "sure", *parts])]
    return (
        f"COLLECT {{ {match} WHERE {' AND '.join([after, *conditions])} CALL ({subject}) {{ {best} }}"
        f" WITH {subject}, chains, best WHERE chains > 0 ORDER BY {subject}.id LIMIT {limit}"
        f" WITH {subject}, chains, {', '.join(named)}"
        f" RETURN [{projection(query.subject, {'self': subject}, writer)}, [chains, sure, [{shown}], [{facts}], [{stated}]]] }}"
    )


def _durations(query: Sequences, step: int, writer: CypherWriter, predicate: EmitPredicate) -> str:
    """Return the expression of the days from a step to the next one over all subjects, as numbers; see ``Sequences``.

    Days of one rank among the least, and among the most, bound those of that rank among the days themselves, whatever these are.
    """
    subject, a, b = (writer.variable() for _ in range(3))
    match, _ = scan(subject, "|".join(query.labels), query.where, writer, query.steps)
    conditions, best = _best_of(replace(query, chains=False, basis=False), subject, writer, predicate)
    lo, hi = writer.parameter(OPEN_LO), writer.parameter(OPEN_HI)
    is_bounded = f"{a}.shown_lo > {lo} AND {a}.shown_hi < {hi} AND {b}.shown_lo > {lo} AND {b}.shown_hi < {hi}"
    least = f"CASE WHEN {is_bounded} THEN {_maximum('0', f'{b}.shown_lo - {a}.shown_hi')} END"
    ranks = ", ".join(f"percentileDisc({days}, {share})" for share in (0.25, 0.5, 0.75) for days in ("least", "most"))
    return (
        f"head(COLLECT {{ {match} WHERE {' AND '.join(conditions)} CALL ({subject}) {{ {best} }}"
        f" WITH best[{step}] AS {a}, best[{step + 1}] AS {b} WITH {least} AS least, {_maximum('0', f'{b}.shown_hi - {a}.shown_lo')} AS days"
        f" WITH least, CASE WHEN least IS NOT NULL THEN days END AS most RETURN [count(least), count(*) - count(least), {ranks}] }})"
    )


def _best_of(query: Sequences, subject: str, writer: CypherWriter, predicate: EmitPredicate) -> tuple[list[str], str]:
    """Return the conditions on a subject that may have a chain, and the subquery of its best one."""
    filters = [predicate(query.where, {"self": subject}, writer)] if query.where is not None else []
    matches = tuple(_match(step) for step in query.steps)
    required = dict.fromkeys((role, label) for role, label, _ in matches)
    hops, collected = _candidates(matches, required, subject, writer, predicate, record=True)
    return [*filters, *hops], _best(query, collected, writer)


def _best(query: Sequences, collected: str, writer: CypherWriter) -> str:
    """Return the number of chains and the best one: the best established, then the earliest.

    The number is 1 unless it is selected: collecting all chains costs more for subjects without one than finding the best for the others.
    """
    events, one = writer.variable(), writer.variable()
    chain = _EventChain(query.steps, tuple(writer.variable() for _ in query.steps), same_day=query.same_day)
    rows, kept = f"WITH {collected} AS {events}", [events]
    for place, (event, rule) in enumerate(zip(chain.events, _rules(chain, query.holds, writer), strict=True)):
        rows += f" UNWIND [{one} IN {events} WHERE {one}.s{place}] AS {event}"
        kept.append(event)
        conditions = rule.conditions
        if rule.window is not None:
            name, value = rule.window
            rows += f" WITH {', '.join(kept)}, {value} AS {name}"
            kept.append(name)
            conditions = (f"{name}.lo <= {name}.hi", *conditions)
        if conditions:
            rows += f" WITH {', '.join(kept)} WHERE {' AND '.join(conditions)}"
    sure = " AND ".join(one for pair in chain.neighbours for one in _certain(chain, *pair, writer)) or "true"
    undated = " + ".join(f"CASE WHEN {event}.record.date IS NULL THEN 1 ELSE 0 END" for event in chain.events)
    rank = ["sure DESC", undated, *(f"{one}.lo" for one in chain.events), *(f"{one}.id" for one in chain.events)]
    parts = [f"{event}.part" for event in chain.events] if query.basis else []
    found = ", ".join([*(f"{event}.record" for event in chain.events), "sure", *parts])
    ordered = f"{rows} WITH {', '.join(chain.events)}, {sure} AS sure ORDER BY {', '.join(rank)}"
    if not query.chains:
        return f"{ordered} LIMIT 1 RETURN 1 AS chains, [{found}] AS best"
    return f"{ordered} WITH collect([{found}]) AS found RETURN size(found) AS chains, found[0] AS best"


def _stated_by(later: str, earlier: str) -> str:
    """Return the expression of how the order of two events is known from sources: STATED or IMPLIED; null where it is not."""
    return f"head([({later})-[follows:{Rel.FOLLOWS}]->({earlier}) | follows.modality])"


def _facts(event: str, part: str) -> str:
    """Return the list that ``order_basis.SequenceEvent`` is made of; ``part`` is the modality of the subject's part."""
    stored = ("kind", "date", "shown_lo", "shown_hi", "stated_lo", "stated_hi", "known", "modality")
    own = ", ".join(f"{event}.{key}" for key in stored)
    return f"[{own}, {part}, {event}.date_modality, 'date' IN {event}.disputed]"
