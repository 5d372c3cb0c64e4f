"""How a row becomes an object of the response: frozen data, made while binding, printed as a Python function by ``shaper``.

Rows are positional lists, so a shape says where in its row each value stands (``Place``) and what is made of it. Value objects (a date,
a sentence) are made by decoders as dicts with every field; their places are names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph_api.compiler.selection import Check, Selected

Place = tuple[int | str, ...]
"""Where a value stands in a row, and in the lists within it."""
Make = Callable[..., Any]


@dataclass(frozen=True, slots=True, eq=False)
class Constant:
    """The same in every row."""

    value: str | bool | None


@dataclass(frozen=True, slots=True, eq=False)
class Leaf:
    """A leaf made of columns; ``make`` is None for one column as it is stored."""

    make: Make | None
    needed: bool = False
    check: Check | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """One field of an object: its response key, the places that it is made of, and how."""

    key: str
    places: tuple[Place, ...]
    shape: Shape


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """A row as an object: the fields of each concrete type, and where the type stands if there are several."""

    of: Mapping[str, tuple[Slot, ...]]
    type_at: Place | None = None

    def moved(self, by: Callable[[Place], Place]) -> Record:
        """Return the same object of a row in which every place has moved."""
        of = {
            name: tuple(Slot(slot.key, tuple(map(by, slot.places)), slot.shape) for slot in slots)
            for name, slots in self.of.items()
        }
        return Record(of, None if self.type_at is None else by(self.type_at))


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """The object of a row; where ``only`` is given, a second place holds its type, and other types give null."""

    record: Record
    only: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class First:
    """The object of the only row of a list, or null where there is none."""

    record: Record
    needed: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """The objects of all rows of a list; ``capped`` refuses one that is too long."""

    record: Record
    capped: Callable[[Sequence[Any]], Sequence[Any]] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """A value object made of columns, or a list of them."""

    make: Make
    record: Record
    many: bool = False
    needed: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Each:
    """A list of as many objects as there are records here, each of its own row."""

    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Connection:
    """A page: [rows, then the counts that ``counts`` names]. One row more than ``first`` tells that there is another page.

    ``cursor`` are the places of the sort keys in a row; ``nodes`` the object that each selection of a row asks for, by its identity.
    """

    typename: str
    fields: tuple[Selected, ...]
    first: int
    is_after: bool
    cursor: tuple[Place, ...]
    nodes: Mapping[int, Record]
    counts: tuple[str, ...] = ("totalCount",)


Shape = Constant | Leaf | Row | First | Rows | Made | Each | Connection


def value_object(selected: Sequence[Selected], typename: str) -> Record:
    """Return the object that takes of a value object what was selected; an inner one can be null or not be there."""
    return Record({typename: tuple(Slot(one.key, ((one.name,),), _part(one, typename)) for one in selected)})


def _part(one: Selected, typename: str) -> Shape:
    if one.name == "__typename":
        return Constant(typename)
    if not one.of:
        return Leaf(None, one.needed, one.check)
    [(inner, fields)] = one.of.items()
    return Made(same, value_object(fields, inner), needed=one.needed)


def same(value: Any) -> Any:
    """Return the value."""
    return value


def below(at: int | str, place: Place) -> Place:
    """Return a place of a row that itself stands in a row."""
    return (at, *place)
