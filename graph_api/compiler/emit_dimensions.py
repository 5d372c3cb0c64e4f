"""Emits the values of an event and its subject by each dimension of totals, for counting them and for storing them.

::

    single_value("SEX", "n0", "n1", "n2")         n1.sex
    list_of_values("SITE", "n0", "n1", writer)    COLLECT { MATCH (n0)-[:AT]->(n3:Site) RETURN DISTINCT n3.id }

A dimension has one value at most, or a list; a value that no source states is null, and a list without values is empty.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from graph_api.compiler.cypher_writer import CypherWriter
from graph_api.compiler.stored_totals import CATEGORY, DIMENSIONS_OF_EVENTS, DIMENSIONS_OF_PEOPLE
from graph_api.ontology.names import MAX_PLACE_DEPTH, PLACES_OF_EVENTS, Label, Rel
from graph_api.ontology.vocabulary import PlaceKind, Role, Standing
from graph_api.statement import Statement

PERSON_DIMENSIONS: Final = frozenset({CATEGORY, *DIMENSIONS_OF_PEOPLE})
"""Dimensions that depend on the subject; the others depend on the event only."""
EPOCH = "date({year: 1970, month: 1, day: 1})"


def keys_of_people() -> Statement:
    """Return the statement that reads to which totals people belong: [id, category, [[kind, keys of the event, keys of the person], …]].

    The parameter ``ids`` is to be set. Keys are lists of values, for each dimension in the order of ``stored_totals``.
    """
    writer = CypherWriter()
    person, part, event, row, parts, keys, pair = (writer.variable() for _ in range(7))
    role = writer.parameter(Role.SUBJECT.value)
    of_event = _keys(DIMENSIONS_OF_EVENTS, event, "", "", writer)
    of_person = _keys(DIMENSIONS_OF_PEOPLE, "", person, part, writer)
    text = (  # the keys of an event once, not once for each of its people: its mediators are found among all who took part
        f"UNWIND $ids AS id MATCH ({person}:{Label.RECORD}:{Label.PERSON} {{id: id}})"
        f"-[{part}:{Rel.TOOK_PART} {{role: {role}}}]->({event}:{Label.EVENT}) WHERE NOT {event}.announced"
        f" WITH {event}, collect([{person}, {part}]) AS {parts} WITH {event}.kind AS kind, {of_event} AS {keys}, {parts}"
        f" UNWIND {parts} AS {pair} WITH kind, {keys}, {pair}[0] AS {person}, {pair}[1] AS {part}"
        f" WITH {person}, [kind, {keys}, {of_person}] AS {row}"
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
    single = {one: single_value(one, event, person, part) for one in dimensions}
    return (
        "["
        + ", ".join(
            f"[{single[one]}]" if single[one] else list_of_values(one, event, person, writer) for one in dimensions
        )
        + "]"
    )


def single_value(dimension: str, event: str, person: str, part: str) -> str:
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


def list_of_values(dimension: str, event: str, person: str, writer: CypherWriter) -> str:
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
