"""The closed list of words of ``claims(property:)``: the properties of which sources can state something, by type.

::

    conviction { claims(property: "inAbsentia") }  ──▶  "in-absentia", the name in seed files, by which claims are stored
    conviction { claims(property: "sentense") }    ──▶  Invalid property 'sentense' of Conviction: expected one of …, sentence, …
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, Final

from graph_api.errors import InvalidValue
from graph_api.ontology.event_types import EVENT_TYPES
from graph_api.ontology.properties import PARTICIPANTS
from graph_api.ontology.registry import ONTOLOGY
from graph_api.values.value_type import closest, shorten

_EVENT: Final = tuple(prop.name for prop in ONTOLOGY.kind("event").properties)
CLAIM_PROPERTIES: Final[dict[str, tuple[str, ...]]] = {
    **{kind.name.capitalize(): tuple(prop.name for prop in kind.properties) for kind in ONTOLOGY.kinds},
    **{one.name: (*_EVENT, *(prop.name for prop in one.properties if prop.name not in _EVENT)) for one in EVENT_TYPES},
    "Participation": tuple(prop.name for prop in PARTICIPANTS.properties),
}
"""The names of properties in seed files, by the GraphQL type whose claims state them."""

_EVENT_TYPES: Final = frozenset(one.name for one in EVENT_TYPES)
_OF_EVENTS: Final = frozenset(name for one in EVENT_TYPES for name in CLAIM_PROPERTIES[one.name])
MAX_LENGTH: Final = 700
"""Limit of the characters in which a message lists names by type."""


@cache
def claim_property(types: tuple[str, ...]) -> Callable[[Any], str | None]:
    """Return a function from the name of a property to its name in seed files. It raises InvalidValue for one that no type has.

    Events of one kind accept the properties of all kinds, since a fragment on Event may stand where only one kind is possible.

    >>> claim_property(("Trial", "Conviction"))("inAbsentia")
    'in-absentia'
    """
    valid = {name for one in types for name in (_OF_EVENTS if one in _EVENT_TYPES else CLAIM_PROPERTIES[one])}

    def parse(value: Any) -> str | None:
        if value is None:
            return None
        text = str(value)
        name = "".join(f"-{c.lower()}" if c.isupper() else c for c in text)
        if name not in valid:
            of = f"property of {types[0]}" if len(types) == 1 else "property"
            raise InvalidValue(shorten(text), _expected(types), closest(name, sorted(valid)), thing=of)
        return name

    return parse


def any_property(*types: str) -> Callable[[Any], str]:
    """Return a function from the name of a property of one of these types to its name in seed files. It raises InvalidValue."""
    parse = claim_property(types)
    return lambda value: str(parse(value))


EVENT_TYPE_NAMES: Final = tuple(one.name for one in EVENT_TYPES)


def _expected(types: tuple[str, ...]) -> str:
    """Return the valid names: those that all types share, then what each type adds; without types where that would be too long."""
    first, *others = types
    shared = [name for name in CLAIM_PROPERTIES[first] if all(name in CLAIM_PROPERTIES[one] for one in others)]
    added = {one: [name for name in CLAIM_PROPERTIES[one] if name not in shared] for one in types}
    by_type = [f"of {one}: {_listed(names)}" for one, names in added.items() if names]
    text = "; ".join([f"one of {_listed(shared)}", *by_type])
    return (
        text
        if len(text) <= MAX_LENGTH
        else f"one of {_listed({name for one in types for name in CLAIM_PROPERTIES[one]})}"
    )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
