"""The projection: one pure function from claims to records, so that records can be rebuilt from the evidence identically.

It has three steps. Each record by itself: which values are shown and which are disputed. Then all events together: bounds and rank
(``bounds``). Then nodes and links.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

import orjson

from graph_api.evidence.bounds import DatedEvent, EventBounds, event_bounds
from graph_api.evidence.claims import NESTED_RECORDS, Claim, exact_kind, properties_of
from graph_api.evidence.order import EmptyBounds, Follows, closure
from graph_api.evidence.origins import SourceFacts, source_facts
from graph_api.evidence.resolution import ResolvedValue, resolve_list, resolve_single
from graph_api.ontology.event_types import event_type
from graph_api.ontology.kinds import Kind
from graph_api.ontology.names import Label, Rel, event_label
from graph_api.ontology.properties import Property
from graph_api.ontology.vocabulary import EventKind, Modality, Role
from graph_api.values.dates import OPEN_HI, OPEN_LO, date_hull
from graph_api.values.name_index import name_properties

PROJECTION_VERSION: Final = 5
"""The version of the rules by which records are computed. A graph with another one has to be rebuilt; raise it with every change of them."""

ORDERING: Final = {"after": False, "trial": False, "of": False, "outcome": True}
"""Properties that state an order of two events, and whether the event that states it is the earlier one."""

Properties: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ProjectedNode:
    """A node with its labels."""

    id: str
    labels: tuple[str, ...]
    properties: Properties


@dataclass(frozen=True, slots=True)
class Link:
    """A relationship between two records or nested records, by their ids."""

    start: str
    type: str
    end: str
    properties: Properties = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ClaimDecision:
    """Which properties of one claim are shown, and why, in the order of their names. ``since``: from when the claim counts."""

    claim: str
    since: int
    preferred: tuple[bool, ...]
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProjectedRecord:
    """All that is stored of one record besides its claims: its node, the nodes of its nested records, its links."""

    node: ProjectedNode
    parts: tuple[ProjectedNode, ...]
    links: tuple[Link, ...]
    decisions: tuple[ClaimDecision, ...]
    evidence: str

    @property
    def fingerprint(self) -> str:
        """SHA-256 over the record's claims and all that is stored of it, without load ids and times; lower-case hex."""
        everything = [
            self.evidence,
            [self.node.id, self.node.labels, dict(self.node.properties)],
            sorted([part.id, part.labels, dict(part.properties)] for part in self.parts),
            sorted(([link.start, link.type, link.end, dict(link.properties)] for link in self.links), key=repr),
            sorted([v.claim, v.since, v.preferred, v.because] for v in self.decisions),
        ]
        return hashlib.sha256(orjson.dumps(everything, option=orjson.OPT_SORT_KEYS)).hexdigest()


@dataclass(frozen=True, slots=True)
class _Subject:
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


def project(claims: Iterable[Claim]) -> dict[str, ProjectedRecord]:
    """Return every record that claims are about, by id.

    ``claims`` must include those of every source that is cited. Raises OrderCycle and EmptyBounds (``evidence.order``), each naming the events.
    """
    subjects = _by_subject(claims)
    sources = {
        claim.record: source_facts(claim) for own in subjects.values() for claim in own if claim.kind == "source"
    }
    resolved = {
        s: _resolve(s, own, sources) for s, own in subjects.items() if not all(claim.is_choice for claim in own)
    }
    parts: dict[str, list[_Subject]] = {}
    for one in resolved.values():
        if one.claims[0].is_of_nested_record:
            parts.setdefault(one.claims[0].record, []).append(one)
    records = {id_: one for id_, one in resolved.items() if not one.claims[0].is_of_nested_record}
    follows = _stated_order(records)
    bounds = _bounds(records, parts, set(follows), sources)
    earlier: dict[str, dict[str, Modality]] = {}
    for (after, before), modality in sorted(follows.items()):
        earlier.setdefault(after, {})[before] = modality
    return {
        id_: _project_record(one, parts.get(id_, []), sources, bounds.get(id_), earlier.get(id_, {}))
        for id_, one in records.items()
    }


