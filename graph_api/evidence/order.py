"""What "before", "overlaps" and "in this order" mean for inexact dates.

Pure rules on bounds, pairs ``(lo, hi)`` of day numbers: the first and last day on which something can have been. Each
exists twice: **for all** days that the bounds and the stated order allow, and **for some** choice of them. They are
exact for bounds that :func:`propagate_bounds` has been run on: ``tests/properties/test_time.py`` compares them with every choice
of days.

``follows`` is the order that sources state, as pairs ``(later, earlier)``. It means "not before": both may be on one
day. Two events of one day are in order where the source says which was first, and never against what it says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from itertools import combinations, pairwise
from typing import TypeAlias

from graph_api.errors import InvalidValue
from graph_api.ontology.vocabulary import DateCertainty
from graph_api.values.dates import OPEN_HI, OPEN_LO, day_date
from graph_api.values.durations import Duration, add

Bounds: TypeAlias = tuple[int, int]
"""First and last possible day."""
SpanBounds: TypeAlias = tuple[Bounds, Bounds]
"""The bounds of a span's start and of its end."""
Follows: TypeAlias = tuple[str, str]
"""The ids of two events, the later one first."""


@dataclass(frozen=True, slots=True)
class OrderedEvent:
    """One event of an order. ``within``: not later than this after the step before it; the first step has none."""

    id: str
    lo: int
    hi: int
    within: Duration | None = None


class OrderCycle(InvalidValue):
    """Sources state an order that goes in a circle. ``ids``: each event follows the next one, the last the first."""

    def __init__(self, ids: Sequence[str]) -> None:
        self.ids = tuple(ids)
        super().__init__(" after ".join([*ids, ids[0]]), "an order in which no event comes after itself", thing="order")


class EmptyBounds(InvalidValue):
    """Dates and stated order leave the event ``id`` no day on which it can have been."""

    def __init__(self, event: str, lo: int, hi: int) -> None:
        self.id = event
        super().__init__(
            event,
            "an event that its dates and the stated order leave at least one day",
            f"it is not before {day_date(lo)} and not after {day_date(hi)}",
            thing="event",
        )


# ── Two points, two spans ────────────────────────────────────────────────────────────────────────────────────────


def before_for_all(
    a: Bounds, b: Bounds, *, follows: bool = False, follows_back: bool = False, same_day: bool = False
) -> bool:
    """Say whether ``a`` is before ``b`` whatever the days are.

    ``follows``: sources state that b comes after a; ``follows_back``: that a comes after b. With ``same_day`` a common
    day counts as before.
    """
    return follows or (not follows_back and (a[1] <= b[0] if same_day else a[1] < b[0]))


def before_for_some(
    a: Bounds, b: Bounds, *, follows: bool = False, follows_back: bool = False, same_day: bool = False
) -> bool:
    """Say whether ``a`` is before ``b`` for some choice of days; parameters as in :func:`before_for_all`."""
    return not follows_back and (a[0] <= b[1] if same_day or follows else a[0] < b[1])


def overlap_for_all(a: SpanBounds, b: SpanBounds) -> bool:
    """Say whether two spans have a day in common whatever their days are. First and last day belong to a span."""
    (a_start, a_end), (b_start, b_end) = a, b
    return a_start[1] <= b_end[0] and b_start[1] <= a_end[0]


def overlap_for_some(a: SpanBounds, b: SpanBounds) -> bool:
    """Say whether two spans have a day in common for some choice of their days."""
    (a_start, a_end), (b_start, b_end) = a, b
    return a_start[0] <= b_end[1] and b_start[0] <= a_end[1]


# ── Many events in an order ──────────────────────────────────────────────────────────────────────────────────────


def in_order(
    steps: Sequence[OrderedEvent],
    holds: DateCertainty,
    *,
    same_day: bool = False,
    follows: AbstractSet[Follows] = frozenset(),
) -> bool:
    """Say whether different events come in this order, each within its duration after the one before.

    ``follows`` is transitively closed (see :func:`closure`). Events of one day are in order only with ``same_day`` or
    where the sources state it; they never are against the order that sources state.

    Neighbours alone do not decide it for some days: A on day 5, B on a day of 1 to 10, C on day 5.

    >>> steps = OrderedEvent("a", 5, 5), OrderedEvent("b", 1, 10), OrderedEvent("c", 5, 5)
    >>> in_order(steps, DateCertainty.FOR_SOME_DATES), in_order(steps, DateCertainty.FOR_SOME_DATES, same_day=True)
    (False, True)
    """
    if any(a.id == b.id or (a.id, b.id) in follows for a, b in combinations(steps, 2)):
        return False
    if holds is DateCertainty.FOR_ALL_DATES:
        return all(_surely_next(a, b, same_day=same_day, follows=follows) for a, b in pairwise(steps))
    return _possible(steps, same_day=same_day, follows=follows)


