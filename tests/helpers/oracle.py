"""What the answers should be, in plain Python: no Neo4j, no Cypher, no line of the compiler.

The contract is executed by graphql-core's own executor over the pictures of a batch: every field is a function of a record,
every filter a function to True or False, every page a slice of a sorted list. It is slow, plain, and only ever compared with
what the real Neo4j answers. Of the product it shares the projection (what is stored), which has tests of its own, and nothing
that it checks (``tests/architecture/test_oracle.py``); chains of events are decided in ``oracle_order``.

Not here: ``search``, ``totals`` and explanations. Where the product refuses a question (a cursor that is none, a page too large), the
oracle is told so: ``Asking.refused``.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from graphql import (
    ExecutionResult,
    GraphQLError,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLUnionType,
    build_schema,
    execute,
    get_named_type,
    graphql_sync,
    is_composite_type,
    parse,
    validate,
)

from graph_api.errors import PageLimitExceeded
from graph_api.evidence.claims import Claim
from graph_api.evidence.projection import ClaimDecision, Link, ProjectedNode, project
from graph_api.ingest.load import check
from graph_api.ontology.event_types import event_type
from graph_api.ontology.vocabulary import EventKind, Sensitivity
from graph_api.schema.build import build_schema as strawberry_schema
from graph_api.schema.build import graphql_schema
from graph_api.values.dates import When, day_date, day_number, parse_day
from graph_api.values.sentences import Sentence
from tests.helpers import oracle_filters as asks
from tests.helpers import oracle_sequences as known
from tests.helpers.oracle_status import statuses
from tests.helpers.oracle_stays import days_together, stays_of

EVENT_TYPES = (
    "Detention",
    "Transfer",
    "Charge",
    "Ruling",
    "Trial",
    "Conviction",
    "Appeal",
    "Exchange",
    "Release",
    "GenericEvent",
)
ACTORS = ("Person", "Organization", "State")


@dataclass(frozen=True)
class Record:
    """A record, or a part that is stored as a node: its type, its id, what is stored of it."""

    type: str
    id: str
    stored: Mapping[str, Any] = field(hash=False, compare=False)


@dataclass(frozen=True)
class Part:
    """Somebody's part in an event, or one side of an exchange: a link with properties."""

    type: str
    id: str
    link: Link = field(hash=False, compare=False)

    @property
    def stored(self) -> Mapping[str, Any]:
        return self.link.properties


@dataclass(frozen=True)
class ClaimRow:
    """One property of a claim."""

    claim: Claim
    name: str
    about: Record | Part
    type: str = "Claim"


@dataclass(frozen=True)
class CitedAt:
    """A place in a source, and whose words stand there."""

    source: str
    at: str
    quote: str | None
    quote_language: str | None
    note: str | None
    speaker: str | None
    type: str = "Citation"


Row = Any


class World:
    """Pictures and claims with the ways between them."""

    def __init__(self, claims: Iterable[Claim], audience: Sensitivity = Sensitivity.PUBLIC) -> None:
        self.claims: dict[str, list[Claim]] = {}
        for claim in {one.id: one for one in claims}.values():
            self.claims.setdefault(claim.subject, []).append(claim)
        pictures = project([one for own in self.claims.values() for one in own])
        self.records: dict[str, Record] = {}
        self.parts: dict[str, Record] = {}
        self.out: dict[str, list[Link]] = {}
        self.into: dict[str, list[Link]] = {}
        self.decisions: dict[str, ClaimDecision] = {}
        statuses_of = statuses(pictures)
        self.stays = [
            Record("Stay", one["id"], one) for one in stays_of(pictures, is_public=audience is Sensitivity.PUBLIC)
        ]
        for picture in pictures.values():
            self.records[picture.node.id] = _record(picture.node, statuses_of.get(picture.node.id, {}))
            for part in picture.parts:
                self.parts[part.id] = Record(part.labels[-1], part.id, part.properties)
            for link in picture.links:
                self.out.setdefault(link.start, []).append(link)
                self.into.setdefault(link.end, []).append(link)
            self.decisions |= {decision.claim: decision for decision in picture.decisions}

    def follows(self) -> set[tuple[str, str]]:
        """Return the stated order, closed: pairs of the later and the earlier event."""
        return {(link.start, link.end) for links in self.out.values() for link in links if link.type == "FOLLOWS"}

    def links(self, id_: str, *types: str, back: bool = False) -> list[Link]:
        return [link for link in (self.into if back else self.out).get(id_, []) if link.type in types]

    def get(self, id_: str) -> Record:
        return self.records.get(id_) or self.parts[id_]

    def to(self, id_: str, *types: str) -> list[Record]:
        """Return what a record points at, in the order that it states."""
        links = sorted(self.links(id_, *types), key=lambda link: (link.properties.get("place", 0), link.end))
        return [self.get(link.end) for link in links]

    def those_at(self, id_: str, *types: str) -> list[Record]:
        """Return the records that point at one, by id."""
        return sorted({self.get(link.start) for link in self.links(id_, *types, back=True)}, key=lambda one: one.id)

    def above(self, id_: str, *types: str) -> set[str]:
        """Return everything that lies above a record along links, itself left out."""
        found: set[str] = set()
        edge = {id_}
        while edge:
            edge = {link.end for one in edge for link in self.links(one, *types)} - found
            found |= edge
        return found

    def of_type(self, *types: str) -> list[Record]:
        return sorted((one for one in self.records.values() if one.type in types), key=lambda one: one.id)

    def parties(self, event: str, role: str | None = None) -> list[Part]:
        links = [link for link in self.links(event, "TOOK_PART", back=True) if role in (None, link.properties["role"])]
        return sorted((Part("Participation", link.properties["id"], link) for link in links), key=lambda one: one.id)

    def events_of(self, who: str, role: str | None = None) -> list[Record]:
        links = [link for link in self.links(who, "TOOK_PART") if role in (None, link.properties["role"])]
        named = {"COURT": ["COURT"], None: ["COURT", "AUTHORITY"]}.get(role, [])
        acted = [self.get(link.start) for one in named for link in self.links(who, one, back=True)]
        return sorted({*(self.get(link.end) for link in links), *acted}, key=lambda one: one.id)

    def with_parts(self, event: str) -> set[str]:
        """Return an event and the parts of it, their parts and so on."""
        found = {event}
        edge = {event}
        while edge:
            edge = {link.start for one in edge for link in self.links(one, "PART_OF", back=True)} - found
            found |= edge
        return found


