"""Where rows begin: each root field as a column of the IR and the decoder of its value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from graph_api.compiler.binder import Binding, Field
from graph_api.compiler.field_bindings import BY_ID, asked, event_order
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
from graph_api.compiler.ir import Exists, Identified, Labelled, Linked, Order, Parties, Where
from graph_api.compiler.placeholders import known, late
from graph_api.compiler.search import search
from graph_api.compiler.selection import Selected
from graph_api.compiler.sequences import sequences
from graph_api.compiler.totals import totals
from graph_api.ontology.names import Label
from graph_api.ontology.properties import PARTICIPANTS
from graph_api.ontology.vocabulary import Role

Root = Callable[[Selected, Binding], Field]
PART: Final = f"/{PARTICIPANTS.name}/"
"""What stands between an event and its participant in the id of a participation."""
BY_BIRTH: Final = {
    False: (Order("born_lo", can_be_null=True), Order("id")),
    True: (Order("born_lo", descending=True, can_be_null=True), Order("id")),
}


def _by_id(label: str, selected: Selected, binding: Binding) -> Field:
    return binding.one(Identified(label, late(selected.arguments["id"], str)), selected)


def _node(selected: Selected, binding: Binding) -> Field:
    asked_id = selected.arguments["id"]
    if known(asked_id, _is_part):
        part = Parties(id=late(asked_id, str), event=late(asked_id, _event))
        return binding.one(part, selected, {"Participation": selected.of["Participation"]})
    return binding.one(Identified(Label.RECORD, late(asked_id, str)), selected)


def _is_part(asked_id: Any) -> bool:
    return PART in str(asked_id)


def _event(asked_id: Any) -> str:
    return str(asked_id).partition(PART)[0]


def _list(label: str, meaning: Callable[[Mapping[str, Any]], Where], selected: Selected, binding: Binding) -> Field:
    return binding.page(selected, Labelled(label), BY_ID, asked(selected, meaning))


def _people(selected: Selected, binding: Binding) -> Field:
    order = selected.arguments.get("orderBy")
    return binding.page(
        selected,
        Labelled(Label.PERSON),
        BY_ID if order is None else _person_order(order),
        asked(selected, person_filter),
    )


def _person_order(value: Mapping[str, Any]) -> tuple[Order, ...]:
    down = str(value.get("direction", "ASC")) == "DESC"
    match str(value["field"]):
        case "NAME":
            return (Order("name", descending=down, is_text=True), Order("id"))
        case "BORN":
            return BY_BIRTH[down]
        case _:
            return (Order("id", descending=down),)


def _events(label: str, selected: Selected, binding: Binding) -> Field:
    order = event_order(selected.arguments.get("orderBy"), default=BY_ID)
    return binding.page(selected, Labelled(label), order, asked(selected, event_filter))


def _mediators(selected: Selected, binding: Binding) -> Field:
    return binding.page(selected, Labelled(Label.ACTOR), BY_ID, Exists(Linked((took_part(Role.MEDIATOR.value),))))


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
