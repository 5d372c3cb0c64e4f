"""The facts of one person's case file, as values: what the graph holds of the person, with the claims that say it.

``parse_facts`` reads them from the one row of ``cypher/queries/case_file.cypher``. Everything after it is a pure function of these values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import orjson

from graph_api.ontology.vocabulary import EventKind, Modality, Role
from graph_api.values.dates import day_date
from graph_api.values.overlaps import InexactSpan

UNPRINTED: Final = frozenset({"title", "description", "note", "names"})
"""Properties in the words of whoever entered them: no line prints them, and a claim of nothing else says nothing of an event."""


@dataclass(frozen=True, slots=True)
class SaidClaim:
    """What one source says at one place.

    ``shown`` are the properties of which the graph shows this claim's value, ``tied`` those of which no rule decides between it and others.
    """

    id: str
    subject: str
    values: Mapping[str, Any]
    shown: frozenset[str]
    tied: frozenset[str]
    source: str
    locator: str | None = None
    modality: Modality = Modality.STATED
    is_announced: bool = False
    speaker: str | None = None
    speaker_role: str | None = None


@dataclass(frozen=True, slots=True)
class NamedRecord:
    """A record that a line can name."""

    id: str
    type: str
    name: str
    name_uk: str | None = None
    standing: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """A source as references print it. ``repeats`` are the ids of the sources that it repeats; ``known_from`` is a day number."""

    id: str
    title: str
    publisher: str | None = None
    url: str | None = None
    author: str | None = None
    published: str | None = None
    retrieved: str | None = None
    sha256: str | None = None
    archived: str | None = None
    carried_by: str | None = None
    is_origin_checked: bool = False
    repeats: tuple[str, ...] = ()
    known_from: int = 0


@dataclass(frozen=True, slots=True)
class ActingPart:
    """The part that somebody else had in an event: ``subject`` is the id of the part, of which claims are made."""

    subject: str
    role: Role
    who: str


@dataclass(frozen=True, slots=True)
class EventFacts:
    """An event in which the person took part; ``also`` are further parts that the person had in it.

    Days are day numbers; ``follows`` has the events that it came after. ``is_alone`` is true where the event has one subject: whoever states
    anything of it states the subject's part. ``row`` is what is stored, for the rules of status (``evidence.life_events``). ``shown_lo`` and
    ``shown_hi`` are the bounds without the days on which somebody read a source.
    """

    id: str
    kind: EventKind
    part: str
    role: Role
    lo: int
    hi: int
    shown_lo: int
    shown_hi: int
    row: Mapping[str, Any]
    date: str | None = None
    until: str | None = None
    reported: int | None = None
    is_announced: bool = False
    is_alone: bool = True
    side: str | None = None
    disputed: frozenset[str] = frozenset()
    others: tuple[ActingPart, ...] = ()
    follows: frozenset[str] = frozenset()
    also: tuple[ActingPart, ...] = ()

    @property
    def is_subject(self) -> bool:
        """Whether it happened to the person."""
        return self.role is Role.SUBJECT


@dataclass(frozen=True, slots=True)
class DifferenceFacts:
    """A difference on the person or on an event of theirs.

    ``claims`` are those that differ, also those about other records (the numbers of an exchange), ``statements`` what they say, from which it is
    said in words.
    """

    id: str
    kind: str
    property: str | None
    record: str
    claims: tuple[SaidClaim, ...]
    statements: tuple[Sequence[Any], ...]


@dataclass(frozen=True, slots=True)
class StayFacts:
    """A stay of the person at a site; ``start`` and ``end`` are dates as written, the bounds day numbers, ``claims`` what it rests on."""

    id: str
    site: str
    start: str | None
    end: str | None
    bounds: InexactSpan
    is_stated: bool
    claims: tuple[SaidClaim, ...]


@dataclass(frozen=True, slots=True)
class CompanionFacts:
    """A stay of somebody else at the site of the stay ``own``, on the same days."""

    person: str
    own: str
    bounds: InexactSpan
    claims: tuple[SaidClaim, ...]


@dataclass(frozen=True, slots=True)
class AboutFacts:
    """A statement, report or decision about the person, an event or a group of theirs; ``authors`` are ids of records."""

    id: str
    kind: str
    date: str | None
    authors: tuple[str, ...]
    claims: tuple[SaidClaim, ...]


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """A group to which the person is reported to belong; ``claims`` are those that say so."""

    id: str
    claims: tuple[SaidClaim, ...]


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """All facts of one case file; claims by their subject, in the order of their ids.

    ``companions`` are the first of the stays of others on the same days, ``all_companions`` how many there are. ``known`` is the day as of which
    these are the facts (YYYY-MM-DD), empty for today; ``all_sources`` and ``undated_sources`` then say how many sources the graph has, and how
    many without a publication date.
    """

    id: str
    name: str
    names: tuple[Mapping[str, Any], ...]
    category: str | None
    nationalities: tuple[str, ...]
    sex: str | None
    born: str | None
    disputed: frozenset[str]
    events: tuple[EventFacts, ...]
    claims: Mapping[str, tuple[SaidClaim, ...]]
    records: Mapping[str, NamedRecord]
    sources: Mapping[str, SourceRecord]
    differences: tuple[DifferenceFacts, ...]
    audience: str
    snapshot: str
    known_to: str
    stays: tuple[StayFacts, ...] = ()
    companions: tuple[CompanionFacts, ...] = ()
    all_companions: int = 0
    about: tuple[AboutFacts, ...] = ()
    groups: tuple[GroupFacts, ...] = ()
    known: str = ""
    all_sources: int = 0
    undated_sources: int = 0

    def saying(self, subject: str, name: str) -> list[SaidClaim]:
        """Return the claims of sources about ``subject`` that state the value that is shown of a property.

        Where no rule decides between values, they are those of all these values: a date is shown as "31 March or 1 April".
        """
        stating = _past([one for one in self.claims.get(subject, ()) if name in one.values])
        return [one for one in stating if name in one.shown] or [one for one in stating if name in one.tied]

    def reporting(self, event: EventFacts) -> list[SaidClaim]:
        """Return the claims that state the person's part in an event: those of the part, and of an event with one subject all of it."""
        own = [*self.claims.get(event.part, ())]
        if event.is_alone:
            own += [one for one in self.claims.get(event.id, ()) if set(one.values) - UNPRINTED]
        return _past(own)

    def relied_on(self, event: EventFacts) -> list[SaidClaim]:
        """Return the claims that a status relies on: of the person's part, and of the date: those of the same sources where these state it."""
        own = self.reporting(event)
        sources = {one.source for one in own}
        dating = self.saying(event.id, "date")
        return own + ([one for one in dating if one.source in sources] or dating)


