"""ParsedBatch to a batch: every reference, every order, every rule of harm checked over the whole batch and what is loaded."""

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
from graph_api.ingest.batch import ParsedBatch, Reference, display_kind
from graph_api.ingest.nodes import SourcePosition
from graph_api.ingest.stored_state import LoadBatch, StoredContext, retained_claims
from graph_api.ontology.vocabulary import Role, Sensitivity, SourceKind
from graph_api.values.dates import When
from graph_api.values.raw import closest

NAMING_SOURCE_KINDS = frozenset(
    {SourceKind.COURT_RECORD, SourceKind.OFFICIAL, SourceKind.INTERGOVERNMENTAL, SourceKind.NGO}
)
"""The kinds of sources on whose word a judge or an alleged perpetrator is named."""

RESTRICTED_NAMING_ROLES = frozenset({Role.JUDGE.value, Role.PERPETRATOR.value})
CONTAINMENT = ("part-of", "within", "total", "derived-from")
"""Links that must not go in a circle."""

SHOWN = 10


def validate(
    parsed: ParsedBatch, context: StoredContext, audience: Sensitivity
) -> tuple[LoadBatch, tuple[Problem, ...]]:
    """Return the batch and all its problems; it may be loaded where there are none.

    Three rounds, each only where the one before found nothing that would make it guess: values and references; what is stored
    and retained; order in time.
    """
    retained = retained_claims(parsed, context)
    visible = for_audience(parsed.claims, audience, retained)
    problems = [*parsed.problems, *_withheld(parsed, context), *_references(parsed, context), *_ids(parsed, context)]
    problems += _circles(parsed, [*context.ancestors, *retained, *parsed.claims])
    problems += _check_naming_policy(parsed, [*retained, *parsed.claims])
    problems += _choices(parsed, [*retained, *parsed.claims])
    if not problems:
        removed = _removed_records(parsed, context, [*retained, *visible])
        retained = [claim for claim in retained if claim.record not in removed]
        problems += [*_dangling_references(parsed, retained, removed), *_changed_kinds(parsed, context, retained)]
    if not problems:
        problems += _time(parsed, retained, visible)
    records = sum(1 for one in parsed.definitions.values() if one.kind != "claims")
    return LoadBatch(tuple(visible), tuple(retained), tuple(sorted(parsed.withheld)), records), tuple(
        sorted(set(problems))
    )


def _choices(parsed: ParsedBatch, claims: Sequence[Claim]) -> Iterator[Problem]:
    """Return what is wrong with choices: they pick a value that a source gives, and of one property there is one."""
    chosen: dict[tuple[str, str], str] = {}
    for choice in (claim for claim in claims if claim.is_choice):
        [(name, value)] = choice.values.items()
        first = chosen.setdefault((choice.subject, name), choice.unit)
        if choice.unit not in parsed.definitions:
            continue
        place = parsed.definitions[choice.unit].position
        stated = [
            c.values[name] for c in claims if c.subject == choice.subject and name in c.values and not c.is_choice
        ]
        if first != choice.unit:
            yield place.problem(
                "choices", f"{first!r} chooses {name} of {choice.subject!r} already; right would be one choice"
            )
        elif value not in stated:
            yield place.problem(
                "choices",
                f"no source gives {name} of {choice.subject!r} that value; right would be one that a source gives",
            )


def _withheld(parsed: ParsedBatch, context: StoredContext) -> Iterator[Problem]:
    refused = context.withheld | set(parsed.withheld)
    for record, definition in parsed.definitions.items():
        if record in refused:
            yield definition.position.problem("withheld", f"the id {record!r} is withheld; no load brings it in")
    for reference in parsed.references:
        if reference.target in refused:
            yield reference.position.problem("withheld", f"{reference.name}: the id {reference.target!r} is withheld")


