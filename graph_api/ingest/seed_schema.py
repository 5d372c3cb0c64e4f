"""JSON Schema (2020-12) of seed files, generated from the ontology: what editors complete and mark while a file is written.

It knows forms, not facts: ids of records, dates that no calendar has and everything that two entries have to agree on are left to ``validate``.
``detention-graph schema --seeds`` prints it. Values that YAML reads as numbers or flags are allowed where seed files take text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, TypeAlias

from graph_api.ingest.acceptance import ACCEPT
from graph_api.ingest.codes import ACCEPTABLE
from graph_api.ingest.evidence_parser import MAX_AT, MAX_ROLE
from graph_api.ingest.judgements import KEYS as JUDGEMENT_KEYS
from graph_api.ingest.judgements import MOST_RECORDS, Judgement
from graph_api.ingest.record_parser import MAX_REASON
from graph_api.ontology.kinds import Kind
from graph_api.ontology.properties import NestedRecord, Property
from graph_api.ontology.registry import EVENTS, ONTOLOGY
from graph_api.ontology.vocabulary import Modality, Sensitivity
from graph_api.values.countries import CODES
from graph_api.values.names import KEYS as NAME_KEYS
from graph_api.values.quantities import Operator, Unit
from graph_api.values.sentences import SentenceKind
from graph_api.values.urls import MAX_URL
from graph_api.values.value_type import MAX_TEXT
from graph_api.values.words import seed_word

Schema: TypeAlias = dict[str, Any]

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
ID: Final[Schema] = {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]{1,62}[a-z0-9]$"}
_POINT: Final = (
    "(?:[12][0-9]{3}(?:-(?:0[1-9]|1[0-2]|2[1-4]|XX)(?:-(?:[0-2][0-9]|3[01]|XX))?)?|[12][0-9]{2}X|[12][0-9]XX)"
)
_ITEM: Final = f"(?:{_POINT}(?:\\.\\.(?:{_POINT})?)?|\\.\\.{_POINT})"
_COUNT: Final[Schema] = {"type": "integer", "minimum": 0, "maximum": 99999}


def _text(most: int = MAX_TEXT) -> Schema:
    return {"type": ["string", "number", "boolean"], "minLength": 1, "maxLength": most, "pattern": r"\S"}


def _words(words: Iterable[Any]) -> Schema:
    return {"enum": [seed_word(one) for one in words]}


def _mapping(properties: Mapping[str, Any], required: Sequence[str] = ()) -> Schema:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": dict(properties),
        **({"required": list(required)} if required else {}),
    }


VALUES: Final[Mapping[str, Schema]] = {
    "country": {"enum": sorted(CODES)},
    "date": {
        "anyOf": [
            {"type": "integer", "minimum": 1000, "maximum": 2999},
            {"type": "string", "pattern": f"^(?:{_POINT}[~?%]?|\\[{_ITEM}(?:,{_ITEM})*\\])$"},
        ]
    },
    "day": {"type": "string", "pattern": "^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$"},
    "flag": {"type": "boolean"},
    "language": {"type": "string", "pattern": "^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}$"},
    "link": ID,
    "name": _mapping({key: _text() for key in NAME_KEYS}, ("text",)),
    "offence": _mapping(
        {
            "code": {"type": "string", "pattern": "^[A-Za-z][A-Za-z0-9_-]*$"},
            "text": _text(),
            "article": {"type": "string", "pattern": "^[A-Z]{2,5}-[A-Z]{2,4} [0-9]"},
        }
    )
    | {"anyOf": [{"required": ["code"]}, {"required": ["article"]}]},
    "point": _mapping(
        {
            "latitude": {"type": "number", "minimum": -90, "maximum": 90},
            "longitude": {"type": "number", "minimum": -180, "maximum": 180},
        },
        ("latitude", "longitude"),
    ),
    "quantity": _mapping(
        {
            "text": _text(),
            "operator": _words(Operator),
            "low": {"type": "number", "minimum": 0},
            "high": {"type": "number", "minimum": 0},
            "unit": _words(Unit),
        },
        ("text", "operator", "unit"),
    ),
    "sentence": _mapping(
        {
            "kind": _words(SentenceKind),
            **dict.fromkeys(("years", "months", "months-low", "months-high"), _COUNT),
            "regime": _text(),
            "extras": {"type": "array", "items": _text()},
        }
    ),
    "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    "text": _text(),
    "url": {"type": "string", "pattern": r"^https?://\S+$", "maxLength": MAX_URL},
}
"""The form of each type of values, by its name; words of closed lists are those of their property."""

CITATION: Final = _mapping(
    {
        "source": ID,
        "at": _text(MAX_AT),
        "quote": _text(),
        "quote-language": VALUES["language"],
        "note": _text(),
    },
    ("source", "at"),
)
EVIDENCE: Final[Mapping[str, Schema]] = {
    "cite": {
        "anyOf": [{"$ref": "#/$defs/citation"}, {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/citation"}}]
    },
    "said-by": {"anyOf": [ID, _mapping({"role": _text(MAX_ROLE)}, ("role",))]},
    "modality": _words(Modality),
    "sensitivity": _words(Sensitivity),
    "announced": {"type": "boolean"},
}
ACCEPTED: Final[Schema] = {
    "type": "array",
    "items": _mapping({"code": {"enum": sorted(ACCEPTABLE)}, "why": _text()}, ("code", "why")),
}


_REFERENCES: Final[Mapping[str, Schema]] = {name: {"$ref": f"#/$defs/evidence-{name}"} for name in EVIDENCE}
_SHARED: Final[Mapping[str, Schema]] = {ACCEPT: {"$ref": "#/$defs/accept"}, **_REFERENCES}


def seed_schema() -> Schema:
    """Return the JSON Schema of a seed file."""
    definitions: Schema = {f"value-{name}": form for name, form in VALUES.items()}
    definitions |= {f"evidence-{name}": form for name, form in EVIDENCE.items()}
    definitions |= {"citation": CITATION, "accept": ACCEPTED}
    for kind in ONTOLOGY.kinds:
        definitions[kind.name] = _event() if kind.name == "event" else _record(kind)
    for event, kind in EVENTS.items():
        definitions[f"event-{seed_word(event)}"] = _record(kind)
    definitions["claim"] = _mapping(
        {"id": ID, "about": ID, "values": {"type": "object"}, **_SHARED},
        ("id", "about", "values", "cite"),
    )
    definitions["choice"] = _mapping(
        {"id": ID, "about": ID, "property": {"type": "string"}, "value": {}, "reason": _text(MAX_REASON)},
        ("id", "about", "property", "value", "reason"),
    )
    people = {"type": "array", "minItems": 2, "maxItems": MOST_RECORDS, "items": ID}
    definitions["judgement"] = _mapping(
        {
            "id": ID,
            "records": people,
            "verdict": _words(Judgement),
            "by": _text(100),
            "on": VALUES["day"],
            "why": _text(500),
            "keep": ID,
            "sensitivity": _words(Sensitivity),
        },
        JUDGEMENT_KEYS,
    )
    own = {"claims": "claim", "choices": "choice", "judgements": "judgement"}
    sections = {kind.section: kind.name for kind in ONTOLOGY.kinds} | own
    return {
        "$schema": DRAFT,
        "title": "Seed file",
        "description": "Records of unlawful detention with the sources of every statement.",
        **_mapping(
            {
                **{
                    section: {"type": "array", "items": {"$ref": f"#/$defs/{name}"}}
                    for section, name in sections.items()
                },
                "moved": {
                    "type": "array",
                    "items": _mapping({"from": ID, "to": ID, "sensitivity": _words(Sensitivity)}, ("from", "to")),
                },
                "withheld": {"type": "array", "items": ID},
            }
        ),
        "minProperties": 1,
        "$defs": definitions,
    }


def _record(kind: Kind) -> Schema:
    required = [prop.name for prop in kind.properties if prop.required]
    own = {prop.name: _property(prop) for prop in kind.properties if not prop.judged} | {
        part.name: _part(part) for part in kind.parts
    }
    if kind.name == "source":
        dated: Schema = {"anyOf": [{"required": ["published"]}, {"required": ["retrieved"]}]}
        return {**_mapping({"id": ID, **own, ACCEPT: _SHARED[ACCEPT]}, ("id", *required)), **dated}
    return _mapping({"id": ID, **own, **_SHARED}, ("id", *required, "cite"))


def _event() -> Schema:
    """Return the form of an event: what its kind can state, once the kind is written."""
    kinds = [seed_word(event) for event in EVENTS]
    return {
        "type": "object",
        "properties": {"id": ID, "kind": {"enum": kinds}},
        "required": ["id", "kind", "cite"],
        "allOf": [
            {
                "if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]},
                "then": {"$ref": f"#/$defs/event-{kind}"},
            }
            for kind in kinds
        ],
    }


def _property(prop: Property) -> Schema:
    value = _value(prop)
    cited = _mapping({"value": value, **_REFERENCES}, ("value",))
    return {
        "description": prop.description,
        "anyOf": [value, {"type": "array", "minItems": 1, "items": cited}, {"type": "null"}],
    }


def _value(prop: Property) -> Schema:
    one = _words(prop.vocabulary) if prop.vocabulary is not None else {"$ref": f"#/$defs/value-{prop.value_type.name}"}
    return {"type": "array", "items": one} if prop.many else one


def _part(part: NestedRecord) -> Schema:
    own = {prop.name: {"anyOf": [_value(prop), {"type": "null"}]} for prop in part.properties}
    required = [prop.name for prop in part.properties if prop.required]
    return {"type": "array", "items": _mapping({**own, **_REFERENCES}, required)}
