"""Spans of time in words for people, in English and Ukrainian: from one date to another, each as it is written, of which either may be open."""

from __future__ import annotations

from typing import Final

from graph_api.values.date_parser import DatePoint, parse_items
from graph_api.values.dates import When
from graph_api.values.languages import Language
from graph_api.values.ukrainian import Case, joined_from, point_words

_NO_DATES: Final = {Language.EN: "no dates stated", Language.UK: "дат не зазначено"}


def span_words(start: str | None, end: str | None, language: Language) -> str:
    """Return a span in words. One of which nothing but its first or its last possible day is known has no dates.

    >>> span_words("2022-05", "2024-08", Language.EN), span_words("[2024-09-09..2024-09-11]", None, Language.EN)
    ('from May 2022 to August 2024', 'from some day between 9 and 11 September 2024')
    >>> span_words("2022-05", "2024-08", Language.UK), span_words(None, "2024-08", Language.UK)
    ('з травня 2022 року по серпень 2024 року', 'по серпень 2024 року')
    >>> span_words("2022-05", "[2024-09-09..2024-09-11]", Language.UK)
    'початок – травень 2022 року; кінець – один із днів з 9 по 11 вересня 2024 року'
    >>> span_words("[..2024-10-18]", "[..2024-10-18]", Language.EN), span_words(None, None, Language.UK)
    ('no dates stated; before or on 18 October 2024', 'дат не зазначено')
    """
    if start is None and end is None:
        return _NO_DATES[language]
    if start is not None and start == end and (start.startswith("[..") or start.endswith("..]")):
        return f"{_NO_DATES[language]}; {When.parse(start).display_in(language)}"
    return _in_english(start, end) if language is Language.EN else _in_ukrainian(start, end)


def _in_english(start: str | None, end: str | None) -> str:
    last = ("to" if start else "until", end)
    return " ".join(f"{word} {_limit(one)}" for word, one in (("from", start), last) if one)


def _limit(edtf: str) -> str:
    """Return a date behind "from", "to" or "until"."""
    words = When.parse(edtf).display
    return f"some day {words}" if words.startswith("before or ") else words.removeprefix("in ").removeprefix("on ")


def _in_ukrainian(start: str | None, end: str | None) -> str:
    points = [_point(one) for one in (start, end) if one]
    if not all(points):
        ends = (("початок", start), ("кінець", end))
        return "; ".join(f"{word} – {When.parse(one).display_in(Language.UK)}" for word, one in ends if one)
    first, last = (_point(one) if one else None for one in (start, end))
    parts = (
        joined_from(point_words(first, Case.GENITIVE)) if first else "",
        f"по {point_words(last, Case.ACCUSATIVE)}" if last else "",
    )
    return " ".join(filter(None, parts))


def _point(edtf: str) -> DatePoint | None:
    """Return the one point of a date without a mark, whose words have cases; None for any other date."""
    items, mark = parse_items(edtf)
    return items[0].first if not mark and len(items) == 1 and items[0].first is items[0].last else None