def _record(node: ProjectedNode, status: Mapping[str, Any]) -> Record:
    return Record(str(node.properties["type"]), node.id, {**node.properties, **status})


@dataclass
class Asking:
    """One question over a world: the root fields that the product refuses, and how long a list without pages may be."""

    world: World
    refused: Mapping[str, Exception] = field(default_factory=dict)
    cap: int = 1000


class Oracle:
    """Answers operations over a world."""

    revised: Callable[[GraphQLSchema, GraphQLError], GraphQLError] = staticmethod(lambda _schema, error: error)
    """What the product adds to an error of validation; its own tests check the words."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.schema = executable_schema()

    @classmethod
    def of(cls, *paths: Path, audience: Sensitivity = Sensitivity.PUBLIC) -> Oracle:
        """Return the oracle of seed files."""
        _, batch = check(list(paths), audience)
        return cls(World(batch.claims, audience))

    def ask(self, query: str, variables: Mapping[str, Any] | None = None) -> Any:
        """Return the data of an operation; fails on errors."""
        result: ExecutionResult = graphql_sync(
            self.schema, query, context_value=Asking(self.world), variable_values=dict(variables or {})
        )
        assert not result.errors, [(str(error), error.original_error) for error in result.errors]
        return result.data

    def result(
        self, query: str, variables: Mapping[str, Any], operation: str | None, asking: Asking
    ) -> tuple[ExecutionResult, bool]:
        """Return what graphql-core answers, and whether it executed anything: request errors have no data (October 2021, 7.1)."""
        try:
            document = parse(query)
        except GraphQLError as error:
            return ExecutionResult(None, [error]), False
        errors = [self.revised(self.schema, error) for error in validate(self.schema, document, max_errors=5)]
        if errors:
            return ExecutionResult(None, errors), False
        result = execute(
            self.schema,
            document,
            context_value=asking,
            variable_values=dict(variables),
            operation_name=operation,
            max_coercion_errors=5,
        )
        assert isinstance(result, ExecutionResult)
        was_executed = result.data is not None or any(error.path for error in result.errors or ())
        return result, was_executed


_SCHEMAS: list[GraphQLSchema] = []


def executable_schema() -> GraphQLSchema:
    """Return the contract with the oracle's resolvers."""
    if not _SCHEMAS:
        product = strawberry_schema()
        schema = build_schema(product.as_str())
        for named in schema.type_map.values():
            if isinstance(named, GraphQLObjectType) and not named.name.startswith("__"):
                for name, one in named.fields.items():
                    one.resolve = _resolver(named.name, name)
            elif isinstance(named, GraphQLInterfaceType | GraphQLUnionType):
                named.resolve_type = lambda value, _info, _type: _type_of(value)
            elif isinstance(named, GraphQLScalarType) and named.name in {"Date", "Duration", "EDTF"}:
                named.coerce_input_value = _as_written(graphql_schema(product).type_map[named.name])
        _SCHEMAS.append(schema)
    return _SCHEMAS[0]


def _as_written(scalar: Any) -> Callable[[Any], Any]:
    """Return a reader that refuses what the product refuses, in its words, and keeps what was written."""

    def read(value: Any) -> Any:
        scalar.coerce_input_value(value)
        return value

    return read


def _type_of(value: Any) -> str:
    return str(value["type"] if isinstance(value, dict) else value.type)


def _resolver(of: str, name: str) -> Callable[..., Any]:
    if of == "Query":
        return partial(_root, ROOT_FIELDS.get(name, _not_here))
    resolve = FIELDS.get((of, name)) or FIELDS.get(("*", name))

    def resolved(row: Row, info: Any, **given: Any) -> Any:
        if isinstance(row, dict):
            return row[name](info, **given) if callable(row[name]) else row[name]
        if resolve is None:
            return row.stored.get(_stored_name(name))
        found = resolve(info.context.world, row, **_without_nulls(given))
        if isinstance(found, list) and _is_capped(info.return_type) and len(found) > info.context.cap:
            raise PageLimitExceeded(name)
        return found

    return resolved


def _root(resolve: Callable[..., Any], _source: Any, info: Any, **given: Any) -> Any:
    if info.path.key in info.context.refused:
        raise info.context.refused[info.path.key]
    return resolve(info.context.world, **_without_nulls(given))


def _not_here(*_: Any, **__: Any) -> Any:
    raise NotImplementedError("not of the oracle")


def _is_capped(type_: Any) -> bool:
    """Tell whether a list is one of records; names and offences stand within one."""
    named = get_named_type(type_)
    return is_composite_type(named) and named.name not in {"Name", "Offence"}


def _without_nulls(given: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in given.items() if value is not None}


def _stored_name(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name)


# ── pages ───────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Keys:
    """What a list is sorted by: the keys of a row, which its cursor holds, and how they compare."""

    of: Callable[[Row], list[Any]]
    rank: Callable[[Sequence[Any]], Any]


