"""A large graph through Neo4j's bulk importer: the same entries, read and projected by the product's own pure code, as CSV.

What is stored is what the loader would store, node for node (``tests/bench`` holds the two against each other); only the notes of single
loads are missing. Blocks are projected one by one, in as many processes as there are processors: the events of a block are in no stated
order with those of another, and what a record needs besides its own claims are those of the base that it names. What depends on several
records is computed after the import (``bench.derive``).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from bench.generate import Graph
from graph_api.embedded import jars
from graph_api.embedded.layout import Layout, Memory
from graph_api.embedded.replace import import_graph
from graph_api.evidence.claims import Claim, references_of
from graph_api.evidence.differences import Difference, value_differences
from graph_api.evidence.projection import ProjectedRecord
from graph_api.evidence.projection_cache import ProjectionCache
from graph_api.evidence.withholding import project_public
from graph_api.ingest.formats import read_files
from graph_api.ingest.garbage import few_collections
from graph_api.ingest.import_files import ImportFiles, write_claim, write_record
from graph_api.ingest.record_parser import parse_batch

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
    known = _Base({}, ProjectionCache())
    found = _project_base(claims_of(base), known, folder / "base")
    fork = get_context("fork")  # so that the processes share what is known of the base
    with ProcessPoolExecutor(processes, fork, initializer=_base.append, initargs=(known,)) as pool:
        largest_first = reversed(blocks)
        for number, differences in enumerate(pool.map(_block, [(path, folder) for path in largest_first]), 1):
            found += differences
            progress(f"projected {number} of {len(blocks)} blocks")
    return found


@dataclass(frozen=True, slots=True)
class _Base:
    """What every block needs: the claims about each record of the base, and their projections."""

    claims: dict[str, list[Claim]]
    projections: ProjectionCache[ProjectedRecord]


_base: Final[list[_Base]] = []
"""In each process that projects blocks: the base."""


@few_collections()
def _project_base(claims: Sequence[Claim], base: _Base, folder: Path) -> list[Difference]:
    found = _write(claims, {}, folder, base.projections)
    for claim in claims:
        base.claims.setdefault(claim.record, []).append(claim)
    return found


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
    [base] = _base
    return _write(claims_of(path), base.claims, folder / str(os.getpid()), base.projections.copy())


def _write(
    claims: Sequence[Claim],
    base: Mapping[str, Sequence[Claim]],
    folder: Path,
    cache: ProjectionCache[ProjectedRecord],
) -> list[Difference]:
    """Write a block for the public, and return its differences. ``base`` has the claims that are written with another block."""
    needed = _needed(claims, base)
    every = [*claims, *(claim for one in sorted(needed) for claim in base[one])]
    public = project_public(every, every, cache=cache)
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


def import_csv(folder: Path, home: Path, jar_cache: Path) -> None:
    """Put the CSV below a folder into the database of a home that was started before and is stopped.

    Raises EmbeddedDatabaseError with the last words of the importer.
    """
    class_path = jars.ensure_downloaded(jar_cache, lambda _message: None)
    import_graph(Layout(home), class_path, Memory(HEAP, HEAP), folder)
