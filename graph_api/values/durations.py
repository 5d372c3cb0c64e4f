"""Durations in days, weeks, months and years, and how they are added to a day by the calendar.

The texts are the durations of ISO 8601-1:2019 without a time part: ``P90D``, ``P2W``, ``P6M``, ``P2Y``, ``P1Y6M``. A
week is 7 days and a year 12 months; how many days a month has depends on the day that it is added to.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Final

from graph_api.errors import InvalidValue
from graph_api.values.dates import OPEN_HI, OPEN_LO, day_date, day_number

_TEXT: Final = re.compile(r"P(?=[0-9])(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)W)?(?:([0-9]+)D)?")
_FORMS: Final = "a duration such as P90D, P2W, P6M, P2Y or P1Y6M"
_MOST_MONTHS: Final = 12_000
_MOST_DAYS: Final = 366_000
_LAST_DAY: Final = day_number(date.max)


@dataclass(frozen=True, slots=True)
class Duration:
    """``months`` and then ``days``, not negative and not both 0; at most about 1000 years.

    >>> Duration.parse("P1Y6M"), Duration.parse("P2W")
    (Duration(months=18, days=0), Duration(months=0, days=14))
    """

    months: int
    days: int

    @classmethod
    def parse(cls, text: object) -> Duration:
        """Read an ISO 8601 duration; raise :class:`InvalidValue` for a time part, 0, and whatever is no duration."""
        match = _TEXT.fullmatch(text) if isinstance(text, str) and len(text) <= 40 else None
        if match is None:
            raise InvalidValue(text, _FORMS, _hint(text), thing="duration")
        years, months, weeks, days = (int(part or 0) for part in match.groups())
        duration = cls(12 * years + months, 7 * weeks + days)
        if duration == cls(0, 0):
            raise InvalidValue(text, "a duration of at least one day, P1D", thing="duration")
        if duration.months > _MOST_MONTHS or duration.days > _MOST_DAYS:
            raise InvalidValue(text, "a duration of at most 1000 years, P1000Y", thing="duration")
        return duration

    @classmethod
    def from_json(cls, value: object) -> Duration:
        """Read what :meth:`to_json` wrote."""
        return cls.parse(value)

    def to_json(self) -> str:
        """Give the normal form: weeks are written as days, twelve months as a year.

        >>> Duration.parse("P18M2W").to_json()
        'P1Y6M14D'
        """
        years, months = divmod(self.months, 12)
        parts = ((years, "Y"), (months, "M"), (self.days, "D"))
        return "P" + "".join(f"{count}{unit}" for count, unit in parts if count)


def add(day: int, duration: Duration) -> int:
    """Add a duration to a day number: first the months, clamped to the month's end, then the days.

    An open end stays open. What lies beyond the year 9999 is ``OPEN_HI``, what lies before the year 1 is ``OPEN_LO``.
    Never decreasing in ``day``, which the rules of :mod:`graph_api.evidence.order` rely on.

    >>> day_date(add(day_number(date(2024, 1, 31)), Duration.parse("P1M")))
    datetime.date(2024, 2, 29)
    """
    start = day_date(day)
    if start is None:
        return OPEN_HI if day > _LAST_DAY else OPEN_LO
    year, month = divmod(12 * start.year + start.month - 1 + duration.months, 12)
    if year > date.max.year:
        return OPEN_HI
    moved = date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
    number = day_number(moved) + duration.days
    return number if number <= _LAST_DAY else OPEN_HI


def _hint(text: object) -> str:
    if not isinstance(text, str):
        return "as text"
    if "T" in text:
        return "no hours, minutes or seconds: a day is the finest"
    if text.startswith("-") or "." in text or "," in text:
        return "whole and positive numbers only"
    return "capital letters, in the order Y, M, W, D"
