"""The rules of time are compared with brute force: every choice of days that dates and stated order allow.

A *world* is a set of events with bounds, an order that sources state, and a question: a chain of events, ``same_day``
or not, each step with a duration or not. Brute force lists every choice of one day per event in which each is within
its bounds and none is before an event that it follows. FOR_SOME_DATES is "there is a choice in which the chain is in
order", FOR_ALL_DATES "it is in each". The rules see the bounds only after `propagate_bounds`, as the database does.
The rules of the oracle (`tests/helpers/oracle_order.py`) are compared with the same brute force.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations, pairwise, product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from graph_api.evidence.order import (
    Bounds,
    EmptyBounds,
    Follows,
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
from graph_api.values.dates import OPEN_HI, OPEN_LO, day_number
from graph_api.values.durations import Duration, add
from tests.helpers import oracle_order

Choice = dict[str, int]


@dataclass(frozen=True)
class World:
    bounds: Mapping[str, Bounds]
    stated: tuple[Follows, ...] = ()
    chain: tuple[str, ...] = ()
    withins: Mapping[str, Duration] = field(default_factory=dict)

    def choices(self) -> Iterator[Choice]:
        names = list(self.bounds)
        for days in product(*(range(lo, hi + 1) for lo, hi in self.bounds.values())):
            choice = dict(zip(names, days, strict=True))
            if all(choice[later] >= choice[earlier] for later, earlier in self.stated):
                yield choice

    def steps(self, tight: Mapping[str, Bounds]) -> list[OrderedEvent]:
        return [OrderedEvent(name, *tight[name], self.withins.get(name)) for name in self.chain]


def is_in_order(world: World, choice: Choice, paths: set[Follows], *, same_day: bool) -> bool:
    """Answer the question for days that are known: every pair in order, every step in time."""
    for a, b in combinations(world.chain, 2):
        stated, against = (b, a) in paths, (a, b) in paths
        if against or choice[a] > choice[b] or (choice[a] == choice[b] and not (same_day or stated)):
            return False
    return all(choice[b] <= add(choice[a], world.withins[b]) for a, b in pairwise(world.chain) if b in world.withins)


def compare(world: World) -> int:
    """Compare the rules with brute force; the number of comparisons, 0 for a world that cannot be."""
    choices = list(world.choices())
    try:
        paths, tight = closure(world.stated), propagate_bounds(world.bounds, world.stated)
    except OrderCycle:
        return 0
    except EmptyBounds:
        assert not choices, "bounds were called empty, but there is a choice of days"
        return 1
    assert choices, "no choice of days is left, but the bounds were not called empty"
    for name, bounds in tight.items():
        assert bounds == (min(choice[name] for choice in choices), max(choice[name] for choice in choices))
    for same_day in (False, True):
        holding = [is_in_order(world, choice, paths, same_day=same_day) for choice in choices]
        steps = world.steps(tight)
        expected = {DateCertainty.FOR_ALL_DATES: all(holding), DateCertainty.FOR_SOME_DATES: any(holding)}
        actual = {holds: in_order(steps, holds, same_day=same_day, follows=paths) for holds in DateCertainty}
        assert actual == expected, (world, tight, same_day)
        chain = [oracle_order.Step(one.id, one.lo, one.hi, _months_and_days(one.within)) for one in steps]
        assert oracle_order.must_be_in_order(chain, paths, same_day=same_day) is all(holding), (world, tight, same_day)
        assert oracle_order.can_be_in_order(chain, paths, same_day=same_day) is any(holding), (world, tight, same_day)
    return 4


def _months_and_days(within: Duration | None) -> tuple[int, int] | None:
    return None if within is None else (within.months, within.days)


def intervals(last: int) -> list[Bounds]:
    return [(lo, hi) for lo in range(1, last + 1) for hi in range(lo, last + 1)]


def orders(names: Sequence[str]) -> Iterator[tuple[Follows, ...]]:
    """Every way in which sources can state the order of pairs, those in a circle included."""
    pairs = list(combinations(names, 2))
    for ways in product((None, False, True), repeat=len(pairs)):
        yield tuple((a, b) if back else (b, a) for (a, b), back in zip(pairs, ways, strict=True) if back is not None)


def worlds(length: int, last: int) -> Iterator[World]:
    names = tuple("abcd"[:length])
    for stated in orders(names):
        for bounds in product(intervals(last), repeat=length):
            yield World(dict(zip(names, bounds, strict=True)), stated, names)


def some_quadruples(each: int) -> Iterator[World]:
    """Take, for every stated order of four events, ``each`` of the bounds within five days, and as many without one."""
    chance = random.Random(7)  # noqa: S311
    possible, names = intervals(5), ("a", "b", "c", "d")
    for stated in [*orders(names), *[()] * 500]:
        for _ in range(each):
            yield World({name: chance.choice(possible) for name in names}, stated, names)


def test_every_pair_triple_and_many_quadruples_of_small_dates_agree_with_brute_force(
    record_property: Callable[[str, object], None],
) -> None:
    pairs = sum(map(compare, worlds(2, 6)))
    triples = sum(map(compare, worlds(3, 3)))
    quadruples = sum(map(compare, some_quadruples(each=4)))

    record_property("comparisons", pairs + triples + quadruples)
    print(f"brute force: {pairs} comparisons of pairs, {triples} of triples, {quadruples} of quadruples")  # noqa: T201
    assert pairs + triples + quadruples >= 20_000


@pytest.mark.slow
def test_every_triple_and_more_quadruples_of_more_days_agree_with_brute_force(
    record_property: Callable[[str, object], None],
) -> None:
    triples = sum(map(compare, worlds(3, 5)))
    quadruples = sum(map(compare, some_quadruples(each=100)))

    record_property("comparisons", triples + quadruples)
    print(f"brute force: {triples} comparisons of triples, {quadruples} of quadruples")  # noqa: T201
    assert triples + quadruples >= 300_000


def test_every_triple_with_durations_agrees_with_brute_force(record_property: Callable[[str, object], None]) -> None:
    lengths = [None, Duration(0, 1), Duration(0, 2)]
    total = 0
    for stated in ((), (("b", "a"),), (("c", "b"),), (("c", "a"),), (("b", "a"), ("c", "b"))):
        for bounds in product(intervals(3), repeat=3):
            for second, third in product(lengths, lengths):
                withins = {name: within for name, within in (("b", second), ("c", third)) if within}
                total += compare(World(dict(zip("abc", bounds, strict=True)), stated, ("a", "b", "c"), withins))

    record_property("comparisons", total)
    print(f"brute force: {total} comparisons of triples with durations")  # noqa: T201
    assert total >= 25_000


def test_every_pair_of_small_dates_is_before_the_other_as_brute_force_says() -> None:
    for a, b in product(intervals(5), repeat=2):
        for stated in orders("ab"):
            world = World({"a": a, "b": b}, stated, ("a", "b"))
            choices, paths = list(world.choices()), closure(stated)
            if not choices:
                continue
            tight = propagate_bounds(world.bounds, stated)
            follows, back = ("b", "a") in paths, ("a", "b") in paths
            for same_day in (False, True):
                holding = [is_in_order(world, choice, paths, same_day=same_day) for choice in choices]
                for before, expected in ((before_for_all, all(holding)), (before_for_some, any(holding))):
                    actual = before(tight["a"], tight["b"], follows=follows, follows_back=back, same_day=same_day)
                    assert actual is expected


def test_all_small_spans_overlap_as_brute_force_says(record_property: Callable[[str, object], None]) -> None:
    total = 0
    spans = list(product(intervals(4), repeat=2))
    stated = (("a-end", "a"), ("b-end", "b"))
    for (a, a_end), (b, b_end) in product(spans[::2], spans[::3]):
        world = World({"a": a, "a-end": a_end, "b": b, "b-end": b_end}, stated)
        holding = [day["a"] <= day["b-end"] and day["b"] <= day["a-end"] for day in world.choices()]
        if holding:
            tight = propagate_bounds(world.bounds, stated)
            both = (tight["a"], tight["a-end"]), (tight["b"], tight["b-end"])
            assert overlap_for_all(*both) is all(holding)
            assert overlap_for_some(*both) is any(holding)
            total += 2

    record_property("comparisons", total)
    print(f"brute force: {total} comparisons of spans")  # noqa: T201
    assert total >= 1_000


@st.composite
def any_world(draw: st.DrawFn) -> World:
    """Draw a chain of two to four events, up to two more that sources put among them, durations of days."""
    names = [*"abcd"[: draw(st.integers(2, 4))], *"xy"[: draw(st.integers(0, 2))]]
    chain = tuple(name for name in names if name in "abcd")
    bounds = {name: draw(st.sampled_from(intervals(3))) for name in names}
    ranks = draw(st.permutations(names))
    stated = tuple((later, earlier) for earlier, later in combinations(ranks, 2) if draw(st.integers(0, 3)) == 0)
    days = st.sampled_from([None, None, Duration(0, 1), Duration(0, 2)])
    withins = {name: within for name in chain[1:] if (within := draw(days))}
    return World(bounds, stated, chain, withins)


@settings(max_examples=400, deadline=None)
@given(any_world())
def test_a_chain_among_other_events_with_durations_agrees_with_brute_force(world: World) -> None:
    compare(world)


JANUARY_28 = day_number(date(2024, 1, 28))


@st.composite
def month_end_world(draw: st.DrawFn) -> World:
    """Draw two or three events at the ends of January to April, each within months of the one before."""
    chain = ("a", "b", "c")[: draw(st.integers(2, 3))]
    year = draw(st.sampled_from([0, 366]))
    bounds = {}
    for place, name in enumerate(chain):
        month_end = day_number(date(2024, place + 2, 28)) - JANUARY_28 if place else 0
        lo = JANUARY_28 + year + month_end + draw(st.integers(-1, 4))
        bounds[name] = (lo, lo + draw(st.integers(0, 5)))
    months = st.sampled_from([None, Duration(1, 0), Duration(1, 1), Duration(0, 30), Duration(2, 0)])
    stated = (("b", "a"),) if draw(st.booleans()) else ()
    return World(bounds, stated, chain, {name: within for name in chain[1:] if (within := draw(months))})


@settings(max_examples=400, deadline=None)
@given(month_end_world())
def test_months_that_clamp_at_their_end_agree_with_brute_force(world: World) -> None:
    compare(world)


@settings(max_examples=200, deadline=None)
@given(any_world(), st.data())
def test_an_open_end_is_like_an_end_far_away(world: World, data: st.DataObject) -> None:
    far = 25  # further than the days and durations of the world can reach
    open_ends = {name: data.draw(st.tuples(st.booleans(), st.booleans())) for name in world.bounds}
    assume(any(low or high for low, high in open_ends.values()))

    def answers(least: int, most: int) -> list[bool] | None:
        bounds = {
            name: (least if low else world.bounds[name][0], most if high else world.bounds[name][1])
            for name, (low, high) in open_ends.items()
        }
        try:
            steps = world.steps(propagate_bounds(bounds, world.stated))
        except EmptyBounds:
            return None
        paths = closure(world.stated)
        return [
            in_order(steps, holds, same_day=same, follows=paths) for holds in DateCertainty for same in (False, True)
        ]

    assert answers(OPEN_LO, OPEN_HI) == answers(-far, far)


@settings(deadline=None)
@given(any_world())
def test_what_holds_for_all_days_holds_for_some(world: World) -> None:
    try:
        steps, paths = world.steps(propagate_bounds(world.bounds, world.stated)), closure(world.stated)
    except EmptyBounds:
        return
    for same_day in (False, True):
        if in_order(steps, DateCertainty.FOR_ALL_DATES, same_day=same_day, follows=paths):
            assert in_order(steps, DateCertainty.FOR_SOME_DATES, same_day=same_day, follows=paths)


def holds_for_all_pairs(steps: Sequence[OrderedEvent], paths: set[Follows], *, same_day: bool) -> bool:
    """Apply the rule of DESIGN section 3 for FOR_SOME_DATES word for word."""
    gaps = [0 if same_day or (b.id, a.id) in paths else 1 for a, b in pairwise(steps)]
    return all(
        steps[i].lo + sum(gaps[i:j]) <= steps[j].hi and (steps[i].id, steps[j].id) not in paths
        for i, j in combinations(range(len(steps)), 2)
    )


@settings(max_examples=400, deadline=None)
@given(any_world())
def test_without_durations_the_walk_of_windows_is_the_rule_of_all_pairs(world: World) -> None:
    try:
        tight, paths = propagate_bounds(world.bounds, world.stated), closure(world.stated)
    except EmptyBounds:
        return
    steps = [OrderedEvent(name, *tight[name]) for name in world.chain]
    for same_day in (False, True):
        walked = in_order(steps, DateCertainty.FOR_SOME_DATES, same_day=same_day, follows=paths)
        assert walked is holds_for_all_pairs(steps, paths, same_day=same_day)
