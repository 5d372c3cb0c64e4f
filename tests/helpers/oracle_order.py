"""Chains of events in an order, decided in another way than the product.

Whether some days are in order is decided by the least days that a chain can have, whether all are by its extreme days. Nothing here
comes from ``graph_api.evidence.order``. The days of a ``Step`` are narrowed by the stated order before.
"""

from __future__ import annotations

from bisect import bisect_left
from calendar import monthrange
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise, product
from math import inf

LAST = date.max
EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Step:
    """One event: its first and last possible day, and the months and days after the step before that it may take at most."""

    id: str
    first: int
    last: int
    within: tuple[int, int] | None = None


def can_be_in_order(steps: Sequence[Step], stated: AbstractSet[tuple[str, str]], *, same_day: bool) -> bool:
    """Say whether some days of the steps are in order.

    Every step begins at its first day and is moved to later days while a rule is broken. No days are earlier than these, so
    that the steps can be in order if none of them lies after the last day of its step.
    """
    if _is_against(steps, stated):
        return False
    days = [step.first for step in steps]
    is_moved = True
    while is_moved and all(day <= step.last for day, step in zip(days, steps, strict=True)):
        is_moved = False
        for place, (a, b) in enumerate(pairwise(steps)):
            earliest = days[place] + (0 if same_day or (b.id, a.id) in stated else 1)
            if days[place + 1] < earliest:
                days[place + 1], is_moved = earliest, True
            if b.within and _after(days[place], b.within) < days[place + 1]:
                days[place], is_moved = _first_day(days[place], days[place + 1], b.within), True
    return all(day <= step.last for day, step in zip(days, steps, strict=True))


def must_be_in_order(steps: Sequence[Step], stated: AbstractSet[tuple[str, str]], *, same_day: bool) -> bool:
    """Say whether all days of the steps are in order: those of two neighbours are if the first and last days of both are."""
    if _is_against(steps, stated):
        return False
    for a, b in pairwise(steps):
        is_stated = (b.id, a.id) in stated
        for day, next_day in product((a.first, a.last), (b.first, b.last)):
            if is_stated and next_day < day:
                continue
            if next_day < day or (next_day == day and not (is_stated or same_day)):
                return False
            if b.within and next_day > _after(day, b.within):
                return False
    return True


def _is_against(steps: Sequence[Step], stated: AbstractSet[tuple[str, str]]) -> bool:
    ids = [step.id for step in steps]
    before = {(a, b) for place, a in enumerate(ids) for b in ids[place + 1 :]}
    return len(set(ids)) < len(ids) or bool(before & stated)


def _after(day: int, within: tuple[int, int]) -> float:
    """Return the day that is months, and then days, after a day; a month that is too short ends with its last day."""
    try:
        start = EPOCH + timedelta(days=day)
    except OverflowError:
        return inf if day > 0 else -inf
    months, days = within
    year, month = start.year + (start.month - 1 + months) // 12, (start.month - 1 + months) % 12 + 1
    if year > LAST.year:
        return inf
    number = (date(year, month, min(start.day, monthrange(year, month)[1])) - EPOCH).days + days
    return number if number <= (LAST - EPOCH).days else inf


def _first_day(low: int, target: int, within: tuple[int, int]) -> int:
    """Return the first day from ``low`` on that has ``target`` within the months and days after it."""
    return low + bisect_left(range(low, target + 1), True, key=lambda day: _after(day, within) >= target)
