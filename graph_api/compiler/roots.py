"""Where rows begin: each root field as a column of the IR and the decoder of its value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from graph_api.compiler.binder import BY_ID, BindContext, BoundField, where_of
from graph_api.compiler.field_bindings import event_order
from graph_api.compiler.filters import (
    event_filter,
    figure_filter,
    group_filter,
    organization_filter,
    person_filter,
    place_filter,
    site_filter,
    source_filter,
    took_part,
)
from graph_api.compiler.ir import ByIdScan, Exists, LabelScan, OrderKey, ParticipationScan, Predicate, Traverse
from graph_api.compiler.placeholders import guard, map_value
from graph_api.compiler.search import search
from graph_api.compiler.selection import SelectedField
from graph_api.compiler.sequences import sequences
from graph_api.compiler.totals import totals
from graph_api.ontology.names import Label
from graph_api.ontology.properties import PARTICIPANTS
from graph_api.ontology.vocabulary import Role

Root = Callable[[SelectedField, BindContext], BoundField]
PART: Final = f"/{PARTICIPANTS.name}/"
"""What stands between an event and its participant in the id of a participation."""
BY_BIRTH: Final = {
    False: (OrderKey("born_lo", can_be_null=True, value_type=int), OrderKey("id")),
    True: (OrderKey("born_lo", descending=True, can_be_null=True, value_type=int), OrderKey("id")),
}


def _by_id(label: str, selected: SelectedField, context: BindContext) -> BoundField:
    return context.to_one(ByIdScan(label, map_value(selected.arguments["id"], str)), selected)


def _node(selected: SelectedField, context: BindContext) -> BoundField:
    asked_id = selected.arguments["id"]
    if guard(asked_id, _is_part):
        part = ParticipationScan(id=map_value(asked_id, str), event=map_value(asked_id, _event))
        return context.to_one(part, selected, context.restrict(selected.of, ["Participation"]))
    return context.to_one(ByIdScan(Label.RECORD, map_value(asked_id, str)), selected)


def _is_part(asked_id: Any) -> bool:
    return PART in str(asked_id)


def _event(asked_id: Any) -> str:
    return str(asked_id).partition(PART)[0]


def _list(
    label: str, meaning: Callable[[Mapping[str, Any]], Predicate], selected: SelectedField, context: BindContext
) -> BoundField:
    return context.connection(selected, LabelScan(label), BY_ID, where_of(selected, meaning))


def _people(selected: SelectedField, context: BindContext) -> BoundField:
    order = selected.arguments.get("orderBy")
    return context.connection(
        selected,
        LabelScan(Label.PERSON),
        BY_ID if order is None else _person_order(order),
        where_of(selected, person_filter),
    )


def _person_order(value: Mapping[str, Any]) -> tuple[OrderKey, ...]:
    down = str(value.get("direction", "ASC")) == "DESC"
    match str(value["field"]):
        case "NAME":
            return (OrderKey("name", descending=down, is_text=True), OrderKey("id"))
        case "BORN":
            return BY_BIRTH[down]
        case _:
            return (OrderKey("id", descending=down),)


def _events(label: str, selected: SelectedField, context: BindContext) -> BoundField:
    order = event_order(selected.arguments.get("orderBy"), default=BY_ID)
    return context.connection(selected, LabelScan(label), order, where_of(selected, event_filter))


def _mediators(selected: SelectedField, context: BindContext) -> BoundField:
    return context.connection(
        selected, LabelScan(Label.ACTOR), BY_ID, Exists(Traverse((took_part(Role.MEDIATOR.value),)))
    )


# ── all ─────────────────────────────────────────────────────────────────────────────────────────────────────────

ROOTS: Final[Mapping[str, Root]] = {
    "node": _node,
    "person": partial(_by_id, "Person"),
    "people": _people,
    "group": partial(_by_id, "Group"),
    "groups": partial(_list, "Group", group_filter),
    "organization": partial(_by_id, "Organization"),
    "organizations": partial(_list, "Organization", organization_filter),
    "mediators": _mediators,
    "place": partial(_by_id, "Place"),
    "places": partial(_list, "Place", place_filter),
    "site": partial(_by_id, "Site"),
    "sites": partial(_list, "Site", site_filter),
    "event": partial(_by_id, "Event"),
    "events": partial(_events, "Event"),
    "exchange": partial(_by_id, "Exchange"),
    "exchanges": partial(_events, "Exchange"),
    "source": partial(_by_id, "Source"),
    "sources": partial(_list, "Source", source_filter),
    "figure": partial(_by_id, "Figure"),
    "figures": partial(_list, "Figure", figure_filter),
    "search": search,
    "sequences": sequences,
    "totals": totals,
}
"""Every root field that can be answered."""
