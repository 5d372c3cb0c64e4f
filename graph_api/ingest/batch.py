"""What a batch of seed files says, before anybody asked whether it can be so: claims, ids, references, problems."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, field

from graph_api.errors import Problem
from graph_api.evidence.claims import Claim
from graph_api.ingest.nodes import MappingNode, SourcePosition
from graph_api.ontology.registry import EVENTS, ONTOLOGY
from graph_api.values.raw import shorten

SHOWN = 4


@dataclass(frozen=True, slots=True)
class Reference:
    """An id that a record names, and what it must be the id of."""

    position: SourcePosition
    record: str
    name: str
    target: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecordDefinition:
    """A record, or an entry of ``claims:``, of this batch: its kind and its place."""

    kind: str
    position: SourcePosition


@dataclass(slots=True)
class ParsedBatch:
    """What a batch says. ``pending`` are entries of ``claims:``, whose subject may come later."""

    claims: list[Claim] = field(default_factory=list)
    definitions: dict[str, RecordDefinition] = field(default_factory=dict)
    references: list[Reference] = field(default_factory=list)
    withheld: dict[str, SourcePosition] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    deferred_claims: list[tuple[str, MappingNode, str]] = field(default_factory=list)

    def unknown_keys(self, node: MappingNode, allowed: Sequence[str], owner: str) -> None:
        """Report every key of a mapping that is not among the allowed ones."""
        what = display_kind(owner)
        for key in node.values:
            if key not in allowed:
                message = (
                    f"{what} has no {shorten(key)!r}; right would be one of {', '.join(allowed)}{_hint(key, allowed)}"
                )
                self.problems.append(node.keys[key].problem("unknown-key", message))


def _hint(key: str, allowed: Sequence[str]) -> str:
    """Return the allowed keys that are most like one, and the kinds that have a key of just that name."""
    owners = [kind.name for kind in ONTOLOGY.kinds if kind.name != "event" and key in kind.keys]
    owners += [display_kind(f"event/{event}") for event, kind in EVENTS.items() if key in kind.keys]
    near = difflib.get_close_matches(shorten(key), allowed, n=3, cutoff=0.7 if owners else 0.5)
    hints = [f"closest: {', '.join(near)}"] if near else []
    if owners:
        more = " and others" if len(owners) > SHOWN else ""
        hints.append(f"{key} is a key of {', '.join(owners[:SHOWN])}{more}")
    return f" ({'; '.join(hints)})" if hints else ""


def display_kind(name: str) -> str:
    """Return a kind as seed files write it.

    >>> display_kind("event/PROOF_OF_LIFE"), display_kind("person")
    ('proof-of-life', 'person')
    """
    return name.partition("/")[2].lower().replace("_", "-") or name
