"""What was known on a day: the claims whose sources were known by then, from which the records as of that day follow.

A source counts from ``known_from`` (``origins.SourceFacts``). Stewards' choices count always, but none brings back a value that no source
stated by that day. In an event with one subject, whoever states anything of the event states the subject's part: where the claim of the part
is from a later source, the part counts from the first source of the event, with its place in that source and without anything else that the
later source states of the part. In the same way whoever states anything of a record, or names an actor, a place or a site, states that there is
one, which the edition identifies by its kind and name: that is a judgement about identity, and these count always. So the state of which a
page without a date was read last year, to cite its name, is no unknown state the year before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Final, TypeVar

from graph_api.evidence.audience import complete_records, stated_choices, without_links
from graph_api.evidence.claims import Claim, links_of, properties_of, references_of
from graph_api.evidence.event_projection import ORDERING
from graph_api.evidence.order import EmptyBounds
from graph_api.evidence.origins import SourceFacts, source_facts
from graph_api.evidence.resolved_record import since_of
from graph_api.ontology.vocabulary import Modality, Role

_STATED_BY_EVENT: Final = ("who", "role")
"""What a source that states an event with one subject states of the subject's part."""

_NAMED: Final = {"person", "organization", "state", "place", "site"}
"""Kinds of records that whoever names them states to be."""

_STATED: Final = {*_NAMED, "group", "event"}
"""Kinds of records that whoever states anything of them states to be; the number of a figure is no name of it."""

_REPEATED: Final = "derived-from"
"""The sources that a source repeats: it is no origin of its own, whether these are known or not."""

_BOUNDING: Final = {*ORDERING, "part-of"}
"""Properties that bound an event by the days of another one."""

_DATES: Final = {"date", "until"}

Projected = TypeVar("Projected")


def days_of(claims: Iterable[Claim]) -> list[int]:
    """Return the day numbers on which a source became known, sorted: what is known changes on these days only."""
    return sorted({source_facts(claim).known_from for claim in claims if claim.kind == "source"})


def known_by(claims: Sequence[Claim], day: int) -> list[Claim]:
    """Return the claims that count as of a day number. ``claims`` must include those of every source that is cited.

    A record is known if a source that was known by then states anything of it, or, if it is an actor, a place or a site, names it. Nothing names
    a record that is not known.
    """
    sources = {claim.record: source_facts(claim) for claim in claims if claim.kind == "source"}
    known = [claim for claim in claims if since_of(claim, sources) <= day]
    found = [*known, *_parts_of_subjects(claims, known, sources)]
    own = _identifying(claims, sources)
    while True:
        complete = complete_records(found)
        kept = [claim for claim in found if claim.record in complete or claim.record in own]
        naming = _naming(kept, own, sources)
        unknown = {target for claim in kept for name, target in references_of(claim) if name != _REPEATED} - complete
        unknown |= {claim.record for claim in kept} - complete
        if not unknown and len(kept) == len(found):
            return stated_choices(found)
        added = [_identified(own[one], naming[one]) for one in sorted(unknown & own.keys() & naming.keys())]
        gone = unknown - {claim.record for claim in added}
        found = [*added, *(one for claim in kept if claim.record not in gone for one in without_links(claim, gone))]


def _identifying(claims: Iterable[Claim], sources: Mapping[str, SourceFacts]) -> dict[str, Claim]:
    """Return a claim of what identifies each record: what its kind requires, as its first sources state it."""
    found: dict[str, Claim] = {}
    for claim in sorted(claims, key=lambda one: (since_of(one, sources), one.id)):
        if claim.kind.partition("/")[0] not in _STATED or claim.is_of_nested_record or claim.is_choice:
            continue
        first = found.get(claim.record) or replace(claim, values={}, id="")
        required = {prop.name for prop in properties_of(claim) if prop.required} & claim.values.keys()
        more = {name: claim.values[name] for name in sorted(required - first.values.keys())}
        found[claim.record] = replace(first, values={**first.values, **more}, id="")
    complete = complete_records(found.values())
    return {record: claim for record, claim in found.items() if record in complete}


