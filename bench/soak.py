"""Runs a server under load for some time: ``python -m bench.soak --url http://127.0.0.1:8000/graphql --minutes 15``.

Clients ask the questions of the cookbook in turn, and every few seconds one text that nobody has asked before. Prints for each minute the
number of answers, errors by code, the latency (median, 95th percentile, maximum), and the memory and descriptors of the server process
(``--pid``). With ``--load COMMAND`` a command, such as a load of seeds, runs every 20 s beside it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import shlex
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import httpx2
import psutil

COOKBOOK = Path(__file__).parents[1] / "docs" / "cookbook"
NEW_TEXT = '{{ people(first: 5, where: {{or: [{{tag: "soak"}}, {{history: {{steps: [{steps}]}}}}]}}) {{ nodes {{ id name }} }} }}'
KINDS = ("DETENTION", "TRANSFER", "CHARGE", "CONVICTION", "EXCHANGE")


@dataclass(slots=True)
class Minute:
    """What was seen in one minute."""

    seconds: list[float] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)

    def line(self, number: int, process: psutil.Process | None) -> str:
        """Return the row of the table."""
        found = sorted(self.seconds) or [0.0]
        latency = " ".join(f"{found[min(len(found) - 1, int(len(found) * q))] * 1000:8.1f}" for q in (0.5, 0.95, 1.0))
        used = f"{process.memory_info().rss >> 20:6d} MB {process.num_fds():4d} fds" if process else ""
        return f"minute {number:3d}  {len(self.seconds):7d} answers  ms {latency}  {used}  {dict(self.outcomes)}"


def new_text(number: int) -> str:
    """Return a text that was not asked before: other steps, and another number of aliases."""
    steps = [KINDS[(number // len(KINDS) ** place) % len(KINDS)] for place in range(5)]
    return NEW_TEXT.format(steps=", ".join(f"{{kind: {kind}}}" for kind in steps))


def question(text: str) -> dict[str, Any]:
    """Return the body of a request for a file of the cookbook, whose comments state the variables."""
    [variables] = [line.partition(":")[2] for line in text.splitlines() if line.startswith("# variables:")]
    return {"query": text, "variables": json.loads(variables)}


async def client(
    url: str, questions: Sequence[dict[str, Any]], until: float, minutes: list[Minute], numbers: count[int]
) -> None:
    """Ask one question after the other until the time is over."""
    async with httpx2.AsyncClient(timeout=60) as http:
        for asked in count():
            if time.monotonic() > until:
                return
            body = {"query": new_text(next(numbers))} if asked % 200 == 199 else questions[asked % len(questions)]
            start = time.monotonic()
            try:
                answer = (await http.post(url, json=body)).json()
                outcome = answer["errors"][0]["extensions"]["code"] if "errors" in answer else "OK"
            except (httpx2.HTTPError, ValueError) as error:
                outcome = type(error).__name__
            minutes[-1].seconds.append(time.monotonic() - start)
            minutes[-1].outcomes[outcome] += 1
            if outcome == "OVERLOADED":
                await asyncio.sleep(1)


async def loads(command: str, until: float) -> None:
    """Run a command every 20 s."""
    while time.monotonic() < until:
        process = await asyncio.create_subprocess_exec(*shlex.split(command), stdout=asyncio.subprocess.DEVNULL)
        if await process.wait():
            sys.stdout.write(f"the load failed with exit code {process.returncode}\n")
        await asyncio.sleep(20)


async def soak(url: str, clients: int, seconds: float, pid: int, command: str) -> None:
    """Run it, and print a line for each minute."""
    questions = [question(one.read_text("utf-8")) for one in sorted(COOKBOOK.glob("*.graphql"))]
    start, until = time.monotonic(), time.monotonic() + seconds
    process = psutil.Process(pid) if pid else None
    minutes, numbers = [Minute()], count()
    async with asyncio.TaskGroup() as group:
        for number in range(clients):
            group.create_task(client(url, questions[number:] + questions[:number], until, minutes, numbers))
        if command:
            group.create_task(loads(command, until))
        while time.monotonic() < until:
            await asyncio.sleep(min(60, max(0.0, until - time.monotonic())))
            sys.stdout.write(minutes[-1].line(round((time.monotonic() - start) / 60), process) + "\n")
            sys.stdout.flush()
            minutes.append(Minute())


def main() -> int:
    """Run the soak; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--url", default="http://127.0.0.1:8000/graphql")
    parser.add_argument("--minutes", type=float, default=15)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--pid", type=int, default=0, help="process of the server")
    parser.add_argument("--load", default="", help="command that runs every 20 s")
    given = parser.parse_args()
    asyncio.run(soak(given.url, given.clients, given.minutes * 60, given.pid, given.load))
    return 0


if __name__ == "__main__":
    sys.exit(main())
