"""Counts by year as a picture: a pure function from counts to bars; a template draws them, and the table beside it says the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

LEFT: Final = 8
ROW: Final = 26
TOP: Final = 8
LABELS: Final = 64
CHART: Final = 620
WIDTH: Final = LEFT + LABELS + CHART + 60


@dataclass(frozen=True, slots=True)
class Bar:
    """The bar of a year: its count and its length; a year without a count has no length. ``year`` is None where none is stated."""

    year: str | None
    count: int
    y: int
    length: float


@dataclass(frozen=True, slots=True)
class YearBars:
    """A picture: its size, where bars begin, and the bars from the first year to the last, what has no year behind them."""

    width: int
    height: int
    start: int
    bars: tuple[Bar, ...]


def year_bars(counts: Mapping[str | None, int]) -> YearBars:
    """Return the picture of counts by year; years between without any are there, since a gap would look like no time.

    >>> [(one.year, one.count, one.length) for one in year_bars({"2021": 5, "2023": 10, None: 2}).bars]
    [('2021', 5, 310.0), ('2022', 0, 0.0), ('2023', 10, 620.0), (None, 2, 124.0)]
    """
    most = max(counts.values(), default=0) or 1
    bars = tuple(
        Bar(year, counts.get(year, 0), TOP + place * ROW, round(counts.get(year, 0) / most * CHART, 1))
        for place, year in enumerate(_years(counts))
    )
    return YearBars(WIDTH, TOP * 2 + len(bars) * ROW, LEFT + LABELS, bars)


def _years(counts: Iterable[str | None]) -> list[str | None]:
    known = [int(year) for year in counts if year is not None]
    span: list[str | None] = [str(year) for year in range(min(known), max(known) + 1)] if known else []
    return [*span, None] if None in counts else span
