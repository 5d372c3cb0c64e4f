"""Reads through the asynchronous driver: values, time limits, and callers who are cancelled."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from graph_api.database.bolt.client import NativeBoltClient
from graph_api.database.driver import Database
from graph_api.database.driver_runner import DriverRunner
from graph_api.errors import DatabaseError, InvalidValue, QueryTimeout
from graph_api.statement import Statement
from tests.helpers import faults
from tests.helpers.graphs import LiveGraph

pytestmark = pytest.mark.live

ONE = Statement("RETURN 1 AS one", {}, "one")
LONG = Statement("UNWIND range(1, 1000000000) AS n WITH n WHERE n % 7 = 8 RETURN count(n) AS many", {}, "long")
several = pytest.mark.parametrize("statements", [(LONG,), (ONE, LONG)], ids=["one", "several"])


def run(database: Database, work: Callable[[DriverRunner], Awaitable[Any]]) -> None:
    async def whole() -> None:
        runner = DriverRunner(database)
        try:
            await work(runner)
        finally:
            await runner.close()

    asyncio.run(whole())


def test_one_and_several_statements_give_their_values(live: LiveGraph) -> None:
    async def work(runner: DriverRunner) -> None:
        two = Statement("RETURN $two AS two", {"two": [2, "ї", None]}, "two")
        assert list(await runner.read([ONE], seconds=10)) == [1]
        assert list(await runner.read([ONE, two], seconds=10)) == [1, [2, "ї", None]]

    run(live.store, work)


@several
def test_the_time_limit_ends_the_transaction(live: LiveGraph, statements: tuple[Statement, ...]) -> None:
    async def work(runner: DriverRunner) -> None:
        with pytest.raises(QueryTimeout):
            await runner.read(statements, seconds=0.5)

    run(live.store, work)
    assert faults.transactions_left(live.store, 5) == []


@several
def test_a_cancelled_caller_ends_the_transaction(live: LiveGraph, statements: tuple[Statement, ...]) -> None:
    async def work(runner: DriverRunner) -> None:
        await runner.read([ONE], seconds=10)
        for after in (0.0, 0.3):
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(runner.read(statements, seconds=60), after)
        assert await asyncio.to_thread(faults.transactions_left, live.store, 5) == []
        assert list(await runner.read([ONE], seconds=10)) == [1]

    run(live.store, work)


@pytest.mark.parametrize("value", ["\ud800", 2**63])
def test_values_that_bolt_cannot_transport_are_invalid(live: LiveGraph, value: Any) -> None:
    async def work(runner: DriverRunner) -> None:
        with pytest.raises(InvalidValue, match="texts in Unicode"):
            await runner.read([Statement("RETURN $value AS value", {"value": value}, "echo")], seconds=5)
        assert list(await runner.read([ONE], seconds=10)) == [1]

    run(live.store, work)


def test_it_cannot_write(live: LiveGraph) -> None:
    async def work(runner: DriverRunner) -> None:
        write = Statement("CREATE (n:Nope) RETURN 1 AS one", {}, "write")
        for statements in ([write], [ONE, write]):
            with pytest.raises(DatabaseError, match="rejected a statement"):
                await runner.read(statements, seconds=5)

    run(live.store, work)


def _slow_to_plan() -> Statement:
    hops = "".join(f", (n{i})-[:CITES|ABOUT|AT]-(n{i + 1}:Record {{id: $p{i}}})" for i in range(9))
    return Statement(
        f"RETURN COLLECT {{ MATCH (n0){hops} RETURN n9.id }} AS one_{uuid.uuid4().hex}",
        {f"p{i}": "" for i in range(9)},
        "heavy",
    )


def test_a_statement_is_planned_without_running_it(live: LiveGraph) -> None:
    """Planning one that runs for minutes takes no time; what takes long to plan is planned in the text that both runners send."""

    async def work(runner: DriverRunner) -> None:
        native = NativeBoltClient(live.store.address)
        for plan in (runner.plan, native.plan):
            heavy = _slow_to_plan()
            await plan([LONG, LONG], seconds=10)
            took = []
            for read in (plan, runner.read, native.read):
                start = time.perf_counter()
                await read([heavy], seconds=60)
                took.append(time.perf_counter() - start)
            assert max(took[1:]) < took[0] / 3, took
            with pytest.raises(DatabaseError):
                await plan([Statement("RETURN", {}, "wrong")], seconds=10)
            await plan([ONE], seconds=10)
        await native.close()

    run(live.store, work)
