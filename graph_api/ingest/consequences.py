"""What follows from a load: values with their old and new form, disputes, and which events are surely before others; pure.

Computed from the stored claims that a load affects and the claims that it leaves, by the same projection as the records.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Any, Final

from graph_api.compiler.difference_text import display
from graph_api.evidence.claims import Claim
from graph_api.evidence.origins import source_facts
from graph_api.evidence.projection import ProjectedRecord, project
from graph_api.evidence.resolved_record import ResolvedRecord, by_subject, resolve
from graph_api.ontology.names import Label, Rel
from graph_api.values.value_type import shorten

ALWAYS: Final = "for all dates"
SOMETIMES: Final = "for some dates"
NEVER: Final = "for no date"
MAX_VALUE: Final = 80


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A property of a record whose shown value, dispute or other reports change. ``added`` and ``removed`` are reports beside the shown value.

    ``before`` and ``after`` are empty where nothing is shown.
    """

    name: str
    before: str
    after: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    dispute: str = ""


@dataclass(frozen=True, slots=True)
class RecordChange:
    """A record that is added, changed or removed, with its kind and what it is called."""

    sign: str
    id: str
    kind: str
    title: str
    claims_added: int = 0
    claims_removed: int = 0
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class OrderChange:
    """Two events of one subject of which it is no longer, or now, sure that the one is before the other."""

    subject: str
    first: str
    second: str
    before: str
    after: str


def record_changes(
    before: Sequence[Claim],
    after: Sequence[Claim],
    added: Iterable[str],
    changed: Iterable[str],
    removed: Iterable[str],
) -> tuple[RecordChange, ...]:
    """Return the changes of these records, from the claims before and after a load."""
    old, new = _resolved(before), _resolved(after)
    counts = _claim_counts(before, after)
    found = []
    for sign, ids in (("+", added), ("~", changed), ("-", removed)):
        for id_ in sorted(ids):
            one = (new if id_ in new else old).get(id_, {}).get(id_)
            kind = one.claims[0].kind if one else "record"
            fields = tuple(_fields(old.get(id_, {}), new.get(id_, {}))) if sign == "~" else ()
            found.append(RecordChange(sign, id_, kind, _title(one), *counts.get(id_, (0, 0)), fields))
    return tuple(found)


def _claim_counts(before: Sequence[Claim], after: Sequence[Claim]) -> dict[str, tuple[int, int]]:
    old, new = {claim.id: claim for claim in before}, {claim.id: claim for claim in after}
    counts: dict[str, tuple[int, int]] = {}
    for claims, rest, place in ((new, old, 0), (old, new, 1)):
        for id_, claim in claims.items():
            if id_ not in rest:
                more, fewer = counts.get(claim.record, (0, 0))
                counts[claim.record] = (more + 1, fewer) if place == 0 else (more, fewer + 1)
    return counts


def _resolved(claims: Sequence[Claim]) -> dict[str, dict[str, ResolvedRecord]]:
    """Return each record and its nested records with their resolved values, by record and subject."""
    sources = {claim.record: source_facts(claim) for claim in claims if claim.kind == "source"}
    found: dict[str, dict[str, ResolvedRecord]] = {}
    for subject, own in by_subject(claims).items():
        if not all(claim.is_choice for claim in own):
            found.setdefault(own[0].record, {})[subject] = resolve(subject, own, sources, {})
    return found


def _title(one: ResolvedRecord | None) -> str:
    shown = one.shown if one else {}
    return next((shorten(display(shown[name].value)) for name in ("name", "title") if name in shown), "")


def _fields(old: Mapping[str, ResolvedRecord], new: Mapping[str, ResolvedRecord]) -> Iterable[FieldChange]:
    for subject in sorted({*old, *new}):
        one, other = old.get(subject), new.get(subject)
        if (one or other).claims[0].is_of_nested_record:  # type: ignore[union-attr]
            before, after = _part(one), _part(other)
            if before != after:
                yield FieldChange((one or other).claims[0].kind, before, after)  # type: ignore[union-attr]
            continue
        for name in sorted({*(one.shown if one else ()), *(other.shown if other else ())}):
            if (change := _field(name, one, other)) is not None:
                yield change


