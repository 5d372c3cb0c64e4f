"""The order of lines: nothing stands before what surely came earlier, and whatever is not settled is said by both lines."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given, reject
from hypothesis import strategies as st

from graph_api.casefile.facts import EventFacts
from graph_api.casefile.placement import Placement, placed, placement_words
from graph_api.evidence.order import EmptyBounds, closure, propagate_bounds
from graph_api.evidence.status_text import Language
from graph_api.ontology.vocabulary import EventKind, Role
from graph_api.values.dates import OPEN_HI, OPEN_LO

KINDS = [
    EventKind.DETENTION,
    EventKind.TRANSFER,
    EventKind.TRIAL,
    EventKind.CONVICTION,
    EventKind.EXCHANGE,
    EventKind.OTHER,
]


def event(
    number: int, kind: EventKind, days: tuple[int, int], follows: frozenset[str] = frozenset(), *, is_dated: bool = True
) -> EventFacts:
    (lo, hi), id_ = days, f"e{number}"
    date = "2024" if is_dated else None
    return EventFacts(id_, kind, f"{id_}/part", Role.SUBJECT, lo, hi, lo, hi, {}, date, follows=follows)


@st.composite
def events(draw: st.DrawFn) -> list[EventFacts]:
    """Draw events with days or without, and an order among them; their bounds are narrowed by that order, as a load narrows them."""
    count = draw(st.integers(1, 7))
    steps = {
        (f"e{later}", f"e{earlier}")
        for later in range(count)
        for earlier in range(later)
        if draw(st.integers(0, 3)) == 0
    }
    starts = [draw(st.none() | st.integers(0, 20)) for _ in range(count)]
    own = {
        f"e{number}": (OPEN_LO, OPEN_HI) if lo is None else (lo, lo + draw(st.integers(0, 9)))
        for number, lo in enumerate(starts)
    }
    follows = closure(steps)
    try:
        bounds = propagate_bounds(own, follows)
    except EmptyBounds:
        reject()
    return [
        event(
            number,
            draw(st.sampled_from(KINDS)),
            bounds[id_],
            frozenset(earlier for later, earlier in follows if later == id_),
            is_dated=starts[number] is not None,
        )
        for number, id_ in enumerate(own)
    ]


@given(events())
def test_nothing_stands_before_what_a_source_states_to_be_earlier(some: list[EventFacts]) -> None:
    lines = placed(some)
    numbers = {one.event.id: one.line for one in lines}
    assert sorted(numbers.values()) == list(range(1, len(some) + 1))
    assert [(one.event.id, before) for one in lines for before in one.event.follows if numbers[before] > one.line] == []


@given(events())
def test_lines_that_are_not_ordered_say_so_of_each_other(some: list[EventFacts]) -> None:
    lines = {one.line: one for one in placed(some)}
    assert all(line in lines[other].not_ordered_with for line, one in lines.items() for other in one.not_ordered_with)


@given(events())
def test_undated_lines_stand_at_the_end_and_only_they_have_neither_date_nor_stated_order(
    some: list[EventFacts],
) -> None:
    lines = placed(some)
    stated = {id_ for one in some for id_ in (one.id, *one.follows) if one.follows}
    for one in lines:
        assert (one.placement is Placement.UNDATED) == (one.event.date is None and one.event.id not in stated)
        assert (one.placement is Placement.DATED) == (one.event.date is not None)
    assert not any(
        a.placement is Placement.UNDATED and b.placement is not Placement.UNDATED for a, b in pairwise(lines)
    )


def test_a_line_between_two_others_names_the_nearest_of_them() -> None:
    some = [
        event(0, EventKind.DETENTION, (1, 1)),
        event(1, EventKind.TRIAL, (1, 9), frozenset({"e0"}), is_dated=False),
        event(2, EventKind.CONVICTION, (9, 9), frozenset({"e0", "e1"})),
    ]
    [_, trial, _] = placed(some)
    assert (trial.placement, trial.after, trial.before) == (Placement.BETWEEN, 1, 3)


def test_the_day_of_a_report_is_no_reason_for_an_order_that_it_does_not_settle() -> None:
    moved = replace(event(1, EventKind.TRANSFER, (OPEN_LO, 20), is_dated=False), reported=30)
    [_, after_death] = placed([event(0, EventKind.DEATH, (20, 20)), moved])
    assert placement_words(after_death, Language.EN) == "no date stated; before line 1; reported by 31 January 1970"
    [_, before_judgment] = placed([event(0, EventKind.CONVICTION, (31, 40)), replace(moved, hi=30)])
    assert (
        placement_words(before_judgment, Language.EN) == "no date stated; reported by 31 January 1970, so before line 1"
    )
