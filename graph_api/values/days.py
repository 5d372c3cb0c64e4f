"""Days of the calendar, ``YYYY-MM-DD``."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from graph_api.values.dates import day_date, day_number, parse_day
from graph_api.values.value_type import Raw, ValueType, text_of


def parse(raw: Raw) -> str:
    """Return a day as written; raises InvalidValue."""
    return parse_day(text_of(raw, "a day, YYYY-MM-DD", thing="day", most=60)).isoformat()


def store(key: str, day: date) -> dict[str, Any]:
    """Return the day as written, and its day number for comparisons."""
    return {key: day.isoformat(), f"{key}_day": day_number(day)}


def decode_number(number: int | None) -> str | None:
    """Return a day number as YYYY-MM-DD; None for nothing and for an open end.

    >>> decode_number(19113)
    '2022-05-01'
    """
    found = None if number is None else day_date(number)
    return found.isoformat() if found else None


DAY: Final = ValueType("day", "a day, YYYY-MM-DD", "Date", parse, load=parse_day, store=store)
