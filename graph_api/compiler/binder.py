"""Selected fields to columns and the shape of a row: what is read of one thing, whatever type it may have."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

from graph_api.compiler.cursors import SortKey, parse_cursor
from graph_api.compiler.ir import Column, From, Many, One, Order, Page, Read, Stored, Where
from graph_api.compiler.placeholders import Late
from graph_api.compiler.response_shape import (
    Connection,
    Constant,
    First,
    Leaf,
    Made,
    Make,
    Place,
    Record,
    Rows,
    Shape,
    Slot,
    value_object,
)
from graph_api.compiler.selection import Selected, Selection
from graph_api.errors import InvalidCursor, InvalidQuery, PageLimitExceeded


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest page, and the longest list without paging."""

    page: int = 500
    rows: int = 1000


@dataclass(frozen=True, slots=True)
class Field:
    """A field bound: the columns that it needs, and the shape of what is made of them."""

    columns: tuple[Column, ...]
    shape: Shape


Binder = Callable[[Selected, "Binding"], Field]
Binders = Mapping[str, Mapping[str, Binder]]


def leaf(selected: Selected, columns: Iterable[Column], make: Make | None = None) -> Field:
    """Return a leaf made of columns."""
    return Field(tuple(columns), Leaf(make, selected.needed, selected.check))


def made(selected: Selected, columns: Iterable[Column], make: Make, *, many: bool = False) -> Field:
    """Return a value object, or a list of them, made of columns."""
    [(typename, fields)] = selected.of.items()
    return Field(tuple(columns), Made(make, value_object(fields, typename), many, selected.needed))


@dataclass(frozen=True, slots=True)
class Binding:
    """What binding needs at hand: how fields of each type are bound, and the limits.

    A selection is bound once, however many types of an interface ask for it.
    """

    binders: Binders
    limits: Limits
    bound: dict[int, tuple[Selection, Read, Record]] = field(default_factory=dict)
    of_records: dict[int, tuple[Selection, Selection]] = field(default_factory=dict)

    def row(self, selection: Selection) -> tuple[Read, Record]:
        """Return what to read of a row, and its object.

        Columns are sorted, and equal ones are read once, so that the text does not depend on the order in which fields were
        written.
        """
        if id(selection) not in self.bound:
            self.bound[id(selection)] = (selection, *self._row(selection))
        _, read, record = self.bound[id(selection)]
        return read, record

    def records(self, selection: Selection) -> Selection:
        """Return what was selected of records: where an interface is wanted, a participation is no record and never stands there."""
        if len(selection) == 1 or "Participation" not in selection:
            return selection
        if id(selection) not in self.of_records:
            self.of_records[id(selection)] = (
                selection,
                {of: one for of, one in selection.items() if of != "Participation"},
            )
        return self.of_records[id(selection)][1]

    def _row(self, selection: Selection) -> tuple[Read, Record]:
        bound = {of: [(one.key, self._field(of, one)) for one in fields] for of, fields in selection.items()}
        columns_of_each = {tuple((key, one.columns) for key, one in fields) for fields in bound.values()}
        needs_type = len(columns_of_each) > 1 or _differs(selection) or _asks_type(selection)
        typed = (Stored("type"),) if len(selection) > 1 and needs_type else ()
        wanted = {column for fields in bound.values() for _, one in fields for column in one.columns}
        columns = tuple(sorted({*wanted, *typed}, key=repr))
        place = {column: (at,) for at, column in enumerate(columns)}
        of = {
            name: tuple(Slot(key, tuple(place[column] for column in one.columns), one.shape) for key, one in fields)
            for name, fields in bound.items()
        }
        return Read(columns), Record(of, place[typed[0]] if typed else None)

    def _field(self, of: str, one: Selected) -> Field:
        if one.name == "__typename":
            return Field((), Constant(of))
        return self.binders[of][one.name](one, self)

    # ── rows below a row ────────────────────────────────────────────────────────────────────────────────────────

    def one(self, source: From, selected: Selected, selection: Selection | None = None) -> Field:
        """Bind a field that holds at most one row; ``selection`` where not every type can stand there."""
        read, record = self.row(self.records(selected.of) if selection is None else selection)
        return Field((One(source, read),), First(record, selected.needed))

    def many(
        self,
        source: From,
        selected: Selected,
        order: tuple[Order, ...],
        where: Where | None = None,
    ) -> Field:
        """Bind a list without paging; longer than the limit it is an error when read, never cut."""
        cap = self.limits.rows
        read, record = self.row(self.records(selected.of))
        return Field((Many(source, read, order, cap, where),), Rows(record, partial(_capped, selected.name, cap)))

    def page(self, selected: Selected, source: From, order: tuple[Order, ...], where: Where | None = None) -> Field:
        """Bind a connection: its edges, nodes, page info and count, as far as they were selected."""
        first, after = self.window(selected, [_sort_key(key) for key in order])
        [(typename, fields)] = selected.of.items()
        count = any(one.name == "totalCount" for one in fields)
        nodes = node_fields(fields)
        if not nodes and not {"edges", "pageInfo"} & {one.name for one in fields}:
            bare = Page(source, None, where, order, first, after, count)
            return Field((bare,), Connection(typename, fields, first, after is not None, (), {}))
        keys = (
            tuple(Stored(key.key, key.of) for key in order)
            if _asks_for(fields, "cursor", "startCursor", "endCursor")
            else ()
        )
        rows = [self.row(node.of) for node in nodes]
        columns = tuple(sorted({*keys, *(column for read, _ in rows for column in read.columns)}, key=repr))
        places = {id(node): _among(columns, read, record) for node, (read, record) in zip(nodes, rows, strict=True)}
        shape = Connection(
            typename, fields, first, after is not None, tuple((columns.index(key),) for key in keys), places
        )
        more = _asks_for(fields, "hasNextPage")
        return Field((Page(source, Read(columns), where, order, first, after, count, more),), shape)

    def window(self, selected: Selected, keys: Sequence[SortKey]) -> tuple[int, tuple[Any, ...] | None]:
        """Return ``first`` and the key after which to begin.

        Raises PageLimitExceeded where the page is larger than the limit, InvalidQuery where it is negative, InvalidCursor.
        """
        first = selected.arguments["first"]
        if first < 0:
            raise InvalidQuery(f"{selected.name}: saw first: {first}; right would be 0 or more")
        if first > self.limits.page:
            raise PageLimitExceeded(
                f"{selected.name}: saw first: {first}; right would be at most {self.limits.page}, page by page with after"
            )
        return first, _after(selected.arguments.get("after"), keys)


