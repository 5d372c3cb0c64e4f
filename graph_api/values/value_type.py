"""What a value type is: how values of one kind are parsed, loaded, compared, stored and decoded.

A value has three forms::

    raw value ──parse──▶ JSON value of a claim ──load──▶ value object, compared with others
                                                              │
                                                            store ──▶ properties of a node ──decode──▶ response

Each value type is declared in a module of its own; ``graph_api.values.registry`` lists them.
"""

from __future__ import annotations

import difflib
import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, TypeAlias

import orjson

from graph_api.errors import Description, InvalidValue

Raw: TypeAlias = "str | Sequence[Raw] | Mapping[str, Raw] | None"
"""What a seed file or another input holds before a value type parses it: text as written, nothing, a list or a mapping. Numbers, dates and
flags are text as well: what ``no`` or ``2024-05`` means is decided by the value type."""

MAX_TEXT: Final = 4000
"""Characters of a free text."""


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
    covers: Callable[[Any, Any], bool] = operator.eq
    """Whether a JSON value says all that another one says, so that a list shows only the first."""
    one_of: Callable[[Sequence[Any]], Any] | None = None
    """Returns the value object that says "one of these", where several values can be shown as one that leaves open which it is."""
    write: Callable[[Any], Any] = _identity
    """Returns what a seed file has for a JSON value: the inverse of ``parse``."""
    is_free_text: bool = False
    """Whether sources word the same thing differently, so that different values are no dispute unless a property declares it."""

    def are_compatible(self, a: Any, b: Any) -> bool:
        """Return whether two value objects are equal or can both be right."""
        return bool(a == b) or self.compatible(a, b)

    def rank(self, value: Any) -> tuple[float, int]:
        """Return the rank of a value object among others, the most precise and most detailed first."""
        return self.bucket(self.imprecision(value)), -self.detail(value)


def written_mapping(words: Sequence[str]) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    """Return a ``write`` for values that are mappings, of which these keys have words of closed lists.

    >>> written_mapping(["kind"])({"kind": "TERM", "months_low": 24})
    {'kind': 'term', 'months-low': 24}
    """

    def write(value: Mapping[str, Any]) -> dict[str, Any]:
        return {
            key.replace("_", "-"): one.lower().replace("_", "-") if key in words else one for key, one in value.items()
        }

    return write


def store_json(value: Any) -> str:
    """Return a JSON value as the text that is stored; equal values have equal texts."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def without_none(properties: dict[str, Any]) -> dict[str, Any]:
    """Return the properties that have a value."""
    return {key: value for key, value in properties.items() if value is not None}


# ── raw values ──────────────────────────────────────────────────────────────────────────────────────────────────────


def shorten(text: str, most: int = 60) -> str:
    """Return a text cut to the length that a message can print.

    >>> shorten("convicton"), len(shorten("x" * 1_000_000))
    ('convicton', 60)
    """
    return text if len(text) <= most else text[: most - 1] + "…"


def closest(found: str, words: Iterable[str]) -> str:
    """Return a hint that names the words of a list most similar to ``found``, at most three; empty where none is similar.

    >>> closest("convicton", ["conviction", "charge"])
    'closest: conviction'
    """
    near = difflib.get_close_matches(found, list(words), n=3, cutoff=0.5)
    return f"closest: {', '.join(near)}" if near else ""


def describe(raw: Raw) -> str:
    """Return what messages print of a raw value: the text itself, or a description of a list or mapping."""
    if isinstance(raw, str):
        return shorten(raw)
    if raw is None:
        return Description("nothing")
    if isinstance(raw, Mapping):
        return Description(shorten("a mapping with " + ", ".join(raw), most=160))
    return Description("a list")


def text_of(raw: Raw, expected: str, *, thing: str, most: int | None = None) -> str:
    """Return a single value as text of at most ``most`` characters; raises InvalidValue."""
    if not isinstance(raw, str):
        raise InvalidValue(describe(raw), expected, thing=thing)
    if most is not None and len(raw) > most:
        raise InvalidValue(shorten(raw), f"{expected}, at most {most} characters", thing=thing)
    return raw


def mapping_of(raw: Raw, keys: Sequence[str], *, thing: str, required: Iterable[str] = ()) -> dict[str, Raw]:
    """Return the entries of a mapping that have a value; raises InvalidValue for unknown and for missing keys."""
    if not isinstance(raw, Mapping):
        raise InvalidValue(describe(raw), "a mapping with " + ", ".join(keys), thing=thing)
    for key in raw:
        if key not in keys:
            found = shorten(key)
            raise InvalidValue(found, "one of " + ", ".join(keys), closest(found, keys), thing=f"key of a {thing}")
    entries: dict[str, Raw] = {key: value for key, value in raw.items() if value is not None}
    for key in required:
        if key not in entries:
            raise InvalidValue(describe(raw), f"{key} as well", thing=thing)
    return entries


def parse_text(raw: Raw, expected: str = "text", *, most: int = MAX_TEXT, thing: str = "text") -> str:
    """Return free text; raises InvalidValue where it is empty, longer than ``most``, or has blanks around it."""
    text = text_of(raw, expected, thing=thing)
    if len(text) > most:
        raise InvalidValue(
            Description(f"{len(text)} characters"), f"{expected}, at most {most} characters", thing=thing
        )
    if not text.strip() or text != text.strip():
        raise InvalidValue(shorten(text), f"{expected} without blanks around it", thing=thing)
    return text
