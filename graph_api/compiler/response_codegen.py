"""Shapes as Python functions, written out and compiled once, and run for every row of every answer.

Two functions come of one shape. For an answer: dicts in the order of the selection, every place checked where null may not stand; what
cannot be an answer raises, and graphql-core decides then. For graphql-core: the same dicts with the concrete type under ``TYPE`` and
unchecked, so that it finds every fault itself. The text holds response keys as literals and places, never a value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, NoReturn, assert_never

from graph_api.compiler.cursors import cursor
from graph_api.compiler.response_shape import (
    Connection,
    Constant,
    Each,
    First,
    Leaf,
    Made,
    Place,
    Record,
    Row,
    Rows,
    Shape,
    Slot,
)
from graph_api.compiler.selection import Selected
from graph_api.errors import GraphApiError

TYPE: Final = ""
"""The key of the concrete type of an object; no response key is empty."""
Shaped = Callable[[Any], Any]


def shaper(shape: Shape, *, checked: bool) -> Shaped:
    """Return the function that makes a value of what was read; ``checked`` for an answer, otherwise for graphql-core."""
    writer = _Writer(checked=checked)
    writer.lines.append(f"def shaped(r):\n    return {writer.expression(shape, ('r',))}")
    exec(compile("\n".join(writer.lines), "<shape>", "exec"), writer.names)  # noqa: S102 - keys as literals, places, names of ours
    made: Shaped = writer.names["shaped"]
    return made


def _refused() -> NoReturn:
    raise ValueError("null where none may stand")


def _told(capped: Callable[[Sequence[Any]], Sequence[Any]]) -> Callable[[Sequence[Any]], Sequence[Any] | Exception]:
    """Return what gives the error instead of raising it: graphql-core raises a value that is one, at its field."""

    def told(rows: Sequence[Any]) -> Sequence[Any] | Exception:
        try:
            return capped(rows)
        except GraphApiError as problem:
            return problem

    return told


def _at(place: Place, of: str) -> str:
    return of + "".join(f"[{one!r}]" for one in place)


class _Writer:
    def __init__(self, *, checked: bool) -> None:
        self.checked = checked
        self.lines: list[str] = []
        self.names: dict[str, Any] = {"refused": _refused, "cursor": cursor}
        self.records: dict[int, tuple[Record, str]] = {}

    def name(self, value: Any) -> str:
        """Return a name for something that the text uses."""
        name = f"x{len(self.names)}"
        self.names[name] = value
        return name

    # ── one value ───────────────────────────────────────────────────────────────────────────────────────────────

    def expression(self, shape: Shape, args: tuple[str, ...]) -> str:
        """Return the expression of a value that is made of these."""
        match shape:
            case Constant():
                return repr(shape.value)
            case Leaf():
                return self._leaf(shape, args)
            case Row():
                made = f"{self.record(shape.record)}({args[0]})"
                return made if shape.only is None else f"({made} if {args[1]} == {shape.only!r} else None)"
            case First():
                empty = self._null(needed=shape.needed)
                return f"({self.record(shape.record)}({args[0]}[0]) if {args[0]} else {empty})"
            case Rows():
                return self._rows(shape, args[0])
            case Made():
                return self._made(shape, args)
            case Each():
                each = [f"{self.record(one)}({args[0]}[{place}])" for place, one in enumerate(shape.records)]
                return f"[{', '.join(each)}]"
            case Connection():
                return f"{self._connection(shape)}({args[0]})"
            case _:
                assert_never(shape)

    def _rows(self, shape: Rows, rows: str) -> str:
        """Return a list; one that is too long is an error: for graphql-core the value of its field, so that it is told there."""
        each = f"[{self.record(shape.record)}(o) for o in {{}}]"
        if shape.capped is None:
            return each.format(rows)
        capped = self.name(shape.capped if self.checked else _told(shape.capped))
        found = f"{capped}({rows})"
        return (
            each.format(found)
            if self.checked
            else f"(e if isinstance(e := {found}, Exception) else {each.format('e')})"
        )

    def _null(self, *, needed: bool) -> str:
        return "refused()" if needed and self.checked else "None"

    def _leaf(self, leaf: Leaf, args: tuple[str, ...]) -> str:
        value = args[0] if leaf.make is None else f"{self.name(leaf.make)}({', '.join(args)})"
        if not self.checked or (leaf.check is None and not leaf.needed):
            return value
        if leaf.check is None:
            return self._or_null(leaf, value, "{}")
        check = self.name(leaf.check)
        return f"{check}({value})" if leaf.needed else self._or_null(leaf, value, check + "({})")

    def _or_null(self, leaf: Leaf, value: str, used: str) -> str:
        first, then = (value, value) if leaf.make is None else (f"(o := {value})", "o")
        return f"({self._null(needed=leaf.needed)} if {first} is None else {used.format(then)})"

    def _made(self, made: Made, args: tuple[str, ...]) -> str:
        value = f"{self.name(made.make)}({', '.join(args)})"
        record = self.record(made.record)
        if made.many:
            return f"[{record}(o) for o in {value}]"
        return f"({self._null(needed=made.needed)} if (o := {value}) is None else {record}(o))"

    # ── objects ─────────────────────────────────────────────────────────────────────────────────────────────────

    def record(self, record: Record) -> str:
        """Return the name of the function that makes an object of a row."""
        if id(record) not in self.records:
            self.records[id(record)] = (record, self._record(record))
        return self.records[id(record)][1]

    def _record(self, record: Record) -> str:
        if record.type_at is None:
            [(of, slots), *_] = record.of.items()
            return self.function("r", [self._object(of, slots, "r")])
        each = [f"{of!r}: {self.function('r', [self._object(of, slots, 'r')])}" for of, slots in record.of.items()]
        types = self.name(None)
        self.lines.append(f"{types} = {{{', '.join(each)}}}")
        return self.function("r", [f"{types}[{_at(record.type_at, 'r')}](r)"])

    def function(self, argument: str, lines: Iterable[str]) -> str:
        """Write a function whose last line is its value, and return its name."""
        *before, last = lines
        name = self.name(None)
        body = [*before, f"return {last}"]
        self.lines.append(f"def {name}({argument}):\n    " + "\n    ".join(body))
        return name

    def _object(self, of: str, slots: tuple[Slot, ...], row: str) -> str:
        fields = [
            f"{slot.key!r}: {self.expression(slot.shape, tuple(_at(place, row) for place in slot.places))}"
            for slot in slots
        ]
        return self._dict(of, fields)

    def _dict(self, of: str, fields: list[str]) -> str:
        return "{" + ", ".join(fields if self.checked else [f"{TYPE!r}: {of!r}", *fields]) + "}"

    # ── pages ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _connection(self, page: Connection) -> str:
        fields = [f"{one.key!r}: {self._of_page(page, one)}" for one in page.fields]
        rows = ["rows = page[0]", f"more = len(rows) > {page.first}", "if more:", f"    rows = rows[:{page.first}]"]
        return self.function("page", [*rows, self._dict(page.typename, fields)])

    def _of_page(self, page: Connection, one: Selected) -> str:
        match one.name:
            case "nodes":
                return f"[{self.record(page.nodes[id(one)])}(r) for r in rows]"
            case "edges":
                [(typename, fields)] = one.of.items()
                parts = [f"{each.key!r}: {self._of_edge(page, each, typename)}" for each in fields]
                return f"[{self._dict(typename, parts)} for r in rows]"
            case "pageInfo":
                parts = [f"{each.key!r}: {self._of_info(page, each)}" for each in one.of["PageInfo"]]
                return self._dict("PageInfo", parts)
            case "__typename":
                return repr(page.typename)
            case _:
                count = f"page[{1 + page.counts.index(one.name)}]"
                return self._leaf(Leaf(None, one.needed, one.check), (count,))

    def _of_edge(self, page: Connection, one: Selected, typename: str) -> str:
        match one.name:
            case "cursor":
                return self._cursor(page, "r")
            case "node":
                return f"{self.record(page.nodes[id(one)])}(r)"
            case _:
                return repr(typename)

    def _of_info(self, page: Connection, one: Selected) -> str:
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

    def _cursor(self, page: Connection, row: str) -> str:
        return f"cursor([{', '.join(_at(place, row) for place in page.cursor)}])"
