"""Runs the bench: ``python -m bench.run --sizes S M``.

For each size: a private Neo4j with the graph in it; every server beside it on the loopback; each answer compared with every other; then,
question by question and run by run, each server in turn under load. Writes the table into docs/benchmarks.md, and its rows into
``bench/results.json``: what is not asked again keeps its place in the table, with its day. Ctrl-C ends every process that was started.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import orjson
import platformdirs
import psutil

from bench import lingbm, report, servers
from bench.answers import from_cypher
from bench.generate import SIZES, Graph
from bench.measure import Floor, Load, over_http, own_process, settle, write_bodies
from bench.questions import FLOOR, NEO4J_GRAPHQL, QUESTIONS, Question, Variables
from bench.servers import CannotRun, Server, takes
from bench.store import Folders, address_of, loaded
from bench.table import rows
from graph_api.database.driver import Database
from graph_api.embedded import Endpoint

DOCUMENT = Path(__file__).parents[1] / "docs" / "benchmarks.md"
RESULTS = Path(__file__).with_name("results.json")
CLIENTS = 8
LONGEST = 12
"""Seconds of the longest load. What is not answered at the end of one is not counted, so that slow answers need long loads."""
BUILT = ("M", "L")
"""Sizes that come in through the bulk importer of Neo4j, node for node as through the loader, which needs most of an hour for M."""
WITHOUT_PEERS = ("L",)
"""Sizes that are asked of our server and as hand-written Cypher only."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asks for."""

    sizes: tuple[str, ...]
    seconds: int
    runs: int
    seed: int
    questions: tuple[Question, ...]
    peers: bool
    folders: Folders
    output: Path
    results: Path


@dataclass(frozen=True, slots=True)
class Bench:
    """Everybody who is asked, over one graph. ``processes`` are by server name, and Neo4j."""

    floor: Floor
    servers: Sequence[Server]
    neo4j: int
    folder: Path
    wrk: str


