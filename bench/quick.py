"""The quick bench: ``make bench-quick``. Every question, our server against the hand-written Cypher, in under five minutes.

One client sends one request at a time, so that equal requests are never answered together. Server and hand-written Cypher take turns
many times a second; each number is a ratio of the two, so that what slows the machine slows both. Two ratios are compared with the committed
table ``bench/quick.json``: latency (see `latency`), and processor time (of the server's process, against that of the process with the driver).
Exit code 1 if a ratio is more than 15 % above the table in every attempt; 75 if other processes used so much of the machine in every
attempt that latencies could not be compared (processor times always are).
"""

from __future__ import annotations

import argparse
import hashlib
import http.client
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import cycle, repeat
from pathlib import Path
from statistics import fmean, geometric_mean, median, quantiles
from typing import Any, Final

import orjson
import platformdirs
import psutil

from bench import servers
from bench.answers import from_cypher
from bench.generate import SIZES, Graph
from bench.measure import Floor, cpu_seconds
from bench.questions import QUESTIONS, Question, Variables
from bench.servers import Server, takes
from bench.store import Folders, address_of, loaded
from graph_api.database.driver import Database

ROOT: Final = Path(__file__).parents[1]
TABLE: Final = Path(__file__).with_name("quick.json")
SHAPES_STORE: Final = (
    "cypher", "graph_api/ontology", "graph_api/values", "graph_api/evidence", "graph_api/ingest", "graph_api/database", "bench/generate.py",
)  # fmt: skip
"""The sources that decide what the store holds: when one of them changes, the store is loaded again."""

ALLOWED_LOSS: Final = 0.15
WARM_UP_SECONDS: Final = 3.0
"""The length of one part of the warm-up; parts follow until the medians of both sides stop falling (see `warm_up`)."""
WARM_UP_PARTS: Final = 3
FIRST_WARM_UP_PARTS: Final = 20
"""The most parts for a question, and for the first one: point look-ups of a Neo4j that was just started quicken for 40 seconds and more."""
STEADY: Final = 0.02
"""A median that falls by less than this part from one warm-up to the next is steady."""
TURN_SECONDS: Final = 0.05
ALLOWED_LOAD: Final = 0.1
"""The part of the machine that other processes may use while latencies are compared."""
ATTEMPTS: Final = 3
"""A question is measured again, up to this many times, when a ratio is above the table: a slower program is slower each time."""


@dataclass(frozen=True, slots=True)
class Ratios:
    """Our server divided by the hand-written Cypher: latency, and processor time for each answer of the asking or serving process.

    ``load`` is the part of the machine that other processes used meanwhile.
    """

    latency: float
    processor: float
    load: float = 0.0

    @property
    def is_quiet(self) -> bool:
        """Whether latencies can be compared."""
        return self.load <= ALLOWED_LOAD

    def losses(self, before: Ratios) -> dict[str, float]:
        """Return how much worse each ratio is than before: 0.2 means 20 % worse.

        >>> Ratios(1.2, 0.5).losses(Ratios(1.0, 1.0))
        {'latency': 0.19999999999999996, 'processor': -0.5}
        """
        return {"latency": self.latency / before.latency - 1, "processor": self.processor / before.processor - 1}


def combined(measured: Sequence[Ratios], combine: Callable[[list[float]], float]) -> Ratios:
    """Combine several measurements, each ratio by itself; latencies of the quiet ones, where there are any."""
    quiet = [one for one in measured if one.is_quiet] or measured
    return Ratios(
        combine([one.latency for one in quiet]),
        combine([one.processor for one in measured]),
        min(one.load for one in measured),
    )


