"""Binders of root fields: by id, lists with a filter and an order, and those of one field alone.

The root fields themselves are declared by the schema, each with its binder; ``RootBinder`` is what the compiler is given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from graph_api.compiler.binder import BY_ID, BindContext, BoundField, where_of
from graph_api.compiler.field_bindings import event_order
from graph_api.compiler.filters import event_filter, person_filter, took_part
from graph_api.compiler.ir import ByIdScan, Exists, LabelScan, OrderKey, ParticipationScan, Predicate, Traverse
from graph_api.compiler.placeholders import guard, map_value
from graph_api.compiler.selection import SelectedField
from graph_api.ontology.names import Label
from graph_api.ontology.properties import PARTICIPANTS
from graph_api.ontology.vocabulary import Role

RootBinder = Callable[[SelectedField, BindContext], BoundField]
"""Binds a selected root field. Raises InvalidQuery, PageLimitExceeded and InvalidCursor for invalid arguments."""
FilterBinder = Callable[[Mapping[str, Any]], Predicate]
PART: Final = f"/{PARTICIPANTS.name}/"
"""Separates the id of the event from that of the participant in the id of a participation."""
BY_BIRTH: Final = {
    False: (OrderKey("born_lo", can_be_null=True, value_type=int), OrderKey("id")),
    True: (OrderKey("born_lo", descending=True, can_be_null=True, value_type=int), OrderKey("id")),
}


def by_id(label: str) -> RootBinder:
    """Return the binder of a field that takes the ``id`` of a record with this label."""

    def bind(selected: SelectedField, context: BindContext) -> BoundField:
        return context.to_one(ByIdScan(label, map_value(selected.arguments["id"], str)), selected)

    return bind


def filtered_list(label: str, predicate: FilterBinder) -> RootBinder:
    """Return the binder of a connection of records with this label, filtered by ``where`` and ordered by id."""

    def bind(selected: SelectedField, context: BindContext) -> BoundField:
        return context.connection(selected, LabelScan(label), BY_ID, where_of(selected, predicate))

    return bind


def event_list(label: str) -> RootBinder:
    """Return the binder of a connection of events with this label, filtered by ``where`` and ordered by ``orderBy``."""

    def bind(selected: SelectedField, context: BindContext) -> BoundField:
        order = event_order(selected.arguments.get("orderBy"), default=BY_ID)
        return context.connection(selected, LabelScan(label), order, where_of(selected, event_filter))

    return bind


def node(selected: SelectedField, context: BindContext) -> BoundField:
    """Bind a record of any kind, or a participation, by ``id``."""
    asked_id = selected.arguments["id"]
    if guard(asked_id, _is_part):
        part = ParticipationScan(id=map_value(asked_id, str), event=map_value(asked_id, _event))
        return context.to_one(part, selected, context.restrict(selected.of, ["Participation"]))
    return context.to_one(ByIdScan(Label.RECORD, map_value(asked_id, str)), selected)


def _is_part(asked_id: Any) -> bool:
    return PART in str(asked_id)


def _event(asked_id: Any) -> str:
    return str(asked_id).partition(PART)[0]


def people(selected: SelectedField, context: BindContext) -> BoundField:
    """Bind the connection of people, filtered by ``where`` and ordered by ``orderBy``."""
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


def mediators(selected: SelectedField, context: BindContext) -> BoundField:
    """Bind the connection of actors that mediated an event."""
    return context.connection(
        selected, LabelScan(Label.ACTOR), BY_ID, Exists(Traverse((took_part(Role.MEDIATOR.value),)))
    )
