"""Executing operations: when graphql-core takes over, how that is counted, and that the event loop stays free meanwhile."""

from __future__ import annotations

import asyncio
import gc
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import graphql
import orjson
import pytest

from graph_api.compiler.binder import RowLimits
from graph_api.errors import DatabaseUnavailable, QueryTimeout
from graph_api.execution.executor import ExecutionResult, Executor, FallbackReason, OperationRequest
from graph_api.execution.operation_planner import ExecutionLimits
from graph_api.schema.build import build_schema
from graph_api.statement import Statement

PEOPLE = 20_000


def executor() -> Executor:
    return Executor(build_schema(), ExecutionLimits(rows=RowLimits(page=PEOPLE)))


def returning(*values: Any) -> Callable[[Sequence[Statement]], Awaitable[Sequence[Any]]]:
    async def run(_statements: Sequence[Statement]) -> Sequence[Any]:
        return values

    return run


async def failing(_statements: Sequence[Statement]) -> Sequence[Any]:
    raise DatabaseUnavailable("Cannot connect to the database.")


def execute(executor: Executor, query: str, run: Any) -> ExecutionResult:
    return asyncio.run(executor.execute(OperationRequest(query, None, {}), run))


# ── graphql-core leaves the event loop free ─────────────────────────────────────────────────────────────────────


async def longest_step(work: Awaitable[Any]) -> float:
    """Return the longest time that the event loop could not run another task during some work, in seconds of its thread.

    Processor time of the thread of the event loop, so that the result does not depend on what else the machine does.
    """
    longest = 0.0

    async def watch() -> None:
        nonlocal longest
        while True:
            start = time.thread_time()
            await asyncio.sleep(0.001)
            longest = max(longest, time.thread_time() - start)

    watcher = asyncio.create_task(watch())
    await asyncio.sleep(0)
    await work
    await asyncio.sleep(0.002)
    watcher.cancel()
    return longest


@pytest.mark.parametrize("beside", ["__schema { types { name } }", ""], ids=["introspection", "invalid value"])
def test_the_event_loop_stays_free_while_graphql_core_executes(beside: str) -> None:
    query = f"{{ {beside} people(first: {PEOPLE}) {{ nodes {{ id name sex }} }} }}"
    rows: list[list[str | None]] = [
        [f"person-{n}", f"Synthetic Person {n} {'x' * 80}", "FEMALE"] for n in range(PEOPLE)
    ]
    if not beside:
        rows[-1] = ["person", None, "FEMALE"]  # null in a non-null field
    ours = executor()
    document = ours.planner.document(query)  # parsed and planned before, so that only the execution is measured
    ours.planner.plan(document, document.operation(None), {})
    results: list[ExecutionResult] = []

    async def work() -> None:
        results.append(await ours.execute(OperationRequest(query, None, {}), returning([rows])))

    gc.collect()
    gc.disable()  # a collection of all that a session of tests holds takes a second, wherever it happens to start
    try:
        start = time.process_time()
        step = asyncio.run(longest_step(work()))
        seconds = time.process_time() - start
    finally:
        gc.enable()
    assert len(orjson.dumps(results[0].data)) > 700_000 or results[0].errors
    assert seconds > 0.1, "too little work to measure"
    assert step < seconds / 3, "on the event loop it would be nearly all of the time"
    assert ours.fallbacks.total() == 1


# ── fallbacks are counted by reason ─────────────────────────────────────────────────────────────────────────────

PERSON = '{ person(id: "a") { name } }'


