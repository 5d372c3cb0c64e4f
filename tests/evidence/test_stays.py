"""Stays and their overlap, held against every choice of days that the dates allow."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_api.evidence.stays import Stay, StayEvent, is_at_two_sites, overlap, stays
from graph_api.ontology.vocabulary import EventKind
from graph_api.values.dates import OPEN_HI, OPEN_LO
from graph_api.values.overlaps import Overlap

TAKEN, HELD, SEEN, MOVED = EventKind.DETENTION, EventKind.CONFINEMENT, EventKind.SIGHTING, EventKind.TRANSFER
GONE, DEAD = EventKind.EXCHANGE, EventKind.DEATH


def event(id_: str, kind: EventKind, lo: int = OPEN_LO, hi: int | None = None, **more: Any) -> StayEvent:
    return StayEvent(id_, kind, lo, (OPEN_HI if lo == OPEN_LO else lo) if hi is None else hi, **more)


CASES = {
    "a stated span": (
        [event("h", HELD, 1, 3, until=(8, 9), site="s")],
        [Stay("s", (1, 3), (8, 9), True, ("h",))],
    ),
    "a stated span that the death ends": (
        [event("h", HELD, 1, until=(8, 90), site="s"), event("d", DEAD, 5, 20)],
        [Stay("s", (1, 1), (8, 20), True, ("h",))],
    ),
    "a stated stay without an end": (
        [event("h", HELD, 1, site="s"), event("g", GONE, 50)],
        [Stay("s", (1, 1), (1, 50), True, ("h", "g"))],
    ),
    "taken to a site and nothing later": (
        [event("t", TAKEN, 1, site="s")],
        [Stay("s", (1, 1), (1, OPEN_HI), False, ("t",))],
    ),
    "taken to a site, then moved from nowhere": (
        [event("t", TAKEN, 1, site="s"), event("m", MOVED, 9)],
        [Stay("s", (1, 1), (1, 9), False, ("t", "m"))],
    ),
    "taken to a site, then moved from it": (
        [event("t", TAKEN, 1, site="s"), event("m", MOVED, 7, 9, from_site="s", site="u")],
        [Stay("s", (1, 1), (7, 9), False, ("t", "m")), Stay("u", (7, 9), (7, OPEN_HI), False, ("m",))],
    ),
    "seen there on the way": (
        [event("t", TAKEN, 1, site="s"), event("w", SEEN, 4, site="s"), event("g", GONE, 9)],
        [Stay("s", (1, 1), (4, 9), False, ("t", "w", "g"))],
    ),
    "seen there after a move that may have been before": (
        [event("t", TAKEN, 1, site="s"), event("w", SEEN, 4, site="s"), event("m", MOVED, 3, 8)],
        [Stay("s", (1, 1), (1, 8), False, ("t", "m")), Stay("s", (4, 4), (4, 4), False, ("w",))],
    ),
    "seen somewhere else": (
        [event("t", TAKEN, 1, site="s"), event("w", SEEN, 4, site="u")],
        [Stay("s", (1, 1), (1, 4), False, ("t", "w")), Stay("u", (4, 4), (4, 4), False, ("w",))],
    ),
    "an order that a source states and no date": (
        [event("t", TAKEN, site="s"), event("m", MOVED, 5, 6, follows=frozenset({"t"}))],
        [Stay("s", (OPEN_LO, OPEN_HI), (OPEN_LO, 6), False, ("t", "m"))],
    ),
    "a move of which nobody knows whether it was later": (
        [event("t", TAKEN, 1, 9, site="s"), event("m", MOVED, 5, 6)],
        [Stay("s", (1, 9), (1, OPEN_HI), False, ("t",))],
    ),
    "dead at the site to which they were moved": (
        [event("m", MOVED, 1, 3, site="s"), event("d", DEAD, 9, site="s")],
        [Stay("s", (1, 3), (9, 9), False, ("m", "d"))],
    ),
    "dead at a site, and nothing of how they came there": ([event("d", DEAD, 9, site="s")], []),
    "a death whose day may be that of the arrival": (
        [event("m", MOVED, 1, 9, site="s"), event("d", DEAD, 5, 9, site="s")],
        [Stay("s", (1, 9), (5, 9), False, ("m", "d"))],
    ),
    "not at a site": ([event("t", TAKEN, 1), event("m", MOVED, 5)], []),
}


@pytest.mark.parametrize(("events", "expected"), CASES.values(), ids=CASES)
def test_stays(events: list[StayEvent], expected: list[Stay]) -> None:
    assert stays(events) == expected
    assert stays(events[::-1]) == expected


def test_two_sites_on_one_day() -> None:
    a, b = Stay("s", (1, 2), (5, 6), True, ()), Stay("u", (3, 5), (9, 9), True, ())
    assert is_at_two_sites(a, b)
    assert not is_at_two_sites(a, Stay("u", (3, 6), (9, 9), True, ()))
    assert not is_at_two_sites(a, Stay("s", (3, 5), (9, 9), True, ()))


# ── every choice of days ─────────────────────────────────────────────────────────────────────────────────────────────

DAYS = range(4)
SPANS = [
    Stay("s", (a, b), (c, d), True, ())
    for a, b, c, d in product(DAYS, repeat=4)
    if a <= b and c <= d and a <= c and b <= d
]


def choices(stay: Stay) -> Iterator[tuple[int, int]]:
    for first, last in product(range(stay.start[0], stay.start[1] + 1), range(stay.end[0], stay.end[1] + 1)):
        if first <= last:
            yield first, last


def test_the_days_of_an_overlap_against_every_choice_of_days() -> None:
    cases = 0
    for a, b in product(SPANS, repeat=2):
        days = [max(0, min(x[1], y[1]) - max(x[0], y[0]) + 1) for x, y in product(choices(a), choices(b))]
        found = overlap(a, b)
        assert found.surely <= min(days), (a, b)
        assert found.at_most == max(days), (a, b)
        if all(one.start[1] <= one.end[0] for one in (a, b)):  # no choice of a start limits the choice of the end
            assert found.surely == min(days), (a, b)
        cases += len(days)
    assert cases > 10_000


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.sampled_from([TAKEN, HELD, SEEN, MOVED, GONE, DEAD]), *[st.integers(1, 4)] * 2), min_size=1, max_size=4),
       st.lists(st.sampled_from([None, "s", "u"]), min_size=8, max_size=8))  # fmt: skip
def test_a_stay_is_possible_and_certain_as_every_course_of_days_says(
    drawn: list[tuple[EventKind, int, int]], sites: list[str | None]
) -> None:
    """Every choice of a day for each event has the arrival within the start; what is left surely is left by the end."""
    events = [
        event(f"e{n}", kind, min(a, b), max(a, b), site=sites[n] if kind is not GONE else None,
              from_site=sites[4 + n] if kind is MOVED else None)
        for n, (kind, a, b) in enumerate(drawn)
    ]  # fmt: skip
    ids = {one.id: n for n, one in enumerate(events)}
    for stay in stays(events):
        arrival, *others = (ids[one] for one in stay.events)
        for days in product(*(range(one.lo, one.hi + 1) for one in events)):
            assert stay.start[0] <= days[arrival] <= stay.start[1]
            if any(days[n] < max(days) for n, one in enumerate(events) if one.kind is DEAD):
                continue  # nobody lives through anything after their death
            later = [
                days[n]
                for n, one in enumerate(events)
                if n != arrival
                and (one.kind in (MOVED, GONE, DEAD) or (one.site and one.site != stay.site))
                and one.lo > events[arrival].hi
            ]
            if later and events[arrival].kind is not SEEN:
                assert min(later) <= stay.end[1], (stay, days)
            assert all(days[n] > days[arrival] or events[n].kind is DEAD for n in others)
        assert stay.end[0] <= stay.end[1]


def test_nothing_bounds_an_open_stay() -> None:
    open_ = Stay("s", (1, 1), (1, OPEN_HI), False, ())
    assert overlap(open_, open_) == Overlap(1, None)
    assert overlap(open_, open_).is_possible
    assert not overlap(open_, Stay("s", (-5, -5), (0, 0), True, ())).is_possible
