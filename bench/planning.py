"""What questions that the database has not planned yet cost: ``python -m bench.planning --url http://127.0.0.1:8000/graphql``.

First each question of the cookbook is asked three times, and the first answer is set against the fastest later one. Then one client asks
known questions one after the other while another one sends texts that nobody has asked before, 0, 2, 5, 20 and 50 a second. The table has
the latency of the first client and what was refused to either. Start the server with ``DETENTION_GRAPH_TRUSTED_PROXIES=127.0.0.1``, so
that it sees two callers.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import time
from collections import Counter
from collections.abc import Sequence
from itertools import count, cycle
from typing import Any

import httpx2

from bench.soak import COOKBOOK, new_text, question

RATES = (0, 2, 5, 20, 50)
"""New texts a second."""


async def ask(http: httpx2.AsyncClient, url: str, body: dict[str, Any], caller: str) -> tuple[float, str]:
    """Return the seconds that an answer took, and OK or the code of its first error."""
    start = time.monotonic()
    try:
        answer = (await http.post(url, json=body, headers={"x-forwarded-for": caller})).json()
        outcome = answer["errors"][0]["extensions"]["code"] if "errors" in answer else "OK"
    except (httpx2.HTTPError, ValueError) as error:
        outcome = type(error).__name__
    return time.monotonic() - start, outcome


async def first_seen(url: str, questions: Sequence[tuple[str, dict[str, Any]]]) -> None:
    """Print how long each question takes when it is asked first, and later."""
    firsts, laters = [], []
    async with httpx2.AsyncClient(timeout=60) as http:
        for name, body in questions:
            times = [(await ask(http, url, body, "192.0.2.1"))[0] for _ in range(3)]
            firsts.append(times[0])
            laters.append(min(times[1:]))
            sys.stdout.write(f"{1000 * times[0]:8.1f} ms first, {1000 * laters[-1]:6.1f} ms later  {name}\n")
    for what, found in (("first", firsts), ("later", laters)):
        median, worst = 1000 * statistics.median(found), 1000 * max(found)
        sys.stdout.write(f"{what}: median {median:.1f} ms, worst {worst:.1f} ms\n")


async def send_new_texts(url: str, rate: int, until: float, numbers: count[int], outcomes: Counter[str]) -> None:
    """Send ``rate`` new texts a second, whether earlier ones were answered or not."""
    async with (
        httpx2.AsyncClient(timeout=60, limits=httpx2.Limits(max_connections=200)) as http,
        asyncio.TaskGroup() as group,
    ):
        while time.monotonic() < until:
            group.create_task(_send(http, url, {"query": new_text(next(numbers))}, outcomes))
            await asyncio.sleep(1 / rate)


async def _send(http: httpx2.AsyncClient, url: str, body: dict[str, Any], outcomes: Counter[str]) -> None:
    _, outcome = await ask(http, url, body, "192.0.2.2")
    outcomes[outcome] += 1


async def beside_new_texts(
    url: str, questions: Sequence[dict[str, Any]], rate: int, seconds: float, numbers: count[int]
) -> None:
    """Print the row of one rate."""
    until, seen, refused = time.monotonic() + seconds, list[float](), Counter[str]()
    others = Counter[str]()
    sending = asyncio.create_task(send_new_texts(url, rate, until, numbers, others)) if rate else None
    async with httpx2.AsyncClient(timeout=60) as http:
        for body in cycle(questions):
            if time.monotonic() > until:
                break
            took, outcome = await ask(http, url, body, "192.0.2.1")
            seen.append(took)
            refused[outcome] += outcome != "OK"
    if sending is not None:
        await sending
    found = sorted(seen)
    latency = " ".join(f"{1000 * found[min(len(found) - 1, int(len(found) * share))]:8.1f}" for share in (0.5, 0.95, 1))
    sys.stdout.write(
        f"{rate:3d} a second  p50, p95, max ms {latency}  {len(found)} answers, not answered {refused.total()}; new texts {dict(others)}\n"
    )
    sys.stdout.flush()


async def run(url: str, seconds: float) -> None:
    """Print both tables."""
    files = sorted(COOKBOOK.glob("*.graphql"))
    questions = [(one.stem, question(one.read_text("utf-8"))) for one in files]
    await first_seen(url, questions)
    numbers = count()
    for rate in RATES:
        await beside_new_texts(url, [body for _, body in questions], rate, seconds, numbers)


def main() -> int:
    """Run both; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--url", default="http://127.0.0.1:8000/graphql")
    parser.add_argument("--seconds", type=float, default=20, help="length of each rate")
    given = parser.parse_args()
    asyncio.run(run(given.url, given.seconds))
    return 0


if __name__ == "__main__":
    sys.exit(main())