@pytest.mark.parametrize(
    ("query", "run", "reason"),
    [
        (PERSON, returning([["Synthetic Person"]]), None),
        ("{ __typename }", returning(), None),
        ("{ __schema { queryType { name } } }", returning(), FallbackReason.INTROSPECTION),
        (PERSON + "\n", failing, FallbackReason.DATABASE_ERROR),
        ('{ person(id: "a") { name } people(first: -1) { totalCount } }', returning([["x"]]), FallbackReason.INVALID_ARGUMENT),
        (PERSON, returning([[None]]), FallbackReason.INVALID_VALUE),
        ('{ person(id: "a") { sex } }', returning([["NO_SUCH_WORD"]]), FallbackReason.INVALID_VALUE),
        ('{ person(id: "a") { citations { locator } } }', returning([[[["x"]] * 1001]]), FallbackReason.LIST_LIMIT),
    ],
)  # fmt: skip
def test_fallbacks_to_graphql_core_are_counted_by_reason(query: str, run: Any, reason: FallbackReason | None) -> None:
    ours = executor()
    result = execute(ours, query, run)
    assert dict(ours.fallbacks) == ({} if reason is None else {reason: 1})
    assert bool(result.errors) == (reason not in {None, FallbackReason.INTROSPECTION})


def test_a_stored_value_that_does_not_fit_is_logged_without_the_value(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        execute(executor(), '{ person(id: "a") { sex } }', returning([["SYNTHETIC"]]))
    assert [record.getMessage() for record in caplog.records] == ["a stored value does not fit its field: KeyError"]


def test_an_error_of_another_kind_is_not_hidden_by_executing_again(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = executor()
    document = ours.planner.document(PERSON)
    plan, _ = ours.planner.plan(document, document.operation(None), {})

    def broken(_value: Any) -> Any:
        raise RecursionError

    object.__setattr__(plan.roots[0], "build", broken)
    monkeypatch.setattr(graphql, "execute", lambda *_args, **_kwargs: pytest.fail("executed again"))
    with pytest.raises(RecursionError):
        execute(ours, PERSON, returning([["x"]]))
    assert not ours.fallbacks


# ── statements that the database has not planned ────────────────────────────────────────────────────────────────


class Planning:
    """A database that plans every statement until it is told to answer; ``asked`` counts how often it was asked."""

    def __init__(self, error: Exception | None = None) -> None:
        self.asked, self.error = 0, error
        self.started, self.answer = asyncio.Event(), asyncio.Event()

    async def __call__(self, _statements: Sequence[Statement]) -> Sequence[Any]:
        self.asked += 1
        self.started.set()
        await self.answer.wait()
        if self.error is not None:
            raise self.error
        return [[["Synthetic Person"]]]


def test_a_statement_is_planned_for_one_request_while_the_others_with_it_wait() -> None:
    async def ask() -> tuple[int, int, set[str]]:
        ours, database = executor(), Planning()
        asking = [asyncio.create_task(ours.execute(OperationRequest(PERSON, None, {}), database)) for _ in range(5)]
        await database.started.wait()
        await asyncio.sleep(0.05)
        planning = database.asked
        database.answer.set()
        names = {one.data["person"]["name"] for one in await asyncio.gather(*asking) if one.data}
        return planning, database.asked, names

    assert asyncio.run(ask()) == (1, 5, {"Synthetic Person"})


def test_who_waits_for_a_statement_plans_it_when_the_first_request_is_cancelled() -> None:
    async def ask() -> tuple[int, bool]:
        ours, database = executor(), Planning()
        first, second = (asyncio.create_task(ours.execute(OperationRequest(PERSON, None, {}), database)) for _ in "ab")
        await database.started.wait()
        first.cancel()
        database.answer.set()
        return len(await asyncio.wait_for(asyncio.gather(second), 5)), first.cancelled() or first.cancelling() > 0

    assert asyncio.run(ask()) == (1, True)


def test_an_operation_of_the_application_is_sent_again_after_a_time_out() -> None:
    database = Planning(QueryTimeout("Synthetic time-out."))

    async def ask() -> list[str]:
        ours = executor()
        database.answer.set()
        request = OperationRequest(PERSON, None, {}, is_stored=True)
        return [str((await ours.execute(request, database)).errors[0]) for _ in range(2)]

    assert all(message.startswith("Synthetic time-out.") for message in asyncio.run(ask()))
    assert database.asked == 2
