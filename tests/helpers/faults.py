"""For tests that break things: private homes, processes of the product, what is in a graph, what was left behind."""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
import psutil
from pydantic import SecretStr

from graph_api.database.driver import Address, Database, open_database
from graph_api.embedded import Endpoint, open_embedded
from graph_api.embedded.bolt_probe import answers, free_port
from graph_api.embedded.layout import Layout, Memory
from graph_api.embedded.lock import acquire, read_state
from graph_api.statement import Statement

MOMENTS = int(os.environ.get("DETENTION_GRAPH_TEST_MOMENTS", "2"))
SEED = int(os.environ.get("DETENTION_GRAPH_TEST_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
NOTHING = hashlib.sha256(b"").hexdigest()
QUESTION = "{ people(first: 50) { totalCount nodes { name events(first: 20) { nodes { title } } } } }"

NODES = """
MATCH (n) WHERE NOT n:Migration AND NOT n:Load AND NOT n:Graph AND NOT n:TestGraph
RETURN labels(n), properties(n {.*, load: null})
"""
LINKS = "MATCH (a)-[r]->(b) RETURN coalesce(a.id, ''), type(r), properties(r), coalesce(b.id, '')"
OTHERS = "SHOW TRANSACTIONS YIELD transactionId, currentQuery WHERE NOT currentQuery CONTAINS 'SHOW TRANSACTIONS' RETURN currentQuery"


def private(home: Path, cache: Path) -> AbstractContextManager[Endpoint]:
    """Run a small private Neo4j below a home."""
    return open_embedded(
        uri="",
        user="neo4j",
        password=SecretStr(""),
        database="neo4j",
        home=home,
        cache=cache,
        memory=Memory(heap=512, page_cache=64),
    )


def opened(endpoint: Endpoint) -> AbstractContextManager[Database]:
    """Open the database of an endpoint."""
    return open_database(Address(endpoint.uri, endpoint.user, endpoint.password.get_secret_value(), endpoint.database))


def content(store: Database) -> str:
    """Return a digest of all that was loaded: every node and link with all properties, but not when and by which load."""
    rows = [[sorted(row[0]), row[1]] for row in store.read(Statement(NODES, {}, "nodes"), seconds=60)]
    rows += [list(row) for row in store.read(Statement(LINKS, {}, "links"), seconds=60)]
    lines = sorted(orjson.dumps(row, option=orjson.OPT_SORT_KEYS, default=str) for row in rows)
    return hashlib.sha256(b"\n".join(lines)).hexdigest()


def transactions_left(store: Database, seconds: float) -> list[str]:
    """Wait until nobody else has a transaction, and return those who still have one."""
    deadline = time.monotonic() + seconds
    while left := [str(row[0]) for row in store.read(Statement(OTHERS, {}, "others"), seconds=10)]:
        if time.monotonic() > deadline:
            break
        time.sleep(0.2)
    return left


def left_behind(home: Path, *, port: int = 0, seconds: float = 30.0) -> list[str]:
    """Wait until nothing of a home is left: no process that names it, no lock, no port; return what still is."""
    deadline = time.monotonic() + seconds
    while left := list(_left(home, port)):
        if time.monotonic() > deadline:
            break
        time.sleep(0.2)
    return left


def _left(home: Path, port: int) -> Iterator[str]:
    for process in psutil.process_iter(["cmdline", "pid"]):
        if any(f"{home}/" in word for word in process.info["cmdline"] or ()) and process.pid != os.getpid():
            yield f"process {process.pid}"
    if (home / "neo4j").is_dir():
        lock = acquire(Layout(home))
        if lock is None:
            yield "lock"
        else:
            lock.close()
    if port and answers(port):
        yield f"port {port}"


class Product(subprocess.Popen[bytes]):
    """The product as a process of its own; ``told`` is what it has written to standard error so far."""

    def __init__(self, *words: str, env: Mapping[str, str]) -> None:
        self._told = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the process is left
        super().__init__(
            [sys.executable, "-m", "graph_api", *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._told,
            env={**os.environ, "NO_COLOR": "1", "COLUMNS": "200", **env},
        )

    def told(self) -> str:
        """Return what it has told; its place in the file is left alone."""
        return os.pread(self._told.fileno(), 1 << 20, 0).decode()

    def __exit__(self, *error: object) -> None:
        """Wait for its end."""
        self.wait(timeout=300)
        self._told.close()


def product(*words: str, env: Mapping[str, str]) -> Product:
    """Start the product as a process of its own."""
    return Product(*words, env=env)


def outcome(child: Product, seconds: float = 300.0) -> tuple[int, str]:
    """Wait for the end of a process; return its exit code and what it told."""
    with child:
        code = child.wait(timeout=seconds)
        return code, child.told()


def at(endpoint: Endpoint) -> dict[str, str]:
    """Return the settings that name this endpoint."""
    return {
        "DETENTION_GRAPH_NEO4J_URI": endpoint.uri,
        "DETENTION_GRAPH_NEO4J_PASSWORD": endpoint.password.get_secret_value(),
    }


def wait_for_line(child: Product, words: str, seconds: float = 300.0) -> None:
    """Wait until a process has told these words, or has ended."""
    deadline = time.monotonic() + seconds
    while words not in child.told() and child.poll() is None:
        assert time.monotonic() < deadline, child.told()
        time.sleep(0.01)


def server_of(home: Path) -> psutil.Process:
    """Return the server below a home."""
    state = read_state(Layout(home))
    assert state is not None
    assert state.server is not None
    return psutil.Process(state.server.pid)


@contextmanager
def api(env: Mapping[str, str], port: int = 0) -> Iterator[tuple[Product, str]]:
    """Serve the API in a process of its own; yields it with its address once it is ready."""
    port = port or free_port()
    with product("serve", "--port", str(port), env=env) as child:
        try:
            wait_for_line(child, "serving")
            base = f"http://127.0.0.1:{port}"
            deadline = time.monotonic() + 30
            while get(f"{base}/livez")[0] != 200:
                assert child.poll() is None, "the API ended"
                assert time.monotonic() < deadline, "the API does not answer"
                time.sleep(0.05)
            yield child, base
        finally:
            if child.poll() is None:
                child.terminate()
                child.wait(timeout=40)


def get(url: str, seconds: float = 30.0) -> tuple[int, dict[str, object]]:
    """Get JSON; the status is 0 where nobody answers."""
    try:
        with urllib.request.urlopen(url, timeout=seconds) as response:  # noqa: S310 - our own server
            return response.status, json.loads(response.read())
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.loads(error.read())
    except (OSError, ValueError, http.client.HTTPException):
        return 0, {}


def post(base: str, query: str = QUESTION, seconds: float = 60.0) -> dict[str, object] | str:
    """Ask a question over HTTP; return the body of the answer, or what became of the connection."""
    request = urllib.request.Request(  # noqa: S310 - our own server
        f"{base}/graphql", json.dumps({"query": query}).encode(), {"content-type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=seconds) as response:  # noqa: S310
            return dict(json.loads(response.read()))
    except urllib.error.HTTPError as error:
        with error, suppress(ValueError, KeyError):
            body = dict(json.loads(error.read()))
            if body["errors"]:
                return body
        return f"HTTP {error.code}"
    except TimeoutError:
        return "no answer"
    except (OSError, ValueError, http.client.HTTPException):
        return "no connection"


def ask(base: str, query: str = QUESTION, seconds: float = 60.0) -> str:
    """Ask a question over HTTP; return ``ok``, the code of the error, or what became of the connection."""
    body = post(base, query, seconds)
    if isinstance(body, str):
        return body
    errors: Any = body.get("errors")
    return str(errors[0]["extensions"]["code"]) if errors else "ok"


@dataclass
class Clients:
    """Some clients that ask all the time, and what each saw: when it asked, for how long it waited, what it got."""

    base: str
    seen: list[tuple[float, float, str]] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)

    @contextmanager
    def asking(self, many: int, pause: float = 0.05) -> Iterator[None]:
        """Ask while the block runs."""
        enough = threading.Event()

        def client() -> None:
            while not enough.wait(pause):
                start = time.monotonic()
                got = ask(self.base)
                self.seen.append((start - self.began, time.monotonic() - start, got))

        threads = [threading.Thread(target=client) for _ in range(many)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            enough.set()
            for thread in threads:
                thread.join()

    def between(self, start: float, end: float) -> list[tuple[float, float, str]]:
        """Return what was asked in this span."""
        return [one for one in self.seen if start <= one[0] < end]


def summed(seen: Sequence[tuple[float, float, str]]) -> str:
    """Say how many got what, and the median and longest wait."""
    waits = sorted(wait for _, wait, _ in seen)
    got = ", ".join(f"{many} {what}" for what, many in Counter(what for _, _, what in seen).most_common())
    return (
        f"{got or 'nothing'}; wait median {waits[len(waits) // 2]:.2f} s, longest {waits[-1]:.2f} s" if waits else "-"
    )


def table(title: str, rows: Sequence[Sequence[object]], show: Callable[[str], object] = print) -> None:
    """Show what came out of each moment."""
    show(f"\n{title} (seed {SEED})")
    for row in rows:
        show("  " + " | ".join(str(cell) for cell in row))


def said(code: int, told: str, show: Callable[[str], object] = print) -> None:
    """Show what a command told and with which code it ended, under the name of the test."""
    name = os.environ["PYTEST_CURRENT_TEST"].partition("::")[2].partition(" (")[0]
    show(f"\n{name.removeprefix('test_').replace('_', ' ')}\n  exit {code} | {told.strip()}")


def failed(*words: str, home: Path, cache: Path, **env: str) -> tuple[int, str]:
    """Run a command that must fail (``migrate`` unless told otherwise); return its exit code and what it told."""
    settings = {"DETENTION_GRAPH_DATA_DIR": str(home), "DETENTION_GRAPH_CACHE": str(cache), **env}
    code, told = outcome(product(*(words or ("migrate",)), env=settings))
    said(code, told)
    assert "Traceback" not in told
    return code, told
