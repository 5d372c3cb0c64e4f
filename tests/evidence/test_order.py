"""The rules of time on examples that one can check by hand; tests/properties/test_time.py proves them."""

from __future__ import annotations

from itertools import pairwise

import pytest

from graph_api.errors import InvalidInput, InvalidValue
from graph_api.evidence.order import (
    EmptyBounds,
    OrderCycle,
    OrderedEvent,
    before_for_all,
    before_for_some,
    closure,
    in_order,
    overlap_for_all,
    overlap_for_some,
    propagate_bounds,
)
from graph_api.ontology.vocabulary import DateCertainty
from graph_api.values.dates import OPEN_HI, OPEN_LO, When
from graph_api.values.durations import Duration


def step(name: str, date: str, within: str | None = None) -> OrderedEvent:
    when = When.parse(date)
    return OrderedEvent(name, when.lo, when.hi, Duration.parse(within) if within else None)


@pytest.mark.parametrize(
    ("a", "b", "stated", "for_all", "for_some"),
    [
        ((1, 2), (3, 4), None, True, True),
        ((1, 3), (3, 4), None, False, True),
        ((3, 3), (3, 3), None, False, False),
        ((3, 3), (3, 3), "a first", True, True),
        ((1, 9), (1, 9), "a first", True, True),
        ((1, 9), (1, 9), "b first", False, False),
        ((5, 6), (1, 4), None, False, False),
        ((OPEN_LO, 4), (5, OPEN_HI), None, True, True),
        ((1, OPEN_HI), (2, 3), None, False, True),
        ((OPEN_LO, OPEN_HI), (OPEN_LO, OPEN_HI), None, False, True),
    ],
)
def test_one_point_is_before_another_for_all_or_some_days(
    a: tuple[int, int], b: tuple[int, int], stated: str | None, for_all: bool, for_some: bool
) -> None:
    follows, back = stated == "a first", stated == "b first"

    assert before_for_all(a, b, follows=follows, follows_back=back) is for_all
    assert before_for_some(a, b, follows=follows, follows_back=back) is for_some


def test_a_common_day_counts_with_same_day_but_never_against_the_stated_order() -> None:
    assert before_for_all((3, 3), (3, 3), same_day=True)
    assert before_for_some((3, 3), (1, 3), same_day=True)
    assert not before_for_all((3, 3), (3, 3), same_day=True, follows_back=True)
    assert not before_for_some((3, 3), (3, 3), same_day=True, follows_back=True)


@pytest.mark.parametrize(
    ("a", "b", "for_all", "for_some"),
    [
        (((1, 2), (5, 6)), ((3, 4), (8, 9)), True, True),
        (((1, 2), (5, 6)), ((6, 7), (8, 9)), False, True),
        (((1, 2), (5, 5)), ((5, 5), (8, 9)), True, True),
        (((1, 2), (3, 4)), ((5, 6), (8, 9)), False, False),
        (((1, 1), (1, OPEN_HI)), ((7, 7), (7, 7)), False, True),
    ],
)
def test_two_spans_overlap_for_all_or_some_days_whichever_comes_first(
    a: tuple[tuple[int, int], tuple[int, int]],
    b: tuple[tuple[int, int], tuple[int, int]],
    for_all: bool,
    for_some: bool,
) -> None:
    assert overlap_for_all(a, b) is overlap_for_all(b, a) is for_all
    assert overlap_for_some(a, b) is overlap_for_some(b, a) is for_some


def test_neighbours_alone_do_not_make_an_order_for_some_days() -> None:
    steps = step("a", "2022-05-05"), step("b", "2022-05"), step("c", "2022-05-05")

    assert not in_order(steps, DateCertainty.FOR_SOME_DATES)
    assert in_order(steps, DateCertainty.FOR_SOME_DATES, same_day=True)


def test_a_stated_order_takes_the_place_of_dates_that_nobody_gives() -> None:
    verdict, exchange = OrderedEvent("verdict", OPEN_LO, OPEN_HI), step("exchange", "2024-09-13")

    assert not in_order((verdict, exchange), DateCertainty.FOR_ALL_DATES)
    assert in_order((verdict, exchange), DateCertainty.FOR_ALL_DATES, follows={("exchange", "verdict")})


def test_an_order_against_the_stated_one_never_holds() -> None:
    steps = step("a", "2022-05-05"), step("b", "2022-05-05"), step("c", "2022-05-05")
    follows = closure([("a", "c")])

    for holds in DateCertainty:
        assert in_order(steps, holds, same_day=True)
        assert not in_order(steps, holds, same_day=True, follows=follows)


