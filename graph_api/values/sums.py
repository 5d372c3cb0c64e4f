"""Sums of stated numbers: whether the parts of a total, or the events that it counts, add up to it.

Parts are added where a source says that they are all of the total, or where they divide it into all sexes or categories. Only parts that are
said to be all of it can contradict it. Numbers such as "about 300" and "hundreds" contradict nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any, Final

from graph_api.values.quantities import Operator

DIVISIONS: Final = (frozenset({"MALE", "FEMALE"}), frozenset({"CIVILIAN", "PRISONER_OF_WAR"}))
"""Words of one list that divide people into all there are."""
CONTINUOUS: Final = frozenset({"SHARE", "DAYS", "YEARS"})
"""Units of which there is a next number of no fixed distance."""

StatedNumber = Mapping[str, Any]
"""The JSON value of a quantity."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a total: its number, and the words for the sex and category of those whom it counts."""

    number: StatedNumber
    sex: str | None = None
    category: str | None = None


@dataclass(frozen=True, slots=True)
class EventCounts:
    """An event that a total counts, with the numbers that figures state of the same people in it; an event counts as one itself
    where ``numbers`` is None.
    """  # noqa: D205 - one sentence

    event: str
    numbers: tuple[StatedNumber, ...] | None


@dataclass(frozen=True, slots=True)
class SumCheck:
    """What a total is compared with. Each sum is None where nothing is to be added; ``agrees`` where nothing can be said of it."""

    sum_of_parts: float | None
    sum_of_events: float | None
    difference: float | None
    agrees: bool | None


def check_sum(
    stated: StatedNumber, parts: Sequence[Part], events: Sequence[EventCounts], *, are_complete: bool | None
) -> SumCheck:
    """Compare a total with its parts and events. ``are_complete``: whether the parts are said to be all of it; None where nobody says so."""
    of_parts = _sum_of_parts(stated, parts, are_complete=are_complete)
    of_events = _sum_of_events(events)
    found = of_parts if of_parts is not None else of_events
    exact = exact_number(stated)
    low, high = bounds_of_number(stated)
    agrees: bool | None = None
    if found is not None and (low, high) != (-inf, inf):
        if low <= found <= high:
            agrees = True
        elif of_parts is not None and are_complete:
            agrees = False
    return SumCheck(of_parts, of_events, None if exact is None or found is None else exact - found, agrees)


def divides(parts: Sequence[Part]) -> bool:
    """Whether parts divide their total into all sexes, or into all categories, once each."""
    words = ([part.sex for part in parts], [part.category for part in parts])
    return any(len(found) == len(division) and set(found) == division for found in words for division in DIVISIONS)


def exact_number(number: StatedNumber) -> float | None:
    """Return the number of a quantity that states exactly one; None for the others."""
    return number["low"] if number["operator"] == Operator.EXACTLY.value else None


def bounds_of_number(number: StatedNumber) -> tuple[float, float]:
    """Return the smallest and the largest number that the words of a quantity allow; "about" and "hundreds" allow every number.

    >>> bounds_of_number({"operator": "MORE_THAN", "unit": "PEOPLE", "low": 300, "text": "more than 300"})
    (301, inf)
    """
    operator = Operator(number["operator"])
    low, high = number.get("low"), number.get("high")
    if operator in (Operator.ABOUT, Operator.VAGUE):
        return -inf, inf
    if operator is Operator.MORE_THAN and low is not None and number["unit"] not in CONTINUOUS:
        low += 1
    return -inf if low is None else low, inf if high is None else high


def _sum_of_parts(stated: StatedNumber, parts: Sequence[Part], *, are_complete: bool | None) -> float | None:
    if not parts or are_complete is False or not (are_complete or divides(parts)):
        return None
    if any(part.number["unit"] != stated["unit"] for part in parts):
        return None
    return _added([exact_number(part.number) for part in parts])


def _sum_of_events(events: Sequence[EventCounts]) -> float | None:
    return _added([number_of_event(one) for one in events]) if events else None


def number_of_event(one: EventCounts) -> float | None:
    """Return the number of an event on which all figures agree; None where none states one, or they differ."""
    if one.numbers is None:
        return 1
    found = {exact_number(number) for number in one.numbers}
    return found.pop() if len(found) == 1 else None


def _added(numbers: Sequence[float | None]) -> float | None:
    return None if any(one is None for one in numbers) else sum(one for one in numbers if one is not None)
