"""Statements to a batch: every reference, every order, every rule of harm checked over the whole batch and what is loaded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from graph_api.errors import BadValue, Problem
from graph_api.evidence.audience import for_audience
from graph_api.evidence.claims import Claim
from graph_api.evidence.origins import source_facts
from graph_api.evidence.picture import hull
from graph_api.evidence.project import project
from graph_api.model.order import EmptyBounds, OrderCycle
from graph_api.model.vocabulary import Role, Sensitivity, SourceKind, closest
from graph_api.seeding.entries import Reference, Statements
from graph_api.seeding.nodes import Place

MAY_NAME = frozenset({SourceKind.COURT_RECORD, SourceKind.OFFICIAL, SourceKind.INTERGOVERNMENTAL, SourceKind.NGO})
"""The kinds of sources on whose word a judge or an alleged perpetrator is named."""

NAMED_WITH_CARE = frozenset({Role.JUDGE.value, Role.PERPETRATOR.value})
CONTAINMENT = ("part-of", "within", "total")


@dataclass(frozen=True, slots=True)
class Stored:
    """What the graph holds that a batch may refer to: kinds of records by id, their claims, ids that are withheld."""

    kinds: Mapping[str, str] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()
    withheld: frozenset[str] = frozenset()
    units: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Held:
    """The stored side of a load: for checking, for projecting again, for telling what is the same."""

    stored: Stored
    records: frozenset[str]
    fingerprints: dict[str, str]


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch that may be loaded: its claims for the audience, its records, what it withholds."""

    claims: tuple[Claim, ...]
    units: tuple[str, ...]
    withheld: tuple[str, ...]
    records: int


def validate(said: Statements, stored: Stored, audience: Sensitivity) -> tuple[Batch, tuple[Problem, ...]]:
    """Return the batch and all its problems; it may be loaded where there are none.

    Three rounds, each only where the one before found nothing that would make it guess: values, references, order in time.
    """
    problems = [*said.problems, *_withheld(said, stored), *_references(said, stored), *_ids(said, stored)]
    problems += [*_circles(said.claims, said), *_named_with_care(said, stored)]
    units = tuple(sorted(said.defined))
    visible = for_audience(said.claims, audience)
    if not problems:
        problems += _time(said, stored, visible)
    batch = Batch(
        tuple(visible),
        units,
        tuple(sorted(said.withheld)),
        sum(1 for one in said.defined.values() if one.kind != "claims"),
    )
    return batch, tuple(sorted(set(problems)))


def _withheld(said: Statements, stored: Stored) -> Iterator[Problem]:
    refused = stored.withheld | set(said.withheld)
    for record, defined in said.defined.items():
        if record in refused:
            yield defined.place.problem("withheld", f"the id {record!r} is withheld; no load brings it in")
    for reference in said.references:
        if reference.target in refused:
            yield reference.place.problem("withheld", f"{reference.name}: the id {reference.target!r} is withheld")


def _references(said: Statements, stored: Stored) -> Iterator[Problem]:
    kinds = {**stored.kinds, **{record: defined.kind for record, defined in said.defined.items()}}
    for reference in said.references:
        kind = kinds.get(reference.target)
        if kind is None or (kind == "claims"):
            wanted = _wanted(reference)
            hint = closest(reference.target, [one for one, of in kinds.items() if _fits(of, reference.kinds)])
            yield reference.place.problem(
                "reference",
                f"{reference.name}: no record has the id {reference.target!r}; right would be the id of {wanted}"
                + (f" ({hint})" if hint else ""),
            )
        elif not _fits(kind, reference.kinds):
            shown = kind.replace("event/", "event of the kind ").lower().replace("_", "-")
            yield reference.place.problem(
                "reference",
                f"{reference.name}: {reference.target!r} is a {shown}; right would be the id of {_wanted(reference)}",
            )
        elif reference.target == reference.record and reference.name != "said-by":
            yield reference.place.problem("reference", f"{reference.name}: a record cannot name itself")