def _surely_next(a: OrderedEvent, b: OrderedEvent, *, same_day: bool, follows: AbstractSet[Follows]) -> bool:
    is_within = b.within is None or add(a.lo, b.within) >= b.hi
    return is_within and before_for_all((a.lo, a.hi), (b.lo, b.hi), follows=(b.id, a.id) in follows, same_day=same_day)


def _possible(steps: Sequence[OrderedEvent], *, same_day: bool, follows: AbstractSet[Follows]) -> bool:
    """Walk along the steps with the window of days on which each can have been, given those before it.

    The days reachable from a window are a window again, as ``add`` never decreases and a duration is a day at least.
    Without ``within`` it is the rule of pairs: for all i < j, ``lo_i`` plus the gaps between them is at most ``hi_j``.
    """
    lo, hi = OPEN_LO, OPEN_HI
    for place, step in enumerate(steps):
        if place > 0:
            stated = (step.id, steps[place - 1].id) in follows
            lo += 0 if same_day or stated else 1
            hi = OPEN_HI if step.within is None else add(hi, step.within)
        lo, hi = max(lo, step.lo), min(hi, step.hi)
        if lo > hi:
            return False
    return True


# ── The stated order ─────────────────────────────────────────────────────────────────────────────────────────────


def propagate_bounds(bounds: Mapping[str, Bounds], follows: Iterable[Follows]) -> dict[str, Bounds]:
    """Narrow bounds by the stated order: nothing ends after what follows it, nothing begins before what it follows.

    An event that only ``follows`` names has open bounds. Raises :class:`OrderCycle` and :class:`EmptyBounds`.

    >>> propagate_bounds({"trial": (10, 20), "verdict": (5, 15)}, [("verdict", "trial")])
    {'trial': (10, 15), 'verdict': (10, 15)}
    """
    earlier_of = _earlier_of(follows)
    order = _sorted(earlier_of)
    lows = {event: lo for event, (lo, _) in bounds.items()}
    highs = {event: hi for event, (_, hi) in bounds.items()}
    for later in order:
        lows[later] = max(lows.get(event, OPEN_LO) for event in (later, *earlier_of.get(later, ())))
    for later in reversed(order):
        highs.setdefault(later, OPEN_HI)
        for earlier in earlier_of.get(later, ()):
            highs[earlier] = min(highs.get(earlier, OPEN_HI), highs[later])
    for event in (*order, *bounds):
        if lows[event] > highs[event]:
            raise EmptyBounds(event, lows[event], highs[event])
    return {event: (lows[event], highs[event]) for event in lows}


def closure(follows: Iterable[Follows]) -> set[Follows]:
    """Give every pair ``(later, earlier)`` that a path of stated order connects; raises :class:`OrderCycle`.

    >>> sorted(closure([("c", "b"), ("b", "a")]))
    [('b', 'a'), ('c', 'a'), ('c', 'b')]
    """
    earlier_of = _earlier_of(follows)
    all_earlier: dict[str, set[str]] = {}
    for later in _sorted(earlier_of):
        direct = earlier_of.get(later, ())
        all_earlier[later] = {*direct, *(event for earlier in direct for event in all_earlier[earlier])}
    return {(later, earlier) for later, events in all_earlier.items() for earlier in events}


def depths(follows: Iterable[Follows]) -> dict[str, int]:
    """Return how many events stand before each in the longest path of the order; raises :class:`OrderCycle`.

    >>> sorted(depths([("c", "b"), ("b", "a"), ("c", "a")]).items())
    [('a', 0), ('b', 1), ('c', 2)]
    """
    earlier_of = _earlier_of(follows)
    found: dict[str, int] = {}
    for later in _sorted(earlier_of):
        found[later] = 1 + max((found[event] for event in earlier_of.get(later, ())), default=-1)
    return found


def _earlier_of(follows: Iterable[Follows]) -> dict[str, list[str]]:
    earlier_of: dict[str, list[str]] = {}
    for later, earlier in sorted(follows):
        earlier_of.setdefault(later, []).append(earlier)
    return earlier_of


def _sorted(earlier_of: Mapping[str, Sequence[str]]) -> list[str]:
    """Put events into an order in which each stands after those that it follows."""
    try:
        return list(TopologicalSorter(earlier_of).static_order())
    except CycleError as error:
        circle: list[str] = error.args[1]  # the first stands at the end again, and each before the one that follows it
        ids = circle[:0:-1]
        first = ids.index(min(ids))
        raise OrderCycle([*ids[first:], *ids[:first]]) from error
