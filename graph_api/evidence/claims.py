"""Claims: who states what of which record, at which place of which source. Claims never change; what is shown is computed from them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

import orjson

from graph_api.ontology.kinds import Kind
from graph_api.ontology.properties import NestedRecord, Property
from graph_api.ontology.registry import ONTOLOGY
from graph_api.ontology.vocabulary import EventKind, Modality, Sensitivity

FORMER_IDS: Final = "merged-from"
"""The property that has the former ids of a record."""
MAYBE_SAME: Final = "maybe-same"
"""The property that has those of whom nobody can say yet whether they are this person."""
JUDGED: Final = frozenset({MAYBE_SAME, FORMER_IDS})
"""Properties whose values stewards may state by a judgement."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a source."""

    source: str
    at: str
    quote: str | None = None
    quote_language: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whose words a source reports: a record, or a role where the name must not be shown."""

    record: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """All values of one subject under one citation and speaker.

    ``subject`` is the id of a record or of a part of one, ``record`` that of the record, ``unit`` that of the seed entry in which
    it stands (a record, or an entry of ``claims:``). ``kind`` is ``person``, ``event/CONVICTION``, ``participants`` and so on.
    ``values`` are plain JSON values by property name; of sources, which cite nothing, ``citation`` is None. So it is of a steward's
    choice between what sources say, which has its ``reason`` instead and adds nothing of its own.
    """

    subject: str
    record: str
    kind: str
    unit: str
    values: Mapping[str, Any]
    citation: Citation | None = None
    speaker: Speaker | None = None
    modality: Modality = Modality.STATED
    sensitivity: Sensitivity = Sensitivity.PUBLIC
    announced: bool = False
    reason: str | None = None
    id: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        """Give the claim its id, a digest of all that it says; the same words at the same place are the same claim."""
        if not self.id:
            object.__setattr__(self, "id", "c-" + hashlib.sha256(self.canonical()).hexdigest()[:24])

    def canonical(self) -> bytes:
        """Return the claim as canonical JSON: the same for equal claims, whatever the order of their values."""
        cited = self.citation
        place = [cited.source, cited.at, cited.quote, cited.quote_language, cited.note] if cited else None
        said = [self.speaker.record, self.speaker.role] if self.speaker else None
        return orjson.dumps(
            [
                self.subject, self.record, self.kind, self.unit, dict(self.values), place, said,
                self.modality.value, self.sensitivity.value, self.announced, *([self.reason] if self.reason else []),
            ],
            option=orjson.OPT_SORT_KEYS,
        )  # fmt: skip

    @property
    def is_choice(self) -> bool:
        """Whether it is a steward's choice, which no source states."""
        return self.reason is not None

    @property
    def is_judgement(self) -> bool:
        """Whether it is a steward's judgement on identity, which adds a value that no source states."""
        return self.is_choice and self.values.keys() <= JUDGED

    @property
    def is_of_nested_record(self) -> bool:
        """Whether the claim is about a part of a record: somebody's part in an event, an office, control of a place."""
        return self.subject != self.record


# ── kinds and links ─────────────────────────────────────────────────────────────────────────────────────────


@cache
def exact_kind(name: str) -> Kind:
    """Return the kind that a claim's ``kind`` names: ``person``, ``event/CONVICTION``."""
    base, _, event = name.partition("/")
    return ONTOLOGY.kind(base, EventKind(event) if event else None)


NESTED_RECORDS: Mapping[str, NestedRecord] = {part.name: part for kind in ONTOLOGY.kinds for part in kind.parts} | {
    part.name: part for event in EventKind for part in ONTOLOGY.kind("event", event).parts
}
"""Every nested record by its name."""


def properties_of(claim: Claim) -> tuple[Property, ...]:
    """Return the properties of the record or nested record that a claim is about."""
    return _properties(claim.kind, is_nested=claim.is_of_nested_record)


@cache
def _properties(kind: str, *, is_nested: bool) -> tuple[Property, ...]:
    """Return the properties of a kind of record, or of nested record."""
    return NESTED_RECORDS[kind].properties if is_nested else exact_kind(kind).properties


@cache
def _link_properties(kind: str, *, is_nested: bool) -> tuple[Property, ...]:
    """Return those whose values are the ids of other records."""
    return tuple(one for one in _properties(kind, is_nested=is_nested) if one.is_link)


def links_of(claim: Claim) -> Iterator[tuple[Property, str]]:
    """Return every record that the values of a claim name, with the property that names it."""
    for prop in _link_properties(claim.kind, is_nested=claim.is_of_nested_record):
        if prop.name in claim.values:
            value = claim.values[prop.name]
            yield from ((prop, target) for target in (value if prop.many else [value]))


def count_claims_and_links(claims: Iterable[Claim]) -> tuple[int, int]:
    """Return how many claims there are, and how many links they have together."""
    links = [sum(1 for _ in links_of(claim)) for claim in claims]
    return len(links), sum(links)


def references_of(claim: Claim) -> Iterator[tuple[str, str]]:
    """Return every record that a claim refers to: links, the cited source and the speaker, each with its seed key."""
    yield from ((prop.name, target) for prop, target in links_of(claim))
    if claim.citation is not None:
        yield "cite", claim.citation.source
    if claim.speaker is not None and claim.speaker.record is not None:
        yield "said-by", claim.speaker.record
