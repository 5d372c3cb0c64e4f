"""Decorators that declare the schema with its descriptions.

The docstring of a class describes its type. Every field needs a description: its own, or that of its property in the ontology.
Nothing is resolved here. A field with arguments names a signature, a function that is never called.
"""

import inspect
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any, Final, TypeVar, cast

import strawberry
from strawberry.schema.name_converter import NameConverter
from strawberry.types.enum import StrawberryEnumDefinition

from graph_api.compiler.filters import Condition
from graph_api.ontology.properties import Property

T = TypeVar("T")
DEFINITION: Final = "__strawberry_definition__"
NAMES: Final = NameConverter()
LINKED_RECORDS: Final = 3
"""Estimated length of a list of records that a property declares, or that is as long as an argument which the root field does not take."""


def description_of(described: object) -> str:
    """Return the docstring as a description: one line for each paragraph, wherever the source breaks its lines."""
    paragraphs = (inspect.getdoc(described) or "").split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def graphql_type(cls: type[T]) -> type[T]:
    """Declare an object type, described by its docstring."""
    return strawberry.type(cls, description=description_of(cls))


def graphql_interface(cls: type[T]) -> type[T]:
    """Declare an interface, described by its docstring."""
    return strawberry.interface(cls, description=description_of(cls))


def graphql_input(cls: type[T]) -> type[T]:
    """Declare an input, described by its docstring."""
    return strawberry.input(cls, description=description_of(cls))


def graphql_enum(enum: type[StrEnum], description: str, *, name: str | None = None, **values: str) -> None:
    """Declare an enum with a description of the enum and of each of its values, by name."""
    definition = cast(
        "StrawberryEnumDefinition", vars(strawberry.enum(enum, name=name, description=description))[DEFINITION]
    )
    for value in definition.values:
        value.description = values[value.name]


def field(
    description: str = "",
    *,
    name: str | None = None,
    arguments_from: Callable[..., Any] | None = None,
    estimated_length: int | str | None = None,
) -> Any:
    """Declare a field. One without a description takes that of its property (``described_by``).

    ``arguments_from`` is the signature whose arguments it has. ``estimated_length`` is for lists of records without pages: the number of
    records that the cost of an operation assumes, or the argument of the root field that has as many items.
    """
    metadata = {} if estimated_length is None else {"estimated_length": estimated_length}
    if arguments_from is None:
        return strawberry.field(name=name, description=description, metadata=metadata)
    return strawberry.field(resolver=arguments_from, name=name, description=description, metadata=metadata)


def described_by(properties: Iterable[Property]) -> Callable[[type[T]], type[T]]:
    """Give the fields of a class the descriptions of the properties of the same names. It stands below the decorator of the type.

    A property needs no ``field``: its annotation declares it. Raises TypeError for a field that no property and nothing else describes.
    """
    stated = {prop.key: prop for prop in properties}

    def decorate(cls: type[T]) -> type[T]:
        for name in inspect.get_annotations(cls):
            prop = stated.get(name.removesuffix("_"))
            if name not in vars(cls):
                setattr(cls, name, _field_of(prop, name) if prop else field())
            declared: Any = vars(cls)[name]
            declared.description = declared.description or (prop.description if prop else "")
            if not declared.description:
                raise TypeError(f"Invalid field {name!r} of {cls.__name__}: expected a description.")
        return cls

    return decorate


def _field_of(prop: Property, name: str) -> Any:
    length = LINKED_RECORDS if prop.many and prop.is_link else None
    return field(name=prop.field if name != prop.key else None, estimated_length=length)


def query_field(name: str, description: str, type_: Any, arguments_from: Callable[..., Any], cost: int) -> Any:
    """Declare a root field; ``arguments_from`` is the signature whose arguments it has, ``cost`` what it costs besides its rows."""
    declared: Any = strawberry.field(
        resolver=arguments_from, name=name, description=description, graphql_type=type_, metadata={"cost": cost}
    )
    declared.python_name = name  # not that of the signature, which several fields share
    return declared


def optional_field(description: str, *, name: str | None = None, cost: int = 1) -> Any:
    """Declare an optional input field; ``cost`` is what it costs as a condition of a filter.

    Its default is UNSET, since a default of None would be printed as ``= null``.
    """
    return strawberry.field(default=strawberry.UNSET, name=name, description=description, metadata={"cost": cost})


def filter_field(
    description: str, *, where: Condition, name: str | None = None, cost: int = 1, default: object = strawberry.UNSET
) -> Any:
    """Declare a field of a filter, with the condition that it puts on records and its cost."""
    return strawberry.field(
        default=default, name=name, description=description, metadata={"where": where, "cost": cost}
    )


def conditions_of(filter_type: type) -> dict[str, Condition]:
    """Return the condition of each field of a filter, by its name in GraphQL. Raises TypeError for a field without one."""
    conditions = {}
    for declared in vars(filter_type)[DEFINITION].fields:
        name = NAMES.get_graphql_name(declared)
        if "where" not in declared.metadata:
            raise TypeError(f"Invalid field {name!r} of {filter_type.__name__}: expected filter_field with `where`.")
        conditions[name] = declared.metadata["where"]
    return conditions


def default_field(default: object, description: str) -> Any:
    """Declare an input field with a default value."""
    return strawberry.field(default=default, description=description)
