"""What a batch of seed files says, before anybody asked whether it can be so: claims, ids, references, problems."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from graph_api.errors import Problem
from graph_api.evidence.claims import Claim
from graph_api.model.graph import GRAPH
from graph_api.model.vocabulary import closest
from graph_api.seeding.nodes import Fields, Place


@dataclass(frozen=True, slots=True)
class Reference:
    """An id that a record names, and what it must be the id of."""

    place: Place
    record: str
    name: str
    target: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Defined:
    """A record, or an entry of ``claims:``, of this batch: its kind and its place."""

    kind: str
    place: Place


@dataclass(slots=True)
class Statements:
    """What a batch says. ``pending`` are entries of ``claims:``, whose subject may come later."""

    claims: list[Claim] = field(default_factory=list)
    defined: dict[str, Defined] = field(default_factory=dict)
    references: list[Reference] = field(default_factory=list)
    withheld: dict[str, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    pending: list[tuple[str, Fields, str]] = field(default_factory=list)

    def unknown_keys(self, node: Fields, allowed: Sequence[str], owner: str) -> None:
        """Report every key of a mapping that is not among the allowed ones."""
        what = shown_kind(owner)
        for key in node.values:
            if key in allowed:
                continue
            hint = closest(key, allowed)
            belongs = "" if hint or not GRAPH.named(key) else f"; {key} belongs to other kinds"
            right = f"{what} has no {key!r}; right would be one of {', '.join(allowed)}"
            self.problems.append(
                node.keys[key].problem("unknown-key", right + (f" ({hint})" if hint else belongs))
            )


def shown_kind(name: str) -> str:
    """Return a kind as seed files write it.

    >>> shown_kind("event/PROOF_OF_LIFE"), shown_kind("person")
    ('proof-of-life', 'person')
    """
    return name.partition("/")[2].lower().replace("_", "-") or name
