"""Statements to a batch: every reference, every order, every rule of harm checked over the whole batch and what is loaded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from graph_api.errors import InvalidValue, Problem
from graph_api.evidence.audience import for_audience, links_of, named_by, whole
from graph_api.evidence.claims import Claim
from graph_api.evidence.order import EmptyBounds, OrderCycle
from graph_api.evidence.origins import source_facts
from graph_api.evidence.projection import project
from graph_api.evidence.records import hull
from graph_api.ingest.batch import Reference, Statements, shown_kind
from graph_api.ingest.nodes import Place
from graph_api.ingest.stored_state import Batch, Stored, standing
from graph_api.ontology.vocabulary import Role, Sensitivity, SourceKind
from graph_api.values.words import closest

MAY_NAME = frozenset({SourceKind.COURT_RECORD, SourceKind.OFFICIAL, SourceKind.INTERGOVERNMENTAL, SourceKind.NGO})
"""The kinds of sources on whose word a judge or an alleged perpetrator is named."""

NAMED_WITH_CARE = frozenset({Role.JUDGE.value, Role.PERPETRATOR.value})
CONTAINMENT = ("part-of", "within", "total", "derived-from")
"""Links that must not go in a circle."""

SHOWN = 10


def validate(said: Statements, stored: Stored, audience: Sensitivity) -> tuple[Batch, tuple[Problem, ...]]:
    """Return the batch and all its problems; it may be loaded where there are none.

    Three rounds, each only where the one before found nothing that would make it guess: values and references; what is stored
    and stays; order in time.
    """
    stays = standing(said, stored)
    visible = for_audience(said.claims, audience, stays)
    problems = [*said.problems, *_withheld(said, stored), *_references(said, stored), *_ids(said, stored)]
    problems += _circles(said, [*stored.above, *stays, *said.claims])
    problems += _named_with_care(said, [*stays, *said.claims])
    problems += _choices(said, [*stays, *said.claims])
    if not problems:
        going = _going(said, stored, [*stays, *visible])
        stays = [claim for claim in stays if claim.record not in going]
        problems += [*_still_named(said, stays, going), *_changed_kinds(said, stored, stays)]
    if not problems:
        problems += _time(said, stays, visible)
    records = sum(1 for one in said.defined.values() if one.kind != "claims")
    return Batch(tuple(visible), tuple(stays), tuple(sorted(said.withheld)), records), tuple(sorted(set(problems)))


def _choices(said: Statements, claims: Sequence[Claim]) -> Iterator[Problem]:
    """Return what is wrong with choices: they pick a value that a source gives, and of one property there is one."""
    chosen: dict[tuple[str, str], str] = {}
    for choice in (claim for claim in claims if claim.is_choice):
        [(name, value)] = choice.values.items()
        first = chosen.setdefault((choice.subject, name), choice.unit)
        if choice.unit not in said.defined:
            continue
        place = said.defined[choice.unit].place
        told = [c.values[name] for c in claims if c.subject == choice.subject and name in c.values and not c.is_choice]
        if first != choice.unit:
            yield place.problem(
                "choices", f"{first!r} chooses {name} of {choice.subject!r} already; right would be one choice"
            )
        elif value not in told:
            yield place.problem(
                "choices",
                f"no source gives {name} of {choice.subject!r} that value; right would be one that a source gives",
            )


def _withheld(said: Statements, stored: Stored) -> Iterator[Problem]:
    refused = stored.withheld | set(said.withheld)
    for record, defined in said.defined.items():
        if record in refused:
            yield defined.place.problem("withheld", f"the id {record!r} is withheld; no load brings it in")
    for reference in said.references:
        if reference.target in refused:
            yield reference.place.problem("withheld", f"{reference.name}: the id {reference.target!r} is withheld")


def _references(said: Statements, stored: Stored) -> Iterator[Problem]:
    refused = stored.withheld | said.withheld.keys()
    kinds = {**stored.kinds, **{record: defined.kind for record, defined in said.defined.items()}}
    for reference in said.references:
        if reference.target in refused:
            continue  # a problem of its own
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
            yield reference.place.problem(
                "reference",
                f"{reference.name}: {reference.target!r} is {_a(kind)}; right would be the id of {_wanted(reference)}",
            )
        elif reference.target == reference.record and reference.name != "said-by":
            yield reference.place.problem("reference", f"{reference.name}: a record cannot name itself")


def _wanted(reference: Reference) -> str:
    return _one_of(reference.kinds) or "a record"


def _one_of(kinds: Sequence[str]) -> str:
    *first, last = [_a(kind) for kind in kinds] or [""]
    return f"{', '.join(first)} or {last}" if first else last


def _a(kind: str) -> str:
    shown = shown_kind(kind)
    return f"{'an' if shown[0] in 'aeio' else 'a'} {shown}"


def _fits(kind: str, wanted: Sequence[str]) -> bool:
    return not wanted or kind in wanted or kind.partition("/")[0] in wanted


def _ids(said: Statements, stored: Stored) -> Iterator[Problem]:
    """Hold every id to its kind: it is unique over all kinds and never re-used."""
    for record, defined in said.defined.items():
        held = stored.kinds.get(record)
        if held is not None and held.partition("/")[0] != defined.kind.partition("/")[0]:
            yield defined.place.problem(
                "unique-id", f"the id {record!r} belongs to {_a(held)} in the graph; ids are never re-used"
            )
        elif held is None and record in stored.units and defined.kind != "claims":
            yield defined.place.problem(
                "unique-id", f"the id {record!r} belongs to an entry of claims: in the graph; ids are never re-used"
            )


def _circles(said: Statements, claims: Sequence[Claim]) -> Iterator[Problem]:
    """Find containment that goes in a circle, whoever says each step: one picture could show all of them."""
    for name in CONTAINMENT:
        above: dict[str, set[str]] = {}
        for claim in claims:
            for prop, target in links_of(claim):
                if prop.name == name and target != claim.record:  # which is a problem of its own
                    above.setdefault(claim.record, set()).add(target)
        while (circle := _circle({one: sorted(above[one]) for one in sorted(above)})) is not None:
            if {*circle} & said.defined.keys():
                shown = (
                    " in ".join((*circle, circle[0])) if name != "derived-from" else " from ".join((*circle, circle[0]))
                )
                yield _where(said, circle).problem("circle", f"{name} goes in a circle: {shown}")
            for one, parent in pairwise((*circle, circle[0])):
                above[one].discard(parent)


def _circle(above: dict[str, list[str]]) -> tuple[str, ...] | None:
    """Return one circle, from its smallest id on, each before the one that it is in."""
    try:
        TopologicalSorter(above).prepare()
    except CycleError as error:
        up: list[str] = error.args[1][:0:-1]
        first = up.index(min(up))
        return (*up[first:], *up[:first])
    return None


def _named_with_care(said: Statements, claims: Sequence[Claim]) -> Iterator[Problem]:
    of_source = {c.record: SourceKind(c.values["kind"]) for c in claims if c.kind == "source" and "kind" in c.values}
    naming: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.is_of_part and claim.values.get("role") in NAMED_WITH_CARE:
            naming.setdefault(claim.subject, []).append(claim)
    for own in naming.values():
        sources = [claim.citation.source for claim in own if claim.citation]
        touched = [one for one in (*(claim.unit for claim in own), *sources) if one in said.defined]
        if touched and not {of_source.get(source) for source in sources} & MAY_NAME:
            role, who, record = str(own[0].values["role"]).lower(), str(own[0].values["who"]), own[0].record
            at = (r.place for r in said.references if (r.record, r.name, r.target) == (record, "who", who))
            yield next(at, said.defined[touched[0]].place).problem(
                "do-no-harm",
                f"{who!r} is named as {role} of {record!r}, and no court record, official, intergovernmental or NGO source says so; "
                "right would be to cite one, or not to name the person",
            )


def _going(said: Statements, stored: Stored, after: Sequence[Claim]) -> frozenset[str]:
    """Return the stored records that this batch takes out: withheld, or no longer whole for the audience."""
    there = whole(after)
    return frozenset(one for one in stored.kinds if one in said.withheld or (one in said.defined and one not in there))


def _still_named(said: Statements, stays: Sequence[Claim], going: frozenset[str]) -> Iterator[Problem]:
    naming: dict[str, set[str]] = {}
    for claim in stays:
        for name, target in named_by(claim):
            if target in going:
                naming.setdefault(target, set()).add(f"{claim.record} ({name})")
    for target, records in sorted(naming.items()):
        more = f" and {len(records) - SHOWN} more" if len(records) > SHOWN else ""
        place = said.withheld.get(target) or said.defined[target].place
        yield place.problem(
            "still-named",
            f"{target!r} would go, but stored records name it: {', '.join(sorted(records)[:SHOWN])}{more}; "
            "right would be to load their entries without it in the same batch",
        )


def _changed_kinds(said: Statements, stored: Stored, stays: Sequence[Claim]) -> Iterator[Problem]:
    changed = {one: d.kind for one, d in said.defined.items() if one in stored.kinds and stored.kinds[one] != d.kind}
    for claim in stays:
        if claim.record in changed:
            yield said.defined[claim.record].place.problem(
                "kind",
                f"{claim.record!r} is {_a(stored.kinds[claim.record])} in the graph and becomes {_a(changed[claim.record])}; "
                f"right would be to load the entry of claims: {claim.unit!r}, which speaks of it too, in the same batch",
            )
        for prop, target in links_of(claim):
            if target in changed and not _fits(changed[target], prop.targets):
                yield said.defined[target].place.problem(
                    "kind",
                    f"{target!r} becomes {_a(changed[target])}, but {claim.record!r} names it as its {prop.name}, "
                    f"which must be {_one_of(prop.targets)}; right would be to change that entry in the same batch",
                )


def _time(said: Statements, stays: Sequence[Claim], visible: Sequence[Claim]) -> Iterator[Problem]:
    bad_sources = False
    for claim in visible:
        if claim.kind == "source":
            try:
                source_facts(claim)
            except InvalidValue as bad:
                bad_sources = True
                yield said.defined[claim.record].place.problem("known-from", f"published: {bad}")
    if bad_sources:
        return
    backwards = list(_spans(said, visible))
    if backwards:
        yield from backwards
        return
    try:
        project([*stays, *visible])
    except OrderCycle as circle:
        yield _where(said, circle.ids).problem(
            "order", f"the stated order goes in a circle: {' after '.join([*circle.ids, circle.ids[0]])}"
        )
    except EmptyBounds as empty:
        yield _where(said, (empty.id,)).problem(
            "order",
            f"{empty.id!r} has no day left: {empty.hint}; look at date and until, at its order, and when its sources were published",
        )


def _spans(said: Statements, claims: Sequence[Claim]) -> Iterator[Problem]:
    for claim in claims:
        first, last = ("date", "until") if claim.kind.startswith("event/") else ("from", "until")
        if (
            first in claim.values
            and last in claim.values
            and hull((claim.values[last],))[1] < hull((claim.values[first],))[0]
        ):
            whose = "" if claim.subject == claim.record else f"{claim.kind} of "
            said_so = f"{whose}{claim.record!r} ends in {claim.values[last]}, before it begins in {claim.values[first]}"
            yield _where(said, (claim.unit,)).problem("span", said_so)


def _where(said: Statements, ids: Sequence[str]) -> Place:
    found = [said.defined[one].place for one in ids if one in said.defined]
    return found[0] if found else Place("the graph", 1, 1)
