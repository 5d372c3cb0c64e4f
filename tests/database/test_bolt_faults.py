"""What a network can do to a Bolt connection (split, delay, cut, duplicate, change bytes), with both runners: no wrong answer.

A wrong answer is a value that was not asked for. A byte that is changed within a value can leave another valid value, which no
reader without TLS can detect; here the values are ASCII texts, whose complement is never valid.
"""

from __future__ import annotations

import asyncio
import itertools
import random
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from urllib.parse import urlsplit

import neo4j
import pytest

from graph_api.database import driver_runner
from graph_api.database.bolt import client as native_client
from graph_api.database.bolt.client import NativeBoltClient
from graph_api.database.driver import Database
from graph_api.database.driver_runner import DriverRunner
from graph_api.database.statement_runner import StatementRunner
from graph_api.errors import DatabaseError
from graph_api.statement import Statement
from tests.helpers.graphs import LiveGraph
from tests.helpers.tcp_proxy import CUT, Fault, TcpProxy, proxy_to

pytestmark = pytest.mark.live

SEED = 7
TEXT = "Synthetic person " * 3
numbers = itertools.count(1)
runners = pytest.mark.parametrize("kind", ["native", "driver"])


@pytest.fixture(autouse=True)
def _short_grace(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (driver_runner, native_client):
        monkeypatch.setattr(module, "TIMEOUT_GRACE", 0.1)
    monkeypatch.setattr(driver_runner, "READ_RETRY_TIMEOUT", 0.0)


@asynccontextmanager
async def over_proxy(live: LiveGraph, kind: str) -> AsyncIterator[tuple[TcpProxy, StatementRunner]]:
    """Yield a runner whose connections go through a proxy."""
    parts = urlsplit(live.store.address.uri)
    async with proxy_to(parts.hostname or "", parts.port or 7687) as proxy:
        address = replace(live.store.address, uri=f"bolt://127.0.0.1:{proxy.port}")
        driver = neo4j.GraphDatabase.driver(address.uri)
        runner = NativeBoltClient(address) if kind == "native" else DriverRunner(Database(driver, address))
        try:
            yield proxy, runner
        finally:
            await runner.close()
            driver.close()


async def outcome(runner: StatementRunner, *, statements: int = 1, seconds: float = 0.4) -> str:
    """Read values that nobody else asks for; return ``right``, ``wrong``, or ``failed``."""
    asked = [f"person-{next(numbers)} {TEXT}" for _ in range(statements)]
    try:
        found = await runner.read(
            [Statement("RETURN [$id, $id] AS row", {"id": one}, "faults") for one in asked], seconds=seconds
        )
    except DatabaseError:
        return "failed"
    return "right" if list(found) == [[one, one] for one in asked] else "wrong"


def show(title: str, found: Counter[str]) -> None:
    """Print what came of the reads (``pytest -s``)."""
    sys.stdout.write(f"\n{title}: {dict(found)}\n")


async def response_length(proxy: TcpProxy, runner: StatementRunner) -> int:
    """Return how many bytes the response to a read has."""
    received = 0

    def count(data: bytes) -> list[bytes]:
        nonlocal received
        received += len(data)
        return [data]

    await outcome(runner, seconds=5)  # connects
    proxy.fault = count
    assert await outcome(runner, seconds=5) == "right"
    proxy.fault = None
    return received


def after_logon(fault: Fault) -> Fault:
    """Return a fault that leaves alone the messages by which a connection is made."""
    return lambda data: [data] if data.startswith(b"\0\0") or b"hints" in data else fault(data)


class At:
    """A fault at one byte of what the server sends from now on; ``make`` gets the bytes before, the byte, and those after."""

    def __init__(self, position: int, make: Fault) -> None:
        self.left, self.make = position, make

    def __call__(self, data: bytes) -> list[bytes | float]:
        left, self.left = self.left, self.left - len(data)
        if not 0 <= left < len(data):
            return [data]
        return [data[:left], *self.make(data[left : left + 1]), data[left + 1 :]]


async def at_every_byte(live: LiveGraph, kind: str, make: Fault, *, step: int = 1) -> Counter[str]:
    found: Counter[str] = Counter()
    async with over_proxy(live, kind) as (proxy, runner):
        for position in range(0, await response_length(proxy, runner), step):
            await outcome(runner, seconds=5)  # a connection without a fault is there
            proxy.fault = At(position, make)
            found[await outcome(runner)] += 1
            proxy.fault = None
            found[f"next {await outcome(runner, seconds=5)}"] += 1
    show(kind, found)
    return found


@runners
def test_a_response_cut_at_any_byte_gives_no_wrong_answer_and_the_next_read_is_right(
    live: LiveGraph, kind: str
) -> None:
    """The native client repeats a read where a connection of its pool was lost, so that it may be right at once."""
    found = asyncio.run(at_every_byte(live, kind, lambda _byte: [CUT], step=3))
    assert found["wrong"] == found["next wrong"] == 0
    assert found["next right"] == found["failed"] + found["right"] > 0


@pytest.mark.slow
@runners
def test_a_byte_changed_anywhere_gives_no_wrong_answer(live: LiveGraph, kind: str) -> None:
    found = asyncio.run(at_every_byte(live, kind, lambda byte: [bytes([byte[0] ^ 0xFF])]))
    assert found["wrong"] == found["next wrong"] == 0
    assert found["failed"] > 0


@pytest.mark.slow
@runners
def test_a_byte_sent_twice_anywhere_gives_no_wrong_answer(live: LiveGraph, kind: str) -> None:
    found = asyncio.run(at_every_byte(live, kind, lambda byte: [byte + byte], step=2))
    assert found["wrong"] == found["next wrong"] == 0
    assert found["failed"] > 0


@runners
@pytest.mark.parametrize("pause", [0.0, 0.002, 0.02])
def test_a_response_sent_twice_is_not_the_answer_to_the_next_read(live: LiveGraph, kind: str, pause: float) -> None:
    """Without a number in each record, the copy of one person's record was taken for another's."""

    async def work() -> Counter[str]:
        found: Counter[str] = Counter()
        async with over_proxy(live, kind) as (proxy, runner):
            for _ in range(20):
                await outcome(runner, seconds=5)
                proxy.fault = after_logon(lambda data: [data, pause, data] if pause else [data + data])
                reads = [await outcome(runner, statements=n) for n in (1, 1, 2, 1)]
                proxy.fault = None
                found.update(reads)
                found[f"last {await outcome(runner, seconds=5)}"] += 1
                await asyncio.sleep(pause)
        show(f"{kind}, again after {pause} s", found)
        return found

    found = asyncio.run(work())
    assert found["wrong"] == found["last wrong"] == 0
    assert found["last right"] > 0


@runners
def test_split_and_delayed_responses_are_read_like_any_other(live: LiveGraph, kind: str) -> None:
    async def work() -> None:
        async with over_proxy(live, kind) as (proxy, runner):
            await outcome(runner, seconds=5)
            for size in (1, 2, 3, 7, 50):
                proxy.fault = lambda data, size=size: [
                    part for at in range(0, len(data), size) for part in (data[at : at + size], 0.0)
                ]
                assert await outcome(runner, seconds=20) == "right"
                assert await outcome(runner, statements=2, seconds=20) == "right"

    asyncio.run(work())


@runners
def test_any_mixture_of_faults_under_concurrent_reads_gives_no_wrong_answer(live: LiveGraph, kind: str) -> None:
    chance = random.Random(SEED)  # noqa: S311 - it chooses faults

    def mixture(data: bytes) -> list[bytes | float]:
        middle = chance.randrange(len(data))
        match chance.randrange(12):
            case 0:
                return [data + data]
            case 1:
                return [data, chance.random() / 50, data]
            case 2:
                return [data[:middle], data[:middle], data[middle:]]
            case 3:
                return [data[:middle], CUT]
            case 4:
                return [data[:middle], bytes([data[middle] ^ 0xFF]), data[middle + 1 :]]
            case _:
                return [data[:middle], chance.random() / 500, data[middle:]]

    async def work() -> Counter[str]:
        found: Counter[str] = Counter()

        async def client(runner: StatementRunner) -> None:
            for n in range(30):
                found[await outcome(runner, statements=1 + n % 2)] += 1

        async with over_proxy(live, kind) as (proxy, runner):
            proxy.fault = after_logon(mixture)
            await asyncio.gather(*(client(runner) for _ in range(4)))
        show(kind, found)
        return found

    found = asyncio.run(work())
    assert found["wrong"] == 0
    assert found["right"] > 0
    assert found["failed"] > 0


def test_bytes_on_an_idle_connection_close_it(live: LiveGraph) -> None:
    async def work() -> None:
        async with over_proxy(live, "native") as (proxy, runner):
            assert isinstance(runner, NativeBoltClient)
            assert await outcome(runner, seconds=5) == "right"
            assert runner.connections == (0, 1)
            proxy.inject(b"\x00\x03\xb1\x70\xa0\x00\x00")  # a summary that nobody requested
            await asyncio.sleep(0.1)
            assert runner.connections == (0, 0)
            assert await outcome(runner, seconds=5) == "right"

    asyncio.run(work())
