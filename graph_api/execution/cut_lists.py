"""Finds the lists of an answer that are shorter than what the graph holds, in a selection that does not say so otherwise.

::

    {people {nodes {events {nodes {id}}}}}                      ──▶  the lists ``people`` and ``people.nodes.events`` are looked at
    {people {totalCount nodes {events {pageInfo {…} nodes}}}}   ──▶  None: the answer says itself what is missing
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from graph_api.compiler.response_shape import (
    ColumnPath,
    ConnectionShape,
    FieldShape,
    NestedObjectShape,
    ObjectListShape,
    ObjectShape,
    ObjectTupleShape,
    OptionalObjectShape,
    ResponseShape,
)

TELLING: Final = frozenset({"pageInfo", "totalCount", "possibleCount"})
"""Fields of a page that say whether it is the whole list."""


@dataclass(frozen=True, slots=True, order=True)
class CutList:
    """A list of which only a page is shown: its response keys from the root field, joined by dots, and the length of the page."""

    path: str
    first: int


CutFinder: TypeAlias = Callable[[Any], Iterator[CutList]]
"""Yields the cut lists of the value that was read for a position of the response, one as often as it is cut."""
_Finders: TypeAlias = list[Callable[[Any], Iterator[CutList]]]


def cut_finder(shape: ResponseShape, path: str) -> CutFinder | None:
    """Return what finds the cut lists of a root field; None where the selection has no list that could be cut unsaid."""
    match shape:
        case OptionalObjectShape() | ObjectListShape():
            return _of_rows(_object(shape.object, path))
        case ObjectTupleShape():
            return _of_tuple(shape, path)
        case ConnectionShape():
            return _connection(shape, path)
        case NestedObjectShape():
            return _object(shape.object, path)
        case _:
            return None


def _of_rows(each: CutFinder | None) -> CutFinder | None:
    return None if each is None else lambda rows: (one for row in rows or () for one in each(row))


def _of_tuple(shape: ObjectTupleShape, path: str) -> CutFinder | None:
    places = [(index, each) for index, one in enumerate(shape.objects) if (each := _object(one, path)) is not None]
    return (lambda rows: (one for index, each in places for one in each(rows[index]))) if places else None


def _connection(page: ConnectionShape, path: str) -> CutFinder | None:
    is_silent = page.first > 0 and not TELLING & {one.name for one in page.fields}
    cut = CutList(path, page.first)
    nodes = [
        each for key, of in _nodes(page) if (each := _object(of, f"{path}.{key}")) is not None
    ]  # fmt: skip
    if not is_silent and not nodes:
        return None

    def find(value: Any) -> Iterator[CutList]:
        rows = value[0] if value else ()
        if is_silent and len(rows) > page.first:
            yield cut
        for each in nodes:
            for row in rows[: page.first]:
                yield from each(row)

    return find


def _nodes(page: ConnectionShape) -> Iterator[tuple[str, ObjectShape]]:
    """Yield the response keys and objects of the nodes of a page."""
    for one in page.fields:
        if one in page.nodes:
            yield one.key, page.nodes[one]
        for fields in one.of.values() if one.name == "edges" else ():
            yield from ((f"{one.key}.{each.key}", page.nodes[each]) for each in fields if each in page.nodes)


def _object(shape: ObjectShape, path: str) -> CutFinder | None:
    of = {name: finders for name, fields in shape.of.items() if (finders := _fields(fields, path))}
    if not of:
        return None
    path_of_type, only = shape.type_path, next(iter(shape.of))

    def find(row: Any) -> Iterator[CutList]:
        if not row:
            return
        for each in of.get(only if path_of_type is None else _at(row, path_of_type), ()):
            yield from each(row)

    return find


def _fields(fields: tuple[FieldShape, ...], path: str) -> _Finders:
    return [found for one in fields if (found := _field(one, path)) is not None]


def _field(one: FieldShape, path: str) -> CutFinder | None:
    each = cut_finder(one.shape, f"{path}.{one.key}")
    if each is None:
        return None
    place, *others = one.paths
    if isinstance(one.shape, NestedObjectShape) and (only := one.shape.only) is not None:
        return lambda row: each(_at(row, place)) if _at(row, others[0]) == only else iter(())
    return lambda row: each(_at(row, place))


def _at(row: Any, path: ColumnPath) -> Any:
    for one in path:
        row = row[one]
    return row
