"""Loads synthetic graphs of several sizes in one load each: ``python -m bench.sizes --people 2000 10000``.

Prints for each size the seconds, the records a second, and the peak memory of the loader, of Neo4j and of its largest transaction. Beside it,
in the same run and with the same constraints, ``LOAD CSV`` of the same rows: a node for each record and claim, and a relationship for each link,
without any check; and Neo4j's bulk importer of the same, from its own files, with the start of the server. The product loads without lints, which
find much to doubt in made-up people, and makes a new graph where no transaction holds the load; Neo4j's memory is then that of both servers and
the importer. Each way has a Neo4j of its own; the loader is a process of its own.
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final, NamedTuple

import orjson
import platformdirs
import psutil

from bench.generate import Graph
from bench.run import neo4j_process
from bench.servers import CannotRun
from bench.store import LOAD_SECONDS, MEMORY, address_of, engine
from graph_api.database.driver import Database, open_database
from graph_api.database.migrations import migrate
from graph_api.embedded import Endpoint
from graph_api.embedded.replace import hold_home
from graph_api.evidence.claims import Claim, links_of
from graph_api.ingest.import_files import ImportFiles
from graph_api.ingest.load import check
from graph_api.statement import Statement

EVERY: Final = 0.25
"""Seconds between two looks at memory."""
LARGEST: Final = "SHOW TRANSACTIONS YIELD estimatedUsedHeapMemory AS used RETURN coalesce(max(used), 0)"
HEAD: Final = (
    " people  records   claims    links  way         seconds  records/s  loader MB  Neo4j MB  transaction MB\n"
    "------- -------- -------- --------  ---------  --------  ---------  ---------  --------  --------------"
)
PRODUCT_WAY, LOAD_CSV, IMPORTER = WAYS = ("product", "LOAD CSV", "importer")
PRODUCT: Final = """
import sys
from contextlib import ExitStack
from pathlib import Path
from bench.store import MEMORY
from graph_api.database.driver import Address, open_database
from graph_api.embedded import ServedHome
from graph_api.embedded.layout import Layout
from graph_api.ingest.load import load

address, (folder, home, jars) = Address(*sys.argv[1:5]), map(Path, sys.argv[5:8])
with open_database(address) as store, ExitStack() as until_the_end:
    served = ServedHome(Layout(home), jars, print, address.uri, False, until_the_end, MEMORY)
    load([folder], store, with_lints=False, home=served, seconds=float(sys.argv[8]))
"""
"""The program of the loader."""
CSV_STATEMENTS: Final = tuple(
    f"LOAD CSV WITH HEADERS FROM 'ADDRESS/{file}.csv' AS row CALL (row) {{ {work} }} IN TRANSACTIONS OF 10000 ROWS"
    for file, work in (
        ("records", "CREATE (:Record {id: row.id, kind: row.kind})"),
        (
            "claims",
            "MATCH (record:Record {id: row.record}) "
            "CREATE (record)-[:HAS_CLAIM]->(:Claim {id: row.id, unit: row.unit, values: row.values})",
        ),
        (
            "links",
            "MATCH (claim:Claim {id: row.claim}), (target:Record {id: row.target}) CREATE (claim)-[:STATES {name: row.name}]->(target)",
        ),
    )
)
"""In transactions of 10,000 rows: one transaction does not hold the rows of 50,000 people."""


class Peaks:
    """The largest resident memory of the loader and of Neo4j and the largest transaction, in bytes, seen while it is open."""

    def __init__(self, store: Database, loader: psutil.Process, server: psutil.Process) -> None:
        self.loader = self.server = self.transaction = 0
        self._store, self._loader, self._server = store, loader, server
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> Peaks:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    @property
    def columns(self) -> str:
        """The three columns of the table, in MB."""
        loader, server, transaction = (one / 2**20 for one in (self.loader, self.server, self.transaction))
        return f"{loader:9,.0f}  {server:8,.0f}  {transaction:14,.0f}"

    def _watch(self) -> None:
        while not self._done.wait(EVERY):
            try:
                self.loader = max(self.loader, self._loader.memory_info().rss)
                others = (one for one in self._loader.children() if one.name() == "java" and one != self._server)
                beside = sum(one.memory_info().rss for one in others)
            except psutil.NoSuchProcess:
                continue
            self.server = max(self.server, self._server.memory_info().rss + beside)
            [[used]] = self._store.read(Statement(LARGEST, {}, "bench/sizes"), seconds=LOAD_SECONDS)
            self.transaction = max(self.transaction, used)


Way = Callable[[Endpoint, Database], Peaks]


class Rows(NamedTuple):
    """Records as id and kind; claims as id, record, unit and values as JSON; links as claim, name and target."""

    records: Sequence[tuple[str, str]]
    claims: Sequence[tuple[str, str, str, str]]
    links: Sequence[tuple[str, str, str]]


def by_product(folder: Path, home: Path, jars: Path, endpoint: Endpoint, store: Database) -> Peaks:
    """Load the seed files of a folder in one load of the product, which becomes a new graph where no transaction holds it."""
    address = address_of(endpoint)
    words = [address.uri, address.user, address.password, address.database, str(folder), str(home), str(jars)]
    command = [sys.executable, "-c", PRODUCT, *words, str(LOAD_SECONDS)]
    with (
        subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process,
        Peaks(store, psutil.Process(process.pid), psutil.Process(neo4j_process(endpoint))) as peaks,
    ):
        _, errors = process.communicate()
    if process.returncode:
        raise CannotRun(errors.strip().splitlines()[-1])
    return peaks


def by_load_csv(folder: Path, endpoint: Endpoint, store: Database) -> Peaks:
    """Load the CSV files of a folder: nodes, then their relationships. Neo4j reads them from a local web server."""
    with Peaks(store, psutil.Process(), psutil.Process(neo4j_process(endpoint))) as peaks, _served(folder) as address:
        for text in CSV_STATEMENTS:
            store.change_schema(text.replace("ADDRESS", address))
    return peaks


def by_importer(rows: Rows, home: Path, jars: Path) -> float:
    """Import the same records, claims and links with Neo4j's bulk importer; return the seconds until a server answers, without writing the files."""
    started = 0.0

    def write(folder: Path) -> int:
        nonlocal started
        with ExitStack() as until_the_end:
            files = ImportFiles(folder, until_the_end)
            for id_, kind in rows.records:
                files.node(id_, ("Record",), {"kind": kind})
            for id_, record, unit, values in rows.claims:
                files.node(id_, ("Claim",), {"unit": unit, "values": values})
                files.link(record, "HAS_CLAIM", id_, {})
            for claim, name, target in rows.links:
                files.link(claim, "STATES", target, {"name": name})
        started = time.monotonic()
        return files.count

    with hold_home(home, jars, progress=_silent, memory=MEMORY) as held, held.replacement(write) as endpoint:
        with open_database(address_of(endpoint)) as store:
            store.wait_until_open()
        return time.monotonic() - started