def _past(claims: list[SaidClaim]) -> list[SaidClaim]:
    """Return the claims that report something as past; all of them where sources only announced it."""
    return [one for one in claims if not one.is_announced] or claims


def parse_facts(row: Mapping[str, Any]) -> CaseFacts:
    """Return the facts of the row of ``case_file``."""
    person, graph = row["person"], row["graph"] or {}
    known = _day(graph.get("known"))
    claims: dict[str, list[SaidClaim]] = {}
    for one in row["claims"]:
        if one["source"] is not None:  # a steward's choice cites nothing
            claims.setdefault(one["subject"], []).append(_claim(one))
    return CaseFacts(
        person["id"],
        person["name"],
        _names(person["names"]),
        person["category"],
        tuple(person["nationalities"] or ()),
        person["sex"],
        person["born"],
        frozenset(person["disputed"] or ()),
        _events(map(_event, row["events"])),
        {subject: tuple(some) for subject, some in claims.items()},
        {one["id"]: _record(one) for one in row["named"]},
        {one["id"]: _source(one) for one in row["sources"]},
        tuple(sorted(map(_difference, row["differences"]), key=lambda one: one.id)),
        graph.get("audience") or "public",
        graph.get("content_hash") or "",
        known or graph.get("known_to") or "",
        tuple(map(_stay, sorted(row["stays"], key=lambda one: (one["start_hi"], one["id"])))),
        tuple(map(_companion, sorted(row["beside"], key=lambda one: (one["person"], one["id"], one["own"])))),
        row["beside_found"],
        tuple(map(_about, sorted(row["about"], key=lambda one: (one["date"] is None, one["date_lo"], one["id"])))),
        tuple(
            GroupFacts(one["id"], _relied_on(one["claims"]))
            for one in sorted(row["groups"], key=lambda one: str(one["id"]))
        ),
        known,
        graph.get("sources") or 0,
        graph.get("undated_sources") or 0,
    )


