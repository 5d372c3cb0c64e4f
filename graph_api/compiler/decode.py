"""Converts stored values to values of the response.

A value object becomes a dictionary with all its fields, from which the response builder takes the selected ones::

    or_default("UNKNOWN")(None)        ──▶  "UNKNOWN"
    claim_value('{"months_low": 24}')  ──▶  {"months-low": 24}
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import orjson

from graph_api.values import dates
from graph_api.values.days import decode_number
from graph_api.values.languages import Language
from graph_api.values.spans import span_words

Decode = Callable[[Any], Any]
Fields = Mapping[str, Any]
_DISPLAYS = {"display": Language.EN, "display_uk": Language.UK}


def or_default(default: Any = None) -> Decode:
    """Return a decoder that returns ``default`` if nothing is stored."""
    return lambda value: default if value is None else value


def many(value: Any) -> list[Any]:
    """Return a stored list; an empty one if nothing is stored."""
    return [] if value is None else list(value)


def claim_value(text: str | None) -> Any:
    """Return the value of a claim from stored JSON, with the keys of seed files; None if nothing is stored.

    >>> claim_value('{"kind": "TERM", "months_low": 24, "months_high": 132}')
    {'kind': 'TERM', 'months-low': 24, 'months-high': 132}
    """
    return None if text is None else _with_seed_keys(orjson.loads(text))


def _with_seed_keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {key.replace("_", "-"): _with_seed_keys(one) for key, one in value.items()}
    return [_with_seed_keys(one) for one in value] if isinstance(value, list) else value


def span(start: str | None, end: str | None) -> Fields | None:
    """Return the fields of ``Span`` for two dates; None if neither is stated."""
    return None if start is None and end is None else span_or_open(start, end)


def span_or_open(start: str | None, end: str | None) -> Fields:
    """Return the fields of ``Span`` for two dates, of which both may be open.

    >>> span_or_open(None, None)["display"]
    'no dates stated'
    """
    displays = {key: span_words(start, end, language) for key, language in _DISPLAYS.items()}
    return {"start": dates.decode(start), "end": dates.decode(end), **displays}


def day_range(lo: int, hi: int) -> Fields:
    """Return the fields of ``DayRange`` for two day numbers, of which either may be open."""
    return {"earliest": decode_number(lo), "latest": decode_number(hi)}
