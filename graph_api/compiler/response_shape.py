"""How a row becomes an object of the response: frozen values, built by binding and compiled to a function by ``response_codegen``.

Rows are positional lists, so a shape names where in its row a value is (``ColumnPath``) and how it is converted. Value objects (a date, a
sentence) are decoded to dictionaries with all their fields; paths into them are names::

    person(id: "a") { id born { edtf } }, whose row is [born, id]

    OptionalObjectShape(ObjectShape({"Person": (
        FieldShape("id", ((1,),), ScalarShape(None)),
        FieldShape("born", ((0,),), ValueObjectShape(decode.when, ObjectShape({"When": (FieldShape("edtf", (("edtf",),), …),)}))))}))

Shapes are compared and hashed by identity: one shape is compiled once, wherever it is used.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph_api.compiler.selection import Check, SelectedField
from graph_api.values.languages import Language

ColumnPath = tuple[int | str, ...]
"""Position of a value in a row, then in the lists or dictionaries within it."""
Convert = Callable[..., Any]


@dataclass(frozen=True, slots=True, eq=False)
class ConstantShape:
    """The same value in every row."""

    value: str | bool | None


@dataclass(frozen=True, slots=True, eq=False)
class ScalarShape:
    """A leaf made of one or more columns; ``convert`` is None for one column as it is stored."""

    convert: Convert | None
    non_null: bool = False
    check: Check | None = None


@dataclass(frozen=True, slots=True, eq=False)
class FieldShape:
    """One field of an object: its response key, the columns that it is made of, and how."""

    key: str
    paths: tuple[ColumnPath, ...]
    shape: ResponseShape


@dataclass(frozen=True, slots=True, eq=False)
class ObjectShape:
    """A row as an object: the fields of each concrete type, and the path of the type if there are several."""

    of: Mapping[str, tuple[FieldShape, ...]]
    type_path: ColumnPath | None = None

    def reindex(self, by: Callable[[ColumnPath], ColumnPath]) -> ObjectShape:
        """Return the same object for a row in which every column is elsewhere."""
        of = {
            name: tuple(FieldShape(one.key, tuple(map(by, one.paths)), one.shape) for one in fields)
            for name, fields in self.of.items()
        }
        return ObjectShape(of, None if self.type_path is None else by(self.type_path))


@dataclass(frozen=True, slots=True, eq=False)
class NestedObjectShape:
    """The object of a row within a row. With ``only``, a second column holds its type, and other types are null."""

    object: ObjectShape
    only: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class OptionalObjectShape:
    """The object of the first row of a list, or null if the list is empty."""

    object: ObjectShape
    non_null: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class ObjectListShape:
    """The objects of all rows of a list; ``check_length`` raises an error for one that is too long."""

    object: ObjectShape
    check_length: Callable[[Sequence[Any]], Sequence[Any]] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class ValueObjectShape:
    """A value object decoded from columns, or a list of them."""

    convert: Convert
    object: ObjectShape
    many: bool = False
    non_null: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class ObjectTupleShape:
    """A list of fixed length, each item with an object of its own."""

    objects: tuple[ObjectShape, ...]


@dataclass(frozen=True, slots=True, eq=False)
class ConnectionShape:
    """A page: [rows, then the counts named in ``counts``, then ``summaries``]. A row beyond ``first`` means that there is another page.

    ``cursor`` holds the paths of the sort keys in a row, ``nodes`` the object of a row for each selection of it, ``summaries`` the position
    and shape of each selected object that is computed over all rows.
    """

    typename: str
    fields: tuple[SelectedField, ...]
    first: int
    is_after: bool
    cursor: tuple[ColumnPath, ...]
    nodes: Mapping[SelectedField, ObjectShape]
    counts: tuple[str, ...] = ("totalCount",)
    summaries: Mapping[SelectedField, tuple[int, ValueObjectShape]] = field(default_factory=dict)


ResponseShape = (
    ConstantShape
    | ScalarShape
    | NestedObjectShape
    | OptionalObjectShape
    | ObjectListShape
    | ValueObjectShape
    | ObjectTupleShape
    | ConnectionShape
)


def value_object_shape(selected: Sequence[SelectedField], typename: str) -> ObjectShape:
    """Return the object with the selected fields of a decoded value object."""
    fields = (FieldShape(one.key, ((_decoded_key(one),),), _part(one, typename)) for one in selected)
    return ObjectShape({typename: tuple(fields)})


def _decoded_key(one: SelectedField) -> str:
    """Return the key of a field in a decoded value object: of words in Ukrainian, ``display_uk``."""
    return "display_uk" if one.name == "display" and one.language is Language.UK else one.name


def _part(one: SelectedField, typename: str) -> ResponseShape:
    if one.name == "__typename":
        return ConstantShape(typename)
    if not one.of:
        return ScalarShape(None, one.non_null, one.check)
    [(inner, fields)] = one.of.items()
    return ValueObjectShape(identity, value_object_shape(fields, inner), non_null=one.non_null)


def identity(value: Any) -> Any:
    """Return the value."""
    return value
