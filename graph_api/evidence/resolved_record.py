"""Records with their resolved values: the first step of the projection, each record by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from graph_api.evidence.claims import Claim, properties_of
from graph_api.evidence.list_resolution import Within, resolve_list
from graph_api.evidence.origins import SourceFacts
from graph_api.evidence.resolution import ResolvedValue, resolve_single
from graph_api.ontology.vocabulary import EventKind
from graph_api.values.dates import OPEN_LO

NAMES: Final = "names"
"""The property with every name that sources use: a name that differs from the one shown is one of them."""


@dataclass(frozen=True, slots=True)
class ResolvedRecord:
    """A record or nested record with its resolved values. ``since`` is the day number from which a source states it."""

    id: str
    claims: tuple[Claim, ...]
    shown: Mapping[str, ResolvedValue]
    since: int

    @property
    def source_claims(self) -> list[Claim]:
        """The claims of sources, without stewards' choices, which have no day from which they are known and count always."""
        return [claim for claim in self.claims if not claim.is_choice]

    @property
    def disputed(self) -> list[str]:
        """The names of the disputed properties, sorted."""
        return sorted(name for name, shown in self.shown.items() if shown.is_disputed)

    @property
    def is_event(self) -> bool:
        """Whether it is an event."""
        return self.claims[0].kind.startswith("event/")

    @property
    def event_kind(self) -> EventKind:
        """The kind of an event."""
        return EventKind(self.claims[0].kind.partition("/")[2])

    @property
    def is_announced(self) -> bool:
        """Whether sources only announce, plan or expect it."""
        return all(claim.announced for claim in self.source_claims)


def by_subject(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    """Return the claims about each record and nested record, each claim once, sorted by id."""
    subjects: dict[str, list[Claim]] = {}
    for claim in claims:
        subjects.setdefault(claim.subject, []).append(claim)
    return {
        subject: sorted({c.id: c for c in own}.values(), key=lambda c: c.id)
        for subject, own in sorted(subjects.items())
    }


def resolve(
    subject: str, claims: Sequence[Claim], sources: Mapping[str, SourceFacts], within: Within
) -> ResolvedRecord:
    """Return what is shown of the subject of these claims, of which at least one is no choice."""
    shown: dict[str, ResolvedValue] = {}
    stated = {name for claim in claims for name in claim.values}
    for prop in properties_of(claims[0]):
        if prop.name in stated or (prop.name == NAMES and "name" in stated):
            one = resolve_list(prop, claims, sources, within) if prop.many else resolve_single(prop, claims, sources)
            if one is not None:
                shown[prop.name] = one
            if prop.name == NAMES and (other := _with_other_names(one, claims, shown.get("name"))) is not None:
                shown[NAMES] = other
    since = min(since_of(claim, sources) for claim in claims if not claim.is_choice)
    return ResolvedRecord(subject, tuple(claims), shown, since)


def _with_other_names(
    names: ResolvedValue | None, claims: Sequence[Claim], shown: ResolvedValue | None
) -> ResolvedValue | None:
    """Return ``names`` with every name that sources state as the name of the record and that is not the one shown."""
    stated: dict[str, list[str]] = {}
    for claim in claims:
        if "name" in claim.values and not claim.is_choice and shown is not None and claim.values["name"] != shown.value:
            stated.setdefault(claim.values["name"], []).append(claim.id)
    listed = {one["text"] for one in names.value} if names else set()
    others = {text: tuple(ids) for text, ids in stated.items() if text not in listed}
    if not others:
        return names
    own = names or ResolvedValue([], [], {}, is_disputed=False, stated=())
    added = [{"text": text} for text in others]
    values = [*own.value, *added]
    return replace(own, value=values, parsed=values, stated=(*own.stated, *added), items=(*own.items, *others.values()))


def since_of(claim: Claim, sources: Mapping[str, SourceFacts]) -> int:
    """Return the day number from which a claim counts; stewards' choices count always."""
    if claim.is_choice:
        return OPEN_LO
    return sources[claim.citation.source].known_from if claim.citation else sources[claim.record].known_from


def value_of(one: ResolvedRecord, name: str) -> Any:
    """Return the value that is shown of a property, as JSON; None where no source states it."""
    return one.shown[name].value if name in one.shown else None
