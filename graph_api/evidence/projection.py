"""The projection: one pure function from claims to records, so that records can be rebuilt from the evidence identically.

It has three steps. Each record by itself: which values are shown and which are disputed (``resolved_record``). Then all events together:
their order, bounds and rank (``event_projection``). Then nodes and links.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final, TypeAlias

import orjson

from graph_api.evidence.bounds import EventBounds
from graph_api.evidence.claims import NESTED_RECORDS, Claim, exact_kind
from graph_api.evidence.event_projection import (
    basis_properties,
    bounds_of_events,
    end_reported_by,
    part_modality,
    reported_by,
    sentences_by_judgment,
    stated_order,
)
from graph_api.evidence.list_resolution import Within
from graph_api.evidence.merging import merged
from graph_api.evidence.origins import SourceFacts, source_facts
from graph_api.evidence.projection_cache import ProjectionCache
from graph_api.evidence.resolved_record import ResolvedRecord, by_subject, resolve, since_of, value_of
from graph_api.ontology.event_types import event_type
from graph_api.ontology.kinds import Kind
from graph_api.ontology.names import Label, Rel, event_label
from graph_api.ontology.properties import Property
from graph_api.ontology.vocabulary import Modality
from graph_api.values.countries import NAMES_UK
from graph_api.values.name_index import name_properties

PROJECTION_VERSION: Final = 19
"""The version of the rules by which records are computed. A graph with another one has to be rebuilt; raise it with every change of them."""

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


def project(
    claims: Iterable[Claim], within: Within | None = None, cache: ProjectionCache[ProjectedRecord] | None = None
) -> dict[str, ProjectedRecord]:
    """Return every record that claims are about, by id. ``within`` has the next larger place of places that no claim is about.

    ``cache`` is that of former projections, where there are many.
    ``claims`` must include those of every source that is cited. Raises OrderCycle and EmptyBounds (``evidence.order``), each naming the events.
    """
    resolved_one = resolve if cache is None else cache.resolved
    subjects = by_subject(merged(tuple(claims)))
    sources = {
        claim.record: source_facts(claim) for own in subjects.values() for claim in own if claim.kind == "source"
    }
    stated = {s: own for s, own in subjects.items() if not all(claim.is_choice for claim in own)}
    places = {s: resolved_one(s, own, sources, {}) for s, own in stated.items() if own[0].kind == "place"}
    containers = {s: value_of(one, "within") for s, one in places.items()}
    larger = {s: above for s, above in {**(within or {}), **containers}.items() if above is not None}
    resolved = {s: places[s] if s in places else resolved_one(s, own, sources, larger) for s, own in stated.items()}
    parts: dict[str, list[ResolvedRecord]] = {}
    for one in resolved.values():
        if one.claims[0].is_of_nested_record:
            parts.setdefault(one.claims[0].record, []).append(one)
    records = {id_: one for id_, one in resolved.items() if not one.claims[0].is_of_nested_record}
    follows = stated_order(records)
    bounds = bounds_of_events(records, parts, set(follows), sources)
    sentences = sentences_by_judgment(records, bounds, set(follows))
    earlier: dict[str, dict[str, Modality]] = {}
    for (after, before), modality in sorted(follows.items()):
        earlier.setdefault(after, {})[before] = modality
    found: dict[str, ProjectedRecord] = {}
    for id_, one in records.items():
        own = parts.get(id_, ()), bounds.get(id_), earlier.get(id_, {}), sentences.get(id_)
        made = partial(_project_record, one, sources, *own)
        found[id_] = made() if cache is None else cache.projected(one, *own, made)
    return found


# ── nodes and links ─────────────────────────────────────────────────────────────────────────────────────────────


def _project_record(
    one: ResolvedRecord,
    sources: Mapping[str, SourceFacts],
    parts: Sequence[ResolvedRecord],
    bounds: EventBounds | None,
    earlier: Mapping[str, Modality],
    in_force: str | None,
) -> ProjectedRecord:
    kind = exact_kind(one.claims[0].kind)
    links = [*_links(one, kind.properties, sources), *_cites(one, parts, sources)]
    links += [
        Link(one.id, Rel.FOLLOWS.value, before, {"since": one.since, "modality": modality.value})
        for before, modality in earlier.items()
    ]
    nodes: list[ProjectedNode] = []
    for part in parts:
        part_links, part_nodes = _part(part, one, parts, sources)
        links += part_links
        nodes += part_nodes
    decisions = tuple(_decide(claim, subject, sources) for subject in (one, *parts) for claim in subject.claims)
    return ProjectedRecord(
        _node(one, kind, sources, bounds, in_force), tuple(nodes), tuple(links), decisions, _digest((one, *parts))
    )


def _digest(subjects: Iterable[ResolvedRecord]) -> str:
    ids = sorted(claim.id for subject in subjects for claim in subject.claims)
    return hashlib.sha256("\n".join(ids).encode()).hexdigest()


def _node(
    one: ResolvedRecord,
    kind: Kind,
    sources: Mapping[str, SourceFacts],
    bounds: EventBounds | None,
    in_force: str | None,
) -> ProjectedNode:
    properties: dict[str, Any] = {"since": one.since, "disputed": one.disputed} | _stored(one, kind.properties)
    properties |= name_properties(_spellings(kind, one))
    labels = [Label.RECORD.value, kind.label.value]
    if kind.is_actor:
        labels.append(Label.ACTOR.value)
    properties["type"] = kind.label.value
    if bounds is not None:
        labels.append(event_label(one.event_kind))
        properties["type"] = event_type(one.event_kind)
        properties |= {"announced": one.is_announced, "rank": bounds.rank, "reported_hi": reported_by(one, sources)}
        properties |= {"date_lo": bounds.lo, "date_hi": bounds.hi}
        properties |= {"until_lo": bounds.until_lo, "until_hi": bounds.until_hi}
        properties |= {"until_reported_hi": end_reported_by(one, sources)}
        properties |= basis_properties(one, bounds, sources)
        properties |= {} if in_force is None else {"sentence_in_force": in_force}
    if kind.name == "state" and (in_ukrainian := NAMES_UK.get(value_of(one, "code"))) is not None:
        properties.setdefault("name_uk", in_ukrainian)
    if kind.name == "source":
        properties["known_from"] = sources[one.id].known_from
    return ProjectedNode(one.id, tuple(labels), properties)


def _spellings(kind: Kind, one: ResolvedRecord) -> list[str]:
    """Return the name that is shown, then all others that claims give, each once; titles where a kind has no names."""
    main = "name" if kind.find("name") else "title" if kind.find("title") else ""
    found = [one.shown[main].value] if main in one.shown else []
    for claim in one.claims:
        found += [claim.values[main]] if main in claim.values else []
        found += [name["text"] for name in claim.values.get("names", ())]
    return list(dict.fromkeys(" ".join(name.split()) for name in found))


def _stored(one: ResolvedRecord, properties: Iterable[Property]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for prop in properties:
        if prop.name in one.shown and not prop.is_link:
            found |= prop.value_type.store(prop.key, one.shown[prop.name].parsed)
            if prop.many:
                found[f"{prop.key}_claims"] = [" ".join(claims) for claims in one.shown[prop.name].items]
    return found


def _links(one: ResolvedRecord, properties: Iterable[Property], sources: Mapping[str, SourceFacts]) -> list[Link]:
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
            stated_by = {"claims": list(one.shown[prop.name].items[place])} if prop.many else {}
            since = min(since_of(c, sources) for c in saying)
            found.append(Link(one.id, prop.rel.value, target, {"since": since, "place": place} | stated_by))
    return found


def _cites(one: ResolvedRecord, parts: Sequence[ResolvedRecord], sources: Mapping[str, SourceFacts]) -> list[Link]:
    cited = sorted({c.citation.source for subject in (one, *parts) for c in subject.claims if c.citation})
    links = [Link(one.id, Rel.CITES.value, source, {"since": sources[source].known_from}) for source in cited]
    speakers = sorted({c.speaker.record for c in one.claims if c.speaker and c.speaker.record})
    if one.claims[0].kind == "figure":
        links += [
            Link(one.id, Rel.SAID_BY.value, who, {"since": one.since, "place": place})
            for place, who in enumerate(speakers)
        ]
    return links


def _part(
    part: ResolvedRecord, of: ResolvedRecord, parts: Sequence[ResolvedRecord], sources: Mapping[str, SourceFacts]
) -> tuple[list[Link], list[ProjectedNode]]:
    """Return what is stored of a part: a link with properties, or a node where it has dates and links of its own."""
    name, record = part.claims[0].kind, of.id
    base = {"id": part.id, "since": part.since, "disputed": part.disputed} | _stored(
        part, NESTED_RECORDS[name].properties
    )
    match name:
        case "participants":
            side = {"side": value_of(part, "side")} if "side" in part.shown else {}
            side |= {"modality": part_modality(part, of, parts).value}
            return [Link(value_of(part, "who"), Rel.TOOK_PART.value, record, base | side)], []
        case "sides":
            giver = {"from": value_of(part, "from")} if "from" in part.shown else {}
            return [Link(record, Rel.SIDE.value, value_of(part, "to"), base | giver)], []
        case "positions":
            links = [Link(record, Rel.HOLDS.value, part.id, {"since": part.since})]
            return links + _links(part, NESTED_RECORDS[name].properties, sources), [
                ProjectedNode(part.id, (Label.PART.value, Label.POSITION.value), base)
            ]
        case _:
            links = [Link(record, Rel.CONTROLLED.value, part.id, {"since": part.since})]
            return links, [ProjectedNode(part.id, (Label.PART.value, Label.CONTROL.value), base)]


def _decide(claim: Claim, subject: ResolvedRecord, sources: Mapping[str, SourceFacts]) -> ClaimDecision:
    names = sorted(claim.values)
    reasons = [subject.shown[name].because.get(claim.id, "") if name in subject.shown else "" for name in names]
    preferred = tuple(bool(why) and subject.shown[name].is_decided for name, why in zip(names, reasons, strict=True))
    return ClaimDecision(claim.id, since_of(claim, sources), preferred, tuple(reasons))
