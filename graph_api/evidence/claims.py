"""Claims: who states what of which record, at which place of which source. Claims never change; what is shown is computed from them.

A graph that is loaded for the public has nothing of restricted claims, no value, order, count or search hit: the claims of an audience
equal those of files without the others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import orjson

from graph_api.ontology.kinds import Kind
from graph_api.ontology.properties import NestedRecord, Property
from graph_api.ontology.registry import ONTOLOGY
from graph_api.ontology.vocabulary import EventKind, Modality, Sensitivity


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
    def is_of_nested_record(self) -> bool:
        """Whether the claim is about a part of a record: somebody's part in an event, an office, control of a place."""
        return self.subject != self.record


# ── kinds, links, audiences ─────────────────────────────────────────────────────────────────────────────────────────


def for_audience(claims: Sequence[Claim], audience: Sensitivity, standing: Sequence[Claim] = ()) -> list[Claim]:
    """Return the claims that this audience may see. ``standing`` are the claims that the graph already has and keeps.

    A record is removed when a required property is restricted. Links to a removed record are removed with it, and so is a claim
    of which nothing is left.
    """
    if audience is Sensitivity.RESTRICTED:
        return _decided(claims, standing)
    kept = [claim for claim in claims if claim.sensitivity is Sensitivity.PUBLIC]
    all_records = {claim.record for claim in claims}
    while True:
        gone = all_records - complete_records([*standing, *kept])
        remaining = [reduced for claim in kept if claim.record not in gone for reduced in _without(claim, gone)]
        if len(remaining) == len(kept) and all(a is b for a, b in zip(remaining, kept, strict=True)):
            return _decided(kept, standing)
        kept = remaining


def _decided(claims: Sequence[Claim], standing: Sequence[Claim]) -> list[Claim]:
    """Leave out choices of a value that no remaining source states: what is restricted must not come back as a choice."""
    stated: dict[tuple[str, str], list[Any]] = {}
    for claim in (*standing, *claims):
        for name in claim.values if not claim.is_choice else ():
            stated.setdefault((claim.subject, name), []).append(claim.values[name])
    return [
        claim
        for claim in claims
        if not claim.is_choice or all(v in stated.get((claim.subject, name), ()) for name, v in claim.values.items())
    ]


def complete_records(claims: Iterable[Claim]) -> set[str]:
    """Return the records for which these claims state every property that their kind requires."""
    stated: dict[str, set[str]] = {}
    kinds: dict[str, str] = {}
    for claim in claims:
        if not claim.is_of_nested_record and not claim.is_choice:
            stated.setdefault(claim.record, set()).update(claim.values)
            kinds[claim.record] = claim.kind
    return {record for record, names in stated.items() if _required(kinds[record]) <= names}


def _required(name: str) -> set[str]:
    return {prop.name for prop in exact_kind(name).properties if prop.required}


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
    return NESTED_RECORDS[claim.kind].properties if claim.is_of_nested_record else exact_kind(claim.kind).properties


def links_of(claim: Claim) -> Iterator[tuple[Property, str]]:
    """Return every record that the values of a claim name, with the property that names it."""
    for prop in properties_of(claim):
        if prop.is_link and prop.name in claim.values:
            value = claim.values[prop.name]
            yield from ((prop, target) for target in (value if prop.many else [value]))


def references_of(claim: Claim) -> Iterator[tuple[str, str]]:
    """Return every record that a claim refers to: links, the cited source and the speaker, each with its seed key."""
    yield from ((prop.name, target) for prop, target in links_of(claim))
    if claim.citation is not None:
        yield "cite", claim.citation.source
    if claim.speaker is not None and claim.speaker.record is not None:
        yield "said-by", claim.speaker.record


def _without(claim: Claim, gone: set[str]) -> list[Claim]:
    """Return the claim without links to ``gone`` records: itself, a smaller one, or none."""
    if claim.citation is not None and claim.citation.source in gone:
        return []
    if claim.speaker is not None and claim.speaker.record in gone:
        return []
    values: dict[str, Any] = {}
    for prop in properties_of(claim):
        if prop.name not in claim.values:
            continue
        value = claim.values[prop.name]
        if prop.is_link:
            value = [one for one in value if one not in gone] if prop.many else (None if value in gone else value)
            if value in (None, []):
                if prop.required:
                    return []
                continue
        values[prop.name] = value
    if values == dict(claim.values):
        return [claim]
    return [replace(claim, values=values, id="")] if values else []
