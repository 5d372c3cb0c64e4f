"""The rows of an answer: the nodes of its one root field; and each row with its nested objects and lists flattened into cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from graph_api.errors import InvalidQuery

Row = Mapping[str, Any]
Cells = dict[str, Any]


def answer_rows(data: Mapping[str, Any]) -> list[Row]:
    """Return the rows of an answer: the nodes of its one root field, the one record, or none. Raises InvalidQuery for several root fields.

    >>> answer_rows({"people": {"totalCount": 2, "nodes": [{"id": "a"}, {"id": "b"}]}})
    [{'id': 'a'}, {'id': 'b'}]
    >>> answer_rows({"person": {"id": "a"}}), answer_rows({"person": None})
    ([{'id': 'a'}], [])
    """
    if len(data) != 1:
        names = ", ".join(f"'{name}'" for name in data)
        raise InvalidQuery(f"Invalid selection for an export: expected one root field, found {len(data)} ({names}).")
    [(name, value)] = data.items()
    nodes = _nodes(value)
    if nodes is None:
        nodes = [] if value is None else [value]
    if any(not isinstance(node, Mapping) for node in nodes):
        raise InvalidQuery(f"Invalid selection for an export: expected records below '{name}', found single values.")
    return list(nodes)


def left_out(data: Mapping[str, Any]) -> str | None:
    """Return a sentence for the reader where the page of the root field is shorter than its list, as far as the selection shows it.

    >>> left_out({"people": {"totalCount": 83, "nodes": [{"id": "a"}]}})
    'The export holds 1 of 83 rows of people. Ask for a larger `first`, or for the next page.'
    """
    for name, value in data.items():
        nodes = _nodes(value)
        if nodes is None or not isinstance(value, Mapping):
            continue
        total, page = value.get("totalCount"), value.get("pageInfo") or {}
        if (isinstance(total, int) and total > len(nodes)) or page.get("hasNextPage"):
            count = f"{len(nodes)} of {total}" if isinstance(total, int) else f"the first {len(nodes)}"
            return f"The export holds {count} rows of {name}. Ask for a larger `first`, or for the next page."
    return None


def incomplete_list(value: Any, name: str = "the answer") -> str | None:
    """Return a sentence on the first list, at any depth, that is shorter than it should be, as far as the selection shows it.

    >>> incomplete_list({"people": {"nodes": [{"events": {"pageInfo": {"hasNextPage": True}, "nodes": []}}]}})
    'The answer has only a part of the list events: an export is never cut. Ask for fewer rows, or for a larger `first`.'
    """
    if isinstance(value, list):
        return next(filter(None, (incomplete_list(one, name) for one in value)), None)
    if not isinstance(value, Mapping):
        return None
    if left_out({name: value}):
        return f"The answer has only a part of the list {name}: an export is never cut. Ask for fewer rows, or for a larger `first`."
    return next(
        filter(None, (incomplete_list(one, name if key == "nodes" else key) for key, one in value.items())), None
    )


def flat_rows(rows: Sequence[Row]) -> tuple[list[str], list[Cells]]:
    """Return the columns and cells of rows: names of nested fields are joined with ``_``, one flat row for each node of a nested list.

    A list of plain values is one cell. Raises InvalidQuery where lists of objects stand beside one another: rows of the one have no place
    in those of the other.

    >>> flat_rows([{"id": "a", "born": {"edtf": "1990"}, "events": {"nodes": [{"id": "e1"}, {"id": "e2"}]}}])
    (['id', 'born_edtf', 'events_id'], [{'id': 'a', 'born_edtf': '1990', 'events_id': 'e1'}, {'id': 'a', 'born_edtf': '1990', 'events_id': 'e2'}])
    """
    flat = [cells for row in rows for cells in _flattened(row, "")]
    found = list(dict.fromkeys(column for cells in flat for column in cells))
    nested = {column for column in found if any(other.startswith(f"{column}_") for other in found)}
    empty = {column for column in nested if all(cells.get(column) is None for cells in flat)}
    return [column for column in found if column not in empty], flat


def _flattened(row: Row, prefix: str) -> Iterator[Cells]:
    """Yield the flat rows of one row; a name begins with the prefix."""
    single: Cells = {}
    lists: dict[str, Sequence[Row]] = {}
    for name, value in row.items():
        _place(f"{prefix}{name}", value, single, lists)
    if len(lists) > 1:
        names = " and ".join(f"'{name}'" for name in lists)
        raise InvalidQuery(
            f"Invalid selection for an export as a table: expected one nested list at most, found {names}."
        )
    if not lists:
        yield single
        return
    [(name, nodes)] = lists.items()
    if not nodes:
        yield single
    for node in nodes:
        for cells in _flattened(node, f"{name}_"):
            yield {**single, **cells}


def _place(name: str, value: Any, single: Cells, lists: dict[str, Sequence[Row]]) -> None:
    """Put a value where it belongs: into a cell, or among the lists of objects."""
    nodes = _nodes(value)
    if nodes is not None and (isinstance(nodes[0], Mapping) if nodes else isinstance(value, Mapping)):
        lists[name] = nodes
        value = (
            {key: one for key, one in value.items() if key not in {"nodes", "edges"}}
            if isinstance(value, Mapping)
            else {}
        )
    if isinstance(value, Mapping):
        for key, one in value.items():
            _place(f"{name}_{key}", one, single, lists)
    elif isinstance(value, list):
        single[name] = "; ".join(str(one) for one in value) or None
    else:
        single[name] = value


def _nodes(value: Any) -> list[Any] | None:
    """Return the nodes of a list or connection; None of anything else."""
    if isinstance(value, Mapping):
        if isinstance(edges := value.get("edges"), list) and "nodes" not in value:
            return [
                {**{key: one for key, one in edge.items() if key != "node"}, **edge.get("node", {})} for edge in edges
            ]
        value = value.get("nodes")
    return value if isinstance(value, list) else None
