"""Binds the root field ``totals``: numbers of events, and of named people as their subjects, by combinations of keys.

::

    totals(by: [SITE], events: {kind: DETENTION}) { nodes { keys { node { id } } people } }

    Totals(("SITE",), people=None, events=HasLabel(("Detention",)), node=Projection((PropertyColumn("id"),)), records=(True,), …)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from graph_api.compiler.binder import BindContext, BoundField, identity_of, node_fields, offset_columns
from graph_api.compiler.cursors import CursorKey
from graph_api.compiler.ir import OrderKey, Projection, Totals
from graph_api.compiler.response_shape import (
    ConnectionShape,
    ConstantShape,
    FieldShape,
    ObjectShape,
    ObjectTupleShape,
    OptionalObjectShape,
    ResponseShape,
    ScalarShape,
)
from graph_api.compiler.selection import SelectedField
from graph_api.errors import InvalidQuery

MAX_DIMENSIONS: Final = 4
RECORD_DIMENSIONS: Final = frozenset(
    {"MEDIATOR", "SIDE", "SITE", "PLACE", "REGION", "COURT", "SOURCE", "FROM_SITE", "TO_SITE"}
)
"""Dimensions whose values are records; values of other dimensions are texts."""
_COUNTS: Final = {"people": 1, "events": 2}
"""The place of each count in a row."""


def totals(selected: SelectedField, context: BindContext) -> BoundField:
    """Bind the root field. Raises InvalidQuery for no dimensions, a repeated one, or too many."""
    by = tuple(str(one) for one in selected.arguments["by"])
    if not 1 <= len(by) <= MAX_DIMENSIONS or len(set(by)) < len(by):
        raise InvalidQuery(
            f"Invalid argument `by: [{', '.join(by)}]` of totals: expected 1 to {MAX_DIMENSIONS} different dimensions."
        )
    identity = identity_of(selected)
    order = total_order(selected.arguments.get("orderBy"), by)
    cursor_keys = [CursorKey(key.value_type, key.can_be_null) for key in order]
    first, after = context.pagination(selected, cursor_keys, identity)
    fields = selected.of["TotalConnection"]
    names = {one.name for one in fields}
    columns: list[Any] = []
    records: dict[SelectedField, ObjectShape] = {}
    for one in (one for one in _key_fields(fields) if one.name == "node"):
        read, record = context.read_object(context.without_participations(one.of))
        records[one] = offset_columns(record, len(columns))
        columns += read.columns
    root = Totals(
        by,
        context.where(selected, "people"),
        context.where(selected, "events"),
        Projection(tuple(columns)),
        tuple(one in RECORD_DIMENSIONS for one in by),
        order,
        first,
        after,
        identity=identity,
        rows=bool(names & {"nodes", "edges", "pageInfo"}),
        count="totalCount" in names,
    )

    nodes = {node: _total(by, node.of["Total"], records) for node in node_fields(fields)}
    counted = tuple((_COUNTS[key.key],) for key in order if key.key in _COUNTS)
    cursor = ((3,), *counted, *((0, place, 0) for place in range(len(by))))
    return BoundField((root,), ConnectionShape("TotalConnection", fields, first, after is not None, cursor, nodes))  # type: ignore[arg-type]


def total_order(value: Mapping[str, Any] | None, by: Sequence[str]) -> tuple[OrderKey, ...]:
    """Return the sort keys of a TotalOrder: a count, where one is asked for, then every dimension.

    >>> [(key.key, key.descending) for key in total_order({"field": "PEOPLE", "direction": "DESC"}, ["KIND"])]
    [('people', True), ('KIND', False)]
    """
    asked = value or {"field": "KEYS"}
    descending = str(asked.get("direction") or "ASC") == "DESC"
    if str(asked["field"]) == "KEYS":
        return tuple(OrderKey(one, descending, can_be_null=True) for one in by)
    count = OrderKey(str(asked["field"]).lower(), descending, value_type=int)
    return (count, *(OrderKey(one, can_be_null=True) for one in by))


def _key_fields(fields: Sequence[SelectedField]) -> list[SelectedField]:
    keys = [key for one in node_fields(fields) for key in one.of["Total"] if key.name == "keys"]
    return [field for key in keys for field in key.of["TotalKey"]]


def _total(
    by: Sequence[str], fields: Sequence[SelectedField], records: dict[SelectedField, ObjectShape]
) -> ObjectShape:
    return ObjectShape({"Total": tuple(_slot(by, one, records) for one in fields)})


def _slot(by: Sequence[str], one: SelectedField, records: dict[SelectedField, ObjectShape]) -> FieldShape:
    match one.name:
        case "keys":
            each = tuple(_key(of, one.of["TotalKey"], records) for of in by)
            return FieldShape(one.key, ((0,),), ObjectTupleShape(each))
        case "people" | "events":
            return FieldShape(
                one.key, ((1,) if one.name == "people" else (2,),), ScalarShape(None, one.non_null, one.check)
            )
        case _:
            return FieldShape(one.key, (), ConstantShape("Total"))


def _key(dimension: str, fields: Sequence[SelectedField], records: dict[SelectedField, ObjectShape]) -> ObjectShape:
    """Return the object of a key; its row is the value of the key and its record."""
    return ObjectShape({"TotalKey": tuple(FieldShape(one.key, *_of_key(dimension, one, records)) for one in fields)})


def _of_key(
    dimension: str, one: SelectedField, records: dict[SelectedField, ObjectShape]
) -> tuple[tuple[tuple[int, ...], ...], ResponseShape]:
    match one.name:
        case "dimension":
            return (), ConstantShape(dimension)
        case "value" if dimension in RECORD_DIMENSIONS:
            return (), ConstantShape(None)
        case "value":
            return ((0,),), ScalarShape(None)
        case "node":
            return ((1,),), OptionalObjectShape(records[one])
        case _:
            return (), ConstantShape("TotalKey")
