"""Dates and lengths of time in words for people, in Ukrainian. No native-speaking lawyer has reviewed them."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Final

from graph_api.values.date_parser import DatePoint, Item


class Case(IntEnum):
    """The grammatical cases in which dates stand."""

    NOMINATIVE = 0
    GENITIVE = 1
    ACCUSATIVE = 2


_MONTHS: Final = (
    ("січень", "січня"), ("лютий", "лютого"), ("березень", "березня"), ("квітень", "квітня"), ("травень", "травня"),
    ("червень", "червня"), ("липень", "липня"), ("серпень", "серпня"), ("вересень", "вересня"), ("жовтень", "жовтня"),
    ("листопад", "листопада"), ("грудень", "грудня"),
)  # fmt: skip
"""The months in the nominative, which is their accusative as well, and in the genitive, which a day takes."""
_SEASONS: Final = {
    21: ("весна", "весни", "весну"),
    22: ("літо", "літа", "літо"),
    23: ("осінь", "осені", "осінь"),
    24: ("зима", "зими", "зиму"),
}


def display_items_uk(items: Sequence[Item]) -> str:
    """Say in Ukrainian which days a date allows, its mark left aside. Nothing in it reads like a length of time.

    >>> from graph_api.values.date_parser import parse_items
    >>> [display_items_uk(parse_items(one)[0]) for one in ("2022-05-13", "[2021-09-03..2021-09-04]", "[2021-09..2021-11]")]
    ['13 травня 2022 року', '3 або 4 вересня 2021 року', 'один із днів з вересня по листопад 2021 року']
    """
    points = [item.first for item in items if item.first is not None and item.first is item.last]
    return _listed(points) if len(points) == len(items) else " або ".join(map(_item, items))


def _item(item: Item) -> str:
    match item.as_said():
        case Item(None, DatePoint() as last):
            return f"{point_words(last)} або раніше"
        case Item(DatePoint() as first, None):
            return f"{point_words(first)} або пізніше"
        case Item(DatePoint() as first, DatePoint() as last) if first == last:
            return point_words(first)
        case Item(DatePoint() as first, DatePoint() as last) if first.is_followed_by(last):
            return _listed([first, last])
        case Item(DatePoint() as first, DatePoint() as last):
            begin = _shortened(first, last, Case.GENITIVE)
            return f"один із днів {joined_from(begin)} по {point_words(last, Case.ACCUSATIVE)}"
        case _:  # [..], which the reader refuses
            return ""


def _listed(points: Sequence[DatePoint]) -> str:
    *heads, last = points
    shown = [_shortened(one, last, Case.NOMINATIVE, points) for one in heads]
    return " або ".join(filter(None, (", ".join(shown), point_words(last))))


def _shortened(point: DatePoint, last: DatePoint, case: Case, points: Sequence[DatePoint] = ()) -> str:
    """Leave out of a date what the last one behind it says for both: ``3`` або ``4 вересня 2021 року``."""
    every = points or (point, last)
    if len({one.grain for one in every}) > 1 or len({one.year for one in every}) > 1:
        return str(point.year) if {one.grain for one in every} == {"year"} else point_words(point, case)
    match point.grain:
        case "day" if len({one.month for one in every}) == 1:
            return str(point.day)
        case "day":
            return f"{point.day} {_MONTHS[point.month - 1][Case.GENITIVE]}"
        case "month":
            return _MONTHS[point.month - 1][case is Case.GENITIVE]
        case _:
            return point_words(point, case)


def joined_from(words: str) -> str:
    """Return a date in the genitive behind «з».

    >>> joined_from("травня 2022 року"), joined_from("серпня 2022 року")
    ('з травня 2022 року', 'із серпня 2022 року')
    """
    return f"{'із' if words.startswith(('с', 'з')) else 'з'} {words}"


def point_words(point: DatePoint, case: Case = Case.NOMINATIVE) -> str:
    """Return one date in a case; a day is in the genitive always."""
    is_genitive = case is Case.GENITIVE
    match point.grain:
        case "day":
            return f"{point.day} {_MONTHS[point.month - 1][1]} {point.year} року"
        case "season" if point.month == 24:  # it runs into the year after
            return f"{_SEASONS[24][case]} {point.year}–{point.year + 1} років"
        case "season":
            return f"{_SEASONS[point.month][case]} {point.year} року"
        case "decade":
            return f"{point.year}-х років" if is_genitive else f"{point.year}-ті роки"
        case "century":
            return f"{point.year}–{point.year + 99} {'років' if is_genitive else 'роки'}"
        case _ if point.month:
            return f"{_MONTHS[point.month - 1][is_genitive]} {point.year} року"
        case _:
            return f"{point.year} {'року' if is_genitive else 'рік'}"


def plural(count: int, one: str, few: str, many: str) -> str:
    """Return a number with the Ukrainian form that it takes.

    >>> [plural(n, "рік", "роки", "років") for n in (1, 2, 5, 11, 21)]
    ['1 рік', '2 роки', '5 років', '11 років', '21 рік']
    """
    if count % 10 == 1 and count % 100 != 11:
        return f"{count} {one}"
    return f"{count} {few if 2 <= count % 10 <= 4 and not 12 <= count % 100 <= 14 else many}"


def number_words(number: float) -> str:
    """Return a number in digits, as Ukrainian writes it: a blank that does not break for thousands, a decimal comma.

    >>> number_words(6235.0) == "6\u00a0235", number_words(0.5)
    (True, '0,5')
    """
    digits = f"{number:,.0f}" if number == int(number) else f"{number:,}"
    return digits.replace(",", "\u00a0").replace(".", ",")


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
