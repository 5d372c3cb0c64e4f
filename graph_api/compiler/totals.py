"""The root field ``totals``: how many events, and how many named people as their subjects, share the same keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from graph_api.compiler.binder import Binding, Field, node_fields, shifted
from graph_api.compiler.cursors import ID, SortKey
from graph_api.compiler.filters import event_filter, person_filter
from graph_api.compiler.ir import Read, Totals
from graph_api.compiler.response_shape import Connection, Constant, Each, First, Leaf, Record, Shape, Slot
from graph_api.compiler.selection import Selected
from graph_api.errors import InvalidQuery

MOST_DIMENSIONS: Final = 4
RECORDS: Final = frozenset({"MEDIATOR", "SIDE", "SITE", "PLACE", "COURT"})
"""Dimensions whose values are records; those of the others are texts."""


def totals(selected: Selected, binding: Binding) -> Field:
    """Bind the root field. Raises InvalidQuery for no dimensions, one that stands twice, or too many."""
    by = tuple(str(one) for one in selected.arguments["by"])
    if not 1 <= len(by) <= MOST_DIMENSIONS or len(set(by)) < len(by):
        raise InvalidQuery(
            f"totals: saw by: [{', '.join(by)}]; right would be 1 to {MOST_DIMENSIONS} different dimensions"
        )
    first, after = binding.window(selected, [*(SortKey(can_be_null=True) for _ in by), ID])
    fields = selected.of["TotalConnection"]
    names = {one.name for one in fields}
    columns: list[Any] = []
    records: dict[int, Record] = {}
    for one in (one for one in _key_fields(fields) if one.name == "node"):
        read, record = binding.row(binding.records(one.of))
        records[id(one)] = shifted(record, len(columns))
        columns += read.columns
    people, events = (selected.arguments.get(name) for name in ("people", "events"))
    root = Totals(
        by,
        None if people is None else person_filter(people),
        None if events is None else event_filter(events),
        Read(tuple(columns)),
        tuple(one in RECORDS for one in by),
        first,
        None if after is None else after[:-1],
        rows=bool(names & {"nodes", "edges", "pageInfo"}),
        count="totalCount" in names,
    )

    nodes = {id(node): _total(by, node.of["Total"], records) for node in node_fields(fields)}
    cursor = (*((0, place, 0) for place in range(len(by))), (3,))
    return Field((root,), Connection("TotalConnection", fields, first, after is not None, cursor, nodes))  # type: ignore[arg-type]


def _key_fields(fields: Sequence[Selected]) -> list[Selected]:
    keys = [key for one in node_fields(fields) for key in one.of["Total"] if key.name == "keys"]
    return [field for key in keys for field in key.of["TotalKey"]]


def _total(by: Sequence[str], fields: Sequence[Selected], records: dict[int, Record]) -> Record:
    return Record({"Total": tuple(_slot(by, one, records) for one in fields)})


def _slot(by: Sequence[str], one: Selected, records: dict[int, Record]) -> Slot:
    match one.name:
        case "keys":
            each = tuple(_key(of, one.of["TotalKey"], records) for of in by)
            return Slot(one.key, ((0,),), Each(each))
        case "people" | "events":
            return Slot(one.key, ((1,) if one.name == "people" else (2,),), Leaf(None, one.needed, one.check))
        case _:
            return Slot(one.key, (), Constant("Total"))


def _key(dimension: str, fields: Sequence[Selected], records: dict[int, Record]) -> Record:
    """Return the object of a key, whose row is its value and the record that it names."""
    return Record({"TotalKey": tuple(Slot(one.key, *_of_key(dimension, one, records)) for one in fields)})


def _of_key(dimension: str, one: Selected, records: dict[int, Record]) -> tuple[tuple[tuple[int, ...], ...], Shape]:
    match one.name:
        case "dimension":
            return (), Constant(dimension)
        case "value" if dimension in RECORDS:
            return (), Constant(None)
        case "value":
            return ((0,),), Leaf(None)
        case "node":
            return ((1,),), First(records[id(one)])
        case _:
            return (), Constant("TotalKey")