def say(message: str) -> None:
    """Tell how far it is, with the time of day."""
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {message}\n")
    sys.stderr.flush()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench; returns the exit code."""
    options = _options(arguments)
    wrk = shutil.which("wrk")
    if wrk is None:
        say("Cannot put the servers under load: expected wrk on the PATH (the package wrk).")
        return 69
    found = report.kept(options.results)
    missing: list[str] = []
    try:
        for size in options.sizes:
            found[size] = report.merged(found.get(size), _size(size, options, wrk, missing))
            report.keep(options.results, found)
            report.write(options.output, found, sorted(set(missing)))
    except KeyboardInterrupt:
        say("interrupted; every process that was started has ended")
        return 130
    sys.stdout.write(options.output.read_text(encoding="utf-8"))
    return 0


def _options(arguments: Sequence[str] | None) -> Options:
    parser = argparse.ArgumentParser(description="Compare our server with its peers on one database.")
    cache = Path(platformdirs.user_cache_dir("detention-graph"))
    every = (*QUESTIONS, *lingbm.QUESTIONS)
    names = [question.name for question in every]
    parser.add_argument("--sizes", nargs="+", default=["S", "M"], help="S, M, L, or a number of people")
    parser.add_argument(
        "--seconds", type=int, default=3, help="length of one load (each question and server has two in each run)"
    )
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--questions", nargs="+", default=names, choices=names)
    parser.add_argument("--no-peers", action="store_true", help="only our server and the hand-written Cypher")
    parser.add_argument("--stores", type=Path, default=cache / "bench", help="where the databases are kept")
    parser.add_argument("--cache", type=Path, default=cache, help="where the jars of Neo4j are")
    parser.add_argument("--output", type=Path, help="another document than docs/benchmarks.md, with results of its own")
    given = parser.parse_args(arguments)
    asked = tuple(question for question in every if question.name in given.questions)
    return Options(
        tuple(given.sizes), given.seconds, given.runs, given.seed, asked, not given.no_peers,
        Folders(given.cache, given.stores), given.output or DOCUMENT,
        given.output.with_suffix(".json") if given.output else RESULTS,
    )  # fmt: skip


def _size(size: str, options: Options, wrk: str, missing: list[str]) -> dict[str, Any]:
    graph = Graph(SIZES[size] if size in SIZES else int(size), options.seed)
    with loaded(graph, options.folders, say, bulk=size in BUILT) as (endpoint, store):
        with _everybody(endpoint, options, wrk, missing, peers=options.peers and size not in WITHOUT_PEERS) as bench:
            say("waiting until the database has planned what our server plans ahead")
            settle(bench.neo4j)
            first = options.questions[0]  # asked twice: a Neo4j that was just started takes a minute to reach its speed
            measured = {
                question.name: _question(question, graph, store, bench, options, size)
                for question in (first, *options.questions)
            }
        asked = dict.fromkeys(measured, report.how(options.seconds, options.runs))
        return {
            "graph": report.facts(store, graph),
            "how": asked,
            "rows": {question: rows({question: by}) for question, by in measured.items()},
        }


@contextmanager
def _everybody(endpoint: Endpoint, options: Options, wrk: str, missing: list[str], *, peers: bool) -> Iterator[Bench]:
    """Start every server that can be run here."""
    address = address_of(endpoint)
    logs = options.folders.stores / "logs"
    with ExitStack() as until_the_end:
        floor = until_the_end.enter_context(closing(Floor(address)))
        say("starting the servers")
        running = [until_the_end.enter_context(servers.ours(address, logs))]
        if peers:
            try:
                peer = servers.neo4j_graphql(address, logs, options.folders.stores / "neo4j-graphql", say)
                running.append(until_the_end.enter_context(peer))
            except CannotRun as error:
                say(f"{NEO4J_GRAPHQL} is left out: {error}")
                missing.append(f"{NEO4J_GRAPHQL} was left out: {error}")
            running.append(until_the_end.enter_context(servers.conventional(address, logs)))
        yield Bench(floor, running, neo4j_process(endpoint), options.folders.stores, wrk)


def neo4j_process(endpoint: Endpoint) -> int:
    """Return the process that listens on the port of the database."""
    port = int(endpoint.uri.rpartition(":")[2])
    for process in psutil.Process().children(recursive=True):
        if any(one.laddr.port == port and one.status == psutil.CONN_LISTEN for one in process.net_connections("tcp")):
            return process.pid
    raise CannotRun(f"no process of ours listens on port {port}")


def _question(
    question: Question, graph: Graph, store: Database, bench: Bench, options: Options, size: str
) -> dict[str, list[tuple[Load, Load]]]:
    """Compare the answers, warm everybody up, then take turns."""
    variables: Sequence[Variables] = question.variables(store, graph)
    if not variables:
        raise CannotRun(f"Cannot ask '{question.name}': the graph holds nothing to ask with; expected a larger one.")
    variables = with_cursors(question, variables, bench.servers[0])
    say(f"{size} {question.name}: comparing {len(variables)} answers of each")
    compare(question, variables, bench)
    asked = [server for server in bench.servers if question.name in server.queries]
    bodies = {server.name: bench.folder / "bodies" / f"{index}.jsonl" for index, server in enumerate(asked)}
    for server in asked:
        query = server.queries[question.name]
        bodies[server.name].parent.mkdir(parents=True, exist_ok=True)
        write_bodies(bodies[server.name], query, variables, lambda name, query=query: takes(query, name))  # type: ignore[misc]
    loads = {one.name: (one.pid, partial(over_http, bench.wrk, one.url, bodies[one.name])) for one in asked}
    loads[FLOOR] = own_process(), partial(bench.floor.run, question, variables)
    measured: dict[str, list[tuple[Load, Load]]] = {name: [] for name in loads}
    seconds = dict.fromkeys(loads, max(1, options.seconds // 2))
    for run in range(options.runs + 1):  # the first one warms up, tells how long a load has to be, and is not kept
        for name, (pid, load) in loads.items():
            processes = {"server": pid, "neo4j": bench.neo4j}
            one, eight = (load(clients=clients, seconds=seconds[name], processes=processes) for clients in (1, CLIENTS))
            measured[name] += [(one, eight)] if run else []
            seconds[name] = long_enough(one.p50, options.seconds)
            say(f"{size} {question.name} run {run}: {name} p50 {one.p50:.2f} ms, {eight.rate:.1f}/s")
    return measured


def long_enough(p50: float, seconds: int) -> int:
    """Return how many seconds a load lasts: as long as asked, and longer where fewer than sixty answers would fit one after the other.

    >>> long_enough(1.5, 3), long_enough(100.0, 3), long_enough(5000.0, 3)
    (3, 6, 12)
    """
    return max(seconds, min(LONGEST, round(60 * p50 / 1000)))


def with_cursors(question: Question, variables: Sequence[Variables], server: Server) -> Sequence[Variables]:
    """Add the cursor from which our server goes on, where a template asks for a page further back."""
    template = lingbm.BY_NAME.get(question.name)
    if template is None or not template.cursor:
        return variables
    found = [server.data(template.cursor, each, question.name) for each in variables]
    cursors = [one["site"]["events"]["pageInfo"]["endCursor"] for one in found]
    return [{**each, "after": cursor} for each, cursor in zip(variables, cursors, strict=True)]


def compare(question: Question, variables: Sequence[Variables], bench: Bench) -> None:
    """Ask everybody the same, and hold every answer against that of the hand-written Cypher. Raises ValueError where two differ."""
    for each in variables:
        expected = from_cypher(question.name, question.shape, bench.floor.answer(question, each))
        for server in bench.servers:
            if question.name not in server.queries:
                continue
            answer = server.ask(question.name, each)
            if answer != expected:
                shown = (orjson.dumps(one)[:600].decode(errors="replace") for one in (answer, expected))
                raise ValueError(
                    f"{question.name} {dict(each)}: {server.name} answers\n{next(shown)}\nand the hand-written Cypher\n{next(shown)}"
                )


if __name__ == "__main__":
    sys.exit(main())
