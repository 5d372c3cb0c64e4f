"""Admission control: how many operations run at once, in which order those that wait begin, who is rejected, what cancellation frees."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_api.web.admission import ConcurrencyLimiter, Overloaded

TICK = 0.002
LONG = 200
"""Ticks: longer than any pause of a busy machine."""


@dataclass
class Operations:
    """Operations that take some time, and the order in which they started and ended."""

    limiter: ConcurrencyLimiter
    started: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    peak: int = 0

    def run(self, name: str, ticks: float = 5) -> asyncio.Task[str]:
        """Submit an operation; one named ``broken`` fails."""

        async def operation() -> str:
            self.started.append(name)
            self.peak = max(self.peak, self.limiter.running, len(self.started) - len(self.ended))
            try:
                await asyncio.sleep(ticks * TICK)
                if name == "broken":
                    raise RuntimeError(name)
                return name
            finally:
                self.ended.append(name)

        return asyncio.ensure_future(self.limiter.run(operation))


def situation(
    scenario: Callable[[Operations], Awaitable[None]],
    *,
    max_concurrent: int = 2,
    max_queued: int = 9,
    queue_timeout: float = 5.0,
) -> Operations:
    """Run a scenario; afterwards nothing may run or wait, and the limiter must still admit as many as before."""

    async def whole() -> Operations:
        operations = Operations(
            ConcurrencyLimiter(max_concurrent=max_concurrent, max_queued=max_queued, queue_timeout=queue_timeout)
        )
        await scenario(operations)
        await asyncio.sleep(TICK)
        assert (operations.limiter.running, operations.limiter.queued) == (0, 0)
        again = Operations(operations.limiter)
        await results([again.run("x", 1) for _ in range(max_concurrent)])
        assert again.peak == max_concurrent
        return operations

    return asyncio.run(whole())


async def results(tasks: Sequence[asyncio.Task[str]]) -> list[object]:
    return list(await asyncio.gather(*tasks, return_exceptions=True))


def test_operations_run_concurrently_up_to_the_limit_and_start_in_order() -> None:
    async def scenario(operations: Operations) -> None:
        assert await results([operations.run(name) for name in "abcde"]) == list("abcde")

    operations = situation(scenario)
    assert operations.peak == 2
    assert operations.started == list("abcde")


def test_equal_operations_each_run() -> None:
    async def scenario(operations: Operations) -> None:
        assert await results([operations.run("a") for _ in range(5)]) == ["a"] * 5

    assert situation(scenario).started == ["a"] * 5


def test_operations_beyond_the_queue_are_rejected_at_once() -> None:
    async def scenario(operations: Operations) -> None:
        outcomes = await results([operations.run(name) for name in "abcdef"])
        assert [isinstance(one, Overloaded) for one in outcomes] == [False] * 4 + [True] * 2

    assert situation(scenario, max_queued=2).started == list("abcd")


def test_an_operation_that_waits_too_long_is_rejected_and_never_starts() -> None:
    async def scenario(operations: Operations) -> None:
        outcomes = await results([operations.run("a", LONG), operations.run("b", LONG), operations.run("c")])
        assert [isinstance(one, Overloaded) for one in outcomes] == [False, False, True]

    assert situation(scenario, queue_timeout=5 * TICK).started == ["a", "b"]


def test_an_error_reaches_its_caller_only_and_frees_the_slot() -> None:
    async def scenario(operations: Operations) -> None:
        outcomes = await results([operations.run(name) for name in ("broken", "a", "broken", "b")])
        assert [str(one) for one in outcomes] == ["broken", "a", "broken", "b"]

    situation(scenario)


@pytest.mark.parametrize("cancelled", [0, 2], ids=["running", "queued"])
def test_cancelling_an_operation_ends_it_and_lets_the_next_one_start(cancelled: int) -> None:
    async def scenario(operations: Operations) -> None:
        tasks = [operations.run("a", LONG), operations.run("b", 5), operations.run("c"), operations.run("d")]
        await asyncio.sleep(TICK)
        tasks[cancelled].cancel()
        outcomes = await results(tasks)
        assert [isinstance(one, asyncio.CancelledError) for one in outcomes] == [n == cancelled for n in range(4)]

    operations = situation(scenario)
    assert sorted(operations.started) == sorted(operations.ended)
    assert ("c" in operations.started) == (cancelled == 0)


def test_a_slot_given_to_a_caller_who_is_cancelled_at_that_moment_is_not_lost() -> None:
    async def scenario(operations: Operations) -> None:
        first, second, third = (operations.run(name, 1) for name in "abc")
        await asyncio.sleep(0)
        first.add_done_callback(lambda _: second.cancel())  # the slot is handed over, and its new owner has not run yet
        outcomes = await results([first, second, third])
        assert outcomes[0] == "a"
        assert outcomes[2] == "c"

    situation(scenario, max_concurrent=1)


async def _crowd(operations: Operations, callers: Sequence[tuple[int, int, int | None]]) -> None:
    async def one(name: str, delay: int, ticks: int, cancel_after: int | None) -> None:
        await asyncio.sleep(delay * TICK)
        task = operations.run(name, ticks)
        if cancel_after is not None:
            asyncio.get_running_loop().call_later(cancel_after * TICK, task.cancel)
        try:
            assert await task == name
        except (Overloaded, asyncio.CancelledError):
            return

    await asyncio.gather(*(one(str(number), *caller) for number, caller in enumerate(callers)))
    await asyncio.sleep(2 * TICK)


@settings(max_examples=60, deadline=None)
@given(
    callers=st.lists(
        st.tuples(st.integers(0, 6), st.integers(0, 4), st.none() | st.none() | st.integers(0, 6)), max_size=25
    ),
    max_concurrent=st.integers(1, 3),
    max_queued=st.integers(0, 20),
    queue_timeout=st.sampled_from([3 * TICK, 1.0]),
)
def test_whatever_callers_do_the_limit_holds_and_every_slot_is_freed(
    callers: list[tuple[int, int, int | None]], max_concurrent: int, max_queued: int, queue_timeout: float
) -> None:
    operations = situation(
        lambda operations: _crowd(operations, callers),
        max_concurrent=max_concurrent,
        max_queued=max_queued,
        queue_timeout=queue_timeout,
    )
    assert operations.peak <= max_concurrent
    assert sorted(operations.started) == sorted(operations.ended)


# ── several callers ─────────────────────────────────────────────────────────────────────────────────────────────


def test_what_runs_when_nobody_asks_takes_no_place() -> None:
    async def answered() -> str:
        return "at once"

    async def run() -> str:
        limiter = ConcurrencyLimiter(max_concurrent=1, max_queued=0, queue_timeout=1)
        end = asyncio.Event()
        background = asyncio.create_task(limiter.run_when_idle(end.wait))
        await asyncio.sleep(0)
        answer = await limiter.run(answered)
        end.set()
        await background
        return answer

    assert asyncio.run(run()) == "at once"


def test_what_one_caller_holds_beyond_half_counts_as_idle_for_another() -> None:
    async def scenario() -> list[str]:
        limiter = ConcurrencyLimiter(max_concurrent=4, max_queued=9, queue_timeout=60)
        ended: list[str] = []

        async def work(name: str, ticks: int) -> None:
            await asyncio.sleep(ticks * TICK)
            ended.append(name)

        greedy = [asyncio.ensure_future(limiter.run(lambda: work("greedy", 50), "a")) for _ in range(8)]
        await asyncio.sleep(0)
        assert (limiter.running, limiter.queued) == (4, 4)
        await limiter.run(lambda: work("other", 1), "b")
        assert ended == ["other"]
        await asyncio.gather(*greedy)
        assert (limiter.running, limiter.queued) == (0, 0)
        return ended

    assert asyncio.run(scenario()) == ["other"] + ["greedy"] * 8


def test_a_caller_with_less_than_half_of_the_places_is_next() -> None:
    async def scenario() -> list[str]:
        limiter = ConcurrencyLimiter(max_concurrent=2, max_queued=9, queue_timeout=60)
        started: list[str] = []

        async def work(name: str) -> None:
            started.append(name)
            await asyncio.sleep(5 * TICK)

        callers = ["a", "b", "b", "b", "c"]
        await asyncio.gather(*(limiter.run(partial(work, name), name) for name in callers))
        return started

    assert asyncio.run(scenario()) == ["a", "b", "c", "b", "b"]


def test_a_full_queue_rejects_the_caller_who_fills_it() -> None:
    async def scenario() -> None:
        limiter = ConcurrencyLimiter(max_concurrent=1, max_queued=3, queue_timeout=60)

        async def work() -> None:
            await asyncio.sleep(3 * TICK)

        greedy = [asyncio.ensure_future(limiter.run(work, "a")) for _ in range(4)]
        await asyncio.sleep(0)
        other = asyncio.ensure_future(limiter.run(work, "b"))
        outcomes = await asyncio.gather(*greedy, other, return_exceptions=True)
        assert [isinstance(one, Overloaded) for one in outcomes] == [False, False, False, True, False]

    asyncio.run(scenario())