def test_one_event_is_not_two_steps() -> None:
    assert not in_order((step("a", "2022"), step("a", "2022")), DateCertainty.FOR_SOME_DATES)


@pytest.mark.parametrize("holds", DateCertainty)
def test_fewer_than_two_steps_are_in_order(holds: DateCertainty) -> None:
    assert in_order((), holds)
    assert in_order((step("a", "2022"),), holds)


@pytest.mark.parametrize(
    ("dates", "within", "for_all", "for_some"),
    [
        (("2022-05-13", "2024-05-13"), "P2Y", True, True),
        (("2022-05-13", "2024-05-14"), "P2Y", False, False),
        (("2022-05", "2024-05"), "P2Y", False, True),
        (("2022-05", "2024-05"), "P2Y1M", True, True),
        (("2024-01-31", "2024-02-29"), "P1M", True, True),
        (("2023-01-31", "2023-03-01"), "P1M", False, False),
        (("2022", "[2024..]"), "P2Y", False, True),
        (("[..2022]", "2024"), "P2Y", False, True),
    ],
)
def test_within_is_counted_by_the_calendar_from_the_step_before(
    dates: tuple[str, str], within: str, for_all: bool, for_some: bool
) -> None:
    steps = step("a", dates[0]), step("b", dates[1], within)

    assert in_order(steps, DateCertainty.FOR_ALL_DATES) is for_all
    assert in_order(steps, DateCertainty.FOR_SOME_DATES) is for_some


def test_two_durations_of_ten_days_do_not_span_thirty_even_if_each_could_hold() -> None:
    steps = step("a", "2022-05-01"), step("b", "2022-05", "P10D"), step("c", "2022-05-22", "P10D")

    assert in_order(steps[:2], DateCertainty.FOR_SOME_DATES)
    assert in_order(steps[1:], DateCertainty.FOR_SOME_DATES)
    assert not in_order(steps, DateCertainty.FOR_SOME_DATES)


def test_bounds_are_narrowed_along_a_path_and_ids_without_dates_are_open() -> None:
    tight = propagate_bounds({"a": (5, 20), "c": (1, 10)}, [("c", "b"), ("b", "a")])

    assert tight == {"a": (5, 10), "b": (5, 10), "c": (5, 10)}


def test_bounds_without_a_stated_order_stay_as_they_are() -> None:
    assert propagate_bounds({"a": (5, 20), "b": (1, 10)}, []) == {"a": (5, 20), "b": (1, 10)}


def test_an_order_in_a_circle_is_refused_with_its_events() -> None:
    with pytest.raises(OrderCycle) as error:
        closure([("b", "a"), ("c", "b"), ("a", "c"), ("d", "c")])

    ids = error.value.ids
    assert sorted(ids) == ["a", "b", "c"]
    assert {(ids[i], ids[(i + 1) % 3]) for i in range(3)} == {("b", "a"), ("c", "b"), ("a", "c")}
    assert " after " in str(error.value)
    assert isinstance(error.value, InvalidInput)


def test_an_event_after_itself_is_a_circle() -> None:
    with pytest.raises(OrderCycle) as error:
        propagate_bounds({"a": (1, 2)}, [("a", "a")])

    assert error.value.ids == ("a",)


def test_an_order_that_leaves_an_event_no_day_is_refused_with_its_id_and_days() -> None:
    trial, verdict = When.parse("2023-06"), When.parse("2023-05")

    with pytest.raises(EmptyBounds, match="not before 2023-06-01 and not after 2023-05-31") as error:
        propagate_bounds({"verdict": (verdict.lo, verdict.hi), "trial": (trial.lo, trial.hi)}, [("verdict", "trial")])

    assert error.value.id in {"verdict", "trial"}
    assert isinstance(error.value, InvalidValue)


def test_bounds_that_are_empty_from_the_start_are_refused() -> None:
    with pytest.raises(EmptyBounds):
        propagate_bounds({"a": (2, 1)}, [])


def test_ten_thousand_events_in_a_row_are_narrowed_without_a_stack_of_calls() -> None:
    names = [f"e{i}" for i in range(10_000)]

    tight = propagate_bounds({names[0]: (5, OPEN_HI)}, [(later, earlier) for earlier, later in pairwise(names)])

    assert tight[names[-1]] == (5, OPEN_HI)