def _part(one: ResolvedRecord | None) -> str:
    return ", ".join(display(value.value) for _, value in sorted(one.shown.items(), reverse=True)) if one else ""


def _field(name: str, old: ResolvedRecord | None, new: ResolvedRecord | None) -> FieldChange | None:
    before, after = _shown(old, name), _shown(new, name)
    reports, left = _reports(old, name, before), _reports(new, name, after)
    was, is_now = _is_disputed(old, name), _is_disputed(new, name)
    dispute = "" if was == is_now else "DISPUTED, new" if is_now else "no longer disputed"
    added, removed = tuple(sorted(left - reports)), tuple(sorted(reports - left))
    if before == after and not (added or removed or dispute):
        return None
    return FieldChange(name, before, after, added, removed, dispute)


def _shown(one: ResolvedRecord | None, name: str) -> str:
    return shorten(display(one.shown[name].value), MAX_VALUE) if one and name in one.shown else ""


def _is_disputed(one: ResolvedRecord | None, name: str) -> bool:
    return bool(one and name in one.shown and one.shown[name].is_disputed)


def _reports(one: ResolvedRecord | None, name: str, shown: str) -> set[str]:
    """Return what claims state of a property beside the shown value, each with its source."""
    found = set()
    for claim in one.claims if one else ():
        if name in claim.values and (value := shorten(display(claim.values[name]), MAX_VALUE)) != shown:
            cited = f", {claim.citation.source} {claim.citation.at}" if claim.citation else ""
            found.add(f"{value}{cited}")
    return found


# ── order ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def order_changes(
    before: Sequence[Claim], after: Mapping[str, ProjectedRecord], within: Mapping[str, str], changed: Iterable[str]
) -> tuple[OrderChange, ...]:
    """Return the pairs of events of one person of which the order becomes more or less sure; one of them is a changed event."""
    touched = {*changed}
    old = project(before, within)
    lives, new_lives = _lives(old), _lives(after)
    found = []
    for subject in sorted(lives.keys() & new_lives.keys()):
        both = sorted(lives[subject] & new_lives[subject])
        for first, second in permutations(both, 2):
            if {first, second} & touched:
                was, is_now = _certainty(old, first, second), _certainty(after, first, second)
                if was != is_now and ALWAYS in (was, is_now):
                    found.append(OrderChange(subject, first, second, was, is_now))
    return tuple(found)


def _lives(records: Mapping[str, ProjectedRecord]) -> dict[str, set[str]]:
    """Return the events of each person, without those that sources only announce."""
    people = {id_ for id_, one in records.items() if Label.PERSON.value in one.node.labels}
    lives: dict[str, set[str]] = {}
    for id_, one in records.items():
        for link in one.links:
            if link.type == Rel.TOOK_PART.value and link.start in people and not one.node.properties.get("announced"):
                lives.setdefault(link.start, set()).add(id_)
    return lives


def _certainty(records: Mapping[str, ProjectedRecord], first: str, second: str) -> str:
    a, b = records[first], records[second]
    if _follows(b, first) or _day(a, "date_hi") < _day(b, "date_lo"):
        return ALWAYS
    return SOMETIMES if _day(a, "date_lo") < _day(b, "date_hi") and not _follows(a, second) else NEVER


def _follows(one: ProjectedRecord, earlier: str) -> bool:
    return any(link.type == Rel.FOLLOWS.value and link.end == earlier for link in one.links)


def _day(one: ProjectedRecord, key: str) -> Any:
    default = float("inf") if key == "date_hi" else float("-inf")
    return one.node.properties.get(key, default)
