"""What a value type is: how values of one kind are parsed, loaded, compared, stored and decoded.

A value has three forms::

    raw value ──parse──▶ JSON value of a claim ──load──▶ value object, compared with others
                                                              │
                                                            store ──▶ properties of a node ──decode──▶ response

Each value type is declared in a module of its own; ``graph_api.values.registry`` lists them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import orjson

from graph_api.values.raw import Raw


def _identity(value: Any) -> Any:
    return value


def _never(_a: Any, _b: Any) -> bool:
    return False


def _precise(_value: Any) -> float:
    return 0


def _no_detail(_value: Any) -> int:
    return 0


def _store_unchanged(key: str, value: Any) -> dict[str, Any]:
    return {key: value}


@dataclass(frozen=True, slots=True)
class ValueType:
    """One type of values.

    ``parse`` turns a raw value into the JSON value of a claim and raises InvalidValue. ``load`` makes the value object that
    ``store`` and the comparisons take. ``store`` returns the Neo4j properties of a value object, of a list of them where the
    property has many; ``decode`` returns the response of the property so stored. Without it the property is the response.
    ``graphql`` names the GraphQL type.
    """

    name: str
    description: str
    graphql: str
    parse: Callable[[Raw], Any]
    load: Callable[[Any], Any] = _identity
    compatible: Callable[[Any, Any], bool] = _never
    """Whether two different values can both be right."""
    imprecision: Callable[[Any], float] = _precise
    """How much a value leaves open; of two compatible values the nested one leaves less open."""
    bucket: Callable[[float], float] = _identity
    """Groups imprecisions that count as equal where values are ranked."""
    detail: Callable[[Any], int] = _no_detail
    """How much a value states beside its precision."""
    store: Callable[[str, Any], dict[str, Any]] = _store_unchanged
    decode: Callable[[Any], Any] | None = None
    vocabulary: type[StrEnum] | None = None
    is_free_text: bool = False
    """Whether sources word the same thing differently, so that different values are no dispute unless a property declares it."""

    def are_compatible(self, a: Any, b: Any) -> bool:
        """Return whether two value objects are equal or can both be right."""
        return bool(a == b) or self.compatible(a, b)

    def rank(self, value: Any) -> tuple[float, int]:
        """Return the rank of a value object among others, the most precise and most detailed first."""
        return self.bucket(self.imprecision(value)), -self.detail(value)


def store_json(value: Any) -> str:
    """Return a JSON value as the text that is stored; equal values have equal texts."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def without_none(properties: dict[str, Any]) -> dict[str, Any]:
    """Return the properties that have a value."""
    return {key: value for key, value in properties.items() if value is not None}
