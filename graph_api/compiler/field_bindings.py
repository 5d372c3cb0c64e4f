"""The binder of every field of every object type.

Fields of plain properties follow from ONTOLOGY; the others are declared here by name::

    FIELD_BINDINGS["Person"]["name"]     property_field("name")       PropertyColumn("name") as it is stored
    FIELD_BINDINGS["Person"]["born"]     value_field("born", …)       PropertyColumn("born") decoded to a When
    FIELD_BINDINGS["Figure"]["saidBy"]   to_one(outgoing(SAID_BY))    SubqueryOne(Traverse(…), …)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from graph_api.compiler import decode as to
from graph_api.compiler import exchanges, labels, stays
from graph_api.compiler.binder import (
    BY_ID,
    BindContext,
    BoundField,
    FieldBinder,
    OrderOf,
    connection,
    incoming,
    is_descending,
    outgoing,
    property_field,
    scalar,
    to_many,
    to_one,
    value_field,
    value_object,
)
from graph_api.compiler.claim_properties import claim_property
from graph_api.compiler.comparisons import CITATION_ORDER, COMPARISONS
from graph_api.compiler.filters import acted, took_part
from graph_api.compiler.ir import (
    ByForeignKey,
    CitationScan,
    ClaimCitation,
    ClaimObject,
    ClaimScan,
    ClaimSpeaker,
    Comparator,
    Compare,
    ComputedColumn,
    Hop,
    OrderKey,
    ParticipationScan,
    PropertyColumn,
    RowSource,
    ScopeVar,
    StatusCitationScan,
    Traverse,
)
from graph_api.compiler.occurrences import REPORTED
from graph_api.compiler.placeholders import map_value
from graph_api.compiler.selection import SelectedField
from graph_api.ontology.event_types import EVENT_TYPES, EventType
from graph_api.ontology.kinds import Kind
from graph_api.ontology.names import MAX_PLACE_DEPTH, PLACES_OF_EVENTS, SITES_OF_EVENTS, Label, Rel
from graph_api.ontology.properties import CONTROL, POSITIONS, NestedRecord, Property
from graph_api.ontology.registry import ONTOLOGY
from graph_api.ontology.vocabulary import Role
from graph_api.values import dates, offences, quantities, sentences
from graph_api.values.days import decode_number
from graph_api.values.languages import Language

BY_RANK: Final = (OrderKey("rank", can_be_null=True, is_indexed=True, value_type=int), OrderKey("id"))
"""The order of events of many subjects."""
BY_EVENT_POSITION: Final = (OrderKey("position", can_be_null=True, of="link", value_type=int), OrderKey("id"))
"""The order of the events of one person or group."""


def event_order(by_date: tuple[OrderKey, ...], default: tuple[OrderKey, ...]) -> OrderOf:
    """Return the sort keys of an EventOrder, with those of DATE; ``default`` without one. Descending is the exact reverse, nulls last."""

    def order(value: Mapping[str, Any] | None) -> tuple[OrderKey, ...]:
        if not value:
            return default
        keys = (OrderKey("id"),) if str(value["field"]) == "ID" else by_date
        return tuple(replace(key, descending=True) for key in keys) if is_descending(value) else keys

    return order


def events(source: RowSource, by_date: tuple[OrderKey, ...] = BY_RANK) -> FieldBinder:
    """Bind a connection of events with their filter and order."""
    return connection(source, event_order(by_date, by_date))


# ── by shape ────────────────────────────────────────────────────────────────────────────────────────────────────


def _property_binding(prop: Property) -> FieldBinder:
    if prop.is_link and prop.rel is not None:
        return to_many(outgoing(prop.rel)) if prop.many else to_one(outgoing(prop.rel))
    if prop.value_type.decode is not None:
        return value_field(prop.key, prop.value_type.decode, many=prop.many)
    if prop.many:
        return property_field(prop.key, to.many)
    return property_field(prop.key) if prop.default is None else property_field(prop.key, to.or_default(prop.default))


def _offences(selected: SelectedField, _context: BindContext) -> BoundField:
    """Bind the offences of an event; the claims that state each are read only where they are selected."""
    columns = [PropertyColumn("offences")]
    if any(one.name == "claims" for fields in selected.of.values() for one in fields):
        columns.append(PropertyColumn("offences_claims"))
    return value_object(selected, columns, offences.decode, many=True)


def _kind_bindings(kind: Kind | EventType | NestedRecord) -> dict[str, FieldBinder]:
    return {prop.field: _property_binding(prop) for prop in kind.properties}


# ── what several types share ────────────────────────────────────────────────────────────────────────────────────


def _claims(selected: SelectedField, context: BindContext) -> BoundField:
    types = tuple(of for of, fields in context.selection.items() if selected in fields)
    name = map_value(selected.arguments.get("property"), claim_property(types))
    return context.to_many(ClaimScan(name), selected, ())


_DOCUMENTED: Final[dict[str, FieldBinder]] = {
    "id": property_field("id"),
    "citations": to_many(CitationScan(), CITATION_ORDER),
    "disputed": property_field("disputed", to.many),
    "claims": _claims,
}


_POSITIONS: Final[dict[str, FieldBinder]] = {
    "positions": to_many(
        outgoing(Rel.HOLDS, Label.POSITION), (OrderKey("from_lo", can_be_null=True, value_type=int), OrderKey("id"))
    )
}
_MEDIATED: Final[dict[str, FieldBinder]] = {
    "mediated": events(Traverse((took_part(Role.MEDIATOR.value),), distinct=True))
}
_OWN_EVENTS: Final[dict[str, FieldBinder]] = {
    "events": lambda s, c: events(Traverse((acted(_role(s), "Event"),), distinct=True))(s, c)
}
_EVENTS_OF_SUBJECT: Final[dict[str, FieldBinder]] = {
    "events": lambda s, c: events(Traverse((took_part(_role(s)),), distinct=True), BY_EVENT_POSITION)(s, c)
}
_ABOUT_PERSON: Final = Traverse(
    (
        Hop((Rel.TOOK_PART, Rel.MEMBER), forward=None, min_length=0),
        Hop((Rel.ABOUT,), forward=False, label="Event"),
    ),
    distinct=True,
)
"""Events about a person, an event in which the person took part, or a group to which the person belongs."""
_FIGURES: Final[dict[str, FieldBinder]] = {
    "figures": connection(
        Traverse((Hop((Rel.ABOUT, Rel.SAID_BY, Rel.FIGURE_SIDE), forward=False, label="Figure"),), distinct=True)
    )
}
_CONTROL: Final[dict[str, FieldBinder]] = {
    "control": to_many(
        outgoing(Rel.CONTROLLED, Label.CONTROL), (OrderKey("from_lo", can_be_null=True, value_type=int), OrderKey("id"))
    )
}


def _role(selected: SelectedField) -> str | None:
    role = selected.arguments.get("role")
    return None if role is None else str(role)


_ACTOR: Final = _POSITIONS | _MEDIATED


# ── events ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _participants(selected: SelectedField, context: BindContext) -> BoundField:
    role = _role(selected)
    return context.connection(
        selected, ParticipationScan(), BY_ID, Compare("role", Comparator.EQUAL, role) if role else None
    )


_EVENT_FIELDS: Final[dict[str, FieldBinder]] = {
    **_kind_bindings(ONTOLOGY.kind("event")),
    **_DOCUMENTED,
    "title": labels.event_title,
    **labels.EVENT,
    "announced": property_field("announced"),
    "bounds": lambda s, _c: value_object(s, (PropertyColumn("date_lo"), PropertyColumn("date_hi")), to.day_range),
    "participants": _participants,
    "parts": events(incoming(Rel.PART_OF, "Event")),
    "figures": connection(incoming(Rel.ABOUT, "Figure")),
}
_OF_EVENT_TYPE: Final[dict[str, dict[str, FieldBinder]]] = {
    "Conviction": {
        "sentenceInForce": value_field("sentence_in_force", sentences.decode),
        "appeals": to_many(incoming(Rel.OF, "Appeal"), BY_RANK, REPORTED),
    },
    "Exchange": exchanges.EXCHANGE,
}


def _claims_of_part(selected: SelectedField, context: BindContext) -> BoundField:
    """Bind the claims about a participation, whose subject is a relationship and not a record."""
    subject: FieldBinder = lambda s, b: b.to_one(ScopeVar("parent"), s, b.restrict(s.of, ["Participation"]))  # noqa: E731
    fields = context.bindings.fields
    bindings = replace(context.bindings, fields={**fields, "Claim": {**fields["Claim"], "subject": subject}})
    return _claims(selected, BindContext(bindings, context.limits, context.selection))


# ── all types ───────────────────────────────────────────────────────────────────────────────────────────────────

_EVENTS_AT_PLACE: Final = Traverse(
    (Hop(PLACES_OF_EVENTS, forward=False, label="Event", max_length=MAX_PLACE_DEPTH),), distinct=True
)
_SITES_AT_PLACE: Final = Traverse(
    (Hop((Rel.IN, Rel.WITHIN), forward=False, label="Site", max_length=MAX_PLACE_DEPTH),), distinct=True
)

_STATUS_TEXTS: Final = {Language.EN: "status_text", Language.UK: "status_text_uk"}
_STATUS: Final[dict[str, FieldBinder]] = {
    "custody": property_field("custody", to.or_default("UNKNOWN")),
    "custodySince": value_field("custody_since", dates.decode),
    "custodyReported": property_field("custody_reported", decode_number),
    "custodyReportedFor": value_field("custody_reported_for", dates.decode),
    "legal": property_field("legal", to.or_default("UNKNOWN")),
    "legalSince": value_field("legal_since", dates.decode),
    "legalReported": property_field("legal_reported", decode_number),
    "legalReportedFor": value_field("legal_reported_for", dates.decode),
    "sentenceInForce": value_field("sentence_in_force", sentences.decode),
    "returned": property_field("returned"),
    "text": lambda s, _c: scalar(s, (PropertyColumn(_STATUS_TEXTS[s.language]),), to.or_default("")),
    "citations": to_many(StatusCitationScan(), CITATION_ORDER),
}

FIELD_BINDINGS: Final[dict[str, dict[str, FieldBinder]]] = {
    "Status": _STATUS,
    "Person": {
        **_kind_bindings(ONTOLOGY.kind("person")),
        **labels.NAMED,
        **_DOCUMENTED,
        **_ACTOR,
        **_EVENTS_OF_SUBJECT,
        "status": to_one(ScopeVar("self")),
        "about": events(_ABOUT_PERSON),
        "groups": connection(incoming(Rel.MEMBER, "Group")),
        "stays": stays.stays,
        "coDetainees": stays.co_detainees,
    },
    "Group": {
        **_kind_bindings(ONTOLOGY.kind("group")),
        **labels.NAMED,
        **_DOCUMENTED,
        **_EVENTS_OF_SUBJECT,
        "members": connection(outgoing(Rel.MEMBER, "Person")),
    },
    "Organization": {
        **_kind_bindings(ONTOLOGY.kind("organization")),
        **labels.NAMED,
        **_DOCUMENTED,
        **_ACTOR,
        **_OWN_EVENTS,
        **_FIGURES,
    },
    "State": {
        **_kind_bindings(ONTOLOGY.kind("state")),
        **labels.NAMED,
        **_DOCUMENTED,
        **_ACTOR,
        **_OWN_EVENTS,
        **_FIGURES,
    },
    "Place": {
        **_kind_bindings(ONTOLOGY.kind("place")),
        **labels.NAMED,
        **_DOCUMENTED,
        **_CONTROL,
        "sites": connection(_SITES_AT_PLACE),
        "events": events(_EVENTS_AT_PLACE),
    },
    "Site": {
        **_kind_bindings(ONTOLOGY.kind("site")),
        **labels.NAMED,
        **_DOCUMENTED,
        **_CONTROL,
        "events": events(Traverse((Hop(SITES_OF_EVENTS, forward=False, label="Event"),), distinct=True)),
        "held": stays.held,
    },
    "Figure": {
        **_kind_bindings(ONTOLOGY.kind("figure")),
        **labels.FIGURE,
        **_DOCUMENTED,
        "period": lambda s, _b: value_object(s, (PropertyColumn("from"), PropertyColumn("until")), to.span),
        "saidBy": to_one(outgoing(Rel.SAID_BY, Label.ACTOR)),
        "breakdown": to_many(incoming(Rel.TOTAL, "Figure"), BY_ID),
    },
    "Source": {
        **_kind_bindings(ONTOLOGY.kind("source")),
        **labels.SOURCE,
        "id": property_field("id"),
        "knownFrom": property_field("known_from", decode_number),
        "events": events(incoming(Rel.CITES, "Event")),
    },
    "Participation": {
        **labels.PARTICIPATION,
        **_DOCUMENTED,
        "participant": to_one(ScopeVar("who")),
        "event": to_one(ScopeVar("event")),
        "role": property_field("role"),
        "side": to_one(ByForeignKey("side")),
        "alleged": lambda s, _b: scalar(s, (PropertyColumn("alleged"), PropertyColumn("role")), _alleged),
        "age": value_field("age", quantities.decode),
        "note": property_field("note"),
        "claims": _claims_of_part,
    },
    "ExchangeSide": exchanges.SIDE,
    "Position": {
        **_kind_bindings(POSITIONS),
        "citations": _DOCUMENTED["citations"],
    },
    "Control": {
        **_kind_bindings(CONTROL),
        "citations": _DOCUMENTED["citations"],
    },
    "Citation": {
        "source": to_one(ScopeVar("self")),
        "locator": property_field("at", of="link"),
        "quote": property_field("quote", of="link"),
        "quoteLanguage": property_field("quote_language", of="link"),
        "note": property_field("note", of="link"),
        "saidBy": to_one(ScopeVar("speaker")),
    },
    "Claim": {
        "id": property_field(ComputedColumn.CLAIM_ID),
        "subject": to_one(ScopeVar("parent")),
        "property": property_field(ComputedColumn.CLAIM_PROPERTY),
        "value": property_field(ComputedColumn.CLAIM_VALUE, to.claim_value),
        "object": to_one(ClaimObject()),
        "modality": property_field("modality", of="claim"),
        "saidBy": to_one(ClaimSpeaker()),
        "saidByRole": property_field("role", of="claim"),
        "preferred": property_field(ComputedColumn.CLAIM_PREFERRED, bool),
        "preferredBecause": property_field(ComputedColumn.CLAIM_BECAUSE, lambda text: text or None),
        "citations": to_many(ClaimCitation(), CITATION_ORDER),
    },
    **COMPARISONS,
    **stays.STAYS,
    **{
        declared.name: {
            **_EVENT_FIELDS,
            **_kind_bindings(declared),
            **({"offences": _offences} if "offences" in (one.name for one in declared.properties) else {}),
            **_OF_EVENT_TYPE.get(declared.name, {}),
        }
        for declared in EVENT_TYPES
    },
}
"""The binder of every field of every type."""


def _alleged(stated: bool | None, role: str) -> bool:  # noqa: FBT001 - a column
    return role == Role.PERPETRATOR.value if stated is None else stated
