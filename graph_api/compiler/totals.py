"""The root field ``totals``: how many events, and how many named people as their subjects, share the same keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from graph_api.compiler.bind import Binding, Field, connection, edge_fields
from graph_api.compiler.cursors import ID, SortKey, cursor
from graph_api.compiler.decode import Decode
from graph_api.compiler.filters import event_filter, person_filter
from graph_api.compiler.ir import Read, Totals
from graph_api.compiler.selection import Selected
from graph_api.errors import BadQuery

MOST_DIMENSIONS: Final = 4
RECORDS: Final = frozenset({"MEDIATOR", "SIDE", "SITE", "PLACE", "COURT"})
"""Dimensions whose values are records; those of the others are texts."""


def totals(selected: Selected, binding: Binding) -> Field:
    """Bind the root field. Raises BadQuery for no dimensions, one that stands twice, or too many."""
    by = tuple(str(one) for one in selected.arguments["by"])
    if not 1 <= len(by) <= MOST_DIMENSIONS or len(set(by)) < len(by):
        raise BadQuery(f"totals: saw by: [{', '.join(by)}]; right would be 1 to {MOST_DIMENSIONS} different dimensions")
    first, after = binding.window(selected, [*(SortKey(can_be_null=True) for _ in by), ID])
    fields = selected.of["TotalConnection"]
    names = {one.name for one in fields}
    nodes = [one for one in _key_fields(fields) if one.name == "node"]
    rows = [binding.row({of: some for of, some in one.of.items() if of != "Participation"}) for one in nodes]
    columns: list[Any] = []
    decoders: dict[int, Decode] = {}
    for one, (read, decode) in zip(nodes, rows, strict=True):
        decoders[id(one)] = _slice(decode, len(columns), len(columns) + len(read.columns))
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

    def make(found: Sequence[Any]) -> dict[str, Any]:
        some, total = found
        edges = [(cursor([*(key for key, _ in row[0]), ""]), row) for row in some[:first]]
        return connection(
            fields,
            "TotalConnection",
            edges,
            lambda row, one: _total(by, row, one.of["Total"], decoders),
            count=total,
            has_more=len(some) > first,
            is_after=after is not None,
        )

    return Field((root,), make)  # type: ignore[arg-type]


def _slice(decode: Decode, start: int, end: int) -> Decode:
    return lambda row: decode(row[start:end])


def _key_fields(fields: Sequence[Selected]) -> list[Selected]:
    nodes = [one for one in fields if one.name == "nodes"] + [
        each for one in fields for each in edge_fields(one) if each.name == "node"
    ]
    keys = [key for one in nodes for key in one.of["Total"] if key.name == "keys"]
    return [field for key in keys for field in key.of["TotalKey"]]


def _total(
    by: Sequence[str], row: Sequence[Any], fields: Sequence[Selected], decoders: dict[int, Decode]
) -> dict[str, Any]:
    keys, people, events = row
    made: dict[str, Any] = {"__typename": "Total"}
    for one in fields:
        match one.name:
            case "keys":
                made[one.key] = [_key(of, key, one.of["TotalKey"], decoders) for of, key in zip(by, keys, strict=True)]
            case "people":
                made[one.key] = people
            case "events":
                made[one.key] = events
            case _:
                made[one.key] = "Total"
    return made


def _key(dimension: str, key: Sequence[Any], fields: Sequence[Selected], decoders: dict[int, Decode]) -> dict[str, Any]:
    value, rows = key
    made: dict[str, Any] = {"__typename": "TotalKey"}
    for one in fields:
        match one.name:
            case "dimension":
                made[one.key] = dimension
            case "value":
                made[one.key] = None if dimension in RECORDS else value
            case "node":
                made[one.key] = decoders[id(one)](rows[0]) if rows else None
            case _:
                made[one.key] = "TotalKey"
    return made
