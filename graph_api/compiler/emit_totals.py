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

from graph_api.compiler.cypher_writer import CypherWriter, EmitPredicate, EmitProjection, scan
from graph_api.compiler.ir import OrderKey, Projection, Totals
from graph_api.ontology.names import MAX_PLACE_DEPTH, PLACES_OF_EVENTS, Label, Rel
from graph_api.ontology.vocabulary import PlaceKind, Role, Standing

PERSON_DIMENSIONS: Final = frozenset(
    {"CATEGORY", "CUSTODY", "LEGAL", "SEX", "SIDE", "OCCUPATION", "TAG", "NATIONALITY"}
)
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
    text, _ = scan(event, Label.EVENT, query.events, writer)
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