def cursor_of(keys: Sequence[Any]) -> str:
    """Return the cursor of a row: its keys."""
    text = json.dumps(keys, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def keys_in(cursor: str) -> list[Any]:
    """Return the sort keys in a cursor of the product, which begins with the identity of its list."""
    found: list[Any] = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    return found[1:]


def page(rows: Sequence[Row], *, first: int = 20, after: str | None = None, keys: Keys | None = None) -> dict[str, Any]:
    """Return a page of all rows: what stands after the keys of the cursor."""
    keys = keys or BY_ID
    left = list(rows)
    if after is not None:
        last = keys.rank(keys_in(after))
        left = [row for row in rows if keys.rank(keys.of(row)) > last]
    here = left[:first]
    cursors = [cursor_of(keys.of(row)) for row in here]
    return {
        "edges": [{"cursor": cursor, "node": row} for cursor, row in zip(cursors, here, strict=True)],
        "nodes": here,
        "totalCount": len(rows),
        "pageInfo": {
            "hasNextPage": len(left) > first,
            "hasPreviousPage": after is not None,
            "startCursor": cursors[0] if cursors else None,
            "endCursor": cursors[-1] if cursors else None,
        },
    }


def _id(row: Row) -> str:
    return str(row["subject"].id if isinstance(row, dict) else row.id)


def _numbered(key: str) -> dict[str, Keys]:
    """Return both orders by a day: nulls last both ways, ties by id."""

    def ranked(sign: int) -> Callable[[Sequence[Any]], Any]:
        return lambda keys: (keys[0] is None, sign * (keys[0] or 0), keys[1])

    def of(row: Record) -> list[Any]:
        return [row.stored.get(key), row.id]

    return {"ASC": Keys(of, ranked(1)), "DESC": Keys(of, ranked(-1))}


def _units(text: str) -> list[int]:
    """Return the UTF-16 units of a text: by them Java, and so Neo4j, sorts texts."""
    sent = text.encode("utf-16-be")
    return [256 * high + low for high, low in zip(sent[::2], sent[1::2], strict=True)]


def _backwards(text: str) -> tuple[int, ...]:
    """Return what sorts a text the other way round; a text before its own beginnings."""
    return (*(-unit for unit in _units(text)), 1)


def _by_number(number: Callable[[Record], int | None]) -> dict[str, Keys]:
    """Return both orders by a number, nulls last both ways; the whole order is turned round, ties by id included."""

    def of(row: Record) -> list[Any]:
        return [number(row), row.id]

    return {
        "ASC": Keys(of, lambda keys: (keys[0] is None, keys[0] or 0, keys[1])),
        "DESC": Keys(of, lambda keys: (keys[0] is None, -(keys[0] or 0), _backwards(keys[1]))),
    }


BY_ID = Keys(lambda row: [_id(row)], tuple)
ORDERS: Mapping[str, Mapping[str, Keys]] = {
    "ID": {"ASC": BY_ID, "DESC": Keys(BY_ID.of, lambda keys: _backwards(keys[0]))},
    "DATE": _by_number(lambda row: row.stored.get("rank")),
    "BORN": _numbered("born_lo"),
    "PUBLISHED": _numbered("published_hi"),
    "CUSTODY_REPORTED": _numbered("custody_reported"),
    "NAME": {
        "ASC": Keys(lambda row: [row.stored["name_sort"], row.id], lambda keys: (_units(keys[0]), keys[1])),
        "DESC": Keys(lambda row: [row.stored["name_sort"], row.id], lambda keys: (_backwards(keys[0]), keys[1])),
    },
}


def ordered(order: Mapping[str, str] | None, default: str, own: Mapping[str, Keys] | None = None) -> Keys:
    """Return the keys of the order that is asked for; ``own`` is that by date among the events of one subject."""
    asked = order or {"field": default}
    if own is not None and asked["field"] == "DATE":
        return own[asked.get("direction") or "ASC"]
    return ORDERS[asked["field"]][asked.get("direction") or "ASC"]


def in_order(rows: Iterable[Record], keys: Keys) -> list[Record]:
    """Sort records."""
    return sorted(rows, key=lambda one: keys.rank(keys.of(one)))


# ── fields ──────────────────────────────────────────────────────────────────────────────────────────────────────


def when(text: str | None) -> dict[str, Any] | None:
    """Return what the contract says of a date as written."""
    if text is None:
        return None
    point = When.parse(text)
    return {
        "type": "When",
        "edtf": text,
        "earliest": point.earliest.isoformat() if point.earliest else None,
        "latest": point.latest.isoformat() if point.latest else None,
        "approximate": point.approximate,
        "uncertain": point.uncertain,
        "display": point.display,
    }


def _day(number: int | None) -> str | None:
    found = None if number is None else day_date(number)
    return found.isoformat() if found else None


def _json(text: str | None) -> Any:
    return None if text is None else json.loads(text)


def _quantity(text: str | None) -> Any:
    value = _json(text)
    return None if value is None else {"low": None, "high": None} | value


def _sentence(text: str | None) -> Any:
    if text is None:
        return None
    value = Sentence.from_json(_json(text))
    return {
        "kind": value.kind.value,
        "years": value.years,
        "months": value.months,
        "totalMonthsLow": value.months_low,
        "totalMonthsHigh": value.months_high,
        "regime": value.regime,
        "extras": list(value.extras),
        "display": value.display,
    }


def _period(stored: Mapping[str, Any]) -> Any:
    start, end = stored.get("from"), stored.get("until")
    if start is None and end is None:
        return None
    shown = [When.parse(one).display if one else "" for one in (start, end)]
    if start == end and (str(start).startswith("[..") or str(start).endswith("..]")):
        return {"start": when(start), "end": when(end), "display": f"no dates stated; {shown[0]}"}
    first, last = (f"some day {one}" if one.startswith("before or") else re.sub("^(in|on) ", "", one) for one in shown)
    words = f"from {first} to {last}" if start and end else f"from {first}" if start else f"until {last}"
    return {"start": when(start), "end": when(end), "display": words}


def title(world: World, event: Record) -> str:
    """Return the title as stated, else the kind and up to two subjects or, where there are none, speakers."""
    if event.stored.get("title"):
        return str(event.stored["title"])
    kind = str(event.stored["kind"])
    links = world.links(event.id, "TOOK_PART", back=True)
    roles = [role for role in ("SUBJECT", "ORGANIZER", "ISSUER", "AUTHOR") if role in _roles(links)]
    ids = sorted({link.start for link in links if roles and link.properties["role"] == roles[0]})
    names = [str(world.get(one).stored["name"]) for one in ids]
    who = f"{names[0]}, {names[1]} and others" if len(names) > 2 else " and ".join(names)
    words = {
        "BODY_RETURN": "Return of bodies",
        "ILL_TREATMENT": "Ill-treatment reported",
        "COMPULSORY_MEASURE": "Trial",
    }
    shown = words.get(kind, kind.replace("_", " ").capitalize())
    if not names:
        return shown
    if roles[0] != "SUBJECT":
        date = event.stored.get("date")
        return f"{shown} by {who}" + (f", {When.parse(date).display}" if date else "")
    if any(world.get(one).type == "Group" for one in ids[:3]):
        return f"{shown}: {who}"
    return {
        "CHARGE": f"Charge against {who}",
        "REMAND": f"Remand in custody of {who}",
        "APPEAL": f"Appeal in the case of {who}",
        "BODY_RETURN": f"Return of the body of {who}",
        "WARRANT": f"Warrant against {who}",
    }.get(kind, f"{shown} of {who}")


def _roles(links: Iterable[Link]) -> set[str]:
    return {str(link.properties["role"]) for link in links}


def label(world: World, row: Record | Part) -> str | None:
    """Return what to call a record: its name or title, what a figure measures, or whose part in what."""
    if isinstance(row, Part):
        event, who = world.get(row.link.end), world.get(row.link.start)
        role = str(row.stored["role"]).replace("_", " ").lower()
        return f"{label(world, who)}, {role}: {label(world, event)}"
    if row.type == "Figure":
        if row.stored["measure"] is None:
            return None
        measure = str(row.stored["measure"]).replace("freed", "handed over").replace("-", " ").capitalize()
        return f"{measure}: {_json(row.stored['quantity'])['text']}"
    return str(row.stored["name"]) if "name" in row.stored else title(world, row)


def citations(world: World, id_: str) -> list[CitedAt]:
    """Return every place in a source on which something rests, in the order in which it became known."""
    return _sorted_citations(world, world.claims.get(id_, []))


def _sorted_citations(world: World, claims: Sequence[Claim]) -> list[CitedAt]:
    found: set[CitedAt] = set()
    for claim in claims:
        at = claim.citation
        if at is not None:
            who = claim.speaker.record if claim.speaker else None
            speaker = who if who is not None and world.get(who).type in ACTORS else None
            found.add(CitedAt(at.source, at.at, at.quote, at.quote_language, at.note, speaker))

    def known(one: CitedAt) -> tuple[Any, ...]:
        words = (one.at, one.quote, one.quote_language, one.note, one.speaker)
        return (world.get(one.source).stored["known_from"], one.source, *((word is None, word or "") for word in words))

    return sorted(found, key=known)


def claims(world: World, row: Record | Part, name: str | None = None) -> list[ClaimRow]:
    """Return what each source says, property by property."""
    wanted = None if name is None else _stored_name(name).replace("_", "-")
    rows = [
        ClaimRow(claim, prop, row)
        for claim in world.claims.get(row.id, [])
        for prop in claim.values
        if wanted in (None, prop)
    ]
    return sorted(rows, key=lambda one: (one.name, world.decisions[one.claim.id].since, one.claim.id))


def _decision(world: World, row: ClaimRow) -> tuple[bool, str | None]:
    decision = world.decisions[row.claim.id]
    place = sorted(row.claim.values).index(row.name)
    return decision.preferred[place], decision.because[place] or None


def _object(world: World, row: ClaimRow) -> Record | None:
    prop = asks.property_of(row.claim, row.name)
    if not prop.is_link or prop.many:
        return None
    return world.get(row.claim.values[row.name])


def _as_in_seeds(value: Any) -> Any:
    """Return a value as JSON gives it, with the keys that seed files have."""
    text = json.dumps(value, sort_keys=True)
    return json.loads(text, object_pairs_hook=lambda pairs: {key.replace("_", "-"): one for key, one in pairs})


def _one(rows: Sequence[Row]) -> Row | None:
    return rows[0] if rows else None


def _seen(types: Sequence[str]) -> Callable[[World, Record], list[Record]]:
    return lambda world, row: world.to(row.id, *types)


def _first_of(*types: str) -> Callable[[World, Record], Record | None]:
    return lambda world, row: _one(world.to(row.id, *types))


def _event_page(
    world: World,
    rows: Iterable[Record],
    where: Any = None,
    order: Any = None,
    *,
    default: str = "DATE",
    own: Mapping[str, Keys] | None = None,
    **window: Any,
) -> dict[str, Any]:
    chosen = [one for one in rows if asks.happened(world, one, where)]
    keys = ordered(order, default, own)
    return page(in_order(chosen, keys), keys=keys, **window)


STAGES = [
    "DISAPPEARANCE", "DETENTION", "CONFINEMENT TRANSFER DEPORTATION SIGHTING PROOF_OF_LIFE", "CHARGE", "REMAND", "TRIAL",
    "CONVICTION ACQUITTAL COMPULSORY_MEASURE", "APPEAL", "EXCHANGE RELEASE REUNIFICATION", "DEATH", "BODY_RETURN", "BURIAL",
]  # fmt: skip
"""The kinds of events in the order of a case; every other kind comes last."""


def positions(world: World, subject: str) -> dict[Record, int]:
    """Return the place of each event among those of a subject; none for events without date and order.

    Again and again the first, by stage, last day and id, of those that no other one left was surely before.
    """
    follows = world.follows()
    own = world.events_of(subject)

    def is_before(a: Record, b: Record) -> bool:
        if (a.id, b.id) in follows:
            return False
        return (b.id, a.id) in follows or bool(a.stored["date_hi"] < b.stored["date_lo"])

    def preference(one: Record) -> tuple[int, int, str]:
        stage = next((at for at, kinds in enumerate(STAGES) if one.stored["kind"] in kinds.split()), len(STAGES))
        return stage, one.stored["shown_hi"], one.id

    left = [one for one in own if "date" in one.stored or any(is_before(one, x) or is_before(x, one) for x in own)]
    found: dict[Record, int] = {}
    while left:
        free = [one for one in left if not any(is_before(other, one) for other in left)]
        chosen = min(free, key=preference)
        found[chosen] = len(found)
        left.remove(chosen)
    return found


def _mediated(world: World, row: Record, orderBy: Any = None, **given: Any) -> Any:
    return _event_page(world, world.events_of(row.id, "MEDIATOR"), order=orderBy, **given)


def _own_events(world: World, row: Record, role: str | None = None, orderBy: Any = None, **given: Any) -> Any:
    own = _by_number(positions(world, row.id).get) if row.type in {"Person", "Group"} else None
    return _event_page(world, world.events_of(row.id, role), order=orderBy, own=own, **given)


def _parts_by_day(world: World, row: Record, type_: str) -> list[Record]:
    rows = [world.get(link.end) for link in world.links(row.id, type_)]
    return sorted(rows, key=lambda one: ("from_lo" not in one.stored, one.stored.get("from_lo", 0), one.id))


def _freed(world: World, exchange: str, kind: str, side: str | None = None) -> list[Record]:
    found = {
        world.get(link.start)
        for event in world.with_parts(exchange)
        for link in world.links(event, "TOOK_PART", back=True)
        if link.properties["role"] == "SUBJECT" and side in (None, link.properties.get("side"))
    }
    return sorted((one for one in found if one.type == kind), key=lambda one: one.id)


def _people_page(world: World, rows: Iterable[Record], where: Any = None, **window: Any) -> Any:
    return page([one for one in rows if asks.person(world, one, where or {})], **window)


def _acting(world: World, row: Record, role: str) -> list[Record]:
    found = {world.get(part.link.start) for part in world.parties(row.id, role)}
    return sorted((one for one in found if one.type in ACTORS), key=lambda one: one.id)


def _figures(world: World, row: Record, **window: Any) -> Any:
    types = ("ABOUT", "SAID_BY", "FIGURE_SIDE") if row.type in ACTORS else ("ABOUT",)
    return page([one for one in world.those_at(row.id, *types) if one.type == "Figure"], **window)


def _figures_of_side(world: World, side: Part, **window: Any) -> Any:
    rows = [one for one in world.those_at(side.link.start, "ABOUT") if one.type == "Figure"]
    return page([one for one in rows if side.link.end in {to.id for to in world.to(one.id, "FIGURE_SIDE")}], **window)


def _totals_of_side(world: World, side: Part) -> list[Record]:
    """Return the numbers of all who were handed over to a side in this exchange alone."""

    def is_total(one: Record) -> bool:
        exchanges = {to.id for to in world.to(one.id, "ABOUT") if to.type == "Exchange"}
        is_limited = any(key in one.stored for key in ("category", "sex", "nationality"))
        counts_people = (one.stored["measure"], one.stored["quantity_unit"]) == ("freed", "PEOPLE")
        is_part = any(world.links(total.id, "FIGURE_SIDE") for total in world.to(one.id, "TOTAL"))
        return counts_people and len(exchanges) == 1 and not is_limited and not is_part

    return [one for one in _figures_of_side(world, side, first=10**6)["nodes"] if is_total(one)]


def _about_person(world: World, row: Record, orderBy: Any = None, **given: Any) -> Any:
    events = world.events_of(row.id)
    groups = [one for one in world.those_at(row.id, "MEMBER") if one.type == "Group"]
    found = {event for one in [row, *events, *groups] for event in world.those_at(one.id, "ABOUT")}
    rows = sorted((one for one in found if one.type in EVENT_TYPES), key=lambda one: one.id)
    return _event_page(world, rows, order=orderBy, **given)


def _sides(world: World, row: Record) -> list[Part]:
    links = sorted(world.links(row.id, "SIDE"), key=lambda link: link.end)
    return [Part("ExchangeSide", link.properties["id"], link) for link in links]


def _at_place(world: World, row: Record, kinds: Sequence[str], types: Sequence[str]) -> list[Record]:
    return [one for one in world.of_type(*kinds) if row.id in world.above(one.id, *types)]


BY_START = Keys(lambda row: [row.stored["start_hi"], row.id], tuple)
BY_OTHER = Keys(lambda row: [row["other"].stored["subject"], row["other"].id, row["own"].id], tuple)


def _held(world: World, site: Record, holds: str, until: str | None = None, **given: Any) -> Any:
    """Return the page of the stays at a site that overlap a window, for all or some of the days that their dates allow."""
    first = day_number(parse_day(given.pop("from"))) if "from" in given else -(10**9)
    last = day_number(parse_day(until)) if until else 10**9
    begins, ends = ("start_hi", "end_lo") if holds == "FOR_ALL_DATES" else ("start_lo", "end_hi")
    rows = [one for one in world.stays if one.stored["site"] == site.id]
    found = [one for one in rows if one.stored[begins] <= last and one.stored[ends] >= first]
    return page(in_order(found, BY_START), keys=BY_START, **given)


def _co_detainees(world: World, row: Record, holds: str, **window: Any) -> Any:
    """Return the page of the stays of others at the sites of a person's own ones, on the same days."""
    rows = []
    for own in (one for one in world.stays if one.stored["subject"] == row.id and one.stored["compared"]):
        for other in world.stays:
            surely, most = days_together(own.stored, other.stored)
            is_meant = surely > 0 if holds == "FOR_ALL_DATES" else most != 0
            is_beside = other.stored["site"] == own.stored["site"] and other.stored["subject"] != row.id
            if is_meant and is_beside and other.stored["compared"]:
                rows.append(
                    {
                        "type": "CoDetention",
                        "own": own,
                        "other": other,
                        "person": world.get(other.stored["subject"]),
                        "site": world.get(own.stored["site"]),
                        "holds": "FOR_ALL_DATES" if surely else "FOR_SOME_DATES",
                        "surely": surely,
                        "atMost": most,
                        "stays": [own, other],
                    }
                )
    return page(sorted(rows, key=BY_OTHER.of), keys=BY_OTHER, **window)


def _stay_claims(world: World, row: Record) -> list[Claim]:
    """Return the claims of sources about the parts in the events of a stay, and those about the events that state a site or a date."""
    stated = {"sites", "to-site", "from-site", "date", "until"}
    return [
        claim
        for part, event in row.stored["claims"]
        for claim in (*world.claims.get(part, ()), *(x for x in world.claims.get(event, ()) if stated & set(x.values)))
        if not claim.is_choice
    ]


def _stay_span(row: Record) -> dict[str, Any]:
    start, end = row.stored["start"], row.stored["end"]
    return _period({"from": start, "until": end}) or {"start": None, "end": None, "display": "no dates stated"}


FIELDS: dict[tuple[str, str], Callable[..., Any]] = {
    ("Person", "stays"): lambda world, row, **window: page(
        in_order([one for one in world.stays if one.stored["subject"] == row.id], BY_START), keys=BY_START, **window
    ),
    ("Person", "coDetainees"): _co_detainees,
    ("Site", "held"): _held,
    ("Stay", "participant"): lambda world, row: world.get(row.stored["subject"]),
    ("Stay", "site"): lambda world, row: world.get(row.stored["site"]),
    ("Stay", "span"): lambda _w, row: _stay_span(row),
    ("Stay", "events"): lambda world, row: in_order(
        [world.get(one) for one in row.stored["events"]], ordered(None, "DATE")
    ),
    ("Stay", "citations"): lambda world, row: _sorted_citations(world, _stay_claims(world, row)),
    ("Person", "status"): lambda _w, row: Record("Status", row.id, row.stored),
    ("Status", "custodySince"): lambda _w, row: when(row.stored["custody_since"]),
    ("Status", "custodyReported"): lambda _w, row: _day(row.stored["custody_reported"]),
    ("Status", "custodyReportedFor"): lambda _w, row: when(row.stored["custody_reported_for"]),
    ("Status", "legalSince"): lambda _w, row: when(row.stored["legal_since"]),
    ("Status", "legalReported"): lambda _w, row: _day(row.stored["legal_reported"]),
    ("Status", "legalReportedFor"): lambda _w, row: when(row.stored["legal_reported_for"]),
    ("Status", "sentenceInForce"): lambda _w, row: _sentence(row.stored["sentence_in_force"]),
    ("Status", "text"): lambda _w, row: row.stored["status_text"],
    ("Status", "citations"): lambda world, row: _sorted_citations(
        world, [claim for subject in row.stored["relies_on"] for claim in world.claims.get(subject, ())]
    ),
    ("*", "id"): lambda _w, row: row.id,
    ("*", "label"): label,
    (
        "*",
        "mergedFrom",
    ): lambda _w, _row: [],  # no graph that is compared has former ids; tests/ingest/test_moved_ids.py has
    ("*", "citations"): lambda world, row: citations(world, row.id),
    ("*", "disputed"): lambda _w, row: list(row.stored["disputed"]),
    ("*", "claims"): lambda world, row, property=None: claims(world, row, property),  # noqa: A006
    ("*", "names"): lambda _w, row: [
        {"language": None, "script": None, "kind": None} | one for one in _json(row.stored.get("names")) or []
    ],
    ("*", "offences"): lambda world, row: [
        {"article": None, "claims": known.claims_of_offence(world, row, one)} | one
        for one in _json(row.stored.get("offences")) or []
    ],
    ("*", "bounds"): lambda _w, row: {
        "earliest": _day(row.stored["date_lo"]),
        "latest": _day(row.stored["date_hi"]),
        "type": "DayRange",
    },
    ("*", "date"): lambda _w, row: when(row.stored.get("date")),
    ("*", "until"): lambda _w, row: when(row.stored.get("until")),
    ("*", "from"): lambda _w, row: when(row.stored.get("from")),
    ("*", "born"): lambda _w, row: when(row.stored.get("born")),
    ("*", "sex"): lambda _w, row: row.stored.get("sex", "UNKNOWN"),
    ("Figure", "sex"): lambda _w, row: row.stored.get("sex"),
    ("*", "nationalities"): lambda _w, row: row.stored.get("nationalities", []),
    ("*", "occupations"): lambda _w, row: row.stored.get("occupations", []),
    ("*", "tags"): lambda _w, row: row.stored.get("tags", []),
    ("*", "size"): lambda _w, row: _quantity(row.stored.get("size")),
    ("*", "quantity"): lambda _w, row: _quantity(row.stored.get("quantity")),
    ("*", "age"): lambda _w, row: _quantity(row.stored.get("age")),
    ("Conviction", "sentenceInForce"): lambda world, row: _sentence(known.sentence_in_force(world, row)),
    ("*", "sentence"): lambda _w, row: _sentence(row.stored.get("sentence")),
    ("*", "standing"): lambda _w, row: row.stored.get("standing", "UNSTATED"),
    ("*", "specific"): lambda _w, row: row.stored.get("specific", True),
    ("*", "result"): lambda _w, row: row.stored.get("result", "UNSTATED"),
    ("*", "ground"): lambda _w, row: row.stored.get("ground", "UNSTATED"),
    ("*", "title"): title,
    ("Position", "title"): lambda _w, row: row.stored["title"],
    ("Source", "title"): lambda _w, row: row.stored["title"],
    ("*", "positions"): lambda world, row: _parts_by_day(world, row, "HOLDS"),
    ("*", "control"): lambda world, row: _parts_by_day(world, row, "CONTROLLED"),
    ("*", "mediated"): _mediated,
    ("*", "events"): _own_events,
    ("*", "figures"): _figures,
    ("ExchangeSide", "figures"): _figures_of_side,
    ("ExchangeSide", "totals"): _totals_of_side,
    ("Person", "about"): _about_person,
    ("Person", "groups"): lambda world, row, **window: page(world.those_at(row.id, "MEMBER"), **window),
    ("Place", "point"): lambda _w, row: _json(row.stored.get("point")),
    ("Group", "members"): lambda world, row, **window: page(
        sorted(world.to(row.id, "MEMBER"), key=lambda o: o.id), **window
    ),
    ("Organization", "place"): _first_of("IN"),
    ("Site", "place"): _first_of("IN"),
    ("*", "within"): _first_of("WITHIN"),
    ("*", "mayBe"): _seen(["MAY_BE"]),
    ("Place", "sites"): lambda world, row, **window: page(_at_place(world, row, ["Site"], asks.OF_SITES), **window),
    ("Place", "events"): lambda world, row, orderBy=None, **given: _event_page(
        world, _at_place(world, row, EVENT_TYPES, asks.OF_EVENTS), order=orderBy, **given
    ),
    ("Site", "events"): lambda world, row, orderBy=None, **given: _event_page(
        world, world.those_at(row.id, *asks.TO_SITES), order=orderBy, **given
    ),
    ("Source", "events"): lambda world, row, orderBy=None, **given: _event_page(
        world, [one for one in world.those_at(row.id, "CITES") if one.type in EVENT_TYPES], order=orderBy, **given
    ),
    ("*", "sites"): _seen(["AT"]),
    ("*", "places"): _seen(["IN"]),
    ("*", "about"): _seen(["ABOUT"]),
    ("Person", "maybeSame"): _seen(["MAYBE_SAME"]),
    ("*", "partOf"): _first_of("PART_OF"),
    ("*", "parts"): lambda world, row, orderBy=None, **given: _event_page(
        world, world.those_at(row.id, "PART_OF"), order=orderBy, **given
    ),
    ("*", "participants"): lambda world, row, role=None, **window: page(
        world.parties(row.id, role), **{"first": 50} | window
    ),
    ("*", "replaces"): _seen(["REPLACES"]),
    ("*", "court"): _first_of("COURT"),
    ("*", "authority"): _first_of("AUTHORITY"),
    ("*", "trial"): _first_of("TRIAL"),
    ("*", "outcome"): _first_of("OUTCOME"),
    ("*", "of"): _first_of("OF"),
    ("*", "agreement"): _first_of("AGREEMENT"),
    ("*", "fromSite"): _first_of("FROM_SITE"),
    ("*", "toSite"): _first_of("TO_SITE"),
    ("*", "fromPlace"): _first_of("FROM_PLACE"),
    ("*", "toPlace"): _first_of("TO_PLACE"),
    ("*", "appeals"): lambda world, row: in_order(
        [one for one in world.those_at(row.id, "OF") if one.type == "Appeal" and not one.stored["announced"]],
        ordered(None, "DATE"),
    ),
    ("*", "mediators"): lambda world, row: _acting(world, row, "MEDIATOR"),
    ("*", "parties"): lambda world, row: _acting(world, row, "PARTY"),
    ("*", "sides"): _sides,
    ("Exchange", "freed"): lambda world, row, **given: _people_page(world, _freed(world, row.id, "Person"), **given),
    ("ExchangeSide", "to"): lambda world, row: world.get(row.link.end),
    ("ExchangeSide", "from"): lambda world, row: world.get(row.stored["from"]) if "from" in row.stored else None,
    ("ExchangeSide", "freed"): lambda world, row, **given: _people_page(
        world, _freed(world, row.link.start, "Person", row.link.end), **given
    ),
    ("ExchangeSide", "groups"): lambda world, row, **window: page(
        _freed(world, row.link.start, "Group", row.link.end), **window
    ),
    ("*", "participant"): lambda world, row: world.get(row.link.start),
    ("*", "event"): lambda world, row: world.get(row.link.end),
    ("Participation", "side"): lambda world, row: world.get(row.stored["side"]) if "side" in row.stored else None,
    ("*", "alleged"): lambda _w, row: row.stored.get("alleged", row.stored["role"] == "PERPETRATOR"),
    ("Figure", "side"): _first_of("FIGURE_SIDE"),
    ("*", "asOf"): lambda _w, row: when(row.stored.get("as_of")),
    ("*", "period"): lambda _w, row: _period(row.stored),
    ("Figure", "saidBy"): lambda world, row: _one([one for one in world.to(row.id, "SAID_BY") if one.type in ACTORS]),
    ("*", "total"): _first_of("TOTAL"),
    ("*", "breakdown"): lambda world, row: world.those_at(row.id, "TOTAL"),
    ("*", "includes"): _seen(["INCLUDES"]),
    ("*", "excludes"): _seen(["EXCLUDES"]),
    ("*", "unclear"): _seen(["UNCLEAR"]),
    ("*", "publisher"): _first_of("PUBLISHER"),
    ("*", "published"): lambda _w, row: when(row.stored.get("published")),
    ("*", "knownFrom"): lambda _w, row: _day(row.stored["known_from"]),
    ("*", "derivedFrom"): _seen(["DERIVED_FROM"]),
    ("*", "originChecked"): lambda _w, row: row.stored.get("origin_checked", False),
    ("Citation", "source"): lambda world, row: world.get(row.source),
    ("Citation", "locator"): lambda _w, row: row.at,
    ("Citation", "quote"): lambda _w, row: row.quote,
    ("Citation", "quoteLanguage"): lambda _w, row: row.quote_language,
    ("Citation", "note"): lambda _w, row: row.note,
    ("Citation", "saidBy"): lambda world, row: world.get(row.speaker) if row.speaker else None,
    ("Claim", "id"): lambda _w, row: f"{row.claim.id}.{row.name}",
    ("Claim", "subject"): lambda _w, row: row.about,
    ("Claim", "property"): lambda _w, row: row.name,
    ("Claim", "value"): lambda _w, row: _as_in_seeds(row.claim.values[row.name]),
    ("Claim", "object"): _object,
    ("Claim", "modality"): lambda _w, row: row.claim.modality.value,
    ("Claim", "saidBy"): lambda world, row: _one(
        [
            world.get(one)
            for one in [row.claim.speaker.record if row.claim.speaker else None]
            if one and world.get(one).type in ACTORS
        ]
    ),
    ("Claim", "saidByRole"): lambda _w, row: row.claim.speaker.role if row.claim.speaker else None,
    ("Claim", "preferred"): lambda world, row: _decision(world, row)[0],
    ("Claim", "preferredBecause"): lambda world, row: _decision(world, row)[1],
    ("Claim", "citations"): lambda world, row: _sorted_citations(world, [row.claim]),
}
"""How a field is answered; what is not here is stored under its own name."""

# ── root fields ─────────────────────────────────────────────────────────────────────────────────────────────────


def _find(*types: str) -> Callable[..., Record | None]:
    def find(world: World, id: str) -> Record | None:  # noqa: A002
        found = world.records.get(id)
        return found if found is not None and found.type in types else None

    return find


def _node(world: World, id: str) -> Record | Part | None:  # noqa: A002
    if id in world.records:
        return world.records[id]
    event = id.partition("/")[0]
    return next((part for part in world.parties(event) if part.id == id), None)


def _list(kind: str, matches: Callable[[World, Record, Mapping[str, Any]], bool]) -> Callable[..., Any]:
    return lambda world, where=None, **window: page(
        [one for one in world.of_type(kind) if matches(world, one, where or {})], **window
    )


def _ordered_list(kind: str, matches: Callable[[World, Record, Mapping[str, Any]], bool]) -> Callable[..., Any]:
    def found(world: World, where: Any = None, orderBy: Any = None, **window: Any) -> Any:
        rows = [one for one in world.of_type(kind) if matches(world, one, where or {})]
        keys = ordered(orderBy, "ID")
        return page(in_order(rows, keys), keys=keys, **window)

    return found


def _events(*types: str) -> Callable[..., Any]:
    return lambda world, orderBy=None, **given: _event_page(
        world, world.of_type(*types), order=orderBy, default="ID", **given
    )


def _sequences(
    world: World,
    steps: Sequence[Mapping[str, Any]],
    where: Any = None,
    holds: str = "FOR_SOME_DATES",
    sameDay: bool = False,  # noqa: FBT002
    subjects: str = "PEOPLE",
    **window: Any,
) -> Any:
    types = {"PEOPLE": ["Person"], "GROUPS": ["Group"], "ALL": ["Group", "Person"]}[subjects]
    roles = [step.get("role") or "SUBJECT" for step in steps]
    rows = []
    for subject in world.of_type(*types):
        if not asks.person(world, subject, where or {}):
            continue
        found = asks.chains(world, subject, steps, holds, same_day=sameDay)
        if found:
            is_sure, events = found[0]
            rows.append(
                {
                    "subject": subject,
                    "person": subject if subject.type == "Person" else None,
                    "group": subject if subject.type == "Group" else None,
                    "events": events,
                    "holds": "FOR_ALL_DATES" if is_sure else "FOR_SOME_DATES",
                    "chains": len(found),
                    "order": [known.basis(world, a, b) for a, b in pairwise(events)],
                    "between": [known.between(a, b) for a, b in pairwise(events)],
                    "modality": known.modality(world, subject, roles, events),
                    "explanation": "not of the oracle",
                }
            )
    groups = [
        one
        for one in world.of_type("Group")
        if asks.person(world, one, where or {}) and asks.chains(world, one, steps, holds, same_day=sameDay)
    ]
    chains: list[Any] = [row["events"] for row in rows]
    return page(rows, **window) | {
        "unnamedGroups": len(groups),
        "durations": lambda _info, step: known.durations(chains, step),
    }


ROOT_FIELDS: dict[str, Callable[..., Any]] = {
    "node": _node,
    "person": _find("Person"),
    "people": _ordered_list("Person", asks.person),
    "group": _find("Group"),
    "groups": _list("Group", asks.group),
    "organization": _find("Organization"),
    "organizations": _list("Organization", asks.organization),
    "mediators": lambda world, **window: page(
        [
            one
            for one in world.of_type(*ACTORS)
            if any(not event.stored["announced"] for event in world.events_of(one.id, "MEDIATOR"))
        ],
        **window,
    ),
    "place": _find("Place"),
    "places": _list("Place", asks.place),
    "site": _find("Site"),
    "sites": _list("Site", asks.site),
    "event": _find(*EVENT_TYPES),
    "events": _events(*EVENT_TYPES),
    "exchange": _find("Exchange"),
    "exchanges": _events("Exchange"),
    "source": _find("Source"),
    "sources": _ordered_list("Source", asks.source),
    "figure": _find("Figure"),
    "figures": _list("Figure", asks.figure),
    "sequences": _sequences,
}

assert {event_type(kind) for kind in EventKind} == set(EVENT_TYPES)
