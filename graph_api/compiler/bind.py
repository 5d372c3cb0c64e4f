"""Selected fields to columns and the decoder of a row: what is read of one thing, whatever type it may have."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from graph_api.compiler.cursors import SortKey, cursor, parse_cursor
from graph_api.compiler.decode import Decode
from graph_api.compiler.ir import Column, From, Many, One, Order, Page, Read, Stored, Where
from graph_api.compiler.selection import Selected, Selection
from graph_api.errors import BadQuery, TooMany


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest page, and the longest list without paging."""

    page: int = 500
    rows: int = 1000


@dataclass(frozen=True, slots=True)
class Field:
    """A field bound: the columns that it needs, and what makes its value of theirs."""

    columns: tuple[Column, ...]
    make: Callable[..., Any]


Binder = Callable[[Selected, "Binding"], Field]
Binders = Mapping[str, Mapping[str, Binder]]


@dataclass(frozen=True, slots=True)
class Binding:
    """What binding needs at hand: how fields of each type are bound, and the limits."""

    binders: Binders
    limits: Limits

    def row(self, selection: Selection) -> tuple[Read, Decode]:
        """Return what to read of a row and its decoder.

        Columns are sorted, and equal ones are read once, so that the text does not depend on the order in which fields were
        written.
        """
        bound = {of: [(one.key, self._field(of, one)) for one in fields] for of, fields in selection.items()}
        columns_of_each = {tuple((key, field.columns) for key, field in fields) for fields in bound.values()}
        needs_type = len(columns_of_each) > 1 or _differs(selection) or _asks_type(selection)
        typed = (Stored("type"),) if len(selection) > 1 and needs_type else ()
        wanted = {column for fields in bound.values() for _, field in fields for column in field.columns}
        columns = tuple(sorted({*wanted, *typed}, key=repr))
        index = {column: place for place, column in enumerate(columns)}
        makers = {
            of: tuple((key, field.make, tuple(index[column] for column in field.columns)) for key, field in fields)
            for of, fields in bound.items()
        }
        type_at = index[typed[0]] if typed else None
        only = next(iter(selection))

        def decode(row: Sequence[Any]) -> dict[str, Any]:
            of = only if type_at is None else row[type_at]
            made: dict[str, Any] = {"__typename": of}
            for key, make, places in makers[of]:
                made[key] = make(*[row[place] for place in places])
            return made

        return Read(columns), decode

    def _field(self, of: str, one: Selected) -> Field:
        if one.name == "__typename":
            return Field((), lambda: of)
        return self.binders[of][one.name](one, self)

    # ── rows below a row ────────────────────────────────────────────────────────────────────────────────────────

    def one(self, source: From, selection: Selection) -> Field:
        """Bind a field that holds at most one row."""
        read, decode = self.row(selection)
        return Field((One(source, read),), lambda rows: decode(rows[0]) if rows else None)

    def many(
        self,
        source: From,
        selection: Selection,
        order: tuple[Order, ...],
        where: Where | None = None,
        name: str = "this list",
    ) -> Field:
        """Bind a list without paging; longer than the limit it is an error when read, never cut."""
        cap = self.limits.rows
        read, decode = self.row(selection)

        def make(rows: Sequence[Any]) -> list[Any]:
            if len(rows) > cap:
                raise TooMany(
                    f"{name} holds more than {cap} rows here; ask for fewer records at once, or for a connection that has pages"
                )
            return [decode(row) for row in rows]

        return Field((Many(source, read, order, cap, where),), make)

    def page(self, selected: Selected, source: From, order: tuple[Order, ...], where: Where | None = None) -> Field:
        """Bind a connection: its edges, nodes, page info and count, as far as they were selected."""
        first, after = self.window(selected, [_sort_key(key) for key in order])
        [typename] = selected.of
        fields = selected.of[typename]
        count = any(one.name == "totalCount" for one in fields)
        nodes = [one for one in fields if one.name == "nodes"] + [
            each for one in fields for each in edge_fields(one) if each.name == "node"
        ]
        if not nodes and not {"edges", "pageInfo"} & {one.name for one in fields}:
            bare = Page(source, None, where, order, first, after, count)
            return Field(
                (bare,),
                lambda found: connection(
                    fields, typename, [], _no_node, count=found[1], has_more=False, is_after=False
                ),
            )
        keys = tuple(Stored(key.key, key.of) for key in order)
        rows = [self.row(node.of) for node in nodes]
        columns = tuple(sorted({*keys, *(column for read, _ in rows for column in read.columns)}, key=repr))
        places = [columns.index(key) for key in keys]
        decoders = {id(node): _picking(columns, read, decode) for node, (read, decode) in zip(nodes, rows, strict=True)}
        column = Page(source, Read(columns), where, order, first, after, count)

        def make(found: Sequence[Any]) -> dict[str, Any]:
            rows, total = found
            edges = [(cursor([row[place] for place in places]), row) for row in rows[:first]]
            return connection(
                fields,
                typename,
                edges,
                lambda row, one: decoders[id(one)](row),
                count=total,
                has_more=len(rows) > first,
                is_after=after is not None,
            )

        return Field((column,), make)

    def window(self, selected: Selected, keys: Sequence[SortKey]) -> tuple[int, tuple[Any, ...] | None]:
        """Return ``first`` and the key after which to begin.

        Raises TooMany where the page is larger than the limit, BadQuery where it is negative, BadCursor.
        """
        first = selected.arguments["first"]
        if first < 0:
            raise BadQuery(f"{selected.name}: saw first: {first}; right would be 0 or more")
        if first > self.limits.page:
            raise TooMany(
                f"{selected.name}: saw first: {first}; right would be at most {self.limits.page}, page by page with after"
            )
        after = selected.arguments.get("after")
        return first, None if after is None else parse_cursor(after, keys)