def _naming(claims: Sequence[Claim], own: Mapping[str, Claim], sources: Mapping[str, SourceFacts]) -> dict[str, Claim]:
    """Return the first claim that states anything of each record, and of actors, places and sites otherwise the first that names it."""
    found: dict[str, Claim] = {}
    named: dict[str, Claim] = {}
    cited = [claim for claim in claims if claim.citation is not None]
    for claim in sorted(cited, key=lambda one: (since_of(one, sources), one.id)):
        found.setdefault(claim.record, claim)
        for _, target in references_of(claim):
            if target in own and own[target].kind in _NAMED:
                named.setdefault(target, replace(claim, speaker=None, modality=Modality.STATED, announced=False, id=""))
    return {**named, **found}


def _identified(own: Claim, by: Claim) -> Claim:
    """Return the claim of what identifies a record as a claim by which it is known states it."""
    return replace(own, citation=by.citation, speaker=by.speaker, modality=by.modality, announced=by.announced, id="")


def _parts_of_subjects(
    claims: Sequence[Claim], known: Sequence[Claim], sources: Mapping[str, SourceFacts]
) -> Iterator[Claim]:
    """Yield the parts of the only subjects of known events that are stated by later sources, each as the event's first source states it."""
    events: dict[str, list[Claim]] = {}
    for claim in known:
        if claim.kind.startswith("event/") and not claim.is_choice:
            events.setdefault(claim.record, []).append(claim)
    stated = {claim.subject for claim in known if not claim.is_choice}
    for event, part in _only_subjects(claims).items():
        if event not in events or part[0].subject in stated:
            continue
        first = min(events[event], key=lambda one: (since_of(one, sources), one.id))
        own = min(part, key=lambda one: (since_of(one, sources), one.id))
        yield replace(
            own,
            values={name: own.values[name] for name in _STATED_BY_EVENT},
            citation=first.citation,
            speaker=first.speaker,
            modality=first.modality,
            announced=first.announced,
            id="",
        )


def _only_subjects(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    """Return the claims of sources of the one subject's part, by event, for events that have one subject by all claims."""
    found: dict[str, dict[str, list[Claim]]] = {}
    for claim in claims:
        if claim.kind == "participants" and not claim.is_choice and claim.values.get("role") == Role.SUBJECT.value:
            found.setdefault(claim.record, {}).setdefault(claim.subject, []).append(claim)
    return {event: next(iter(parts.values())) for event, parts in found.items() if len(parts) == 1}


def project_known(claims: Sequence[Claim], day: int, project: Callable[[Sequence[Claim]], Projected]) -> Projected:
    """Return what ``project`` makes of the claims that were known by a day.

    A later source may give the longer span of what contains an event, or another date of what it followed: the claims of a day alone may leave
    an event no day. Then what bounds it does not count on that day: first its own links to other events, then those of all events that it
    is connected with, at last its dates. Raises OrderCycle, and EmptyBounds where even then an event has no day.
    """
    known = known_by(claims, day)
    while True:
        try:
            return project(known)
        except EmptyBounds as empty:
            steps = (
                ({empty.id}, _BOUNDING),
                (_connected(known, empty.id), _BOUNDING),
                ({empty.id}, _DATES),
            )
            reduced = (_without(known, *step) for step in steps)
            fewer = next((found for found in reduced if found != known), None)
            if fewer is None:
                raise
            known = fewer


def _without(claims: Iterable[Claim], events: AbstractSet[str], names: AbstractSet[str]) -> list[Claim]:
    """Return the claims without these properties of events; a claim of which nothing else is left goes."""
    found: list[Claim] = []
    for claim in claims:
        if claim.record not in events or claim.is_of_nested_record or not names & claim.values.keys():
            found.append(claim)
        elif values := {name: value for name, value in claim.values.items() if name not in names}:
            found.append(replace(claim, values=values, id=""))
    return found


def _connected(claims: Iterable[Claim], event: str) -> set[str]:
    """Return the events that bound each other with one of them, however far."""
    near: dict[str, set[str]] = {}
    for claim in claims:
        for prop, target in links_of(claim):
            if prop.name in _BOUNDING:
                near.setdefault(claim.record, set()).add(target)
                near.setdefault(target, set()).add(claim.record)
    found, frontier = {event}, {event}
    while frontier:
        frontier = {other for one in frontier for other in near.get(one, ())} - found
        found |= frontier
    return found
