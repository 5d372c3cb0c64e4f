"""Dates of tables as EDTF, by the stated order of their numbers and the language of the names of months."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from babel import Locale, UnknownLocaleError

_NUMBERS: Final = re.compile(r"(\d{1,4})(?:[./\- ](\d{1,4}))?(?:[./\- ](\d{1,4}))?")
_NAMED: Final = re.compile(r"(?:(\d{1,2})\.? )?([^\W\d_]+)\.? (\d{4})")
_YEAR_WORDS: Final = re.compile(r"\s*(?:г(?:ода?|\.)?|р(?:оку|\.)?|year)\.?$")


@dataclass(frozen=True, slots=True)
class DateRules:
    """How dates are written: the order of numbers, the language of the names of months, and which first days stand for less."""

    order: str = "ymd"
    language: str | None = None
    first_of_month: bool = False
    first_of_year: bool = False


def edtf_of(text: str, rules: DateRules) -> str:
    """Return a date of a table as EDTF; a text that is no date of that order is returned as it is, for the check of dates to refuse.

    >>> edtf_of("02.03.1936", DateRules("dmy")), edtf_of("2012-02-01", DateRules("ymd", first_of_month=True))
    ('1936-03-02', '2012-02')
    >>> edtf_of("13 декабря 1935 г.", DateRules("dmy", "ru")), edtf_of("March 2025", DateRules(language="en"))
    ('1935-12-13', '2025-03')
    """
    plain = _YEAR_WORDS.sub("", text.strip())
    found = _numbers(plain, rules.order) or _named(plain, rules.language)
    if found is None:
        return text
    year, month, day = found
    if not (1 <= (month or 1) <= 12 and 1 <= (day or 1) <= 31):
        return text
    if (month, day) == (1, 1) and rules.first_of_year:
        month = day = None
    elif day == 1 and rules.first_of_month:
        day = None
    return "-".join([f"{year:04}", *(f"{part:02}" for part in (month, day) if part is not None)])


Parts = tuple[int, int | None, int | None]


def _numbers(text: str, order: str) -> Parts | None:
    found = _NUMBERS.fullmatch(text)
    if found is None:
        return None
    parts = [one for one in found.groups() if one is not None]
    if len(parts[0]) == 4:  # ISO 8601, whatever the order: no other date begins with a year of four digits
        order = "ymd"
    elif order == "ymd":
        return None
    names = [one for one in order if len(parts) == 3 or one != "d"]
    names = names[: len(parts)] if order == "ymd" else names[-len(parts) :]
    values = dict(zip(names, parts, strict=True))
    if len(values["y"]) != 4:
        return None
    month, day = (int(values[one]) if one in values else None for one in "md")
    return int(values["y"]), month, day


def _named(text: str, language: str | None) -> Parts | None:
    found = _NAMED.fullmatch(text)
    if found is None or language is None:
        return None
    day, name, year = found.groups()
    month = _months(language).get(name.casefold())
    return None if month is None else (int(year), month, int(day) if day else None)


@cache
def _months(language: str) -> dict[str, int]:
    """Return the numbers of months by their names, as in a date, alone and shortened (CLDR)."""
    try:
        months = Locale.parse(language, sep="-").months
    except (UnknownLocaleError, ValueError):
        return {}
    return {
        name.rstrip(".").casefold(): number
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for number, name in months[context][width].items()
    }
