"""Documents made to hurt, over HTTP: each is refused in no time with its code, and a second client notices nothing."""

from __future__ import annotations

import asyncio
import os

import pytest

from tests.helpers import clients, faults
from tests.helpers.oversized_documents import OVERSIZED_DOCUMENTS

pytestmark = [pytest.mark.live, pytest.mark.slow]

FAN_OUT = (
    "{ people(first: 500) { nodes { events(first: 500) { nodes { participants(first: 500) { nodes { role } } } } } } }"
)
SENT = [
    ("fan-out, which the size of the graph bounds", FAN_OUT, ""),
    ("25 fragments through fields", OVERSIZED_DOCUMENTS["fragments through fields"](25), "LIMIT_DEPTH"),
    ("30 fragments through fields", OVERSIZED_DOCUMENTS["fragments through fields"](30), "LIMIT_DEPTH"),
    ("25 fragments at one place", OVERSIZED_DOCUMENTS["fragments at one place"](25), "LIMIT_FIELDS"),
    ("30 fragments at one place", OVERSIZED_DOCUMENTS["fragments at one place"](30), "LIMIT_FIELDS"),
    ("30 fragments, each spreads all", OVERSIZED_DOCUMENTS["fragments of which each spreads all"](30), "LIMIT_FIELDS"),
    ("5000 aliases", OVERSIZED_DOCUMENTS["aliases"](5000), "LIMIT_TOKENS"),
    ("150 aliases", OVERSIZED_DOCUMENTS["aliases"](150), "LIMIT_ALIASES"),
    ("5000 directives", OVERSIZED_DOCUMENTS["directives"](5000), "LIMIT_TOKENS"),
    ("300 directives", OVERSIZED_DOCUMENTS["directives"](300), "LIMIT_DIRECTIVES"),
    ("3000 unused fragments", OVERSIZED_DOCUMENTS["unused fragments"](3000), "LIMIT_TOKENS"),
    ("a comment of 5 MB", OVERSIZED_DOCUMENTS["a long comment"](5_000_000), "LIMIT_BODY"),
    ("a comment of 900 kB", OVERSIZED_DOCUMENTS["a long comment"](900_000), "LIMIT_TOKENS"),
    ("10,000 deep", OVERSIZED_DOCUMENTS["nested fields"](10_000), "LIMIT_TOKENS"),
    ("900 deep", OVERSIZED_DOCUMENTS["nested fields"](900), "LIMIT_DEPTH"),
    ("values 10,000 deep", OVERSIZED_DOCUMENTS["nested values"](10_000), "LIMIT_TOKENS"),
]
FAST = 50.0
"""Milliseconds, on a machine that does nothing else."""
ROUNDS = 9


def test_oversized_documents_are_refused_in_no_time_and_a_second_client_notices_nothing(
    port: int, capsys: pytest.CaptureFixture[str]
) -> None:
    quick = clients.request(clients.QUICK)
    requests = {name: clients.request(document) for name, document, _ in SENT}
    busy = max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
    seen: dict[str, list[clients.Seen]] = {name: [] for name, _, _ in SENT}

    async def throwing() -> None:
        for _ in range(ROUNDS):
            for name, made in requests.items():
                seen[name].append(await clients.ask(port, made))
                await asyncio.sleep(0.02)

    async def whole() -> tuple[list[clients.Seen], list[clients.Seen]]:
        await clients.in_turn(port, quick, 20)
        before = await clients.in_turn(port, quick, 150, 0.02)
        attack = asyncio.create_task(throwing())
        during = []
        while not attack.done():
            during += await clients.in_turn(port, quick, 1, 0.02)
        await attack
        return before, during

    before, during = asyncio.run(whole())
    with capsys.disabled():
        rows: list[tuple[object, ...]] = [
            (
                name,
                seen[name][0].code,
                f"median {clients.ms(seen[name]):.1f} ms, longest {clients.ms(seen[name], 1):.1f} ms",
            )
            for name, _, _ in SENT
        ]
        for what, found in (("second client before", before), ("second client during", during)):
            rows.append((what, len(found), f"p50 {clients.ms(found):.1f} ms, p95 {clients.ms(found, 0.95):.1f} ms"))
        faults.table(f"Bombs over HTTP, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", rows)
    for name, _, code in SENT:
        assert {one.code for one in seen[name]} == {code}, name
        assert clients.ms(seen[name]) < FAST * busy, name
    assert {one.status for one in during} == {200}
    assert clients.ms(during, 0.95) < 2 * clients.ms(before, 0.95) + 20 * busy
