"""Texts of dates taken apart: the points that they name, the ranges between them, the mark behind them.

The forms are those of the table in ``graph_api.values.dates``, which is what everybody else calls.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final, NamedTuple

from graph_api.errors import InvalidValue

EPOCH: Final = date(1970, 1, 1).toordinal()
MONTHS: Final = tuple(
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
SEASONS: Final = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
FORMS: Final = "a date such as 2022, 2022-05, 2022-05-13, 2023-08~, 2025-21 or [2024-08..2024-10]"
_POINT: Final = re.compile(r"([0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX))?)?")
_MARKS: Final = "~?%"


class DatePoint(NamedTuple):
    """One date without a mark. ``month`` is 21 to 24 for a season; a part that is absent is 0."""

    grain: str  # day, month, season, year, decade, century, and "…, day not stated" for unspecified parts
    year: int
    month: int
    day: int
    lo: int
    hi: int

    def is_followed_by(self, other: DatePoint) -> bool:
        """Whether the other is the day, month or year directly after this one, so that some day from one to the other is in one of the two."""
        return self.grain == other.grain and self.grain in ("day", "month", "year") and self.hi + 1 == other.lo


class Item(NamedTuple):
    """A point (``first is last``) or a range inside a set; None is an open end."""

    first: DatePoint | None
    last: DatePoint | None

    def as_said(self) -> Item:
        """Return a range that begins with the month or year of its last day with the first day of that, for words: 1 to 24 June, not June to 24 June."""
        first, last = self
        if (
            first is None
            or last is None
            or last.grain != "day"
            or first.grain not in ("month", "year")
            or first.hi < last.lo
        ):
            return self
        return Item(DatePoint("day", first.year, first.month or 1, 1, first.lo, first.lo), last)


def parse_items(text: str) -> tuple[list[Item], str]:
    """Take a text apart into its items, one unless it is a set of several, and its mark; raise :class:`InvalidValue`.

    >>> items, mark = parse_items("2023-08~")
    >>> items[0].first, mark
    (DatePoint(grain='month', year=2023, month=8, day=0, lo=19570, hi=19600), '~')
    """
    if text.startswith("["):
        return _set(text), ""
    mark = text[-1] if text and text[-1] in _MARKS else ""
    point = _point(text[: -len(mark)] if mark else text, text)
    return [Item(point, point)], mark


def _set(text: str) -> list[Item]:
    if not text.endswith("]") or text == "[..]":
        raise InvalidValue(
            text, "a set such as [2024-08..2024-10], [2022,2023-05] or [..2024]", _hint(text), thing="date"
        )
    texts = text[1:-1].split(",")
    items = []
    for place, item in enumerate(texts):
        ends = item.split("..")
        if (
            len(ends) > 2
            or (not ends[0] and place > 0)
            or (not ends[-1] and place < len(texts) - 1)
            or item in ("", "..")
        ):
            raise InvalidValue(
                text,
                "a set such as [2024-08..2024-10] or [2022,2023-05]",
                "only the outer ends may be open",
                thing="date",
            )
        first = _point(ends[0], text) if ends[0] else None
        last = first if len(ends) == 1 else _point(ends[1], text) if ends[1] else None
        if first and last and first.lo > last.hi:
            raise InvalidValue(text, "the earlier date first", f"[{ends[1]}..{ends[0]}]", thing="date")
        items.append(Item(first, last))
    return items


def _point(part: str, text: str) -> DatePoint:
    match = _POINT.fullmatch(part)
    if match is None:
        raise InvalidValue(text, FORMS, _hint(text), thing="date")
    year_text, month_text, day_text = match.groups()
    year = int(year_text.replace("X", "0"))
    if not 1000 <= year <= 2999:
        raise InvalidValue(text, "a year from 1000 to 2999", thing="date")
    if month_text is None:
        return _years(year, year_text.count("X"))
    if "X" in year_text or (month_text == "XX" and day_text not in (None, "XX")):
        raise InvalidValue(
            text, "unspecified digits on the right only", "201X, 2023-XX, 2023-05-XX, or a set", thing="date"
        )
    if month_text == "XX":
        grain = "year, month not stated" if day_text is None else "year, day not stated"
        return DatePoint(grain, year, 0, 0, _number(year, 1, 1), _number(year, 12, 31))
    month = int(month_text)
    if month in SEASONS and day_text is None:
        return _season(year, month)
    if not 1 <= month <= 12:
        raise InvalidValue(text, "a month from 01 to 12, or a season from 21 to 24 without a day", thing="date")
    if day_text in (None, "XX"):
        grain = "month" if day_text is None else "month, day not stated"
        return DatePoint(grain, year, month, 0, _number(year, month, 1), _last(year, month))
    day = int(day_text)
    if not 1 <= day <= 31 or _number(year, month, 1) + day - 1 > _last(year, month):
        last = _last(year, month) - _number(year, month, 1) + 1
        raise InvalidValue(
            text, f"a day from 01 to {last}", f"{MONTHS[month - 1]} {year} has {last} days", thing="date"
        )
    number = _number(year, month, day)
    return DatePoint("day", year, month, day, number, number)


def _years(year: int, unspecified: int) -> DatePoint:
    grain, years = (("year", 1), ("decade", 10), ("century", 100))[unspecified]
    return DatePoint(grain, year, 0, 0, _number(year, 1, 1), _number(year + years - 1, 12, 31))


def _season(year: int, month: int) -> DatePoint:
    first = 3 * (month - 20)  # 3, 6, 9, 12
    last = _last(year, first + 2) if first < 12 else _last(year + 1, 2)
    return DatePoint("season", year, month, 0, _number(year, first, 1), last)


def _number(year: int, month: int, day: int) -> int:
    return date(year, month, day).toordinal() - EPOCH


def _last(year: int, month: int) -> int:
    return (_number(year, month + 1, 1) if month < 12 else _number(year + 1, 1, 1)) - 1


_HINTS: Final = (
    (re.compile(r"\s*"), "it is empty; leave the date out where none is stated"),
    (re.compile(r".*\s.*", re.DOTALL), "blanks do not belong in it"),
    (re.compile(r".*[^\x00-\x7f].*"), "digits, hyphens and letters must be ASCII"),
    (re.compile(r"[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{4}"), "the year comes first, then month and day: YYYY-MM-DD"),
    (re.compile(r".*/.*"), "write [a..b] for one day of them, or two points, `date` and `until`, for a span"),
    (re.compile(r"\{.*"), "several days are several events; one of several is [a,b]"),
    (re.compile(r"\[.*[~?%].*"), "a set carries no ~, ? or %; it already says which days are possible"),
    (re.compile(r"[0-9]{4}.*T.*"), "a day is the finest; a time of day goes into the description"),
    (re.compile(r"[-+Y][0-9].*|[0-9]{5,7}"), "years are from 1000 to 2999"),
    (re.compile(r"[0-9]{8}"), "with hyphens: YYYY-MM-DD"),
    (re.compile(r"[0-9]{4}(-[0-9]{1,2}){1,2}[~?%]?"), "month and day have two digits"),
    (
        re.compile(r"[0-9]{1,3}[xXu-]+.*|[0-9]{4}-[0-9]{0,2}[xXuU].*"),
        "unspecified digits: 201X, 20XX, 2023-XX, 2023-05-XX",
    ),
    (re.compile(r".*[~?%].+"), "~, ? and % stand at the end"),
)


def _hint(text: str) -> str:
    """Say what is most likely wrong with a text of no known form."""
    return next((hint for pattern, hint in _HINTS if pattern.fullmatch(text)), "")
