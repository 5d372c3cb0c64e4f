"""For whom a graph is loaded: what is restricted is not in it, not as a value, an order, a count or a search hit.

The outcome for the audience ``public`` is that of files in which the restricted claims never stood.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from graph_api.evidence.claims import Claim
from graph_api.ontology.kinds import Kind
from graph_api.ontology.properties import NestedRecord, Property
from graph_api.ontology.registry import ONTOLOGY
from graph_api.ontology.vocabulary import EventKind, Sensitivity


def for_audience(claims: Sequence[Claim], audience: Sensitivity, standing: Sequence[Claim] = ()) -> list[Claim]:
    """Return the claims that this audience may see. ``standing`` are those that the graph holds already and keeps.

    A record goes when a property that it needs is restricted; links to a record that went go with it, and a claim of which
    nothing is left.
    """
    if audience is Sensitivity.RESTRICTED:
        return _decided(claims, standing)
    kept = [claim for claim in claims if claim.sensitivity is Sensitivity.PUBLIC]
    all_records = {claim.record for claim in claims}
    while True:
        gone = all_records - whole([*standing, *kept])
        slimmer = [slim for claim in kept if claim.record not in gone for slim in _without(claim, gone)]
        if len(slimmer) == len(kept) and all(a is b for a, b in zip(slimmer, kept, strict=True)):
            return _decided(kept, standing)
        kept = slimmer


def _decided(claims: Sequence[Claim], standing: Sequence[Claim]) -> list[Claim]:
    """Leave out choices of a value that no source gives here: what is restricted must not come back as a choice."""
    told: dict[tuple[str, str], list[Any]] = {}
    for claim in (*standing, *claims):
        for name in claim.values if not claim.is_choice else ():
            told.setdefault((claim.subject, name), []).append(claim.values[name])
    return [
        claim
        for claim in claims
        if not claim.is_choice or all(v in told.get((claim.subject, name), ()) for name, v in claim.values.items())
    ]


def whole(claims: Iterable[Claim]) -> set[str]:
    """Return the records of which these claims say all that a record of their kind needs."""
    stated: dict[str, set[str]] = {}
    kinds: dict[str, str] = {}
    for claim in claims:
        if not claim.is_of_part and not claim.is_choice:
            stated.setdefault(claim.record, set()).update(claim.values)
            kinds[claim.record] = claim.kind
    return {record for record, names in stated.items() if _needed(kinds[record]) <= names}


def _needed(name: str) -> set[str]:
    return {prop.name for prop in exact_kind(name).properties if prop.required}


def exact_kind(name: str) -> Kind:
    """Return the kind that a claim's ``kind`` names: ``person``, ``event/CONVICTION``."""
    base, _, event = name.partition("/")
    return ONTOLOGY.kind(base, EventKind(event) if event else None)


PARTS: Mapping[str, NestedRecord] = {part.name: part for kind in ONTOLOGY.kinds for part in kind.parts} | {
    part.name: part for event in EventKind for part in ONTOLOGY.kind("event", event).parts
}
"""Every part by its name."""


def properties_of(claim: Claim) -> tuple[Property, ...]:
    """Return what a record or part of the claim's kind can say."""
    return PARTS[claim.kind].properties if claim.is_of_part else exact_kind(claim.kind).properties


def links_of(claim: Claim) -> Iterator[tuple[Property, str]]:
    """Return every record that the values of a claim name, with the property that names it."""
    for prop in properties_of(claim):
        if prop.is_link and prop.name in claim.values:
            value = claim.values[prop.name]
            yield from ((prop, target) for target in (value if prop.many else [value]))


def named_by(claim: Claim) -> Iterator[tuple[str, str]]:
    """Return every record that a claim names, cites or lets speak, with the seed key that does so."""
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
