"""Dates as sources give them: EDTF text, the days that it allows, and words for people.

The rules are those of ISO 8601-2:2019, better known as EDTF: levels 0 and 1 without intervals, and the one-of sets of
level 2.

=====================================  =================================================================================
``2022-05-13``, ``2022-05``, ``2022``  a day, a month, a year; years are from 1000 to 2999
``2023-08~``, ``2024?``, ``2024%``     about; uncertain; both
``2025-21`` … ``2025-24``              spring (March to May), summer, autumn, winter (December 2025 to February 2026)
``201X``, ``20XX``                     some year of the ten or the hundred
``2023-XX``, ``2023-05-XX``            a month or day that is not stated
``[2024-08..2024-10]``                 one day of August to October
``[2022,2023-05]``                     2022 or May 2023; compares by its hull, 2022-01-01 to 2023-05-31
``[..2024]``, ``[2024..]``             in 2024 or before; in 2024 or later
=====================================  =================================================================================

The marks ``~``, ``?`` and ``%`` do **not** widen the days: no rule says by how much. A source that means "May or June"
is entered as ``[2022-05..2022-06]``. Winter runs into the year after, as nobody can tell that a source means December:
a narrower reading would make comparisons certain that are not.

Days are counted as **day numbers**, days since 1970-01-01, which may be negative. An open end is a sentinel that is
smaller (``OPEN_LO``) or greater (``OPEN_HI``) than every day, so that comparisons stay total.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from graph_api.errors import BadValue

OPEN_LO: Final = -1_000_000
OPEN_HI: Final = 10_000_000

_EPOCH: Final = date(1970, 1, 1).toordinal()
_POINT: Final = re.compile(r"([0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX))?)?")
_DAY: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_MONTHS: Final = tuple(
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
_SEASONS: Final = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
_MARKS: Final = "~?%"
_FORMS: Final = "a date such as 2022, 2022-05, 2022-05-13, 2023-08~, 2025-21 or [2024-08..2024-10]"


@dataclass(frozen=True, slots=True)
class When:
    """A point in time as precisely as a source gives it.

    ``edtf`` is the text as written. ``lo`` and ``hi`` are the first and the last day, as day numbers, on which it can
    have been; ``approximate`` (``~``, ``%``) and ``uncertain`` (``?``, ``%``) say that a source hedges, and change
    neither of them.

    >>> when = When.parse("2022-05")
    >>> when.lo, when.hi, when.earliest, when.display
    (19113, 19143, datetime.date(2022, 5, 1), 'May 2022')
    """

    edtf: str
    lo: int
    hi: int
    approximate: bool
    uncertain: bool

    @classmethod
    def parse(cls, text: object) -> When:
        """Read a text of the forms above; raise :class:`BadValue` for anything else, blanks around it included."""
        if not isinstance(text, str):
            raise BadValue(text, _FORMS, "as text; in YAML, put it in quotes")
        items, mark = _read(text)
        lo = min(OPEN_LO if item.first is None else item.first.lo for item in items)
        hi = max(OPEN_HI if item.last is None else item.last.hi for item in items)
        return cls(str(text), lo, hi, mark in ("~", "%"), mark in ("?", "%"))

    @classmethod
    def from_json(cls, value: object) -> When:
        """Read what :meth:`to_json` wrote."""
        return cls.parse(value)

    def to_json(self) -> str:
        """Give the EDTF text; everything else follows from it."""
        return self.edtf

    @property
    def earliest(self) -> date | None:
        """The first day on which it can have been; None where open."""
        return day_date(self.lo)

    @property
    def latest(self) -> date | None:
        """The last day on which it can have been; None where open."""
        return day_date(self.hi)

    @property
    def precision(self) -> int:
        """The number of days between the first and the last, 0 for a day; smaller is more precise."""
        return self.hi - self.lo

    @property
    def display(self) -> str:
        """For people, in English.

        >>> When.parse("[2021-09-03..2021-09-04]").display, When.parse("2024?").display
        ('between 3 and 4 September 2021', '2024 (uncertain)')
        """
        items, _ = _read(self.edtf)
        words = f"about {_words(items)}" if self.approximate else _words(items)
        return f"{words} (uncertain)" if self.uncertain else words


def contains(a: When, b: When) -> bool:
    """Say whether ``b`` is nested in ``a``: every day that ``b`` allows, ``a`` allows as well."""
    return a.lo <= b.lo and b.hi <= a.hi


def day_number(day: date) -> int:
    """Count the days from 1970-01-01 to ``day``."""
    return day.toordinal() - _EPOCH


def day_date(number: int) -> date | None:
    """Give the date of a day number; None for an open end and for days outside the years 1 to 9999."""
    ordinal = number + _EPOCH
    return date.fromordinal(ordinal) if 1 <= ordinal <= date.max.toordinal() else None


def parse_day(text: object) -> date:
    """Read ``YYYY-MM-DD`` and nothing else, the contract's ``Date``; raise :class:`BadValue`.

    >>> parse_day("2024-09-01")
    datetime.date(2024, 9, 1)
    """
    match = _DAY.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise BadValue(text, "a day as YYYY-MM-DD")
    year, month, day = map(int, match.groups())
    try:
        return date(year, month, day)
    except ValueError as error:
        raise BadValue(text, "a day of the calendar as YYYY-MM-DD", str(error)) from error


# ── Reading ──────────────────────────────────────────────────────────────────────────────────────────────────────


class _Point(NamedTuple):
    """One date without a mark. ``month`` is 21 to 24 for a season; a part that is absent is 0."""

    grain: str  # day, month, season, year, decade, century, and "…, day not stated" for unspecified parts
    year: int
    month: int
    day: int
    lo: int
    hi: int


class _Item(NamedTuple):
    """A point (``first is last``) or a range inside a set; None is an open end."""

    first: _Point | None
    last: _Point | None


def _read(text: str) -> tuple[list[_Item], str]:
    """Take a text apart into its items, one unless it is a set of several, and its mark."""
    if text.startswith("["):
        return _read_set(text), ""
    mark = text[-1] if text and text[-1] in _MARKS else ""
    point = _read_point(text[: -len(mark)] if mark else text, text)
    return [_Item(point, point)], mark


def _read_set(text: str) -> list[_Item]:
    if not text.endswith("]") or text == "[..]":
        raise BadValue(text, "a set such as [2024-08..2024-10], [2022,2023-05] or [..2024]", _hint(text))
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
            raise BadValue(
                text, "a set such as [2024-08..2024-10] or [2022,2023-05]", "only the outer ends may be open"
            )
        first = _read_point(ends[0], text) if ends[0] else None
        last = first if len(ends) == 1 else _read_point(ends[1], text) if ends[1] else None
        if first and last and first.lo > last.hi:
            raise BadValue(text, "the earlier date first", f"[{ends[1]}..{ends[0]}]")
        items.append(_Item(first, last))
    return items


def _read_point(part: str, text: str) -> _Point:
    match = _POINT.fullmatch(part)
    if match is None:
        raise BadValue(text, _FORMS, _hint(text))
    year_text, month_text, day_text = match.groups()
    year = int(year_text.replace("X", "0"))
    if not 1000 <= year <= 2999:
        raise BadValue(text, "a year from 1000 to 2999")
    if month_text is None:
        return _years(year, year_text.count("X"))
    if "X" in year_text or (month_text == "XX" and day_text not in (None, "XX")):
        raise BadValue(text, "unspecified digits on the right only", "201X, 2023-XX, 2023-05-XX, or a set")
    if month_text == "XX":
        grain = "year, month not stated" if day_text is None else "year, day not stated"
        return _Point(grain, year, 0, 0, _number(year, 1, 1), _number(year, 12, 31))
    month = int(month_text)
    if month in _SEASONS and day_text is None:
        return _season(year, month)
    if not 1 <= month <= 12:
        raise BadValue(text, "a month from 01 to 12, or a season from 21 to 24 without a day")
    if day_text in (None, "XX"):
        grain = "month" if day_text is None else "month, day not stated"
        return _Point(grain, year, month, 0, _number(year, month, 1), _last(year, month))
    day = int(day_text)
    if not 1 <= day <= 31 or _number(year, month, 1) + day - 1 > _last(year, month):
        last = _last(year, month) - _number(year, month, 1) + 1
        raise BadValue(text, f"a day from 01 to {last}", f"{_MONTHS[month - 1]} {year} has {last} days")
    number = _number(year, month, day)
    return _Point("day", year, month, day, number, number)


def _years(year: int, unspecified: int) -> _Point:
    grain, years = (("year", 1), ("decade", 10), ("century", 100))[unspecified]
    return _Point(grain, year, 0, 0, _number(year, 1, 1), _number(year + years - 1, 12, 31))


def _season(year: int, month: int) -> _Point:
    first = 3 * (month - 20)  # 3, 6, 9, 12
    last = _last(year, first + 2) if first < 12 else _last(year + 1, 2)
    return _Point("season", year, month, 0, _number(year, first, 1), last)


def _number(year: int, month: int, day: int) -> int:
    return date(year, month, day).toordinal() - _EPOCH


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


# ── Words ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _words(items: Sequence[_Item]) -> str:
    points = [item.first for item in items if item.first is not None and item.first is item.last]
    if len(points) == len(items):
        return _listed(_shortened(points), "or")
    return ", or ".join(map(_item_words, items))


def _item_words(item: _Item) -> str:
    match item:
        case _Item(None, _Point() as last):
            return f"before or {_preposition(last)} {_point_words(last)}"
        case _Item(_Point() as first, None):
            return f"{_preposition(first)} {_point_words(first)} or later"
        case _Item(_Point() as first, _Point() as last) if first == last:
            return _point_words(first)
        case _Item(_Point() as first, _Point() as last):
            return f"between {_listed(_shortened([first, last]), 'and')}"
        case _:  # [..], which the reader refuses
            return ""


def _shortened(points: Sequence[_Point]) -> list[str]:
    """Leave out of all but the last what all have in common: ``3``, ``4 September 2021``."""
    grains = {point.grain for point in points}
    if len({point.year for point in points}) > 1 or len(grains) > 1 or not grains <= {"day", "month"}:
        return [_point_words(point) for point in points]
    same_month = len({point.month for point in points}) == 1
    heads = [str(point.day) if same_month else _month_words(point) for point in points[:-1]]
    return [*heads, _point_words(points[-1])]


def _point_words(point: _Point) -> str:
    match point.grain:
        case "day" | "month":
            return f"{_month_words(point)} {point.year}"
        case "season":
            return f"{_SEASONS[point.month]} {point.year}" + (f"–{point.year + 1}" if point.month == 24 else "")
        case "decade":
            return f"the {point.year}s"
        case "century":
            return f"the years {point.year}–{point.year + 99}"
        case grain:
            start = f"{_MONTHS[point.month - 1]} {point.year}" if point.month else str(point.year)
            return start + "".join(grain.partition(",")[1:])


def _month_words(point: _Point) -> str:
    return f"{point.day} {_MONTHS[point.month - 1]}" if point.day else _MONTHS[point.month - 1]


def _preposition(point: _Point) -> str:
    return "on" if point.grain == "day" else "in"


def _listed(words: Sequence[str], conjunction: str) -> str:
    return f"{', '.join(words[:-1])} {conjunction} {words[-1]}" if len(words) > 1 else words[0]
