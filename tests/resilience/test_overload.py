"""Overload: every client gets a response or a rejection within seconds, disconnected ones leave nothing behind, and the server recovers."""

from __future__ import annotations

import asyncio
import os
import time
import urllib.request
from collections import Counter

import pytest

from tests.helpers import clients, faults
from tests.helpers.graphs import LiveGraph

pytestmark = [pytest.mark.live, pytest.mark.slow]

CROWD = 500
DISCONNECTING = 1000
NORMAL_AGAIN = 5.0


def longest() -> float:
    """Return the seconds for an answer or a 503: two, on a machine that does nothing else; as many times more as it has work beside."""
    return 2.0 * (1 + max(0.0, os.getloadavg()[0] / (os.cpu_count() or 1) - 1))


async def normal(port: int, many: int = 40) -> list[clients.Seen]:
    return await clients.in_turn(port, clients.request(clients.QUICK), many, 0.01)


def still_in_use(port: int, seconds: float = 5.0) -> float:
    """Wait until no connection to the database is at work, and return how many still are: an operation is planned in the background."""
    deadline = time.monotonic() + seconds
    while (found := _in_use(port)) and time.monotonic() < deadline:
        time.sleep(0.1)
    return found


def _in_use(port: int) -> float:
    """Return how many connections to the database are at work, by the metrics of the API."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as response:
        text = response.read().decode()
    return float(text.partition("\ndetention_graph_db_connections_in_use ")[2].split("\n")[0])


def test_five_hundred_clients_get_a_response_or_a_rejection(port: int, capsys: pytest.CaptureFixture[str]) -> None:
    slow = clients.request(clients.SLOW)

    async def whole() -> tuple[list[clients.Seen], list[clients.Seen], list[clients.Seen], float]:
        alone = await clients.in_turn(port, slow, 4)
        before = await normal(port)
        crowd = await asyncio.gather(*(clients.ask(port, slow) for _ in range(CROWD)))
        ended = time.perf_counter()
        usual = 2 * clients.ms(before, 0.95) + 50
        while clients.ms(await normal(port, 10), 0.5) > usual and time.perf_counter() - ended < 30:
            pass
        again = time.perf_counter() - ended
        sample = f"slow {clients.ms(alone):.0f} ms alone; quick p95 {clients.ms(before, 0.95):.0f} ms before"
        with capsys.disabled():
            faults.table(
                f"{CROWD} clients at once on a slow question, load {os.getloadavg()[0]:.1f}",
                [
                    ("before", sample),
                    ("what they got", dict(Counter((one.status, one.code) for one in crowd))),
                    ("longest wait", f"{clients.ms(crowd, 1):.0f} ms, at most {1000 * longest():.0f} with this load"),
                    ("normal again", f"after {again:.2f} s"),
                ],
            )
        return alone, before, list(crowd), again

    alone, _, crowd, again = asyncio.run(whole())
    assert clients.ms(alone) > 100
    assert {one.status for one in crowd} <= {200, 503}
    assert sum(one.status == 200 and not one.code for one in crowd) >= 2
    assert all(one.retry_after == "1" and one.code == "OVERLOADED" for one in crowd if one.status == 503)
    assert max(one.seconds for one in crowd) < longest()
    assert again < NORMAL_AGAIN
    assert still_in_use(port) == 0


def test_a_thousand_clients_that_disconnect_leave_nothing_behind(
    port: int, seeded: LiveGraph, capsys: pytest.CaptureFixture[str]
) -> None:
    slow = clients.request(clients.SLOW)

    async def whole() -> list[clients.Seen]:
        for wave in range(4):
            await asyncio.gather(
                *(clients.leave(port, slow, (n % 50) / 50 + wave / 200) for n in range(DISCONNECTING // 4))
            )
        return await normal(port, 20)

    after = asyncio.run(whole())
    left = faults.transactions_left(seeded.store, 5)
    still = still_in_use(port)
    with capsys.disabled():
        faults.table(
            f"{DISCONNECTING} clients that leave, load {os.getloadavg()[0]:.1f}",
            [
                ("afterwards", dict(Counter((one.status, one.code) for one in after))),
                ("quick p50, p95", f"{clients.ms(after):.0f} ms, {clients.ms(after, 0.95):.0f} ms"),
                ("transactions left", left or "none"),
                ("connections in use", still),
            ],
        )
    assert left == []
    assert still == 0
    assert {(one.status, one.code) for one in after} == {(200, "")}
