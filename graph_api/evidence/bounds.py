"""Bounds of events, and the orders in which lists show them.

The bounds of an event are the first and last day on which it can have happened: the hull of its standing dates, narrowed by the order that
sources state (``after``, trial and decision, judgment and appeal), by the larger event that it is part of, by the first source that
reports it as past, and by what events mean (nobody lives through anything before their birth or after their death).

Two orders follow, and neither ever puts an event before one that was surely earlier:

- the **rank** of an event, for lists over many subjects: the last possible day, then its depth in the order, then the stage of its kind;
- the **positions** of the events of one subject: a linear extension of "surely before" over the subject's own events, which prefers the
  stage of the kind wherever the order leaves a choice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

from graph_api.evidence.order import Bounds, EmptyBounds, Follows, depths, propagate_bounds
from graph_api.ontology.event_types import KINDS_OF_EVENTS, LIVED_THROUGH, Stage
from graph_api.ontology.vocabulary import EventKind
from graph_api.values.dates import OPEN_HI, OPEN_LO

LAST_STAGES: Final = (Stage.DEATH, Stage.BODY, Stage.BURIAL)
"""Stages that come one after another, and after everything that somebody lives through."""

_OWN: Final = attrgetter("own")
_PUBLISHED: Final = attrgetter("published")

_DEPTHS, _STAGES = 1000, 100
"""Factors of the rank, above every depth and every stage."""


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """What decides the bounds of an event. Days are day numbers; ``end`` is None where no source states one.

    ``subjects`` are the people to whom it happened, ``part_of`` the larger event. ``own`` are the bounds from its own dates and sources,
    ``published`` those without days on which somebody read a source.
    """

    id: str
    kind: EventKind
    own: Bounds
    published: Bounds
    end: Bounds | None = None
    is_dated: bool = False
    is_announced: bool = False
    part_of: str | None = None
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventBounds:
    """First and last possible day of the beginning and of the end, and the rank; None for an event without date and order.

    ``shown`` are the first and last possible day as answers show them: a birth, or the day on which somebody read a source, is no reason
    for them.
    """

    lo: int
    hi: int
    until_lo: int
    until_hi: int
    rank: int | None
    shown: Bounds


@dataclass(frozen=True, slots=True)
class OwnEvent:
    """An event as the order of one subject's events needs it.

    ``shown_hi`` is the last possible day without days on which somebody read a source, which must not decide where the order leaves a choice.
    """

    id: str
    stage: int
    lo: int
    hi: int
    is_dated: bool
    shown_hi: int


def event_bounds(
    events: Mapping[str, DatedEvent], stated: AbstractSet[Follows], births: Mapping[str, int]
) -> dict[str, EventBounds]:
    """Return the bounds and rank of every event.

    ``stated`` is the stated order, transitively closed; ``births`` has the first possible day of a person's birth. Raises OrderCycle and
    EmptyBounds, each naming the events.
    """
    order = {*stated, *_by_meaning(events)}
    ordered = {one for pair in stated for one in pair} | {one.id for one in events.values() if one.part_of is not None}
    narrowed = propagate_bounds({one: _start(one, events, births, _OWN) for one in events}, order)
    shown = propagate_bounds({one: _start(one, events, {}, _PUBLISHED) for one in events}, order)
    depth = depths(order)
    found: dict[str, EventBounds] = {}
    for id_, one in events.items():
        lo, hi = narrowed[id_]
        rank = _rank(hi, depth.get(id_, 0), one.kind) if one.is_dated or id_ in ordered else None
        found[id_] = EventBounds(lo, hi, *_end(one, lo, hi), rank, shown[id_])
    return found


def _by_meaning(events: Mapping[str, DatedEvent]) -> Iterable[Follows]:
    """Return (later, earlier) for a subject's death, return of the body and burial, and what the subject lived through before."""
    own: dict[str, list[DatedEvent]] = {}
    for one in events.values():
        if not one.is_announced:
            for subject in one.subjects:
                own.setdefault(subject, []).append(one)
    for lived in own.values():
        before = [one for one in lived if _stage(one) in LIVED_THROUGH]
        for stage in LAST_STAGES:
            last = [one for one in lived if _stage(one) is stage]
            yield from ((later.id, earlier.id) for later in last for earlier in before)
            before = last or before


def _stage(one: DatedEvent) -> Stage:
    return KINDS_OF_EVENTS[one.kind].stage


def _start(
    id_: str, events: Mapping[str, DatedEvent], births: Mapping[str, int], bounds_of: Callable[[DatedEvent], Bounds]
) -> Bounds:
    """Return the bounds of an event before the order narrows them: its own, not before a subject's birth, within what contains it."""
    one = events[id_]
    lo, hi = bounds_of(one)
    lo = max(lo, *(births.get(subject, OPEN_LO) for subject in one.subjects)) if one.subjects else lo
    seen = {id_}
    above = one.part_of
    while above is not None and above in events and above not in seen:
        container = events[above]
        lo = max(lo, bounds_of(container)[0])
        hi = min(hi, _end(container, *bounds_of(container))[1])
        seen.add(above)
        above = container.part_of
    if lo > hi:
        raise EmptyBounds(id_, lo, hi)
    return lo, hi


def _end(one: DatedEvent, lo: int, hi: int) -> Bounds:
    if one.end is not None:
        return max(one.end[0], lo), one.end[1]
    return (lo, OPEN_HI) if KINDS_OF_EVENTS[one.kind].is_lasting else (lo, hi)


def _rank(hi: int, depth: int, kind: EventKind) -> int:
    return ((hi - OPEN_LO) * _DEPTHS + min(depth, _DEPTHS - 1)) * _STAGES + KINDS_OF_EVENTS[kind].stage


def is_strictly_before(a: OwnEvent, b: OwnEvent, stated: AbstractSet[Follows]) -> bool:
    """Whether ``a`` was before ``b`` whatever the days are: by the stated order, closed, or by their bounds."""
    return (b.id, a.id) in stated or (a.hi < b.lo and (a.id, b.id) not in stated)


def linear_extension(events: Sequence[OwnEvent], stated: AbstractSet[Follows]) -> tuple[list[str], list[str]]:
    """Return the ids of the events in order, then those without date and order, by id.

    Of the events that nothing left is surely before, the next is that of the earliest stage, then of the earliest last possible day as
    shown, then of the smallest id. ``stated`` is transitively closed.

    >>> events = [OwnEvent("seen", 3, 0, 9, True, 9), OwnEvent("taken", 2, 5, 7, True, 7), OwnEvent("tried", 6, 20, 30, False, 30)]
    >>> linear_extension(events, set())
    (['taken', 'seen', 'tried'], [])
    """
    apart = sorted(one.id for one in events if not one.is_dated and not _is_ordered(one, events, stated))
    left = sorted((one for one in events if one.id not in apart), key=lambda one: (one.stage, one.shown_hi, one.id))
    earlier = {one.id: {other.id for other in left if (one.id, other.id) in stated} for one in left}
    found: list[str] = []
    while left:
        first = min(one.hi for one in left)
        place = next(at for at, one in enumerate(left) if one.lo <= first and not earlier[one.id])
        chosen = left.pop(place).id
        found.append(chosen)
        for before in earlier.values():
            before.discard(chosen)
    return found, apart


def _is_ordered(one: OwnEvent, events: Iterable[OwnEvent], stated: AbstractSet[Follows]) -> bool:
    return any(is_strictly_before(one, other, stated) or is_strictly_before(other, one, stated) for other in events)
