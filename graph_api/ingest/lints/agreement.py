"""Lints about what sources say of one person: a source that differs from all others may be about another person of that name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from graph_api.evidence.claims import exact_kind
from graph_api.evidence.resolution import compatible
from graph_api.ingest.lints.facts import BatchFacts, Finding, LintedRecord
from graph_api.ontology.properties import Property

MANY: Final = 2
"""From so many other sources, and in so many values, a source differs that stands alone: one value that differs is a difference like any other."""
COMMON: Final = frozenset({"sex", "category", "kind"})
"""Properties of which most people have one of two or three values: that two sources agree on them does not say that they mean one person."""


@dataclass(frozen=True, slots=True)
class _Statement:
    """What a source states of a property of a record, and the entry where it stands."""

    source: str
    value: object
    record: str
    name: str
    unit: str


def alone(facts: BatchFacts) -> Iterator[Finding]:
    """Find sources that differ in several values from at least two others, on a person and what happened to this person alone, and agree with none."""
    for person in facts.of_kind("person"):
        events = [one for one in facts.lives.get(person.id, ()) if {*one.subjects()} == {person.id}]
        differs: dict[str, list[_Statement]] = {}
        others: dict[str, set[str]] = {}
        agrees: set[str] = set()
        for prop, stated in _compared([person, *events]):
            for a, b in combinations(stated, 2):
                if a.source == b.source:
                    continue
                if compatible(prop, prop.value_type.load(a.value), prop.value_type.load(b.value)):
                    agrees |= set() if prop.name in COMMON else {a.source, b.source}
                    continue
                for one, other in ((a, b), (b, a)):
                    differs.setdefault(one.source, []).append(one)
                    others.setdefault(one.source, set()).add(other.source)
        for source, against in others.items():
            values = {(one.record, one.name) for one in differs[source]}
            if source not in agrees and min(len(against), len(values)) >= MANY:
                yield _finding(facts, person.id, source, differs[source], len(against))


def _compared(records: list[LintedRecord]) -> Iterator[tuple[Property, list[_Statement]]]:
    """Yield each property on which claims can differ with what several sources state of it on one record."""
    for record in records:
        cited = [one for one in record.claims if one.citation is not None]
        if len({one.citation.source for one in cited if one.citation}) < 2:
            continue
        for prop in exact_kind(record.kind).properties:
            if prop.is_exclusive and not prop.many:
                stated = [
                    _Statement(one.citation.source, one.values[prop.name], record.id, prop.name, one.unit)
                    for one in cited
                    if one.citation and prop.name in one.values
                ]
                if len({one.source for one in stated}) > 1:
                    yield prop, stated


def _finding(facts: BatchFacts, person: str, source: str, stated: list[_Statement], sources: int) -> Finding:
    """Return the finding at the first entry of the batch with such a value; where there is none, it stands in the graph already."""
    of_unit = {one.unit: one for one in reversed(stated)}
    first = next((of_unit[one] for one in facts.defined if one in of_unit), stated[0])
    records = len({one.record for one in stated})
    message = (
        f"{source!r} disagrees with {sources} other sources on {records} record{'s' if records > 1 else ''} about {person!r} and agrees "
        "with none: expected a source about the same person, or accept: with a reason."
    )
    path = (first.name, first.value) if isinstance(first.value, str) else (first.name,)
    return Finding(first.record, "alone-against-many", message, path, first.unit)


RULES: Final = (alone,)
