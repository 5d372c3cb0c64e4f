"""The picture of a record as it is stored: nodes and links with plain properties."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

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