def _sort_key(key: Order) -> SortKey:
    return SortKey(int if key.key == "day" or key.key.endswith("_lo") else str, key.can_be_null)


def _differs(selection: Selection) -> bool:
    """Tell whether types are asked for different things: the same columns may be wanted under other keys further down."""
    first, *others = selection.values()
    return any(one != first for one in others)


def _asks_type(selection: Selection) -> bool:
    return any(one.name == "__typename" for fields in selection.values() for one in fields)


def _after(after: str | Late | None, keys: Sequence[SortKey]) -> tuple[Any, ...] | None:
    """Return the keys in a cursor; of one that a variable gives, only which of them are null is known yet.

    Raises InvalidCursor.
    """
    if not isinstance(after, Late):
        return None if after is None else parse_cursor(after, keys)
    nulls = after.known(_nulls(tuple(keys)))
    if isinstance(nulls, str):
        raise InvalidCursor(nulls)
    return tuple(None if is_null else after.then(_part(tuple(keys), at)) for at, is_null in enumerate(nulls))


@cache
def _nulls(keys: tuple[SortKey, ...]) -> Callable[[str], tuple[bool, ...] | str]:
    """Return a fact of cursors: which keys are null, or what is wrong."""

    def nulls(after: str) -> tuple[bool, ...] | str:
        try:
            return tuple(key is None for key in parse_cursor(after, keys))
        except InvalidCursor as bad:
            return str(bad)

    return nulls


@cache
def _part(keys: tuple[SortKey, ...], at: int) -> Callable[[str], Any]:
    return lambda after: parse_cursor(after, keys)[at]


def _capped(name: str, cap: int, rows: Sequence[Any]) -> Sequence[Any]:
    if len(rows) > cap:
        raise PageLimitExceeded(
            f"{name} holds more than {cap} rows here; ask for fewer records at once, or for a connection that has pages"
        )
    return rows


def _among(columns: Sequence[Column], read: Read, record: Record) -> Record:
    """Return the object of a row of ``columns`` for what was read as ``read``; they are the same where one selection asks alone."""
    if tuple(columns) == read.columns:
        return record

    def moved(place: Place) -> Place:
        at, *rest = place
        return columns.index(read.columns[int(at)]), *rest

    return record.moved(moved)


def shifted(record: Record, by: int, *, below: Place = ()) -> Record:
    """Return the object of a row whose columns begin at ``by`` of a longer one, which itself may stand below another."""
    return record.moved(lambda place: (*below, int(place[0]) + by, *place[1:]))


def _asks_for(fields: Sequence[Selected], *names: str) -> bool:
    """Tell whether one of these is wanted of the edges or of the page: what nobody asks for is not read."""
    return any(
        each.name in names
        for one in fields
        if one.name in {"edges", "pageInfo"}
        for each in next(iter(one.of.values()))
    )


def edge_fields(one: Selected) -> tuple[Selected, ...]:
    """Return what was selected of an edge; nothing for other fields."""
    return next(iter(one.of.values())) if one.name == "edges" else ()


def node_fields(fields: Sequence[Selected]) -> list[Selected]:
    """Return every selection of the rows of a connection: ``nodes`` and the ``node`` of its edges."""
    return [one for one in fields if one.name == "nodes"] + [
        each for one in fields for each in edge_fields(one) if each.name == "node"
    ]
