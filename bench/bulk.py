"""A large graph through Neo4j's bulk importer: the same entries, read and projected by the product's own pure code, as CSV.

What is stored is what the loader would store, node for node (``tests/bench`` holds the two against each other); only the notes of single
loads are missing. Blocks are projected one by one, in as many processes as there are processors: the events of a block are in no stated
order with those of another, and what a record needs besides its own claims are those of the base that it names. What depends on all events
of a subject is computed after the import, by the same functions as in a load (``write_derived``).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from bench.generate import BLOCK, Graph
from graph_api.database.driver import Database, Transaction
from graph_api.database.queries import named
from graph_api.embedded import jars
from graph_api.embedded.layout import Layout, Memory
from graph_api.embedded.replace import import_graph
from graph_api.evidence.claims import Claim, references_of
from graph_api.evidence.differences import Difference, value_differences
from graph_api.evidence.withholding import project_public
from graph_api.ingest import new_graph
from graph_api.ingest.apply import acquire_lock
from graph_api.ingest.formats import read_files
from graph_api.ingest.garbage import few_collections
from graph_api.ingest.import_files import ImportFiles, write_claim, write_record
from graph_api.ingest.record_parser import parse_batch
from graph_api.ingest.snapshot import write_snapshot
from graph_api.ontology.vocabulary import Sensitivity

Progress = Callable[[str], None]
HEAP: Final = 4096
LOAD: Final = "bulk"
"""The id of the load that the claims name."""


def write_csv(graph: Graph, folder: Path, processes: int, progress: Progress) -> list[Difference]:
    """Write the whole graph as CSV: below ``folder`` a folder for each process, in it a file for each set of labels and properties.

    Returns the differences between claims about one record, which are not in it.
    """
    base, *blocks = graph.write(folder / "seeds")
    progress("projecting the base")
    found = _write(claims_of(base), {}, folder / "base")
    with ProcessPoolExecutor(processes, initializer=_remember, initargs=(base,)) as pool:
        for number, differences in enumerate(pool.map(_block, [(path, folder) for path in blocks]), 1):
            found += differences
            progress(f"projected {number} of {len(blocks)} blocks")
    return found


_base: dict[str, list[Claim]] = {}
"""In each process: the claims about each record of the base."""


def _remember(base: Path) -> None:
    for claim in claims_of(base):
        _base.setdefault(claim.record, []).append(claim)


def claims_of(path: Path) -> list[Claim]:
    """Return the claims of a seed file."""
    entries = read_files([path])
    parsed = parse_batch(entries.entries)
    if entries.problems or parsed.problems:
        raise ValueError([*entries.problems, *parsed.problems][:3])
    return parsed.claims


@few_collections()
def _block(given: tuple[Path, Path]) -> list[Difference]:
    path, folder = given
    return _write(claims_of(path), _base, folder / str(os.getpid()))


def _write(claims: Sequence[Claim], base: Mapping[str, Sequence[Claim]], folder: Path) -> list[Difference]:
    """Write a block for the public, and return its differences. ``base`` has the claims that are written with another block."""
    needed = _needed(claims, base)
    every = [*claims, *(claim for one in sorted(needed) for claim in base[one])]
    public = project_public(every, every)
    kept = {claim.id: claim for claim in public.claims if claim.record not in needed}
    own = sorted({claim.record for claim in kept.values()})
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as until_the_end:
        files = ImportFiles(folder, until_the_end)
        for record in own:
            write_record(public.records[record], files)
        decisions = {decision.claim: decision for record in own for decision in public.records[record].decisions}
        for claim in kept.values():
            write_claim(claim, LOAD, decisions[claim.id], files, {})
    return [one for record in own for one in value_differences(public.records[record])]


def _needed(claims: Iterable[Claim], base: Mapping[str, Sequence[Claim]]) -> set[str]:
    """Return the records of the base that these claims name, and those that these name."""
    found: set[str] = set()
    pending = list(claims)
    while pending:
        new = {target for claim in pending for _, target in references_of(claim)} & base.keys() - found
        found |= new
        pending = [claim for one in new for claim in base[one]]
    return found


def write_derived(store: Database, differences: Sequence[Difference], seconds: float, progress: Progress) -> None:
    """Compute what depends on all events of a subject, or on all records: order, differences, status and stays; not totals, which follow."""
    [[people]] = store.read(named("all_people"), seconds=seconds)

    def step(work: Callable[[Transaction], object]) -> None:
        store.write(work, seconds=seconds)

    step(lambda tx: acquire_lock(tx, Sensitivity.PUBLIC, 0))
    new_graph.write_derived(store, differences, people, Sensitivity.PUBLIC, step, progress)
    step(write_snapshot)


def _blocks(ids: Sequence[str]) -> list[Sequence[str]]:
    return [ids[at : at + BLOCK] for at in range(0, len(ids), BLOCK)]


def import_csv(folder: Path, home: Path, jar_cache: Path) -> None:
    """Put the CSV below a folder into the database of a home that was started before and is stopped.

    Raises EmbeddedDatabaseError with the last words of the importer.
    """
    class_path = jars.ensure_downloaded(jar_cache, lambda _message: None)
    import_graph(Layout(home), class_path, Memory(HEAP, HEAP), folder)
