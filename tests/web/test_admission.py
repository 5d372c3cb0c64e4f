"""Who is answered when: at most so many at once, equal questions together, nobody with what was found before he asked."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_api.web.admission import Gate, Overloaded

TICK = 0.002
LONG = 200
"""Ticks, so many that a machine with much to do is not too late."""


@dataclass
class Work:
    """Work that takes some time and notes when it began; its results are numbered."""

    gate: Gate
    begun: list[tuple[str, float]] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    most: int = 0

    def ask(self, key: str, ticks: float = 5) -> asyncio.Task[tuple[str, int]]:
        async def work() -> tuple[str, int]:
            self.begun.append((key, asyncio.get_running_loop().time()))
            self.most = max(self.most, self.gate.running)
            number = len(self.begun)
            try:
                await asyncio.sleep(ticks * TICK)
                if key == "broken":
                    raise RuntimeError(f"broken {number}")
                return key, number
            finally:
                self.ended.append(key)

        return asyncio.ensure_future(self.gate.run(key, work))


def situation(
    told: Callable[[Work], Awaitable[None]],
    *,
    at_once: int = 2,
    waiting: int = 9,
    seconds: float = 5.0,
    share: bool = True,
) -> Work:
    async def whole() -> Work:
        work = Work(Gate(at_once=at_once, waiting=waiting, seconds=seconds, share=share))
        await told(work)
        await asyncio.sleep(TICK)
        assert (work.gate.running, work.gate.waiting) == (0, 0)
        return work

    return asyncio.run(whole())


async def soon() -> None:
    await asyncio.sleep(TICK)


async def results(tasks: Sequence[asyncio.Task[tuple[str, int]]]) -> list[object]:
    return list(await asyncio.gather(*tasks, return_exceptions=True))


def test_different_questions_run_side_by_side_as_many_as_may() -> None:
    async def told(work: Work) -> None:
        assert await results([work.ask(key) for key in "abcd"]) == [("a", 1), ("b", 2), ("c", 3), ("d", 4)]

    work = situation(told)
    assert work.most == 2
    assert work.gate.shared == 0


def test_equal_questions_are_asked_twice_however_many_ask() -> None:
    async def told(work: Work) -> None:
        first, *others = await results([work.ask("a") for _ in range(9)])
        assert first == ("a", 1)
        assert others == [("a", 2)] * 8

    assert situation(told).gate.shared == 7


def test_without_sharing_each_is_asked_by_itself() -> None:
    async def told(work: Work) -> None:
        assert await results([work.ask("a") for _ in range(5)]) == [("a", number) for number in range(1, 6)]

    assert situation(told, share=False).gate.shared == 0


def test_who_comes_when_the_equal_one_has_begun_is_asked_for_anew() -> None:
    async def told(work: Work) -> None:
        first = work.ask("a")
        await soon()
        late = work.ask("a")
        assert await results([first, late]) == [("a", 1), ("a", 2)]

    situation(told)


def test_nobody_is_held_up_by_an_equal_question_that_waits_in_front() -> None:
    async def told(work: Work) -> None:
        tasks = [work.ask("a", 9), work.ask("b", 3), work.ask("a"), work.ask("c")]
        await results(tasks)
        assert [key for key, _ in work.begun] == ["a", "b", "c", "a"]

    situation(told)


def test_more_than_may_wait_are_told_so_at_once() -> None:
    async def told(work: Work) -> None:
        found = await results([work.ask(key) for key in "abcdef"])
        assert [isinstance(one, Overloaded) for one in found] == [False] * 4 + [True] * 2
        assert len(work.begun) == 4

    situation(told, waiting=2)


def test_who_waits_in_vain_is_told_so_and_is_not_asked_for() -> None:
    async def told(work: Work) -> None:
        found = await results([work.ask("a", LONG), work.ask("b", LONG), work.ask("c"), work.ask("c")])
        assert [isinstance(one, Overloaded) for one in found] == [False, False, True, True]

    work = situation(told, seconds=5 * TICK)
    assert work.ended == ["a", "b"]


def test_an_equal_one_that_takes_long_is_not_waited_for_where_there_is_room() -> None:
    async def told(work: Work) -> None:
        found = await results([work.ask("a", LONG), work.ask("a", 1), work.ask("a", 1)])
        assert found == [("a", 1), ("a", 2), ("a", 2)]
        assert work.ended == ["a", "a"]

    situation(told, seconds=5 * TICK)


def test_an_error_is_told_to_everybody_who_asked() -> None:
    async def told(work: Work) -> None:
        found = await results([work.ask("broken") for _ in range(4)])
        assert [str(one) for one in found] == ["broken 1", "broken 2", "broken 2", "broken 2"]

    situation(told)


def test_who_leaves_takes_nothing_from_the_others() -> None:
    async def told(work: Work) -> None:
        tasks = [work.ask("a"), *(work.ask("a", LONG) for _ in range(3))]
        await soon()
        tasks[2].cancel()  # while it waits
        while len(work.begun) < 2:
            await soon()
        tasks[3].cancel()  # while it is asked
        first, second, third, fourth = await results(tasks)
        assert (first, second) == (("a", 1), ("a", 2))
        assert isinstance(third, asyncio.CancelledError)
        assert isinstance(fourth, asyncio.CancelledError)

    situation(told)


@pytest.mark.parametrize("begun", [1, 2])
def test_what_nobody_waits_for_any_more_ends(begun: int) -> None:
    async def told(work: Work) -> None:
        tasks = [work.ask("a"), work.ask("a", 10 * LONG), work.ask("a", 10 * LONG)]
        while len(work.begun) < begun:
            await soon()
        tasks[1].cancel()
        tasks[2].cancel()
        await results(tasks)

    work = situation(told)
    assert len(work.begun) == len(work.ended) == begun


async def _crowd(work: Work, askers: Sequence[tuple[str, int, int, int | None]]) -> None:
    loop = asyncio.get_running_loop()

    async def one(key: str, comes: int, takes: int, leaves: int | None) -> None:
        await asyncio.sleep(comes * TICK)
        asked = loop.time()
        task = work.ask(key, takes)
        if leaves is not None:
            loop.call_later(leaves * TICK, task.cancel)
        try:
            found, number = await task
        except (Overloaded, asyncio.CancelledError):
            return
        assert found == key
        began, at = work.begun[number - 1]
        assert began == key
        assert at >= asked

    await asyncio.gather(*(one(*each) for each in askers))
    await asyncio.sleep(2 * TICK)


@settings(max_examples=60, deadline=None)
@given(
    askers=st.lists(
        st.tuples(
            st.sampled_from("abc"), st.integers(0, 6), st.integers(0, 4), st.none() | st.none() | st.integers(0, 6)
        ),
        max_size=25,
    ),
    at_once=st.integers(1, 3),
    waiting=st.integers(0, 20),
    seconds=st.sampled_from([3 * TICK, 1.0]),
)
def test_whoever_asks_when_is_told_what_was_asked_after_he_came_and_nothing_is_left(
    askers: list[tuple[str, int, int, int | None]], at_once: int, waiting: int, seconds: float
) -> None:
    work = situation(lambda work: _crowd(work, askers), at_once=at_once, waiting=waiting, seconds=seconds)
    assert work.most <= at_once
    assert len(work.begun) == len(work.ended)
