"""Emits totals: matching events and their named subjects, one row for each combination of keys; a key is null if no source states it.

::

    Totals(("KIND",), people=None, events=None, …)

    [COLLECT { MATCH (n0:Event) WITH n0, n0.kind AS n3 OPTIONAL MATCH (n1:Person)-[n2:TOOK_PART {role: $p0}]->(n0)
               WITH n3, count(DISTINCT n1) AS people, count(DISTINCT n0) AS events … }, null]

Where the totals are stored (``stored_totals``), the statement reads them if the graph says that they are those of its content, and counts if
it does not: both in one statement, so that an answer never depends on what was known before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from graph_api.compiler.cypher_writer import CypherWriter, EmitPredicate, EmitProjection, scan_filtered
from graph_api.compiler.ir import OrderKey, Projection, Totals
from graph_api.compiler.stored_totals import (
    CATEGORY,
    DIMENSIONS_OF_EVENTS,
    DIMENSIONS_OF_PEOPLE,
    StoredCount,
    StoredSet,
)
from graph_api.ontology.names import MAX_PLACE_DEPTH, PLACES_OF_EVENTS, Label, Rel
from graph_api.ontology.vocabulary import PlaceKind, Role, Standing
from graph_api.statement import Statement

PERSON_DIMENSIONS: Final = frozenset({CATEGORY, *DIMENSIONS_OF_PEOPLE})
"""Dimensions that depend on the subject; the others depend on the event only."""
EPOCH = "date({year: 1970, month: 1, day: 1})"


def emit_totals(
    query: Totals,
    writer: CypherWriter,
    predicate: EmitPredicate,
    projection: EmitProjection,
    stored: StoredSet | None = None,
) -> str:
    """Return an expression: a page of totals, and their number if it is selected; ``stored`` are the stored totals that answer it."""
    return _expression(query, writer, predicate, projection, stored)


def emit_shared_totals(
    queries: Sequence[Totals], writer: CypherWriter, predicate: EmitPredicate, projection: EmitProjection
) -> str:
    """Return an expression: what :func:`emit_totals` returns of each of several totals with the same filters.

    Events and their subjects are matched and filtered once, and held in memory for all of them.
    """
    event, person, part, subjects, collected = (writer.variable() for _ in range(5))
    first = queries[0]
    matched = _subject(first, event, person, part, writer, predicate).strip().removeprefix("OPTIONAL ")
    match = (
        f"{_events(first, event, writer, predicate)}"
        f" WITH {event}, COLLECT {{ {matched} RETURN [{person}, {part}] }} AS {subjects}"
        + (f" WHERE size({subjects}) > 0" if first.people is not None else "")
    )
    each = (_expression(one, writer, predicate, projection, collected=collected) for one in queries)
    return f"head(COLLECT {{ {match} WITH collect([{event}, {subjects}]) AS {collected} RETURN [{', '.join(each)}] }})"


def _expression(
    query: Totals,
    writer: CypherWriter,
    predicate: EmitPredicate,
    projection: EmitProjection,
    stored: StoredSet | None = None,
    collected: str = "",
) -> str:
    def source() -> tuple[str, list[str], str]:
        return _source(stored, _grouped(query, writer, predicate, collected), writer)

    rows = _rows(query, source(), writer, projection) if query.rows else "[]"
    count = "null"
    if query.count:
        match, keys, _ = source()
        count = f"COUNT {{ {match} RETURN DISTINCT {', '.join(keys)} }}"
    return f"[{rows}, {count}]"


def _rows(query: Totals, source: tuple[str, list[str], str], writer: CypherWriter, projection: EmitProjection) -> str:
    match, keys, counted = source
    columns = dict(zip(query.by, keys, strict=True)) | {"people": "people", "events": "events"}
    after = f" WHERE {_after(query.order, columns, query.after, writer)}" if query.after is not None else ""
    sort = ", ".join(_sort_key(key, columns[key.key]) for key in query.order)
    limit = writer.parameter(query.first + 1)
    names = ", ".join(keys)
    shown = ", ".join(
        _key(key, query.node, writer, projection, is_record=is_record)
        for key, is_record in zip(keys, query.records, strict=True)
    )
    identity = writer.parameter(query.identity)
    page = f"WITH {names}, people, events{after} ORDER BY {sort} LIMIT {limit}"
    return f"COLLECT {{ {match} WITH {names}, {counted} {page} RETURN [[{shown}], people, events, {identity}] }}"


def _source(
    stored: StoredSet | None, grouped: tuple[str, list[str], str], writer: CypherWriter
) -> tuple[str, list[str], str]:
    """Return the clauses of :func:`_grouped`, or those that read stored totals where they are of this content of the graph, and else count."""
    match, keys, counted = grouped
    if stored is None:
        return match, keys, counted
    graph, total = writer.variable(), writer.variable()
    returned = f"RETURN {', '.join(keys)}, people, events"
    conditions = [f"{total}.dimensions = {writer.parameter(stored.dimensions)}"]
    if stored.kinds:
        conditions.append(f"{total}.kind IN {writer.parameter(stored.kinds)}")
    if stored.category is not None:
        conditions.append(f"{total}.category = {writer.parameter(stored.category)}")
    values = ", ".join(f"{total}.{name} AS {key}" for name, key in zip(stored.keys, keys, strict=True))
    read = (
        f"MATCH ({total}:{Label.TOTAL}) WHERE {' AND '.join(conditions)}"
        f" RETURN {values}, {total}.people AS people, {total}.events AS events"
    )
    count = f"{match} WITH {', '.join(keys)}, {counted} {returned}"
    return _stored_or_counted(graph, read, count), keys, "people, events"


def _stored_or_counted(graph: str, read: str, count: str) -> str:
    """Return the call of ``read`` where stored totals are of this content of the graph, and else of ``count``; both return the same columns."""
    own = f"{graph}:{Label.GRAPH}"
    is_other = f"{graph}.totals IS NULL OR {graph}.content_hash IS NULL OR {graph}.totals <> {graph}.content_hash"
    return (
        f"CALL () {{ MATCH ({own}) WHERE {graph}.totals = {graph}.content_hash {read}"
        f" UNION ALL OPTIONAL MATCH ({own}) WITH {graph} WHERE {is_other} {count} }}"
    )


def emit_stored_count(stored: StoredCount, counted: str, writer: CypherWriter) -> str:
    """Return an expression: the people of stored totals where they are of this content of the graph, and else ``counted``."""
    graph, total = writer.variable(), writer.variable()
    conditions = [f"{total}.dimensions = {writer.parameter(stored.dimensions)}"]
    conditions += [f"{total}.{one.key} {one.op.value} {writer.parameter(one.value)}" for one in stored.conditions]
    read = (
        f"OPTIONAL MATCH ({total}:{Label.TOTAL}) WHERE {' AND '.join(conditions)}"
        f" WITH {graph}, sum({total}.people) AS people RETURN people"  # grouped, so that there is no row without a graph
    )
    return f"head(COLLECT {{ {_stored_or_counted(graph, read, f'RETURN {counted} AS people')} RETURN people }})"


def keys_of_people() -> Statement:
    """Return the statement that reads to which totals people belong: [id, category, [[kind, keys of the event, keys of the person], …]].

    The parameter ``ids`` is to be set. Keys are lists of values, for each dimension in the order of ``stored_totals``.
    """
    writer = CypherWriter()
    person, part, event, row = (writer.variable() for _ in range(4))
    role = writer.parameter(Role.SUBJECT.value)
    of_event = _keys(DIMENSIONS_OF_EVENTS, event, "", "", writer)
    of_person = _keys(DIMENSIONS_OF_PEOPLE, "", person, part, writer)
    text = (
        f"UNWIND $ids AS id MATCH ({person}:{Label.RECORD}:{Label.PERSON} {{id: id}})"
        f"-[{part}:{Rel.TOOK_PART} {{role: {role}}}]->({event}:{Label.EVENT}) WHERE NOT {event}.announced"
        f" WITH {person}, [{event}.kind, {of_event}, {of_person}] AS {row}"
        f" RETURN {person}.id, {person}.category, collect({row})"
    )
    return Statement(text, writer.parameters, "keys_of_people")


def keys_of_events() -> Statement:
    """Return the statement that reads to which totals events belong: [kind, keys of the event, [[category, keys of a subject], …]].

    The parameter ``ids`` is to be set; keys are as in :func:`keys_of_people`.
    """
    writer = CypherWriter()
    person, part, event = (writer.variable() for _ in range(3))
    role = writer.parameter(Role.SUBJECT.value)
    of_event = _keys(DIMENSIONS_OF_EVENTS, event, "", "", writer)
    of_person = _keys(DIMENSIONS_OF_PEOPLE, "", person, part, writer)
    text = (
        f"UNWIND $ids AS id MATCH ({event}:{Label.RECORD}:{Label.EVENT} {{id: id}}) WHERE NOT {event}.announced"
        f" RETURN {event}.kind, {of_event}, COLLECT {{ MATCH ({person}:{Label.PERSON})-[{part}:{Rel.TOOK_PART} {{role: {role}}}]->({event})"
        f" RETURN DISTINCT [{person}.category, {of_person}] }}"
    )
    return Statement(text, writer.parameters, "keys_of_events")


def _keys(dimensions: Sequence[str], event: str, person: str, part: str, writer: CypherWriter) -> str:
    """Return the expression of the values of several dimensions, a list for each."""
    single = {one: _value(one, event, person, part) for one in dimensions}
    return (
        "["
        + ", ".join(f"[{single[one]}]" if single[one] else _values(one, event, person, writer) for one in dimensions)
        + "]"
    )


def _key(key: str, node: Projection, writer: CypherWriter, projection: EmitProjection, *, is_record: bool) -> str:
    if not is_record:
        return f"[{key}, []]"
    row = writer.variable()
    return f"[{key}, COLLECT {{ MATCH ({row}:{Label.RECORD} {{id: {key}}}) RETURN {projection(node, {'self': row}, writer)} }}]"


def _grouped(
    query: Totals, writer: CypherWriter, predicate: EmitPredicate, collected: str = ""
) -> tuple[str, list[str], str]:
    """Return a MATCH, a variable for each key, and the expression of the counts; ``collected`` are events that were matched before.

    Keys that depend on the event only are computed before its people are matched: once for each event, not once for each person.
    """
    event, person, part = writer.variable(), writer.variable(), writer.variable()
    subjects = writer.variable() if collected else ""
    if collected:
        row = writer.variable()
        text = f"UNWIND {collected} AS {row} WITH {row}[0] AS {event}, {row}[1] AS {subjects}"
    else:
        text = _events(query, event, writer, predicate)
    keys = {dimension: writer.variable() for dimension in query.by}
    bound = [event, subjects] if collected else [event]
    for dimension in (*sorted(query.by, key=lambda one: one in PERSON_DIMENSIONS), None):
        if person not in bound and (dimension is None or dimension in PERSON_DIMENSIONS):
            bound = [one for one in bound if one != subjects]
            text += (
                _unwound_subjects(subjects, bound, person, part, writer)
                if collected
                else _subject(query, event, person, part, writer, predicate)
            )
            bound += [person, part]
        if dimension is not None:
            text += _unwound(dimension, keys[dimension], bound, event, person, part, writer)
            bound.append(keys[dimension])
    return text, list(keys.values()), f"count(DISTINCT {person}) AS people, count(DISTINCT {event}) AS events"


def _events(query: Totals, event: str, writer: CypherWriter, predicate: EmitPredicate) -> str:
    found = scan_filtered(event, Label.EVENT, query.events, writer, predicate)
    return found.text if found.rest is None else f"{found.text} WHERE {predicate(found.rest, {'self': event}, writer)}"


def _subject(query: Totals, event: str, person: str, part: str, writer: CypherWriter, predicate: EmitPredicate) -> str:
    role = writer.parameter(Role.SUBJECT.value)
    match = f"MATCH ({person}:{Label.PERSON})-[{part}:{Rel.TOOK_PART} {{role: {role}}}]->({event})"
    if query.people is None:
        return f" OPTIONAL {match}"
    return f" {match} WHERE {predicate(query.people, {'self': person}, writer)}"


def _unwound_subjects(subjects: str, bound: Sequence[str], person: str, part: str, writer: CypherWriter) -> str:
    """Return what makes a row of each collected subject of an event; of an event without one, a row without a person."""
    one = writer.variable()
    return (
        f" UNWIND CASE WHEN size({subjects}) = 0 THEN [[null, null]] ELSE {subjects} END AS {one}"
        f" WITH {', '.join(bound)}, {one}[0] AS {person}, {one}[1] AS {part}"
    )


def _unwound(
    dimension: str, key: str, bound: list[str], event: str, person: str, part: str, writer: CypherWriter
) -> str:
    """Return the WITH that adds the value of a dimension to each row, with a row for each value if there are several."""
    kept = ", ".join(bound)
    single = _value(dimension, event, person, part)
    if single:
        return f" WITH {kept}, {single} AS {key}"
    values = writer.variable()
    text = f" WITH {kept}, {_values(dimension, event, person, writer)} AS {values}"
    return text + f" UNWIND CASE WHEN size({values}) = 0 THEN [null] ELSE {values} END AS {key}"


def _value(dimension: str, event: str, person: str, part: str) -> str:
    """Return the expression of a dimension with at most one value, which may be null; empty for other dimensions."""
    match dimension:
        case "CATEGORY" | "CUSTODY" | "LEGAL" | "SEX":
            return f"{person}.{dimension.lower()}"
        case "SIDE":
            return f"{part}.side"
        case "KIND":
            return f"{event}.kind"
        case "YEAR" | "MONTH":
            return _when(event, months=dimension == "MONTH")
        case _:
            return ""


_WAYS: Final[Mapping[str, tuple[Rel, str, str]]] = MappingProxyType(
    {
        "SITE": (Rel.AT, "Site", "id"),
        "PLACE": (Rel.IN, "Place", "id"),
        "COURT": (Rel.COURT, "Organization", "id"),
        "SOURCE": (Rel.CITES, "Source", "id"),
        "SOURCE_KIND": (Rel.CITES, "Source", "kind"),
        "FROM_SITE": (Rel.FROM_SITE, "Site", "id"),
        "TO_SITE": (Rel.TO_SITE, "Site", "id"),
    }
)
_LISTS_OF_EVENT: Final[Mapping[str, str]] = MappingProxyType(
    {"OFFENCE": "offence_codes", "ARTICLE": "offence_articles"}
)
_LISTS_OF_PERSON: Final[Mapping[str, str]] = MappingProxyType(
    {"OCCUPATION": "occupations", "TAG": "tags", "NATIONALITY": "nationalities"}
)


def _values(dimension: str, event: str, person: str, writer: CypherWriter) -> str:
    """Return the expression of the list of values of a dimension."""
    if dimension in _LISTS_OF_EVENT:
        return f"coalesce({event}.{_LISTS_OF_EVENT[dimension]}, [])"
    if dimension in _LISTS_OF_PERSON:
        return f"coalesce({person}.{_LISTS_OF_PERSON[dimension]}, [])"
    row = writer.variable()
    match dimension:
        case "MEDIATOR":
            role = writer.parameter(Role.MEDIATOR.value)
            way, value = f"({event})<-[:{Rel.TOOK_PART} {{role: {role}}}]-({row}:{Label.ACTOR})", f"{row}.id"
        case "REGION":
            types = "|".join(PLACES_OF_EVENTS)
            kind = writer.parameter(PlaceKind.REGION.value)
            way = f"({event})-[:{types}*1..{MAX_PLACE_DEPTH}]->({row}:{Label.PLACE} {{kind: {kind}}})"
            value = f"{row}.id"
        case "STANDING":
            return _standings(event, row, writer)
        case _:
            rel, label, key = _WAYS[dimension]
            way, value = f"({event})-[:{rel}]->({row}:{label})", f"{row}.{key}"
    return f"COLLECT {{ MATCH {way} RETURN DISTINCT {value} }}"


def _standings(event: str, row: str, writer: CypherWriter) -> str:
    """Return the standings of the courts and authorities of an event, or that of a court which no source names."""
    one, unstated = writer.variable(), writer.parameter(Standing.UNSTATED.value)
    acted = f"MATCH ({event})-[:{Rel.COURT}|{Rel.AUTHORITY}]->({row}:{Label.ORGANIZATION})"
    named = f"{acted} RETURN coalesce({row}.standing, {unstated}) AS {one}"
    return f"[{one} IN COLLECT {{ {named} UNION RETURN {event}.court_standing AS {one} }} WHERE {one} IS NOT NULL]"


def _when(event: str, *, months: bool) -> str:
    """Return the expression of the year or month of an event; null if its date allows several."""
    first, last = (f"toString({EPOCH} + duration({{days: {event}.date_{end}}}))" for end in ("lo", "hi"))
    digits = 7 if months else 4
    one = f"left({first}, {digits})"
    return f"CASE WHEN {event}.date IS NOT NULL AND {one} = left({last}, {digits}) THEN {one} END"


def _sort_key(key: OrderKey, expression: str) -> str:
    if not key.descending:
        return expression
    return f"{expression} IS NULL, {expression} DESC" if key.can_be_null else f"{expression} DESC"


def _after(
    order: tuple[OrderKey, ...], columns: Mapping[str, str], after: tuple[object, ...], writer: CypherWriter
) -> str:
    """Return the keyset condition; null comes last."""
    branches: list[str] = []
    equal: list[str] = []
    for key, value in zip(order, after, strict=True):
        expression = columns[key.key]
        if value is None:
            equal.append(f"{expression} IS NULL")
            continue
        parameter = writer.parameter(value)
        beyond = f"{expression} {'<' if key.descending else '>'} {parameter}"
        branches.append(" AND ".join([*equal, f"({beyond} OR {expression} IS NULL)" if key.can_be_null else beyond]))
        equal.append(f"{expression} = {parameter}")
    return " OR ".join(f"({branch})" for branch in branches) or "false"
