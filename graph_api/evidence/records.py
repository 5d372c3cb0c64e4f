"""The picture of a record as it is stored: nodes and links with plain properties."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from graph_api.ontology.kinds import Property, Shape
from graph_api.values.dates import OPEN_HI, OPEN_LO, When, day_number, parse_day
from graph_api.values.quantities import Quantity
from graph_api.values.sentences import Sentence

Properties = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Node:
    """A node with the labels that tell what it is."""

    id: str
    labels: tuple[str, ...]
    properties: Properties


@dataclass(frozen=True, slots=True)
class Link:
    """A relationship between two records (or a part of one), by their ids."""

    start: str
    type: str
    end: str
    properties: Properties = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ClaimDecision:
    """What the projection found about one claim: which of its properties are shown, and why."""

    claim: str
    since: int
    preferred: tuple[bool, ...]
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProjectedRecord:
    """All that is stored of one record besides its claims: its node, nodes of its parts, links that it states."""

    node: Node
    parts: tuple[Node, ...]
    links: tuple[Link, ...]
    verdicts: tuple[ClaimDecision, ...]
    evidence: str

    @property
    def fingerprint(self) -> str:
        """SHA-256 over the record's claims and its picture, without load ids and times; lower-case hex."""
        everything = [
            self.evidence,
            [self.node.id, self.node.labels, dict(self.node.properties)],
            sorted([part.id, part.labels, dict(part.properties)] for part in self.parts),
            sorted(([link.start, link.type, link.end, dict(link.properties)] for link in self.links), key=repr),
            sorted([v.claim, v.since, v.preferred, v.because] for v in self.verdicts),
        ]
        return hashlib.sha256(orjson.dumps(everything, option=orjson.OPT_SORT_KEYS)).hexdigest()


def stored(prop: Property, value: Any) -> dict[str, Any]:
    """Return the Neo4j properties of a shown value: itself, and what filters and orders need of it.

    Dates become text and two day numbers, quantities and sentences JSON text and their bounds.
    """
    key = prop.key
    match prop.shape:
        case Shape.DATE:
            when = When.parse(value)
            return {key: value, f"{key}_lo": when.lo, f"{key}_hi": when.hi}
        case Shape.DAY:
            return {key: value, f"{key}_day": day_number(parse_day(value))}
        case Shape.QUANTITY:
            quantity = Quantity.from_json(value)
            extra = {f"{key}_low": quantity.low, f"{key}_high": quantity.high, f"{key}_unit": quantity.unit.value}
            return {key: _json(value)} | {name: one for name, one in extra.items() if one is not None}
        case Shape.SENTENCE:
            sentence = Sentence.from_json(value)
            extra = {
                f"{key}_kind": sentence.kind.value,
                f"{key}_low": sentence.months_low,
                f"{key}_high": sentence.months_high,
            }
            return {key: _json(value)} | {name: one for name, one in extra.items() if one is not None}
        case Shape.OFFENCE:
            return {
                key: _json(value),
                "offence_codes": [one["code"] for one in value],
                "offence_texts": [one["text"] for one in value],
                "offence_articles": [one["article"] for one in value if "article" in one],
            }
        case Shape.NAME:
            return {key: _json(value), "name_texts": [one["text"] for one in value]}
        case _:
            return {key: value}


def _json(value: Any) -> str:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def hull(values: tuple[str, ...]) -> tuple[int, int]:
    """Return the first and the last day that any of these dates allows.

    >>> hull(("2024-08", "2024-09")) == (When.parse("2024-08").lo, When.parse("2024-09").hi)
    True
    """
    whens = [When.parse(value) for value in values]
    return (min((w.lo for w in whens), default=OPEN_LO), max((w.hi for w in whens), default=OPEN_HI))
