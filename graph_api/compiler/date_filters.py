"""Predicates of WhenFilter, with one rule for records without a date: that of DESIGN 3, in the words of the schema.

::

    events(where: {date: {until: "2022-05-31"}})   ──▶  date_lo <= 19143: for some of the days that the bounds of the event allow
    sources(where: {published: {until: …}})        ──▶  published_lo <= 19143, or no source of the date: it may have been any day
    … holds: FOR_ALL_DATES                         ──▶  date_hi <= 19143, and a date is stated
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from graph_api.compiler.ir import AllOf, AnyOf, Comparator, Compare, Not, Predicate
from graph_api.errors import InvalidQuery
from graph_api.ontology.vocabulary import DateCertainty
from graph_api.values.dates import day_number, parse_day

DateCondition = Callable[[Mapping[str, Any], object], Predicate]


@dataclass(frozen=True, slots=True)
class _Window:
    """The coerced value of a WhenFilter, with day numbers; ``known`` is None where it was not given."""

    start: int | None
    until: int | None
    for_all: bool
    known: bool | None


def date(key: str, *, latest: str = "") -> DateCondition:
    """Return the condition of a WhenFilter on a date. A record without one matches every window for some dates, and none for all.

    ``latest`` is a property with the last day on which the date can be where none is stated.
    """

    def condition(value: Mapping[str, Any], _filters: object) -> Predicate:
        window = _window(value)
        found = _between(window, key, key)
        if found and not window.for_all:
            undated: Predicate = Compare(key, Comparator.IS_NULL)
            if latest and window.start is not None:
                undated = AllOf((undated, Compare(latest, Comparator.AT_LEAST, window.start)))
            found = [AnyOf((AllOf(tuple(found)), undated))]
        return AllOf((*_known(window, key), *found))

    return condition


def bounded_date(key: str, end_key: str = "") -> DateCondition:
    """Return the condition of a WhenFilter on the date of an event, whose bounds are stored even where no date is stated.

    With ``end_key`` the time from one date to the other overlaps the window.
    """

    def condition(value: Mapping[str, Any], _filters: object) -> Predicate:
        window = _window(value)
        found = _between(window, key, end_key or key)
        if found and window.for_all and not window.known:
            found.append(Not(Compare(key, Comparator.IS_NULL)))
        return AllOf((*_known(window, key), *found))

    return condition


def known_from(key: str) -> DateCondition:
    """Return the condition of a WhenFilter on a day that every record has, such as that on which its first source was known."""

    def condition(value: Mapping[str, Any], _filters: object) -> Predicate:
        window = _window(value)
        found: list[Predicate] = _known(window, key)
        if window.start is not None:
            found.append(Compare(key, Comparator.AT_LEAST, window.start))
        if window.until is not None:
            found.append(Compare(key, Comparator.AT_MOST, window.until))
        return AllOf(tuple(found))

    return condition


def span_or_day(start_key: str, end_key: str, day_key: str) -> DateCondition:
    """Return the condition of a WhenFilter that a span overlaps the window, or that a day lies in it.

    A span that has a beginning only ends on the day, else it is open, as one without a beginning is: an open end matches for some dates. A
    record with neither span nor day matches every window for some dates, and none for all.
    """

    def condition(value: Mapping[str, Any], _filters: object) -> Predicate:
        window = _window(value)
        has_span = AnyOf((_stated(start_key), _stated(end_key)))
        dated = AnyOf((*has_span.of, _stated(day_key)))
        found: list[Predicate] = [] if window.known is None else [dated if window.known else Not(dated)]
        if window.start is not None or window.until is not None:
            overlaps: list[Predicate] = [has_span]
            if window.start is not None:
                overlaps.append(_ends_after(window, end_key, day_key))
            if window.until is not None:
                overlaps.append(_or_open(window, start_key, AllOf(tuple(_between(window, start_key, start_key)[-1:]))))
            options = (AllOf(tuple(overlaps)), AllOf(tuple(_between(window, day_key, day_key))))
            found.append(AnyOf(options if window.for_all else (*options, Not(dated))))
        return AllOf(tuple(found))

    return condition


def _ends_after(window: _Window, end_key: str, day_key: str) -> Predicate:
    """Return the condition that a span ends in the window or after it: on its end, on the day without one, or never if it is open."""
    ends, day_ends = (_between(window, key, key)[0] for key in (end_key, day_key))
    return AnyOf((ends, AllOf((Compare(end_key, Comparator.IS_NULL), _or_open(window, day_key, day_ends)))))


def _or_open(window: _Window, key: str, one: Predicate) -> Predicate:
    """Return the condition that one end of a span holds; for some dates also that it is open."""
    return one if window.for_all else AnyOf((one, Compare(key, Comparator.IS_NULL)))


def _stated(key: str) -> Predicate:
    return Not(Compare(key, Comparator.IS_NULL))


def overlapping(value: Mapping[str, Any], start_key: str, end_key: str) -> Predicate | None:
    """Return the predicate that a time overlaps the window of the arguments ``from``, ``until`` and ``holds``; None without a window.

    Raises InvalidQuery if the window ends before it starts.
    """
    found = _between(_window(value), start_key, end_key)
    return AllOf(tuple(found)) if found else None


def day(key: str) -> DateCondition:
    """Return the condition of a WhenFilter on a known day; a record that has none does not match a window."""

    def condition(value: Mapping[str, Any], _filters: object) -> Predicate:
        window = _window(value)
        return AllOf((*_known(window, key), *_between(window, key, key)))

    return condition


def _between(window: _Window, start_key: str, end_key: str) -> list[Predicate]:
    """Return the conditions that a time overlaps a window, for all or some of the days that its dates allow."""
    found: list[Predicate] = []
    if window.start is not None:
        found.append(Compare(f"{end_key}_{'lo' if window.for_all else 'hi'}", Comparator.AT_LEAST, window.start))
    if window.until is not None:
        found.append(Compare(f"{start_key}_{'hi' if window.for_all else 'lo'}", Comparator.AT_MOST, window.until))
    return found


def _known(window: _Window, key: str) -> list[Predicate]:
    if window.known is None:
        return []
    is_unknown = Compare(key, Comparator.IS_NULL)
    return [Not(is_unknown) if window.known else is_unknown]


def _window(value: Mapping[str, Any]) -> _Window:
    """Return the window of a WhenFilter. Raises InvalidQuery if it ends before it starts."""
    start, until = (_day(value.get(name)) for name in ("from", "until"))
    if start is not None and until is not None and start > until:
        raise InvalidQuery(
            f"Invalid range from {value['from']} until {value['until']}: expected `from` to be on or before `until`."
        )
    for_all = value.get("holds") == DateCertainty.FOR_ALL_DATES
    return _Window(start, until, for_all, value.get("known"))


def _day(value: Any) -> int | None:
    return None if value is None else day_number(parse_day(value) if isinstance(value, str) else value)
