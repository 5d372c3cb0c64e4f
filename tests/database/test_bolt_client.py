"""The native Bolt client against a real Neo4j: what it reads, and its state after server, network or caller fail."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import pytest

from graph_api.database.bolt import connection as bolt
from graph_api.database.bolt.client import NativeBoltClient
from graph_api.database.driver import Address
from graph_api.embedded.bolt_probe import free_port
from graph_api.errors import (
    AuthenticationFailed,
    DatabaseBusy,
    DatabaseError,
    DatabaseUnavailable,
    InvalidValue,
    QueryTimeout,
)
from graph_api.statement import Statement
from tests.helpers import faults
from tests.helpers.graphs import LiveGraph
from tests.helpers.tcp_proxy import TcpProxy, proxy_to

pytestmark = pytest.mark.live

ONE = Statement("RETURN 1 AS one", {}, "one")
FAILS = Statement("RETURN 1 / $n AS one", {"n": 0}, "fails")
LONG = Statement("UNWIND range(1, 1000000000) AS n WITH n WHERE n % 7 = 8 RETURN count(n)", {}, "long")


def echo(value: Any) -> Statement:
    return Statement("RETURN $value AS value", {"value": value}, "echo")


@asynccontextmanager
async def reader(address: Address, connections: int = 4) -> AsyncIterator[NativeBoltClient]:
    one = NativeBoltClient(address, connections=connections)
    try:
        yield one
    finally:
        await one.close()


@asynccontextmanager
async def wired(live: LiveGraph, piece: int = 65536) -> AsyncIterator[tuple[TcpProxy, NativeBoltClient]]:
    parts = urlsplit(live.store.address.uri)
    async with (
        proxy_to(parts.hostname or "", parts.port or 7687, piece=piece) as wire,
        reader(replace(live.store.address, uri=f"bolt://127.0.0.1:{wire.port}")) as one,
    ):
        yield wire, one


def run(live: LiveGraph, work: Callable[[NativeBoltClient], Awaitable[None]], connections: int = 4) -> None:
    async def whole() -> None:
        async with reader(live.store.address, connections) as one:
            await work(one)

    asyncio.run(whole())


async def read(one: NativeBoltClient, *statements: Statement, seconds: float = 10.0) -> Any:
    return list(await one.read(statements or (ONE,), seconds=seconds))


async def settled(one: NativeBoltClient, seconds: float = 5.0) -> tuple[int, int]:
    """Wait until nothing is lent, and return how many connections are lent and there."""
    deadline = time.monotonic() + seconds
    while one.connections[0] and time.monotonic() < deadline:  # noqa: ASYNC110 - nothing tells
        await asyncio.sleep(0.02)
    return one.connections


# ── what it reads ───────────────────────────────────────────────────────────────────────────────────────────────


def test_it_reads_what_the_driver_reads(live: LiveGraph) -> None:
    values = [
        1,
        -1,
        2**62,
        1.5,
        "Їжак 漢字 🙂 \x00",
        "",
        True,
        None,
        [],
        [[1, ["x"], None]],
        {"a": [1]},
        ["é"] * 70_000,
    ]

    async def work(one: NativeBoltClient) -> None:
        statements = [echo(value) for value in values]
        assert await read(one, *statements) == values == live.store.read_all(statements)
        assert [await read(one, statement) for statement in statements] == [[value] for value in values]
        assert one.connections == (0, 1)

    run(live, work)


def test_a_record_of_30_mb_and_a_text_of_1_mb_arrive_whole(live: LiveGraph) -> None:
    async def work(one: NativeBoltClient) -> None:
        big = Statement("RETURN [n IN range(1, 30000) | $text] AS big", {"text": "x" * 1000}, "big")
        [found] = await read(one, big, seconds=60)
        assert (len(found), {len(text) for text in found}) == (30_000, {1000})
        text = "ї" * 500_000
        assert await read(one, echo(text), seconds=60) == [text]
        assert await settled(one) == (0, 1)

    run(live, work)


def test_bytes_that_come_one_by_one_are_read_like_any_other(live: LiveGraph) -> None:
    async def whole() -> None:
        async with wired(live, piece=1) as (_, one):
            assert await read(one, ONE, echo(["a" * 300])) == [1, ["a" * 300]]

    asyncio.run(whole())


@pytest.mark.parametrize("value", ["\ud800", 2**63, ["a", "\udfff"]])
def test_what_bolt_cannot_hold_is_refused_before_anything_is_sent(live: LiveGraph, value: Any) -> None:
    async def work(one: NativeBoltClient) -> None:
        with pytest.raises(InvalidValue, match="expected texts in Unicode"):
            await read(one, echo(value))
        assert one.connections == (0, 0)

    run(live, work)


def test_it_cannot_write(live: LiveGraph) -> None:
    async def work(one: NativeBoltClient) -> None:
        write = Statement("CREATE (n:Nope) RETURN 1", {}, "write")
        for statements in ((write,), (ONE, write)):
            with pytest.raises(DatabaseError):
                await read(one, *statements)
            assert await settled(one) == (0, 1)
        assert await read(one) == [1]

    run(live, work)


# ── failures ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_after_a_statement_that_fails_the_connection_is_as_new(live: LiveGraph) -> None:
    async def work(one: NativeBoltClient) -> None:
        for statements in ((FAILS,), (ONE, FAILS, ONE), (Statement("RETURN nope", {}, "no-such"),)):
            with pytest.raises(DatabaseError) as caught:
                await read(one, *statements)
            assert "nope" not in str(caught.value)
            assert await settled(one) == (0, 1)
            assert await read(one) == [1]

    run(live, work)


def test_the_time_limit_ends_a_statement_in_the_database(live: LiveGraph) -> None:
    async def work(one: NativeBoltClient) -> None:
        with pytest.raises(QueryTimeout):
            await read(one, LONG, seconds=0.5)
        assert await settled(one) == (0, 1)

    run(live, work)
    assert faults.transactions_left(live.store, 5) == []


def test_a_caller_who_leaves_takes_the_transaction_along(live: LiveGraph) -> None:
    async def work(one: NativeBoltClient) -> None:
        for statements in ((LONG,), (ONE, LONG)):
            for after in (0.0, 0.001, 0.3):
                with pytest.raises(TimeoutError):
                    await asyncio.wait_for(read(one, *statements, seconds=60), after)
        lent, there = await settled(one)
        assert lent == 0
        assert there >= 1
        assert await read(one) == [1]

    run(live, work)
    assert faults.transactions_left(live.store, 5) == []


def test_a_caller_who_leaves_just_when_the_answer_comes_leaves_nothing_lent(
    live: LiveGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    complete = bolt.BoltConnection._complete
    leaving: list[asyncio.Task[Any]] = []

    def complete_and_cancel(self: bolt.BoltConnection, exchange: bolt.BoltExchange) -> None:
        complete(self, exchange)
        while leaving:
            leaving.pop().cancel()

    async def work(one: NativeBoltClient) -> None:
        await read(one)
        monkeypatch.setattr(bolt.BoltConnection, "_complete", complete_and_cancel)
        for statement in (ONE, FAILS):
            task = asyncio.create_task(read(one, statement))
            leaving.append(task)
            with pytest.raises(asyncio.CancelledError):
                await task
            assert await settled(one) == (0, 1)
            assert await read(one) == [1]

    run(live, work)


def test_many_callers_who_leave_at_any_moment_leave_nothing_behind(live: LiveGraph) -> None:
    async def work(one: NativeBoltClient) -> None:
        async def leaving(n: int) -> None:
            with suppress(TimeoutError, DatabaseBusy):
                await asyncio.wait_for(read(one, ONE, LONG if n % 3 else ONE, seconds=60), n % 40 / 500)

        for _ in range(5):
            await asyncio.gather(*(leaving(n) for n in range(60)))
        assert (await settled(one))[0] == 0
        assert await read(one) == [1]

    run(live, work)
    assert faults.transactions_left(live.store, 5) == []


def test_more_readers_than_connections_are_told_that_it_is_busy(live: LiveGraph) -> None:
    async def work(one: NativeBoltClient) -> None:
        found = await asyncio.gather(*(read(one) for _ in range(10)), return_exceptions=True)
        assert [1] in found
        assert {type(each) for each in found} == {list, DatabaseBusy}
        assert await settled(one) == (0, 2)
        assert await read(one) == [1]

    run(live, work, connections=2)


# ── servers that are not there ──────────────────────────────────────────────────────────────────────────────────


def test_a_wrong_password_is_said_and_not_shown(live: LiveGraph) -> None:
    async def whole() -> None:
        async with reader(replace(live.store.address, password="wrong-horse")) as one:  # noqa: S106 - it is a wrong one
            with pytest.raises(AuthenticationFailed) as caught:
                await read(one)
            assert "horse" not in str(caught.value)
            assert one.connections == (0, 0)

    asyncio.run(whole())


def test_nobody_at_the_address_is_said_at_once() -> None:
    async def whole() -> None:
        async with reader(Address(f"bolt://127.0.0.1:{free_port()}", "neo4j", "x")) as one:
            with pytest.raises(DatabaseUnavailable, match="Cannot connect to the database: connection refused"):
                await read(one)
            assert one.connections == (0, 0)

    asyncio.run(whole())


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", DatabaseError),
        (b"\x00\x00\x00\x00", DatabaseError),
        (b"\x00", DatabaseUnavailable),
        (b"", DatabaseUnavailable),
        (b"\x00\x00\x05\x05" + b"\x00\x03\xb1\x70\xff\x00\x00", DatabaseUnavailable),
    ],
)
def test_somebody_else_at_the_address_is_no_database(said: bytes, error: type[DatabaseError]) -> None:
    async def stranger(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(said)
        await writer.drain()
        writer.close()

    async def whole() -> None:
        server = await asyncio.start_server(stranger, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        async with server, reader(Address(f"bolt://127.0.0.1:{port}", "neo4j", "x")) as one:
            with pytest.raises(error):
                await read(one)
            assert one.connections == (0, 0)

    asyncio.run(whole())


def test_connections_that_died_while_nobody_used_them_are_replaced(live: LiveGraph) -> None:
    async def whole() -> None:
        async with wired(live) as (wire, one):
            await asyncio.gather(*(read(one, Statement("RETURN 2", {}, "two")) for _ in range(4)))
            assert one.connections == (0, 4)
            wire.cut()
            assert await read(one) == [1]  # the read notices before the loop does
            await asyncio.sleep(0.1)
            assert one.connections == (0, 1)

    asyncio.run(whole())


def test_a_server_lost_in_the_middle_is_said_and_the_next_read_is_answered(live: LiveGraph) -> None:
    async def whole() -> None:
        async with wired(live) as (wire, one):
            reading = asyncio.create_task(read(one, LONG, seconds=60))
            await asyncio.sleep(0.5)
            wire.cut()
            with pytest.raises(DatabaseUnavailable, match="lost"):
                await reading
            assert one.connections == (0, 0)
            assert await read(one) == [1]

    asyncio.run(whole())
    assert faults.transactions_left(live.store, 20) == []


def test_a_silent_server_is_given_up_a_few_seconds_after_the_time_limit(live: LiveGraph) -> None:
    async def whole() -> None:
        async with wired(live) as (wire, one):
            await read(one)
            wire.fall_silent()
            for statements in ((ONE,), (ONE, ONE)):  # with a connection, and without
                start = time.monotonic()
                with pytest.raises(DatabaseUnavailable):
                    await read(one, *statements, seconds=1)
                assert time.monotonic() - start < 1 + 3 + 1
            assert one.connections == (0, 0)
            wire.speak()
            assert await read(one) == [1]

    asyncio.run(whole())


def test_a_server_says_itself_how_long_it_may_be_silent(live: LiveGraph) -> None:
    async def work(one: NativeBoltClient) -> None:
        await read(one)
        [connection] = one._all
        assert connection.recv_timeout < float("inf")

    if urlsplit(live.store.address.uri).hostname != "127.0.0.1":
        pytest.skip("a server that was given may say something else")
    run(live, work)
