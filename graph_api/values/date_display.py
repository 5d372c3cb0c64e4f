"""Dates in words for people, in English."""

from __future__ import annotations

from collections.abc import Sequence

from graph_api.values.date_parser import MONTHS, SEASONS, DatePoint, Item


def display_items(items: Sequence[Item]) -> str:
    """Say in English which days a date allows, its mark left aside. Nothing in it reads like a length of time.

    >>> from graph_api.values.date_parser import parse_items
    >>> [display_items(parse_items(one)[0]) for one in ("[2022,2023-05]", "[2021-09-03..2021-09-04]", "[2021-09..2021-11]")]
    ['2022 or May 2023', '3 or 4 September 2021', 'some day between September and November 2021']
    """
    points = [item.first for item in items if item.first is not None and item.first is item.last]
    if len(points) == len(items):
        return _listed(_shortened(points), "or")
    return ", or ".join(map(_item_words, items))


def _item_words(item: Item) -> str:
    match item.as_said():
        case Item(None, DatePoint() as last):
            return f"before or {_preposition(last)} {_point_words(last)}"
        case Item(DatePoint() as first, None):
            return f"{_preposition(first)} {_point_words(first)} or later"
        case Item(DatePoint() as first, DatePoint() as last) if first == last:
            return _point_words(first)
        case Item(DatePoint() as first, DatePoint() as last) if first.is_followed_by(last):
            return _listed(_shortened([first, last]), "or")
        case Item(DatePoint() as first, DatePoint() as last):
            return f"some day between {_listed(_shortened([first, last]), 'and')}"
        case _:  # [..], which the reader refuses
            return ""


def _shortened(points: Sequence[DatePoint]) -> list[str]:
    """Leave out of all but the last what all have in common: ``3``, ``4 September 2021``."""
    grains = {point.grain for point in points}
    if len({point.year for point in points}) > 1 or len(grains) > 1 or not grains <= {"day", "month"}:
        return [_point_words(point) for point in points]
    same_month = len({point.month for point in points}) == 1
    heads = [str(point.day) if same_month else _month_words(point) for point in points[:-1]]
    return [*heads, _point_words(points[-1])]


def _point_words(point: DatePoint) -> str:
    match point.grain:
        case "day" | "month":
            return f"{_month_words(point)} {point.year}"
        case "season":
            return f"{SEASONS[point.month]} {point.year}" + (f"–{point.year + 1}" if point.month == 24 else "")
        case "decade":
            return f"the {point.year}s"
        case "century":
            return f"the years {point.year}–{point.year + 99}"
        case grain:
            start = f"{MONTHS[point.month - 1]} {point.year}" if point.month else str(point.year)
            return start + "".join(grain.partition(",")[1:])


def _month_words(point: DatePoint) -> str:
    return f"{point.day} {MONTHS[point.month - 1]}" if point.day else MONTHS[point.month - 1]


def _preposition(point: DatePoint) -> str:
    return "on" if point.grain == "day" else "in"


def _listed(texts: Sequence[str], conjunction: str) -> str:
    return f"{', '.join(texts[:-1])} {conjunction} {texts[-1]}" if len(texts) > 1 else texts[0]
