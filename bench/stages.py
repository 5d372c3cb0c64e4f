"""Where the processor time of one answer goes: each stage of a request by itself, many times over, with the real rows of a store.

``python -m bench.stages`` prints a table. What is not in it is the HTTP server around the endpoint, which the tables of ``bench.run`` hold.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any, Final

import orjson
import platformdirs

from bench.generate import SIZES, Graph
from bench.questions import QUESTIONS, Question
from bench.store import Folders, address_of, loaded
from graph_api.compiler.binder import RowLimits
from graph_api.database.bolt.client import NativeBoltClient
from graph_api.execution.executor import ExecutionResult, Executor
from graph_api.execution.operation_planner import ExecutionLimits
from graph_api.schema.build import build_schema
from graph_api.web.graphql_request import negotiate_media_type, read_body, read_headers, require_json_content_type
from graph_api.web.logs import request_logger
from graph_api.web.metrics import Metrics
from graph_api.web.request_log import RequestLog
from graph_api.web.response import build_response_body

HEADERS: Final = [(b"host", b"127.0.0.1"), (b"content-type", b"application/json"), (b"accept", b"*/*")]
ROUNDS: Final = 7
Stage = Callable[[], Any]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; returns the exit code."""
    parser = argparse.ArgumentParser(description="Show where the processor time of one answer goes.")
    cache = Path(platformdirs.user_cache_dir("detention-graph"))
    names = [question.name for question in QUESTIONS]
    parser.add_argument("--size", default="S", choices=list(SIZES))
    parser.add_argument("--questions", nargs="+", default=["point", "nested", "flat"], choices=names)
    parser.add_argument("--stores", type=Path, default=cache / "bench", help="where the databases are kept")
    parser.add_argument("--cache", type=Path, default=cache, help="where the jars of Neo4j are")
    given = parser.parse_args(arguments)
    graph = Graph(SIZES[given.size], 1)
    with loaded(graph, Folders(given.cache, given.stores), _say) as (
        endpoint,
        store,
    ):
        asked = [question for question in QUESTIONS if question.name in given.questions]
        found = {
            one.name: asyncio.run(_stages(one, one.variables(store, graph)[0], NativeBoltClient(address_of(endpoint))))
            for one in asked
        }
    sys.stdout.write(table(found))
    return 0


def _say(said: str) -> None:
    sys.stderr.write(f"{said}\n")


def table(found: dict[str, dict[str, float]]) -> str:
    """Return the stages as a table of microseconds.

    >>> print(table({"point": {"plan": 4.04}}), end="")
    | stage, µs of processor time | point |
    |---|---:|
    | plan | 4.0 |
    """
    stages = next(iter(found.values()))
    lines = [f"| stage, µs of processor time | {' | '.join(found)} |", "|---|" + "---:|" * len(found)]
    lines += [f"| {stage} | {' | '.join(f'{one[stage]:.1f}' for one in found.values())} |" for stage in stages]
    return "\n".join(lines) + "\n"


async def _stages(question: Question, variables: Any, reader: NativeBoltClient) -> dict[str, float]:
    """Return the processor time of each stage, in microseconds: the least of some rounds."""
    raw = orjson.dumps({"query": question.query, "variables": dict(variables)})
    answering = Executor(build_schema(), ExecutionLimits(rows=RowLimits(page=1000)))  # one question asks for 1,000 rows
    planner = answering.planner
    document = planner.document(question.query)
    operation = document.operation(None)
    coerced = planner.coerce_variables(operation, variables)
    plan, _ = planner.plan(document, operation, coerced)
    [root] = plan.roots
    compiled, shaped = root.compiled, root.build
    if compiled is None or shaped is None:
        raise ValueError(f"{question.name} cannot be asked: {root.error}")
    statement = compiled.bind(coerced)
    [row] = await reader.read([statement], seconds=10)
    answer = ExecutionResult({root.key: shaped(row)}, document=document, plan=plan, plan_hit=True)
    metrics, log = Metrics(), request_logger("problems")

    def request() -> None:
        headers = read_headers(HEADERS)
        negotiate_media_type(headers.accept)
        require_json_content_type(headers.content_type)
        read_body(raw)

    def observed() -> None:
        one = RequestLog("0" * 16, plan_hit=True, code="OK")
        metrics.observe(one)
        log(one)

    found = {
        "headers and JSON of the request": _cpu(request),
        "document and operation, from the cache": _cpu(lambda: planner.document(question.query).operation(None)),
        "variables, coerced": _cpu(lambda: planner.coerce_variables(operation, variables)),
        "plan, from the cache": _cpu(lambda: planner.plan(document, operation, coerced)),
        "parameters put in": _cpu(lambda: compiled.bind(coerced)),
        "the read: pack, send, receive, unpack": await _cpu_of_read(lambda: reader.read([statement], seconds=10)),
        "rows to the response": _cpu(lambda: shaped(row)),
        "JSON of the response": _cpu(lambda: orjson.dumps(build_response_body(answer, "0" * 16, planner.limits))),
        "metrics and log": _cpu(observed),
    }
    await reader.close()
    return found | {"all of these": sum(found.values())}


def _cpu(stage: Stage) -> float:
    times = []
    for _ in range(ROUNDS):
        start, count = time.process_time(), 0
        while time.process_time() - start < 0.05:
            stage()
            count += 1
        times.append((time.process_time() - start) / count * 1e6)
    return min(times)


async def _cpu_of_read(read: Callable[[], Awaitable[Any]]) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for _ in range(200):
            await read()
        times.append((time.process_time() - start) / 200 * 1e6)
    return min(times)


if __name__ == "__main__":
    sys.exit(main())
