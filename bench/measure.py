"""Latency, throughput, processor time and memory of a server under load, and of the hand-written Cypher without one."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from statistics import median
from typing import Any

import neo4j
import orjson
import psutil

from bench.questions import Question, Variables
from graph_api.database.driver import Address

SCRIPT = Path(__file__).with_name("load.lua")
IDLE = 0.05
"""The share of a processor below which a server does nothing."""
PATIENCE = 60
"""Seconds after which a request counts as failed."""


@dataclass(frozen=True, slots=True)
class Load:
    """What one run of load found. Times in milliseconds; ``cpu`` is processor time a request, ``memory`` resident MiB afterwards."""

    clients: int
    p50: float
    p95: float
    rate: float
    errors: int
    cpu: Mapping[str, float]
    memory: Mapping[str, float]


def cpu_seconds(pid: int) -> float:
    """Return the processor time that a server has taken, workers of its own included."""
    return sum(one.cpu_times().user + one.cpu_times().system for one in _family(pid))


def settle(pid: int, *, patience: float = 180.0, interval: float = 2.0) -> None:
    """Wait until a server does nothing, ``patience`` seconds at most: after a start the database plans the statements of our pages."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        before = cpu_seconds(pid)
        time.sleep(interval)
        if cpu_seconds(pid) - before <= IDLE * interval:
            return


def resident(pid: int) -> float:
    """Return the resident memory of a server in MiB, workers of its own included."""
    return sum(float(one.memory_info().rss) for one in _family(pid)) / 2**20


def _family(pid: int) -> list[psutil.Process]:
    process = psutil.Process(pid)
    return (
        [process] if pid == os.getpid() else [process, *process.children(recursive=True)]
    )  # all else is a child of the bench


def over_http(wrk: str, url: str, bodies: Path, *, clients: int, seconds: int, processes: Mapping[str, int]) -> Load:
    """Put load on a server: each client sends the prepared bodies in turn, one after the other."""
    before = {name: cpu_seconds(pid) for name, pid in processes.items()}
    done = subprocess.run(
        [wrk, "-t1", f"-c{clients}", f"-d{seconds}s", "--timeout", f"{PATIENCE}s", "-s", str(SCRIPT), url, "--", str(bodies)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    line = next((one for one in done.stdout.splitlines() if one.startswith("RESULT ")), None)
    if line is None:
        raise RuntimeError(f"wrk gave no result: {done.stdout[-500:]} {done.stderr[-500:]}")
    result = orjson.loads(line.removeprefix("RESULT "))
    requests = max(int(result["requests"]), 1)
    return Load(
        clients,
        result["p50"],
        result["p95"],
        max(result["requests"] - result["errors"], 0) / result["seconds"],  # a refusal is no answer
        result["errors"],
        {name: (cpu_seconds(pid) - before[name]) * 1000 / requests for name, pid in processes.items()},
        {name: resident(pid) for name, pid in processes.items()},
    )


class Floor:
    """The hand-written Cypher through the official driver: one collected record, no HTTP."""

    def __init__(self, address: Address) -> None:
        self.database = address.database
        self._driver = neo4j.GraphDatabase.driver(
            address.uri,
            auth=(address.user, address.password),
            fetch_size=-1,
            telemetry_disabled=True,
            notifications_min_severity="OFF",
        )

    def close(self) -> None:
        """Close the driver."""
        self._driver.close()

    def answer(self, question: Question, variables: Variables) -> Any:
        """Return the one value of the one record."""
        with self._session() as session:
            return session.run(question.cypher, dict(variables)).single(strict=True)[0]

    def run(
        self,
        question: Question,
        variables: Sequence[Variables],
        *,
        clients: int,
        seconds: int,
        processes: Mapping[str, int],
    ) -> Load:
        """Put load on Neo4j from as many threads as there are clients, each with a session of its own."""
        before = {name: cpu_seconds(pid) for name, pid in processes.items()}
        start = time.perf_counter()
        with ThreadPoolExecutor(clients) as threads:
            took = [
                one
                for done in threads.map(lambda _: self._client(question, variables, start + seconds), range(clients))
                for one in done
            ]
        elapsed = time.perf_counter() - start
        took.sort()
        return Load(
            clients,
            median(took),
            took[min(len(took) - 1, int(len(took) * 0.95))],
            len(took) / elapsed,
            0,
            {name: (cpu_seconds(pid) - before[name]) * 1000 / len(took) for name, pid in processes.items()},
            {name: resident(pid) for name, pid in processes.items()},
        )

    def _session(self) -> neo4j.Session:
        return self._driver.session(database=self.database, default_access_mode=neo4j.READ_ACCESS)

    def _client(self, question: Question, variables: Sequence[Variables], until: float) -> list[float]:
        took: list[float] = []
        with self._session() as session:
            for one in cycle([dict(each) for each in variables]):
                begun = time.perf_counter()
                session.run(question.cypher, one).single(strict=True)
                ended = time.perf_counter()
                took.append((ended - begun) * 1000)
                if ended > until:
                    return took
        return took


def medians(sides: Sequence[Callable[[], object]], runs: int, unmeasured: int = 1) -> list[float]:
    """Let the sides answer in turn, some runs unmeasured first, and return the median milliseconds of each."""
    times: list[list[float]] = [[] for _ in sides]
    for run in range(unmeasured + runs):
        for took, answer in zip(times, sides, strict=True):
            start = time.perf_counter()
            answer()
            if run >= unmeasured:
                took.append((time.perf_counter() - start) * 1000)
    return [median(some) for some in times]


def write_bodies(path: Path, query: str, variables: Sequence[Variables], keep: Callable[[str], bool]) -> None:
    """Write a request body a line. Of the variables those are kept that the server's question takes."""
    bodies = [
        {"query": query, "variables": {name: one for name, one in each.items() if keep(name)}} for each in variables
    ]
    path.write_bytes(b"".join(orjson.dumps(body) + b"\n" for body in bodies))


def own_process() -> int:
    """Return the id of this process, whose time is that of the hand-written Cypher."""
    return os.getpid()
