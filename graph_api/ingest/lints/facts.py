"""What the lints read of a batch: its records with every value that it states of them, and who took part in which event."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, TypeAlias

from graph_api.evidence.claims import Claim
from graph_api.ingest.batch import ParsedBatch
from graph_api.ontology.vocabulary import Role
from graph_api.values.dates import When


@dataclass(slots=True)
class LintedRecord:
    """A record of the batch: its kind as seed files write it, and the claims about it and its nested records."""

    id: str
    kind: str
    claims: list[Claim] = field(default_factory=list)
    parts: list[Claim] = field(default_factory=list)

    @property
    def is_event(self) -> bool:
        """Whether it is an event."""
        return self.kind.startswith("event/")

    @property
    def event(self) -> str:
        """The kind of event, such as CONVICTION; empty for other records."""
        return self.kind.partition("/")[2]

    @property
    def is_announced(self) -> bool:
        """Whether sources only announce it."""
        return bool(self.claims) and all(one.announced for one in self.claims)

    def values(self, name: str) -> list[Any]:
        """Return every value of a property, the items of lists one by one."""
        found = [one.values[name] for one in self.claims if name in one.values]
        return [item for one in found for item in (one if isinstance(one, list) else [one])]

    def subjects(self) -> list[str]:
        """Return who is the subject of an event."""
        return [one.values["who"] for one in self.parts if one.values.get("role") == Role.SUBJECT.value]

    def days(self, name: str = "date") -> tuple[date, date]:
        """Return the first and last day that all dates of a property allow; all days where none is stated."""
        points = [When.parse(str(one)) for one in self.values(name)]
        first = [one.earliest or date.min for one in points]
        last = [one.latest or date.max for one in points]
        return min(first, default=date.min), max(last, default=date.max)


@dataclass(frozen=True, slots=True)
class BatchFacts:
    """The records of a batch by id with what the graph states of them, and the events of which each person or group is the subject.

    ``kinds`` are those of all records that the batch names, ``defined`` the ids of its entries in their order.
    ``withheld`` are the claims of the batch that a public graph does not get as they stand, because somebody may be within reach.
    """

    records: Mapping[str, LintedRecord]
    lives: Mapping[str, Sequence[LintedRecord]]
    kinds: Mapping[str, str]
    withheld: Sequence[Claim]
    today: date
    defined: Collection[str] = ()

    def of_kind(self, *kinds: str) -> Iterator[LintedRecord]:
        """Yield the records of these kinds."""
        return (one for one in self.records.values() if one.kind in kinds)

    def events(self, *kinds: str) -> Iterator[LintedRecord]:
        """Yield the events of these kinds, or all of them, which sources report as past."""
        return (
            one
            for one in self.records.values()
            if one.is_event and not one.is_announced and (not kinds or one.event in kinds)
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule finds in a record: a code, a message, and the path of keys and texts that leads to the place in its entry.

    ``unit`` is the entry where it stands, where that is not the one that defines the record.
    """

    record: str
    code: str
    message: str
    path: tuple[str, ...] = ()
    unit: str = ""


Rule: TypeAlias = Callable[[BatchFacts], Iterator[Finding]]


def batch_facts(
    parsed: ParsedBatch,
    today: date,
    kinds: Mapping[str, str] = MappingProxyType({}),
    retained: Sequence[Claim] = (),
    withheld: Sequence[Claim] = (),
) -> BatchFacts:
    """Return what the lints read of a batch, and of the stored claims that stay beside it."""
    stored = {one.record: one.kind for one in retained if not one.is_of_nested_record}
    known = {**kinds, **stored, **{id_: one.kind for id_, one in parsed.definitions.items() if one.kind != "claims"}}
    records: dict[str, LintedRecord] = {}
    for claim in (*retained, *parsed.claims):
        if (not claim.is_choice or claim.is_judgement) and claim.record in known:
            record = records.setdefault(claim.record, LintedRecord(claim.record, known[claim.record]))
            (record.parts if claim.is_of_nested_record else record.claims).append(claim)
    lives: dict[str, list[LintedRecord]] = {}
    for record in records.values():
        if record.is_event and not record.is_announced:
            for who in dict.fromkeys(record.subjects()):
                lives.setdefault(who, []).append(record)
    return BatchFacts(records, lives, known, withheld, today, parsed.definitions.keys())
