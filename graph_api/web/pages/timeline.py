"""The timeline of a person as a picture: a pure function from events in their order to shapes; a template draws them.

A day is a dot, some day in a span a pale bar, a time that lasted a solid one. An event without a date is a hatched bar over the days between which
the order that sources state puts it. An end that nothing bounds has an arrow. The table below the picture says the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

LABELS_END: Final = 300
CHART_END: Final = 930
WIDTH: Final = 960
TOP: Final = 34
ROW: Final = 30
DOT: Final = 6
"""Radius of a dot: half of the smallest width of a bar."""
MAX_TICKS: Final = 12


class Shape(StrEnum):
    """What stands for the days of an event."""

    DAY = "day"
    SPAN = "span"
    LASTED = "lasted"
    UNDATED = "undated"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class DatedEntry:
    """An event on a timeline: its number and label, where its row in the table is, and its days as ISO 8601."""

    number: int
    label: str
    anchor: str
    date: Mapping[str, Any] | None
    until: Mapping[str, Any] | None
    bounds: Mapping[str, Any]
    differs: bool = False


@dataclass(frozen=True, slots=True)
class TimelineMark:
    """An entry with its place: ``x`` and ``width`` of its shape, in the units of the picture, and which of its ends are open."""

    entry: DatedEntry
    shape: Shape
    y: int
    x: float = LABELS_END
    width: float = 0.0
    is_open_left: bool = False
    is_open_right: bool = False
    is_approximate: bool = False


@dataclass(frozen=True, slots=True)
class Timeline:
    """A picture: its size, the first days of years with their places, and the marks in the order of the entries."""

    width: int
    height: int
    ticks: tuple[tuple[float, str], ...]
    marks: tuple[TimelineMark, ...]


def timeline(entries: Sequence[DatedEntry]) -> Timeline | None:
    """Return the picture of events in their order; None where no day of any of them is known."""
    days = [day for entry in entries for day in _days(entry) if day is not None]
    if not days:
        return None
    scale = _Scale.over(min(days), max(days))
    marks = tuple(_mark(entry, TOP + place * ROW, scale) for place, entry in enumerate(entries))
    return Timeline(WIDTH, TOP + len(entries) * ROW + 6, scale.ticks(), marks)


@dataclass(frozen=True, slots=True)
class _Scale:
    """From days to places: whole years from the first to the last, less what lies more than two months from the days shown."""

    first: int
    last: int

    @classmethod
    def over(cls, earliest: date, latest: date) -> _Scale:
        margin = max(45, (latest - earliest).days // 20)
        return cls(earliest.toordinal() - margin, latest.toordinal() + margin)

    def at(self, day: date) -> float:
        share = (day.toordinal() - self.first) / (self.last - self.first)
        return round(LABELS_END + share * (CHART_END - LABELS_END), 1)

    def ticks(self) -> tuple[tuple[float, str], ...]:
        years = range(date.fromordinal(self.first).year + 1, date.fromordinal(self.last).year + 1)
        step = -(-len(years) // MAX_TICKS) or 1
        found = ((self.at(date(year, 1, 1)), str(year)) for year in years if year % step == 0)
        return tuple((x, year) for x, year in found if x <= CHART_END - ROW)


def _days(entry: DatedEntry) -> list[date | None]:
    """Return the days that the picture has to show for an entry."""
    if entry.date is None:
        return [_day(entry.bounds["earliest"]), _day(entry.bounds["latest"])]
    return [_day(one[end]) for one in (entry.date, entry.until) if one for end in ("earliest", "latest")]


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _mark(entry: DatedEntry, y: int, scale: _Scale) -> TimelineMark:
    found = [day for day in _days(entry) if day is not None]
    if not found:
        return TimelineMark(entry, Shape.NOTHING, y)
    if entry.date is None:
        first, last = _day(entry.bounds["earliest"]), _day(entry.bounds["latest"])
        shape = Shape.UNDATED
    else:
        ends = entry.until or entry.date
        first, last = _day(entry.date["earliest"]), _day(ends["latest"])
        shape = Shape.LASTED if entry.until else Shape.SPAN if first != last else Shape.DAY
    start = LABELS_END if first is None else scale.at(first)
    end = CHART_END if last is None else scale.at(last)
    is_approximate = bool(entry.date and entry.date.get("approximate"))
    if shape is Shape.DAY:
        return TimelineMark(entry, shape, y, start, 0.0, is_approximate=is_approximate)
    width = round(max(end - start, 2.0 * DOT), 1)
    return TimelineMark(entry, shape, y, start, width, first is None, last is None, is_approximate)
