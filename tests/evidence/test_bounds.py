"""The order of one subject's events is a linear extension of "surely before", whatever the bounds and the stated order are."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from graph_api.evidence.bounds import OwnEvent, is_strictly_before, linear_extension
from graph_api.evidence.order import closure, propagate_bounds

NAMES = tuple("abcdefg")


@st.composite
def lives(draw: st.DrawFn) -> tuple[list[OwnEvent], set[tuple[str, str]]]:
    """Return events of one subject with bounds that the stated order has narrowed, and that order, closed."""
    names = draw(st.permutations(NAMES[: draw(st.integers(1, 7))]))
    days = sorted(draw(st.lists(st.integers(0, 20), min_size=len(names), max_size=len(names))))
    pairs = [(later, earlier) for earlier, later in combinations(names, 2)]
    stated = closure(draw(st.lists(st.sampled_from(pairs), max_size=6)) if pairs else [])
    wide = {
        name: (day - draw(st.integers(0, 6)), day + draw(st.integers(0, 6)))
        for name, day in zip(names, days, strict=True)
    }
    narrowed = propagate_bounds(wide, stated)
    events = [
        OwnEvent(name, draw(st.integers(1, 13)), *narrowed[name], draw(st.booleans()), wide[name][1]) for name in names
    ]
    return draw(st.permutations(events)), stated


@settings(max_examples=500)
@given(lives())
def test_the_order_of_a_subjects_events_is_a_linear_extension_of_surely_before(
    life: tuple[list[OwnEvent], set[tuple[str, str]]],
) -> None:
    events, stated = life
    ordered, apart = linear_extension(events, stated)
    by_id = {one.id: one for one in events}
    assert sorted([*ordered, *apart]) == sorted(by_id)
    wrong = [
        (first, second)
        for first, second in combinations(ordered, 2)
        if is_strictly_before(by_id[second], by_id[first], stated)
    ]
    assert wrong == []
    assert all(
        not by_id[one].is_dated
        and not any(
            is_strictly_before(*pair, stated) for other in events for pair in ((by_id[one], other), (other, by_id[one]))
        )
        for one in apart
    )


@given(lives(), st.data())
def test_the_order_in_which_events_are_read_decides_nothing(
    life: tuple[list[OwnEvent], set[tuple[str, str]]], data: st.DataObject
) -> None:
    events, stated = life
    shuffled = data.draw(st.permutations(events))
    assert linear_extension(shuffled, stated) == linear_extension(events, stated)
