"""What the graph holds of what a batch touches, and a batch that may be loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from graph_api.evidence.claims import Claim
from graph_api.ingest.batch import ParsedBatch


@dataclass(frozen=True, slots=True)
class StoredContext:
    """What the graph holds that a batch may refer to: kinds of records by id, their claims, ids that are withheld.

    ``units`` are the records about which seed entries made claims, ``above`` claims of what the batch is put into, level by level.
    """

    kinds: Mapping[str, str] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()
    withheld: frozenset[str] = frozenset()
    units: Mapping[str, str] = field(default_factory=dict)
    ancestors: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredState:
    """The stored side of a load: for checking, for projecting again, for telling what is the same."""

    stored: StoredContext
    records: frozenset[str]
    fingerprints: dict[str, str]


@dataclass(frozen=True, slots=True)
class LoadBatch:
    """A batch that may be loaded: its claims for the audience, what stays beside them, its seed entries, what it withholds."""

    claims: tuple[Claim, ...]
    retained: tuple[Claim, ...]
    withheld: tuple[str, ...]
    records: int


def retained_claims(said: ParsedBatch, stored: StoredContext) -> list[Claim]:
    """Return the stored claims that a batch leaves as they are: an entry replaces what it said before, the withheld goes."""
    return [
        claim
        for claim in stored.claims
        if claim.unit not in said.definitions and not {claim.unit, claim.record} & said.withheld.keys()
    ]
