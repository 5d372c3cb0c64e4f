"""What an audience may see: the claims of a public graph equal those of files in which nothing else ever stood.

A public graph has nothing of restricted claims, no value, order, count or search hit. Nor has it what was only there for them: a record that
lost what makes it whole, an event whose kind says no more than what was removed, and a site, source, organization, group or place that
nothing but removed claims needed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import cache
from typing import Any, Final

from graph_api.evidence.claims import Claim, Speaker, exact_kind, properties_of, references_of
from graph_api.ontology.vocabulary import EventKind, Role, Sensitivity

NEEDED_KINDS: Final = frozenset({"site", "source", "organization", "group", "place"})
"""Kinds of records that are in a public graph only for a public claim: their own, or one that names them."""

SITE_LINKS: Final = ("sites", "from-site", "to-site")
PLACE_LINKS: Final = ("places", "from-place", "to-place")
"""Properties of events that say where they happened."""

KINDS_OF_WHEREABOUTS: Final = frozenset(
    f"event/{kind.value}" for kind in (EventKind.CONFINEMENT, EventKind.TRANSFER, EventKind.DEPORTATION)
)
"""Kinds of events that say by themselves that a site or place is known."""


UNNAMED_SPEAKER: Final = "a person not named here"
"""Every speaker in a public graph who is no record: a word for one of them, beside a short list of who was there, would name them."""


def for_audience(
    claims: Sequence[Claim],
    audience: Sensitivity,
    standing: Sequence[Claim] = (),
    needed: AbstractSet[str] = frozenset(),
) -> list[Claim]:
    """Return the claims that this audience may see.

    ``standing`` are the claims that the graph already has and keeps, ``needed`` records that other claims of the graph name.
    """
    if audience is Sensitivity.RESTRICTED:
        return stated_choices(claims, standing)
    claims = with_unnamed_speakers(claims)
    kept = [claim for claim in claims if claim.sensitivity is Sensitivity.PUBLIC]
    return stated_choices(without_remains(claims, kept, standing, needed), standing)


def with_unnamed_speakers(claims: Sequence[Claim]) -> Sequence[Claim]:
    """Return the claims with the same word for every speaker who is no record."""
    if not any(map(_has_spoken_role, claims)):
        return claims
    unnamed = Speaker(role=UNNAMED_SPEAKER)
    said = (replace(one, speaker=unnamed, id="") if _has_spoken_role(one) else one for one in claims)
    return list({one.id: one for one in said}.values())


def _has_spoken_role(claim: Claim) -> bool:
    return claim.speaker is not None and claim.speaker.role not in (None, UNNAMED_SPEAKER)


def without_remains(
    claims: Sequence[Claim],
    kept: Sequence[Claim],
    standing: Sequence[Claim] = (),
    needed: AbstractSet[str] = frozenset(),
) -> list[Claim]:
    """Return those of the ``kept`` claims that need none of the others, without links to what is removed with them.

    A record is removed when a required property is, when its kind says no more than what was removed, and when nothing else needed it.
    Links to a removed record are removed with it, and so is a claim of which nothing is left.
    """
    records = {claim.record for claim in claims}
    remaining = list(kept)
    while True:
        stated = [*standing, *remaining]
        gone = records - complete_records(stated)
        if len(remaining) < len(claims) or any(a is not b for a, b in zip(remaining, claims, strict=True)):
            gone |= _without_content(claims, stated) | (_unneeded(claims, stated, needed) & records)
        reduced = [left for claim in remaining if claim.record not in gone for left in without_links(claim, gone)]
        if len(reduced) == len(remaining) and all(a is b for a, b in zip(reduced, remaining, strict=True)):
            return reduced
        remaining = reduced


def without_records(claims: Sequence[Claim], ids: Collection[str]) -> list[Claim]:
    """Return the claims without those about these records, or stated in entries with these ids, and without what is removed with them.

    So is an event that happened to nobody else.
    """
    gone = set(ids)
    while True:
        kept = [claim for claim in claims if not {claim.unit, claim.record} & gone]
        kept = stated_choices(without_remains(claims, kept))
        abandoned = _with_subjects(claims) - _with_subjects(kept) - gone
        if not abandoned:
            return kept
        gone |= abandoned


def _with_subjects(claims: Iterable[Claim]) -> set[str]:
    return {one.record for one in claims if one.kind == "participants" and one.values.get("role") == Role.SUBJECT.value}


def _without_content(claims: Iterable[Claim], kept: Iterable[Claim]) -> set[str]:
    """Return the events whose kind says that somebody was somewhere, and of which it is no longer said where."""
    return _located(claims) - _located(kept)


def _located(claims: Iterable[Claim]) -> set[str]:
    where = {*SITE_LINKS, *PLACE_LINKS}
    return {one.record for one in claims if one.kind in KINDS_OF_WHEREABOUTS and where & one.values.keys()}


def _unneeded(claims: Sequence[Claim], kept: Sequence[Claim], needed: AbstractSet[str]) -> set[str]:
    """Return the records that only removed claims name, with what only these name, and that have no claim from a source of its own.

    ``needed`` records, and what they name, are not among them.
    """
    ids = {claim.id for claim in kept}
    own: dict[str, list[Claim]] = {}
    for claim in kept:
        own.setdefault(claim.record, []).append(claim)
    named: dict[str, set[str]] = {}
    found: set[str] = set()
    removed = [claim for claim in claims if claim.id not in ids]
    while removed:
        for claim in removed:
            source = claim.citation.source if claim.citation else claim.record
            for _, target in references_of(claim):
                named.setdefault(target, set()).add(source)
        more = {one for one, by in named.items() if one not in found and _has_no_own_source(own.get(one, ()), by)}
        found |= more
        removed = [claim for one in more for claim in own[one]]
    found -= needed
    while kept_by_others := {target for one, of in own.items() if one not in found for target in _targets(of)} & found:
        found -= kept_by_others
    return found


def _has_no_own_source(claims: Iterable[Claim], sources: AbstractSet[str]) -> bool:
    own = list(claims)
    return any(claim.kind in NEEDED_KINDS for claim in own) and all(
        claim.citation is None or claim.citation.source in sources for claim in own
    )


def _targets(claims: Iterable[Claim]) -> Iterable[str]:
    return (target for claim in claims for _, target in references_of(claim))


def stated_choices(claims: Sequence[Claim], standing: Sequence[Claim] = ()) -> list[Claim]:
    """Return the claims without choices of a value that no other one states: what is removed must not come back as a choice."""
    stated: dict[tuple[str, str], list[Any]] = {}
    for claim in (*standing, *claims):
        for name in claim.values if not claim.is_choice else ():
            stated.setdefault((claim.subject, name), []).append(claim.values[name])
    return [
        claim
        for claim in claims
        if not claim.is_choice
        or claim.is_judgement
        or all(v in stated.get((claim.subject, name), ()) for name, v in claim.values.items())
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


@cache
def _required(name: str) -> frozenset[str]:
    return frozenset(prop.name for prop in exact_kind(name).properties if prop.required)


def without_links(claim: Claim, gone: AbstractSet[str]) -> list[Claim]:
    """Return the claim without links to ``gone`` records: itself, a smaller one, or none."""
    if claim.citation is not None and claim.citation.source in gone:
        return []
    if claim.speaker is not None and claim.speaker.record in gone:
        return []
    return without_values(claim, {prop.name: gone for prop in properties_of(claim) if prop.is_link or prop.judged})


def without_values(claim: Claim, removed: Mapping[str, AbstractSet[str]]) -> list[Claim]:
    """Return the claim without these values of its links, by property: itself, a smaller one, or none."""
    if removed.keys().isdisjoint(claim.values):
        return [claim]
    values: dict[str, Any] = {}
    for prop in properties_of(claim):
        if prop.name not in claim.values:
            continue
        value = claim.values[prop.name]
        if (prop.is_link or prop.judged) and (gone := removed.get(prop.name)):
            value = [one for one in value if one not in gone] if prop.many else (None if value in gone else value)
            if value in (None, []):
                if prop.required:
                    return []
                continue
        values[prop.name] = value
    if values == dict(claim.values):
        return [claim]
    return [replace(claim, values=values, id="")] if values else []
