"""Checks a parsed batch against itself and the stored state: references, ids, cycles, rules of harm, order in time.

The last check projects the batch; the plan uses the same projection.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import Final

from graph_api.errors import InvalidValue, Problem
from graph_api.evidence.audience import complete_records, for_audience
from graph_api.evidence.bounds import LAST_STAGES
from graph_api.evidence.claims import Claim, links_of, references_of
from graph_api.evidence.event_projection import ORDERING
from graph_api.evidence.merging import merged_ids, merged_records
from graph_api.evidence.order import EmptyBounds, OrderCycle
from graph_api.evidence.origins import source_facts
from graph_api.evidence.projection import ProjectedRecord, project
from graph_api.evidence.withholding import project_public
from graph_api.ingest.batch import ParsedBatch
from graph_api.ingest.judgements import contradictions
from graph_api.ingest.moved_ids import check_moved
from graph_api.ingest.order_problems import hidden_order_problems, order_problems
from graph_api.ingest.references import fits, missing_references, one_of_kinds, with_article
from graph_api.ingest.stored_state import BatchScope, StoredContext
from graph_api.ontology.event_types import KINDS_OF_EVENTS
from graph_api.ontology.vocabulary import Role, Sensitivity, SourceKind
from graph_api.values.dates import When

NAMING_SOURCE_KINDS: Final = frozenset(
    {SourceKind.COURT_RECORD, SourceKind.OFFICIAL, SourceKind.INTERGOVERNMENTAL, SourceKind.NGO}
)
"""The kinds of sources on whose word a judge or an alleged perpetrator is named."""

RESTRICTED_NAMING_ROLES: Final = frozenset({Role.JUDGE.value, Role.PERPETRATOR.value})

CONTAINMENT: Final = ("part-of", "within", "total", "derived-from")
"""Links that must not form a cycle."""

MAX_NAMED: Final = 10
"""How many records a message names."""


@dataclass(frozen=True, slots=True)
class LoadBatch:
    """A batch that has been checked: its claims for the audience, the stored claims that stay beside them, withheld ids.

    ``records`` is the projection of both, empty where there are problems; ``defined`` counts the records that the batch defines.
    ``reduced`` are the claims of the batch that a public graph does not get as they stand, because somebody may be within reach.
    """

    claims: tuple[Claim, ...]
    retained: tuple[Claim, ...]
    withheld: tuple[str, ...]
    defined: int
    records: Mapping[str, ProjectedRecord] = field(default_factory=dict)
    reduced: tuple[Claim, ...] = ()


def batch_scope(parsed: ParsedBatch) -> BatchScope:
    """Return the ids of a batch that decide which stored state it affects."""
    claims = parsed.claims
    return BatchScope(
        definitions={record: definition.kind for record, definition in parsed.definitions.items()},
        referenced=frozenset(reference.target for reference in parsed.references),
        withheld=frozenset(parsed.withheld),
        removed_units=parsed.removed_units,
        records=frozenset(claim.record for claim in claims),
        restricted=frozenset(claim.record for claim in claims if claim.sensitivity is not Sensitivity.PUBLIC),
        preceding=frozenset(
            target
            for claim in claims
            for prop, target in links_of(claim)
            if prop.name in (*ORDERING, "part-of", "replaces")
        ),
        subjects=frozenset(claim.values["who"] for claim in claims if _is_subject(claim)),
        deceased=frozenset(
            claim.values["who"]
            for claim in claims
            if _is_subject(claim)
            and (of := parsed.definitions.get(claim.record)) is not None
            and of.kind in _LAST_KINDS
        ),
        sources=frozenset(cited_sources(claims)),
        containers=frozenset(containers(claims)),
        merged=frozenset(merged_records(claims)),
    )


_LAST_KINDS: Final = frozenset(
    f"event/{one.kind.value}" for one in KINDS_OF_EVENTS.values() if one.stage in LAST_STAGES
)


def _is_subject(claim: Claim) -> bool:
    return claim.kind == "participants" and claim.values.get("role") == Role.SUBJECT.value and "who" in claim.values


def cited_sources(claims: Iterable[Claim]) -> set[str]:
    """Return the sources that claims cite, and those from which sources are derived."""
    found: set[str] = set()
    for claim in claims:
        found |= {claim.citation.source} if claim.citation else set()
        found |= set(claim.values.get("derived-from", ())) if claim.kind == "source" else set()
    return found


def containers(claims: Iterable[Claim]) -> set[str]:
    """Return the records that claims put others into."""
    return {target for claim in claims for prop, target in links_of(claim) if prop.name in CONTAINMENT}


def validate(
    parsed: ParsedBatch, context: StoredContext, audience: Sensitivity
) -> tuple[LoadBatch, tuple[Problem, ...]]:
    """Return the checked batch and its problems; it may be loaded where there are none.

    Three rounds, each only where the one before found no problem: values, spans and references; stored records that go or change their
    kind; order in time, which is looked at beside other problems for the entries that have none.
    """
    retained = _retained_claims(parsed, context)
    visible = for_audience(parsed.claims, audience, retained, context.named_elsewhere)
    problems = [
        *parsed.problems,
        *_withheld(parsed, context),
        *missing_references(parsed, context),
        *_ids(parsed, context),
    ]
    problems += _cycles(parsed, [*context.ancestors, *retained, *parsed.claims])
    problems += [*_check_naming_policy(parsed, every := [*retained, *parsed.claims]), *_choices(parsed, every)]
    problems += check_moved(parsed, context.claims, retained)
    problems += [*contradictions(parsed, every), *_spans(parsed, visible)]
    if not problems:
        removed = _removed_records(parsed, context, [*retained, *visible])
        retained = [claim for claim in retained if claim.record not in removed]
        problems += [*_dangling_references(parsed, retained, removed), *_changed_kinds(parsed, context, retained)]
    records: Mapping[str, ProjectedRecord] = {}
    if not problems:
        problems += _sources(parsed, visible)
    reduced: tuple[Claim, ...] = ()
    if problems:
        problems += hidden_order_problems(parsed, problems, [*retained, *visible], context.within)
    else:
        try:
            public = visible
            retained, visible, records = _project(parsed, context, retained, public, audience)
            left = {claim.id for claim in visible}
            reduced = tuple(claim for claim in public if claim.id not in left)
        except (OrderCycle, EmptyBounds) as error:
            problems += order_problems(parsed, error, [*retained, *visible], context.within)
    defined = sum(1 for one in parsed.definitions.values() if one.kind != "claims")
    batch = LoadBatch(tuple(visible), tuple(retained), tuple(sorted(parsed.withheld)), defined, records, reduced)
    return batch, tuple(sorted(set(problems)))


def _project(
    parsed: ParsedBatch, context: StoredContext, retained: list[Claim], visible: list[Claim], audience: Sensitivity
) -> tuple[list[Claim], list[Claim], Mapping[str, ProjectedRecord]]:
    """Return the stored claims that stay, the claims to be stored, and the records that follow from both.

    A stored claim that has to be withheld now is replaced by what is left of it.
    """
    if audience is Sensitivity.RESTRICTED:
        return retained, visible, project([*retained, *visible], context.within)
    found = project_public(
        [*retained, *visible],
        [*retained, *parsed.claims],
        context.named_elsewhere,
        context.people | {record for record, definition in parsed.definitions.items() if definition.kind == "person"},
        context.locations,
        context.within,
    )
    stored = {claim.id for claim in retained}
    return (
        [claim for claim in found.claims if claim.id in stored],
        [claim for claim in found.claims if claim.id not in stored],
        found.records,
    )


def _retained_claims(parsed: ParsedBatch, context: StoredContext) -> list[Claim]:
    """Return the stored claims that stay: an entry replaces the claims that it made before; removed and withheld ones go."""
    replaced = parsed.definitions.keys() | parsed.removed_units
    return [
        claim
        for claim in context.claims
        if claim.unit not in replaced and not {claim.unit, claim.record} & parsed.withheld.keys()
    ]


def _choices(parsed: ParsedBatch, claims: Sequence[Claim]) -> Iterator[Problem]:
    """Check that a choice picks a value that a source states, and that a property has one choice."""
    chosen: dict[tuple[str, str], str] = {}
    for choice in (claim for claim in claims if claim.is_choice and not claim.is_judgement):
        [(name, value)] = choice.values.items()
        first = chosen.setdefault((choice.subject, name), choice.unit)
        if choice.unit not in parsed.definitions:
            continue
        position = parsed.definitions[choice.unit].position
        stated = [
            c.values[name] for c in claims if c.subject == choice.subject and name in c.values and not c.is_choice
        ]
        of = f"of {name} of {choice.subject!r}"
        if first != choice.unit:
            yield position.problem("choices", f"Second choice {of}: expected one, {first!r} is there already.")
        elif value not in stated:
            yield position.problem("choices", f"Invalid choice {of}: expected a value that a source states.")


def _withheld(parsed: ParsedBatch, context: StoredContext) -> Iterator[Problem]:
    withheld = context.withheld | set(parsed.withheld)
    for record, definition in parsed.definitions.items():
        if record in withheld:
            yield definition.position.problem("withheld", f"Withheld id {record!r}: it cannot be loaded.")
    for reference in parsed.references:
        if reference.target in withheld:
            message = f"Withheld id {reference.target!r} in {reference.name}: it cannot be referred to."
            yield reference.position.problem("withheld", message)


def _ids(parsed: ParsedBatch, context: StoredContext) -> Iterator[Problem]:
    """Check that no id is used for a record of another kind; ids are unique over all kinds and never re-used."""
    for record, definition in parsed.definitions.items() if not parsed.is_restored else ():
        stored = context.kinds.get(record) if record not in parsed.moved else None
        if stored is not None and stored.partition("/")[0] != definition.kind.partition("/")[0]:
            owner = with_article(stored)
        elif stored is None and record in context.units and definition.kind != "claims":
            owner = "an entry of claims:"
        else:
            continue
        message = f"Id {record!r} is in use by {owner} in the graph: expected a new id, ids are never re-used."
        yield definition.position.problem("unique-id", message)


def _cycles(parsed: ParsedBatch, claims: Sequence[Claim]) -> Iterator[Problem]:
    """Find cycles of containment, also those of which different sources state the steps."""
    for name in CONTAINMENT:
        parents: dict[str, set[str]] = {}
        for claim in claims:
            for prop, target in links_of(claim):
                if prop.name == name and target != claim.record:  # a problem of its own
                    parents.setdefault(claim.record, set()).add(target)
        while (cycle := _cycle({one: sorted(parents[one]) for one in sorted(parents)})) is not None:
            closed = (*cycle, cycle[0])
            if {*cycle} & parsed.definitions.keys():
                steps = (" from " if name == "derived-from" else " in ").join(closed)
                yield parsed.position_of(cycle).problem("circle", f"Cycle in {name}: {steps}.")
            for one, parent in pairwise(closed):
                parents[one].discard(parent)


def _cycle(parents: dict[str, list[str]]) -> tuple[str, ...] | None:
    """Return one cycle from its smallest id on, each before its parent."""
    try:
        TopologicalSorter(parents).prepare()
    except CycleError as error:
        upward: list[str] = error.args[1][:0:-1]
        first = upward.index(min(upward))
        return (*upward[first:], *upward[:first])
    return None


def _check_naming_policy(parsed: ParsedBatch, claims: Sequence[Claim]) -> Iterator[Problem]:
    """Check that judges and alleged perpetrators are named on the word of a source that may name them."""
    source_kinds = {c.record: SourceKind(c.values["kind"]) for c in claims if c.kind == "source" and "kind" in c.values}
    naming: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.is_of_nested_record and claim.values.get("role") in RESTRICTED_NAMING_ROLES:
            naming.setdefault(claim.subject, []).append(claim)
    for own in naming.values():
        sources = [claim.citation.source for claim in own if claim.citation]
        affected = [one for one in (*(claim.unit for claim in own), *sources) if one in parsed.definitions]
        if affected and not {source_kinds.get(source) for source in sources} & NAMING_SOURCE_KINDS:
            role, who, record = str(own[0].values["role"]).lower(), str(own[0].values["who"]), own[0].record
            at = (r.position for r in parsed.references if (r.record, r.name, r.target) == (record, "who", who))
            yield next(at, parsed.definitions[affected[0]].position).problem(
                "do-no-harm",
                f"{who!r} is named as {role} of {record!r} without a court record, official, intergovernmental or NGO source: "
                "expected a citation of one, or no name.",
            )


def _removed_records(parsed: ParsedBatch, context: StoredContext, after: Sequence[Claim]) -> frozenset[str]:
    """Return the stored records that this batch removes: withheld, or without the claims that a record needs."""
    complete = complete_records(after)
    replaced = parsed.definitions.keys() | parsed.removed_units
    return frozenset(
        one for one in context.kinds if one in parsed.withheld or (one in replaced and one not in complete)
    )


def _dangling_references(parsed: ParsedBatch, retained: Sequence[Claim], removed: frozenset[str]) -> Iterator[Problem]:
    referring: dict[str, set[str]] = {}
    for claim in retained:
        judged = (("records", one) for one in merged_ids(claim))  # no link, and yet the id would go on to answer
        for name, target in (*references_of(claim), *judged):
            if target in removed:
                referring.setdefault(target, set()).add(f"{claim.record} ({name})")
    for target, records in sorted(referring.items()):
        others = f" and {len(records) - MAX_NAMED} more" if len(records) > MAX_NAMED else ""
        position = parsed.withheld.get(target) or parsed.position_of([target])
        yield position.problem(
            "still-named",
            f"Cannot remove {target!r}: stored records refer to it, {', '.join(sorted(records)[:MAX_NAMED])}{others}. "
            "Load their entries without it in the same batch.",
        )


def _changed_kinds(parsed: ParsedBatch, context: StoredContext, retained: Sequence[Claim]) -> Iterator[Problem]:
    stored = context.kinds
    changed = {
        one: definition.kind
        for one, definition in parsed.definitions.items()
        if stored.get(one, definition.kind) != definition.kind and definition.kind != "claims"
    }
    for claim in retained:
        if claim.record in changed:
            yield parsed.definitions[claim.record].position.problem(
                "kind",
                f"Cannot change {claim.record!r} from {with_article(stored[claim.record])} to {with_article(changed[claim.record])}: "
                f"the entry of claims: {claim.unit!r} is about it. Load that entry in the same batch.",
            )
        for prop, target in links_of(claim):
            if target in changed and not fits(changed[target], prop.targets):
                yield parsed.definitions[target].position.problem(
                    "kind",
                    f"Cannot change {target!r} to {with_article(changed[target])}: {claim.record!r} refers to it as its {prop.name}, "
                    f"which must be {one_of_kinds(prop.targets)}. Load that entry in the same batch.",
                )


# ── time ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _sources(parsed: ParsedBatch, claims: Sequence[Claim]) -> Iterator[Problem]:
    """Check that the day from which each source is known can be computed."""
    for claim in claims:
        if claim.kind == "source":
            try:
                source_facts(claim)
            except InvalidValue as error:
                yield parsed.definitions[claim.record].position.problem("known-from", f"published: {error}")


def _spans(parsed: ParsedBatch, claims: Sequence[Claim]) -> Iterator[Problem]:
    for claim in claims:
        start, end = ("date", "until") if claim.kind.startswith("event/") else ("from", "until")
        if start not in claim.values or end not in claim.values:
            continue
        first, last = claim.values[start], claim.values[end]
        if When.parse(last).hi < When.parse(first).lo:
            parsed.faulty.add(claim.record)
            is_own = claim.subject == claim.record
            whose = "" if is_own else f"{claim.kind} of "
            message = f"Invalid span of {whose}{claim.record!r}: it ends in {last}, before it begins in {first}."
            yield parsed.definitions[claim.unit].locate(("until",) if is_own else ()).problem("span", message)