def _by_subject(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    subjects: dict[str, list[Claim]] = {}
    for claim in claims:
        subjects.setdefault(claim.subject, []).append(claim)
    return {
        subject: sorted({c.id: c for c in own}.values(), key=lambda c: c.id)
        for subject, own in sorted(subjects.items())
    }


def _resolve(subject: str, claims: Sequence[Claim], sources: Mapping[str, SourceFacts]) -> _Subject:
    shown: dict[str, ResolvedValue] = {}
    stated = {name for claim in claims for name in claim.values}
    for prop in properties_of(claims[0]):
        if prop.name in stated:
            one = (resolve_list if prop.many else resolve_single)(prop, claims, sources)
            if one is not None:
                shown[prop.name] = one
    since = min(_since(claim, sources) for claim in claims if not claim.is_choice)
    return _Subject(subject, tuple(claims), shown, since)


def _since(claim: Claim, sources: Mapping[str, SourceFacts]) -> int:
    if claim.is_choice:
        return OPEN_LO
    return sources[claim.citation.source].known_from if claim.citation else sources[claim.record].known_from


def _value(one: _Subject, name: str) -> Any:
    return one.shown[name].value if name in one.shown else None


def _stated_order(records: Mapping[str, _Subject]) -> dict[Follows, Modality]:
    """Return the stated order of events, transitively closed: STATED where sources state every step of some path, else IMPLIED."""
    all_steps: set[Follows] = set()
    stated_steps: set[Follows] = set()
    for id_, one in records.items():
        for name, is_earlier in ORDERING.items() if one.is_event else ():
            if name == "trial" and one.event_kind is EventKind.REMAND:
                continue  # custody is ordered before proceedings as well as during them
            for claim in one.source_claims:
                value = claim.values.get(name, ())
                steps = {
                    (other, id_) if is_earlier else (id_, other)
                    for other in ([value] if isinstance(value, str) else value)
                    if other in _links_of(one, name)
                }
                all_steps |= steps
                if claim.modality in (Modality.STATED, Modality.ATTRIBUTED):
                    stated_steps |= steps
    stated = closure(stated_steps)
    return {pair: Modality.STATED if pair in stated else Modality.IMPLIED for pair in closure(all_steps)}


def _links_of(one: _Subject, name: str) -> Sequence[str]:
    """Return the records that a property names, as shown."""
    value = _value(one, name)
    return [value] if isinstance(value, str) else value or ()


def _bounds(
    records: Mapping[str, _Subject],
    parts: Mapping[str, Sequence[_Subject]],
    stated: set[Follows],
    sources: Mapping[str, SourceFacts],
) -> dict[str, EventBounds]:
    births = {
        id_: _days(one.shown["born"])[0]
        for id_, one in records.items()
        if one.claims[0].kind == "person" and "born" in one.shown
    }
    people = {id_ for id_, one in records.items() if one.claims[0].kind == "person"}
    events = {
        id_: _dated_event(one, parts.get(id_, ()), sources, people) for id_, one in records.items() if one.is_event
    }
    return event_bounds(events, stated, births)


def _dated_event(
    one: _Subject, parts: Sequence[_Subject], sources: Mapping[str, SourceFacts], people: AbstractSet[str]
) -> DatedEvent:
    """Return what decides the bounds of an event. Only people are its subjects: not all members of a group die at once."""
    lo, hi = _days(one.shown.get("date"))
    end = _days(one.shown["until"]) if "until" in one.shown else None
    known = min((_since(claim, sources) for claim in one.source_claims if not claim.announced), default=OPEN_HI)
    hi = min(hi, known, end[1] if end else OPEN_HI)
    if lo > hi:
        raise EmptyBounds(one.id, lo, hi)
    return DatedEvent(
        one.id,
        one.event_kind,
        (lo, hi),
        end,
        is_dated="date" in one.shown,
        is_announced=one.is_announced,
        part_of=_value(one, "part-of"),
        subjects=tuple(
            who
            for part in parts
            if _value(part, "role") == Role.SUBJECT.value and (who := _value(part, "who")) in people
        ),
    )


def _days(shown: ResolvedValue | None) -> tuple[int, int]:
    if shown is None:
        return OPEN_LO, OPEN_HI
    return date_hull(shown.stated if shown.is_disputed else (shown.parsed,))


def _reported_by(one: _Subject, sources: Mapping[str, SourceFacts]) -> int | None:
    """Return the last possible day by the dates and the days of publication; a day on which somebody read a page never counts."""
    days = [
        published
        for claim in one.source_claims
        if not claim.announced and claim.citation
        if (published := sources[claim.citation.source].published) is not None
    ]
    days += [_days(one.shown[name])[1] for name in ("date", "until") if name in one.shown]
    return min((day for day in days if day < OPEN_HI), default=None)


# ── nodes and links ─────────────────────────────────────────────────────────────────────────────────────────────


def _project_record(
    one: _Subject,
    parts: Sequence[_Subject],
    sources: Mapping[str, SourceFacts],
    bounds: EventBounds | None,
    earlier: Mapping[str, Modality],
) -> ProjectedRecord:
    kind = exact_kind(one.claims[0].kind)
    links = [*_links(one, kind.properties, sources), *_cites(one, parts, sources)]
    links += [
        Link(one.id, Rel.FOLLOWS.value, before, {"since": one.since, "modality": modality.value})
        for before, modality in earlier.items()
    ]
    nodes: list[ProjectedNode] = []
    for part in parts:
        part_links, part_nodes = _part(part, one.id, sources)
        links += part_links
        nodes += part_nodes
    decisions = tuple(_decide(claim, subject, sources) for subject in (one, *parts) for claim in subject.claims)
    return ProjectedRecord(
        _node(one, kind, sources, bounds), tuple(nodes), tuple(links), decisions, _digest((one, *parts))
    )


def _digest(subjects: Iterable[_Subject]) -> str:
    ids = sorted(claim.id for subject in subjects for claim in subject.claims)
    return hashlib.sha256("\n".join(ids).encode()).hexdigest()


def _node(one: _Subject, kind: Kind, sources: Mapping[str, SourceFacts], bounds: EventBounds | None) -> ProjectedNode:
    properties: dict[str, Any] = {"since": one.since, "disputed": one.disputed} | _stored(one, kind.properties)
    properties |= name_properties(_spellings(kind, one))
    labels = [Label.RECORD.value, kind.label.value]
    if kind.is_actor:
        labels.append(Label.ACTOR.value)
    properties["type"] = kind.label.value
    if bounds is not None:
        labels.append(event_label(one.event_kind))
        properties["type"] = event_type(one.event_kind)
        properties |= {"announced": one.is_announced, "rank": bounds.rank, "reported_hi": _reported_by(one, sources)}
        properties |= {"date_lo": bounds.lo, "date_hi": bounds.hi}
        properties |= {"until_lo": bounds.until_lo, "until_hi": bounds.until_hi}
    if kind.name == "source":
        properties["known_from"] = sources[one.id].known_from
    return ProjectedNode(one.id, tuple(labels), properties)


def _spellings(kind: Kind, one: _Subject) -> list[str]:
    """Return the name that is shown, then all others that claims give, each once; titles where a kind has no names."""
    main = "name" if kind.find("name") else "title" if kind.find("title") else ""
    found = [one.shown[main].value] if main in one.shown else []
    for claim in one.claims:
        found += [claim.values[main]] if main in claim.values else []
        found += [name["text"] for name in claim.values.get("names", ())]
    return list(dict.fromkeys(" ".join(name.split()) for name in found))


def _stored(one: _Subject, properties: Iterable[Property]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for prop in properties:
        if prop.name in one.shown and not prop.is_link:
            found |= prop.value_type.store(prop.key, one.shown[prop.name].parsed)
    return found


def _links(one: _Subject, properties: Iterable[Property], sources: Mapping[str, SourceFacts]) -> list[Link]:
    found: list[Link] = []
    for prop in properties:
        if not prop.is_link or prop.name not in one.shown or prop.rel is None or prop.rel is Rel.FOLLOWS:
            continue
        targets = one.shown[prop.name].value if prop.many else [one.shown[prop.name].value]
        for place, target in enumerate(targets):
            saying = [
                c
                for c in one.claims
                if target == c.values.get(prop.name) or (prop.many and target in c.values.get(prop.name, ()))
            ]
            found.append(
                Link(one.id, prop.rel.value, target, {"since": min(_since(c, sources) for c in saying), "place": place})
            )
    return found


def _cites(one: _Subject, parts: Sequence[_Subject], sources: Mapping[str, SourceFacts]) -> list[Link]:
    cited = sorted({c.citation.source for subject in (one, *parts) for c in subject.claims if c.citation})
    links = [Link(one.id, Rel.CITES.value, source, {"since": sources[source].known_from}) for source in cited]
    speakers = sorted({c.speaker.record for c in one.claims if c.speaker and c.speaker.record})
    if one.claims[0].kind == "figure":
        links += [
            Link(one.id, Rel.SAID_BY.value, who, {"since": one.since, "place": place})
            for place, who in enumerate(speakers)
        ]
    return links


def _part(part: _Subject, record: str, sources: Mapping[str, SourceFacts]) -> tuple[list[Link], list[ProjectedNode]]:
    """Return what is stored of a part: a link with properties, or a node where it has dates and links of its own."""
    name = part.claims[0].kind
    base = {"id": part.id, "since": part.since, "disputed": part.disputed} | _stored(
        part, NESTED_RECORDS[name].properties
    )
    match name:
        case "participants":
            side = {"side": _value(part, "side")} if "side" in part.shown else {}
            return [Link(_value(part, "who"), Rel.TOOK_PART.value, record, base | side)], []
        case "sides":
            giver = {"from": _value(part, "from")} if "from" in part.shown else {}
            return [Link(record, Rel.SIDE.value, _value(part, "to"), base | giver)], []
        case "positions":
            links = [Link(record, Rel.HOLDS.value, part.id, {"since": part.since})]
            return links + _links(part, NESTED_RECORDS[name].properties, sources), [
                ProjectedNode(part.id, (Label.PART.value, Label.POSITION.value), base)
            ]
        case _:
            links = [Link(record, Rel.CONTROLLED.value, part.id, {"since": part.since})]
            return links, [ProjectedNode(part.id, (Label.PART.value, Label.CONTROL.value), base)]


def _decide(claim: Claim, subject: _Subject, sources: Mapping[str, SourceFacts]) -> ClaimDecision:
    names = sorted(claim.values)
    reasons = [subject.shown[name].because.get(claim.id, "") if name in subject.shown else "" for name in names]
    return ClaimDecision(claim.id, _since(claim, sources), tuple(bool(reason) for reason in reasons), tuple(reasons))
