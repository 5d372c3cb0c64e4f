"""A parsed batch of seed files, before validation: claims, definitions, references, problems."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from graph_api.errors import Problem
from graph_api.evidence.claims import Claim
from graph_api.ingest.nodes import MappingNode, Node, ScalarNode, SequenceNode, SourcePosition
from graph_api.ingest.wordings import known_key
from graph_api.ontology.registry import EVENTS, ONTOLOGY
from graph_api.values.value_type import shorten

MAX_OWNERS = 4
"""How many kinds a hint about a key of other kinds names."""


@dataclass(frozen=True, slots=True)
class Reference:
    """An id in ``record`` that must be the id of a record of one of ``kinds``, or of any kind where these are empty."""

    position: SourcePosition
    record: str
    name: str
    target: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecordDefinition:
    """The entry that defines a record of this batch, and its kind; ``claims`` for an entry of ``claims:`` or ``choices:``."""

    kind: str
    node: MappingNode

    @property
    def position(self) -> SourcePosition:
        """Where the entry begins."""
        return self.node.position

    def locate(self, path: Sequence[str]) -> SourcePosition:
        """Return the position of what a path leads to, as far as the entry has it: keys, and texts of the items of lists.

        ``("participants", "a-person")`` is the entry of ``participants`` with that text. In an entry of ``claims:`` the path begins below
        ``values``.
        """
        node: Node = self.node
        if path and path[0] not in self.node.values:
            node = self.node.values.get("values", self.node)
        for step in path:
            found = _step(node, step)
            if found is None:
                break
            node = found
        return node.position


@dataclass(frozen=True, slots=True)
class DeferredClaims:
    """An entry of ``claims:`` or ``choices:``, which is parsed once the kind of its subject is known."""

    subject: str
    node: MappingNode
    unit: str


@dataclass(slots=True)
class ParsedBatch:
    """The content of a batch of seed files by itself.

    ``withheld`` maps withheld ids to their positions; ``removed_units`` are stored entries whose claims go without a replacement.
    ``accepted`` has the codes that an entry accepts, each with the reason, ``judged`` the pairs of records that stewards have judged,
    ``moved`` the ids to which former ones lead. A batch ``is_restored`` where it is made of what earlier loads stated.
    ``different`` those of them that are judged to be of two people, ``faulty`` the entries in which something is wrong.
    """

    claims: list[Claim] = field(default_factory=list)
    definitions: dict[str, RecordDefinition] = field(default_factory=dict)
    references: list[Reference] = field(default_factory=list)
    withheld: dict[str, SourcePosition] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    deferred_claims: list[DeferredClaims] = field(default_factory=list)
    removed_units: frozenset[str] = frozenset()
    accepted: dict[str, dict[str, str]] = field(default_factory=dict)
    judged: set[frozenset[str]] = field(default_factory=set)
    moved: dict[str, str] = field(default_factory=dict)
    is_restored: bool = False
    different: set[frozenset[str]] = field(default_factory=set)
    faulty: set[str] = field(default_factory=set)

    def position_of(self, ids: Iterable[str]) -> SourcePosition:
        """Return the position of the first of these that the batch defines."""
        found = (self.definitions[one].position for one in ids if one in self.definitions)
        return next(found, SourcePosition("the graph", 1, 1))

    def of_nobody(self) -> ParsedBatch:
        """Return a batch for an entry that has no valid id: what is wrong in it counts here as well, what it states does not."""
        return ParsedBatch(problems=self.problems, references=self.references)


def _step(node: Node, step: str) -> Node | None:
    match node:
        case MappingNode():
            return node.values.get(step)
        case SequenceNode():
            return next((one for one in node.items if _has_text(one, step)), None)
        case ScalarNode():
            return None


def _has_text(node: Node, text: str) -> bool:
    texts = node.values.values() if isinstance(node, MappingNode) else (node,)
    return any(isinstance(one, ScalarNode) and one.text == text for one in texts)


def unknown_keys(keys: Mapping[str, SourcePosition], allowed: Sequence[str], owner: str) -> Iterator[Problem]:
    """Yield a problem for each key that is not allowed, with the closest ones and the kinds that have it."""
    for key, position in keys.items():
        if key not in allowed:
            message = f"Unknown key {shorten(key)!r} in {display_kind(owner)}: expected"
            right = known_key(key, allowed)
            expected = right or f"one of {', '.join(allowed)}{_hint(key, allowed)}"
            yield position.problem("unknown-key", f"{message} {expected}.")


def _hint(key: str, allowed: Sequence[str]) -> str:
    owners = [kind.name for kind in ONTOLOGY.kinds if kind.name != "event" and key in kind.keys]
    owners += [display_kind(f"event/{event}") for event, kind in EVENTS.items() if key in kind.keys]
    near = difflib.get_close_matches(shorten(key), allowed, n=3, cutoff=0.7 if owners else 0.5)
    hints = [f"closest: {', '.join(near)}"] if near else []
    if owners:
        others = " and others" if len(owners) > MAX_OWNERS else ""
        hints.append(f"{key} is a key of {', '.join(owners[:MAX_OWNERS])}{others}")
    return f" ({'; '.join(hints)})" if hints else ""


def display_kind(name: str) -> str:
    """Return a kind as seed files write it.

    >>> display_kind("event/PROOF_OF_LIFE"), display_kind("person")
    ('proof-of-life', 'person')
    """
    return name.partition("/")[2].lower().replace("_", "-") or name
