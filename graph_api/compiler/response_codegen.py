"""Compiles a response shape to a Python function, which turns the rows of every execution into the response.

::

    OptionalObjectShape(ObjectShape({"Person": (FieldShape("id", ((1,),), ScalarShape(None)),)}))

    def x2(r):
        return {'id': r[1]}
    def build(r):
        return (x2(r[0]) if r else None)

A shape has two functions. The checked one builds the response itself: dictionaries in the order of the selection, with every non-null
position and every leaf type checked; it raises an error for an invalid value, and graphql-core takes over. The unchecked one builds rows
for graphql-core, with the concrete type under ``TYPENAME_KEY``, and leaves all checks to it. The source code contains response keys (as
literals) and positions, never a stored value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, NoReturn, assert_never

from graph_api.compiler.cursors import cursor
from graph_api.compiler.response_shape import (
    ColumnPath,
    ConnectionShape,
    ConstantShape,
    FieldShape,
    NestedObjectShape,
    ObjectListShape,
    ObjectShape,
    ObjectTupleShape,
    OptionalObjectShape,
    ResponseShape,
    ScalarShape,
    ValueObjectShape,
)
from graph_api.compiler.selection import SelectedField
from graph_api.errors import GraphApiError

TYPENAME_KEY: Final = ""
"""Key of the concrete type in rows for graphql-core; no response key is empty."""
ResponseBuilder = Callable[[Any], Any]


def compile_response_builder(shape: ResponseShape, *, checked: bool) -> ResponseBuilder:
    """Return the function that builds a value from what was read; ``checked`` for a response, otherwise for graphql-core."""
    writer = _Writer(checked=checked)
    writer.lines.append(f"def build(r):\n    return {writer.expression(shape, ('r',))}")
    source = "\n".join(writer.lines)
    exec(compile(source, "<response builder>", "exec"), writer.names)  # noqa: S102 - literals, positions and our own names
    build: ResponseBuilder = writer.names["build"]
    return build


def _reject_null() -> NoReturn:
    raise ValueError("null in a non-null position")


def _return_error(
    check: Callable[[Sequence[Any]], Sequence[Any]],
) -> Callable[[Sequence[Any]], Sequence[Any] | Exception]:
    """Return a check that returns its error instead of raising it: graphql-core raises it at the field with that value."""

    def checked(rows: Sequence[Any]) -> Sequence[Any] | Exception:
        try:
            return check(rows)
        except GraphApiError as error:
            return error

    return checked


def _at(path: ColumnPath, of: str) -> str:
    return of + "".join(f"[{one!r}]" for one in path)


class _Writer:
    def __init__(self, *, checked: bool) -> None:
        self.checked = checked
        self.lines: list[str] = []
        self.names: dict[str, Any] = {"reject_null": _reject_null, "cursor": cursor}
        self.objects: dict[ObjectShape, str] = {}

    def name(self, value: Any) -> str:
        """Return a new name for a value that the source code refers to."""
        name = f"x{len(self.names)}"
        self.names[name] = value
        return name

    # ── one value ───────────────────────────────────────────────────────────────────────────────────────────────

    def expression(self, shape: ResponseShape, args: tuple[str, ...]) -> str:
        """Return the expression of a value that is made of the expressions ``args``."""
        match shape:
            case ConstantShape():
                return repr(shape.value)
            case ScalarShape():
                return self._scalar(shape, args)
            case NestedObjectShape():
                value = f"{self.object(shape.object)}({args[0]})"
                return value if shape.only is None else f"({value} if {args[1]} == {shape.only!r} else None)"
            case OptionalObjectShape():
                empty = self._null(non_null=shape.non_null)
                return f"({self.object(shape.object)}({args[0]}[0]) if {args[0]} else {empty})"
            case ObjectListShape():
                return self._object_list(shape, args[0])
            case ValueObjectShape():
                return self._value_object(shape, args)
            case ObjectTupleShape():
                each = [f"{self.object(one)}({args[0]}[{index}])" for index, one in enumerate(shape.objects)]
                return f"[{', '.join(each)}]"
            case ConnectionShape():
                return f"{self._connection(shape)}({args[0]})"
            case _:
                assert_never(shape)

    def _object_list(self, shape: ObjectListShape, rows: str) -> str:
        """Return a list; if it is too long, an error, which for graphql-core is the value of the field."""
        each = f"[{self.object(shape.object)}(o) for o in {{}}]"
        if shape.check_length is None:
            return each.format(rows)
        check = self.name(shape.check_length if self.checked else _return_error(shape.check_length))
        found = f"{check}({rows})"
        return (
            each.format(found)
            if self.checked
            else f"(e if isinstance(e := {found}, Exception) else {each.format('e')})"
        )

    def _null(self, *, non_null: bool) -> str:
        return "reject_null()" if non_null and self.checked else "None"

    def _scalar(self, shape: ScalarShape, args: tuple[str, ...]) -> str:
        value = args[0] if shape.convert is None else f"{self.name(shape.convert)}({', '.join(args)})"
        if not self.checked or (shape.check is None and not shape.non_null):
            return value
        if shape.check is None:
            return self._or_null(shape, value, "{}")
        check = self.name(shape.check)
        return f"{check}({value})" if shape.non_null else self._or_null(shape, value, check + "({})")

    def _or_null(self, shape: ScalarShape, value: str, used: str) -> str:
        first, then = (value, value) if shape.convert is None else (f"(o := {value})", "o")
        return f"({self._null(non_null=shape.non_null)} if {first} is None else {used.format(then)})"

    def _value_object(self, shape: ValueObjectShape, args: tuple[str, ...]) -> str:
        value = f"{self.name(shape.convert)}({', '.join(args)})"
        build = self.object(shape.object)
        if shape.many:
            return f"[{build}(o) for o in {value}]"
        return f"({self._null(non_null=shape.non_null)} if (o := {value}) is None else {build}(o))"

    # ── objects ─────────────────────────────────────────────────────────────────────────────────────────────────

    def object(self, shape: ObjectShape) -> str:
        """Return the name of the function that builds an object from a row."""
        if shape not in self.objects:
            self.objects[shape] = self._object(shape)
        return self.objects[shape]

    def _object(self, shape: ObjectShape) -> str:
        if shape.type_path is None:
            [(of, fields), *_] = shape.of.items()
            return self.function("r", [self._fields(of, fields, "r")])
        each = [f"{of!r}: {self.function('r', [self._fields(of, fields, 'r')])}" for of, fields in shape.of.items()]
        types = self.name(None)
        self.lines.append(f"{types} = {{{', '.join(each)}}}")
        return self.function("r", [f"{types}[{_at(shape.type_path, 'r')}](r)"])

    def function(self, argument: str, lines: Iterable[str]) -> str:
        """Write a function that returns the last line, and return its name."""
        *before, last = lines
        name = self.name(None)
        body = [*before, f"return {last}"]
        self.lines.append(f"def {name}({argument}):\n    " + "\n    ".join(body))
        return name

    def _fields(self, of: str, fields: tuple[FieldShape, ...], row: str) -> str:
        items = [
            f"{one.key!r}: {self.expression(one.shape, tuple(_at(path, row) for path in one.paths))}" for one in fields
        ]
        return self._dict(of, items)

    def _dict(self, of: str, fields: list[str]) -> str:
        return "{" + ", ".join(fields if self.checked else [f"{TYPENAME_KEY!r}: {of!r}", *fields]) + "}"

    # ── pages ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _connection(self, page: ConnectionShape) -> str:
        fields = [f"{one.key!r}: {self._page_field(page, one)}" for one in page.fields]
        rows = ["rows = page[0]", f"more = len(rows) > {page.first}", "if more:", f"    rows = rows[:{page.first}]"]
        return self.function("page", [*rows, self._dict(page.typename, fields)])

    def _page_field(self, page: ConnectionShape, one: SelectedField) -> str:
        match one.name:
            case "nodes":
                return f"[{self.object(page.nodes[one])}(r) for r in rows]"
            case "edges":
                [(typename, fields)] = one.of.items()
                parts = [f"{each.key!r}: {self._edge_field(page, each, typename)}" for each in fields]
                return f"[{self._dict(typename, parts)} for r in rows]"
            case "pageInfo":
                parts = [f"{each.key!r}: {self._page_info_field(page, each)}" for each in one.of["PageInfo"]]
                return self._dict("PageInfo", parts)
            case "__typename":
                return repr(page.typename)
            case _ if one in page.summaries:
                place, shape = page.summaries[one]
                return self._value_object(shape, (f"page[{1 + len(page.counts) + place}]",))
            case _:
                count = f"page[{1 + page.counts.index(one.name)}]"
                return self._scalar(ScalarShape(None, one.non_null, one.check), (count,))

    def _edge_field(self, page: ConnectionShape, one: SelectedField, typename: str) -> str:
        match one.name:
            case "cursor":
                return self._cursor(page, "r")
            case "node":
                return f"{self.object(page.nodes[one])}(r)"
            case _:
                return repr(typename)

    def _page_info_field(self, page: ConnectionShape, one: SelectedField) -> str:
        match one.name:
            case "hasNextPage":
                return "more"
            case "hasPreviousPage":
                return repr(page.is_after)
            case "startCursor":
                return f"({self._cursor(page, 'rows[0]')} if rows else None)"
            case "endCursor":
                return f"({self._cursor(page, 'rows[-1]')} if rows else None)"
            case _:
                return repr("PageInfo")

    def _cursor(self, page: ConnectionShape, row: str) -> str:
        return f"cursor([{', '.join(_at(path, row) for path in page.cursor)}])"
