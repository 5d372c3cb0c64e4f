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
from dataclasses import replace
from typing import Final

from graph_api.compiler.cypher_writer import CypherWriter, EmitPredicate, EmitProjection, scan_filtered
from graph_api.compiler.emit_dimensions import PERSON_DIMENSIONS, list_of_values, single_value
from graph_api.compiler.ir import OrderKey, Projection, Totals
from graph_api.compiler.stored_totals import StoredCount, StoredSet
from graph_api.ontology.names import Label, Rel
from graph_api.ontology.vocabulary import Role

_VALUE: Final = "value"
"""The name of the column with the value of a dimension, where totals are counted by several."""


def emit_totals(
    query: Totals,
    writer: CypherWriter,
    predicate: EmitPredicate,
    projection: EmitProjection,
    stored: StoredSet | None = None,
) -> str:
    """Return an expression: a page of totals, and their number if it is selected; ``stored`` are the stored totals that answer it.

    Where both are selected, the events are matched once for both, if they can be.
    """
    if stored is None and query.rows and query.count and shared_by(query) is not None:
        return f"{emit_shared_totals([query], writer, predicate, projection)}[0]"

    def source() -> tuple[str, list[str], str]:
        return _source(stored, _grouped(query, writer, predicate), writer)

    rows = _rows(query, source(), writer, projection) if query.rows else "[]"
    count = "null"
    if query.count:
        match, keys, _ = source()
        count = f"COUNT {{ {match} RETURN DISTINCT {', '.join(keys)} }}"
    return f"[{rows}, {count}]"


def shared_by(query: Totals) -> tuple[object, ...] | None:
    """Return what several totals have in common that share a statement: filters and order; None for one that shares none.

    That is one by several dimensions, or behind a cursor.
    """
    if len(query.by) > 1 or query.after is not None:
        return None
    order = tuple(replace(key, key=_VALUE) if key.key in query.by else key for key in query.order)
    return query.people, query.events, order


def emit_shared_totals(
    queries: Sequence[Totals], writer: CypherWriter, predicate: EmitPredicate, projection: EmitProjection
) -> str:
    """Return an expression: a list of what :func:`emit_totals` returns of each of several totals with the same :func:`shared_by`.

    Each event is matched once and counted once for each of its values. No list of events is held: Neo4j adds what a row carries to the memory
    of the transaction again for each group of a subquery, so that ten thousand events needed more than it may have.
    """
    dimensions = tuple(dict.fromkeys(query.by[0] for query in queries))
    rows, dimension, groups = (writer.variable() for _ in range(3))
    columns = {_VALUE: _VALUE, "people": "people", "events": "events"}
    order = (replace(key, key=_VALUE) if key.key in dimensions else key for key in queries[0].order)
    sort = ", ".join(_sort_key(key, columns[key.key]) for key in order)
    length = writer.parameter(max(query.first for query in queries) + 1)
    each = (_shared(query, dimensions.index(query.by[0]), groups, writer, projection) for query in queries)
    return (
        f"head(COLLECT {{ {_counted_by_each(dimensions, dimension, queries[0], writer, predicate)} ORDER BY {sort}"
        f" WITH {dimension}, collect([{_VALUE}, people, events]) AS {rows}"
        f" WITH collect([{dimension}, size({rows}), {rows}[..{length}]]) AS {groups} RETURN [{', '.join(each)}] }})"
    )


def _counted_by_each(
    dimensions: Sequence[str], dimension: str, query: Totals, writer: CypherWriter, predicate: EmitPredicate
) -> str:
    """Return the clauses that count by each dimension: rows of its number as ``dimension``, the value, people and events."""
    event, person, part, of_event, of_person, pair = (writer.variable() for _ in range(6))
    numbers = {one: number for number, one in enumerate(dimensions)}
    text = _events(query, event, writer, predicate)
    bound = [event]
    for pairs, is_of_person in ((of_event, False), (of_person, True)):
        if is_of_person:
            text += _subject(query, event, person, part, writer, predicate)
            bound += [person, part]
        own = {one: number for one, number in numbers.items() if (one in PERSON_DIMENSIONS) == is_of_person}
        text += _with_pairs(pairs, own, bound, event, person, part, writer)
        bound.append(pairs)
    return (
        f"{text} UNWIND {of_event} + {of_person} AS {pair} WITH {pair}[0] AS {dimension}, {pair}[1] AS {_VALUE},"
        f" count(DISTINCT {person}) AS people, count(DISTINCT {event}) AS events"
    )


