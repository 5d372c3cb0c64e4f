"""How words get into the schema: a docstring is the description of its type, and no field can be declared without one.

Nothing here resolves anything. A field that takes arguments names a signature, a function that is never called.
"""

import inspect
from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar, cast

import strawberry
from strawberry.types.enum import StrawberryEnumDefinition

T = TypeVar("T")


def description_of(described: object) -> str:
    """Return the docstring as a description: one line a paragraph, wherever the source breaks its lines."""
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


def graphql_enum(enum: type[StrEnum], description: str, **values: str) -> None:
    """Give a closed word list of the model its words: one for the list, one for each value, by name."""
    definition = cast("StrawberryEnumDefinition", vars(strawberry.enum(enum, description=description))[DEFINITION])
    for value in definition.values:
        value.description = values[value.name]


def field(description: str, *, name: str | None = None, takes: Callable[..., Any] | None = None) -> Any:
    """Declare a field; ``takes`` is the signature whose arguments it has."""
    if takes is None:
        return strawberry.field(name=name, description=description)
    return strawberry.field(resolver=takes, name=name, description=description)


def root(function: Callable[..., T]) -> Any:
    """Declare a root field, described by its docstring."""
    return strawberry.field(resolver=function, description=description_of(function))


def optional(description: str, *, name: str | None = None) -> Any:
    """Declare a field of an input that may be left out. UNSET, since a default of None would print as ``= null``."""
    return strawberry.field(default=strawberry.UNSET, name=name, description=description)


def preset(default: object, description: str) -> Any:
    """Declare a field of an input with the value that it has when it is left out."""
    return strawberry.field(default=default, description=description)


DEFINITION = "__strawberry_definition__"
