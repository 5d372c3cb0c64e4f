"""Dates and lengths of time in words for people, in Ukrainian. No native-speaking lawyer has reviewed them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from graph_api.values.date_parser import DatePoint, Item

_MONTHS: Final = (
    ("січень", "січня"), ("лютий", "лютого"), ("березень", "березня"), ("квітень", "квітня"), ("травень", "травня"),
    ("червень", "червня"), ("липень", "липня"), ("серпень", "серпня"), ("вересень", "вересня"), ("жовтень", "жовтня"),
    ("листопад", "листопада"), ("грудень", "грудня"),
)  # fmt: skip
"""The months in the nominative and in the genitive, which a day takes."""
_SEASONS: Final = {21: "весна", 22: "літо", 23: "осінь", 24: "зима"}


def display_items_uk(items: Sequence[Item]) -> str:
    """Say in Ukrainian which days a date allows, its mark left aside.

    >>> from graph_api.values.date_parser import parse_items
    >>> display_items_uk(parse_items("2022-05-13")[0]), display_items_uk(parse_items("[2021-09-03..2021-09-04]")[0])
    ('13 травня 2022 року', '3 вересня 2021 року – 4 вересня 2021 року')
    """
    return " або ".join(map(_item, items))


def _item(item: Item) -> str:
    match item:
        case Item(None, DatePoint() as last):
            return f"{_point(last)} або раніше"
        case Item(DatePoint() as first, None):
            return f"{_point(first)} або пізніше"
        case Item(DatePoint() as first, DatePoint() as last) if first == last:
            return _point(first)
        case Item(DatePoint() as first, DatePoint() as last):
            return f"{_point(first)} – {_point(last)}"
        case _:  # [..], which the reader refuses
            return ""


def _point(point: DatePoint) -> str:
    match point.grain:
        case "day":
            return f"{point.day} {_MONTHS[point.month - 1][1]} {point.year} року"
        case "season" if point.month == 24:  # it runs into the year after
            return f"зима {point.year}–{point.year + 1} років"
        case "season":
            return f"{_SEASONS[point.month]} {point.year} року"
        case "decade":
            return f"{point.year}-ті роки"
        case "century":
            return f"{point.year}–{point.year + 99} роки"
        case _ if point.month:
            return f"{_MONTHS[point.month - 1][0]} {point.year} року"
        case _:
            return f"{point.year} рік"


def plural(count: int, one: str, few: str, many: str) -> str:
    """Return a number with the Ukrainian form that it takes.

    >>> [plural(n, "рік", "роки", "років") for n in (1, 2, 5, 11, 21)]
    ['1 рік', '2 роки', '5 років', '11 років', '21 рік']
    """
    if count % 10 == 1 and count % 100 != 11:
        return f"{count} {one}"
    return f"{count} {few if 2 <= count % 10 <= 4 and not 12 <= count % 100 <= 14 else many}"


def length_words(low: int | None, high: int | None) -> str:
    """Return a length between two numbers of months; an empty text where both are open.

    >>> length_words(126, 126), length_words(24, 132), length_words(None, 12)
    ('10 років 6 місяців', 'від 2 років до 11 років', 'до 1 року')
    """
    if low is not None and low == high:
        return _months(low, ("рік", "роки", "років"), ("місяць", "місяці", "місяців"))
    genitive = ("року", "років", "років"), ("місяця", "місяців", "місяців")
    bounds = [f"від {_months(low, *genitive)}" if low else "", f"до {_months(high, *genitive)}" if high else ""]
    return " ".join(filter(None, bounds))


def _months(count: int, of_years: tuple[str, str, str], of_months: tuple[str, str, str]) -> str:
    years, months = divmod(count, 12)
    parts = [(years, of_years), (months, of_months)]
    return " ".join(plural(number, *forms) for number, forms in parts if number)