def _with_pairs(
    pairs: str,
    numbers: Mapping[str, int],
    bound: Sequence[str],
    event: str,
    person: str,
    part: str,
    writer: CypherWriter,
) -> str:
    """Return the WITH that adds ``pairs``: [number of a dimension, value] for each value; null is the value where there is none."""
    kept = ", ".join(bound)
    single = {one: value for one in numbers if (value := single_value(one, event, person, part))}
    several = {one: writer.variable() for one in numbers if one not in single}
    read = "".join(f", {list_of_values(one, event, person, writer)} AS {values}" for one, values in several.items())
    row = writer.variable()
    found = (
        [f"[{', '.join(f'[{numbers[one]}, {value}]' for one, value in single.items())}]"]
        if single or not several
        else []
    )
    for one, values in several.items():
        each = f"[{row} IN {values} | [{numbers[one]}, {row}]]"
        found.append(f"CASE WHEN size({values}) = 0 THEN [[{numbers[one]}, null]] ELSE {each} END")
    return (f" WITH {kept}{read}" if read else "") + f" WITH {kept}, {' + '.join(found)} AS {pairs}"


def _shared(query: Totals, number: int, groups: str, writer: CypherWriter, projection: EmitProjection) -> str:
    """Return the page and the number of totals of one of several queries, read from what was counted for all."""
    group, row = writer.variable(), writer.variable()

    def of_group(place: int, otherwise: str) -> str:
        return f"coalesce(head([{group} IN {groups} WHERE {group}[0] = {number} | {group}[{place}]]), {otherwise})"

    rows = "[]"
    if query.rows:
        key = _key(_VALUE, query.node, writer, projection, is_record=query.records[0])
        rows = (
            f"COLLECT {{ UNWIND {of_group(2, '[]')}[..{writer.parameter(query.first + 1)}] AS {row} WITH {row}[0] AS {_VALUE}, {row}"
            f" RETURN [[{key}], {row}[1], {row}[2], {writer.parameter(query.identity)}] }}"
        )
    return f"[{rows}, {of_group(1, '0') if query.count else 'null'}]"


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


def _key(key: str, node: Projection, writer: CypherWriter, projection: EmitProjection, *, is_record: bool) -> str:
    if not is_record:
        return f"[{key}, []]"
    row = writer.variable()
    return f"[{key}, COLLECT {{ MATCH ({row}:{Label.RECORD} {{id: {key}}}) RETURN {projection(node, {'self': row}, writer)} }}]"


def _grouped(query: Totals, writer: CypherWriter, predicate: EmitPredicate) -> tuple[str, list[str], str]:
    """Return a MATCH, a variable for each key, and the expression of the counts.

    Keys that depend on the event only are computed before its people are matched: once for each event, not once for each person.
    """
    event, person, part = writer.variable(), writer.variable(), writer.variable()
    text = _events(query, event, writer, predicate)
    keys = {dimension: writer.variable() for dimension in query.by}
    bound = [event]
    for dimension in (*sorted(query.by, key=lambda one: one in PERSON_DIMENSIONS), None):
        if person not in bound and (dimension is None or dimension in PERSON_DIMENSIONS):
            text += _subject(query, event, person, part, writer, predicate)
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


def _unwound(
    dimension: str, key: str, bound: list[str], event: str, person: str, part: str, writer: CypherWriter
) -> str:
    """Return the WITH that adds the value of a dimension to each row, with a row for each value if there are several."""
    kept = ", ".join(bound)
    single = single_value(dimension, event, person, part)
    if single:
        return f" WITH {kept}, {single} AS {key}"
    values = writer.variable()
    text = f" WITH {kept}, {list_of_values(dimension, event, person, writer)} AS {values}"
    return text + f" UNWIND CASE WHEN size({values}) = 0 THEN [null] ELSE {values} END AS {key}"


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
