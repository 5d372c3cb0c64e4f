"""How each field of each type is bound. Plain properties follow from ONTOLOGY; what is more than a property stands here by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from graph_api.compiler import decode as to
from graph_api.compiler.binder import Binder, Binding, Field, leaf, made
from graph_api.compiler.filters import (
    DEEPEST,
    PLACES_OF_EVENTS,
    SITES_OF_EVENTS,
    event_filter,
    participants,
    person_filter,
    took_part,
)
from graph_api.compiler.ir import (
    All,
    Bound,
    Cited,
    ClaimCited,
    Claimed,
    ClaimObject,
    ClaimSpeaker,
    Compare,
    From,
    Hop,
    Keyed,
    Linked,
    Op,
    Order,
    Parties,
    ReachesScope,
    Special,
    Stored,
    Where,
)
from graph_api.compiler.placeholders import late
from graph_api.compiler.selection import Selected
from graph_api.ontology.event_types import EVENT_TYPES, EventType
from graph_api.ontology.kinds import Kind
from graph_api.ontology.names import Label, Rel
from graph_api.ontology.properties import CONTROL, POSITIONS, NestedRecord, Property
from graph_api.ontology.registry import ONTOLOGY
from graph_api.ontology.vocabulary import Role
from graph_api.values import quantities
from graph_api.values.days import decode_number

BY_ID: Final = (Order("id"),)
BY_PLACE: Final = (Order("place", of="link"), Order("id"))
BY_DAY: Final = (Order("day", can_be_null=True), Order("id"))
BY_DAY_LAST_FIRST: Final = (Order("day", descending=True, can_be_null=True), Order("id"))


def event_order(value: Mapping[str, Any] | None, default: tuple[Order, ...] = BY_DAY) -> tuple[Order, ...]:
    """Return the order that an EventOrder asks for; without one, by date below a record."""
    if not value:
        return default
    down = str(value.get("direction", "ASC")) == "DESC"
    if str(value["field"]) == "ID":
        return (Order("id", descending=down),)
    return BY_DAY_LAST_FIRST if down else BY_DAY


def stored(key: str | Special, convert: to.Decode | None = None, *, of: str = "self") -> Binder:
    """Bind a property, or a column that is more than one; ``convert`` makes the value of what is stored."""
    column = Stored(key, of) if isinstance(key, str) else key
    return lambda selected, _binding: leaf(selected, (column,), convert)


def valued(key: str, convert: to.Decode, *, many: bool = False) -> Binder:
    """Bind a property that holds a value object, or several."""
    return lambda selected, _binding: made(selected, (Stored(key),), convert, many=many)


def one(source: From) -> Binder:
    """Bind at most one row."""
    return lambda selected, binding: binding.one(source, selected)


def many(source: From, order: tuple[Order, ...] = BY_PLACE, where: Where | None = None) -> Binder:
    """Bind a list without paging."""
    return lambda selected, binding: binding.many(source, selected, order, where)


def paged(
    source: From, order: tuple[Order, ...] = BY_ID, where: Callable[[Selected], Where | None] = lambda _selected: None
) -> Binder:
    """Bind a connection."""
    return lambda selected, binding: binding.page(selected, source, order, where(selected))


def events(source: Callable[[Selected], From]) -> Binder:
    """Bind a connection of events with their filter and order."""
    return lambda selected, binding: binding.page(
        selected, source(selected), event_order(selected.arguments.get("orderBy")), asked(selected, event_filter)
    )


def asked(selected: Selected, meaning: Callable[[Mapping[str, Any]], Where]) -> Where | None:
    """Return what ``where`` asks for, if it was given."""
    value = selected.arguments.get("where")
    return None if value is None else meaning(value)


def out(rel: Rel, label: str = "Record") -> Linked:
    """Return the way along a relationship."""
    return Linked((Hop((rel,), forward=True, label=label),))


def back(rel: Rel, label: str = "Record") -> Linked:
    """Return the way against a relationship."""
    return Linked((Hop((rel,), forward=False, label=label),))


# ── by shape ────────────────────────────────────────────────────────────────────────────────────────────────────


def _of_property(prop: Property) -> Binder:
    if prop.is_link and prop.rel is not None:
        return many(out(prop.rel)) if prop.many else one(out(prop.rel))
    if prop.value_type.decode is not None:
        return valued(prop.key, prop.value_type.decode, many=prop.many)
    if prop.many:
        return stored(prop.key, to.many)
    return stored(prop.key) if prop.default is None else stored(prop.key, to.or_default(prop.default))


def _of_kind(kind: Kind | EventType | NestedRecord) -> dict[str, Binder]:
    return {prop.field: _of_property(prop) for prop in kind.properties}


# ── what several types share ────────────────────────────────────────────────────────────────────────────────────

_CITATION_ORDER: Final = (
    Order("known_from"),
    Order("id"),
    *(Order(key, of="link") for key in ("at", "quote", "quote_language", "note")),
    Order("id", of="speaker"),
)


def _in_words(names: Any) -> list[str]:
    return [_camel(name) for name in names or ()]


def _camel(name: str) -> str:
    head, *rest = name.split("-")
    return head + "".join(part.capitalize() for part in rest)


def _key(field: str | None) -> str | None:
    """Return the seed word of a GraphQL field: ``inAbsentia`` is ``in-absentia``."""
    return None if field is None else "".join(f"-{c.lower()}" if c.isupper() else c for c in field)


_DOCUMENTED: Final[dict[str, Binder]] = {
    "id": stored("id"),
    "citations": many(Cited(), _CITATION_ORDER),
    "disputed": stored("disputed", _in_words),
    "claims": lambda s, b: b.many(Claimed(late(s.arguments.get("property"), _key)), s, ()),
}


_POSITIONS: Final[dict[str, Binder]] = {
    "positions": many(out(Rel.HOLDS, Label.POSITION), (Order("from_lo", can_be_null=True), Order("id")))
}
_MEDIATED: Final[dict[str, Binder]] = {
    "mediated": events(lambda _s: Linked((took_part(Role.MEDIATOR.value),), distinct=True))
}
_OWN_EVENTS: Final[dict[str, Binder]] = {"events": events(lambda s: Linked((took_part(_role(s)),), distinct=True))}
_FIGURES: Final[dict[str, Binder]] = {
    "figures": paged(
        Linked((Hop((Rel.ABOUT, Rel.SAID_BY, Rel.FIGURE_SIDE), forward=False, label="Figure"),), distinct=True)
    )
}
_CONTROL: Final[dict[str, Binder]] = {
    "control": many(out(Rel.CONTROLLED, Label.CONTROL), (Order("from_lo", can_be_null=True), Order("id")))
}


def _role(selected: Selected) -> str | None:
    role = selected.arguments.get("role")
    return None if role is None else str(role)


_ACTOR: Final = _POSITIONS | _MEDIATED
_FREED: Final = Linked(
    (
        Hop((Rel.PART_OF,), forward=False, label="Event", least=0, most=DEEPEST),
        Hop((Rel.TOOK_PART,), forward=False, label="Person", match=(("role", Role.SUBJECT.value),)),
    ),
    distinct=True,
)


def _handed(label: str) -> Linked:
    """Return those handed over to the side in scope, in the exchange above or its parts."""
    subject = Hop((Rel.TOOK_PART,), forward=False, label=label, match=(("role", Role.SUBJECT.value),))
    return Linked((_FREED.hops[0], subject), distinct=True, start="parent")


# ── events ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _title(selected: Selected, _binding: Binding) -> Field:
    return leaf(selected, (Stored("title"), Stored("kind"), Special.SUBJECT_NAMES), to.title)


def _participants(selected: Selected, binding: Binding) -> Field:
    role = _role(selected)
    return binding.page(selected, Parties(), BY_ID, Compare("role", Op.EQUAL, role) if role else None)


def _acting(role: Role) -> Binder:
    return many(Linked((participants(role.value, Label.ACTOR),), distinct=True), BY_ID)


_EVENT_FIELDS: Final[dict[str, Binder]] = {
    **_of_kind(ONTOLOGY.kind("event")),
    **_DOCUMENTED,
    "title": _title,
    "participants": _participants,
    "parts": events(lambda _s: back(Rel.PART_OF, "Event")),
    "figures": paged(back(Rel.ABOUT, "Figure")),
}
_OF_EVENT_TYPE: Final[dict[str, dict[str, Binder]]] = {
    "Conviction": {"appeals": many(back(Rel.OF, "Appeal"), BY_DAY)},
    "Exchange": {
        "mediators": _acting(Role.MEDIATOR),
        "parties": _acting(Role.PARTY),
        "sides": many(out(Rel.SIDE), BY_ID),
        "freed": paged(_FREED, where=lambda s: asked(s, person_filter)),
    },
}


def _claims_of_part(selected: Selected, binding: Binding) -> Field:
    """Bind the claims about a participation, whose subject is a relationship and no record."""
    subject: Binder = lambda s, b: b.one(Bound("parent"), s, {"Participation": s.of["Participation"]})  # noqa: E731
    claim = {**binding.binders["Claim"], "subject": subject}
    of_part = Binding({**binding.binders, "Claim": claim}, binding.limits)
    return _DOCUMENTED["claims"](selected, of_part)


# ── all types ───────────────────────────────────────────────────────────────────────────────────────────────────

_EVENTS_AT_PLACE: Final = Linked((Hop(PLACES_OF_EVENTS, forward=False, label="Event", most=DEEPEST),), distinct=True)
_SITES_AT_PLACE: Final = Linked((Hop((Rel.IN, Rel.WITHIN), forward=False, label="Site", most=DEEPEST),), distinct=True)

BINDERS: Final[dict[str, dict[str, Binder]]] = {
    "Person": {
        **_of_kind(ONTOLOGY.kind("person")),
        **_DOCUMENTED,
        **_ACTOR,
        **_OWN_EVENTS,
    },
    "Group": {
        **_of_kind(ONTOLOGY.kind("group")),
        **_DOCUMENTED,
        **_OWN_EVENTS,
        "members": paged(out(Rel.MEMBER, "Person")),
    },
    "Organization": {
        **_of_kind(ONTOLOGY.kind("organization")),
        **_DOCUMENTED,
        **_ACTOR,
        **_OWN_EVENTS,
        **_FIGURES,
    },
    "State": {**_of_kind(ONTOLOGY.kind("state")), **_DOCUMENTED, **_ACTOR, **_OWN_EVENTS, **_FIGURES},
    "Place": {
        **_of_kind(ONTOLOGY.kind("place")),
        **_DOCUMENTED,
        **_CONTROL,
        "sites": paged(_SITES_AT_PLACE),
        "events": events(lambda _s: _EVENTS_AT_PLACE),
    },
    "Site": {
        **_of_kind(ONTOLOGY.kind("site")),
        **_DOCUMENTED,
        **_CONTROL,
        "events": events(lambda _s: Linked((Hop(SITES_OF_EVENTS, forward=False, label="Event"),), distinct=True)),
    },
    "Figure": {
        **_of_kind(ONTOLOGY.kind("figure")),
        **_DOCUMENTED,
        "period": lambda s, _b: made(s, (Stored("from"), Stored("until")), to.span),
        "saidBy": one(out(Rel.SAID_BY, Label.ACTOR)),
        "breakdown": many(back(Rel.TOTAL, "Figure"), BY_ID),
    },
    "Source": {
        **_of_kind(ONTOLOGY.kind("source")),
        "id": stored("id"),
        "knownFrom": stored("known_from", decode_number),
        "events": events(lambda _s: back(Rel.CITES, "Event")),
    },
    "Participation": {
        **_DOCUMENTED,
        "participant": one(Bound("who")),
        "event": one(Bound("event")),
        "role": stored("role"),
        "side": one(Keyed("side")),
        "alleged": lambda s, _b: leaf(s, (Stored("alleged"), Stored("role")), _alleged),
        "age": valued("age", quantities.decode),
        "note": stored("note"),
        "claims": _claims_of_part,
    },
    "ExchangeSide": {
        "to": one(Bound("self")),
        "from": one(Keyed("from", of="link")),
        "freed": lambda s, b: b.page(s, _handed(Label.PERSON), BY_ID, _both(_handed_here(), asked(s, person_filter))),
        "groups": lambda s, b: b.page(s, _handed(Label.GROUP), BY_ID, _handed_here()),
        "figures": paged(
            Linked((Hop((Rel.ABOUT,), forward=False, label="Figure"),), start="parent"),
            where=lambda _s: ReachesScope(Rel.FIGURE_SIDE, "parent"),
        ),
    },
    "Position": {
        **_of_kind(POSITIONS),
        "citations": _DOCUMENTED["citations"],
    },
    "Control": {
        **_of_kind(CONTROL),
        "citations": _DOCUMENTED["citations"],
    },
    "Citation": {
        "source": one(Bound("self")),
        "locator": stored("at", of="link"),
        "quote": stored("quote", of="link"),
        "quoteLanguage": stored("quote_language", of="link"),
        "note": stored("note", of="link"),
        "saidBy": one(Bound("speaker")),
    },
    "Claim": {
        "id": stored(Special.CLAIM_ID),
        "subject": one(Bound("parent")),
        "property": stored(Special.CLAIM_PROPERTY, _camel),
        "value": stored(Special.CLAIM_VALUE, to.from_json),
        "object": one(ClaimObject()),
        "modality": stored("modality", of="claim"),
        "saidBy": one(ClaimSpeaker()),
        "saidByRole": stored("role", of="claim"),
        "preferred": stored(Special.CLAIM_PREFERRED, bool),
        "preferredBecause": stored(Special.CLAIM_BECAUSE, lambda text: text or None),
        "citations": many(ClaimCited(), _CITATION_ORDER),
    },
    **{
        declared.name: {
            **_EVENT_FIELDS,
            **_of_kind(declared),
            **_OF_EVENT_TYPE.get(declared.name, {}),
        }
        for declared in EVENT_TYPES
    },
}
"""How every field of every type is bound."""


def _alleged(stated: bool | None, role: str) -> bool:  # noqa: FBT001 - a column
    return role == Role.PERPETRATOR.value if stated is None else stated


def _handed_here() -> Where:
    return Compare("side", Op.EQUAL, Bound("parent"), of="link")


def _both(first: Where, second: Where | None) -> Where:
    return first if second is None else All((first, second))