def rows_of(claims: Sequence[Claim]) -> Rows:
    """Return the records, claims and links that both ways without checks load."""
    kinds = {one.record: one.kind for one in claims}
    stated = [(one.id, one.record, one.unit, orjson.dumps(dict(one.values), default=str).decode()) for one in claims]
    links = [(one.id, prop.name, target) for one in claims for prop, target in links_of(one) if target in kinds]
    return Rows([*kinds.items()], stated, links)


def write_rows(rows: Rows, folder: Path) -> None:
    """Write records, claims and links as three CSV files."""
    folder.mkdir()
    for name, header, some in (
        ("records", ("id", "kind"), rows.records),
        ("claims", ("id", "record", "unit", "values"), rows.claims),
        ("links", ("claim", "name", "target"), rows.links),
    ):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, escapechar="\\").writerows([header, *some])


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """Yield the address of a web server of a folder."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Log nothing."""


def lines(people: int, jars: Path, wanted: Sequence[str] = WAYS) -> Iterator[str]:
    """Yield a line of the table for each wanted way to load a graph of so many people."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        Graph(people).write(folder / "seeds")
        _, batch = check([folder / "seeds"])
        rows = rows_of(batch.claims)
        write_rows(rows, folder / "rows")
        records, claims, links = map(len, rows)
        counts = f"{people:7,} {records:8,} {claims:8,} {links:8,}"
        if IMPORTER in wanted:
            seconds = by_importer(rows, folder / "home-i", jars)
            yield f"{counts}  {IMPORTER:<9}  {seconds:8.1f}  {records / seconds:9,.0f}"
        del batch, rows
        ways: dict[str, Way] = {
            PRODUCT_WAY: partial(by_product, folder / "seeds", folder / "home-p", jars),
            LOAD_CSV: partial(by_load_csv, folder / "rows"),
        }
        for title, load in ((one, ways[one]) for one in wanted if one in ways):
            with (
                engine(folder / f"home-{title[0]}", jars, _silent) as endpoint,
                open_database(address_of(endpoint)) as store,
            ):
                migrate(store)
                store.change_schema("CALL db.awaitIndexes(600)")
                start = time.monotonic()
                try:
                    peaks = load(endpoint, store)
                except CannotRun as error:
                    yield f"{counts}  {title:<9}  {error}"
                    continue
                seconds = time.monotonic() - start
            rate = f"{seconds:8.1f}  {records / seconds:9,.0f}"
            yield f"{counts}  {title:<9}  {rate}  {peaks.columns}"


def _silent(_message: str) -> None:
    """Report no progress."""


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="bench.sizes")
    parser.add_argument("--people", nargs="+", type=int, default=[2000, 10_000], help="sizes of the graphs")
    parser.add_argument("--cache", type=Path, default=Path(platformdirs.user_cache_dir("detention-graph")))
    parser.add_argument("--ways", nargs="+", default=WAYS, choices=WAYS, help="ways to load")
    options = parser.parse_args()
    sys.stdout.write(f"{HEAD}\n")
    for people in options.people:
        for line in lines(people, options.cache, options.ways):
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
