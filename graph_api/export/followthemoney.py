"""FollowTheMoney entities, one JSON object a line: people, organizations, states, sites, places, events and sources of an answer.

Names of schemata and properties are those of the FollowTheMoney model, version 4. What that model has no word for, such as the category of
a person or a dispute between sources, is left out; every entity links back to its record by its id.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from graph_api.errors import InvalidQuery
from graph_api.export.export_format import ExportFormat
from graph_api.export.records import AnswerRecords, answer_records
from graph_api.ontology.event_types import event_type
from graph_api.ontology.vocabulary import EventKind

SCHEMATA: Final[Mapping[str, str]] = {
    "Person": "Person",
    "Organization": "Organization",
    "State": "PublicBody",
    "Site": "Organization",
    "Place": "Address",
    "Source": "Document",
    **{event_type(kind): "Event" for kind in EventKind},
}
"""The schema of the records of each GraphQL type. Groups and figures are no entities: nobody is named in them."""
PROPERTIES: Final[Mapping[str, Mapping[str, str]]] = {
    "Person": {"name": "name", "label": "name", "born_edtf": "birthDate", "sex": "gender", "nationalities": "nationality", "description": "notes"},
    "Organization": {"name": "name", "label": "name", "country": "country", "description": "notes"},
    "PublicBody": {"name": "name", "label": "name", "code": "country"},
    "Address": {"name": "full", "label": "full", "country": "country"},
    "Document": {"title": "title", "label": "title", "url": "sourceUrl", "published_edtf": "publishedAt", "retrieved": "retrievedAt", "language": "language"},
    "Event": {"title": "name", "label": "name", "date_edtf": "date", "until_edtf": "endDate", "description": "summary"},
}  # fmt: skip
"""Our names of values, and the property of the schema that takes them."""
GENDERS: Final = {"FEMALE": "female", "MALE": "male", "OTHER": "other"}
_DATES: Final = frozenset({"birthDate", "publishedAt", "retrievedAt", "date", "endDate"})
_PLAIN_DATE: Final = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d{2})?)?")


def write_followthemoney(data: Mapping[str, Any]) -> str:
    """Return the records of an answer as entities. Raises InvalidQuery where a record has no ``__typename`` or no schema.

    A date that FollowTheMoney cannot write, such as one of a set, is left out, and so is an event that sources only announce.
    """
    found = answer_records(data)
    schemata = {id_: _schema(id_, values) for id_, values in found.records.items() if not values.get("announced")}
    if schemata and not any(schemata.values()):
        raise InvalidQuery("Invalid selection for an export as FollowTheMoney: Group has no schema there.")
    entities = [_entity(id_, schema, found, schemata) for id_, schema in schemata.items() if schema is not None]
    return "".join(f"{json.dumps(one, ensure_ascii=False, separators=(',', ':'))}\n" for one in entities)


def _schema(id_: str, values: Mapping[str, Any]) -> str | None:
    """Return the schema of a record; None for what is no entity: a participation, which is a link, and a group, in which nobody is named."""
    name = values.get("__typename")
    if name is None:
        if "/" in id_:
            return None
        raise InvalidQuery("Invalid selection for an export as FollowTheMoney: expected `__typename` beside each `id`.")
    if name in {"Participation", "Group"}:
        return None
    if name not in SCHEMATA:
        raise InvalidQuery(f"Invalid selection for an export as FollowTheMoney: {name} has no schema there.")
    return SCHEMATA[name]


def _entity(id_: str, schema: str, found: AnswerRecords, schemata: Mapping[str, str | None]) -> dict[str, Any]:
    properties: dict[str, list[str]] = {}
    for key, value in found.records[id_].items():
        target = PROPERTIES[schema].get(key)
        if target is not None:
            properties.setdefault(target, []).extend(_values(target, value))
        elif re.fullmatch(r"names_\d+_text", key) and schema == "Person":
            properties.setdefault("alias", []).append(str(value))
    if schema == "Event":
        properties |= _involved(id_, found, schemata)
    kept = {key: list(dict.fromkeys(values)) for key, values in properties.items() if values}
    return {"id": id_, "schema": schema, "properties": kept}


def _values(target: str, value: Any) -> list[str]:
    every = value if isinstance(value, list) else [value]
    if target in _DATES:
        return [str(one) for one in every if _PLAIN_DATE.fullmatch(str(one))]
    if target == "gender":
        return [GENDERS[one] for one in every if one in GENDERS]
    return [str(one).lower() if target in ("country", "nationality") else str(one) for one in every]


def _involved(id_: str, found: AnswerRecords, schemata: Mapping[str, str | None]) -> dict[str, list[str]]:
    """Return who took part in an event: whom its fields lead to, through participations as well, and whose field leads to it."""
    links = [(start, end) for start, _, end in found.links if start in schemata and end in schemata]
    near = [end for start, end in links if start == id_] + [start for start, end in links if end == id_]
    parts = {one for one in near if schemata[one] is None}
    near += [one for link in links if parts & {*link} for one in link]
    people = [one for one in near if schemata[one] in ("Person", "Organization", "PublicBody")]
    places = [one for one in near if schemata[one] == "Address"]
    return {"involved": sorted(set(people)), "addressEntity": sorted(set(places))}


FORMAT: Final = ExportFormat("ftm", "application/x-ndjson", "ftm.jsonl", write_followthemoney)
