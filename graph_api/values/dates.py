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
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from graph_api.errors import InvalidValue
from graph_api.values.date_display import display_items
from graph_api.values.date_parser import EPOCH, FORMS, parse_items
from graph_api.values.languages import Language
from graph_api.values.ukrainian import display_items_uk
from graph_api.values.value_type import Raw, ValueType, describe, shorten, text_of

OPEN_LO: Final = -1_000_000
OPEN_HI: Final = 10_000_000

PRECISION_BUCKETS: Final = (0, 30, 92, 366, 3660)
"""Widths in days up to which dates count as equally precise: a day, a month, a season, a year, ten years. August is not less
precise than September."""

_DAY: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


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
        """Read a text of the forms above; raise :class:`InvalidValue` for anything else, blanks around it included."""
        if not isinstance(text, str):
            raise InvalidValue(text, FORMS, "as text; in YAML, put it in quotes", thing="date")
        return _parsed(str(text))

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
        ('3 or 4 September 2021', '2024 (uncertain)')
        """
        items, _ = parse_items(self.edtf)
        shown = f"about {display_items(items)}" if self.approximate else display_items(items)
        return f"{shown} (uncertain)" if self.uncertain else shown

    def display_in(self, language: Language) -> str:
        """For people, in this language.

        >>> When.parse("2024-08~").display_in(Language.UK)
        'приблизно серпень 2024 року'
        """
        if language is Language.EN:
            return self.display
        words = display_items_uk(parse_items(self.edtf)[0])
        shown = f"приблизно {words}" if self.approximate else words
        return f"{shown}, непевно" if self.uncertain else shown


@lru_cache(maxsize=16_384)
def _parsed(text: str) -> When:
    """Read a text; a load asks for the same few thousand dates again and again."""
    items, mark = parse_items(text)
    lo = min(OPEN_LO if item.first is None else item.first.lo for item in items)
    hi = max(OPEN_HI if item.last is None else item.last.hi for item in items)
    return When(text, lo, hi, mark in ("~", "%"), mark in ("?", "%"))


def contains(a: When, b: When) -> bool:
    """Say whether ``b`` is nested in ``a``: every day that ``b`` allows, ``a`` allows as well."""
    return a.lo <= b.lo and b.hi <= a.hi


def day_number(day: date) -> int:
    """Count the days from 1970-01-01 to ``day``."""
    return day.toordinal() - EPOCH


def day_date(number: int) -> date | None:
    """Give the date of a day number; None for an open end and for days outside the years 1 to 9999."""
    ordinal = number + EPOCH
    return date.fromordinal(ordinal) if 1 <= ordinal <= date.max.toordinal() else None


def parse_day(text: object) -> date:
    """Read ``YYYY-MM-DD`` and nothing else, the contract's ``Date``; raise :class:`InvalidValue`.

    >>> parse_day("2024-09-01")
    datetime.date(2024, 9, 1)
    """
    match = _DAY.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise InvalidValue(text, "a day as YYYY-MM-DD", thing="day")
    year, month, day = map(int, match.groups())
    try:
        return date(year, month, day)
    except ValueError as error:
        raise InvalidValue(text, "a day of the calendar as YYYY-MM-DD", str(error), thing="day") from error


def date_hull(dates: Iterable[When]) -> tuple[int, int]:
    """Return the first and the last day that any of these dates allows; open on both sides without a date.

    >>> date_hull(map(When.parse, ("2024-08", "2024-09"))) == (When.parse("2024-08").lo, When.parse("2024-09").hi)
    True
    """
    known = list(dates)
    return min((one.lo for one in known), default=OPEN_LO), max((one.hi for one in known), default=OPEN_HI)


def edtf_of_days(lo: int, hi: int) -> str | None:
    """Return the date that allows just these days; None where both ends are open.

    >>> edtf_of_days(19113, 19113), edtf_of_days(19113, 19143), edtf_of_days(OPEN_LO, 19143)
    ('2022-05-01', '[2022-05-01..2022-05-31]', '[..2022-05-31]')
    """
    first, last = ("" if day is None else day.isoformat() for day in (day_date(lo), day_date(hi)))
    if first == last:
        return first or None
    return f"[{first}..{last}]"


def one_of(dates: Sequence[When]) -> When | None:
    """Return the one-of set of several dates; None where EDTF has none, since only its outer ends may be open. A set carries no marks.

    >>> one_of([When.parse("2025-06-24"), When.parse("2025-06-22"), When.parse("2025-06-23?")]).display
    '22, 23 or 24 June 2025'
    """
    items = {item for when in dates for item in when.edtf.strip("[]~?%").split(",")}
    ordered = sorted((When.parse(f"[{item}]") for item in items), key=lambda when: (when.lo, when.hi, when.edtf))
    text = ",".join(when.edtf.strip("[]") for when in ordered)
    try:
        return When.parse(f"[{text}]")
    except InvalidValue:
        return None


def parse(raw: Raw) -> str:
    """Return a date as written; raises InvalidValue."""
    expected = "an EDTF date such as 2024-05 or 2023-08~"
    if isinstance(raw, Sequence) and not isinstance(raw, str) and all(isinstance(one, str) for one in raw):
        hint = f'a set of dates is text, write it in quotes: "[{",".join(map(str, raw))}]"'
        raise InvalidValue(describe(raw), expected, shorten(hint, most=160), thing="date")
    return When.parse(text_of(raw, expected, thing="date", most=400)).edtf


def store(key: str, when: When) -> dict[str, Any]:
    """Return the date as written, and the day numbers of its first and last day."""
    return {key: when.edtf, f"{key}_lo": when.lo, f"{key}_hi": when.hi}


@lru_cache(maxsize=4096)
def decode(text: str | None) -> Mapping[str, Any] | None:
    """Return the fields of ``When`` of a date as written, and ``display`` in Ukrainian as ``display_uk``."""
    if text is None:
        return None
    when = When.parse(text)
    return {
        "edtf": text,
        "earliest": when.earliest.isoformat() if when.earliest else None,
        "latest": when.latest.isoformat() if when.latest else None,
        "approximate": when.approximate,
        "uncertain": when.uncertain,
        "display": when.display,
        "display_uk": when.display_in(Language.UK),
    }


DATE: Final = ValueType(
    "date",
    "a point in time, EDTF",
    "When",
    parse,
    load=When.from_json,
    compatible=lambda a, b: contains(a, b) or contains(b, a),
    imprecision=lambda when: when.precision,
    bucket=lambda days: sum(days > most for most in PRECISION_BUCKETS),
    store=store,
    decode=decode,
    one_of=one_of,
)