def _wanted(reference: Reference) -> str:
    return " or ".join(f"a {kind.replace('event/', '').lower()}" for kind in reference.kinds) or "a record"


def _fits(kind: str, wanted: Sequence[str]) -> bool:
    return not wanted or kind in wanted or kind.partition("/")[0] in wanted


def _ids(said: Statements, stored: Stored) -> Iterator[Problem]:
    """Hold every id to its kind: it is unique over all kinds and never re-used."""
    for record, defined in said.defined.items():
        held = stored.kinds.get(record)
        if held is not None and held.partition("/")[0] != defined.kind.partition("/")[0]:
            yield defined.place.problem(
                "unique-id", f"the id {record!r} belongs to a {held.lower()} in the graph; ids are never re-used"
            )
        elif held is None and record in stored.units and defined.kind != "claims":
            yield defined.place.problem(
                "unique-id", f"the id {record!r} belongs to an entry of claims: in the graph; ids are never re-used"
            )


def _circles(claims: Sequence[Claim], said: Statements) -> Iterator[Problem]:
    for name in CONTAINMENT:
        parent = {claim.record: claim.values[name] for claim in claims if not claim.is_of_part and name in claim.values}
        for start in sorted(parent):
            path = [start]
            while (above := parent.get(path[-1])) is not None and above not in path:
                path.append(above)
            if above == start and start == min(path) and start in said.defined:
                yield said.defined[start].place.problem(
                    "circle", f"{name} goes in a circle: {' in '.join([*path, start])}"
                )


def _named_with_care(said: Statements, stored: Stored) -> Iterator[Problem]:
    of_source = {
        claim.record: SourceKind(claim.values["kind"])
        for claim in (*stored.claims, *said.claims)
        if claim.kind == "source" and "kind" in claim.values
    }
    naming: dict[str, list[Claim]] = {}
    for claim in said.claims:
        if claim.values.get("role") in NAMED_WITH_CARE and claim.is_of_part:
            naming.setdefault(claim.subject, []).append(claim)
    for own in naming.values():
        kinds = {of_source.get(claim.citation.source) for claim in own if claim.citation}
        if own[0].record in said.defined and not kinds & MAY_NAME:
            role, who = str(own[0].values["role"]).lower(), own[0].values["who"]
            yield said.defined[own[0].record].place.problem(
                "do-no-harm",
                f"{who!r} is named as {role} on the word of media only; a court record, an official, intergovernmental or NGO source is needed",
            )


def _time(said: Statements, stored: Stored, visible: Sequence[Claim]) -> Iterator[Problem]:
    replaced = set(said.defined)
    together = [*(claim for claim in stored.claims if claim.unit not in replaced), *visible]
    bad_sources = False
    for claim in visible:
        if claim.kind == "source":
            try:
                source_facts(claim)
            except BadValue as bad:
                bad_sources = True
                yield said.defined[claim.record].place.problem("known-from", f"published: {bad}")
    if bad_sources:
        return
    yield from _spans(said, visible)
    try:
        project(together)
    except OrderCycle as circle:
        yield _where(said, circle.ids).problem(
            "order", f"the stated order goes in a circle: {' after '.join([*circle.ids, circle.ids[0]])}"
        )
    except EmptyBounds as empty:
        yield _where(said, (empty.id,)).problem(
            "order",
            f"{empty.id!r} has no day left: {empty.hint}; look at its dates, its order, and when its sources were published",
        )


def _spans(said: Statements, claims: Sequence[Claim]) -> Iterator[Problem]:
    for claim in claims:
        first, last = ("date", "until") if claim.kind.startswith("event/") else ("from", "until")
        if (
            first in claim.values
            and last in claim.values
            and hull((claim.values[last],))[1] < hull((claim.values[first],))[0]
        ):
            yield _where(said, (claim.unit,)).problem(
                "span", f"{claim.record!r} ends in {claim.values[last]}, before it begins in {claim.values[first]}"
            )


def _where(said: Statements, ids: Sequence[str]) -> Place:
    found = [said.defined[one].place for one in ids if one in said.defined]
    return found[0] if found else Place("the graph", 1, 1)
