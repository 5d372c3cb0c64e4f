"""A prepared load as text, Markdown and JSON: what changes, with old and new values, what follows, and what has to be decided."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from difflib import unified_diff
from typing import Any, Final

from graph_api.evidence.merging import merged, merges
from graph_api.ingest.batch import display_kind
from graph_api.ingest.consequences import (
    FieldChange,
    OrderChange,
    RecordChange,
    order_changes,
    record_changes,
)
from graph_api.ingest.decisions import Decisions, Demand, demands, missing_decisions
from graph_api.ingest.load_size import APPLIED, SAID
from graph_api.ingest.prepare import PreparedLoad
from graph_api.ingest.report import counted, unneeded_text

MAX_RECORDS: Final = 200
"""How many records the text of a plan lists; --json lists all."""


@dataclass(frozen=True, slots=True)
class ListChange:
    """A list of the cookbook that somebody enters or leaves, by id. ``count`` is the difference of its total."""

    title: str
    entered: tuple[str, ...]
    left: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class PlanReport:
    """What a load would change and what follows from it. ``lists`` is None where nobody looked.

    ``answers`` are those to an operation before and after the load.
    """

    title: str
    number: int
    content_hash: str
    records: tuple[RecordChange, ...]
    order: tuple[OrderChange, ...]
    demands: tuple[Demand, ...]
    missing: tuple[Demand, ...]
    notes: tuple[str, ...]
    warnings: tuple[str, ...]
    counts: Mapping[str, int]
    lists: tuple[ListChange, ...] | None = None
    answers: tuple[Mapping[str, Any], Mapping[str, Any]] | None = None

    @property
    def is_empty(self) -> bool:
        """Whether the load changes nothing."""
        return not any(self.counts.values())


def plan_report(
    prepared: PreparedLoad,
    content_hash: str,
    decisions: Decisions,
    *,
    lists: Sequence[ListChange] | None = None,
    migrations: Sequence[str] = (),
) -> PlanReport:
    """Return the report of a prepared load; ``content_hash`` is that of the graph now, ``lists`` are those that change."""
    changes = prepared.plan.changes
    before = merged(prepared.state.context.claims)
    after = merged([*prepared.batch.retained, *prepared.batch.claims])
    records = record_changes(before, after, changes.added, changes.changed, changes.removed)
    order = (
        order_changes(before, prepared.batch.records, prepared.state.context.within, changes.changed)
        if changes.changed
        else ()
    )
    demanded = demands(prepared)
    counts = {
        "added": len(changes.added),
        "changed": len(changes.changed),
        "removed": len(changes.removed),
        "withheld": len(changes.withheld),
        "adopted": len(changes.adopted),
        "claimsAdded": len(changes.new_claims),
        "claimsRemoved": len(changes.removed_claims),
        "collections": len(changes.collections),
    }
    notes = (*_notes(prepared), *(f"pending migrations: {', '.join(migrations)}" for _ in migrations[:1]))
    return PlanReport(
        _title(prepared), prepared.number - 1, content_hash, records, order, demanded, missing_decisions(demanded, decisions),
        notes, tuple(map(str, prepared.warnings)), counts, tuple(lists) if lists is not None else None,
    )  # fmt: skip


def _title(prepared: PreparedLoad) -> str:
    owners = prepared.owners
    if not prepared.entries.files:
        return "plan of a load that puts back what an earlier one changed"
    names = ", ".join(sorted(owners.collections)) or "no collection"
    files = len(prepared.entries.files)
    if owners.collections and owners.whole >= owners.collections.keys():
        extent = f"whole: {files} file{'s' if files != 1 else ''}"
    else:
        extent = f"part: {files} file{'s' if files != 1 else ''}; nothing is removed"
    return f"plan for collection {names} ({extent})"


def _notes(prepared: PreparedLoad) -> Iterator[str]:
    owners = prepared.owners
    for collection, count in sorted(owners.not_examined.items()):
        yield f"{count} other entries of the collection {collection} were not looked at"
    merged_before = merges(prepared.state.context.claims)
    for one, keep in sorted(prepared.plan.into.items()):
        if merged_before.get(one) != keep:
            yield f"{one} is merged into {keep}: its id leads there"
    for one in sorted(merged_before.keys() - prepared.plan.into.keys()):
        yield f"{one} is no longer merged into {merged_before[one]}"
    if owners.adopted:
        yield f"{len(owners.adopted)} entries that had no collection are adopted"
    for one in prepared.plan.changes.collections:
        yield f"the declaration of the collection {one} is stored"
    stated = {claim.unit for claim in prepared.batch.claims} | {*prepared.unneeded}
    hidden = [unit for unit in prepared.parsed.definitions if unit not in stated]
    if hidden:
        are = "entry is" if len(hidden) == 1 else "entries are"
        yield f"{len(hidden)} {are} not for the audience {prepared.audience.value.lower()}: not loaded"
    size = prepared.size
    if size.share > SAID:
        yield size.text
    if size.is_too_large:
        yield APPLIED
    if prepared.unneeded:
        yield unneeded_text(prepared.unneeded)


# ── text ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def format_plan_text(report: PlanReport) -> str:
    """Return a report as text."""
    graph = f"graph: load {report.number}, hash {report.content_hash[:8]}…" if report.number else "graph: empty"
    lines = [f"{report.title}          {graph}"]
    if report.is_empty:
        return "\n".join([*lines, *report.notes, "no changes"])
    lines += ["", *_records_text(report.records), *_follows_text(report)]
    lines += [f"  {one}" for one in report.notes]
    if report.warnings:
        lines += ["look again", *(f"  warning: {one}" for one in counted(report.warnings))]
    if report.demands:
        lines.append("to be decided")
        missing = {one.option + one.message for one in report.missing}
        for one in report.demands:
            state = "" if one.option + one.message in missing else " (decided)"
            lines.append(f"  {one.option:10} {one.message}{state}")
    return "\n".join([*lines, *_answers_text(report), _summary(report)])


def _answers_text(report: PlanReport) -> Iterator[str]:
    if report.answers is not None:
        before, after = (
            json.dumps(one, ensure_ascii=False, indent=2, sort_keys=True).splitlines() for one in report.answers
        )
        yield "answer to the operation"
        yield from list(unified_diff(before, after, lineterm="", n=3))[2:] or ["  unchanged"]


def _records_text(records: Sequence[RecordChange]) -> Iterator[str]:
    widest = max((len(one.id) for one in records[:MAX_RECORDS]), default=0)
    for one in records[:MAX_RECORDS]:
        claims = [
            f"{sign}{count}" for sign, count in (("+", one.claims_added), ("-", one.claims_removed)) if count
        ]  # fmt: skip
        shown = f"claims {' '.join(claims)}" if one.sign == "~" and claims else one.title or display_kind(one.kind)
        yield f"  {one.sign} {_kind(one.kind):8} {one.id:{widest}}  {shown}".rstrip()
        yield from (f"      {line}" for field in one.fields for line in _field_text(field))
    if len(records) > MAX_RECORDS:
        yield f"  and {len(records) - MAX_RECORDS} more records (--json lists all)"


def _kind(kind: str) -> str:
    return kind.partition("/")[0]


def _field_text(field: FieldChange) -> Iterator[str]:
    changed = f"{field.before or '(none)'} → {field.after or '(none)'}"
    value = f"{field.after}  (unchanged)" if field.before == field.after else changed
    more = [f"also said: {one}" for one in field.added] + [f"no longer said: {one}" for one in field.removed]
    yield "   ".join([f"{field.name:10} {value}", *more, *([field.dispute] if field.dispute else [])])


def _follows_text(report: PlanReport) -> Iterator[str]:
    lines = [
        f"  order     {one.subject}: {one.first} before {one.second}   {one.before} → {one.after}"
        for one in report.order
    ]
    if report.counts["changed"] and not report.order:
        lines.append("  order     unchanged")
    for one in report.lists or ():
        moved = [*(f"−{id_}" for id_ in one.left), *(f"+{id_}" for id_ in one.entered)]
        count = f"{one.count:+d}".replace("-", "−")
        lines.append(f"  lists     {one.title}: {count}: {', '.join(moved)}")
    if report.lists is not None and not report.lists:
        lines.append("  lists     nobody enters or leaves a list of the cookbook")
    if lines:
        yield "what follows"
        yield from lines


def _summary(report: PlanReport) -> str:
    counts = report.counts
    more = "".join(f", {counts[word]} {word}" for word in ("withheld", "adopted") if counts[word])
    return (
        f"{counts['added']} added, {counts['changed']} changed, {counts['removed']} removed{more}; "
        f"claims: {counts['claimsAdded']} added, {counts['claimsRemoved']} removed"
    )


def format_plan_json(report: PlanReport) -> dict[str, Any]:
    """Return a report as JSON."""
    return {
        "title": report.title,
        "load": report.number,
        "contentHash": report.content_hash,
        **report.counts,
        "records": [asdict(one) for one in report.records],
        "order": [asdict(one) for one in report.order],
        "answers": {"before": report.answers[0], "after": report.answers[1]} if report.answers else None,
        "lists": [asdict(one) for one in report.lists] if report.lists is not None else None,
        "demands": [asdict(one) for one in report.demands],
        "missing": [one.option for one in report.missing],
        "notes": list(report.notes),
        "warnings": list(report.warnings),
    }


def format_plan_markdown(report: PlanReport) -> str:
    """Return a report as Markdown, for a comment on a pull request."""
    state = "needs a decision" if report.missing else "no changes" if report.is_empty else "can be applied"
    return "\n".join([f"**{report.title}**: {state}", "", "```", format_plan_text(report), "```"])