def _sort_key(key: Order) -> SortKey:
    return SortKey(int if key.key == "day" or key.key.endswith("_lo") else str, key.can_be_null)


def _differs(selection: Selection) -> bool:
    """Tell whether types are asked for different things: the same columns may be wanted under other keys further down."""
    first, *others = selection.values()
    return any(one != first for one in others)


def _asks_type(selection: Selection) -> bool:
    return any(one.name == "__typename" for fields in selection.values() for one in fields)


def _no_node(_row: Any, _one: Selected) -> None:
    return None


def _picking(columns: Sequence[Column], read: Read, decode: Decode) -> Decode:
    """Return a decoder of a row of ``columns`` for what was read as ``read``; they are the same where one selection asks alone."""
    if tuple(columns) == read.columns:
        return decode
    places = [columns.index(column) for column in read.columns]
    return lambda row: decode([row[place] for place in places])


def edge_fields(one: Selected) -> tuple[Selected, ...]:
    """Return what was selected of an edge; nothing for other fields."""
    return next(iter(one.of.values())) if one.name == "edges" else ()


Row = TypeVar("Row")


def connection(
    fields: Sequence[Selected],
    typename: str,
    edges: Sequence[tuple[str, Row]],
    node: Callable[[Row, Selected], Any],
    *,
    count: int | None,
    has_more: bool,
    is_after: bool,
) -> dict[str, Any]:
    """Return a connection of rows and their cursors; ``node`` makes what one selection of a row asks for."""
    info = {
        "hasNextPage": has_more,
        "hasPreviousPage": is_after,
        "startCursor": edges[0][0] if edges else None,
        "endCursor": edges[-1][0] if edges else None,
        "__typename": "PageInfo",
    }
    made: dict[str, Any] = {"__typename": typename}
    for one in fields:
        match one.name:
            case "nodes":
                made[one.key] = [node(row, one) for _, row in edges]
            case "edges":
                made[one.key] = [_edge(one, at, row, node) for at, row in edges]
            case "pageInfo":
                made[one.key] = {"__typename": "PageInfo"} | {each.key: info[each.name] for each in one.of["PageInfo"]}
            case "totalCount":
                made[one.key] = count
            case _:
                made[one.key] = typename
    return made


def _edge(one: Selected, at: str, row: Row, node: Callable[[Row, Selected], Any]) -> dict[str, Any]:
    [(typename, fields)] = one.of.items()
    made: dict[str, Any] = {"__typename": typename}
    for each in fields:
        made[each.key] = at if each.name == "cursor" else typename if each.name == "__typename" else node(row, each)
    return made
