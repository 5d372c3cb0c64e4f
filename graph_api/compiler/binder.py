"""Binds selected fields: each field becomes columns to read and the shape of its value in the response.

::

    person(id: "a") { name born { edtf } }

    BoundField((SubqueryOne(ByIdScan("Person", "a"), Projection((PropertyColumn("born"), PropertyColumn("name")))),),
               OptionalObjectShape(ObjectShape({"Person": (FieldShape("name", ((1,),), …), FieldShape("born", ((0,),), …))})))

``field_bindings`` and ``roots`` say for each field which of the functions here binds it, and with what.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Final

from graph_api.compiler.column_order import column_key
from graph_api.compiler.cursors import CursorKey, after_keys, list_identity
from graph_api.compiler.decode import Decode
from graph_api.compiler.filters import ALWAYS, Filters
from graph_api.compiler.ir import (
    AllOf,
    Column,
    ComputedColumn,
    Hop,
    OrderKey,
    Page,
    ParameterColumn,
    Predicate,
    Projection,
    PropertyColumn,
    RowSource,
    SubqueryMany,
    SubqueryOne,
    Traverse,
)
from graph_api.compiler.placeholders import DeferredCall
from graph_api.compiler.response_shape import (
    ColumnPath,
    ConnectionShape,
    ConstantShape,
    Convert,
    FieldShape,
    ObjectListShape,
    ObjectShape,
    OptionalObjectShape,
    ResponseShape,
    ScalarShape,
    ValueObjectShape,
    value_object_shape,
)
from graph_api.compiler.selection import EMPTY, SelectedField, SelectionSet
from graph_api.errors import InvalidQuery, PageLimitExceeded
from graph_api.ontology.names import Rel
from graph_api.values.quantities import possible_count


@dataclass(frozen=True, slots=True)
class RowLimits:
    """The largest page of a connection, and the longest list without pages."""

    page: int = 500
    rows: int = 1000


@dataclass(frozen=True, slots=True)
class NamedRead:
    """A query of ``cypher/queries``, whose one value is read before the statement of a root field, in the same transaction."""

    name: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class BoundField:
    """The columns that a field reads, and the shape of the value that is made of them.

    A root field with ``before`` is made of the value of that query and of its own, in this order.
    """

    columns: tuple[Column, ...]
    shape: ResponseShape
    before: NamedRead | None = None


FieldBinder = Callable[[SelectedField, "BindContext"], BoundField]
"""Binds a selected field. Raises InvalidQuery, PageLimitExceeded and InvalidCursor for invalid arguments."""
OrderOf = Callable[[Mapping[str, Any] | None], tuple[OrderKey, ...]]
"""Returns the sort keys of an ``orderBy`` argument, or the default without one."""


@dataclass(frozen=True, slots=True)
class Bindings:
    """How the schema is bound: the binder of every field by type and name, of every root field by name, and the filters."""

    fields: Mapping[str, Mapping[str, FieldBinder]]
    roots: Mapping[str, FieldBinder]
    filters: Filters


def scalar(selected: SelectedField, columns: Iterable[Column], convert: Convert | None = None) -> BoundField:
    """Bind a leaf to columns, which ``convert`` turns into its value."""
    return BoundField(tuple(columns), ScalarShape(convert, selected.non_null, selected.check))


def value_object(
    selected: SelectedField, columns: Iterable[Column], convert: Convert, *, many: bool = False
) -> BoundField:
    """Bind a value object, or a list of them, to columns, which ``convert`` decodes."""
    [(typename, fields)] = selected.of.items()
    shape = value_object_shape(fields, typename)
    return BoundField(tuple(columns), ValueObjectShape(convert, shape, many, selected.non_null))


@dataclass(frozen=True, slots=True)
class BindContext:
    """The bindings, the limits, and what has been bound: each selection set is bound once.

    ``selection`` is the selection set whose fields are bound.
    """

    bindings: Bindings
    limits: RowLimits
    selection: SelectionSet = EMPTY
    objects: dict[SelectionSet, tuple[Projection, ObjectShape]] = field(default_factory=dict)
    restricted: dict[tuple[SelectionSet, frozenset[str]], SelectionSet] = field(default_factory=dict)

    def read_object(self, selection: SelectionSet) -> tuple[Projection, ObjectShape]:
        """Return the columns of a row and the shape of its object.

        Columns are sorted and equal ones are read once, so that the statement does not depend on the order or number of the fields.
        """
        if selection not in self.objects:
            self.objects[selection] = self._read_object(selection)
        return self.objects[selection]

    def restrict(self, selection: SelectionSet, types: Iterable[str]) -> SelectionSet:
        """Return the selection for some of its types only."""
        kept = frozenset(types) & frozenset(selection)
        if len(kept) == len(selection):
            return selection
        if (selection, kept) not in self.restricted:
            fields = {of: one for of, one in selection.items() if of in kept}
            self.restricted[selection, kept] = SelectionSet(fields)
        return self.restricted[selection, kept]

    def without_participations(self, selection: SelectionSet) -> SelectionSet:
        """Return the selection for records: a field of type Node never returns a participation, which is a relationship."""
        return selection if len(selection) == 1 else self.restrict(selection, set(selection) - {"Participation"})

    def _read_object(self, selection: SelectionSet) -> tuple[Projection, ObjectShape]:
        context = replace(self, selection=selection)
        bound = {of: [(one.key, _bind_field(of, one, context)) for one in fields] for of, fields in selection.items()}
        columns_of_each = {tuple((key, one.columns) for key, one in fields) for fields in bound.values()}
        needs_type = len(columns_of_each) > 1 or _selections_differ(selection) or _selects_typename(selection)
        type_column = (PropertyColumn("type"),) if len(selection) > 1 and needs_type else ()
        selected = {column for fields in bound.values() for _, one in fields for column in one.columns}
        columns = tuple(sorted({*selected, *type_column}, key=column_key))
        path: dict[Column, ColumnPath] = {column: (index,) for index, column in enumerate(columns)}
        of = {
            name: tuple(
                FieldShape(key, tuple(path[column] for column in one.columns), one.shape) for key, one in fields
            )
            for name, fields in bound.items()
        }
        return Projection(columns), ObjectShape(of, path[type_column[0]] if type_column else None)

    def where(self, selected: SelectedField, argument: str = "where") -> Predicate | None:
        """Return the predicate of a filter argument; None if it was not given, except that events are those reported as past."""
        value = selected.arguments.get(argument)
        if selected.input_types.get(argument) == "EventFilter":
            predicate = self.bindings.filters.events(value)
            return None if predicate == ALWAYS else predicate
        return None if value is None else self.bindings.filters.predicate(selected.input_types[argument], value)

    # ── subqueries ──────────────────────────────────────────────────────────────────────────────────────────────

    def to_one(self, source: RowSource, selected: SelectedField, selection: SelectionSet | None = None) -> BoundField:
        """Bind a field that holds at most one row; ``selection`` replaces that of the field."""
        read, shape = self.read_object(self.without_participations(selected.of) if selection is None else selection)
        return BoundField((SubqueryOne(source, read),), OptionalObjectShape(shape, selected.non_null))

    def to_many(
        self,
        source: RowSource,
        selected: SelectedField,
        order: tuple[OrderKey, ...],
        where: Predicate | None = None,
    ) -> BoundField:
        """Bind a list without pages. One that is longer than the limit is an error when it is read, and never cut."""
        limit = self.limits.rows
        read, shape = self.read_object(self.without_participations(selected.of))
        check = partial(_check_length, selected.name, limit)
        return BoundField((SubqueryMany(source, read, order, limit, where),), ObjectListShape(shape, check))

    def connection(
        self, selected: SelectedField, source: RowSource, order: tuple[OrderKey, ...], where: Predicate | None = None
    ) -> BoundField:
        """Bind a connection: its edges, nodes, page info and count, as far as they are selected."""
        identity = identity_of(selected)
        checked = [CursorKey(key.value_type, key.can_be_null) for key in order]
        first, after = self.pagination(selected, checked, identity)
        [(typename, fields)] = selected.of.items()
        count = any(one.name == "totalCount" for one in fields)
        persons = {one: (0, _possible_count(one)) for one in fields if one.name == "possibleCount"}
        nodes = node_fields(fields)
        if not nodes and not {"edges", "pageInfo"} & {one.name for one in fields}:
            bare = Page(source, None, where, order, first, after, count, persons=bool(persons))
            return BoundField(
                (bare,), ConnectionShape(typename, fields, first, after is not None, (), {}, summaries=persons)
            )
        keys: tuple[Column, ...] = ()
        if has_cursors(fields):
            keys = (ParameterColumn(identity), *(PropertyColumn(key.key, key.of) for key in order))
        rows = [self.read_object(node.of) for node in nodes]
        columns = tuple(sorted({*keys, *(column for read, _ in rows for column in read.columns)}, key=column_key))
        objects = {node: reindexed(columns, read, one) for node, (read, one) in zip(nodes, rows, strict=True)}
        cursor = tuple((columns.index(key),) for key in keys)
        shape = ConnectionShape(typename, fields, first, after is not None, cursor, objects, summaries=persons)
        tells_length = {"pageInfo", "totalCount", "possibleCount"} & {one.name for one in fields}
        more = _is_selected(fields, "hasNextPage") or not tells_length
        page = Page(source, Projection(columns), where, order, first, after, count, more, persons=bool(persons))
        return BoundField((page,), shape)

    def pagination(
        self, selected: SelectedField, keys: Sequence[CursorKey], identity: str | DeferredCall
    ) -> tuple[int, tuple[Any, ...] | None]:
        """Return the size of the page and the sort keys after which it begins, of a cursor of the list with that identity.

        Raises PageLimitExceeded for a page above the limit, InvalidQuery for a negative one, InvalidCursor.
        """
        first, limit = selected.arguments["first"], self.limits.page
        if first < 0:
            raise InvalidQuery(f"Invalid argument `first: {first}` of {selected.name}: expected 0 or more.")
        if first > limit:
            raise PageLimitExceeded(
                f"Argument `first: {first}` of {selected.name} exceeds the limit of {limit:,}. Request further pages with `after`."
            )
        return first, after_keys(selected.arguments.get("after"), tuple(keys), identity)


def _possible_count(selected: SelectedField) -> ValueObjectShape:
    [(typename, fields)] = selected.of.items()
    return ValueObjectShape(possible_count, value_object_shape(fields, typename), non_null=True)


def _bind_field(of: str, one: SelectedField, context: BindContext) -> BoundField:
    if one.name == "__typename":
        return BoundField((), ConstantShape(of))
    return context.bindings.fields[of][one.name](one, context)


def _selections_differ(selection: SelectionSet) -> bool:
    """Whether the selections of the types differ; they may read the same columns and use other response keys further down."""
    first, *others = selection.values()
    return any(one != first for one in others)


def _selects_typename(selection: SelectionSet) -> bool:
    return any(one.name == "__typename" for fields in selection.values() for one in fields)


def _check_length(name: str, limit: int, rows: Sequence[Any]) -> Sequence[Any]:
    if len(rows) > limit:
        raise PageLimitExceeded(
            f"{name} exceeds the limit of {limit:,} rows. Request fewer records at once, or a connection, which has pages."
        )
    return rows


def reindexed(columns: Sequence[Column], read: Projection, shape: ObjectShape) -> ObjectShape:
    """Return the object of ``read`` for a row of ``columns``, which contain those of ``read``."""
    if tuple(columns) == read.columns:
        return shape

    def path_among(path: ColumnPath) -> ColumnPath:
        index, *rest = path
        return columns.index(read.columns[int(index)]), *rest

    return shape.reindex(path_among)


def offset_columns(shape: ObjectShape, offset: int) -> ObjectShape:
    """Return the object of a row whose columns begin at ``offset`` of a longer one."""
    return shape.reindex(lambda path: (int(path[0]) + offset, *path[1:]))


def _is_selected(fields: Sequence[SelectedField], *names: str) -> bool:
    """Whether one of these fields of edges or page info is selected; columns that are not selected are not read."""
    return any(
        each.name in names
        for one in fields
        if one.name in {"edges", "pageInfo"}
        for each in next(iter(one.of.values()))
    )


def identity_of(selected: SelectedField) -> str | DeferredCall:
    """Return the identity of a connection, with which its cursors begin; an empty text where no cursor is given or selected."""
    [fields] = selected.of.values()
    is_needed = "after" in selected.arguments or has_cursors(fields)
    return list_identity(selected.name, selected.arguments) if is_needed else ""


def has_cursors(fields: Sequence[SelectedField]) -> bool:
    """Whether cursors are selected of a connection."""
    return _is_selected(fields, "cursor", "startCursor", "endCursor")


def edge_fields(one: SelectedField) -> tuple[SelectedField, ...]:
    """Return the selected fields of ``edges``; none for another field."""
    return next(iter(one.of.values())) if one.name == "edges" else ()


def node_fields(fields: Sequence[SelectedField]) -> list[SelectedField]:
    """Return each selection of the rows of a connection: ``nodes``, and ``node`` of its edges."""
    return [one for one in fields if one.name == "nodes"] + [
        each for one in fields for each in edge_fields(one) if each.name == "node"
    ]


# ── common binders ───────────────────────────────────────────────────────────────────────────────────────────────

BY_ID: Final = (OrderKey("id"),)
BY_POSITION: Final = (OrderKey("place", of="link"), OrderKey("id"))


def property_field(key: str | ComputedColumn, convert: Decode | None = None, *, of: str = "self") -> FieldBinder:
    """Bind a property or a computed column; ``convert`` decodes it."""
    column = PropertyColumn(key, of) if isinstance(key, str) else key
    return lambda selected, _context: scalar(selected, (column,), convert)


def value_field(key: str, convert: Decode, *, many: bool = False) -> FieldBinder:
    """Bind a property that contains a value object, or a list of them; ``convert`` decodes it."""
    return lambda selected, _context: value_object(selected, (PropertyColumn(key),), convert, many=many)


def to_one(source: RowSource) -> FieldBinder:
    """Bind a field that holds at most one row."""
    return lambda selected, context: context.to_one(source, selected)


def to_many(
    source: RowSource, order: tuple[OrderKey, ...] = BY_POSITION, where: Predicate | None = None
) -> FieldBinder:
    """Bind a list without pages."""
    return lambda selected, context: context.to_many(source, selected, order, where)


def connection(
    source: RowSource,
    order: tuple[OrderKey, ...] | OrderOf = BY_ID,
    where: Predicate | None = None,
) -> FieldBinder:
    """Bind a connection with the filter of its ``where`` argument and that of ``where``. ``order`` may depend on ``orderBy``."""

    def bind(selected: SelectedField, context: BindContext) -> BoundField:
        keys = order if isinstance(order, tuple) else order(selected.arguments.get("orderBy"))
        return context.connection(selected, source, keys, both(where, context.where(selected)))

    return bind


def is_descending(order: Mapping[str, Any]) -> bool:
    """Whether an ``orderBy`` argument asks for descending order; a direction of null means the default."""
    return str(order.get("direction")) == "DESC"


def both(first: Predicate | None, second: Predicate | None) -> Predicate | None:
    """Return the conjunction of two predicates, of which either may be missing."""
    return second if first is None else first if second is None else AllOf((first, second))


def outgoing(rel: Rel, label: str = "Record") -> Traverse:
    """Return the traversal of a relationship from its start."""
    return Traverse((Hop((rel,), forward=True, label=label),))


def incoming(rel: Rel, label: str = "Record") -> Traverse:
    """Return the traversal of a relationship from its end."""
    return Traverse((Hop((rel,), forward=False, label=label),))
