"""Stored values to values of the response; pure. Value objects become dicts with every field, of which an answer takes what was selected."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import orjson

from graph_api.values import dates

Decode = Callable[[Any], Any]
Fields = Mapping[str, Any]


def or_default(default: Any = None) -> Decode:
    """Return a decoder that gives ``default`` where nothing is stored."""
    return lambda value: default if value is None else value


def many(value: Any) -> list[Any]:
    """Return a list; where nothing is stored an empty one."""
    return [] if value is None else list(value)


def from_json(value: Any) -> Any:
    """Return what stored JSON text says; None where nothing is stored."""
    return None if value is None else orjson.loads(value)


def span(start: str | None, end: str | None) -> Fields | None:
    """Return the fields of ``Span`` of two dates; None where neither is stated."""
    if start is None and end is None:
        return None
    words = [dates.When.parse(one).display if one else None for one in (start, end)]
    match words:
        case [str(first), str(last)]:
            shown = f"from {first} to {last}"
        case [str(first), None]:
            shown = f"from {first}"
        case _:
            shown = f"until {words[1]}"
    return {"start": dates.decode(start), "end": dates.decode(end), "display": shown}


def title(stated: str | None, kind: str, names: Sequence[str]) -> str:
    """Return the title of an event: as stated, else its kind and whom it was about.

    >>> title(None, "CONVICTION", ["Iryna Example"])
    'Conviction of Iryna Example'
    """
    if stated:
        return stated
    words = kind.replace("_", " ").capitalize()
    if not names:
        return words
    shown = list(names[:2]) + (["others"] if len(names) > 2 else [])
    joined = shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + f" and {shown[-1]}"
    return f"{words} of {joined}"