def _references(parsed: ParsedBatch, context: StoredContext) -> Iterator[Problem]:
    refused = context.withheld | parsed.withheld.keys()
    kinds = {**context.kinds, **{record: definition.kind for record, definition in parsed.definitions.items()}}
    for reference in parsed.references:
        if reference.target in refused:
            continue  # a problem of its own
        kind = kinds.get(reference.target)
        if kind is None or (kind == "claims"):
            wanted = _wanted(reference)
            hint = closest(reference.target, [one for one, of in kinds.items() if _fits(of, reference.kinds)])
            yield reference.position.problem(
                "reference",
                f"{reference.name}: no record has the id {reference.target!r}; right would be the id of {wanted}"
                + (f" ({hint})" if hint else ""),
            )
        elif not _fits(kind, reference.kinds):
            yield reference.position.problem(
                "reference",
                f"{reference.name}: {reference.target!r} is {_a(kind)}; right would be the id of {_wanted(reference)}",
            )
        elif reference.target == reference.record and reference.name != "said-by":
            yield reference.position.problem("reference", f"{reference.name}: a record cannot name itself")


def _wanted(reference: Reference) -> str:
    return _one_of(reference.kinds) or "a record"


def _one_of(kinds: Sequence[str]) -> str:
    *first, last = [_a(kind) for kind in kinds] or [""]
    return f"{', '.join(first)} or {last}" if first else last


def _a(kind: str) -> str:
    shown = display_kind(kind)
    return f"{'an' if shown[0] in 'aeio' else 'a'} {shown}"


def _fits(kind: str, wanted: Sequence[str]) -> bool:
    return not wanted or kind in wanted or kind.partition("/")[0] in wanted


def _ids(parsed: ParsedBatch, context: StoredContext) -> Iterator[Problem]:
    """Hold every id to its kind: it is unique over all kinds and never re-used."""
    for record, definition in parsed.definitions.items():
        stored_kind = context.kinds.get(record)
        if stored_kind is not None and stored_kind.partition("/")[0] != definition.kind.partition("/")[0]:
            yield definition.position.problem(
                "unique-id", f"the id {record!r} belongs to {_a(stored_kind)} in the graph; ids are never re-used"
            )
        elif stored_kind is None and record in context.units and definition.kind != "claims":
            yield definition.position.problem(
                "unique-id", f"the id {record!r} belongs to an entry of claims: in the graph; ids are never re-used"
            )


def _circles(parsed: ParsedBatch, claims: Sequence[Claim]) -> Iterator[Problem]:
    """Find containment that goes in a circle, whoever says each step: one picture could show all of them."""
    for name in CONTAINMENT:
        above: dict[str, set[str]] = {}
        for claim in claims:
            for prop, target in links_of(claim):
                if prop.name == name and target != claim.record:  # which is a problem of its own
                    above.setdefault(claim.record, set()).add(target)
        while (circle := _circle({one: sorted(above[one]) for one in sorted(above)})) is not None:
            if {*circle} & parsed.definitions.keys():
                shown = (
                    " in ".join((*circle, circle[0])) if name != "derived-from" else " from ".join((*circle, circle[0]))
                )
                yield _where(parsed, circle).problem("circle", f"{name} goes in a circle: {shown}")
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


def _check_naming_policy(parsed: ParsedBatch, claims: Sequence[Claim]) -> Iterator[Problem]:
    of_source = {c.record: SourceKind(c.values["kind"]) for c in claims if c.kind == "source" and "kind" in c.values}
    naming: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.is_of_part and claim.values.get("role") in RESTRICTED_NAMING_ROLES:
            naming.setdefault(claim.subject, []).append(claim)
    for own in naming.values():
        sources = [claim.citation.source for claim in own if claim.citation]
        touched = [one for one in (*(claim.unit for claim in own), *sources) if one in parsed.definitions]
        if touched and not {of_source.get(source) for source in sources} & NAMING_SOURCE_KINDS:
            role, who, record = str(own[0].values["role"]).lower(), str(own[0].values["who"]), own[0].record
            at = (r.position for r in parsed.references if (r.record, r.name, r.target) == (record, "who", who))
            yield next(at, parsed.definitions[touched[0]].position).problem(
                "do-no-harm",
                f"{who!r} is named as {role} of {record!r}, and no court record, official, intergovernmental or NGO source says so; "
                "right would be to cite one, or not to name the person",
            )


