"""The servers as processes on the loopback: started, waited for, asked once, ended."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson

from bench import answers, lingbm
from bench.measure import cpu_seconds
from bench.questions import CONVENTIONAL, NEO4J_GRAPHQL, OURS, QUESTIONS
from graph_api.database.driver import Address

Progress = Callable[[str], None]
HERE: Final = Path(__file__).parent
NODE_PEER: Final = HERE / "peers" / "neo4j-graphql"
START_SECONDS: Final = 120.0
IDLE_SECONDS: Final = 3.0
"""A span in which a server that uses less than a fifteenth of a processor only looks whether the graph changed."""
IDLE_SPANS: Final = 3
"""After so many such spans in a row nothing is left to do in the background."""
IDLE_DEADLINE: Final = 600.0


class CannotRun(Exception):
    """A server cannot be run here; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server. ``queries`` is how it is asked each question, ``answer`` makes the plain objects of its data."""

    name: str
    pid: int
    url: str
    queries: Mapping[str, str]
    answer: Callable[[str, Mapping[str, Any]], Any]

    def ask(self, name: str, variables: Mapping[str, Any]) -> Any:
        """Return the answer to a question as plain objects. Raises ValueError with what the server says instead."""
        return self.answer(name, self.data(self.queries[name], variables, name))

    def data(self, query: str, variables: Mapping[str, Any], name: str) -> Any:
        """Return the data of a response. Raises ValueError with what the server says instead."""
        body = orjson.dumps(
            {"query": query, "variables": {key: one for key, one in variables.items() if takes(query, key)}}
        )
        request = urllib.request.Request(
            self.url, body, {"Content-Type": "application/json", "Accept": "application/json"}
        )
        try:
            with urllib.request.urlopen(request, timeout=120) as response:
                result = orjson.loads(response.read())
        except urllib.error.HTTPError as error:
            raise ValueError(
                f"{self.name}, {name}: {error.code} {error.read()[:500].decode(errors='replace')}"
            ) from None
        if result.get("errors"):
            raise ValueError(f"{self.name}, {name}: {result['errors'][0]}")
        return result["data"]


def takes(query: str, variable: str) -> bool:
    """Tell whether an operation declares a variable."""
    return f"${variable}:" in query


@contextmanager
def ours(address: Address, logs: Path) -> Iterator[Server]:
    """Run our server through its command line; pages of 1,000 are allowed, because one question asks for them."""
    port = free_port()
    settings = {
        "DETENTION_GRAPH_NEO4J_URI": address.uri,
        "DETENTION_GRAPH_NEO4J_USER": address.user,
        "DETENTION_GRAPH_NEO4J_PASSWORD": address.password,
        "DETENTION_GRAPH_PAGE_LIMIT": "1000",
    }
    command = [sys.executable, "-m", "graph_api", "serve", "--port", str(port)]
    with _running(OURS, command, settings, logs) as process:
        queries = {question.name: question.query for question in (*QUESTIONS, *lingbm.QUESTIONS)}
        server = Server(OURS, process.pid, f"http://127.0.0.1:{port}/graphql", queries, answers.from_ours)
        yield _idle(_ready(server, process))


@contextmanager
def conventional(address: Address, logs: Path) -> Iterator[Server]:
    """Run the server that a Python team would write."""
    port = free_port()
    with _running(
        CONVENTIONAL, [sys.executable, "-m", "bench.peers.conventional"], _peer_settings(address, port), logs
    ) as process:
        url = f"http://127.0.0.1:{port}/graphql"
        yield _ready(Server(CONVENTIONAL, process.pid, url, answers.CONVENTIONAL, answers.from_peer), process)


@contextmanager
def neo4j_graphql(address: Address, logs: Path, folder: Path, progress: Progress) -> Iterator[Server]:
    """Run @neo4j/graphql behind Apollo Server; its packages are installed below ``folder`` once. Raises CannotRun."""
    node = install(folder, progress)
    port = free_port()
    settings = _peer_settings(address, port) | {"NODE_ENV": "production"}
    queries = {**answers.NEO4J_GRAPHQL, **lingbm.NEO4J_GRAPHQL}
    with _running(NEO4J_GRAPHQL, [node, str(folder / "server.mjs")], settings, logs) as process:
        yield _ready(
            Server(NEO4J_GRAPHQL, process.pid, f"http://127.0.0.1:{port}/", queries, answers.from_peer),
            process,
        )


def install(folder: Path, progress: Progress) -> str:
    """Put the Node peer and its packages below a folder, as its lock file says, and return the path of node. Raises CannotRun."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise CannotRun("Cannot run @neo4j/graphql: expected node (20 or newer) and npm on the PATH.")
    folder.mkdir(parents=True, exist_ok=True)
    lock = NODE_PEER / "package-lock.json"
    shutil.copy(NODE_PEER / "server.mjs", folder)
    done = folder / "installed-lock.json"
    if not done.exists() or done.read_bytes() != lock.read_bytes():
        progress("installing the packages of @neo4j/graphql")
        for file in (NODE_PEER / "package.json", lock):
            shutil.copy(file, folder)
        run = subprocess.run(
            [npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        if run.returncode:
            raise CannotRun(f"npm could not install the packages of @neo4j/graphql: {run.stderr[-500:]}")
        shutil.copy(lock, done)
    return node


def free_port() -> int:
    """Return a port of the loopback that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _peer_settings(address: Address, port: int) -> dict[str, str]:
    return {
        "NEO4J_URI": address.uri,
        "NEO4J_USER": address.user,
        "NEO4J_PASSWORD": address.password,
        "PORT": str(port),
    }


@contextmanager
def _running(
    name: str, command: Sequence[str], settings: Mapping[str, str], logs: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a process until the end of the block; it sits in a session of its own, so that Ctrl-C reaches the bench alone."""
    logs.mkdir(parents=True, exist_ok=True)
    plain = {key: one for key, one in os.environ.items() if not key.startswith("DETENTION_GRAPH_")}
    environment = plain | dict(settings) | {"PYTHONPATH": str(HERE.parent)}
    log = logs / f"{name.replace('/', '-').strip('@')}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, env=environment, start_new_session=True)
        try:
            yield process
        except CannotRun as error:
            raise CannotRun(f"{error}; its log says: {log.read_text(errors='replace')[-800:]}") from None
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _idle(server: Server) -> Server:
    """Wait until the server has planned the questions of its pages, which it does in the background after the start.

    Meanwhile each answer takes several times the processor time. While the database plans one of them, the server rests: only several
    spans without work say that it has finished.
    """
    wait_until_idle(server.pid)
    return server


def wait_until_idle(pid: int) -> None:
    """Wait until a process does nothing in the background, for ten minutes at most."""
    deadline, idle_spans = time.monotonic() + IDLE_DEADLINE, 0
    while idle_spans < IDLE_SPANS and time.monotonic() < deadline:
        before = cpu_seconds(pid)
        time.sleep(IDLE_SECONDS)
        idle_spans = idle_spans + 1 if cpu_seconds(pid) - before <= IDLE_SECONDS / 15 else 0


def _ready(server: Server, process: subprocess.Popen[bytes]) -> Server:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            request = urllib.request.Request(
                server.url, b'{"query":"{ __typename }"}', {"Content-Type": "application/json"}
            )
            with urllib.request.urlopen(request, timeout=5):
                return server
        except OSError:
            time.sleep(0.2)
    raise CannotRun(f"{server.name} did not answer at {server.url} within {START_SECONDS:.0f} s")
