"""A private Neo4j with a synthetic graph in it, kept below a cache folder, so that a second run does not load again."""

from __future__ import annotations

import gc
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import orjson
from pydantic import SecretStr

from bench.bulk import LOAD, import_csv, write_csv
from bench.derive import write_derived, write_totals
from bench.generate import Graph
from graph_api.database.driver import Address, Database, open_database
from graph_api.database.migrations import migrate
from graph_api.embedded import Endpoint, open_embedded
from graph_api.embedded.layout import Memory
from graph_api.ingest.import_files import restore_empty_lists
from graph_api.ingest.load import load

Progress = Callable[[str], None]
MEMORY = Memory(heap=3072, page_cache=2048)
LARGE = Memory(heap=3072, page_cache=8192)
"""What Neo4j has for graphs of more than ``MANY`` people: the store of a million takes 20 GB."""
MANY = 300_000
LOAD_SECONDS = 1800.0
TOGETHER = 1
"""Blocks of one load. The loader holds all of a load in memory, and Neo4j all of its transaction."""


@dataclass(frozen=True, slots=True)
class Folders:
    """Where things are kept: the jars of Neo4j in ``jars``, a store for each size below ``stores``."""

    jars: Path
    stores: Path

    def home(self, people: int, seed: int) -> Path:
        """Return the home of the store of that size."""
        return self.stores / f"people-{people}-seed-{seed}"


@contextmanager
def engine(home: Path, jars: Path, progress: Progress, memory: Memory = MEMORY) -> Iterator[Endpoint]:
    """Yield a private Neo4j below ``home`` with the memory that every run of the bench gives it."""
    with open_embedded(
        uri="",
        user="neo4j",
        password=SecretStr(""),
        database="neo4j",
        home=home,
        cache=jars,
        progress=progress,
        reuse=False,
        memory=memory,
    ) as endpoint:
        yield endpoint


def address_of(endpoint: Endpoint) -> Address:
    """Return the address that the store opens."""
    return Address(endpoint.uri, endpoint.user, endpoint.password.get_secret_value(), endpoint.database)


def memory_of(graph: Graph) -> Memory:
    """Return what Neo4j has for a graph."""
    return LARGE if graph.size.people > MANY else MEMORY


@contextmanager
def loaded(
    graph: Graph, folders: Folders, progress: Progress, *, bulk: bool = False
) -> Iterator[tuple[Endpoint, Database]]:
    """Yield a Neo4j that holds the graph.

    Where it is not there yet, it comes in through the product's own loader, or with ``bulk`` through Neo4j's importer.
    """
    home = folders.home(graph.size.people, graph.seed)
    if bulk and not (home / "loaded.json").exists():
        build(graph, folders, progress)
    with (
        engine(home, folders.jars, progress, memory_of(graph)) as endpoint,
        open_database(address_of(endpoint)) as store,
    ):
        note = home / "loaded.json"
        if not note.exists():
            took = load_graph(graph, store, home / "seeds", progress)
            note.write_bytes(orjson.dumps({"seconds": took}))
        yield endpoint, store


def load_graph(graph: Graph, store: Database, folder: Path, progress: Progress) -> float:
    """Load a graph through the loader, some blocks at a time, and return the seconds that it took.

    The first file goes with each: a public graph keeps only those of its sources that a claim needs, so that a later block may be the first
    to need one. A load that broke off is taken up again: the loader finds that the same entries change nothing.
    """
    start = time.monotonic()
    migrate(store)
    progress("writing seed files")
    base, *blocks = graph.write(folder)
    for at in range(0, len(blocks), TOGETHER):
        some = blocks[at : at + TOGETHER]
        progress(f"loading {some[0].name} to {some[-1].name}, files {at + 1} to {at + len(some)} of {len(blocks)}")
        with _uncollected():
            load([base, *some], store, with_lints=False, seconds=LOAD_SECONDS)
    progress("waiting for the indexes")
    store.change_schema("CALL db.awaitIndexes(600)")
    return time.monotonic() - start


def build(graph: Graph, folders: Folders, progress: Progress) -> None:
    """Make the store of a graph with the bulk importer, into a database that was started once and so has its password."""
    start = time.monotonic()
    home = folders.home(graph.size.people, graph.seed)
    with engine(home, folders.jars, progress):
        pass
    csv = home / "csv"
    processes = os.cpu_count() or 1
    differences = write_csv(graph, csv, processes, progress)
    progress("importing")
    import_csv(csv, home, folders.jars)
    shutil.rmtree(csv)
    with (
        engine(home, folders.jars, progress, memory_of(graph)) as endpoint,
        open_database(address_of(endpoint)) as store,
    ):
        progress("mending empty lists")
        restore_empty_lists(store)
        progress("making the indexes")
        migrate(store)
        store.change_schema("CALL db.awaitIndexes(3600)")
        store.change_schema(f"MERGE (:Load {{id: '{LOAD}'}})")
        write_derived(store, differences, processes, LOAD_SECONDS, progress)
        totals = write_totals(store, processes, LOAD_SECONDS, progress)
    (home / "loaded.json").write_bytes(orjson.dumps({"seconds": time.monotonic() - start, "totals": totals}))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Leave garbage lie for a while: millions of live objects make every round of the collector long, and there are no cycles to find."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.collect()
