"""Binders of root fields: by id, and lists with a filter and an order. The schema declares the root fields, each with its binder.

::

    person(id: "a") { … }                ──▶  SubqueryOne(ByIdScan("Person", "a"), …)
    people(where: {…}, first: 10) { … }  ──▶  Page(LabelScan("Person"), …, where=…, first=10)
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from graph_api.compiler.binder import BY_ID, BindContext, BoundField, FieldBinder, OrderOf, connection, is_descending
from graph_api.compiler.field_bindings import BY_RANK, event_order
from graph_api.compiler.filters import took_part
from graph_api.compiler.ir import (
    ByIdScan,
    Exists,
    LabelScan,
    OrderKey,
    ParticipationScan,
    Traverse,
)
from graph_api.compiler.occurrences import REPORTED
from graph_api.compiler.placeholders import guard, map_value
from graph_api.compiler.selection import SelectedField
from graph_api.ontology.names import Label
from graph_api.ontology.properties import PARTICIPATION_INFIX
from graph_api.ontology.vocabulary import Role


def by_id(label: str) -> FieldBinder:
    """Return the binder of a field that takes the ``id`` of a record with this label."""
    return lambda selected, context: context.to_one(ByIdScan(label, map_value(selected.arguments["id"], str)), selected)


def filtered_list(label: str, order: tuple[OrderKey, ...] | OrderOf = BY_ID) -> FieldBinder:
    """Return the binder of a connection of records with this label, filtered by ``where``; ``order`` may depend on ``orderBy``."""
    return connection(LabelScan(label), order)


def event_list(label: str) -> FieldBinder:
    """Return the binder of a connection of events with this label, filtered by ``where`` and ordered by ``orderBy``."""
    return filtered_list(label, event_order(BY_RANK, BY_ID))


def node(selected: SelectedField, context: BindContext) -> BoundField:
    """Bind a record of any kind, or a participation, by ``id``."""
    record_id = selected.arguments["id"]
    if guard(record_id, _is_participation):
        participation = ParticipationScan(id=map_value(record_id, str), event=map_value(record_id, _event_id))
        return context.to_one(participation, selected, context.restrict(selected.of, ["Participation"]))
    return by_id(Label.RECORD)(selected, context)


def _is_participation(record_id: Any) -> bool:
    return PARTICIPATION_INFIX in str(record_id)


def _event_id(record_id: Any) -> str:
    return str(record_id).partition(PARTICIPATION_INFIX)[0]


def person_order(value: Mapping[str, Any] | None) -> tuple[OrderKey, ...]:
    """Return the sort keys of a PersonOrder; without one, the id."""
    if value is None:
        return BY_ID
    descending = is_descending(value)
    match str(value["field"]):
        case "NAME":
            return (OrderKey("name_sort", descending=descending, is_indexed=True), OrderKey("id"))
        case "BORN":
            return _by_day("born_lo", descending=descending)
        case "CUSTODY_REPORTED":
            return _by_day("custody_reported", descending=descending)
        case _:
            return (OrderKey("id", descending=descending),)


def source_order(value: Mapping[str, Any] | None) -> tuple[OrderKey, ...]:
    """Return the sort keys of a SourceOrder; without one, the id."""
    if value is None:
        return BY_ID
    descending = is_descending(value)
    if str(value["field"]) == "PUBLISHED":
        return _by_day("published_hi", descending=descending, is_indexed=False)
    return (OrderKey("id", descending=descending),)


def _by_day(key: str, *, descending: bool, is_indexed: bool = True) -> tuple[OrderKey, ...]:
    day = OrderKey(key, descending=descending, can_be_null=True, is_indexed=is_indexed, value_type=int)
    return (day, OrderKey("id"))


people: Final = filtered_list(Label.PERSON, person_order)
"""Binds the connection of people, filtered by ``where`` and ordered by ``orderBy``."""
mediators: Final = connection(
    LabelScan(Label.ACTOR), where=Exists(Traverse((took_part(Role.MEDIATOR.value),)), REPORTED)
)
"""Binds the connection of actors that mediated an event."""
