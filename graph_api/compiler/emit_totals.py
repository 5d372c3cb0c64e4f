"""Emits totals: matching events and their named subjects, one row for each combination of keys; a key is null if no source states it.

::

    Totals(("KIND",), people=None, events=None, …)

    [COLLECT { MATCH (n0:Event) WITH n0, n0.kind AS n3 OPTIONAL MATCH (n1:Person)-[n2:TOOK_PART {role: $p0}]->(n0)
               WITH n3, count(DISTINCT n1) AS people, count(DISTINCT n0) AS events … }, null]
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from graph_api.compiler.cypher_writer import CypherWriter, EmitPredicate, EmitProjection
from graph_api.compiler.ir import Projection, Totals
from graph_api.ontology.names import Label, Rel
from graph_api.ontology.vocabulary import Role

PERSON_DIMENSIONS: Final = frozenset({"CATEGORY", "CUSTODY", "LEGAL", "SEX", "SIDE"})
"""Dimensions that depend on the subject; the others depend on the event only."""
EPOCH = "date({year: 1970, month: 1, day: 1})"


def emit_totals(query: Totals, writer: CypherWriter, predicate: EmitPredicate, projection: EmitProjection) -> str:
    """Return an expression: a page of totals, and their number if it is selected."""
    rows = _rows(query, writer, predicate, projection) if query.rows else "[]"
    count = "null"
    if query.count:
        match, keys, _ = _grouped(query, writer, predicate)
        count = f"COUNT {{ {match} RETURN DISTINCT {', '.join(keys)} }}"
    return f"[{rows}, {count}]"


def _rows(query: Totals, writer: CypherWriter, predicate: EmitPredicate, projection: EmitProjection) -> str:
    match, keys, counted = _grouped(query, writer, predicate)
    after = f" WHERE {_after(keys, query.after, writer)}" if query.after is not None else ""
    limit = writer.parameter(query.first + 1)
    names = ", ".join(keys)
    shown = ", ".join(
        _key(key, query.node, writer, projection, is_record=is_record)
        for key, is_record in zip(keys, query.records, strict=True)
    )
    identity = writer.parameter(query.identity)
    page = f"WITH {names}, people, events{after} ORDER BY {names} LIMIT {limit}"
    return f"COLLECT {{ {match} WITH {names}, {counted} {page} RETURN [[{shown}], people, events, {identity}] }}"


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
    text = f"MATCH ({event}:{Label.EVENT})"
    if query.events is not None:
        text += f" WHERE {predicate(query.events, {'self': event}, writer)}"
    keys = {dimension: writer.variable() for dimension in query.by}
    bound = [event]
    for dimension in sorted(query.by, key=lambda one: one in PERSON_DIMENSIONS):
        if dimension in PERSON_DIMENSIONS and person not in bound:
            text += _subject(query, event, person, part, writer, predicate)
            bound += [person, part]
        text += _unwound(dimension, keys[dimension], bound, event, person, part, writer)
        bound.append(keys[dimension])
    if person not in bound:
        text += _subject(query, event, person, part, writer, predicate)
    return text, list(keys.values()), f"count(DISTINCT {person}) AS people, count(DISTINCT {event}) AS events"


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
    single = _value(dimension, event, person, part)
    if single:
        return f" WITH {kept}, {single} AS {key}"
    values = writer.variable()
    text = f" WITH {kept}, {_values(dimension, event, writer)} AS {values}"
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
        "SOURCE_KIND": (Rel.CITES, "Source", "kind"),
    }
)


def _values(dimension: str, event: str, writer: CypherWriter) -> str:
    """Return the expression of the list of values of a dimension."""
    if dimension in {"OFFENCE", "ARTICLE"}:
        return f"coalesce({event}.{'offence_codes' if dimension == 'OFFENCE' else 'offence_articles'}, [])"
    row = writer.variable()
    if dimension == "MEDIATOR":
        way = f"({event})<-[:{Rel.TOOK_PART} {{role: {writer.parameter(Role.MEDIATOR.value)}}}]-({row}:{Label.ACTOR})"
        return f"COLLECT {{ MATCH {way} RETURN DISTINCT {row}.id }}"
    rel, label, key = _WAYS[dimension]
    return f"COLLECT {{ MATCH ({event})-[:{rel}]->({row}:{label}) RETURN DISTINCT {row}.{key} }}"


def _when(event: str, *, months: bool) -> str:
    """Return the expression of the year or month of an event; null if its date allows several."""
    first, last = (f"toString({EPOCH} + duration({{days: {event}.date_{end}}}))" for end in ("lo", "hi"))
    digits = 7 if months else 4
    one = f"left({first}, {digits})"
    return f"CASE WHEN {event}.date IS NOT NULL AND {one} = left({last}, {digits}) THEN {one} END"


def _after(keys: list[str], after: tuple[object, ...], writer: CypherWriter) -> str:
    """Return the keyset condition; null comes last."""
    branches: list[str] = []
    equal: list[str] = []
    for key, value in zip(keys, after, strict=True):
        if value is None:
            equal.append(f"{key} IS NULL")
            continue
        parameter = writer.parameter(value)
        branches.append(" AND ".join([*equal, f"({key} > {parameter} OR {key} IS NULL)"]))
        equal.append(f"{key} = {parameter}")
    return " OR ".join(f"({branch})" for branch in branches) or "false"