@dataclass(slots=True)
class _Turns:
    """What one side did in its turns: latencies in seconds, and processor seconds."""

    latencies: list[float]
    processor: float = 0.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the quick bench; returns the exit code."""
    parser = argparse.ArgumentParser(
        description="Compare our server with the hand-written Cypher and the committed table."
    )
    cache = Path(platformdirs.user_cache_dir("detention-graph"))
    names = [question.name for question in QUESTIONS]
    parser.add_argument("--size", default="S", help="S, M, L, or a number of people")
    parser.add_argument("--seconds", type=float, default=8.0, help="length of one measurement of one question")
    parser.add_argument("--questions", nargs="+", default=names, choices=names)
    parser.add_argument("--stores", type=Path, default=cache / "bench-quick", help="where the database is kept")
    parser.add_argument("--cache", type=Path, default=cache, help="where the jars of Neo4j are")
    parser.add_argument("--table", type=Path, default=TABLE, help="the table to compare with")
    parser.add_argument(
        "--write", action="store_true", help="write what was measured into the table instead of comparing"
    )
    given = parser.parse_args(arguments)
    graph = Graph(SIZES[given.size] if given.size in SIZES else int(given.size), 1)
    before = {} if given.write else read_table(given.table)
    folders = Folders(given.cache, given.stores)
    questions = [question for question in QUESTIONS if question.name in given.questions]
    discard_outdated(folders.home(graph.size.people, graph.seed))
    found: dict[str, Ratios] = {}
    with loaded(graph, folders, _report) as (endpoint, database):
        address = address_of(endpoint)
        with closing(Floor(address)) as floor, servers.ours(address, given.stores / "logs") as server:
            for question in questions:
                parts = WARM_UP_PARTS if found else FIRST_WARM_UP_PARTS
                found[question.name] = _question(
                    question, graph, database, floor, server, given.seconds, before.get(question.name), parts
                )
    if given.write:
        given.table.write_bytes(table_bytes(given.size, found))
    sys.stdout.write("\n".join(table_lines(found, before)) + "\n")
    lost = list(regressions(found, before))
    busy = [] if given.write else [name for name, one in found.items() if not one.is_quiet]
    sys.stdout.write("".join(f"{line}\n" for line in (*lost, *conclusion(lost, busy))))
    return 1 if lost else 75 if busy else 0


def conclusion(lost: Sequence[str], busy: Sequence[str]) -> Iterator[str]:
    """Yield what the comparison as a whole says."""
    if busy:
        yield (
            f"Latency not compared for {', '.join(busy)}: other processes used more than {ALLOWED_LOAD:.0%} of the machine. "
            "Run again when it is quiet."
        )
    if not lost:
        yield f"No compared ratio is more than {ALLOWED_LOSS:.0%} above the table."


def read_table(path: Path) -> dict[str, Ratios]:
    """Read a table of ratios by question."""
    return {name: Ratios(**one) for name, one in orjson.loads(path.read_bytes())["questions"].items()}


def table_bytes(size: str, found: Mapping[str, Ratios]) -> bytes:
    """Return a table as JSON, ratios with three digits."""
    questions = {
        name: {"latency": round(one.latency, 3), "processor": round(one.processor, 3)} for name, one in found.items()
    }
    return orjson.dumps({"size": size, "questions": questions}, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def table_lines(found: Mapping[str, Ratios], before: Mapping[str, Ratios]) -> Iterator[str]:
    """Yield the lines of the printed table."""
    yield f"{'question':10} {'latency':>8} {'before':>8} {'change':>8} {'processor':>10} {'before':>8} {'change':>8}   (ours / hand-written Cypher)"
    for name, now in found.items():
        old = before.get(name)
        change = (
            {key: f"{loss:+.0%}" for key, loss in now.losses(old).items()} if old else {"latency": "", "processor": ""}
        )
        was = (f"{old.latency:.2f}", f"{old.processor:.2f}") if old else ("", "")
        yield (
            f"{name:10} {now.latency:8.2f} {was[0]:>8} {change['latency']:>8} "
            f"{now.processor:10.2f} {was[1]:>8} {change['processor']:>8}"
        )
    if found:
        latency = geometric_mean(one.latency for one in found.values())
        yield f"{'mean':10} {latency:8.2f} {'':17} {geometric_mean(one.processor for one in found.values()):10.2f}"


def regressions(found: Mapping[str, Ratios], before: Mapping[str, Ratios]) -> Iterator[str]:
    """Yield a line for each ratio that is worse than the allowed loss, and for each question that the table lacks."""
    for name, now in found.items():
        if before and name not in before:
            yield f"{name}: the table has no such question; run `make bench-quick WRITE=1` on the commit before."
        elif before:
            for key, loss in now.losses(before[name]).items():
                if loss > ALLOWED_LOSS and (key == "processor" or now.is_quiet):
                    yield f"{name}: {key} ratio is {loss:.0%} above the table; allowed are {ALLOWED_LOSS:.0%}."


def discard_outdated(home: Path) -> None:
    """Remove a store that other sources have loaded, and note the sources of today beside it."""
    note, today = home / "sources.txt", sources_digest()
    if home.exists() and (not note.exists() or note.read_text(encoding="utf-8") != today):
        shutil.rmtree(home)
    home.mkdir(parents=True, exist_ok=True)
    note.write_text(today, encoding="utf-8")


def sources_digest() -> str:
    """Return the digest of the sources that decide what the store holds."""
    digest = hashlib.sha256()
    for start in SHAPES_STORE:
        path = ROOT / start
        for file in sorted(path.rglob("*") if path.is_dir() else [path]):
            if file.suffix in {".py", ".cypher"}:
                digest.update(file.relative_to(ROOT).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def _question(
    question: Question,
    graph: Graph,
    database: Database,
    floor: Floor,
    server: Server,
    seconds: float,
    before: Ratios | None,
    warm_up_parts: int,
) -> Ratios:
    """Compare the answers, warm up, and measure; again while a ratio is above the table."""
    variables = question.variables(database, graph)
    if not variables:
        raise ValueError(f"Cannot ask '{question.name}': the graph holds nothing to ask with; expected a larger one.")
    for each in variables[:10]:
        if server.ask(question.name, each) != from_cypher(question.name, question.shape, floor.answer(question, each)):
            raise ValueError(
                f"{question.name} {dict(each)}: our server and the hand-written Cypher give different answers."
            )
    with closing(_connect(server)) as connection:
        bodies = [_body(server.queries[question.name], each) for each in variables]
        sender, asker = _sender(connection, bodies), _asker(floor, question, variables)
        parts = warm_up(lambda: medians(sender, asker, WARM_UP_SECONDS), warm_up_parts)
        _report(f"{question.name}: warmed up for {parts * WARM_UP_SECONDS:.0f} s")
        measured: list[Ratios] = []
        for length in repeat(seconds, ATTEMPTS):
            sender, asker = _sender(connection, bodies), _asker(floor, question, variables)
            measured.append(take_turns(sender, asker, len(variables), length, server.pid))
            best = combined(measured, min)
            if before and best.is_quiet and max(best.losses(before).values()) <= ALLOWED_LOSS:
                break
    found = combined(measured, min if before else median)
    _report(
        f"{question.name}: latency {found.latency:.2f}, processor time {found.processor:.2f} of the hand-written Cypher's"
    )
    return found


def warm_up(part: Callable[[], Sequence[float]], most: int) -> int:
    """Run parts of a warm-up until in two of them in a row no side is quicker than it was at its best; return how many ran, at most ``most``.

    >>> warm_up(iter([(9.0, 5.0), (7.0, 5.0), (7.0, 4.0), (7.0, 4.0), (7.1, 4.1), (7.0, 4.0)]).__next__, 20)
    5
    """
    best, steady = part(), 0
    for ran in range(2, most + 1):
        now = part()
        is_steady = all(one > (1 - STEADY) * other for one, other in zip(now, best, strict=True))
        steady = steady + 1 if is_steady else 0
        if steady == 2:
            return ran
        best = [min(pair) for pair in zip(now, best, strict=True)]
    return most


def medians(ours: Callable[[], None], floor: Callable[[], None], seconds: float) -> list[float]:
    """Let both sides answer in short turns for some seconds, and return the median latency of each."""
    sides = [(ours, _Turns([])), (floor, _Turns([]))]
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        for side, turns in sides:
            _turn(side, turns)
    return [median(turns.latencies) for _, turns in sides]


def take_turns(ours: Callable[[], None], floor: Callable[[], None], values: int, seconds: float, pid: int) -> Ratios:
    """Let both sides answer in short turns for some seconds, and return the ratios.

    Each side asks with ``values`` different values in turn. ``pid`` is the process of our server.
    """
    server, driver = _Turns([]), _Turns([])
    start, server_start, others = time.perf_counter(), cpu_seconds(pid), _seconds_of_others()
    while time.perf_counter() - start < seconds:
        _turn(ours, server)
        _turn(floor, driver)
    server.processor = cpu_seconds(pid) - server_start
    both = min(values, len(server.latencies), len(driver.latencies))
    return Ratios(
        latency(server.latencies, values, both) / latency(driver.latencies, values, both),
        (server.processor / len(server.latencies)) / (driver.processor / len(driver.latencies)),
        (_seconds_of_others() - others) / (time.perf_counter() - start) / (psutil.cpu_count() or 1),
    )


def _seconds_of_others() -> float:
    """Return the processor time that all processes but the bench, its server and its Neo4j have taken."""
    times = psutil.cpu_times()
    here = psutil.Process()
    own = sum(cpu_seconds(one.pid) for one in here.children()) + cpu_seconds(here.pid)
    return float(times.user + times.system + times.nice) - own


def latency(latencies: Sequence[float], values: int, counted: int) -> float:
    """Return the mean over the first ``counted`` values of the lowest fifth of each one's latencies: what others on the machine add is left out.

    >>> latency([1.0, 5.0, 3.0, 6.0], 2, 2)
    3.0
    """
    return fmean(_lowest_fifth(latencies[at::values]) for at in range(counted))


def _lowest_fifth(latencies: Sequence[float]) -> float:
    return quantiles(latencies, n=5, method="inclusive")[0] if len(latencies) > 4 else min(latencies)


def _turn(answer: Callable[[], None], turns: _Turns) -> None:
    until = time.perf_counter() + TURN_SECONDS
    processor = time.process_time()
    while True:
        begun = time.perf_counter()
        answer()
        ended = time.perf_counter()
        turns.latencies.append(ended - begun)
        if ended > until:
            break
    turns.processor += time.process_time() - processor


def _sender(connection: http.client.HTTPConnection, bodies: Sequence[bytes]) -> Callable[[], None]:
    """Return a function that sends the next body over the connection and reads the response."""
    turn = cycle(bodies)
    headers = {"Content-Type": "application/json", "Accept": "application/json"}

    def send() -> None:
        connection.request("POST", "/graphql", next(turn), headers)
        response = connection.getresponse()
        content = response.read()
        if response.status != 200:
            raise ValueError(f"The server answers {response.status}: {content[:300].decode(errors='replace')}")

    return send


def _asker(floor: Floor, question: Question, variables: Sequence[Variables]) -> Callable[[], None]:
    turn = cycle(variables)

    def ask() -> None:
        floor.answer(question, next(turn))

    return ask


def _connect(server: Server) -> http.client.HTTPConnection:
    host, _, port = server.url.removeprefix("http://").partition("/")[0].partition(":")
    return http.client.HTTPConnection(host, int(port), timeout=60)


def _body(query: str, variables: Variables) -> bytes:
    taken: dict[str, Any] = {name: one for name, one in variables.items() if takes(query, name)}
    return orjson.dumps({"query": query, "variables": taken})


def _report(message: str) -> None:
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {message}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
