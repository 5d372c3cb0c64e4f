"""Executing operations: when graphql-core takes over, how that is counted, and that the event loop stays free meanwhile."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import graphql
import orjson
import pytest

from graph_api.compiler.binder import RowLimits
from graph_api.errors import DatabaseUnavailable
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

    start = time.process_time()
    step = asyncio.run(longest_step(work()))
    seconds = time.process_time() - start
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
