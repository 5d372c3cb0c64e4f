"""Records as they are stored: nodes and links with plain properties."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

Properties = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Node:
    """A node with its labels."""

    id: str
    labels: tuple[str, ...]
    properties: Properties


@dataclass(frozen=True, slots=True)
class Link:
    """A relationship between two records or nested records, by their ids."""

    start: str
    type: str
    end: str
    properties: Properties = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ClaimDecision:
    """Which properties of one claim are shown, and why, in the order of their names. ``since``: from when the claim counts."""

    claim: str
    since: int
    preferred: tuple[bool, ...]
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProjectedRecord:
    """All that is stored of one record besides its claims: its node, the nodes of its nested records, its links."""

    node: Node
    parts: tuple[Node, ...]
    links: tuple[Link, ...]
    decisions: tuple[ClaimDecision, ...]
    evidence: str

    @property
    def fingerprint(self) -> str:
        """SHA-256 over the record's claims and all that is stored of it, without load ids and times; lower-case hex."""
        everything = [
            self.evidence,
            [self.node.id, self.node.labels, dict(self.node.properties)],
            sorted([part.id, part.labels, dict(part.properties)] for part in self.parts),
            sorted(([link.start, link.type, link.end, dict(link.properties)] for link in self.links), key=repr),
            sorted([v.claim, v.since, v.preferred, v.because] for v in self.decisions),
        ]
        return hashlib.sha256(orjson.dumps(everything, option=orjson.OPT_SORT_KEYS)).hexdigest()