def _day(number: int | None) -> str:
    day = None if number is None else day_date(number)
    return day.isoformat() if day else ""


def _stay(row: Mapping[str, Any]) -> StayFacts:
    return StayFacts(
        row["id"], row["site"], row["start"], row["end"], _bounds(row), bool(row["stated"]), _relied_on(row["claims"])
    )


def _companion(row: Mapping[str, Any]) -> CompanionFacts:
    return CompanionFacts(row["person"], row["own"], _bounds(row), _relied_on(row["claims"]))


def _about(row: Mapping[str, Any]) -> AboutFacts:
    return AboutFacts(row["id"], row["kind"], row["date"], tuple(sorted(row["authors"])), _relied_on(row["claims"]))


def _bounds(row: Mapping[str, Any]) -> InexactSpan:
    return (row["start_lo"], row["start_hi"]), (row["end_lo"], row["end_hi"])


def _relied_on(rows: Iterable[Sequence[str]]) -> tuple[SaidClaim, ...]:
    """Return claims of which a stay needs only where they stand."""
    return tuple(
        SaidClaim(id_, "", {}, frozenset(), frozenset(), source, at) for id_, source, at in sorted(rows, key=str)
    )


def _names(text: str | None) -> tuple[Mapping[str, Any], ...]:
    return tuple(orjson.loads(text)) if text else ()


def _claim(row: Mapping[str, Any]) -> SaidClaim:
    values = {name: orjson.loads(text) for name, text in zip(row["properties"], row["values"], strict=True)}
    decided = list(zip(row["properties"], row["preferred"] or (), row["because"] or (), strict=False))
    return SaidClaim(
        row["id"],
        row["subject"],
        values,
        frozenset(name for name, is_shown, _ in decided if is_shown),
        frozenset(name for name, is_shown, because in decided if because and not is_shown),
        row["source"],
        row["at"],
        Modality(row["modality"]),
        bool(row["announced"]),
        row["speaker"],
        row["role"],
    )


def _record(row: Mapping[str, Any]) -> NamedRecord:
    name = row["name"] or row["title"] or row["id"]
    return NamedRecord(row["id"], row["type"], name, row["name_uk"], row["standing"], row["country"])


def _source(row: Mapping[str, Any]) -> SourceRecord:
    return SourceRecord(
        row["id"],
        row["title"],
        row["publisher"],
        row["url"],
        row["author"],
        row["published"],
        row["retrieved"],
        row["sha256"],
        row["archived"],
        row["carried_by"],
        bool(row["origin_checked"]),
        tuple(sorted(row["repeats"])),
        row["known_from"],
    )


def _difference(row: Mapping[str, Any]) -> DifferenceFacts:
    statements = tuple(facts for *_, facts in row["claims"])
    claims = _relied_on([claim, source, at] for claim, source, at, _ in row["claims"])
    return DifferenceFacts(row["id"], row["kind"], row["property"], row["record"], claims, statements)


def _event(row: Mapping[str, Any]) -> EventFacts:
    others = sorted(_acting(row["others"]), key=lambda one: (one.role, one.who, one.subject))
    follows = {id_: Modality(modality) for id_, modality in row["follows"]}
    return EventFacts(
        row["id"],
        EventKind(row["kind"]),
        row["part"],
        Role(row["role"]),
        row["date_lo"],
        row["date_hi"],
        row["shown_lo"],
        row["shown_hi"],
        {**row, "follows": sorted(follows)},
        row["date"],
        row["until"],
        row["reported_hi"],
        bool(row["announced"]),
        bool(row["alone"]),
        row["side"],
        frozenset([*(row["disputed"] or ()), *(row["part_disputed"] or ())]),
        tuple(others),
        frozenset(follows),
    )


def _events(found: Iterable[EventFacts]) -> tuple[EventFacts, ...]:
    """Return each event once, by id: that of which the person is a subject, with the other parts that the person had in it."""
    by_id: dict[str, EventFacts] = {}
    for one in sorted(found, key=lambda one: (one.id, not one.is_subject, one.part)):
        first = by_id.setdefault(one.id, one)
        if first is not one:
            also = ActingPart(one.part, one.role, "")
            by_id[one.id] = replace(first, also=(*first.also, also))
    return tuple(by_id.values())


def _acting(rows: Iterable[Sequence[str]]) -> list[ActingPart]:
    return [ActingPart(subject, Role(role), who) for subject, role, who in rows]
