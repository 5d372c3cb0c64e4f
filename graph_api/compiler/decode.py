"""Stored values to values of the response; pure. Value objects become dicts with every field, of which an answer takes what was selected."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import orjson

from graph_api.values.dates import When, day_date
from graph_api.values.sentences import Sentence

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


def day(value: Any) -> str | None:
    """Return a day number as YYYY-MM-DD.

    >>> day(19113)
    '2022-05-01'
    """
    found = None if value is None else day_date(value)
    return found.isoformat() if found else None


@lru_cache(maxsize=4096)
def when(text: str | None) -> Fields | None:
    """Return the fields of ``When`` of a date as written."""
    if text is None:
        return None
    point = When.parse(text)
    return {
        "edtf": text,
        "earliest": point.earliest.isoformat() if point.earliest else None,
        "latest": point.latest.isoformat() if point.latest else None,
        "approximate": point.approximate,
        "uncertain": point.uncertain,
        "display": point.display,
    }


def span(start: str | None, end: str | None) -> Fields | None:
    """Return the fields of ``Span`` of two dates; None where neither is stated."""
    if start is None and end is None:
        return None
    words = [When.parse(one).display if one else None for one in (start, end)]
    match words:
        case [str(first), str(last)]:
            shown = f"from {first} to {last}"
        case [str(first), None]:
            shown = f"from {first}"
        case _:
            shown = f"until {words[1]}"
    return {"start": when(start), "end": when(end), "display": shown}


def quantity(text: str | None) -> Fields | None:
    """Return the fields of ``Quantity`` of stored JSON."""
    if text is None:
        return None
    value = orjson.loads(text)
    return {
        "operator": value["operator"],
        "unit": value["unit"],
        "low": value.get("low"),
        "high": value.get("high"),
        "text": value["text"],
    }


def sentence(text: str | None) -> Fields | None:
    """Return the fields of ``Sentence`` of stored JSON."""
    if text is None:
        return None
    value = Sentence.from_json(orjson.loads(text))
    return {
        "kind": value.kind.value,
        "years": value.years,
        "months": value.months,
        "totalMonthsLow": value.months_low,
        "totalMonthsHigh": value.months_high,
        "regime": value.regime,
        "extras": list(value.extras),
        "display": value.display,
    }


def offences(text: str | None) -> list[Fields]:
    """Return the fields of every ``Offence`` of stored JSON."""
    found = [] if text is None else orjson.loads(text)
    return [{"code": one["code"], "text": one["text"], "article": one.get("article")} for one in found]


def names(text: str | None) -> list[Fields]:
    """Return the fields of every ``Name`` of stored JSON."""
    found = [] if text is None else orjson.loads(text)
    return [
        {
            "__typename": "Name",
            "text": one["text"],
            "language": one.get("language"),
            "script": one.get("script"),
            "kind": one.get("kind"),
        }
        for one in found
    ]


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