def _removed_records(parsed: ParsedBatch, context: StoredContext, after: Sequence[Claim]) -> frozenset[str]:
    """Return the stored records that this batch takes out: withheld, or no longer whole for the audience."""
    there = whole(after)
    return frozenset(
        one for one in context.kinds if one in parsed.withheld or (one in parsed.definitions and one not in there)
    )


def _dangling_references(parsed: ParsedBatch, retained: Sequence[Claim], removed: frozenset[str]) -> Iterator[Problem]:
    naming: dict[str, set[str]] = {}
    for claim in retained:
        for name, target in named_by(claim):
            if target in removed:
                naming.setdefault(target, set()).add(f"{claim.record} ({name})")
    for target, records in sorted(naming.items()):
        more = f" and {len(records) - SHOWN} more" if len(records) > SHOWN else ""
        place = parsed.withheld.get(target) or parsed.definitions[target].position
        yield place.problem(
            "still-named",
            f"{target!r} would go, but stored records name it: {', '.join(sorted(records)[:SHOWN])}{more}; "
            "right would be to load their entries without it in the same batch",
        )


def _changed_kinds(parsed: ParsedBatch, context: StoredContext, retained: Sequence[Claim]) -> Iterator[Problem]:
    changed = {
        one: d.kind for one, d in parsed.definitions.items() if one in context.kinds and context.kinds[one] != d.kind
    }
    for claim in retained:
        if claim.record in changed:
            yield parsed.definitions[claim.record].position.problem(
                "kind",
                f"{claim.record!r} is {_a(context.kinds[claim.record])} in the graph and becomes {_a(changed[claim.record])}; "
                f"right would be to load the entry of claims: {claim.unit!r}, which speaks of it too, in the same batch",
            )
        for prop, target in links_of(claim):
            if target in changed and not _fits(changed[target], prop.targets):
                yield parsed.definitions[target].position.problem(
                    "kind",
                    f"{target!r} becomes {_a(changed[target])}, but {claim.record!r} names it as its {prop.name}, "
                    f"which must be {_one_of(prop.targets)}; right would be to change that entry in the same batch",
                )


def _time(parsed: ParsedBatch, retained: Sequence[Claim], visible: Sequence[Claim]) -> Iterator[Problem]:
    bad_sources = False
    for claim in visible:
        if claim.kind == "source":
            try:
                source_facts(claim)
            except InvalidValue as bad:
                bad_sources = True
                yield parsed.definitions[claim.record].position.problem("known-from", f"published: {bad}")
    if bad_sources:
        return
    backwards = list(_spans(parsed, visible))
    if backwards:
        yield from backwards
        return
    try:
        project([*retained, *visible])
    except OrderCycle as circle:
        yield _where(parsed, circle.ids).problem(
            "order", f"the stated order goes in a circle: {' after '.join([*circle.ids, circle.ids[0]])}"
        )
    except EmptyBounds as empty:
        yield _where(parsed, (empty.id,)).problem(
            "order",
            f"{empty.id!r} has no day left: {empty.hint}; look at date and until, at its order, and when its sources were published",
        )


def _spans(parsed: ParsedBatch, claims: Sequence[Claim]) -> Iterator[Problem]:
    for claim in claims:
        first, last = ("date", "until") if claim.kind.startswith("event/") else ("from", "until")
        if (
            first in claim.values
            and last in claim.values
            and When.parse(claim.values[last]).hi < When.parse(claim.values[first]).lo
        ):
            whose = "" if claim.subject == claim.record else f"{claim.kind} of "
            message = f"{whose}{claim.record!r} ends in {claim.values[last]}, before it begins in {claim.values[first]}"
            yield _where(parsed, (claim.unit,)).problem("span", message)


def _where(parsed: ParsedBatch, ids: Sequence[str]) -> SourcePosition:
    found = [parsed.definitions[one].position for one in ids if one in parsed.definitions]
    return found[0] if found else SourcePosition("the graph", 1, 1)
