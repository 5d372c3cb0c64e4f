"""What depends on several records of an imported graph, computed in as many processes as there are processors, by the functions of a load."""

from __future__ import annotations

import atexit
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from functools import partial
from multiprocessing import get_context
from typing import Final, TypeAlias

from graph_api.database.driver import Address, Database, Transaction, chunks, open_database
from graph_api.database.queries import named
from graph_api.errors import DatabaseBusy
from graph_api.evidence.differences import Difference
from graph_api.ingest.apply import acquire_lock
from graph_api.ingest.new_graph import CHUNK, derive_events, derive_subjects, write_compared
from graph_api.ingest.snapshot import write_snapshot
from graph_api.ingest.totals import TotalCounts, added_totals, store_totals
from graph_api.ontology.vocabulary import Sensitivity
from graph_api.statement import Statement

Progress = Callable[[str], None]
_Work: TypeAlias = tuple[Callable[[Transaction, Sequence[str]], None], Sequence[str]]
_Counted: TypeAlias = tuple[Sequence[str], Sequence[str]]
PART: Final = 5000
"""People or events whose totals one process counts at a time."""
TRIES: Final = 10
"""How often a transaction is tried that waits for one of another process, which waits for it."""


def write_derived(
    store: Database, differences: Sequence[Difference], processes: int, seconds: float, progress: Progress
) -> None:
    """Store differences, and the order, status and stays of people: all that depends on several records but totals, which follow.

    ``differences`` are those that one record has within itself.
    """
    store.write(lambda tx: acquire_lock(tx, Sensitivity.PUBLIC, 0), seconds=seconds)
    progress("differences between all records")
    write_compared(store, differences, partial(store.write, seconds=seconds))
    [[people]], [[events]] = (store.read(named(query), seconds=seconds) for query in ("all_people", "all_events"))
    derive_people = partial(derive_subjects, audience=Sensitivity.PUBLIC)
    works: list[_Work] = [(derive_events, ids) for ids in chunks(events, CHUNK)]
    works += [(derive_people, ids) for ids in chunks(people, CHUNK)]
    with _pool(store.address, processes) as pool:
        for number, _ in enumerate(pool.map(partial(_write, seconds), works), 1):
            progress(f"order, status, stays and differences: {number} of {len(works)} parts")
    store.write(write_snapshot, seconds=seconds)


def write_totals(store: Database, processes: int, seconds: float, progress: Progress) -> dict[str, float]:
    """Store the totals of a graph anew, and return what that took: seconds, and how many of the nodes they are."""
    began = time.monotonic()
    step = partial(store.write, seconds=seconds)
    store.change_schema("MATCH (t:Total) CALL (t) { DELETE t } IN TRANSACTIONS OF 10000 ROWS")
    [[people]], [[events]] = (store.read(named(query), seconds=seconds) for query in ("all_people", "all_events"))
    works: list[_Counted] = [(ids, ()) for ids in chunks(people, PART)]
    works += [((), ids) for ids in chunks(events, PART)]
    counts = TotalCounts(Counter(), Counter())
    with _pool(store.address, processes) as pool:
        for number, found in enumerate(pool.map(partial(_count, seconds), works), 1):
            counts.people.update(found.people)
            counts.events.update(found.events)
            progress(f"totals: {number} of {len(works)} parts")
    store_totals(counts, step, store.write(write_snapshot, seconds=seconds))
    taken = time.monotonic() - began
    count = "RETURN COUNT { MATCH (:Total) } AS totals, COUNT { MATCH () } AS nodes"
    [[totals, nodes]] = store.read(Statement(count, {}, "bench/nodes"), seconds=seconds)
    return {"seconds": taken, "totals": totals, "nodes": nodes}


_open: Final[list[Database]] = []
"""In each process: the database."""


def _pool(address: Address, processes: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(processes, get_context("spawn"), initializer=_connect, initargs=(address,))


def _connect(address: Address) -> None:
    until_the_end = ExitStack()
    _open.append(until_the_end.enter_context(open_database(address)))
    atexit.register(until_the_end.close)


def _write(seconds: float, given: _Work) -> None:
    work, ids = given
    [store] = _open
    for left in reversed(range(TRIES)):
        try:
            store.write(lambda tx: work(tx, ids), seconds=seconds)
        except DatabaseBusy:
            if not left:
                raise
        else:
            return


def _count(seconds: float, given: _Counted) -> TotalCounts:
    [store] = _open
    return added_totals(partial(store.read, seconds=seconds), *given)
